"""Whether events, outcomes, days and spans are on, from the start of a stretch on."""

from collections.abc import Iterable
from datetime import date

from syngraph.base.diagnostics import warning
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, UNKNOWN, Sums, Value, status
from syngraph.expr.nodes import Name
from syngraph.graph.constants import day as certain_day
from syngraph.graph.kinds import DATE, Kind
from syngraph.model.agreements import Active, Moment
from syngraph.model.assumptions import Assumption
from syngraph.model.records import Head


def came(low: Lowering, day: Node) -> Node:
    """Whether a day has come; a path stops there."""
    low.stop_at(day)
    return low.build.at_most(day, low.clock())


def event_on(low: Lowering, name: str, outcome: str) -> Value:
    """Whether an event has happened (with an outcome, if one is named)."""
    latch = low.latches.get(name)
    if latch is None:
        return status(low.build.const(0.0))
    return status(latch.outcomes[outcome] if outcome else latch.on)


def moment_on(low: Lowering, moment: Moment) -> Value:
    """Whether a moment has come."""
    moment = low.scope.settled(moment)
    if moment.day is not None:
        return status(from_day(low, moment.day.exact or moment.day.first))
    scope, name = low.scope, moment.name
    if name in scope.events:
        return event_on(low, name, "")
    if (outcome := scope.outcome(name)) is not None:
        return event_on(low, outcome[0].head.name, outcome[1])
    if (day := day_of(low, moment)) is not None:
        return status(came(low, day))
    known = certain_day(Name(name, moment.span), scope)
    if known is not None:
        return status(from_day(low, known))
    low.wrong("not-a-moment-in-time", moment.span, name=name)
    return status(low.build.const(0.0))


def day_of(low: Lowering, moment: Moment) -> Node | None:
    """The day of a path that an uncertain assumption names."""
    unit = low.scope.units.get(moment.name)
    if not isinstance(unit, Assumption) or certain_day(Name(moment.name, moment.span), low.scope) is not None:
        return None
    value = low.ask(unit, START).get("", UNKNOWN)
    return value.start if value.kind is Kind.CONSTANT and value.dimension == DATE else None


def from_day(low: Lowering, day: date | None) -> Node:
    """On in every segment that starts on the day or later; the grid is cut there."""
    if day is None:
        return low.build.const(1.0)
    return low.build.column(f"from {day}", [float(s.start >= day) for s in low.grid.segments])


def active(low: Lowering, span: Active) -> Value:
    """Whether a span has begun and not ended."""
    begun = any_on(low, span.starts) if span.starts else low.build.const(1.0)
    return status(low.build.both(begun, low.build.no(any_on(low, span.ends))))


def sums_while(low: Lowering, name: str, on: Node, sums: Sums) -> Sums:
    """Sums of a term that is on: also one that is due at the very moment at which it ends."""
    build = low.build
    zero = build.const(0.0)
    key = f"was on {name}"
    if key not in low.before:
        low.before[key] = build.state(key, zero, truth=True)
        build.hand_on(low.before[key], on)
    was = build.either(on, low.before[key])
    return Sums(build.select(was, sums.start, zero), build.select(on, sums.end, zero))


def any_on(low: Lowering, moments: Iterable[Moment]) -> Node:
    """Whether any of them has come."""
    result = low.build.const(0.0)
    for moment in moments:
        result = low.build.either(result, moment_on(low, moment).start)
    return result


def warn_of_opening(low: Lowering, head: Head, span: Active) -> None:
    """Warns of an account without an opening amount under a span that began before the simulation, or has no start."""
    days = [m.day for m in span.starts if m.day is not None]
    if not span.starts or any((d.exact or d.first or d.end or low.grid.today) < low.grid.today for d in days):
        low.found.append(warning("opening-missing", head.span, name=head.name, date=low.grid.today.isoformat()))
