"""What a flow came to one window ago, lane by lane: a ring of the stretches it ran through."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from syngraph.run.elementary import Floats

Indices = NDArray[np.intp]
_JUMP = 1e-9  # of the flow: a smaller difference between two stretches is no stop of it
_ROOM = 16


class Ring:
    """The stretches of one flow on some lanes: when they began, their length, the total then, start, middle, end."""

    def __init__(self, years: float, lanes: int) -> None:
        self.years = years
        self.rows: Floats = np.zeros((6, _ROOM, lanes))
        self.rows[0] = np.inf
        self.count: Indices = np.zeros(lanes, np.intp)
        self.cursor: Indices = np.zeros(lanes, np.intp)
        self.edges: Floats = np.full((_ROOM, lanes), np.inf)
        self.edges[0] = years
        self.edge_count: Indices = np.ones(lanes, np.intp)
        self.edge: Indices = np.zeros(lanes, np.intp)
        self.last: Floats = np.zeros(lanes)

    def take(self, lanes: Indices) -> "Ring":
        """The same for some of the lanes."""
        other = Ring(self.years, len(lanes))
        other.rows, other.edges = self.rows[..., lanes].copy(), self.edges[..., lanes].copy()
        for name in ("count", "cursor", "edge_count", "edge", "last"):
            setattr(other, name, getattr(self, name)[lanes].copy())
        return other

    def put(self, lanes: Indices, other: "Ring") -> None:
        """Takes lanes of another back."""
        while self.rows.shape[1] < other.rows.shape[1]:
            self._grow()
        while self.edges.shape[0] < other.edges.shape[0]:
            self._grow_edges()
        self.rows[0, :, lanes], self.edges[:, lanes] = np.inf, np.inf
        self.rows[:, : other.rows.shape[1], lanes] = other.rows
        self.edges[: other.edges.shape[0], lanes] = other.edges
        for name in ("count", "cursor", "edge_count", "edge", "last"):
            getattr(self, name)[lanes] = getattr(other, name)

    def limit(self, clock: Floats) -> Floats:
        """Up to when a stretch from `clock` may go: the next far edge of a stop of the flow, one window at most."""
        lanes = np.arange(len(clock))
        while True:
            day = self.edges[self.edge, lanes]
            passed = day <= clock
            if not passed.any():
                return np.minimum(day, clock + self.years)
            self.edge += passed

    def value(self, at: Floats, opening: Floats) -> Floats:
        """The total at moments `at`, at most the end of what was pushed; before today the opening, even in a window."""
        lanes = np.arange(len(at))
        place = self.cursor.copy()
        while True:
            started, length = self.rows[0, place, lanes], self.rows[1, place, lanes]
            behind = (at > started + length) & (place + 1 < self.count)
            if not behind.any():
                break
            place += behind
        started, length, total, first, middle, end = self.rows[:, place, lanes]
        share = np.where(length > 0.0, (at - started) / np.where(length > 0.0, length, 1.0), 0.0)
        rise, bend = 4.0 * middle - 3.0 * first - end, 2.0 * (first + end) - 4.0 * middle
        inside = total + length * share * (first + share * (rise / 2.0 + share * (bend / 3.0)))
        return np.where(at <= 0.0, opening * (at / self.years), inside)

    def move(self, clock: Floats) -> None:
        """Forgets nothing, but looks from the stretch on that holds one window before `clock`."""
        lanes = np.arange(len(clock))
        while True:
            end = self.rows[0, self.cursor, lanes] + self.rows[1, self.cursor, lanes]
            behind = (clock - self.years > end) & (self.cursor + 1 < self.count)
            if not behind.any():
                return
            self.cursor += behind

    def push(self, lanes: Indices, clock: Floats, length: Floats, total: Floats, flow: Sequence[Floats]) -> None:
        """Adds the stretches that ended, on lanes; a flow that jumped at their start has its far edge one window on."""
        if self.count.max(initial=0) + 1 >= self.rows.shape[1]:
            self._grow()
        where = self.count[lanes]
        for row, values in enumerate((clock, length, total, *flow)):
            self.rows[row, where, lanes] = values
        self.count[lanes] += 1
        start, end = flow[0], flow[2]
        jumped = np.abs(start - self.last[lanes]) > _JUMP * (np.abs(start) + np.abs(self.last[lanes]))
        self.last[lanes] = end
        at = lanes[jumped]
        if len(at):
            if self.edge_count.max() + 1 >= self.edges.shape[0]:
                self._grow_edges()
            self.edges[self.edge_count[at], at] = clock[jumped] + self.years
            self.edge_count[at] += 1

    def _grow(self) -> None:
        """Drops what every lane has passed, or else makes room."""
        done = int(self.cursor.min(initial=0))
        if done > _ROOM // 2:
            self.rows[:, :-done] = self.rows[:, done:].copy()
            self.rows[0, -done:] = np.inf
            self.count -= done
            self.cursor -= done
            return
        more = np.zeros((6, _ROOM, self.rows.shape[2]))
        more[0] = np.inf
        self.rows = np.concatenate([self.rows, more], axis=1)

    def _grow_edges(self) -> None:
        more = np.full((_ROOM, self.edges.shape[1]), np.inf)
        self.edges = np.concatenate([self.edges, more], axis=0)
