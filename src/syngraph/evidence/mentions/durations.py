"""How long something lasts: twelve years, two years and six months, 五年, 一年半; not the fifth year, nor 每二年."""

import re
from dataclasses import replace
from fractions import Fraction

from syngraph.evidence.mentions import bounds, units
from syngraph.evidence.mentions.figures import figure
from syngraph.evidence.mentions.number import Number, exactly
from syngraph.evidence.mentions.part import Part
from syngraph.evidence.mentions.passage import Passage

_MONTHS = {"year": 12, "month": 1}
_DAYS = {"week": 7, "day": 1}
_FINER = {"year": ("month", "week", "day"), "month": ("week", "day"), "week": ("day",)}
_HALF = Fraction(1, 2)
_LONGEST_AGO = 60  # 九十五年 may be a year of 民國

_AGAIN = re.compile(r" ?\((\d{1,3})\)", re.ASCII)
_AND = re.compile(r" and |又|零|(?=[\d一二兩两三四五六七八九十])")
# How often something happens, and which year it is: no length.
_NOT_SO_LONG = re.compile(
    r"(?:每[隔逢滿满]?|[同某另這这該该那當当本上下])$|(?<![a-z])(?:every|each|per|the same) (?:other )?$"
)
_PAST = re.compile("(?<!超)[過过]$")  # 過半年 is after half a year, or more than it
_IN_ORDER = re.compile(
    r"[級级度代次份報报]|第|[上下]半|底|初|末|q[1-4]|[一二兩两三四五六1-9]?[次度回]|\d{1,2}月"
    r"|[ -](?:old|end|anniversar)"
)
_PER = re.compile(r" (?:per|a|an|each|every) (?:annum|year|quarter|month|week|day)(?![a-z])")
_AND_MORE = re.compile(r"(?:有[餘余]|[多餘余])(?![年個个天日月])")
# 25年 may be 2025, 30日 may be the 30th: a word beside them must say that they last.
_LASTING = re.compile(
    r"(?:期間?|期间|為期|为期|期限|長達|长达|達|达|滿|满|共計?|合計|總計|未來|未来|過去|过去|延長|延长"
    r"|存續|存续|提前|提早)(?:為|为|至|了)?$"
)
_YEARS_LAST = re.compile(r"期|內|内|間|间|以[上下內内]|之[久內内後后前]|[的來来後后]|長約|[租購购]約|合約|合约")
_DAYS_LAST = re.compile(r"內|内|間|间|期|以[上下內内]|之[久內内]|的?(?:書面|书面|通知|寬限|宽限|鑑賞|猶豫)")
_DAY_OF_MONTH = re.compile(r"[月本該该次當当翌]$")
_MOST_DAYS = 31


def lasting(p: Passage, read: Part, half: bool) -> Part:
    """The number of years, months or days as a length; without a unit where it may be none."""
    if half:
        read = _and_a_half(read)
    whole = _and_more(p, _with_more(p, read))
    return whole if whole.low != 0 and _lasts(p, whole) else replace(whole, unit="")


def half_a_year(p: Passage, at: int) -> Part | None:
    """半年: six months, unless 上半年, 每半年."""
    found = units.HALF_YEAR.match(p.text, at)
    if found is None:
        return None
    read = Part(Number(exactly(Fraction(6)), at, found.end(), words=True), at, found.end(), unit="month")
    read = _and_more(p, replace(read, after=True, duration=True))
    which = _NOT_SO_LONG.search(p.text[max(0, at - 2) : at]) or _PAST.search(p.text[max(0, at - 2) : at])
    return replace(read, unit="") if which else read


def alike(first: Part, last: Part) -> tuple[Part, Part] | None:
    """Both lengths in one unit, such as months for `6 months to 2 years`; None if there is none."""
    for size in (_MONTHS, _DAYS):
        if first.unit in size and last.unit in size:
            least = min((first.unit, last.unit), key=lambda unit: size[unit])
            scaled = (replace(each, unit=least, factor=each.factor * size[each.unit or ""]) for each in (first, last))
            return next(scaled), next(scaled)
    return None


def _and_a_half(read: Part) -> Part:
    """一年半, 兩個半月."""
    numeral = read.figure.numeral
    if numeral.low is None or numeral.low != numeral.high or numeral.low.denominator > 1 or numeral.more:
        return replace(read, doubt=read.doubt or "run")
    return replace(read, figure=replace(read.figure, numeral=exactly(numeral.low + _HALF)))


def _and_more(p: Passage, read: Part) -> Part:
    """一年多, 半年有餘: more than that."""
    match = _AND_MORE.match(p.text, read.end)
    if match is None:
        return read
    numeral = replace(read.figure.numeral, more=True)
    return replace(read, end=match.end(), figure=replace(read.figure, numeral=numeral))


def _with_more(p: Passage, read: Part) -> Part:
    """Two years and six months, 兩年六個月: so many months; of three months and ten days there is no one number."""
    joined = _AND.match(p.text, read.end) if read.unit and read.low is not None else None
    more = figure(p, joined.end(), read.end) if joined else None
    if joined is None or more is None or more.start != joined.end():
        return read
    again = _AGAIN.match(p.text, more.end)
    end = again.end() if again else more.end
    found = units.AFTER.starting(p.text, end + (p.text[end : end + 1] == " "))
    measure = found.meaning if found else None
    if found is None or measure is None or measure.unit not in _FINER.get(read.unit or "", ()):
        return read
    parts = read.low, more.numeral.low, Fraction(again[1]) if again else more.numeral.low
    exact = read.low == read.high and more.numeral.low == more.numeral.high and parts[1] == parts[2]
    plain = exact and not (read.figure.numeral.more or more.numeral.more or measure.half or measure.factor != 1)
    each = next((size[read.unit or ""] for size in (_MONTHS, _DAYS) if {read.unit, measure.unit} <= size.keys()), None)
    if not plain or each is None or parts[0] is None or parts[1] is None:
        return replace(read, end=found.end, doubt="run")
    number = replace(read.figure, numeral=exactly(parts[0] * each + parts[1]))
    return replace(read, figure=number, end=found.end, unit=measure.unit, factor=Fraction(1))


def _lasts(p: Passage, read: Part) -> bool:
    ahead, behind = p.text[max(0, read.start - 12) : read.start], p.text[read.end : read.end + 12]
    if _NOT_SO_LONG.search(ahead) or _IN_ORDER.match(behind) or _PER.match(behind):
        return False
    if p.text[read.end - 1 : read.end] in "年日":
        return _lasts_in_han(p, read, ahead, behind)
    return p.text[read.end - 1] not in "週周" or behind[:1] not in tuple("一二三四五六末報报歲岁")


def _lasts_in_han(p: Passage, read: Part, ahead: str, behind: str) -> bool:
    """Whether 25年 and 30日 are so long, not the year 2025 or the 30th."""
    low = read.low or Fraction(0)
    said = read.figure.numeral.more or bool(_LASTING.search(ahead) or bounds.before(p.text, read.start, 0))
    if p.text[read.end - 1] == "日":
        other = low > _MOST_DAYS or said or bool(_DAYS_LAST.match(behind))
        return other and not _DAY_OF_MONTH.search(ahead)
    figures = not read.figure.words and low >= 10
    return not (figures or low >= _LONGEST_AGO) or said or bool(_YEARS_LAST.match(behind))
