"""What rests on what: the one answer, for compiling, explaining and looking for mistakes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from syngraph.expr.nodes import Call, Comparison, Expr, Name
from syngraph.expr.walk import children
from syngraph.graph.names import ClockName, OutcomeOf, Part, Scope, StageOf, Unit
from syngraph.model.agreements import Active, Moment, Payment, Right
from syngraph.model.assumptions import Assumption, Between, Certain, Distribution, OneOf
from syngraph.model.events import Decision, Event, Never, OnCondition, OnDate
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Capacity, EndsAt, Hurdle, ProfitShare, Target, UpTo, Waterfall


class How(Enum):
    """How one thing rests on another.

    NOW: its value at every moment. ASK: only what a comparison or condition says of it. FLOW: as what a level adds
    up, so that the level comes first. BEFORE: as it was when the last period ended. EVENT: whether it has happened.
    DAY: when it is.
    """

    NOW = "now"
    ASK = "ask"
    FLOW = "flow"
    BEFORE = "before"
    EVENT = "event"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing rests on the unit, event or day of that name."""

    how: How
    to: str


UNITS = frozenset({How.NOW, How.ASK, How.FLOW, How.BEFORE})
AT_ONCE = frozenset({How.NOW, How.ASK})
ALONG = frozenset({How.NOW, How.FLOW})
_NAMED = frozenset({"happened", "in_force", "controls", "may_control", "walk", "noise"})
_ADDED_UP = {"cum": 0, "trailing": 0, "grow": 1}


def asked(scope: Scope, exprs: Iterable[Expr], how: How = How.NOW) -> Iterator[Edge]:
    """What expressions rest on, in order, through stages and rights however many stand between."""
    seen: set[str] = set()
    waiting = [(expr, how) for expr in exprs][::-1]
    while waiting:
        expr, now = waiting.pop()
        match expr:
            case Name(text=text):
                yield from _name(scope, text, now)
            case Call(function="happened" | "in_force", arguments=arguments) if arguments:
                first = arguments[0].value
                if isinstance(first, Name) and first.text not in seen:
                    seen.add(first.text)
                    yield from _standing(scope, first.text)
                    waiting += [(c, How.ASK) for c in right_conditions(scope, first.text)][::-1]
            case Call(function="paid" | "received" as function, arguments=arguments) if arguments:
                yield from _of_party(scope, function, arguments[0].value, now)
            case Call(function=function) if function in _NAMED:
                pass
            case _:
                waiting += _parts(expr, now)[::-1]


def _parts(expr: Expr, now: How) -> list[tuple[Expr, How]]:
    """The parts of an expression, and how it rests on each."""
    match expr:
        case Comparison(left=left, right=right):
            within = now if now is How.BEFORE else How.ASK
            return [(left, within), (right, within)]
        case Call(function="prev", arguments=arguments):
            return [(a.value, How.BEFORE if i == 0 else now) for i, a in enumerate(arguments)]
        case Call(function=function, arguments=arguments) if function in _ADDED_UP and now is not How.BEFORE:
            place = _ADDED_UP[function]
            return [(a.value, How.FLOW if i == place else now) for i, a in enumerate(arguments)]
        case _:
            return [(child, now) for child in children(expr)]


def _name(scope: Scope, text: str, now: How) -> Iterator[Edge]:
    match scope.bound(text):
        case Part(unit=unit):
            yield Edge(now, unit.head.name)
        case OutcomeOf(event=event):
            yield Edge(How.EVENT, event.head.name)
        case StageOf(moment=moment):
            yield from _moment(scope, moment)
        case ClockName():
            pass
        case None:
            if text in scope.events:
                yield Edge(How.EVENT, text)


def _standing(scope: Scope, text: str) -> Iterator[Edge]:
    """What the state of an event, stage, right or payment hangs on, but for a right's conditions."""
    term = scope.rights.get(text) or scope.units.get(text)
    if isinstance(term, Right | Payment):
        yield from spans(scope, scope.span(text, term.active))
    else:
        yield from _name(scope, text, How.ASK)


def _of_party(scope: Scope, function: str, party: Expr, now: How) -> Iterator[Edge]:
    name = party.text if isinstance(party, Name) else ""
    for unit in (scope.paying if function == "paid" else scope.paid).get(name, ()):
        yield Edge(now, unit.head.name)


def right_conditions(scope: Scope, text: str) -> tuple[Expr, ...]:
    """The conditions a right of that name depends on."""
    right = scope.rights.get(text)
    if right is None:
        return ()
    when = (right.when.chosen,) if right.when else ()
    return (*when, *(e.condition.chosen for e in right.exceptions))


def rights_asked(exprs: Iterable[Expr]) -> Iterator[str]:
    """The names that expressions ask `in_force` of."""
    waiting = list(exprs)
    while waiting:
        match waiting.pop():
            case Call(function="in_force", arguments=arguments) if arguments and isinstance(arguments[0].value, Name):
                yield arguments[0].value.text
            case expr:
                waiting += children(expr)


def spans(scope: Scope, active: Active) -> Iterator[Edge]:
    """What begins or ends a span."""
    for moment in (*active.starts, *active.ends):
        yield from _moment(scope, moment)


