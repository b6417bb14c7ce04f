"""Events in the run: what latches when, and how hits cut a segment."""

from collections.abc import Iterable
from typing import assert_never

from syngraph.base.dates import Interval
from syngraph.base.units import PLAIN
from syngraph.compile import draws, expressions, units
from syngraph.compile.builder import Node
from syngraph.compile.conditions import comes_true, latch_share
from syngraph.compile.lowering import NEVER, Cuts, Latch, Lowering
from syngraph.compile.order import Groups, ordered
from syngraph.compile.references import (
    conditions,
    event_names,
    is_threshold,
    name_events,
    now,
    right_conditions,
    rights_asked,
    unit_events,
    unit_names,
)
from syngraph.compile.references import (
    expressions as unit_expressions,
)
from syngraph.compile.scope import Unit
from syngraph.compile.values import Kind
from syngraph.compile.worlds import BEFORE, START
from syngraph.expr.nodes import Call, Expr, Name
from syngraph.model.agreements import Payment
from syngraph.model.assumptions import Assumption, Between
from syngraph.model.events import Decision, Event, Never, OnCondition, OnDate


def open_latches(low: Lowering) -> None:
    """Makes every event's state, so that anything may ask for it before its hit is known."""
    build = low.build
    for name, event in sorted(low.scope.events.items()):
        low.at(name, event.head.span)
        known = _known_from_dates(low, event)
        if known is not None:
            low.latches[name] = Latch(known)
            continue
        zero = build.const(0.0)
        if isinstance(event.trigger, Never):
            low.latches[name] = Latch(zero)
            continue
        latch = Latch(build.state(f"event {name}", zero), delayed=event.next_segment)
        latch.day = build.state(f"day {name}", zero)
        if isinstance(event.trigger, Decision):
            for outcome in sorted(event.trigger.outcomes, key=lambda o: o.name):
                latch.outcomes[outcome.name] = (build.state(f"event {name}.{outcome.name}", zero), zero)
        low.latches[name] = latch


def _known_from_dates(low: Lowering, event: Event) -> Node | None:
    """The column of an event on a known day, or of one that has happened; None if it is decided in the run."""
    match event.trigger:
        case OnDate(when=Interval() as interval):
            day = interval.exact
            if day is None or day < low.grid.today:
                return low.build.const(1.0)
            if event.after:
                return None
            return low.build.column(f"from {day}", [float(s.start >= day) for s in low.grid.segments])
        case _:
            return None


# who depends on which events


def find_groups(low: Lowering, extra: Iterable[Expr]) -> None:
    """Puts events that meet in one quantity into one group, so that their hits cut the segment together."""
    scope = low.scope
    _find_circles(low)
    edges: dict[str, set[str]] = {}
    events: dict[str, set[str]] = {}
    for name, unit in scope.units.items():
        edges[name] = set(unit_names(scope, unit_expressions(unit)))
        events[name] = {e for e in unit_events(scope, unit) if _cutting(low, e)}
    order, cycles = ordered(edges)
    for cycle in cycles:
        span = scope.units[cycle[0]].head.span
        low.wrong("cycle", span, names=" → ".join(cycle), paste="prev(…)")
    low.order, low.edges = order, edges
    for name in order:
        for needed in edges[name]:
            events[name] |= events.get(needed, set())
    _join(low, events, extra)


def _find_circles(low: Lowering) -> None:
    """Stages that begin with each other, and rights that are in force while each other is."""
    scope = low.scope
    stages = {f"{a.head.name}.{s}": m for a in scope.case.agreements for s, m in a.stages}
    for cycle in ordered({name: (moment.name,) for name, moment in stages.items()})[1]:
        low.wrong("event-cycle", stages[cycle[0]].span, names=" → ".join(cycle))
    low.rights = {name: tuple(rights_asked(scope, right_conditions(scope, name))) for name in scope.rights}
    for cycle in ordered(low.rights)[1]:
        low.wrong("cycle", scope.rights[cycle[0]].head.span, names=" → ".join(cycle))


def _cutting(low: Lowering, name: str) -> bool:
    """Whether an event can hit inside a segment."""
    latch = low.latches.get(name)
    return latch is None or low.build.equations[latch.on].op == "state"


def _join(low: Lowering, events: dict[str, set[str]], extra: Iterable[Expr]) -> None:
    groups = Groups()
    for found in events.values():
        if found:
            groups.join(found)
    for expr in extra:
        found = {e for e in event_names(low.scope, [expr]) if _cutting(low, e)}
        found |= {e for u in unit_names(low.scope, [expr]) for e in events.get(u, ())}
        if found and any(isinstance(n, Call) and n.function in ("cum", "trailing") for n in now(expr)):
            groups.join(found)
    members: dict[str, list[str]] = {}
    for event in sorted(groups.parent):
        low.groups[event] = groups.find(event)
        members.setdefault(low.groups[event], []).append(event)
    low.members = {g: tuple(m) for g, m in members.items()}
    low.unit_group = {n: groups.find(min(found)) for n, found in events.items() if found}


