"""What can be explained, by name, and what each rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from syngraph.analyses.study import PlanRun
from syngraph.compile.checks import expressions_of
from syngraph.expr.nodes import Call, Expr, Name
from syngraph.expr.walk import walk
from syngraph.graph.edges import Edge, How, asked, event_edges, event_expressions, expressions, limits, unit_edges
from syngraph.graph.kinds import Kind
from syngraph.graph.names import Unit, make_scope
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
    of: Unit | Event | Check | Paid | Received | PresentValue


class Subjects:
    """The subjects of a plan."""

    def __init__(self, run: PlanRun) -> None:
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
        name, paid = (text_of(PartOf(unit.head.name, p)) for p in (part, PAID))
        return Subject(paid if not part and paid in self.series else name, unit)

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
            case unit:
                one = self.series.get(subject.name)
                return (PartOf(one.unit, one.part),) if one is not None else tuple(self.parts.get(unit.head.name, ()))

    # what rests on what

    def below(self, subject: Subject) -> tuple[Subject, ...]:
        """What a subject itself rests on, each once: quantities first, then events."""
        scope = self.scope
        match subject.of:
            case Event() as event:
                found = self._targets(event_edges(scope, event), event_expressions(event))
            case Check() as check:
                found = self._targets(tuple(asked(scope, expressions_of(check))), expressions_of(check))
            case Paid(party=party):
                found = (self._unit(u) for u in scope.paying.get(party, ()) if u.head.name in self.flowing)
            case Received(party=party):
                found = self._paying(party)
            case PresentValue(of=of):
                found = self._worth(text_of(of))
            case unit:
                found = self._targets(unit_edges(scope, unit), (*expressions(unit), *limits(unit)))
        return tuple(dict.fromkeys(s for s in found if s.of is not subject.of))

    def _worth(self, of: str) -> Iterator[Subject]:
        """What is discounted, and what the rate rests on."""
        if (below := self.find(of)) is not None:
            yield below
        rate = (self.case.discount,) if self.case.discount is not None else ()
        yield from self._targets(tuple(asked(self.scope, rate)), rate)

    def _paying(self, party: str) -> Iterator[Subject]:
        """What pays a party: terms, and its part of waterfalls."""
        for unit in self.scope.paid.get(party, ()):
            if unit.head.name in self.flowing:
                parts = self.scope.received_by(unit, party) if isinstance(unit, Waterfall) else ("",)
                yield from (self._unit(unit, part) for part in parts)

    def _targets(self, edges: Sequence[Edge], exprs: Iterable[Expr]) -> Iterator[Subject]:
        """The units that edges lead to, by the parts that expressions name, then the events."""
        named = self._parts_named(exprs)
        for edge in edges:
            if edge.how is not How.EVENT:
                yield self._unit(self.scope.units[edge.to], named.get(edge.to, ""))
        for edge in edges:
            if edge.how is How.EVENT:
                yield Subject(edge.to, self.scope.events[edge.to])

    def _parts_named(self, exprs: Iterable[Expr]) -> dict[str, str]:
        """Of each unit the part that expressions name first."""
        found: dict[str, str] = {}
        for node in (n for e in exprs for n in walk(e)):
            match node:
                case Name(text=text) if (bound := self.scope.unit(text)) is not None and text in self.series:
                    found.setdefault(bound[0].head.name, bound[1])
                case Call(function="received", arguments=(argument, *_)) if isinstance(argument.value, Name):
                    for unit in self.scope.paid.get(argument.value.text, ()):
                        if isinstance(unit, Waterfall) and unit.head.name in self.flowing:
                            first, *_ = self.scope.received_by(unit, argument.value.text)
                            found.setdefault(unit.head.name, first)
                case _:
                    pass
        return found
