"""The segments of time: reporting periods cut at today and at every statically known date."""

import itertools
from calendar import isleap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from syngraph.base.dates import Clock, add_months
from syngraph.ir.program import Segment

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Grid:
    """Segments from today on; of each, when its reporting period begins in the run and how long it is there."""

    today: date
    day_count: str
    segments: tuple[Segment, ...]
    period_starts: tuple[float, ...]
    period_lengths: tuple[float, ...]
    calendar: tuple[tuple[float, float, bool], ...]

    def years_to(self, day: date) -> float:
        """Years from today to a day, negative before it."""
        return Clock(self.today, self.day_count).years_to(day)

    def ending(self, day: date) -> int | None:
        """The segment that ends on a day."""
        return next((i for i, s in enumerate(self.segments) if s.end == day), None)


def make_grid(
    today: date, until: date, step: str, day_count: str, dates: Iterable[date], *, horizon: date | None = None
) -> Grid:
    """Cuts [today, until) at the calendar's reporting periods and at `dates`.

    A run may end before the `horizon` of its case: its last reporting period is as long as the case has it.
    """
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
    starts = {s.period: s.t0 for s in reversed(segments)}
    ends = {
        s.period: years(min(_period_end(_period_start(s.start, months), months), horizon or until)) for s in segments
    }
    return Grid(
        today,
        day_count,
        segments,
        tuple(starts[s.period] for s in segments),
        tuple(ends[s.period] - starts[s.period] for s in segments),
        tuple(_year(year, years) for year in range(max(today.year - 8, 1), min(until.year + 2, date.max.year) + 1)),
    )


def _year(year: int, years: Callable[[date], float]) -> tuple[float, float, bool]:
    """When a calendar year begins, how long a day of it is, and whether it is a leap year."""
    first = date(year, 1, 1)
    return years(first), years(date(year, 1, 2)) - years(first), isleap(year)


def _period_start(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _period_end(start: date, months: int) -> date:
    """The day after a period; the calendar ends with the year 9999."""
    return date.max if (start.year, start.month + months) > (date.max.year, 12) else add_months(start, months)


def _period_number(day: date, months: int) -> int:
    return day.year * (12 // months) + (day.month - 1) // months
