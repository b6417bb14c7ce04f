"""One number in a text with its unit: a currency, a percent sign, a counted thing, a stretch of time."""

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from syngraph.evidence.mentions import currencies, units
from syngraph.evidence.mentions.currencies import Currency, code_in
from syngraph.evidence.mentions.figures import figure
from syngraph.evidence.mentions.number import Number
from syngraph.evidence.mentions.numerals import Numeral
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.vocabulary import Found

# 百分之二十六, 千分之三, 萬分之五: how many hundredths one of them is.
_OUT_OF = {"百分之": Fraction(1), "千分之": Fraction(1, 10), "萬分之": Fraction(1, 100), "万分之": Fraction(1, 100)}
_NO_TENTHS = "立長长為为本員员果功效交熟就份分品都人年績绩形型敗败語语衣家對对群全名色千不"
_TENTHS = re.compile(rf"成([一二三四五六七八九1-9])?(?![{_NO_TENTHS}〇零十百千萬億一二三四五六七八九\d]|[.,]\d)")
_TENTH = re.compile("[一二兩两三四五六七八九1-9]")
_OF_ONE_PERCENT = re.compile(r" of (?:one|1) ?(?:percent|per cent|%)")
_BRACKETED = re.compile(r" ?\(([^()0-9]{1,12})\)")
_SMALL_CHANGE = re.compile(r"[\d一二三四五六七八九]{1,3}[角分毛仙]| and (?:[a-z]+(?:-[a-z]+)?|\d{1,2}) cents?")
_YEARS_MONEY = re.compile(r" ?(?:19|20)\d\d dollars")  # of what they bought then
_WORD = re.compile(r" ?([a-z]+)")
_SIGNS = frozenset("-\u2010\u2011\u2012\u2212\uff0d")  # the longer dashes are punctuation
_PER_SHARE = re.compile(r"(?:每股[^\d,。;、每]{0,9}|per[- ]share[^\d,.;]{0,14})$")
_PER_SOMETHING = re.compile(r"每[^\d,。;、年股]{1,3}$")
_SO_MUCH_OF = re.compile(r"[\d\u00bc-\u00be\u2150-\u215e] of $")  # 0.25 of 1%
_MOST_PER, _MOST_ADJECTIVES = 2, 3


@dataclass(frozen=True, slots=True)
class Part:
    """A number with its unit (None: it has none), before ranges and limits. `doubt` says why it has no value."""

    figure: Number
    start: int
    end: int
    unit: str | None = None
    factor: Fraction = Fraction(1)
    flags: frozenset[str] = frozenset()
    doubt: str = ""
    before: bool = False  # the unit stands before the number: $10-15 million shares it
    after: bool = False
    duration: bool = False

    @property
    def reason(self) -> str:
        return self.doubt or self.figure.reason

    @property
    def low(self) -> Fraction | None:
        low = self.figure.numeral.low
        return None if self.reason or low is None else low * self.factor

    @property
    def high(self) -> Fraction | None:
        high = self.figure.numeral.high
        return None if self.reason or high is None else high * self.factor


def part(p: Passage, at: int, floor: int) -> Part | None:
    """The number that starts at `at` with its unit; what stands before `floor` belongs to another mention."""
    found = figure(p, at, floor)
    if found is None or (at and p.text[at - 1] == "第"):
        return None
    bare = Part(found, found.start, found.end, flags=frozenset({"fraction"} if found.fraction else ()))
    return _unlabelled(p, with_unit(p, bare, floor), floor)


def with_unit(p: Passage, bare: Part, floor: int) -> Part:
    """The number that ends where `bare` ends, with the unit behind or before it if it has one."""
    if _currency_before(p, bare.start, floor):  # a $10 billion share repurchase is money
        return _money(p, bare, floor) or bare
    return _tenths(p, bare) or _hundredths(p, bare, floor) or _measured(p, bare) or _money(p, bare, floor) or bare


def _tenths(p: Passage, bare: Part) -> Part | None:
    """兩成, 三成五."""
    match, numeral = _TENTHS.match(p.text, bare.end), bare.figure.numeral
    if not match or not _TENTH.fullmatch(p.text[bare.start : bare.end]) or numeral.low is None:
        return None
    value = numeral.low * 10 + int(unicodedata.numeric(match[1] or "0"))
    read = replace(bare.figure, numeral=Numeral(value, value), scale=1 if match[1] else 10)
    return replace(bare, figure=read, end=match.end(), unit="%", after=True)


