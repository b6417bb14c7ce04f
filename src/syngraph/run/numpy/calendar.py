"""The calendar on paths: the same day and hour one year later."""

import numpy as np

from syngraph.run.elementary import Floats

_FEBRUARY_29 = 59  # days before it in a year


class Calendar:
    """Years by when they begin (in years since today), the length of a day, and whether they are leap years."""

    def __init__(self, years: tuple[tuple[float, float, bool], ...]) -> None:
        self.starts = np.array([y[0] for y in years])
        self.days = np.array([y[1] for y in years])
        self.leaps = np.array([y[2] for y in years], dtype=bool)

    def later(self, at: Floats, out: Floats) -> None:
        """The same day of the next year, 28 February after 29 February, at the same part of the day."""
        year = np.clip(np.searchsorted(self.starts, at, side="right") - 1, 0, len(self.starts) - 2)
        day = (at - self.starts[year]) / self.days[year]
        after = np.where(self.leaps[year] & (day >= _FEBRUARY_29), day - 1.0, day)
        after = np.where(self.leaps[year + 1] & (day >= _FEBRUARY_29), after + 1.0, after)
        np.copyto(out, self.starts[year + 1] + after * self.days[year + 1])
