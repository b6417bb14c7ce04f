"""From a name to all that it rests on: terms, facts and assumptions, down to quotes and reasons."""

from collections.abc import Mapping
from dataclasses import replace

from syngraph.analyses.evidence import statuses
from syngraph.analyses.figures import Figure, Figures, Fold, check_figure
from syngraph.analyses.periods import Period
from syngraph.analyses.stops import central_stops
from syngraph.analyses.study import PlanRun, Study, Tag
from syngraph.base.errors import InternalError
from syngraph.base.spans import Span
from syngraph.compile.checks import expressions_of
from syngraph.explain.origins import Explanation, OriginNode, ReadAs
from syngraph.explain.records import Told, beside, event_figure, figure_of, quotes, sliced, told, told_event
from syngraph.explain.subjects import Subject, Subjects, Working
from syngraph.explain.tags import ORDER, record_tag
from syngraph.explain.working import worked
from syngraph.expr.text import written
from syngraph.graph.formulas import behind, formula
from syngraph.graph.names import Unit
from syngraph.model.agreements import Payment
from syngraph.model.asked import Paid, PartOf, PresentValue, Received, text_of
from syngraph.model.checks import Check
from syngraph.model.events import Event
from syngraph.model.readings import own_ambiguities
from syngraph.model.records import Head