def _hundredths(p: Passage, bare: Part, floor: int) -> Part | None:
    """百分之二十六, 百分之百."""
    start = bare.start - 3
    factor = _OUT_OF.get(p.text[start : bare.start]) if start >= floor else None
    if factor is None:
        return None
    whole = Numeral(Fraction(100), Fraction(100))
    read = replace(bare.figure, numeral=whole) if p.text[bare.start : bare.end] == "百" else bare.figure
    return replace(bare, figure=read, start=start, unit="%", factor=factor, before=True)


def _measured(p: Passage, bare: Part) -> Part | None:
    """A number of percent, shares, gigawatts, years."""
    text, end = p.text, bare.end
    gap = end + (text[end : end + 1] in (" ", "-"))
    found = _hundredth_part(text, bare) or units.AFTER.starting(text, gap) or _described(text, end)
    money = currencies.AFTER.starting(text, gap)
    if found is None or (money and money.end > found.end):  # 日圓 is not 日
        return None
    measure = found.meaning
    if measure is None or _way_of_speaking(p, bare, found):
        return bare
    flags = bare.flags | ({measure.flag} if measure.flag else frozenset())
    read = replace(bare, end=found.end, unit=measure.unit, factor=measure.factor, flags=flags, after=True)
    return replace(read, duration=True) if measure.duration else per(p, read)


def _hundredth_part(text: str, bare: Part) -> Found[units.Measure | None] | None:
    """One-half of one percent."""
    match = _OF_ONE_PERCENT.match(text, bare.end) if bare.figure.fraction else None
    return Found(units.PERCENT, match.start(), match.end()) if match else None


def _described(text: str, at: int) -> Found[units.Measure | None] | None:
    """Shares, votes or seats behind one or two of the adjectives they go with."""
    for _ in range(_MOST_ADJECTIVES):
        word = _WORD.match(text, at)
        if not word or word[1] not in units.ADJECTIVES:
            return None
        at = word.end()
        found = units.AFTER.starting(text, at + (text[at : at + 1] == " "))
        if found and found.meaning and found.meaning.unit in ("share", "vote", "seat", "chip", "GPU"):
            return found
    return None


def _way_of_speaking(p: Passage, bare: Part, found: Found[units.Measure | None]) -> bool:
    """Whether the words are no quantity: 一股 a gust, two users, 5 x 3."""
    measure, spelled = found.meaning, bare.figure.words and not bare.figure.numeral.scaled
    if measure is None or p.text[found.start : found.end] == "x":
        spaced = found.start > bare.end or p.text[found.end : found.end + 2].strip()[:1].isdecimal()
        return measure is None or bare.figure.words or spaced
    if measure.unit in units.SYMBOLS and p.text[found.start : found.end] == measure.unit.lower():
        written = p.written(found.start, found.end)
        return written not in (measure.unit, measure.unit.upper())  # a milliwatt is no megawatt
    if p.text[found.end - 1] == "股" and spelled and bare.end - bare.start == 1:
        return True
    odd_letter = bare.figure.letter and not measure.counted
    share_of_all = bare.figure.fraction and measure.counted and (bare.figure.numeral.low or 1) < 1  # a two-thirds vote
    return share_of_all or (measure.figures_only and spelled) or odd_letter


def _money(p: Passage, bare: Part, floor: int) -> Part | None:
    """A number with a currency before it, behind it or both."""
    ahead, behind = _currency_before(p, bare.start, floor), _currency_after(p, bare.end)
    end = behind.end if behind else bare.end
    bracketed = _currency_in_brackets(p, end)
    named = [found.meaning for found in (behind, bracketed) if found and found.meaning]
    if ahead is None and not named:
        return None
    known = [ahead.meaning, *named] if ahead else named
    read = replace(
        bare,
        start=ahead.start if ahead else bare.start,
        end=bracketed.end if bracketed else end,
        unit=_agreed(known, p.region),
        factor=known[-1].part if len(known) == 1 else Fraction(1),
        before=ahead is not None,
        after=bool(named),
    )
    cents = len(known) > 1 and any(currency.part != 1 for currency in known)
    if not ahead and _YEARS_MONEY.match(p.text, bare.start):
        return replace(bare, unit="", doubt="currency")
    if not read.unit or cents or _strange_sign(p, read) or _runs_on(p, read):
        read = replace(read, unit="", doubt="run" if _runs_on(p, read) else "currency")
    return per(p, read)


def _agreed(known: list[Currency], region: str) -> str:
    """The one code that all the names given may stand for; empty if there is none."""
    if len(known) == 1:
        return code_in(known[0], region)
    codes = {code_in(first, region, second) for first, second in pairwise(known)}
    return codes.pop() if len(codes) == 1 else ""


def _currency_before(p: Passage, at: int, floor: int) -> Found[Currency] | None:
    end = at - (p.text[at - 1 : at] == " " and at > floor)
    found = currencies.BEFORE.ending(p.text, end, floor)
    return found if found and _capital(p, found) else None


