"""Where in a stretch a switch first turns: the first root of the parabola through its gap's start, middle and end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from syngraph.run.elementary import Floats

Truths = NDArray[np.bool_]

NEVER = 2.0
BAND = 1e-9  # of what a gap moved while it crossed: so close to 0 it is 0, once its switch turned
_NOISE = 1e-13
SLOW = 1e-4  # of its size: a gap that leaves 0 so slowly leaves to where it goes then
POLISHED = 1e-11  # of what it moved: so good is a crossing that is met
_STRAIGHT = 1e-11  # of its size: a gap that bends less is straight


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap over a stretch, on the side its switch is on, at some lanes: turned so that above 0 the switch stays.

    `zero` is how close to 0 it counts as 0 at the start, `noise` how much of what it moves is rounding; `settled`
    whether its switch is on the side the operator has at 0.
    """

    start: Floats
    middle: Floats
    end: Floats
    zero: Floats
    noise: Floats
    settled: Truths

    @property
    def size(self) -> Floats:
        """The largest it is."""
        return np.maximum(np.maximum(np.abs(self.start), np.abs(self.middle)), np.abs(self.end))


def first_turn(gap: Gap) -> Floats:
    """The share of the stretch at which the switch turns first: 0 is at once, NEVER is not in this stretch.

    A gap that begins at 0 turns at once if it leaves to the other side, or stays and the operator has it otherwise.
    """
    start, middle, end, zero = gap.start, gap.middle, gap.end, gap.zero
    rise = 4.0 * middle - 3.0 * start - end
    bend = 2.0 * (start + end) - 4.0 * middle
    bend = np.where(np.abs(bend) <= _STRAIGHT * gap.size, 0.0, bend)
    near = np.abs(start) <= zero
    share = np.where(near, _from_zero(gap, rise, bend), _first_root(start, rise, bend))
    inside = share <= 1.0
    late = (share <= 1.0 + 1e-12) | ((end < -zero) & ~near)
    return np.where(inside, share, np.where(late, 1.0, NEVER))


def _from_zero(gap: Gap, rise: Floats, bend: Floats) -> Floats:
    """Of a gap that begins at 0: at once, where a parabola comes back to 0, or never."""
    zero = np.maximum(gap.zero, gap.noise)
    slow = np.maximum(np.maximum(1e-3 * gap.zero, gap.noise), SLOW * gap.size)
    level = np.abs(rise) <= slow
    flat = level & (np.abs(gap.end) <= zero)
    later = np.where(np.abs(gap.middle) > zero, gap.middle, gap.end)
    leaves = (rise < -slow) | (level & (later < -zero))
    at_once = leaves | (flat & ~gap.settled)
    returns = ~at_once & (rise > slow) & (bend < 0.0)
    back = np.where(returns, -rise / np.where(returns, bend, 1.0), NEVER)
    return np.where(at_once, 0.0, np.where(back > 0.0, back, NEVER))


def _first_root(start: Floats, rise: Floats, bend: Floats) -> Floats:
    """The smallest positive root of start + rise x + bend x², without cancellation."""
    inside = rise * rise - 4.0 * bend * start
    root = np.sqrt(np.maximum(inside, 0.0))
    half = -0.5 * (rise + np.where(rise < 0.0, -root, root))
    one = np.where(bend != 0.0, half / np.where(bend != 0.0, bend, 1.0), NEVER)
    two = np.where(half != 0.0, start / np.where(half != 0.0, half, 1.0), NEVER)
    one, two = (np.where(x > 0.0, x, NEVER) for x in (one, two))
    return np.where(inside >= 0.0, np.minimum(one, two), NEVER)


def noise(start: Floats, middle: Floats, end: Floats) -> Floats:
    """How much of a gap's movement is rounding, when it is the difference to numbers of that size."""
    size: Floats = np.maximum(np.maximum(np.abs(start), np.abs(middle)), np.abs(end))
    return _NOISE * size


def correction(start: Floats, middle: Floats, end: Floats, length: Floats) -> Floats:
    """How much longer a stretch must be so that its gap is 0 at its end; 0 where it is (a Newton step)."""
    size = np.maximum(np.maximum(np.abs(start), np.abs(middle)), np.abs(end))
    slope = 3.0 * end + start - 4.0 * middle
    missed = (np.abs(end) > POLISHED * size) & (slope != 0.0)
    return np.where(missed, -end / np.where(missed, slope, 1.0) * length, 0.0)
