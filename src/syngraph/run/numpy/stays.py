"""The sums that a window still holds, lane by lane: each leaves by the calendar, one window after it came."""

import numpy as np

from syngraph.run.elementary import Floats
from syngraph.run.numpy.calendar import Calendar
from syngraph.run.numpy.roots import Truths
from syngraph.run.numpy.windows import Indices

_SAME = 1e-11  # years: so near the moment at which a sum leaves it has left
_ROOM = 4


class Stays:
    """When each sum on some lanes leaves, its amount, and whether it was due at the end of what lay before it."""

    def __init__(self, calendar: Calendar, years: float, lanes: int) -> None:
        self.calendar, self.years = calendar, years
        months = round(12.0 * years)
        self.months = months if abs(12.0 * years - months) < 1e-9 else 0
        self.leaves: Floats = np.full((_ROOM, lanes), -np.inf)
        self.amounts: Floats = np.zeros((_ROOM, lanes))
        self.closes = np.zeros((_ROOM, lanes), bool)

    def take(self, lanes: Indices) -> "Stays":
        """The same for some of the lanes."""
        other = Stays(self.calendar, self.years, 0)
        for name in ("leaves", "amounts", "closes"):
            setattr(other, name, getattr(self, name)[:, lanes].copy())
        return other

    def put(self, lanes: Indices, other: "Stays") -> None:
        """Takes lanes of another back."""
        while len(self.leaves) < len(other.leaves):
            self._grow()
        self.leaves[:, lanes] = -np.inf
        for name in ("leaves", "amounts", "closes"):
            getattr(self, name)[: len(other.leaves), lanes] = getattr(other, name)

    def add(self, lanes: Indices, moment: Floats, amount: Floats, *, closes: bool) -> None:
        """Sums come at a moment: where a stretch begins, or (`closes`) where one ends and still as part of it."""
        here = amount != 0.0
        if not here.any():
            return
        at, came = lanes[here], moment[here]
        free = self.leaves[:, at] <= came
        if not free.any(axis=0).all():
            self._grow()
            free = self.leaves[:, at] <= came
        place = free.argmax(axis=0)
        self.leaves[place, at] = self.calendar.later(came, self.months) if self.months else came + self.years
        self.amounts[place, at], self.closes[place, at] = amount[here], closes

    def limit(self, clock: Floats) -> Floats:
        """When the next sum leaves after `clock`."""
        later = self.leaves > clock + _SAME
        found: Floats = np.where(later, self.leaves, np.inf).min(axis=0)
        return found

    def held(self, clock: Floats) -> Floats:
        """What a stretch that begins at `clock` holds: what leaves then has left."""
        return self._sum(self.leaves > clock + _SAME)

    def held_after(self, until: Floats) -> Floats:
        """What is held of it when a stretch has ended, its end too."""
        return self._sum(self.leaves > until + np.where(self.closes, _SAME, -_SAME))

    def _sum(self, inside: Truths) -> Floats:
        total: Floats = np.where(inside, self.amounts, 0.0).sum(axis=0)
        return total

    def _grow(self) -> None:
        lanes = self.leaves.shape[1]
        self.leaves = np.concatenate([self.leaves, np.full((_ROOM, lanes), -np.inf)])
        self.amounts = np.concatenate([self.amounts, np.zeros((_ROOM, lanes))])
        self.closes = np.concatenate([self.closes, np.zeros((_ROOM, lanes), bool)])