def _currency_after(p: Passage, at: int) -> Found[Currency | None] | None:
    gap = at + (p.text[at : at + 1] in (" ", "-"))
    found = currencies.AFTER.starting(p.text, gap)
    if not found or not found.meaning or not _capital(p, found):
        return None
    # "$5 $7" and 100美元: a sign that another number follows is that number's.
    follows = found.end + (p.text[found.end : found.end + 1] == " ")
    sign = p.text[found.end - 1] in "$€£¥₩₹฿₫₱₪₺₽"
    return None if sign and p.text[follows : follows + 1].isdecimal() else found


def _currency_in_brackets(p: Passage, at: int) -> Found[Currency | None] | None:
    match = _BRACKETED.match(p.text, at)
    if not match:
        return None
    found = currencies.AFTER.starting(p.text, match.start(1))
    whole = found and found.meaning and found.end == match.end(1) and _capital(p, found)
    return Found(found.meaning, match.start(), match.end()) if found and whole else None


def _capital(p: Passage, found: Found[Currency] | Found[Currency | None]) -> bool:
    """Codes count in capitals only: `try` and `all` are words."""
    word = p.text[found.start : found.end]
    return word not in currencies.CODES or p.written(found.start, found.end).isupper()


def _strange_sign(p: Passage, read: Part) -> bool:
    """Whether a letter before $ makes it a sign that is not known here: Z$5."""
    return (
        p.text[read.start] in "$¥£"
        and read.start > 0
        and p.text[read.start - 1].isascii()
        and (p.text[read.start - 1].isalnum() or p.text[read.start - 1] == ".")
    )


def _runs_on(p: Passage, read: Part) -> bool:
    """Whether letters or small change go on where the amount seems to end: $5mil, 5元3角."""
    following = p.text[read.end : read.end + 1]
    if following == "%" or (not read.after and following.isalpha() and not "\u2e80" <= following <= "\uffdc"):
        return True
    return bool(_SMALL_CHANGE.match(p.text, read.end)) or (following.isdecimal() and p.touching(read.end))


def per(p: Passage, read: Part) -> Part:
    """The amount with what it is per: a share, a gigawatt, a year."""
    for _ in range(_MOST_PER):
        gap = read.end + (p.text[read.end : read.end + 1] in (" ", "-"))
        found = units.PER.starting(p.text, gap)
        if found is None:
            return read
        read = _per_one(replace(read, end=found.end), found.meaning)
    return read


def _per_one(read: Part, unit: str) -> Part:
    if unit == "year":
        return replace(read, flags=read.flags | {"per_year"})
    if not unit or read.unit in ("", "%", "pp", None) or read.duration:
        return replace(read, doubt=read.doubt or "per")
    return replace(read, unit=f"{read.unit}/{unit}")


def per_before(p: Passage, read: Part, at: int, floor: int) -> Part:
    """The amount with what stands before it and its limit at `at`: 每股, a per-share price of."""
    ahead = p.text[max(0, at - 24) : at]
    if (read.unit in currencies.ALL or read.unit == "vote") and _PER_SHARE.search(ahead):
        return _per_one(read, "share")
    if each := units.PER.ending(p.text, at, floor):
        return _per_one(read, each.meaning) if each.meaning != "share" else read
    if read.unit == "%" and _SO_MUCH_OF.search(ahead):
        return replace(read, doubt=read.doubt or "run")
    per_so_many = ahead.endswith("per ") or _PER_SOMETHING.search(ahead)
    return replace(read, doubt=read.doubt or "per") if per_so_many else read


def _unlabelled(p: Passage, read: Part, floor: int) -> Part | None:
    """The part, if the number is none of GPT-4 or H100, nor one with a sign before it."""
    at = read.start
    before = p.text[at - 1 : at] if at > floor else ""
    if not before:
        return read
    if before.isascii() and (before.isalpha() or before in "_#@§") and p.text[at].isdecimal():
        return None
    if before == "-" and p.original[p.starts[at - 1]] in _SIGNS:
        behind = p.text[at - 2 : at - 1] if at > 1 else ""
        if behind.isalpha() and behind.isascii():
            return None if p.text[at].isdecimal() else read
        return replace(read, doubt="run" if behind.isdecimal() else "sign")
    if before in "負负±" or p.text[max(0, at - 9) : at] in ("negative ",) or p.text[max(0, at - 6) : at] == "minus ":
        return replace(read, doubt="sign")
    negative = before == "(" and at > 1 and p.text[at - 2] in "$€£¥"
    return replace(read, start=at - 2, unit="", doubt="sign") if negative and at - 2 >= floor else read