class Tracer:
    """What was traced of a plan so far: each name with the names it rests on. It lives for one answer."""

    def __init__(self, study: Study, run: PlanRun, *, column: int | None = None, parts: bool = False) -> None:
        self.study, self.run, self.column = study, run, column
        self.subjects, self.figures = Subjects(run, parts=parts), Figures(run)
        self.traced: dict[str, Subject] = {}
        self.known = statuses(study.evidence)
        self.texts: Mapping[str, str] = dict(study.texts)
        self.nodes: dict[str, OriginNode] = {}

    def trace(self, name: str) -> OriginNode | None:
        """What stands behind a name; then `nodes` has all it rests on too. None if nothing is called so."""
        subject = self.subjects.find(name)
        if subject is None:
            return None
        fresh: dict[str, tuple[Subject, tuple[Subject, ...]]] = {}
        waiting = [subject]
        while waiting:
            one = waiting.pop()
            if one.name not in self.nodes and one.name not in fresh:
                fresh[one.name] = one, self.subjects.below(one)
                waiting += fresh[one.name][1]
        made = {name: self._node(one, below) for name, (one, below) in fresh.items()}
        self.traced |= {name: one for name, (one, _) in fresh.items()}
        tags = self._weakest(made)
        self.nodes |= {name: replace(node, weakest=tags[name]) for name, node in made.items()}
        return self.nodes[subject.name]

    def reached(self, root: OriginNode) -> tuple[OriginNode, ...]:
        """A node and all it rests on, each once, in the order in which a reader meets them."""
        found: dict[str, OriginNode] = {}
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node.name not in found:
                found[node.name] = node
                waiting += [self.nodes[name] for name in reversed(node.below)]
        return tuple(found.values())

    def _weakest(self, fresh: Mapping[str, OriginNode]) -> dict[str, Tag]:
        """Of each node the weakest tag of it and all below, also around a loop: the weakest goes up first."""
        above: dict[str, list[str]] = {}
        for name, node in fresh.items():
            for below in node.below:
                above.setdefault(below, []).append(name)
        tags: dict[str, Tag] = {}
        for tag in reversed(ORDER):
            waiting = [name for name, node in fresh.items() if node.own is tag]
            for name in above.keys() & self.nodes.keys():
                waiting += above[name] if self.nodes[name].weakest is tag else []
            while waiting:
                name = waiting.pop()
                if name not in tags:
                    tags[name] = tag
                    waiting += above.get(name, ())
        return tags

    # nodes

    def _node(self, subject: Subject, below: tuple[Subject, ...]) -> OriginNode:
        match subject.of:
            case Event() as event:
                figure = event_figure(self.study, self.figures, event)
                node = self._record(subject, event, event.head, told_event(event), figure)
            case Check() as check:
                node = self._check(subject, check)
            case Paid() | Received():
                span = next(p.head.span for p in self.run.case.parties if p.head.name == subject.of.party)
                figure = self._figure(subject.of, Fold.YEAR_SUM)
                node = _derived(subject, "total", span, " + ".join(b.name for b in below) or "0", figure)
            case PresentValue(of=of):
                rate = self.run.case.discount
                if rate is None:
                    raise InternalError(f"{subject.name} without a discount rate")
                text = f"{text_of(of)}, {sliced(self.texts, rate.span)}"
                node = _derived(subject, "present_value", rate.span, text, self._figure(subject.of, Fold.TOTAL))
            case Working(expr=expr):
                node = _derived(subject, "part", expr.span, written(behind(self.subjects.scope, expr)), None)
            case Payment() as term:
                text = self._paid(term, subject.part)
                node = self._record(
                    subject, term, term.head, replace(told(term), text=text), self._unit_figure(subject.name)
                )
            case unit:
                node = self._record(subject, unit, unit.head, told(unit), self._unit_figure(subject.name))
        return replace(node, asked=self.subjects.asked(subject), below=tuple(b.name for b in below))

    def _paid(self, term: Payment, part: str) -> str:
        """The formula of a payment; where it is the bare amount, as its author wrote it."""
        expr = formula(self.subjects.scope, term, part)
        if expr is None:
            return ""
        bare = term.amount is not None and expr is term.amount.chosen
        return sliced(self.texts, expr.span) if bare else written(expr)

    def _check(self, subject: Subject, check: Check) -> OriginNode:
        """A check is computed from what its expressions name; its quote is why it is asked."""
        result = next((c for c in self.run.checks if c.name == subject.name), None)
        figure = check_figure(result) if result is not None else None
        text = ", ".join(sliced(self.texts, e.span) for e in expressions_of(check))
        node = _derived(subject, "check", check.head.span, text, figure)
        return replace(node, quotes=tuple(quotes(self.study, check.head)), whys=check.head.whys)

    def _record(
        self, subject: Subject, record: Unit | Event, head: Head, what: Told, figure: Figure | None
    ) -> OriginNode:
        own = record_tag(record, head, self.known, self.study.evidence.agreed)
        return OriginNode(
            subject.name,
            what.kind,
            head.span,
            own,
            own,
            what.title,
            sliced(self.texts, what.formula) if what.formula is not None else what.text,
            figure,
            getattr(record, "bound", "exact"),
            tuple(ReadAs(a.readings.use, a.names) for a in own_ambiguities(record, head)),
            tuple(quotes(self.study, head)),
            head.whys,
            beside(self.study, head),
        )

    def _unit_figure(self, name: str) -> Figure | None:
        quantity = self.subjects.series.get(name)
        if quantity is None:
            return None
        return self._figure(PartOf(quantity.unit, quantity.part), quantity.fold)

    def _figure(self, asked: PartOf | Paid | Received | PresentValue, fold: Fold) -> Figure | None:
        return figure_of(self.figures, asked, fold, column=self.column)


def _derived(subject: Subject, kind: str, span: Span, text: str, figure: Figure | None) -> OriginNode:
    """What is computed and has no record of its own."""
    return OriginNode(subject.name, kind, span, Tag.DERIVED, Tag.DERIVED, expression=text, figure=figure)


def explained(
    study: Study, run: PlanRun, name: str, *, column: int | None = None, period: Period | None = None
) -> Explanation | None:
    """What stands behind a name (`term.paid`, a measure, fact, assumption, event, check …); None if there is none such.

    Figures are those of a column of the results, by default the last. With a period it says what they are recomputed
    from along the central path, and where that stops, as far as the name is concerned.
    """
    tracer = Tracer(study, run, column=column, parts=True)
    root = tracer.trace(name)
    if root is None:
        return None
    nodes, plan = tracer.reached(root), run.case.plan
    if period is None:
        return Explanation(nodes, plan=plan)
    pairs = [(tracer.traced[n.name], n) for n in nodes]
    done, path = worked(run, tracer.subjects.scope, pairs, period)
    return Explanation(done, central_stops(run, root.asked, period), plan, path)


def names(run: PlanRun) -> tuple[str, ...]:
    """Everything that can be explained."""
    return Subjects(run).names()
