"""A quantity in a text: a number with its unit, a range of two, or one stated twice, and the limit put on it."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.evidence.mentions import bounds, currencies, durations, limits
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.mentions.numerals import shared_scale
from syngraph.evidence.mentions.part import Part, per
from syngraph.evidence.mentions.parts import part, per_before, with_unit
from syngraph.evidence.mentions.passage import Passage

_CONNECTOR = re.compile(r" ?(-|~|至|到|甚至(?:到)?|乃至|to |and |與|与|和) ?")
_BETWEEN = re.compile(r"(?:between |介於|介于|介乎)$")
_FROM = re.compile(r"(?:from |自|由|從|从)$")
_CHAIN = re.compile(r" ?[-~] ?\d")
_OPEN, _CLOSE = re.compile("整? ?\\("), re.compile(r" ?\)")
_MAGNITUDE = re.compile(r" ?(?:[a-z]+llion|thousand|hundred|bn|[萬万億亿兆千百])")
_GREAT = re.compile(r"[萬万億亿兆]|[a-z]llion|thousand|\d ?(?:bn|tn|mn)")
_MERE_MAGNITUDE = re.compile(r"[百佰千仟萬万億亿兆]|[a-z]+llion|hundred|thousand")
_HEADING = re.compile(r"(?:單位|单位|以|[:(/]) ?$")
_FRACTION_OF = re.compile(r"以上|以下|多數|多数|的|股東|表決| of | majority| vote| interest| or more|\)")
_ENUMERATION = re.compile(r"[、及和與与或] ?[\d一二兩三四五六七八九十百千]")
_LISTED, _MOST_LISTED = re.compile(r"(?:,| and| or| to|, and|, or) ?"), 8
_POINT_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
# The last of `two or three years`, `five (5) to ten (10) days`, 三年或五年: its first is part of what is said.
_ONE_OF_TWO = re.compile(
    r"(?:[\d)〇一二兩两三四五六七八九十百千萬万]|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?:[年日天週周名位人家座架艘間间]|個月|个月| years?| months?| weeks?| days?|-)?(?: (?:to|or) |[-~至到或])$"
)
_FROM_BRACKET = re.compile(r"\d%?\) ?(?:to|-) ?$")
_NUMERAL_BEFORE_COMMA = re.compile(r"[\d一二兩三四五六七八九十百千萬億]、$")


@dataclass(frozen=True, slots=True)
class _Amount:
    """What one, two or repeated parts say together."""

    first: Part
    last: Part
    unit: str | None
    value: Fraction | Range | None = None
    vague: bool = False
    doubt: str = ""
    flags: frozenset[str] = frozenset()


def quantity(p: Passage, at: int, floor: int) -> Mention | None:
    """The quantity whose number starts at `at`, in positions of the folded text; None if it is none."""
    first = part(p, at, floor)
    if first is None:
        return None
    return _mention(p, _range(p, first) or _twice(p, first) or _single(p, first), floor)


def _single(p: Passage, only: Part) -> _Amount:
    low, high = only.low, only.high
    vague = low != high
    value = Range(low, high) if vague and low is not None and high is not None else low
    listed = (only.unit is None and _ENUMERATION.match(p.text, only.end)) or _shares_magnitude(p, only)
    comma = _NUMERAL_BEFORE_COMMA.search(p.text[max(0, only.start - 2) : only.start])
    return _Amount(only, only, only.unit, value, vague, only.reason or ("list" if listed or comma else ""), only.flags)


def _shares_magnitude(p: Passage, only: Part) -> bool:
    """Whether $5 of `$5, $7 and $10 million` may be five million."""
    last = only
    for _ in range(_MOST_LISTED):
        comma = _LISTED.match(p.text, last.end) if not _scaled(last) and last.before else None
        following = _second(p, comma.end()) if comma else None
        if following is None or following.unit != only.unit:
            return False
        if _scaled(following):
            return True
        last = following
    return False


def _second(p: Passage, at: int) -> Part | None:
    """The part after a connector or a bracket at `at`, with the currency or 百分之 before its number."""
    ahead = currencies.BEFORE.starting(p.text, at)
    number = ahead.end if ahead else at + 3 * p.text.startswith(("百分之", "千分之"), at)
    return part(p, number + (p.text[number : number + 1] == " "), at)


def _range(p: Passage, first: Part) -> _Amount | None:
    """20%至30%, 13-15億, between A and B."""
    match = _CONNECTOR.match(p.text, first.end)
    last = _second(p, match.end()) if match else None
    if match is None or last is None or last.duration != (first.duration or (first.unit is None and last.duration)):
        return None
    if first.duration and last.duration and first.unit and last.unit and first.unit != last.unit:
        first, last = durations.alike(first, last) or (first, last)
    ahead, word = p.text[max(0, first.start - 9) : first.start], match[1].strip()
    between, change = bool(_BETWEEN.search(ahead)), bool(_FROM.search(ahead))
    if not _ranged(first, last, word, between=between, change=change):
        return None
    unit = last.unit if first.unit is None else first.unit
    joined = _Amount(first, last, unit, flags=first.flags | last.flags)
    if change or _CHAIN.match(p.text, last.end):
        return replace(joined, doubt="range")
    return _spanned(p, joined, tight=word in ("-", "~"), vague=word[0] in "甚乃")


def _ranged(first: Part, last: Part, word: str, *, between: bool, change: bool) -> bool:
    """Whether the two are one range, not two amounts that happen to stand together."""
    both = first.unit is not None and last.unit is not None
    if (both and (first.unit != last.unit or first.noun != last.noun)) or (
        first.unit is None and last.unit is None and not last.figure.numeral.scaled
    ):
        return False
    if last.unit is None and first.after:
        return False
    if word in ("and", "與", "与", "和"):
        return between
    return not (first.after and (change or (word == "to" and not first.duration)))


def _spanned(p: Passage, joined: _Amount, *, tight: bool, vague: bool) -> _Amount:
    """The range with its edges; 13 of 13-15億 shares the magnitude, 500美元 of 500美元至3億美元 does not."""
    first, last = joined.first, joined.last
    numeral, scale = first.figure.numeral, 1
    reason = first.reason or last.reason
    if not reason and not numeral.scaled and not first.after and _scaled(last):
        runs = [p.text[read.figure.start : read.figure.end] for read in (first, last)]
        shared = last.figure.scale if last.figure.scale > 1 else shared_scale(runs[1], runs[0])
        clear = shared and first.figure.scale == 1 and not (first.before and (last.before or not tight))
        scale, reason = (shared or 1, "") if clear or (shared and not first.before) else (1, "range")
    factor = last.factor if first.unit is None else first.factor
    low, high = numeral.low, last.figure.numeral.high
    if reason or low is None or high is None or numeral.more or last.figure.numeral.more:
        return replace(joined, doubt=reason or "range")
    edges = Range(low * scale * factor, high * (last.factor if last.unit is not None else factor))
    if edges.low >= edges.high:
        return replace(joined, doubt="range")
    spread = numeral.low != numeral.high or last.figure.numeral.low != high
    return replace(joined, value=edges, vague=vague or spread)


def _scaled(last: Part) -> bool:
    return last.figure.numeral.scaled or last.figure.letter or last.figure.scale > 1


def _twice(p: Passage, first: Part) -> _Amount | None:
    """Seventy percent (70%), ten (10) votes: one amount, if both say the same."""
    opened = _OPEN.match(p.text, first.end)
    again = _second(p, opened.end()) if opened else None
    closed = _CLOSE.match(p.text, again.end) if again else None
    if again is None or closed is None or first.figure.words == again.figure.words:
        return None
    if again.unit == "%" and first.unit is None and first.figure.fraction:
        return _rounded(p, first, replace(again, start=first.start, end=closed.end()))
    told = {read.unit: read for read in (first, again) if read.unit is not None}
    same = first.figure.numeral.low == again.figure.numeral.low
    if len(told) > 1 or (again.unit is None and first.unit is not None and not same):
        return None
    whole = per(p, _completed(p, replace(again, end=closed.end(), start=first.start), first, floor=closed.end()))
    doubt = whole.doubt or ("run" if _MAGNITUDE.match(p.text, closed.end()) else "")
    doubt = first.reason or again.reason or doubt or ("" if same else "number-words-disagree")
    value = None if doubt else whole.low
    return _Amount(first, whole, whole.unit, value, doubt=doubt, flags=whole.flags | {"twice"})


def _rounded(p: Passage, first: Part, again: Part) -> _Amount:
    """Two-thirds (66.67%): the fraction, if the decimal is what it rounds to."""
    exact, told = first.figure.numeral.low, again.figure.numeral.low
    decimals = len(p.text[again.figure.start : again.figure.end].partition(".")[2])
    close = exact is not None and told is not None and abs(exact * 100 - told) * 2 <= Fraction(1, 10**decimals)
    doubt = first.reason or again.reason or ("" if close else "number-words-disagree")
    flags = first.flags | again.flags | {"twice", "fraction"}
    return _Amount(first, again, "", None if doubt else exact, doubt=doubt, flags=flags)


def _completed(p: Passage, again: Part, first: Part, *, floor: int) -> Part:
    """The repeated number with the unit of either, or the one behind the bracket."""
    known = again if again.unit is not None else first
    if known.unit is not None:
        told = replace(
            again,
            unit=known.unit,
            factor=known.factor,
            flags=first.flags | again.flags,
            duration=known.duration,
            noun=known.noun,
        )
        repeated = with_unit(p, replace(told, unit=None), floor)
        return replace(told, end=repeated.end) if repeated.unit == known.unit else told
    return with_unit(p, again, floor)


def _maybe_thousands(p: Passage, read: Part) -> bool:
    """Whether a point may part thousands: 1.500 shares are one and a half or fifteen hundred, 1.500 % are not."""
    alone = read.unit not in (None, "", "%", "pp") and not _scaled(read)
    return alone and bool(_POINT_GROUP.fullmatch(p.text[read.figure.start : read.figure.end]))


def _mention(p: Passage, amount: _Amount, floor: int) -> Mention | None:
    """The mention of an amount with its limit; None if it is a bare number."""
    start, end = amount.first.start, amount.last.end
    if not _counts(p, amount):
        return None
    limit, behind = limits.before(p.text, start, floor, duration=amount.last.duration), bounds.after(p.text, end)
    told = per_before(
        p,
        replace(amount.last, unit=amount.unit, doubt=amount.doubt, flags=amount.flags),
        limit.start,
        floor,
    )
    more = any(read.figure.numeral.more for read in (amount.first, amount.last))
    stated = [bound for bound in (limit.bound, behind and behind.meaning, "more_than" if more else "") if bound]
    flags = told.flags | ({"bounds-disagree"} if len(set(stated)) > 1 else frozenset())
    bound = "vague" if amount.vague else stated[0] if stated else "exact"
    doubt = told.doubt or _doubt(p, amount)
    if told.duration and not told.unit and not doubt:
        return Mention(Kind.RELATIVE, start, end, "", bound=bound, flags=flags)
    if doubt or limit.unsure:
        return Mention(Kind.UNPARSED, start, end, "", flags=flags, reason=doubt or "bound-unsure")
    kind = Kind.DURATION if told.duration else Kind.COUNT if told.noun else Kind.QUANTITY
    return Mention(kind, start, end, "", amount.value, told.unit or "", told.noun, bound, flags=flags)


def _doubt(p: Passage, amount: _Amount) -> str:
    """Why an amount may not be what its own words say."""
    if any(_maybe_thousands(p, read) for read in (amount.first, amount.last)):
        return "separators"
    start, last = amount.first.start, amount.last
    ahead = p.text[max(0, start - 12) : start]
    torn = _ONE_OF_TWO.search(ahead) if last.duration or last.noun else _FROM_BRACKET.search(ahead)
    return "range" if torn else ""


def _counts(p: Passage, amount: _Amount) -> bool:
    """Whether the amount is more than a bare number."""
    first, last = amount.first, amount.last
    if "ordinal" in (first.reason, last.reason):
        return False
    written = p.text[first.start : last.end]
    if _MERE_MAGNITUDE.match(p.text, first.figure.start) and (
        amount.unit is None or last.duration or _heading(p, first.start)
    ):
        return False
    if amount.unit is not None:
        return True
    if first.figure.fraction and first.reason in ("", "bound-unsure"):
        return "/" not in written or bool(_FRACTION_OF.match(p.text, last.end))
    scaled = first.figure.numeral.scaled or last.figure.numeral.scaled
    return scaled if not first.reason else bool(_GREAT.search(written)) and first.reason != "slash"


def _heading(p: Passage, start: int) -> bool:
    """Whether a magnitude without figures heads a table: (百萬元), 單位:新台幣千元."""
    return bool(_HEADING.search(p.text[max(0, start - 4) : start]))
