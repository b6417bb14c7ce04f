"""Dates as Chinese writes them: 2025年9月11日, 民國114年, 第三季, 年底, 去年12月."""

import re
from collections.abc import Mapping

from syngraph.evidence.mentions.days import Dated, dated, fiscal, period, relative, unread
from syngraph.evidence.mentions.mention import Kind
from syngraph.evidence.mentions.numerals import read_small, read_year

_DIGITS = "0-9〇○零一二兩两三四五六七八九十廿卅"
_N = f"[{_DIGITS}]"
_ERA = re.compile(r"(?:中華|中华)?民[國国]")
_FISCAL = "年度|年?(?:財年|财年|會計年度|会计年度|財政年度|财政年度)"
_NAMES_ITS_PART = r"(?<=\d{4})(?=[上下]半年|q[1-4]|第[一二三四1-4]季)"  # 2025上半年
_YEAR = re.compile(rf"(?P<year>[{_DIGITS}百]{{1,6}})(?:(?P<fiscal>{_FISCAL})|年(?!代)|{_NAMES_ITS_PART})")
_AND = "[、,和及與与 ]"
_WITHIN = re.compile(
    # Several days or months, and 第5季: not one date, so none.
    rf"(?P<none>{_N}{{1,3}}月{_N}{{1,4}}(?:{_AND}{_N}{{1,4}})+[日號号]|{_N}{{1,3}}(?:{_AND}{_N}{{1,3}})+月|第[5-9五六七八九]季)"
    rf"|(?P<from_month>{_N}{{1,3}})[-~至到](?P<to_month>{_N}{{1,3}})月(?!份?{_N})|前(?P<months>{_N}{{1,2}})個?月"
    r"|第?(?P<from>[一二三四1-4])季?度?[-~至到]第?(?P<to>[一二三四1-4])季度?|前(?P<quarters>[一二三四1-4])季度?"
    rf"|(?P<month>{_N}{{1,3}})月份?(?:(?P<day>{_N}{{1,4}})[日號号](?!本)|(?P<part>底|末|初|中旬|上旬|下旬))?"
    r"|第?(?P<quarter>[一二三四1-4])季度?|q(?P<letter>[1-4])(?![0-9a-z])"
    r"|(?P<half>[上下])半年度?"
    r"|年?(?P<end>底|末|終(?!止))|(?P<begin>年中|年?初(?![步期始選选級级次审審創创]))"
)
_MONTH_DAY = re.compile(rf"(?P<month>{_N}{{1,3}})月份?(?:(?P<day>{_N}{{1,4}})[日號号](?!本))?")
_DAY = re.compile(rf"(?P<day>{_N}{{1,4}})[日號号](?!本)")
_TO = re.compile("[-~至到]")
_ON_TO = re.compile("(?:起算?|開始|开始)[,、]?(?:[至到迄]|直到|截至)")
_YEARS = re.compile(rf"(?P<first>{_N}{{4}})[-~至到](?P<last>{_N}{{4}})年(?!{_N}{{1,3}}月)")
_RELATIVE_YEAR = re.compile(
    rf"(?:[去今明前後后同當当本次翌]年度?|隔年)(?:{_N}{{1,3}}月份?(?:{_N}{{1,4}}[日號号])?|底|初|第?[一二三四]季度?|[上下]半年)?"
    r"|[上下本當当同這这]個?(?:月|季度?|週|周|年度)|[上下]半年度?|(?:未來|未来|過去|过去)?[數数幾几]個?(?:年|月|天|日|週|周)"
)
# What starts a relative date; the numerals of the others are found as numbers.
STARTS = "民中去今明前後后同當当本次翌隔上下這这數数幾几半未過过"


def date(text: str, at: int) -> Dated | None:
    """The date that starts at `at`, with the one after 至 if that makes a period."""
    found = _years(text, at) or _single(text, at)
    if found is None:
        return None
    to = _TO.match(text, found.end) if found.kind in (Kind.DATE, Kind.UNPARSED) else None
    last = to and (_with_year(text, to.end()) or _same_year(text, to.end(), found))
    return period(found, last) if last else _stretch(text, found)


