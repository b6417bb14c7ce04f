"""The loop: every path on its own clock stops wherever something happens on it, and goes on from there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from syngraph.base.errors import RunStopped
from syngraph.ir.program import NONE, Turn
from syngraph.run.elementary import Floats
from syngraph.run.numpy.faults import Faults
from syngraph.run.numpy.kept import Kept
from syngraph.run.numpy.lanes import UNDEFINED, Lanes, at_the_start, at_zero
from syngraph.run.numpy.moments import jumping, make, post
from syngraph.run.numpy.passes import Draws, Machine, Pass
from syngraph.run.numpy.roots import BAND, NEVER, Truths
from syngraph.run.numpy.slide import slide
from syngraph.run.numpy.turns import TOGETHER, Turns
from syngraph.run.numpy.windows import Indices

MOST_STOPS = 1_000
MOST_POLISHED = 5
AT_ONCE = 1e-14
TURNED = 1e-300  # the least band of a switch that has turned
SLIDES = 3  # a switch that turned so often at one moment is pushed back from either side
GRAZED = 1e-6  # of its size: a gap that far from 0 where it should have turned only came near
CROWDED, FEW = 0.5, 256  # lanes are moved together when fewer of them are still on their way, unless they are few


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the central path: when, and what came: `turn` (a switch, now on or off), `jump`, `closing` or `day`."""

    at: float
    kind: str
    index: int
    on: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A stretch that the central path took: its segment and ends, and what the followed registers were in it.

    `begun` is what they were where sums came at its beginning, 0 if none did. `slid`: conditions pushed against each
    other in it, so that amounts are a mix of both sides.
    """

    segment: int
    start: float
    end: float
    values: tuple[float, ...]
    begun: tuple[float, ...]
    slid: bool


@dataclass(slots=True)
class Work:
    """How much a block took: passes of single lanes, and passes over all of them."""

    lanes: int = 0
    rounds: int = 0


class Block:
    """A block of paths on their way through all segments; of the central one, what `followed` registers are."""

    def __init__(self, made: Machine, draws: Draws, paths: Indices, followed: tuple[int, ...] | None = None) -> None:
        self.made, self.draws, self.program = made, draws, made.program
        self.kept = Kept(made.plan, paths)
        self.faults = Faults(made.program, central=draws.central)
        self.ends = np.array([s.t1 for s in self.program.segments])
        periods = made.plan.periods
        self.period_ends = np.append(periods[1:] != periods[:-1], True)
        self.days = self.program.days
        self.log: list[Stop] = []
        self.followed, self.passed = followed, list[Passed]()
        self.begun = np.zeros(len(followed or ()))
        self.work = Work()
        lanes = at_the_start(self.program, made.calendar, paths, fixed=made.fixed, sums=len(made.plan.sums))
        self.bind(lanes, Pass(made, lanes, draws))
        self.one.once()
        self.one.enter(np.arange(len(paths)))

    def bind(self, lanes: Lanes, one: Pass) -> None:
        """Goes on with these lanes."""
        self.lanes, self.one = lanes, one

    def run(self) -> Iterator[tuple[Floats, Floats]]:
        """For each output its values and what of them counts."""
        total = len(self.program.segments)
        while self.lanes.count:
            awake = self.lanes.segment < total
            count = int(awake.sum())
            if not count:
                break
            if count < CROWDED * self.lanes.count and self.lanes.count > FEW:
                lanes = self.lanes.take(np.flatnonzero(awake))
                self.bind(lanes, Pass(self.made, lanes, self.draws, self.one.numbers))
                continue
            self.round(awake)
        return self.faults.checked(self.kept)

    def round(self, awake: Truths) -> None:
        """One pass, and what it shows of each lane."""
        lanes = self.lanes
        self.aim(awake)
        apart = lanes.apart & awake
        if apart.any():
            awake = awake & ~apart
            slide(self, np.flatnonzero(apart))
        if awake.any():
            self.work.rounds += 1
            self.work.lanes += int(awake.sum())
            turns = Turns(self.program, lanes, self.one, awake)
            self.one.run(turns.watch)
            turns.find()
            self.settle(turns, awake)

    def aim(self, awake: Truths) -> None:
        """How far each lane may go: to the next day or the end of its segment; one that lands has its own end."""
        lanes = self.lanes
        goal = self.ends[np.minimum(lanes.segment, len(self.ends) - 1)]
        for register in self.days:
            day = self.day(register)
            np.copyto(goal, day, where=(day > lanes.clock) & (day < goal))
        for ring in lanes.rings:
            np.minimum(goal, ring.limit(lanes.clock), out=goal)
        for stays in lanes.stays:
            if stays is not None:
                np.minimum(goal, stays.limit(lanes.clock), out=goal)
        ends = self.ends[np.minimum(lanes.segment, len(self.ends) - 1)]
        np.copyto(goal, ends, where=ends - goal <= TOGETHER)
        np.copyto(lanes.goal, np.where(awake, goal, lanes.clock))
        np.copyto(lanes.until, lanes.goal, where=~lanes.landing)

    def day(self, register: int) -> Floats:
        """A day that is known before the pass."""
        state = self.made.plan.day_states.get(register)
        return self.lanes.states[state] if state is not None else self.one.registers[register]

    def settle(self, turns: Turns, awake: Truths) -> None:
        """Turns switches that turn at once, lets happen what is due, goes on to the next turn, or to the end."""
        lanes = self.lanes
        landing = lanes.landing & awake
        busy = self.undefined(turns)
        length = self.one.length
        first = np.where((landing & (turns.first > 1.0 - 1e-9)) | busy, NEVER, turns.first)
        at_once = (first <= 1.0) & (first * length <= AT_ONCE * np.maximum(1.0, np.abs(lanes.clock))) & awake
        if at_once.any():
            self.turn_at_once(turns, at_once)
        ready = awake & ~busy & ~at_once
        jumped = self.jump(ready & ~landing)
        ready &= ~jumped
        inside = ready & (first <= 1.0)
        done = ready & ~landing & ~inside
        if inside.any():
            done |= self.approach(turns, inside, first)
        landed = ready & landing & ~inside
        if landed.any():
            done |= self.land(turns, landed)
        if done.any():
            self.commit(np.flatnonzero(done))

    def undefined(self, turns: Turns) -> Truths:
        """Lanes with a gap that is no number, and no turn before: their switch has no side, and they go again."""
        lanes = self.lanes
        busy = np.zeros(lanes.count, bool)
        for switch, at in turns.undefined:
            here = at[turns.first[at] > 1.0]
            lanes.side[switch, here] = UNDEFINED
            lanes.lost |= bool(len(here))
            lanes.pending[:, here] = False
            lanes.landing[here] = False
            busy[here] = True
        return busy

    def turn_at_once(self, turns: Turns, at_once: Truths) -> None:
        """No time passes: the switches turn, and the lane is asked again."""
        lanes = self.lanes
        lanes.pending[:, at_once] = False
        lanes.landing[at_once] = False
        for found in turns.together(at_once):
            before = lanes.band[found.switch, found.lanes]
            self.turn(found.switch, found.lanes, np.maximum(before, 2.0 * found.start))
            often = found.lanes[lanes.turns[found.switch, found.lanes] >= SLIDES]
            lanes.held[found.switch, often] = True
            lanes.apart[often] = True
        self.count_stops(np.flatnonzero(at_once))

    def turn(self, switch: int, at: Indices, band: Floats) -> None:
        """Puts a switch on its other side, where a gap within `band` of 0 is 0 from now on."""
        lanes = self.lanes
        on = np.where(lanes.side[switch, at] == 1.0, 0.0, 1.0)
        lanes.side[switch, at] = on
        lanes.band[switch, at] = np.maximum(np.maximum(band, 2.0 * self.one.rounding[switch][at]), TURNED)
        lanes.turns[switch, at] += 1
        lanes.busy[at] = True
        if self.draws.central and len(at):
            self.log.append(Stop(float(lanes.clock[0]), "turn", switch, bool(on[0])))

    def jump(self, ready: Truths) -> Truths:
        """Lets the first of what is due happen on each lane; those lanes are asked again."""
        moved = np.zeros(self.lanes.count, bool)
        if not self.program.jumps or not ready.any():
            return moved
        summed = np.zeros(self.lanes.count, bool)
        for index, at in jumping(self.program.jumps, self.one.registers, ready, self.one.look):
            make(self.program.jumps[index], at, self.lanes, self.one.look)
            moved[at] = True
            summed[at] = self.program.jumps[index].turn is Turn.SUM
            if self.draws.central:
                self.log.append(Stop(float(self.lanes.clock[0]), "jump", index))
        if summed.any():
            if self.followed is not None:
                self.begun += self.one.look(self.followed, np.zeros(1, np.intp))[:, 0]
            posted = [p for _, p in self.made.plan.sums]
            post(self.program, posted, np.flatnonzero(summed), self.lanes, self.one.look)
        self.lanes.turns[:, moved] = 0
        self.count_stops(np.flatnonzero(moved))
        return moved

    def approach(self, turns: Turns, inside: Truths, first: Floats) -> Truths:
        """Lanes that meet a turn inside the stretch go to it next; very near the goal, they are there."""
        lanes = self.lanes
        lanes.pending[:, inside] = False
        target = lanes.clock + first * self.one.length
        near: Truths = inside & (lanes.until - target <= TOGETHER) & (lanes.until == lanes.goal)
        for found in turns.together(inside):
            lanes.pending[found.switch, found.lanes] = True
            lanes.moved[found.switch, found.lanes] = found.size
        lanes.landing[inside] = True
        lanes.polished[inside] = 0
        far = inside & ~near
        np.copyto(lanes.until, target, where=far)
        return near

    def land(self, turns: Turns, landed: Truths) -> Truths:
        """Which lanes have met their turn; the others go a little farther or less far."""
        lanes = self.lanes
        step = np.clip(turns.longer, -0.5 * self.one.length, lanes.goal - lanes.until)
        again = landed & (step != 0.0) & (lanes.polished < MOST_POLISHED)
        lanes.until[again] += step[again]
        lanes.polished[again] += 1
        arrived: Truths = landed & ~again
        for met in turns.met:
            here = arrived[met.lanes]
            at, left, size = met.lanes[here], met.share[here], met.size[here]
            lanes.moved[met.switch, at] = np.maximum(
                np.maximum(lanes.moved[met.switch, at], size), 2.0 * np.abs(left) / BAND
            )
            grazed = left > GRAZED * size
            lanes.pending[met.switch, at[grazed]] = False
        np.copyto(lanes.until, lanes.goal, where=arrived & (lanes.goal - lanes.until <= TOGETHER))
        return arrived

    def commit(self, at: Indices) -> None:
        """Takes over the stretch of some lanes: their states, sums and flows; then their switches turn."""
        lanes, one = self.lanes, self.one
        where = None
        if len(at) < lanes.count:
            where = np.zeros(lanes.count, bool)
            where[at] = True
        self.faults.check(lanes, at, one)
        self.push(at)
        ended = at[(lanes.until[at] == self.ends[lanes.segment[at]])]
        self.hand_on(where, ended[self.period_ends[lanes.segment[ended]]])
        self.add_up(where)
        if self.draws.central:
            self.log_end()
        if self.followed is not None:
            self.follow(self.followed)
        if len(ended):
            self.kept.close(lanes, ended, one.look)
        self.advance(at, ended)

    def add_up(self, where: Truths | None) -> None:
        """Adds the amounts of the stretch to the sums."""
        sums = self.lanes.sums
        for i, (register, _) in enumerate(self.made.plan.sums):
            amount = self.one.registers[register]
            sums[i] += amount if where is None else np.where(where, amount, 0.0)

    def hand_on(self, where: Truths | None, due: Indices) -> None:
        """Each state becomes what it is at the end of the stretch; some only where a reporting period ends."""
        lanes, states = self.lanes, self.program.states
        renewed = [(s, self.one.look((d.renewed,), due)[0]) for s, d in enumerate(states) if d.renewed != NONE]
        for row, state in zip(lanes.states, states, strict=True):
            if state.following != NONE:
                value = self.one.registers[state.following]
                np.copyto(row, value if where is None else np.where(where, value, row))
        for index, values in renewed:
            lanes.states[index, due] = values

    def push(self, at: Indices) -> None:
        """Adds the stretches to the windows, and the sums that their ends make due."""
        lanes, look = self.lanes, self.one.look
        for ring, window in zip(lanes.rings, self.program.windows, strict=True):
            flow = look(window.flow, at)
            ring.push(at, lanes.clock[at], self.one.length[at], lanes.states[window.total, at], list(flow))
        for stays, window in zip(lanes.stays, self.program.windows, strict=True):
            if stays is not None:
                stays.add(at, lanes.until[at], look((window.posted[1],), at)[0], closes=True)

    def advance(self, at: Indices, ended: Indices) -> None:
        """Sets the clocks on, turns what was pending, and enters the next segment."""
        lanes = self.lanes
        stopped = at[lanes.until[at] != lanes.goal[at]]
        lanes.clock[at] = lanes.until[at]
        turned = at[lanes.busy[at]]
        if len(turned):
            lanes.turns[:, turned] = 0
            lanes.busy[turned] = False
        if lanes.lost:
            self.find_sides(at)
        landed = at[lanes.landing[at]]
        if len(landed):
            for switch in np.flatnonzero(lanes.pending.any(axis=1)):
                here = landed[lanes.pending[switch, landed]]
                self.turn(int(switch), here, BAND * lanes.moved[switch, here])
                lanes.pending[switch, here] = False
            lanes.landing[landed] = False
        self.count_stops(stopped)
        if len(ended):
            lanes.segment[ended] += 1
            lanes.stops[ended] = 0
            going = ended[lanes.segment[ended] < len(self.ends)]
            if len(going):
                self.one.enter(going)

    def find_sides(self, at: Indices) -> None:
        """A switch without a side is asked anew in the next stretch, from the one its operator has at 0."""
        lanes = self.lanes
        sides = lanes.side[:, at]
        lanes.side[:, at] = np.where(sides == UNDEFINED, at_zero(self.program)[:, None], sides)
        lanes.lost = bool((lanes.side == UNDEFINED).any())

    def count_stops(self, at: Indices) -> None:
        """A path that stops too often in a segment turns for ever."""
        self.lanes.stops[at] += 1
        often = at[self.lanes.stops[at] > MOST_STOPS]
        if len(often):
            raise RunStopped((self.faults.turning(self.lanes, int(often[0]), MOST_STOPS),))

    def log_end(self) -> None:
        """What ends a stretch of the central path: a sum is due, a day comes."""
        until = float(self.lanes.until[0])
        first = np.zeros(1, np.intp)
        for index, closing in enumerate(self.program.closings):
            if self.one.look((closing.due,), first)[0, 0] == 1.0:
                self.log.append(Stop(until, "closing", index))
        if until == self.ends[self.lanes.segment[0]]:
            return
        for index, register in enumerate(self.days):
            day = self.day(register)
            if float(day[0] if day.ndim else day) == until:
                self.log.append(Stop(until, "day", index))

    def follow(self, registers: tuple[int, ...]) -> None:
        """Notes the stretch that the path takes."""
        lanes = self.lanes
        found = self.one.look(registers, np.zeros(1, np.intp))[:, 0]
        ends = float(lanes.clock[0]), float(lanes.until[0])
        begun, self.begun = self.begun, np.zeros(len(registers))
        values = tuple(found.tolist()), tuple(begun.tolist())
        self.passed.append(Passed(int(lanes.segment[0]), *ends, *values, bool(lanes.apart[0])))
