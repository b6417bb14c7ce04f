"""What can be explained, by name, and what each rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from syngraph.analyses.study import PlanRun
from syngraph.compile.checks import expressions_of
from syngraph.expr.nodes import Argument, Call, Expr, Name
from syngraph.expr.text import written
from syngraph.graph.formulas import behind, event_operands, operands, unit_operands
from syngraph.graph.kinds import Kind
from syngraph.graph.names import ClockName, OutcomeOf, Part, StageOf, Unit, make_scope, receivers
from syngraph.model.asked import (
    PAID,
    Asked,
    CheckOf,
    DateOf,
    Happened,
    Paid,
    PartOf,
    PresentValue,
    Received,
    asked_of,
    text_of,
)
from syngraph.model.checks import Check
from syngraph.model.events import Decision, Event
from syngraph.model.waterfalls import Waterfall


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained: a record (of a unit the part that is meant), or a total of several."""

    name: str
    of: "Unit | Event | Check | Paid | Received | PresentValue | Working"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """A part of a formula that has a value of its own."""

    expr: Expr


class Subjects:
    """The subjects of a plan; without `parts` a formula rests right on what its parts rest on."""

    def __init__(self, run: PlanRun, *, parts: bool = False) -> None:
        self.with_parts = parts
        self.case, self.scope = run.case, make_scope(run.case)
        self.series = {q.name: q for q in run.compiled.quantities}
        self.parts: dict[str, list[PartOf]] = {}
        for quantity in run.compiled.quantities:
            self.parts.setdefault(quantity.unit, []).append(PartOf(quantity.unit, quantity.part))
        self.flowing = {q.unit for q in run.compiled.quantities if q.kind is Kind.FLOW}
        self.checks = {c.head.name: c for c in run.case.checks}

    def names(self) -> tuple[str, ...]:
        """Everything that has a name of its own."""
        own = self.scope.units.keys() | self.scope.events.keys() | self.checks.keys()
        return tuple(sorted(self.series.keys() | own))

    def find(self, name: str) -> Subject | None:
        """What a name stands for; None if nothing is called so."""
        match asked_of(name, self.scope.units.keys() | self.scope.events.keys()):
            case PartOf() as part:
                return self._part_of(part) or self._check(name)
            case (Paid(party=party) | Received(party=party)) as total:
                return Subject(name, total) if party in self.scope.parties else None
            case PresentValue(of=of) as worth:
                known = self.case.discount is not None and self.find(text_of(of)) is not None
                return Subject(name, worth) if known else None
            case DateOf(event=event) | Happened(event=event):
                return self._event(event)
            case CheckOf(name=check):
                return self._check(check)

    def _part_of(self, part: PartOf) -> Subject | None:
        """A unit or a part of it that has a value, an event or an outcome of it."""
        unit = self.scope.units.get(part.unit)
        if unit is not None:
            return self._unit(unit, part.part) if not part.part or text_of(part) in self.series else None
        outcome = not part.part or self.scope.outcome(text_of(part)) is not None
        return self._event(part.unit) if outcome else None

    def _unit(self, unit: Unit, part: str = "") -> Subject:
        """A unit by the part that is meant; a payment by what it pays."""
        if not part and text_of(PartOf(unit.head.name, PAID)) in self.series:
            part = PAID
        return Subject(text_of(PartOf(unit.head.name, part)), unit, part)

    def _event(self, name: str) -> Subject | None:
        event = self.scope.events.get(name)
        return Subject(name, event) if event is not None else None

    def _check(self, name: str) -> Subject | None:
        return Subject(name, self.checks[name]) if name in self.checks else None

    def asked(self, subject: Subject) -> tuple[Asked, ...]:
        """The series a subject stands for; of a waterfall as a whole those of all its parts."""
        match subject.of:
            case Event(head=head, trigger=trigger):
                outcomes = trigger.outcomes if isinstance(trigger, Decision) else ()
                return (DateOf(head.name), Happened(head.name), *(PartOf(head.name, o.name) for o in outcomes))
            case Check(head=head):
                return (CheckOf(head.name),)
            case Paid() | Received() | PresentValue():
                return (subject.of,)
            case Working():
                return ()
            case unit:
                one = self.series.get(subject.name)
                return (PartOf(one.unit, one.part),) if one is not None else tuple(self.parts.get(unit.head.name, ()))

    # what rests on what

    def below(self, subject: Subject) -> tuple[Subject, ...]:
        """What a subject itself rests on, each once: quantities and parts of formulas first, then events."""
        scope = self.scope
        match subject.of:
            case Event() as event:
                found = self._named(event_operands(scope, event))
            case Check() as check:
                found = self._named(o for e in expressions_of(check) for o in operands(e))
            case Paid(party=party):
                found = self._flows(scope.paying.get(party, ()))
            case Received(party=party):
                found = self._flows(scope.paid.get(party, ()), party)
            case PresentValue(of=of):
                found = self._worth(text_of(of))
            case Working(expr=expr):
                found = self._named(operands(behind(scope, expr)))
            case unit:
                found = self._named(unit_operands(scope, unit, subject.part))
        others = (s for s in found if s.of is not subject.of and s.name != subject.name)
        below = dict.fromkeys(others if self.with_parts else self._records(subject, others))
        return tuple(sorted(below, key=lambda s: isinstance(s.of, Event)))

    def _records(self, above: Subject, found: Iterable[Subject]) -> Iterator[Subject]:
        """The same with what stands behind parts in their place."""
        for subject in found:
            if not isinstance(subject.of, Working):
                yield subject
            else:
                yield from (s for s in self.below(subject) if s.of is not above.of)

    def _worth(self, of: str) -> Iterator[Subject]:
        """What is discounted, and what the rate rests on."""
        if (below := self.find(of)) is not None:
            yield below
        if self.case.discount is not None:
            yield from self._named(operands(self.case.discount))

    def _flows(self, units: Iterable[Unit], party: str = "") -> Iterator[Subject]:
        """What terms pay, and waterfalls to each party, or to one."""
        for unit in units:
            if unit.head.name in self.flowing:
                parts: tuple[str, ...] = ("",)
                if isinstance(unit, Waterfall):
                    parts = self.scope.received_by(unit, party) if party else receivers(unit)
                yield from (self._unit(unit, part) for part in parts)

    def _named(self, found: Iterable[Expr]) -> Iterator[Subject]:
        """The subjects that names and parts of formulas stand for."""
        for expr in found:
            subject = self._of_expr(expr)
            if subject is not None:
                yield subject

    def _of_expr(self, expr: Expr) -> Subject | None:
        scope = self.scope
        match expr:
            case Call(function="paid" | "received" as function, arguments=(Argument(value=Name(text=party)), *_)):
                total = Paid(party) if function == PAID else Received(party)
                return Subject(text_of(total), total)
            case Call(function="happened", arguments=(Argument(value=Name(text=event)), *_)) if event in scope.events:
                return self._event(event)
            case Call():
                return Subject(written(expr), Working(expr))
            case Name(text=text):
                return self._of_name(expr, text)
            case _:
                return None

    def _of_name(self, expr: Expr, text: str) -> Subject | None:
        match self.scope.bound(text):
            case Part(unit=unit, part=part):
                return self._unit(unit, part)
            case OutcomeOf(event=event):
                return self._event(event.head.name)
            case StageOf():
                return Subject(text, Working(expr))
            case ClockName():
                return Subject(text, Working(expr)) if text == "dt" else None
            case None:
                return self._event(text)
