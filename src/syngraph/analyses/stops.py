"""Where the central path stops, and why: conditions that turn, events and sums that happen, days that come."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from syngraph.analyses.periods import Period
from syngraph.analyses.study import PlanRun
from syngraph.base.dates import Clock
from syngraph.base.spans import Span
from syngraph.ir.program import Origin, Program, Turn
from syngraph.ir.prune import prune
from syngraph.model.asked import Asked, text_of
from syngraph.run.executor import Stop, stops

_TURNS = {Turn.SUM: "sum", Turn.EVENT: "event"}
_NEAR = 1e-9  # years, a thirtieth of a second: so near the next day it is the next day


@dataclass(frozen=True, slots=True)
class CentralStop:
    """A stop of the central path, of the record with that name and place.

    `kind`: a condition or bound of it turned (`on`: it holds now), a min or max of it did a `bend` (`on`: its first
    part is the higher one now), an `event` happened, a `sum` was paid, the end of a period made it due (`close`), its
    `day` came.
    """

    day: date
    kind: str
    name: str
    span: Span | None
    on: bool = False


def central_stops(run: PlanRun, asked: Iterable[Asked], period: Period) -> tuple[CentralStop, ...]:
    """The stops in a period that concern what is asked, each once, in order of time."""
    names = {text_of(a) for a in asked}
    whole = run.compiled.program
    wanted = {(o.name, o.fold) for o in whole.outputs if o.name in names} if whole is not None else set()
    if whole is None or not wanted:
        return ()
    program = prune(whole, wanted)
    if not (program.switches or program.jumps or program.days or program.closings):
        return ()
    found = dict.fromkeys(s for s in _told(program, run.case.clock) if period.holds(s.day))
    events = {(s.day, s.name) for s in found if s.kind == "event"}
    return tuple(s for s in found if s.kind == "event" or (s.day, s.name) not in events)  # what made it happen is it


def _told(program: Program, clock: Clock) -> Iterator[CentralStop]:
    made = {e.target: e.origin for e in program.equations}
    for stop in _settled(stops(program)):
        kind, origin = _what(program, stop, made)
        yield CentralStop(day_of(stop.at, clock, closing=kind == "close"), kind, origin.name, origin.span, stop.on)


def _settled(found: Sequence[Stop]) -> Iterator[Stop]:
    """The stops without what turned and turned back at one moment."""
    turns = Counter((s.at, s.index) for s in found if s.kind == "turn")
    for stop in found:
        if stop.kind != "turn":
            yield stop
        elif turns[stop.at, stop.index] % 2:
            turns[stop.at, stop.index] = 0
            yield stop


def _what(program: Program, stop: Stop, made: dict[int, Origin]) -> tuple[str, Origin]:
    """What the stop is, and where it comes from."""
    match stop.kind:
        case "turn":
            switch = program.switches[stop.index]
            return "bend" if switch.bend else "turn", switch.origin
        case "jump":
            jump = program.jumps[stop.index]
            return _TURNS[jump.turn], jump.origin
        case "closing":
            return "close", program.closings[stop.index].origin
        case _:
            return "day", made[program.days[stop.index]]


def day_of(at: float, clock: Clock, *, closing: bool = False) -> date:
    """The day a moment falls on; what the end of a period makes due falls on its last day."""
    day = clock.day_after(at)
    begins = clock.years_to(day)
    if at < begins - _NEAR or (closing and at < begins + _NEAR):
        return day - timedelta(days=1)
    return day
