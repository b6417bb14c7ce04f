"""What happens at one moment: events one at a time, each followed by asking the others again (semantics §6)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from reference.flows import holds, standing
from reference.model import Between, Event, Unclear
from reference.sides import Settled, settle
from reference.world import State, World

Key = tuple[int, bool, bool, Fraction, str]


def happen(world: World, state: State) -> Settled:
    """Lets happen what happens at this moment (noted in `state.happened`) and gives what holds and flows after it."""
    settled = first = settle(world, state)
    while due := [e for e in world.case.events if e.name not in state.happened and comes(e, world, state, settled)]:
        event = min(due, key=lambda e: _key(e, world, state))
        state.happened[event.name] = state.time
        settled = settle(world, state)
        _refuse_held_back(world, state, first, settled)
    return settled


def comes(event: Event, world: World, state: State, settled: Settled) -> bool:
    """Whether an event holds right after the moment, events still to come left out."""
    match event.when:
        case date():
            return state.time >= world.day(event.when)
        case Between():
            return state.time >= world.uncertain(event.name)
        case condition:
            return holds(condition, world, state, settled.sides)


def _key(event: Event, world: World, state: State) -> Key:
    """Rank; what holds as things stand, a gap of zero by its operator, before what only the next instant makes true
    (none of these watches a rate); days, by the day, before conditions; name."""
    match event.when:
        case date():
            return event.rank, False, False, world.day(event.when), event.name
        case Between():
            return event.rank, False, False, world.uncertain(event.name), event.name
        case condition:
            waits = not holds(condition, world, state, standing(world, state))
            return event.rank, waits, True, Fraction(0), event.name


def _refuse_held_back(world: World, state: State, first: Settled, settled: Settled) -> None:
    """Refuses a moment at which an event turns back a gap that was leaving zero, if another asks for that gap: the text
    has both `the side to which it leaves` (taken here) and `an event of that moment holds it back: the operator`."""
    turned = [i for i in settled.zero if first.sides[i] * settled.sides[i] < 0]
    if not turned:
        return
    by_operator = replace(settled, sides=tuple(0 if i in turned else s for i, s in enumerate(settled.sides)))
    for event in world.case.events:
        asked = event.name not in state.happened
        if asked and comes(event, world, state, settled) != comes(event, world, state, by_operator):
            raise Unclear("held-back")
