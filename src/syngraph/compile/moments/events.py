"""Events in the run: when each is due, and what happens with it."""

from typing import assert_never

from syngraph.base.dates import Interval
from syngraph.base.units import PLAIN
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Latch, Level, Lowering
from syngraph.compile.nodes.values import NOW, START, WHOLE, Value, flat
from syngraph.compile.values import draws, expressions, spans
from syngraph.compile.values.accumulations import added
from syngraph.compile.values.switches import above
from syngraph.expr.nodes import Name
from syngraph.graph.edges import AT_ONCE, How, event_edges, right_conditions, rights_asked, targets, unit_edges
from syngraph.graph.kinds import AMOUNTS, Kind
from syngraph.graph.order import ordered, reached
from syngraph.ir.program import NONE, Jump, Turn
from syngraph.model.assumptions import Between
from syngraph.model.events import Decision, Event, Never, OnCondition, OnDate


def open_latches(low: Lowering) -> None:
    """Makes every event's state, so that anything may ask for it before it is known when it is due."""
    build = low.build
    zero = build.const(0.0)
    for name, event in sorted(low.scope.events.items()):
        low.at(name, event.head.span)
        if _is_history(low, event):
            low.latches[name] = Latch(build.const(1.0))
            continue
        if isinstance(event.trigger, Never):
            low.latches[name] = Latch(zero)
            continue
        latch = Latch(build.state(f"event {name}", zero, truth=True), decided=True)
        latch.happened = latch.on
        latch.day = build.state(f"day {name}", zero)
        if event.next_segment:
            latch.on = _delayed(low, f"seen {name}", latch.happened)
        if isinstance(event.trigger, Decision):
            for outcome in sorted(event.trigger.outcomes, key=lambda o: o.name):
                taken = build.state(f"event {name}.{outcome.name}", zero, truth=True)
                latch.taken[outcome.name] = taken
                seen = _delayed(low, f"seen {name}.{outcome.name}", taken) if event.next_segment else taken
                latch.outcomes[outcome.name] = seen
        low.latches[name] = latch


def _delayed(low: Lowering, name: str, happened: Node) -> Node:
    """A state that follows another where a reporting period begins; what happens at that moment is seen at once."""
    build = low.build
    seen = build.state(name, build.const(0.0), truth=True)
    build.hand_on(seen, seen, renewed=happened)
    began = build.make("eq", low.clock(), build.column("period began", low.grid.period_starts))
    return build.either(seen, build.both(began, happened))


def _is_history(low: Lowering, event: Event) -> bool:
    """Whether an event happened before today, on a day perhaps not known."""
    if not isinstance(event.trigger, OnDate) or not isinstance(event.trigger.when, Interval):
        return False
    day = event.trigger.when.exact
    return day is None or day < low.grid.today


# circles


def find_circles(low: Lowering) -> None:
    """Stages that begin with each other, rights in force while each other is, events that wait for each other."""
    scope = low.scope
    stages = {f"{a.head.name}.{s}": m for a in scope.case.agreements for s, m in a.stages}
    for cycle in ordered({name: (moment.name,) for name, moment in stages.items()})[1]:
        low.wrong("event-cycle", stages[cycle[0]].span, names=" → ".join(cycle))
    rights = {name: tuple(rights_asked(right_conditions(scope, name))) for name in scope.rights}
    for cycle in ordered(rights)[1]:
        low.wrong("cycle", scope.rights[cycle[0]].head.span, names=" → ".join(cycle))
    events = {name: targets(event_edges(scope, e), frozenset({How.EVENT})) for name, e in scope.events.items()}
    for cycle in ordered(events)[1]:
        low.wrong("event-cycle", scope.events[cycle[0]].head.span, names=" → ".join(cycle))


# when they are due


def place_events(low: Lowering) -> None:
    """Says of each event when it is due and what is then so."""
    rests = {name: targets(unit_edges(low.scope, unit), AT_ONCE) for name, unit in low.scope.units.items()}
    for name, event in sorted(low.scope.events.items()):
        latch = low.latches[name]
        if latch.decided:
            low.at(name, event.head.span)
            _place(low, event, latch, rates=_watches_rates(low, event, rests))


def _place(low: Lowering, event: Event, latch: Latch, *, rates: bool) -> None:
    build, one, day = low.build, low.build.const(1.0), NONE
    assert latch.happened is not None and latch.day is not None
    sets = [(latch.happened, one), (latch.day, low.clock())]
    match event.trigger:
        case OnCondition(condition=condition):
            due = expressions.truth(low, condition.chosen, START).start
            stands = expressions.truth(low, condition.chosen, NOW).start
        case OnDate() as date:
            day = _day(low, event, date)
            due = stands = build.both(spans.came(low, day), _after(low, event))
        case Decision() as decision:
            due, day = _ready(low, event, decision)
            stands = due
            sets = _decided(low, event, decision, latch, sets)
        case Never():
            return
        case _:
            assert_never(event.trigger)
    closed = latch.happened if latch.closed is None else latch.closed
    indexed = tuple((build.index(state), value) for state, value in sets)
    due = build.both(due, build.no(closed))
    low.jump(Jump(Turn.EVENT, due, stands, event.rank, rates, day, indexed, build.origin))