# hits


def place_hits(low: Lowering) -> None:
    """Works out where in the segment each event hits, in an order in which each sees those it asks for."""
    switches = _switches(low)
    edges = {n: set(_asked(low, e)) for n, e in low.scope.events.items()}
    order, cycles = ordered(edges)
    for cycle in cycles:
        low.wrong("event-cycle", low.scope.events[cycle[0]].head.span, names=" → ".join(cycle))
    if cycles:
        return
    for name in order:
        event, latch = low.scope.events[name], low.latches[name]
        if low.build.equations[latch.on].op == "state":
            low.at(name, event.head.span)
            _place(low, event, latch)
    for name, condition in switches:
        low.at(name, condition.span)
        low.latches[name] = Latch(low.build.const(0.0), comes_true(low, condition))
    for group, members in low.members.items():
        low.cuts[group] = _cut(low, members)


def _switches(low: Lowering) -> list[tuple[str, Expr]]:
    """The exceptions whose condition compares quantities: they may come true inside a segment too."""
    return [
        (name, condition)
        for unit in low.scope.units.values()
        if isinstance(unit, Payment)
        for name, condition in conditions(unit)
        if is_threshold(condition)
    ]


def _asked(low: Lowering, event: Event) -> Iterable[str]:
    """The events an event's own trigger asks for."""
    for name in event.after:
        yield from name_events(low.scope, name)
    match event.trigger:
        case OnCondition(condition=condition):
            yield from event_names(low.scope, [condition.chosen])
        case _:
            pass


def open_days(low: Lowering) -> None:
    """Makes each uncertain day that begins or ends something an event: on from that day."""
    for name in [e for e in sorted(low.groups) if isinstance(low.scope.units.get(e), Assumption)]:
        low.latches[name] = _day_latch(low, low.scope.units[name])


def _day_latch(low: Lowering, unit: Unit) -> Latch:
    build = low.build
    value = units.evaluate(low, unit, START).get("")
    if value is None or not value.known:
        return Latch(build.const(0.0))
    on = build.at_most(value.mid, low.t0())
    return Latch(on, build.select(on, build.const(NEVER), _share_of_day(low, value.mid)))


def _share_of_day(low: Lowering, day: Node) -> Node:
    """Where in the segment a day lies: 0 if it is past, NEVER if it is still to come."""
    build = low.build
    share = build.larger(build.div(build.sub(day, low.t0()), low.dt()), build.const(0.0))
    return build.select(build.less(day, low.t1()), share, build.const(NEVER))


def _place(low: Lowering, event: Event, latch: Latch) -> None:
    build = low.build
    match event.trigger:
        case OnCondition(condition=condition):
            share = comes_true(low, condition.chosen)
        case OnDate():
            share = build.larger(_date_share(low, event, event.trigger), _after(low, event))
        case Decision():
            share = _decision(low, event, event.trigger, latch)
        case Never():
            return
        case _:
            assert_never(event.trigger)
    share = build.select(latch.on, build.const(NEVER), share)
    hits = build.less(share, build.const(1.0))
    latch.hit = share
    build.hand_on(latch.on, build.either(latch.on, hits))
    if latch.day is not None:
        moment = build.add(low.t0(), build.mul(share, low.dt()))
        build.hand_on(latch.day, build.select(hits, moment, latch.day))
    for name, (on, decided) in latch.outcomes.items():
        build.hand_on(on, build.either(on, build.both(hits, decided)))
        latch.outcomes[name] = (on, decided)


def _date_share(low: Lowering, event: Event, trigger: OnDate) -> Node:
    match trigger.when:
        case Between(first=first, end=end):
            a, b = low.grid.years_to(first), low.grid.years_to(end)
            build = low.build
            share = draws.phi(low, f"{event.head.name}.date")
            day = build.add(build.const(a), build.mul(build.const(b - a), share))
            return _share_of_day(low, day)
        case Interval(exact=day):
            if day is None:  # only the past may be imprecise
                return low.build.const(0.0)
            return _share_of_day(low, low.build.const(low.grid.years_to(day)))


