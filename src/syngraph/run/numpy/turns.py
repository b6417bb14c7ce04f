"""What a pass shows of its switches: where each lane first meets a turn, and of which of them."""

import math
from dataclasses import dataclass, fields

import numpy as np

from syngraph.ir.program import Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.lanes import UNDEFINED, Lanes
from syngraph.run.numpy.passes import Pass, Points
from syngraph.run.numpy.roots import NEVER, Gap, Truths, correction, first_turn, noise
from syngraph.run.numpy.windows import Indices

REACHED = 1e-11  # of where it began: so near 0 a gap may have reached it by the end
_MANY = 0.1  # of all lanes
TOGETHER = 1e-11  # years: what turns so near turns together


@dataclass(frozen=True, slots=True)
class Found:
    """Where, as shares of their stretches, lanes meet a turn of a switch; how large its gap is, and is at the start."""

    switch: int
    lanes: Indices
    share: Floats
    size: Floats
    start: Floats

    def at(self, here: Truths) -> "Found":
        """The same on some of its lanes."""
        return Found(self.switch, self.lanes[here], self.share[here], self.size[here], self.start[here])


class Turns:
    """Looks at each switch of a pass in turn; to be made anew for every pass.

    `first` is the share at which a lane first turns (NEVER if not in this stretch), `longer` how much longer a landing
    lane must go to meet its turn, `undefined` where a gap is no number.
    """

    def __init__(self, program: Program, lanes: Lanes, one: Pass, awake: Truths) -> None:
        self.program, self.lanes, self.one, self.awake = program, lanes, one, awake
        self.everyone = bool(awake.all())
        self.pending: Truths = np.logical_or.reduce(lanes.pending, axis=1)
        self.first = np.full(lanes.count, NEVER)
        self.longer = np.zeros(lanes.count)
        self.noted: list[tuple[int, Indices, Gap]] = []
        self.found: list[Found] = []
        self.met: list[Found] = []
        self.undefined: list[tuple[int, Indices]] = []

    def watch(self, index: int, on: Floats, gap: Points, against: Points) -> None:
        """Takes in one switch; from now on it remembers its side."""
        start, middle, end = gap
        if self.everyone and not self.lanes.lost:
            np.copyto(self.lanes.side[index], on)
        else:
            np.copyto(self.lanes.side[index], on, where=self.awake & np.isfinite(on))
        between = 4.0 * middle  # less both ends, twice what the parabola is half way between them
        between -= start
        between -= end
        between *= start
        least = start * end
        np.minimum(least, between, out=least)
        if not math.isfinite(least.sum()):
            self._note_undefined(index, start, middle, end)
        np.multiply(start, start, out=between)
        between *= REACHED
        clear = np.greater(least, between)
        clear &= self.one.far[index]
        candidate = np.logical_not(clear, out=clear)
        if self.pending[index]:
            pending = self.lanes.pending[index]
            candidate &= ~pending
            self._land(index, np.flatnonzero(pending & self.awake), on, start, middle, end)
        count = np.count_nonzero(candidate)
        if not count:
            return
        if count > _MANY * len(candidate):  # most of them rest where they are
            candidate &= (start != middle) | (middle != end) | (on == float(self.program.switches[index].strict))
        candidate &= self.awake
        lanes = np.flatnonzero(candidate)
        if len(lanes):
            self._note(index, lanes, on, gap, against)

    def _note_undefined(self, index: int, start: Floats, middle: Floats, end: Floats) -> None:
        finite = np.isfinite(start) & np.isfinite(middle) & np.isfinite(end)
        lanes = np.flatnonzero(~finite & self.awake & (self.lanes.side[index] != UNDEFINED))
        if len(lanes):
            self.undefined.append((index, lanes))

    def _note(self, index: int, lanes: Indices, on: Floats, points: Points, against: Points) -> None:
        """Keeps the gap of lanes on which the switch may turn, turned so that above 0 it stays."""
        start, middle, end = (p[lanes] for p in points)
        settled = (on[lanes] == 1.0) != self.program.switches[index].strict
        moving = ~((start == middle) & (middle == end) & settled)
        if not moving.all():
            lanes, settled = lanes[moving], settled[moving]
            start, middle, end = start[moving], middle[moving], end[moving]
            if not len(lanes):
                return
        sign = np.where(on[lanes] == 1.0, 1.0, -1.0)
        start, middle, end = sign * start, sign * middle, sign * end
        gap = Gap(start, middle, end, self.one.zero[index][lanes], noise(*(p[lanes] for p in against)), settled)
        self.noted.append((index, lanes, gap))

    def find(self) -> None:
        """Where the gaps that were kept turn: all switches of a pass in one go."""
        if not self.noted:
            return
        gaps = [gap for _, _, gap in self.noted]
        whole = Gap(*(np.concatenate([getattr(g, f.name) for g in gaps]) for f in fields(Gap)))
        share = np.where(np.isfinite(whole.start + whole.middle + whole.end), first_turn(whole), NEVER)
        size, start = whole.size, np.abs(whole.start)
        ends = np.cumsum([len(lanes) for _, lanes, _ in self.noted])
        turning = np.split(np.flatnonzero(share <= 1.0), np.searchsorted(np.flatnonzero(share <= 1.0), ends[:-1]))
        for (index, lanes, _), begin, here in zip(self.noted, (0, *ends), turning, strict=False):
            if len(here):
                at = lanes[here - begin]
                self.found.append(Found(index, at, share[here], size[here], start[here]))
                self.first[at] = np.minimum(self.first[at], share[here])

    def _land(self, index: int, lanes: Indices, on: Floats, start: Floats, middle: Floats, end: Floats) -> None:
        """How well the turn is met on which lanes land; only bends need not be met exactly."""
        if not len(lanes):
            return
        s, m, e = start[lanes], middle[lanes], end[lanes]
        if not self.program.switches[index].bend:
            step = correction(s, m, e, self.one.length[lanes])
            self.longer[lanes] = np.where(self.longer[lanes] == 0.0, step, self.longer[lanes])
        left = np.where(on[lanes] == 1.0, e, -e)
        size = np.maximum(np.maximum(np.abs(s), np.abs(m)), np.abs(e))
        self.met.append(Found(index, lanes, left, size, np.abs(s)))

    def together(self, lanes: Truths) -> list[Found]:
        """Which switches turn where those lanes first turn, all that are within 1e-11 years of it."""
        chosen = []
        slack = TOGETHER / np.maximum(self.one.length, TOGETHER)
        for found in self.found:
            here = lanes[found.lanes] & (found.share <= self.first[found.lanes] + slack[found.lanes])
            if here.any():
                chosen.append(found.at(here))
        return chosen