def _stretch(text: str, first: Dated) -> Dated:
    """2026年起至2030年止: from the one to the other; the first alone where the second is no date."""
    to = _ON_TO.match(text, first.end) if first.kind is Kind.DATE else None
    last = to and (_with_year(text, to.end()) or _same_year(text, to.end(), first))
    if not last or last.kind is not Kind.DATE or last.flags:
        return first
    joined = period(first, last)
    return joined if joined.kind is Kind.DATE else first


def _single(text: str, at: int) -> Dated | None:
    return _with_year(text, at) or _without_year(text, at)


def _with_year(text: str, at: int) -> Dated | None:
    era = _ERA.match(text, at)
    match = _YEAR.match(text, era.end() if era else at)
    if match is None:
        return None
    end = match.end()
    within = None if match["fiscal"] else _WITHIN.match(text, end)
    counted = read_small(match["year"]) if era else None
    year = counted + 1911 if counted else read_year(match["year"]) if not era else None
    if year is None:
        dubious = era or (within and within["month"])
        return unread(at, within.end() if within else end, "era") if dubious else None
    if match["fiscal"]:
        return fiscal(at, end)
    return _part_of(year, within, at) if within else dated(at, end, year)


def _part_of(year: int, within: re.Match[str], at: int) -> Dated:
    """The month, day, quarter, half or end of a year that `within` names."""
    end, named = within.end(), within.groupdict()
    if named["month"]:
        return _month(year, named, at, end)
    if last := named["to_month"] or named["months"]:
        first = _month(year, {"month": named["from_month"] or "1", "day": None}, at, end)
        return period(first, _month(year, {"month": last, "day": None}, at, end))
    if last := named["to"] or named["quarters"]:
        return period(_quarter(year, named["from"] or "1", at, end), _quarter(year, last, at, end))
    if quarter := named["quarter"] or named["letter"]:
        return _quarter(year, quarter, at, end)
    if named["half"]:
        return dated(at, end, year, 40 if named["half"] == "上" else 41)
    if named["none"]:
        return unread(at, end, "range")
    return dated(at, end, year, 12) if named["end"] else dated(at, end, year, part=True)


def _quarter(year: int, number: str, at: int, end: int) -> Dated:
    return dated(at, end, year, 32 + (read_small(number) or 0))


def _month(year: int, named: Mapping[str, str | None], at: int, end: int) -> Dated:
    month, day = read_small(named["month"] or ""), read_small(named["day"]) if named["day"] else 0
    if not month or month > 12 or day is None or (named["day"] and not day):
        return unread(at, end, "no-such-day")
    return dated(at, end, year, month, day, part=bool(named.get("part")))


def _without_year(text: str, at: int) -> Dated | None:
    """去年12月, 11月3日: a date once the year is known."""
    if match := _RELATIVE_YEAR.match(text, at):
        return relative(at, match.end())
    match = _MONTH_DAY.match(text, at)
    month = read_small(match["month"]) if match else None
    return relative(at, match.end(), "no-year") if match and month and month <= 12 else None


def _same_year(text: str, at: int, first: Dated) -> Dated | None:
    """7月 of 2025年5月至7月, 12日 of 2025年9月11日至12日."""
    match = _MONTH_DAY.match(text, at) or _DAY.match(text, at)
    if match is None or not first.month or first.month > 12:
        return None
    named = match.groupdict()
    month = named.get("month") or str(first.month)
    return _month(first.year, {"month": month, "day": named.get("day")}, at, match.end())


def _years(text: str, at: int) -> Dated | None:
    """2019-2025年."""
    match = _YEARS.match(text, at)
    first, last = (read_year(match[1]), read_year(match[2])) if match else (None, None)
    if match is None or first is None or last is None:
        return None
    return period(dated(at, match.end(1), first), dated(match.start(2), match.end(), last))
