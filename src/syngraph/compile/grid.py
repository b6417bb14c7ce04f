"""The segments of time: reporting periods cut at today and at every statically known date."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from syngraph.base.dates import Clock, add_months, years_between
from syngraph.ir.program import Segment

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Grid:
    """Segments from today on, and how long each one's whole reporting period is, in years."""

    today: date
    day_count: str
    segments: tuple[Segment, ...]
    period_lengths: tuple[float, ...]

    def years_to(self, day: date) -> float:
        """Years from today to a day, negative before it."""
        return Clock(self.today, self.day_count).years_to(day)

    def starting(self, day: date) -> int | None:
        """The segment that starts on a day."""
        return next((i for i, s in enumerate(self.segments) if s.start == day), None)

    def holding(self, day: date) -> int | None:
        """The segment a day lies in."""
        return next((i for i, s in enumerate(self.segments) if s.start <= day < s.end), None)


def make_grid(today: date, until: date, step: str, day_count: str, dates: Iterable[date]) -> Grid:
    """Cuts [today, until) at the calendar's reporting periods and at `dates`."""
    months = _MONTHS[step]
    cuts = {d for d in dates if today < d < until} | {today, until}
    first = _period_start(today, months)
    bounds = [first]
    while bounds[-1] < until:
        bounds.append(_period_end(bounds[-1], months))
    cuts |= {b for b in bounds if today < b < until}
    ordered = sorted(cuts)
    pairs = list(itertools.pairwise(ordered))

    years = Clock(today, day_count).years_to
    segments = tuple(Segment(a, b, years(a), years(b), _period_number(a, months), a.year) for a, b in pairs)
    starts = [_period_start(a, months) for a, _ in pairs]
    lengths = tuple(float(years_between(s, _period_end(s, months), day_count)) for s in starts)
    return Grid(today, day_count, segments, lengths)


def _period_start(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _period_end(start: date, months: int) -> date:
    """The day after a period; the calendar ends with the year 9999."""
    return date.max if (start.year, start.month + months) > (date.max.year, 12) else add_months(start, months)


def _period_number(day: date, months: int) -> int:
    return day.year * (12 // months) + (day.month - 1) // months
