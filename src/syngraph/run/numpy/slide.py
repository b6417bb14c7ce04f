"""Switches whose two sides push against each other: both are run, and mixed so that no gap moves (Filippov 1988)."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from syngraph.base.errors import RunStopped
from syngraph.ir.program import NONE, Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.faults import Faults
from syngraph.run.numpy.lanes import Lanes
from syngraph.run.numpy.passes import Draws, Machine, Pass, Points
from syngraph.run.numpy.roots import BAND, NEVER, Gap, Truths, first_turn, noise
from syngraph.run.numpy.rows import looked_at
from syngraph.run.numpy.shares import Leaving, held_still, leaving, share_of_one, shares_of
from syngraph.run.numpy.windows import Indices

_TRUTHS = frozenset({"lt", "le", "eq", "meets", "tops", "not", "and", "or", "switch", "stands"})
_AT_ONCE = 1e-14
FREE = -1.0
"""A switch that is not put on a side."""


class Going(Protocol):
    """The block whose lanes slide: what it goes on with, and how a stretch of it is taken over."""

    made: Machine
    program: Program
    draws: Draws
    faults: Faults
    lanes: Lanes
    one: Pass

    def bind(self, lanes: Lanes, one: Pass) -> None:
        """Goes on with these lanes."""

    def jump(self, ready: Truths) -> Truths:
        """Lets happen what is due on lanes; gives those on which something did."""
        ...

    def commit(self, at: Indices) -> None:
        """Takes over the stretch of some lanes."""

    def count_stops(self, at: Indices) -> None:
        """They stopped once more."""


def slide(block: Going, at: Indices) -> None:
    """One stretch of lanes on which switches slide; lanes that differ in how many gaps do are worked out apart."""
    twins = np.array([s.twin for s in block.program.switches])
    held = [np.unique(twins[np.flatnonzero(h)]) for h in block.lanes.held[:, at].T]
    many = np.array([len(h) for h in held])
    for count in np.unique(many):
        chosen = np.flatnonzero(many == count)
        lanes = block.lanes.take(at[chosen])
        lanes.landing[:] = False
        lanes.pending[:] = False
        whole, one = block.lanes, block.one
        block.bind(lanes, Pass(block.made, lanes, block.draws, one.numbers))
        _Slide(block, np.array([held[i] for i in chosen])).go()
        block.bind(whole, one)
        block.lanes.put(at[chosen], lanes)


@dataclass(frozen=True, slots=True)
class _Sides:
    """One pass with every switch put on a side: the gaps of all (switches, 3, lanes), the integrals, and all that is
    looked at."""

    gaps: Floats
    noises: Floats
    values: Floats
    integrals: dict[int, Floats]


class _Slide:
    """Lanes on which as many gaps slide each, in one go. `held`, shape (lanes, gaps), are their first switches."""

    def __init__(self, block: Going, held: Indices) -> None:
        self.block, self.held, self.many = block, held, held.shape[1]
        self.lanes, self.one, self.program = block.lanes, block.one, block.program
        self.everyone = np.arange(self.lanes.count)
        switches = self.program.switches
        self.twins, self.turned = np.array([s.twin for s in switches]), np.array([s.turned for s in switches])
        self.at_zero = np.array([0.0 if s.strict else 1.0 for s in switches])
        self.denied = np.stack([self.denies(side) for side in (0.0, 1.0)])
        self.sliding = (self.twins[:, None, None] == held[None]).any(axis=2)
        fixed = {e.target for e in (*self.program.once, *self.program.enter)}
        rows, truths = self.one.registers, truths_of(self.program)
        looked = (r for r in dict.fromkeys(looked_at(self.program)) if r != NONE and r not in fixed)
        self.looked = tuple(r for r in looked if rows[r].ndim)
        self.truths = np.array([r in truths for r in self.looked], dtype=bool)
        self.sides = tuple(itertools.product((0.0, 1.0), repeat=self.many))

    def go(self) -> None:
        """Runs both sides of each, mixes them up to the first turn, and takes the mix over."""
        lanes = self.lanes
        everyone = self.everyone
        np.copyto(lanes.until, lanes.goal)
        still = self.settle()
        sides, weights = self.mixed()
        going = np.isfinite(weights).all(axis=0) & ~still
        if not (going | still).all():
            for lane in everyone[~going & ~still]:
                self.release(int(lane), self.leaving(sides, int(lane))[0])
            self.wake(everyone[~going & ~still])
        found, first = self.turns(sides, weights, going)
        length = self.one.length.copy()
        at_once = going & (first <= 1.0) & (first * length <= _AT_ONCE * np.maximum(1.0, np.abs(lanes.clock)))
        self.turn(found, first, at_once)
        going &= ~at_once
        if going.any():
            self.operator()
            jumped = self.block.jump(going)
            self.ask_anew(sides, everyone[jumped])
            going &= ~jumped
        self.block.count_stops(everyone[~going])
        if not going.any():
            return
        short = going & (first <= 1.0)
        np.copyto(lanes.until, lanes.clock + first * length, where=short)
        near = short & (lanes.goal - lanes.until <= 1e-11)
        np.copyto(lanes.until, lanes.goal, where=near)
        left = np.zeros(lanes.count, bool)
        if (short & ~near).any():
            sides, weights = self.mixed()
            left = going & ~np.isfinite(weights).all(axis=0)
        leaving_ = [(lane, self.leaving(sides, int(lane))) for lane in everyone[left]]
        for lane, (_, shares) in leaving_:  # seen from nearer they leave: they go on without the others' push
            weights[:, lane] = shares
        self.write(sides, np.nan_to_num(weights))
        self.block.commit(everyone[going])
        self.turn(found, first, short & ~left)
        for lane, (found_, _) in leaving_:
            self.release(int(lane), found_)
        self.wake(everyone[left])

    def mixed(self) -> tuple[list[_Sides], Floats]:
        """Every side, and the weight of each (sides, lanes); not a number where a side leads away."""
        sides = [self.run(self.forced(bits)) for bits in self.sides]
        gaps = self.held_gaps(sides)
        if self.many == 1:
            switch = self.held[:, 0]
            noises = np.max([s.noises[switch, self.everyone] for s in sides], axis=0)
            return sides, share_of_one(gaps[:, 0], noises, self.denied[:, switch])
        weights = np.full((len(sides), self.lanes.count), np.nan)
        for lane in self.everyone:
            shares = shares_of(gaps[:, :, lane])
            if shares is None:
                switches = self.held[lane]
                noises = np.max([s.noises[switches, lane] for s in sides], axis=0)
                shares = held_still(gaps[:, :, lane], noises, self.denied[:, switches])
            if shares is not None:
                weights[:, lane] = shares
        return sides, weights

    def denies(self, side: float) -> Truths:
        """For each gap whether, on that side of it, an operator of one of its switches has that elsewhere at 0."""
        other = np.where(self.turned, 1.0 - side, side) != self.at_zero
        return np.array([other[self.twins == twin].any() for twin in range(len(self.twins))])

    def held_gaps(self, sides: list[_Sides]) -> Floats:
        """The gaps that slide: (sides, gaps, lanes, 3)."""
        return np.stack([s.gaps[self.held.T, :, self.everyone] for s in sides])

    def forced(self, bits: tuple[float, ...]) -> Floats:
        """The switches that slide on the sides of their gaps; the others go by their own gaps on either side."""
        forced = np.full(self.lanes.side.shape, FREE)
        for place, bit in enumerate(bits):
            self.put(forced, self.held[:, place], self.everyone, np.full(self.lanes.count, bit))
        return forced

    def put(self, sides: Floats, gap: Indices, at: Indices, on: Floats) -> None:
        """Puts all switches of a gap on its side, each as it is turned."""
        for switch in range(len(self.program.switches)):
            here = self.twins[switch] == gap
            sides[switch, at[here]] = 1.0 - on[here] if self.turned[switch] else on[here]

    def run(self, forced: Floats, given: dict[int, Floats] | None = None) -> _Sides:
        """One pass with the switches on these sides, and perhaps with integrals that are known."""
        gaps = np.empty((len(self.program.switches), 3, self.lanes.count))
        noises = np.empty((len(self.program.switches), self.lanes.count))

        def watch(index: int, on: Floats, gap: Points, against: Points) -> None:
            gaps[index] = gap
            noises[index] = noise(*against)

        self.one.given, self.one.noted = given, {}
        self.one.run(watch, forced)
        noted, self.one.given, self.one.noted = self.one.noted, None, None
        return _Sides(gaps, noises, self.one.look(self.looked, self.everyone), noted)

    def operator(self, given: dict[int, Floats] | None = None) -> _Sides:
        """Puts the registers as conditions see them: each sliding gap is 0, so its operators decide."""
        return self.run(np.where(self.sliding, self.at_zero[:, None], FREE), given)

    def settle(self) -> Truths:
        """Lanes with a gap that stays at 0 when its operators decide, however the others slide: it slides no more."""
        found = np.zeros(self.lanes.count, bool)
        for place in range(self.many):
            still = np.ones(self.lanes.count, bool)
            for others in (0.0, 1.0) if self.many > 1 else (0.0,):
                still &= self.stays(place, others)
            at = self.everyone[still]
            same = self.twins[:, None] == self.held[at, place]
            self.lanes.side[:, at] = np.where(same, self.at_zero[:, None], self.lanes.side[:, at])
            self.lanes.held[:, at] &= ~same
            found |= still
        self.wake(self.everyone[found])
        return found

    def stays(self, place: int, others: float) -> Truths:
        """Where a gap stays at 0 when its operators decide and the others are on a side."""
        forced = self.forced((others,) * self.many)
        same = self.twins[:, None] == self.held[:, place]
        one = self.run(np.where(same, self.at_zero[:, None], forced))
        switch = self.held[:, place]
        start, middle, end = one.gaps[switch, :, self.everyone].T
        noises = one.noises[switch, self.everyone]
        still: Truths = (np.abs(4.0 * middle - 3.0 * start - end) <= noises) & (np.abs(end - start) <= noises)
        return still

    def write(self, sides: list[_Sides], weights: Floats) -> None:
        """Puts the mix into the registers: what flows is mixed, and what is made of it is worked out anew.

        Truths are those of the operators.
        """
        mixed = {r: self.mix(weights, [s.integrals[r] for s in sides]) for r in sides[0].integrals}
        known = [self.run(self.forced(bits), mixed) for bits in self.sides]
        self.operator(mixed)
        for i, register in enumerate(self.looked):
            if not self.truths[i]:
                self.one.registers[register][:] = self.mix(weights, [s.values[i] for s in known])

    @staticmethod
    def mix(weights: Floats, values: Sequence[Floats]) -> Floats:
        """The weighted sum."""
        total: Floats = sum(w * v for w, v in zip(weights, values, strict=True))
        return total

    def leaving(self, sides: list[_Sides], lane: int) -> Leaving:
        """Where no mix holds all gaps of a lane, the one set of sides on which some carry on and the others slide."""
        switches = self.held[lane]
        noises = np.array([max(s.noises[k, lane] for s in sides) for k in switches])
        found = leaving(self.held_gaps(sides)[:, :, lane], noises, self.denied[:, switches])
        if found is None:
            raise RunStopped((self.block.faults.crossing(self.lanes, lane, [int(k) for k in switches]),))
        return found

    def release(self, lane: int, found: dict[int, float]) -> None:
        """Puts the gaps that leave on their sides."""
        for place, side in found.items():
            self.put(self.lanes.side, self.held[[lane], place], np.array([lane]), np.array([side]))
            self.lanes.held[self.twins == self.held[lane, place], lane] = False

    def ask_anew(self, sides: list[_Sides], at: Indices) -> None:
        """Something happened: each switch is put where it is on if that carries on, and asked anew."""
        lanes, gaps = self.lanes, self.held_gaps(sides)[-1]
        slopes = 4.0 * gaps[..., 1] - 3.0 * gaps[..., 0] - gaps[..., 2]
        for place in range(self.many):
            self.put(lanes.side, self.held[at, place], at, (slopes[place, at] >= 0.0).astype(float))
        lanes.held[:, at] = False
        self.wake(at)

    def wake(self, at: Indices) -> None:
        """Lanes on which nothing slides any more go on with the others."""
        self.lanes.apart[at] = self.lanes.held[:, at].any(axis=0)
        self.lanes.turns[:, at] = 0

    def turns(
        self, sides: list[_Sides], weights: Floats, going: Truths
    ) -> tuple[list[tuple[int, Floats, Floats]], Floats]:
        """Where in the mix any other switch turns first, or a sliding one leaves: (switch, shares, sizes) of each."""
        weights = np.where(going, weights, 0.0)
        found = []
        first = np.where(going, self.leaves(sides), NEVER)
        for index, switch in enumerate(self.program.switches):
            mix = sum(w * s.gaps[index] for w, s in zip(weights, sides, strict=True))
            share, size = self.turn_of(index, mix, np.max([s.noises[index] for s in sides], axis=0), switch.strict)
            apart = self.differs(index, sides)
            if apart.any():
                share = np.where(apart, self.turn_on_a_side(index, sides), share)
            share = np.where(self.sliding[index] | ~going, NEVER, share)
            if (share <= 1.0).any():
                found.append((index, share, size))
                first = np.minimum(first, share)
        return found, np.where(going, first, NEVER)

    def turn_of(self, index: int, gap: Floats, slack: Floats, strict: bool) -> tuple[Floats, Floats]:
        """Where a switch turns in the mix, and how large its gap is."""
        on = self.lanes.side[index] == 1.0
        zero = np.maximum(self.one.zero[index], 2.0 * self.one.rounding[index])
        start, middle, end = np.where(on, 1.0, -1.0) * gap
        share = first_turn(Gap(start, middle, end, zero, slack, on != strict))
        return np.where(start < -zero, 0.0, share), np.abs(gap).max(axis=0)

    def differs(self, index: int, sides: list[_Sides]) -> Truths:
        """Where a gap is another on either side: it watches what flows, and each side has its own."""
        starts = np.stack([s.gaps[index, 0] for s in sides])
        other: Truths = np.ptp(starts, axis=0) > np.maximum(self.one.zero[index], 2.0 * self.one.rounding[index])
        return other

    def turn_on_a_side(self, index: int, sides: list[_Sides]) -> Floats:
        """Where such a switch first turns on one of the sides."""
        first = np.full(self.lanes.count, NEVER)
        for side in sides:
            sign = np.where(side.gaps[index, 0] > 0.0, 1.0, -1.0)
            start, middle, end = sign * side.gaps[index]
            still = np.zeros(self.lanes.count)
            share = first_turn(Gap(start, middle, end, still, side.noises[index], np.ones(self.lanes.count, bool)))
            first = np.minimum(first, np.where(share > 1e-9, share, NEVER))
        return first

    def leaves(self, sides: list[_Sides]) -> Floats:
        """Where a single sliding switch stops being pushed back from one of its sides."""
        first = np.full(self.lanes.count, NEVER)
        if self.many > 1:
            return first
        for side, sign in zip(sides, (1.0, -1.0), strict=True):
            start, middle, end = sign * side.gaps[self.held[:, 0], :, self.everyone].T
            slope, bend = 4.0 * middle - 3.0 * start - end, 4.0 * (start + end) - 8.0 * middle
            crosses = (slope > 0.0) & (slope + bend < -1e-9 * np.abs(slope))
            share = np.where(crosses, -slope / np.where(crosses, bend, 1.0), NEVER)
            first = np.minimum(first, np.maximum(share, 1e-12))
        return first

    def turn(self, found: list[tuple[int, Floats, Floats]], first: Floats, chosen: Truths) -> None:
        """Turns the other switches that turn there; then it is asked anew which still slide."""
        lanes = self.lanes
        for index, share, size in found:
            at = np.flatnonzero(chosen & (share <= first + 1e-11))
            if not len(at):
                continue
            lanes.side[index, at] = 1.0 - lanes.side[index, at]
            lanes.band[index, at] = np.maximum(BAND * size[at], 2.0 * self.one.rounding[index][at])
            lanes.turns[index, at] += 1
            lanes.busy[at] = True
            often = at[lanes.turns[index, at] >= 3]
            lanes.held[index, often] = True


def truths_of(program: Program) -> frozenset[int]:
    """The registers that are a yes or no: a mix of two of them is none."""
    found = {e.target for e in program.equations if e.op in _TRUTHS}
    found |= {r for s in program.states if s.truth for r in (s.following, s.renewed)}
    found |= {o.register for o in program.outputs if o.unit == "truth"} | {o.where for o in program.outputs}
    return frozenset(found)
