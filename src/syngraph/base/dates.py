"""Calendar dates, imprecise dates (EDTF level 1) and year fractions."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARTIAL = re.compile(r"(\d[\dX]{3})(?:-([\dX]{2}))?(?:-([\dX]{2}))?[?~%]?")


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open stretch of days [first, end); None is open. `text` is what the author wrote."""

    text: str
    first: date | None
    end: date | None

    @property
    def exact(self) -> date | None:
        """The day, if the interval is one day."""
        if self.first and self.end and self.end - self.first == timedelta(days=1):
            return self.first
        return None


def parse_day(text: str) -> date | None:
    """The day `2030-01-31` names, or None."""
    match = _DAY.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_edtf(text: str) -> Interval | None:
    """The interval an EDTF text names: a day, month, year, quarter (33-36), half (40, 41), or `a/b`, `../b`, `a/..`.

    Level 1 of https://www.loc.gov/standards/datetime without seasons, which are no days; None for what is no interval.
    """
    if "/" in text:
        left, _, right = text.partition("/")
        first = None if left in ("..", "") else _partial(left)
        last = None if right in ("..", "") else _partial(right)
        open_left, open_right = left in ("..", ""), right in ("..", "")
        if (first is None and not open_left) or (last is None and not open_right) or (open_left and open_right):
            return None
        interval = Interval(text, first.first if first else None, last.end if last else None)
        if interval.first and interval.end and interval.first >= interval.end:
            return None
        return interval
    single = _partial(text)
    return single and Interval(text, single.first, single.end)


def _partial(text: str) -> Interval | None:
    """A day, month or year, its last digits perhaps unspecified (201X, 2025-1X, 2025-XX), perhaps uncertain (`?~%`)."""
    match = _PARTIAL.fullmatch(text)
    if not match or not _trails(text):
        return None
    year, month, day = match[1], match[2], match[3]
    try:
        if "X" in year or not month or month == "XX":
            first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
            return Interval(text, date(first, 1, 1), date(last + 1, 1, 1))
        if not day or day == "XX":
            return _months(text, int(year), month)
        return _days(text, int(year), int(month), day)
    except (ValueError, OverflowError):
        return None


def _trails(text: str) -> bool:
    """Whether what is unspecified are the last digits, so that it is one stretch of days."""
    digits = text.rstrip("?~%").replace("-", "")
    return "X" not in digits.rstrip("X")


def _months(text: str, year: int, month: str) -> Interval | None:
    code = int(month.replace("X", "0"))
    if "X" in month:
        start, length = max(code, 1), min(code + 9, 12) - max(code, 1) + 1
    elif 1 <= code <= 12:
        start, length = code, 1
    elif 33 <= code <= 36:
        start, length = 3 * (code - 33) + 1, 3
    elif code in (40, 41):
        start, length = 6 * (code - 40) + 1, 6
    else:
        return None
    return Interval(text, date(year, start, 1), add_months(date(year, start, 1), length))


def _days(text: str, year: int, month: int, day: str) -> Interval:
    if "X" not in day:
        first = date(year, month, int(day))
        return Interval(text, first, first + timedelta(days=1))
    tens = int(day[0]) * 10
    first, after = date(year, month, max(tens, 1)), add_months(date(year, month, 1), 1)
    return Interval(text, first, min(after, date(year, month, 1) + timedelta(days=tens + 9)))


def add_months(day: date, months: int) -> date:
    """The first of the month `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def years_between(start: date, end: date, convention: str = "ACT/ACT") -> Decimal:
    """Year fraction from `start` to `end` (ISDA 2006 section 4.16: ACT/365 Fixed, ACT/ACT by calendar year)."""
    if convention == "ACT/365F":
        return Decimal((end - start).days) / 365
    return _into_year(end) - _into_year(start) + end.year - start.year


def _into_year(day: date) -> Decimal:
    """The part of its calendar year that lies before a day."""
    return Decimal(day.timetuple().tm_yday - 1) / _length(day.year)


def _length(year: int) -> int:
    """The days of a calendar year."""
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1


@dataclass(frozen=True, slots=True)
class Clock:
    """Years counted from `today` by a day count, and the way back to days."""

    today: date
    convention: str = "ACT/ACT"

    def years_to(self, day: date) -> float:
        """Years from today to a day, negative before it."""
        if day < self.today:
            return -float(years_between(day, self.today, self.convention))
        return float(years_between(self.today, day, self.convention))

    def day_after(self, years: float) -> date:
        """The day nearest to so many years after today, within the calendar."""
        if self.convention == "ACT/365F":
            first, days = self.today, years * 365
        else:
            year = self.today.year
            since = years + float(years_between(date(year, 1, 1), self.today, self.convention))
            held = min(max(year + math.floor(since), date.min.year), date.max.year)
            first, days = date(held, 1, 1), (year + since - held) * _length(held)
        return date.fromordinal(min(max(first.toordinal() + round(days), 1), date.max.toordinal()))
