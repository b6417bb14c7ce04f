"""Walks from a number through its equations to the terms, facts and assumptions it rests on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from syngraph.analyses.evidence import statuses
from syngraph.analyses.streams import found
from syngraph.analyses.study import PlanRun, Study, Tag
from syngraph.base.dates import Interval
from syngraph.base.errors import InternalError
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.compile.checks import expressions_of
from syngraph.compile.outputs import Quantity
from syngraph.compile.references import (
    active_events,
    conditions,
    event_names,
    expressions,
    moment_events,
    unit_names,
)
from syngraph.compile.scope import Scope, Unit, make_scope
from syngraph.compile.values import Kind
from syngraph.evidence.anchoring import Status
from syngraph.evidence.lock import QuoteKey
from syngraph.evidence.verify import Verdict
from syngraph.explain.origins import Figure, OriginNode, QuoteShown, ReadAs
from syngraph.explain.tags import record_tag, weakest
from syngraph.expr.nodes import Argument, Call, Expr, Name
from syngraph.expr.walk import names as names_in
from syngraph.ir.program import Fold
from syngraph.model.agreements import Active, Moment, Payment
from syngraph.model.assumptions import Assumption, Between, Certain, Distribution, OneOf
from syngraph.model.checks import Check
from syngraph.model.events import Decision, Event, Never, OnCondition, OnDate
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.readings import own_ambiguities
from syngraph.model.records import Head
from syngraph.model.waterfalls import EndsAt, Waterfall

_OVER = {Kind.FLOW: "flow", Kind.RATE: "mean", Kind.STOCK: "level", Kind.STATUS: "level", Kind.CONSTANT: ""}
_CALL = re.compile(r"(\w+)\((.+)\)")


@dataclass(slots=True)
class _Walk:
    """One explanation under way: what is known of the case, and what was shown already."""

    study: Study
    run: PlanRun
    scope: Scope
    column: int | None
    known: Mapping[QuoteKey, Status]
    texts: Mapping[str, str]
    series: Mapping[str, Quantity]
    shown: dict[str, OriginNode] = field(default_factory=dict)
    doing: set[str] = field(default_factory=set)


def trace(study: Study, run: PlanRun, name: str, *, column: int | None = None) -> OriginNode | None:
    """The origin of a quantity (`term.paid`, a measure, fact, assumption, event or check); None if there is none such.

    Figures are those of a column of the results, by default the last.
    """
    walk = _Walk(
        study,
        run,
        make_scope(run.case),
        column,
        statuses(study.evidence),
        dict(study.texts),
        {q.name: q for q in run.compiled.quantities},
    )
    return _named(walk, name)


def _named(walk: _Walk, name: str) -> OriginNode | None:
    if (call := _CALL.fullmatch(name)) is not None:
        return _call(walk, name, call[1], call[2])
    unit = walk.scope.unit(name)
    if unit is not None:
        paid = f"{name}.paid"
        return _unit(walk, paid if paid in walk.series else name, unit[0])
    outcome = walk.scope.outcome(name)
    event = walk.scope.events.get(name) or (outcome[0] if outcome else None)
    if event is not None:
        return _event(walk, event)
    check = next((c for c in walk.run.case.checks if c.head.name == name), None)
    return _check(walk, check) if check is not None else None


def _call(walk: _Walk, name: str, function: str, inner: str) -> OriginNode | None:
    """`present_value(x)`, `received(party)`, `paid(party)`, `date(event)`, `happened(event)`."""
    if function == "present_value":
        child, rate = _named(walk, inner), walk.run.case.discount
        if child is None or rate is None:
            return None
        text = f"{inner}, {_slice(walk, rate.span)}"
        return _total(name, "present_value", rate.span, text, _figure_of(walk, name, Fold.TOTAL, "run"), (child,))
    party = next((p for p in walk.run.case.parties if p.head.name == inner), None)
    if function in ("received", "paid") and party is not None:
        asked = Call(function, (Argument("", Name(inner, party.head.span)),), party.head.span)
        needed = dict.fromkeys(unit_names(walk.scope, [asked]))
        streams = [_stream(walk, n, inner if function == "received" else "") for n in needed]
        children = tuple(_unit(walk, s, walk.scope.units[n]) for n, s in zip(needed, streams, strict=True) if s)
        return _total(
            name,
            "total",
            party.head.span,
            " + ".join(s for s in streams if s),
            _figure_of(walk, name, Fold.YEAR_SUM, _OVER[Kind.FLOW]),
            children,
        )
    event = walk.scope.events.get(inner)
    return _event(walk, event) if event is not None and function in ("date", "happened") else None


def _check(walk: _Walk, check: Check) -> OriginNode:
    """A check is computed from what its expressions name; its quote is why it is asked."""
    exprs = list(expressions_of(check))
    children = (*_asked_units(walk, exprs), *_asked_events(walk, exprs))
    result = next((c for c in walk.run.checks if c.name == check.head.name), None)
    figure = Figure(result.figure, None, None, result.unit) if result and result.figure is not None else None
    text = ", ".join(_slice(walk, e.span) for e in exprs)
    node = _total(check.head.name, "check", check.head.span, text, figure, children)
    return replace(node, quotes=tuple(_quotes(walk, check.head)), whys=check.head.whys)


def _asked_units(walk: _Walk, exprs: list[Expr], but: str = "") -> tuple[OriginNode, ...]:
    """The units that expressions name."""
    needed = dict.fromkeys(n for n in unit_names(walk.scope, exprs) if n != but)
    return tuple(_unit(walk, _shown_part(walk, n, exprs), walk.scope.units[n]) for n in needed)


def _asked_events(walk: _Walk, exprs: list[Expr]) -> tuple[OriginNode, ...]:
    """The events that expressions ask for."""
    needed = dict.fromkeys(event_names(walk.scope, exprs))
    return tuple(_event(walk, walk.scope.events[n]) for n in needed if n in walk.scope.events)


def _stream(walk: _Walk, unit: str, party: str) -> str:
    """The series by which a unit pays (a party, if one is named); nothing if it does not."""
    for name in (f"{unit}.paid", f"{unit}.{party}", unit if not party else ""):
        if name in walk.series and walk.series[name].kind is Kind.FLOW:
            return name
    first = next((q.name for q in walk.series.values() if q.unit == unit and q.kind is Kind.FLOW), "")
    return first if not party else ""


def _total(
    name: str, kind: str, span: Span, text: str, figure: Figure | None, children: tuple[OriginNode, ...]
) -> OriginNode:
    tag = weakest([Tag.DERIVED, *(c.weakest for c in children)])
    return OriginNode(name, kind, None, span, text, figure, Tag.DERIVED, tag, children=children)


def names(run: PlanRun) -> tuple[str, ...]:
    """Everything that can be explained."""
    quantities = {n for q in run.compiled.quantities for n in (q.name, q.unit)}
    events, checks = ({r.head.name for r in rs} for rs in (run.case.events, run.case.checks))
    return tuple(sorted(quantities | events | checks))


def _unit(walk: _Walk, name: str, unit: Unit) -> OriginNode:
    if name in walk.shown:
        return replace(walk.shown[name], children=(), repeated=True)
    if name in walk.doing:
        return replace(_node(walk, name, unit, ()), repeated=True)
    walk.doing.add(name)
    children = tuple(_children(walk, unit))
    node = _node(walk, name, unit, children)
    walk.shown[name] = node
    walk.doing.discard(name)
    return node


def _children(walk: _Walk, unit: Unit) -> Iterator[OriginNode]:
    scope = walk.scope
    exprs = [*expressions(unit), *(c for _, c in conditions(unit))]
    yield from _asked_units(walk, exprs, unit.head.name)
    for moment in _moments(walk, unit):
        if moment.name in scope.units:
            yield _unit(walk, moment.name, scope.units[moment.name])
    for event in dict.fromkeys(_events_of(scope, unit, exprs)):
        if event in scope.events:
            yield _event(walk, scope.events[event])


def _shown_part(walk: _Walk, needed: str, exprs: list[Expr]) -> str:
    """The part of a term or waterfall that an expression names, its payment as such otherwise."""
    asked = [n.text for e in exprs for n in names_in(e) if n.text in walk.series and n.text.startswith(f"{needed}.")]
    if asked:
        return asked[0]
    return f"{needed}.paid" if f"{needed}.paid" in walk.series else needed


def _moments(walk: _Walk, unit: Unit) -> tuple[Moment, ...]:
    match unit:
        case Payment(active=active):
            agreement = walk.scope.agreements.get(unit.head.name.rpartition(".")[0])
            stages = dict(agreement.stages) if agreement else {}
            inherited = [stages[s] for s in ("effective", "ended") if s in stages]
            return (*active.starts, *active.ends, *inherited)
        case Waterfall(active=active, tiers=tiers):
            ends = [t.moment for tier in tiers for t in tier.until.chosen if isinstance(t, EndsAt)]
            return (*active.starts, *active.ends, *ends)
        case _:
            return ()


def _events_of(scope: Scope, unit: Unit, exprs: list[Expr]) -> Iterator[str]:
    yield from event_names(scope, exprs)
    match unit:
        case Payment(active=Active() as active):
            yield from active_events(scope, active)
        case Waterfall(active=active, tiers=tiers):
            yield from active_events(scope, active)
            for tier in tiers:
                yield from moment_events(scope, [t.moment for t in tier.until.chosen if isinstance(t, EndsAt)])
        case _:
            pass


def _event(walk: _Walk, event: Event) -> OriginNode:
    name = event.head.name
    if name in walk.shown:
        return replace(walk.shown[name], children=(), repeated=True)
    if name in walk.doing:
        return replace(_record(walk, name, "event", event.title, event.head, event, "", None, ()), repeated=True)
    walk.doing.add(name)
    exprs = _event_expressions(event)
    children = [*_asked_units(walk, exprs)]
    others = [*event_names(walk.scope, exprs), *(a.partition(".")[0] for a in event.after)]
    for other in dict.fromkeys(others):
        if other in walk.scope.events and other != name:
            children.append(_event(walk, walk.scope.events[other]))
    text = _event_text(walk, event)
    node = _record(
        walk, name, "event", event.title, event.head, event, text, _event_figure(walk, event), tuple(children)
    )
    walk.shown[name] = node
    walk.doing.discard(name)
    return node


def _event_expressions(event: Event) -> list[Expr]:
    match event.trigger:
        case OnCondition(condition=condition):
            return [condition.chosen]
        case Decision(hazard=hazard, outcomes=outcomes):
            found: list[Expr] = [hazard.chosen] if hazard else []
            return found + [o.probability for o in outcomes if o.probability is not None]
        case OnDate() | Never():
            return []


def _event_text(walk: _Walk, event: Event) -> str:
    match event.trigger:
        case OnCondition(condition=condition):
            return _slice(walk, condition.chosen.span)
        case OnDate(when=Interval(text=text)) | Decision(date=OnDate(when=Interval(text=text))):
            return text
        case OnDate(when=Between(span=span)) | Decision(date=OnDate(when=Between(span=span))):
            return _slice(walk, span)
        case Decision(hazard=hazard) if hazard is not None:
            return _slice(walk, hazard.chosen.span)
        case Never():
            return "never"
        case _:
            return ""


def _event_figure(walk: _Walk, event: Event) -> Figure | None:
    series = found(walk.run, f"date({event.head.name})", Fold.FINAL)
    if series is None:
        return None
    used = int(series.used[0])
    low, high = (float(series.quantiles[0, 0]), float(series.quantiles[0, -1])) if used else (None, None)
    share = used / walk.study.paths
    return Figure(None, low, high, "date", f"{share:.0%}")


def _node(walk: _Walk, name: str, unit: Unit, children: tuple[OriginNode, ...]) -> OriginNode:
    kind, title, text = _described(walk, unit)
    return _record(walk, name, kind, title, unit.head, unit, text, _figure(walk, name), children)


def _described(walk: _Walk, unit: Unit) -> tuple[str, LocalText | None, str]:
    match unit:
        case Value(value=value):
            return "fact", None, _slice(walk, value.chosen.span)
        case Statement(says=says):
            return "fact", says, ""
        case Series():
            return "fact", None, ", ".join(p.valid.text for p in unit.periods)
        case Assumption(draw=Certain(value=value)):
            return "assumption", None, _slice(walk, value.chosen.span)
        case Assumption(draw=Distribution(span=span) | OneOf(span=span) | Between(span=span)):
            return "assumption", None, _slice(walk, span)
        case Measure(value=value):
            return "measure", None, _slice(walk, value.chosen.span)
        case Dependence(share=share):
            return "dependence", None, _slice(walk, share.chosen.span)
        case Payment(amount=amount, title=title):
            return "payment", title, _slice(walk, amount.chosen.span) if amount else ""
        case Waterfall(pot=pot):
            return "waterfall", None, _slice(walk, pot.chosen.span)
        case _:
            raise InternalError("a unit of no known kind")


def _slice(walk: _Walk, span: Span) -> str:
    return walk.texts.get(span.file, "")[span.start : span.end]


def _figure(walk: _Walk, name: str) -> Figure | None:
    """The central value and the simulated range, in the column asked for or at the end."""
    quantity = walk.series.get(name)
    return _figure_of(walk, name, quantity.fold, _OVER[quantity.kind]) if quantity is not None else None


def _figure_of(walk: _Walk, name: str, fold: Fold, over: str) -> Figure | None:
    series = found(walk.run, name, fold)
    if series is None:
        return None
    column = series.columns.index(walk.column) if series.columns and walk.column is not None else -1
    low, high = float(series.quantiles[column, 0]), float(series.quantiles[column, -1])
    middle = float(walk.run.central.get(name, fold)[column])
    return Figure(middle, low, high, series.unit, over=over)


def _record(
    walk: _Walk,
    name: str,
    kind: str,
    title: LocalText | None,
    head: Head,
    record: object,
    text: str,
    figure: Figure | None,
    children: tuple[OriginNode, ...],
) -> OriginNode:
    own = record_tag(record, head, walk.known)
    nearby = walk.study.evidence.agreed.nearby
    return OriginNode(
        name,
        kind,
        title,
        head.span,
        text,
        figure,
        own,
        weakest([own, *(c.weakest for c in children)]),
        getattr(record, "bound", "exact"),
        tuple(ReadAs(a.readings.use, a.names) for a in own_ambiguities(record, head)),
        tuple(_quotes(walk, head)),
        head.whys,
        children,
        beside=tuple(dict.fromkeys(n.party for n in nearby if (n.section, n.record) == (head.section, head.name))),
    )


def _quotes(walk: _Walk, head: Head) -> Iterator[QuoteShown]:
    for citation in head.cites:
        verdicts = [
            v
            for v in walk.study.evidence.verdicts
            if (v.quote.key.section, v.quote.key.record, v.quote.key.source, v.quote.key.exact)
            == (head.section, head.name, citation.source, citation.quote)
        ]
        if not verdicts:
            yield QuoteShown(citation.source, citation.quote, Status.UNVERIFIABLE.value)
            continue
        verdict = verdicts[0]
        place = verdict.places[0] if verdict.places else None
        line, column = (place.line, place.column) if place else (0, 0)
        agrees = tuple(dict.fromkeys(_agreeing(walk, head, verdict)))
        shown = citation.source, citation.quote, verdict.status.value, verdict.snapshot or ""
        yield QuoteShown(*shown, line, column, agrees)


def _agreeing(walk: _Walk, head: Head, verdict: Verdict) -> Iterator[str]:
    """The fields of a record that agree with a mention inside a quote."""
    for one in walk.study.evidence.agreed.models:
        if (one.section, one.record, one.source) == (head.section, head.name, verdict.quote.key.source):
            mention = one.mention
            if any(place.start <= mention.start and mention.end <= place.end for place in verdict.places):
                yield one.field
