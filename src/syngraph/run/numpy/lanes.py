"""Paths on their way, each on its own clock: where it is, its states, and what its switches remember."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from syngraph.ir.program import NONE, Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.calendar import Calendar
from syngraph.run.numpy.roots import Truths
from syngraph.run.numpy.stays import Stays
from syngraph.run.numpy.windows import Indices, Ring

UNDEFINED = 2.0
"""The side of a switch, beside off (0) and on (1), whose gap is no number."""

Counts = NDArray[np.int32]


@dataclass(slots=True)
class Lanes:
    """Everything a block keeps of its paths between two passes; arrays end with the lanes. `slot` is where results go.

    `goal` is how far a pass may go and `until` how far this one goes; a lane that is `landing` is on its way to a turn
    of its `pending` switches. `moved` is how large their gaps were. `turns` counts, switch by switch, how often it
    turned at this moment, `busy` are the lanes on which any did; `held` are the switches that slide, and `apart` the
    lanes that are worked out apart for it. `lost` says that some switch has no side.
    """

    path: Indices
    slot: Indices
    segment: Indices
    clock: Floats
    goal: Floats
    until: Floats
    landing: Truths
    polished: Counts
    stops: Counts
    states: Floats
    fixed: Floats
    side: Floats
    band: Floats
    pending: Truths
    moved: Floats
    turns: Counts
    busy: Truths
    held: Truths
    apart: Truths
    sums: Floats
    rings: list[Ring] = field(default_factory=list)
    stays: list[Stays | None] = field(default_factory=list)
    lost: bool = False

    @property
    def count(self) -> int:
        """How many."""
        return len(self.path)

    def take(self, lanes: Indices) -> "Lanes":
        """A copy of some of them."""
        arrays = {name: np.take(getattr(self, name), lanes, axis=-1) for name in _ARRAYS}
        stays = [s and s.take(lanes) for s in self.stays]
        return Lanes(**arrays, rings=[r.take(lanes) for r in self.rings], stays=stays, lost=self.lost)

    def put(self, lanes: Indices, other: "Lanes") -> None:
        """Takes the values of others for some of them."""
        for name in _ARRAYS:
            getattr(self, name)[..., lanes] = getattr(other, name)
        for ring, one in zip(self.rings, other.rings, strict=True):
            ring.put(lanes, one)
        for stay, some in zip(self.stays, other.stays, strict=True):
            if stay is not None and some is not None:
                stay.put(lanes, some)


_ARRAYS = tuple(name for name in Lanes.__dataclass_fields__ if name not in ("rings", "stays", "lost"))


def at_the_start(program: Program, calendar: Calendar, paths: Indices, *, fixed: int, sums: int) -> Lanes:
    """Lanes for those paths before their first segment; `fixed` rows are not filled yet."""
    switches, count = len(program.switches), len(paths)
    start = program.segments[0].t0

    def zeros(rows: int) -> Floats:
        return np.zeros((rows, count))

    return Lanes(
        path=paths,
        slot=np.arange(count),
        segment=np.zeros(count, np.intp),
        clock=np.full(count, start),
        goal=np.full(count, start),
        until=np.full(count, start),
        landing=np.zeros(count, bool),
        polished=np.zeros(count, np.int32),
        stops=np.zeros(count, np.int32),
        states=zeros(len(program.states)),
        fixed=zeros(fixed),
        side=np.repeat(at_zero(program)[:, None], count, axis=1),
        band=zeros(switches),
        pending=np.zeros((switches, count), bool),
        moved=zeros(switches),
        turns=np.zeros((switches, count), np.int32),
        busy=np.zeros(count, bool),
        held=np.zeros((switches, count), bool),
        apart=np.zeros(count, bool),
        sums=zeros(sums),
        rings=[Ring(w.years, count) for w in program.windows],
        stays=[None if w.posted == (NONE, NONE) else Stays(calendar, w.years, count) for w in program.windows],
    )


def at_zero(program: Program) -> Floats:
    """The side each switch has at 0 by its operator: on unless it is strict."""
    return np.array([0.0 if s.strict else 1.0 for s in program.switches])