def _day(low: Lowering, event: Event, trigger: OnDate) -> Node:
    match trigger.when:
        case Between(first=first, end=end):
            a, b = low.grid.years_to(first), low.grid.years_to(end)
            share = draws.phi(low, f"{event.head.name}.date")
            return low.build.add(low.build.const(a), low.build.mul(low.build.const(b - a), share))
        case Interval(exact=day):
            return low.build.const(low.grid.years_to(day) if day is not None else low.grid.segments[0].t0)


def _after(low: Lowering, event: Event) -> Node:
    """Whether all prerequisites are met."""
    build = low.build
    met = build.const(1.0)
    for name in event.after:
        if (outcome := low.scope.outcome(name)) is not None:
            one = spans.event_on(low, outcome[0].head.name, outcome[1]).start
        elif name in low.latches:
            one = spans.event_on(low, name, "").start
        elif (stage := low.scope.stage(name)) is not None:
            one = expressions.lower(low, Name(name, stage[0].head.span), START).start
        else:
            one = build.const(0.0)
        met = build.both(met, one)
    return met


def _ready(low: Lowering, event: Event, trigger: Decision) -> tuple[Node, Node]:
    """Whether a decision is taken: prerequisites are met, its day has come, its hazard has added up; and its day."""
    ready, day = _after(low, event), NONE
    if trigger.date is not None:
        day = _day(low, event, trigger.date)
        ready = low.build.both(ready, spans.came(low, day))
    if trigger.hazard is not None:
        ready = low.build.both(ready, _hazard(low, event, trigger, ready))
    return ready, day


def _hazard(low: Lowering, event: Event, trigger: Decision, ready: Node) -> Node:
    """One unit exponential per path (-ln u): the hazard adds up to it from when the prerequisites are met."""
    build, name = low.build, event.head.name
    assert trigger.hazard is not None
    expr = trigger.hazard.chosen
    value = low.value(expr, START)
    if not value.known:
        return build.const(0.0)
    if value.kind is not Kind.RATE or value.dimension != PLAIN:
        low.wrong("hazard-wanted", expr.span, found=value.words())
        return build.const(0.0)
    build.guard(build.less(value.start, build.const(0.0)), "hazard-negative")
    wait = flat(Kind.CONSTANT, PLAIN, build.minus(build.make("log", draws.phi(low, f"{name}.hazard"))))
    state = build.state(f"hazard {name}", build.const(0.0))
    low.levels[f"hazard {name}"] = Level(state, flat(Kind.CONSTANT, PLAIN, build.const(0.0)), None, "hazard", expr.span)

    def gone() -> Value | None:
        speed = low.value(expr, WHOLE)
        if not speed.known:
            return None
        start, middle, end = (build.select(ready, node, build.const(0.0)) for node in speed.points())
        total = added(low, state, Value(Kind.RATE, PLAIN, start, middle, end), Kind.STOCK, PLAIN)
        build.hand_on(state, total.end)
        return total

    def sides() -> tuple[Value, Value] | None:
        total = gone()
        return None if total is None else (total, wait)

    return above(low, flat(Kind.STOCK, PLAIN, state), wait, strict=False, when=START.when, sides=sides)


Sets = list[tuple[Node, Node]]


def _decided(low: Lowering, event: Event, trigger: Decision, latch: Latch, sets: Sets) -> Sets:
    """What a decision settles: an outcome by the probabilities of then; what they leave is never, and for good."""
    build, name = low.build, event.head.name
    if not trigger.outcomes:
        return sets
    outcomes = sorted(trigger.outcomes, key=lambda o: o.name)
    probabilities = [o.probability for o in outcomes]
    shares = draws.probabilities(low, probabilities, event.head.span, complete=False)
    if shares is None:
        return sets
    draws.warn_of_tie(low, event.head, [(o.name, o.probability) for o in outcomes])
    picks = draws.choose(low, draws.phi(low, f"{name}.outcome"), shares)
    some = build.const(0.0)
    for pick in picks:
        some = build.either(some, pick)
    latch.closed = build.state(f"closed {name}", build.const(0.0), truth=True)
    assert latch.happened is not None and latch.day is not None
    taken = [(latch.taken[o.name], pick) for o, pick in zip(outcomes, picks, strict=True)]
    return [(latch.happened, some), (latch.day, low.clock()), (latch.closed, build.const(1.0)), *taken]


# what they watch


def _watches_rates(low: Lowering, event: Event, rests: dict[str, tuple[str, ...]]) -> bool:
    """Whether it must be known what flows to say whether an event is due."""
    asked = targets(event_edges(low.scope, event), frozenset({How.ASK, How.NOW}))
    behind = {*asked, *(other for name in asked for other in reached(name, rests))}
    return any(_is_amount(low, name) for name in behind)


def _is_amount(low: Lowering, name: str) -> bool:
    values = low.ask(low.scope.units[name], START).values()
    return any(v.kind in AMOUNTS for v in values)