def _moment(scope: Scope, moment: Moment) -> Iterator[Edge]:
    moment = scope.settled(moment)
    outcome = scope.outcome(moment.name)
    if moment.name in scope.events:
        yield Edge(How.EVENT, moment.name)
    elif outcome is not None:
        yield Edge(How.EVENT, outcome[0].head.name)
    elif moment.name in scope.units:
        yield Edge(How.DAY, moment.name)


# what records rest on


def unit_edges(scope: Scope, unit: Unit) -> tuple[Edge, ...]:
    """All that a unit rests on itself, each once, in the order of its fields."""
    found = list(asked(scope, expressions(unit)))
    found += asked(scope, limits(unit), How.ASK)
    found += asked(scope, added_up(unit), How.FLOW)
    match unit:
        case Payment(active=active):
            found += spans(scope, scope.span(unit.head.name, active))
        case Waterfall(active=active, tiers=tiers):
            found += spans(scope, active)
            ends = tuple(t.moment for tier in tiers for t in tier.until.chosen if isinstance(t, EndsAt))
            found += spans(scope, Active(ends=ends))
        case Value() | Statement() | Series() | Assumption() | Measure() | Dependence():
            pass
        case _:
            assert_never(unit)
    return tuple(dict.fromkeys(found))


def event_edges(scope: Scope, event: Event) -> tuple[Edge, ...]:
    """All that an event rests on itself, each once: prerequisites, condition, hazard and probabilities."""
    found = [e for name in event.after for e in _name(scope, name, How.ASK)]
    found += asked(scope, event_expressions(event), How.ASK)
    return tuple(dict.fromkeys(found))


def event_expressions(event: Event) -> tuple[Expr, ...]:
    """The expressions an event hangs on."""
    match event.trigger:
        case OnCondition(condition=condition):
            return (condition.chosen,)
        case Decision(hazard=hazard, outcomes=outcomes):
            found = [hazard.chosen] if hazard else []
            return (*found, *(o.probability for o in outcomes if o.probability is not None))
        case OnDate() | Never():
            return ()
        case _:
            assert_never(event.trigger)


def targets(edges: Iterable[Edge], how: frozenset[How]) -> tuple[str, ...]:
    """The names that edges of some kinds lead to, each once."""
    return tuple(dict.fromkeys(e.to for e in edges if e.how in how))


def expressions(unit: Unit) -> tuple[Expr, ...]:
    """The expressions a unit's value is computed from, in the readings in use."""
    match unit:
        case Value(value=value):
            return (value.chosen,)
        case Statement():
            return ()
        case Series(periods=periods):
            return tuple(p.value for p in periods)
        case Assumption(draw=Certain(value=value)):
            return (value.chosen,)
        case Assumption(draw=OneOf(options=options)):
            return tuple(e for option in options for e in option if e is not None)
        case Assumption(draw=Distribution() | Between()):
            return ()
        case Assumption():
            return ()
        case Measure(value=value):
            return (value.chosen,)
        case Dependence(share=share):
            return (share.chosen,)
        case Payment(amount=amount, exceptions=exceptions, minimum=minimum):
            amounts = tuple(a.chosen for a in (amount, *(e.amount for e in exceptions)) if a is not None)
            return amounts if minimum is None else (*amounts, minimum)
        case Waterfall(pot=pot, tiers=tiers):
            shares = tuple(share for tier in tiers for _, share in tier.shares)
            capacities = tuple(t.amount for t in all_targets(unit) if isinstance(t, Capacity))
            return (pot.chosen, *shares, *capacities)
        case _:
            assert_never(unit)


def limits(unit: Unit) -> tuple[Expr, ...]:
    """What a unit only compares with: conditions of exceptions, caps, openings, minima, targets."""
    match unit:
        case Payment(cap=cap, opening=opening, commitment=pledge, exceptions=exceptions):
            found = [cap.chosen] if cap else []
            found += [e for e in (opening, pledge.amount if pledge else None) if e is not None]
            return (*found, *(e.condition.chosen for e in exceptions))
        case Waterfall(opening=opening):
            within = [e for t in all_targets(unit) for e in _bounds(t)]
            return (*(amount for _, amount in opening), *within)
        case Value() | Statement() | Series() | Assumption() | Measure() | Dependence():
            return ()
        case _:
            assert_never(unit)


def added_up(unit: Unit) -> tuple[Expr, ...]:
    """The flows that a unit's own levels add up: what is contributed under a hurdle."""
    if not isinstance(unit, Waterfall):
        return ()
    return tuple(t.contributions for t in all_targets(unit) if isinstance(t, Hurdle))


def all_targets(waterfall: Waterfall) -> Iterator[Target]:
    """The targets of all tiers, in the readings in use."""
    for tier in waterfall.tiers:
        yield from tier.until.chosen


def _bounds(target: Target) -> tuple[Expr, ...]:
    """What a target compares with."""
    match target:
        case UpTo(amount=amount):
            return (amount,)
        case Hurdle(rate=rate, opening=opening):
            return (rate,) if opening is None else (rate, opening)
        case ProfitShare(share=share):
            return (share,)
        case Capacity() | EndsAt():
            return ()
        case _:
            assert_never(target)
