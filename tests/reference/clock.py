"""Days as exact fractions of years by ACT/ACT: days of each calendar year divided by that year's length."""

from datetime import date
from fractions import Fraction


def position(day: date) -> Fraction:
    """Where a day begins, in calendar years: the year plus the part of it that is over."""
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Fraction((day - first).days, (following - first).days)


def years(today: date, day: date) -> Fraction:
    """The year fraction from `today` to the beginning of a day."""
    return position(day) - position(today)


def calendar_years(today: date, until: date) -> tuple[int, ...]:
    """The calendar years in which the run has a part."""
    last = until.year if until > date(until.year, 1, 1) else until.year - 1
    return tuple(range(today.year, last + 1))


def by_year(today: date, start: Fraction, end: Fraction) -> list[tuple[int, Fraction]]:
    """The calendar years a stretch (in years since `today`) touches, and how long it is in each."""
    origin = position(today)
    first, last = origin + start, origin + end
    found, year = [], int(first)
    while first < last:
        stop = min(last, Fraction(year + 1))
        found.append((year, stop - first))
        first, year = stop, year + 1
    return found