def _after(low: Lowering, event: Event) -> Node:
    """When in the segment the last prerequisite is met."""
    build = low.build
    moment = build.const(0.0)
    for name in event.after:
        if (outcome := low.scope.outcome(name)) is not None:
            share = latch_share(low, low.latches[outcome[0].head.name], outcome[1])
        elif name in low.latches:
            share = latch_share(low, low.latches[name])
        elif (stage := low.scope.stage(name)) is not None:
            share = comes_true(low, Name(name, stage[0].head.span))
        else:
            share = build.const(NEVER)
        moment = build.larger(moment, share)
    return moment


def _decision(low: Lowering, event: Event, trigger: Decision, latch: Latch) -> Node:
    build, name = low.build, event.head.name
    moment = _after(low, event)
    if trigger.date is not None:
        moment = build.larger(moment, _date_share(low, event, trigger.date))
    if trigger.hazard is not None:
        moment = _hazard(low, event, trigger, moment)
    if not trigger.outcomes:
        return moment
    outcomes = sorted(trigger.outcomes, key=lambda o: o.name)
    shares = draws.probabilities(low, [o.probability for o in outcomes], event.head.span, complete=False, world=BEFORE)
    if shares is None:
        return moment
    draws.warn_of_tie(low, event.head, [(o.name, o.probability) for o in outcomes])
    picks = draws.choose(low, draws.phi(low, f"{name}.outcome"), shares)
    some = build.const(0.0)
    for outcome, pick in zip(outcomes, picks, strict=True):
        latch.outcomes[outcome.name] = (latch.outcomes[outcome.name][0], pick)
        some = build.either(some, pick)
    return _decided_once(low, name, moment, some)


def _decided_once(low: Lowering, name: str, moment: Node, some: Node) -> Node:
    """A decision is taken once: what comes out as `never` then stays never."""
    build = low.build
    if build.value(some) == 1:
        return moment
    closed = build.state(f"closed {name}", build.const(0.0))
    reached = build.less(moment, build.const(1.0))
    build.hand_on(closed, build.either(closed, reached))
    open_now = build.both(some, build.no(closed))
    return build.select(open_now, moment, build.const(NEVER))


def _hazard(low: Lowering, event: Event, trigger: Decision, start: Node) -> Node:
    """One unit exponential per path (-ln u): the hazard adds up to it from when the prerequisites are met."""
    build, name = low.build, event.head.name
    assert trigger.hazard is not None
    value = expressions.lower(low, trigger.hazard.chosen, BEFORE)
    if not value.known:
        return build.const(NEVER)
    if value.kind is not Kind.RATE or value.dimension != PLAIN:
        low.wrong("hazard-wanted", trigger.hazard.chosen.span, found=value.words())
        return build.const(NEVER)
    wait = build.neg(build.make("log", draws.phi(low, f"{name}.hazard")))
    gone = build.state(f"hazard {name}", build.const(0.0))
    speed = build.mul(value.mid, low.dt())
    build.guard(build.less(value.mid, build.const(0.0)), "hazard-negative")
    room = build.larger(build.sub(build.const(1.0), start), build.const(0.0))
    total = build.add(gone, build.mul(speed, room))
    build.hand_on(gone, total)
    share = build.add(start, build.div(build.sub(wait, gone), speed))
    reached = build.both(build.at_most(wait, total), build.less(build.const(0.0), build.mul(speed, room)))
    return build.select(reached, share, build.const(NEVER))


def _cut(low: Lowering, members: tuple[str, ...]) -> Cuts:
    """The hits of a group in order of time, and the lengths of the parts between them."""
    build = low.build
    one, zero = build.const(1.0), build.const(0.0)
    hits = [low.latches[m].hit for m in members]
    shares = [build.larger(build.smaller(h, one), zero) for h in hits if h is not None]
    for i in range(len(shares)):
        for j in range(len(shares) - 1 - i):
            a, b = shares[j], shares[j + 1]
            shares[j], shares[j + 1] = build.smaller(a, b), build.larger(b, a)
    starts = [zero, *shares]
    ends = [*shares, one]
    return Cuts(tuple(starts), tuple(build.sub(e, s) for s, e in zip(starts, ends, strict=True)))


def interacting(low: Lowering) -> Node:
    """In how many segments two hits met of which one's condition depends on the other (a second-order error)."""
    build = low.build
    total = build.const(0.0)
    for name, event in sorted(low.scope.events.items()):
        latch = low.latches[name]
        if latch.hit is None or not isinstance(event.trigger, OnCondition):
            continue
        used = set(unit_names(low.scope, [event.trigger.condition.chosen]))
        groups = {low.unit_group[u] for u in used if u in low.unit_group}
        for other in sorted({m for g in groups for m in low.members[g]} - {name}):
            hit = low.latches[other].hit
            if hit is not None and other in low.scope.events:
                one = build.const(1.0)
                total = build.larger(total, build.both(build.less(latch.hit, one), build.less(hit, one)))
    return total
