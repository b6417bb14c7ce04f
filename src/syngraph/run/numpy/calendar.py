"""The calendar on paths: the same day and part of the day some months or years later."""

import numpy as np
from numpy.typing import NDArray

from syngraph.run.elementary import Floats

_NEAR = 1e-7  # days, a hundredth of a second: so near the next day it is the next day
_SAME = 1e-9  # years: so near a moment it is that moment
_MONTHS = np.array([[0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]] * 2)
_MONTHS[1, 2:] += 1  # in a leap year


class Calendar:
    """Years by when they begin (in years since today), the length of a day, and whether they are leap years."""

    def __init__(self, years: tuple[tuple[float, float, bool], ...]) -> None:
        self.starts = np.array([y[0] for y in years])
        self.days = np.array([y[1] for y in years])
        self.leaps = np.array([y[2] for y in years], dtype=np.intp)

    def later(self, at: Floats, months: int | NDArray[np.intp]) -> Floats:
        """So many calendar months later; from a day that its month has not, the last of the month."""
        year = self._year(at)
        days = (at - self.starts[year]) / self.days[year]
        day = np.floor(days + _NEAR)
        month = (_MONTHS[self.leaps[year]] <= day[..., None]).sum(axis=-1) - 1
        place = year * 12 + month + months
        other = np.minimum(place // 12, len(self.starts) - 1)
        first, following = (_MONTHS[self.leaps[other], place % 12 + i] for i in (0, 1))
        same = first + np.minimum(day - _MONTHS[self.leaps[year], month], following - first - 1)
        found: Floats = self.starts[other] + (same + (days - day)) * self.days[other]
        return found

    def anniversary(self, at: Floats, after: Floats) -> Floats:
        """The first anniversary of moment `at` after another; that of 29 February is 28 February in other years."""
        years = self._year(after) - self._year(at)
        found = self.later(at, 12 * years)
        return np.where(found > after + _SAME, found, self.later(at, 12 * (years + 1)))

    def _year(self, at: Floats) -> NDArray[np.intp]:
        return np.clip(np.searchsorted(self.starts, at, side="right") - 1, 0, len(self.starts) - 1)
