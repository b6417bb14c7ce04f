"""Whether events, outcomes, stages, rights and spans are on, in each world."""

from collections.abc import Iterable

from syngraph.base.diagnostics import warning
from syngraph.compile import references, units
from syngraph.compile.builder import Node
from syngraph.compile.constants import day as certain_day
from syngraph.compile.lowering import Latch, Lowering
from syngraph.compile.values import DATE, UNKNOWN, Value, status
from syngraph.compile.worlds import START, View, World
from syngraph.expr.nodes import Name
from syngraph.model.agreements import Active, Moment, Right
from syngraph.model.records import Head


def event_on(low: Lowering, name: str, outcome: str, world: World) -> Value:
    """Whether an event has happened (with an outcome, if one is named)."""
    latch = low.latches.get(name)
    if latch is None:
        return _always(low, 0.0)
    before, decided = (latch.on, None) if not outcome else latch.outcomes[outcome]
    if latch.hit is None or world.view in (View.BEFORE, View.START):
        return status(before, before, before)
    now = _hit_by(low, latch, world)
    if decided is not None:
        now = low.build.both(now, decided)
    after = low.build.either(before, now)
    return status(before if world.view is View.WHOLE else after, after, after)


def _hit_by(low: Lowering, latch: Latch, world: World) -> Node:
    """Whether the event has hit by the time a world starts (a part, an event's moment) or ends (the whole)."""
    build = low.build
    assert latch.hit is not None
    if world.view is View.WHOLE:
        return build.less(latch.hit, build.const(1.0))
    if latch.delayed:
        return build.const(0.0)
    if world.view is View.AT:
        moment = low.latches[world.group].hit
        return (
            build.const(0.0)
            if moment is None
            else build.both(build.less(latch.hit, build.const(1.0)), build.at_most(latch.hit, moment))
        )
    return build.at_most(latch.hit, low.cuts[world.group].starts[world.part])


def _always(low: Lowering, value: float) -> Value:
    node = low.build.const(value)
    return status(node, node, node)


def both(low: Lowering, a: Value, b: Value) -> Value:
    """a and b"""
    build = low.build
    return status(build.both(a.start, b.start), build.both(a.mid, b.mid), build.both(a.end, b.end))


def either(low: Lowering, a: Value, b: Value) -> Value:
    """a or b"""
    build = low.build
    return status(build.either(a.start, b.start), build.either(a.mid, b.mid), build.either(a.end, b.end))


def negated(low: Lowering, a: Value) -> Value:
    """not a"""
    build = low.build
    return status(build.no(a.start), build.no(a.mid), build.no(a.end))


def moment_on(low: Lowering, moment: Moment, world: World) -> Value:
    """Whether a moment has come."""
    moment = low.scope.settled(moment)
    if moment.day is not None:
        known = moment.day.exact or moment.day.first
        return _from_day(low, moment.day.text, known)
    scope, name = low.scope, moment.name
    if name in scope.events or (name in low.latches and _is_day(low, name)):
        return event_on(low, name, "", world)
    if (outcome := scope.outcome(name)) is not None:
        return event_on(low, outcome[0].head.name, outcome[1], world)
    day = certain_day(Name(name, moment.span), scope)
    if day is not None:
        return _from_day(low, day.isoformat(), day)
    low.wrong("not-a-moment-in-time", moment.span, name=name)
    return _always(low, 0.0)


def _is_day(low: Lowering, name: str) -> bool:
    """Whether what stands behind a latch that is no event of the case is a day."""
    unit = low.scope.units.get(name)
    return unit is None or units.evaluate(low, unit, START).get("", UNKNOWN).dimension == DATE


def _from_day(low: Lowering, text: str, day: object) -> Value:
    """On in every segment that starts on the day or later; the grid is cut there."""
    if day is None:
        return _always(low, 1.0)
    on = low.build.column(f"from {text}", [float(s.start >= day) for s in low.grid.segments])  # type: ignore[operator]
    return status(on, on, on)


def active(low: Lowering, span: Active, world: World) -> Value:
    """Whether a span has begun and not ended."""
    begun = _any(low, span.starts, world) if span.starts else _always(low, 1.0)
    return both(low, begun, negated(low, _any(low, span.ends, world)))


def _any(low: Lowering, moments: Iterable[Moment], world: World) -> Value:
    result = _always(low, 0.0)
    for moment in moments:
        result = either(low, result, moment_on(low, moment, world))
    return result


def inherited(low: Lowering, term: str, span: Active) -> Active:
    """A term's own span, completed by the stages of its agreement."""
    return references.inherited(low.scope, term, span)


def binding(low: Lowering, right: Right) -> Value:
    """Whether the paper a right stands in binds; a right of no agreement does."""
    agreement = low.scope.agreements.get(right.head.name.rpartition(".")[0])
    return _always(low, 0.0 if agreement is not None and agreement.binding is False else 1.0)


def warn_of_opening(low: Lowering, head: Head, span: Active) -> None:
    """Warns of an account without an opening amount under a span that began before the simulation, or has no start."""
    days = [m.day for m in span.starts if m.day is not None]
    if not span.starts or any((d.exact or d.first or d.end or low.grid.today) < low.grid.today for d in days):
        low.found.append(warning("opening-missing", head.span, name=head.name, date=low.grid.today.isoformat()))
