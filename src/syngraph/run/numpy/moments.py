"""What happens at one moment on each lane: of all jumps that are due the first, or all sums at once."""

from collections.abc import Sequence

import numpy as np

from syngraph.ir.program import NONE, Jump, Program, Turn
from syngraph.run.elementary import Floats
from syngraph.run.numpy.kept import Look
from syngraph.run.numpy.lanes import Lanes
from syngraph.run.numpy.roots import Truths
from syngraph.run.numpy.windows import Indices


def jumping(
    jumps: Sequence[Jump], registers: dict[int, Floats], ready: Truths, look: Look
) -> list[tuple[int, Indices]]:
    """Which jump happens on which of the lanes that are ready; each lane has one, or all its sums."""
    due: list[tuple[int, Truths]] = []
    for index, jump in enumerate(jumps):
        here = ready & (registers[jump.due] == 1.0)
        if here.any():
            due.append((index, here))
    if len(due) < 2:
        return [(i, np.flatnonzero(here)) for i, here in due]
    return _first(jumps, due, look)


def _first(jumps: Sequence[Jump], due: list[tuple[int, Truths]], look: Look) -> list[tuple[int, Indices]]:
    """By turn (sums together), rank, what holds at this very instant, what watches no rate, days by date, and place."""
    lanes = np.flatnonzero(np.logical_or.reduce([here for _, here in due]))
    left = np.stack([here[lanes] for _, here in due])
    order = [jumps[i] for i, _ in due]
    left = _least(left, _column([float(j.turn.value) for j in order], left))
    later = left[[j.turn is not Turn.SUM for j in order]].any(axis=0)
    chosen = left.copy()
    for key in _keys(order, lanes, left, look):
        chosen = _least(chosen, key)
    left = np.where(later, chosen, left)
    return [(i, lanes[here]) for (i, _), here in zip(due, left, strict=True) if here.any()]


def _keys(order: Sequence[Jump], lanes: Indices, left: Truths, look: Look) -> list[Floats]:
    days = np.stack([look((j.day,), lanes)[0] if j.day != NONE else np.zeros(len(lanes)) for j in order])
    return [
        _column([float(j.rank) for j in order], left),
        1.0 - np.stack([look((j.stands,), lanes)[0] for j in order]),
        _column([float(j.rates) for j in order], left),
        _column([float(j.day == NONE) for j in order], left),
        days,
        _column([float(i) for i in range(len(order))], left),
    ]


def _column(values: list[float], like: Truths) -> Floats:
    return np.broadcast_to(np.array(values)[:, None], like.shape)


def _least(left: Truths, key: Floats) -> Truths:
    """Of what is left in each column, what has the least key."""
    values = np.where(left, key, np.inf)
    least: Truths = left & (values == values.min(axis=0))
    return least


def make(jump: Jump, at: Indices, lanes: Lanes, look: Look) -> None:
    """Lets a jump happen."""
    for (state, _), row in zip(jump.sets, look(tuple(r for _, r in jump.sets), at), strict=True):
        lanes.states[state, at] = row


def post(program: Program, summed: Sequence[int], at: Indices, lanes: Lanes, look: Look) -> None:
    """All sums that are due where a stretch begins come to states, outputs (what each is posted) and windows."""
    registers = (s.posted for s in program.states)
    for rows, posted in ((lanes.states, registers), (lanes.sums, summed)):
        for row, register in zip(rows, posted, strict=True):
            if register != NONE:
                row[at] += look((register,), at)[0]
    for window, stays in zip(program.windows, lanes.stays, strict=True):
        if stays is not None:
            stays.add(at, lanes.clock[at], look((window.posted[0],), at)[0], closes=False)
