"""What each value of an explanation is recomputed from, along the central path."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from syngraph.analyses.course import Along, Course, TierAlong, course
from syngraph.analyses.figures import Figure, Fold, Statistic, found
from syngraph.analyses.periods import Period
from syngraph.analyses.stops import day_of
from syngraph.analyses.study import PlanRun
from syngraph.explain.origins import OriginNode, Path, TierRow, Worked
from syngraph.explain.subjects import Subject, Working
from syngraph.expr.nodes import Call, Expr
from syngraph.graph.formulas import MEMORY, behind, formula
from syngraph.graph.names import Scope
from syngraph.model.agreements import Payment
from syngraph.model.asked import SHORTFALL, DateOf, Happened, Paid, PartOf, PresentValue, Received, text_of
from syngraph.model.assumptions import Assumption, Between, Distribution, OneOf
from syngraph.model.checks import Check
from syngraph.model.events import Decision, Event, Trigger
from syngraph.model.facts import Series
from syngraph.model.waterfalls import Waterfall

Told = tuple[Subject, OriginNode]

_UNSEEN = {"walk": "draw", "noise": "draw", "prev": "before", "trailing": "window"}
_CARRIED = frozenset({"grow", "cum"})


def worked(run: PlanRun, scope: Scope, told: Sequence[Told], period: Period) -> tuple[tuple[OriginNode, ...], Path]:
    """The nodes with what they are recomputed from, and the path through the period."""
    along = course(run, [name for subject, _ in told for name in _names(subject)])
    if along is None:
        return tuple(node for _, node in told), Path()
    return tuple(_with_work(run, scope, (one, node), along, period) for one, node in told), Path(
        along.stretches, along.finer
    )


def _names(subject: Subject) -> Iterator[str]:
    """The names under which what a subject is made of can be followed."""
    match subject.of:
        case Event(head=head, trigger=trigger):
            yield text_of(Happened(head.name))
            if isinstance(trigger, Decision):
                yield from (text_of(PartOf(head.name, o.name)) for o in trigger.outcomes)
        case Waterfall(head=head):
            yield from (subject.name, head.name)
        case Check() | PresentValue():
            pass
        case _:
            yield subject.name


def _with_work(run: PlanRun, scope: Scope, told: Told, along: Course, period: Period) -> OriginNode:
    subject, node = told
    value = along.named.get(subject.name)
    expr = _computed(scope, subject)
    rule = expr.function if isinstance(expr, Call) and expr.function in MEMORY else ""
    missing = tuple(_missing(subject, rule, along))
    match subject.of:
        case Event(head=head, trigger=trigger):
            value = along.named.get(text_of(Happened(head.name)))
            outcomes = tuple(_outcomes(head.name, trigger, along))
            work = Worked(value, outcomes, missing=missing, day=_day(run, head.name, value))
        case Waterfall(head=head):
            tiers = along.tiers.get(head.name, ())
            rows = tuple(_rows(tiers, along, period)) if along.stretches else ()
            work = Worked(value, (), along.pots.get(head.name), tiers, rows, missing)
        case Working() if value is not None and value.points:
            number, asked = along.at_end(value, period.day), PartOf(subject.name)
            end = Figure(asked, run.case.plan, period, "level", value.unit, Statistic.CENTRAL, number, central=number)
            return replace(node, figure=end, worked=Worked(value, missing=missing, rule=rule))
        case _:
            work = Worked(value, missing=missing, rule=rule)
    return replace(node, worked=work)


def _day(run: PlanRun, event: str, happened: Along | None) -> date | None:
    """When an event has happened on the central path."""
    name = text_of(DateOf(event))
    if found(run, DateOf(event), Fold.FINAL) is None or happened is None or not happened.points[-1:]:
        return None
    at = float(run.central.get(name, Fold.FINAL)[0])
    return day_of(at, run.case.clock) if happened.points[-1][0] else None


def _outcomes(event: str, trigger: Trigger, along: Course) -> Iterator[tuple[str, Along]]:
    """Whether each outcome of a decision has come."""
    for outcome in trigger.outcomes if isinstance(trigger, Decision) else ():
        value = along.named.get(text_of(PartOf(event, outcome.name)))
        if value is not None:
            yield outcome.name, value


def _rows(tiers: Sequence[TierAlong], along: Course, period: Period) -> Iterator[TierRow]:
    """The tiers in the period; of a level at its end."""

    def end(one: Along) -> float:
        return along.at_end(one, period.day)

    had: dict[str, float] = {}
    for tier in tiers:
        targets = {t.account: t for t in tier.targets}
        parties = {s.party: s for s in tier.shares}
        for party in dict.fromkeys((*parties, *targets)):
            share, target = parties.get(party), targets.get(party)
            flows = share is not None and share.paid.flows
            paid = 0.0 if share is None else along.amount(share.paid) if flows else end(share.paid)
            standing = target.standing if target is not None else None
            before = had.get(party, 0.0) if standing is None and not flows else None
            yield TierRow(
                tier.name,
                party,
                end(share.weight) if share is not None else 0.0,
                end(target.goal) if target is not None else None,
                standing.points[0][0] if standing is not None else before,
                paid,
                (share or tier.shares[0]).paid.unit.removesuffix("/year"),
            )
            had[party] = had.get(party, 0.0) + paid


def _computed(scope: Scope, subject: Subject) -> Expr | None:
    """The expression that a value is computed by."""
    match subject.of:
        case Event() | Check() | Paid() | Received() | PresentValue():
            return None
        case Working(expr=expr):
            return behind(scope, expr)
        case unit:
            return formula(scope, unit, subject.part)


def _missing(subject: Subject, rule: str, along: Course) -> Iterator[str]:
    """What a formula needs that is not shown."""
    match subject.of:
        case Assumption(draw=Distribution() | OneOf() | Between()):
            yield "draw"
        case Series():
            yield "series"
        case Event():
            yield "latched"
        case Check():
            yield "paths"
        case PresentValue() if not along.whole:
            yield "run"
        case Payment() if subject.part == SHORTFALL:
            yield "settled"
        case _:
            pass
    if rule in _UNSEEN or (rule in _CARRIED and not along.from_today):
        yield _UNSEEN.get(rule, "carried")
