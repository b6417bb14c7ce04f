"""Dates in figures whose order is not written: 9/24/2018, 13/07/05; a part above 12 or the region decides."""

import re

from syngraph.evidence.mentions.days import Dated, dated, unread

_FIGURES = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|-\d)", re.ASCII)
_MONTH_FIRST = frozenset({"US"})
_DAY_FIRST = frozenset(
    "GB IE AU NZ IN SG NL DE FR ES IT PT BE AT CH LU DK NO FI PL CZ BR MX AR CL CO ZA IL TR RU UA".split()
)
# 05 is 2005 and 98 is 1998; of the years between nobody can tell.
_THIS_CENTURY, _LAST_CENTURY = 50, 80


def in_figures(text: str, at: int, region: str) -> Dated | None:
    """The date in figures that starts at `at`, day or month first."""
    match = _FIGURES.match(text, at)
    if match is None:
        return None
    end, short = match.end(), len(match[4]) == 2
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    ordered = _in_order(first, second, region, region_alone=short)
    if ordered is None or year is None:
        return unread(at, end, "day-or-month")
    month, day = ordered
    return dated(at, end, year, month or 99, day or 99)


def _year(written: str) -> int | None:
    year = int(written)
    if len(written) == 4:
        return year if 1000 <= year < 3000 else None
    return 2000 + year if year < _THIS_CENTURY else 1900 + year if year >= _LAST_CENTURY else None


def _in_order(first: int, second: int, region: str, *, region_alone: bool) -> tuple[int, int] | None:
    """Month and day. With a year of two figures a part above 12 may be a year, and only the region decides."""
    by_region = (first, second) if region in _MONTH_FIRST else (second, first) if region in _DAY_FIRST else None
    if region_alone:
        return by_region if by_region and by_region[0] <= 12 else None
    if second > 12 >= first:
        return first, second
    if first > 12 >= second or first == second:
        return second, first
    return by_region if by_region and by_region[0] <= 12 else None
