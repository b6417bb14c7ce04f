"""The days that a date found in a text covers, and how two dates make a period."""

from dataclasses import dataclass, replace

from syngraph.base.dates import Interval, parse_edtf
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.spans import span


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at [start, end) of the folded text, perhaps one without a value."""

    start: int
    end: int
    kind: Kind = Kind.DATE
    days: Interval | None = None
    flags: frozenset[str] = frozenset()
    reason: str = ""
    year: int = 0
    month: int = 0


def dated(start: int, end: int, year: int, month: int = 0, day: int = 0, *, part: bool = False) -> Dated:
    """A year, a month of it (33 to 36 its quarters, 40 and 41 its halves) or a day."""
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    days = parse_edtf(text)
    if days is None:
        return unread(start, end, "no-such-day")
    return Dated(start, end, Kind.DATE, days, frozenset({"part"} if part else ()), year=year, month=month)


def unread(start: int, end: int, reason: str) -> Dated:
    return Dated(start, end, Kind.UNPARSED, reason=reason)


def relative(start: int, end: int, flag: str = "") -> Dated:
    return Dated(start, end, Kind.RELATIVE, flags=frozenset({flag} if flag else ()))


def fiscal(start: int, end: int) -> Dated:
    return Dated(start, end, Kind.FISCAL)


def period(first: Dated, last: Dated) -> Dated:
    """Everything from one date to another."""
    whole = replace(first, end=last.end, flags=first.flags | last.flags)
    if first.kind is not Kind.DATE or last.kind is not Kind.DATE or first.days is None or last.days is None:
        kinds = {first.kind, last.kind}
        return replace(whole, kind=kinds.pop()) if len(kinds) == 1 else unread(first.start, last.end, "range")
    days = parse_edtf(f"{first.days.text.split('/')[0]}/{last.days.text.split('/')[-1]}")
    if first.days == last.days:
        return whole
    ordered = first.days.first and last.days.first and first.days.first < last.days.first
    return replace(whole, days=days) if days and ordered else unread(first.start, last.end, "range")


def mention(p: Passage, found: Dated, floor: int) -> Mention:
    """The mention of a date, with the word that says how it is meant."""
    told = ""
    if found.kind in (Kind.DATE, Kind.FISCAL):
        day = found.days is not None and found.days.exact is not None
        joined = found.days is not None and "/" in found.days.text
        told = "in" if joined else span(p.text, found.start, found.end, floor=floor, day=day)
    return Mention(
        found.kind, found.start, found.end, "", days=found.days, span=told, flags=found.flags, reason=found.reason
    )
