"""A number of something that is no money: percent, tenths, shares, gigawatts, years, aircraft."""

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction

from syngraph.evidence.mentions import currencies, durations, nouns, units
from syngraph.evidence.mentions.number import exactly
from syngraph.evidence.mentions.numerals import Numeral
from syngraph.evidence.mentions.part import Part, per
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.vocabulary import Found

# 百分之二十六, 千分之三, 萬分之五: how many hundredths one of them is.
_OUT_OF = {"百分之": Fraction(1), "千分之": Fraction(1, 10), "萬分之": Fraction(1, 100), "万分之": Fraction(1, 100)}
_NO_TENTHS = "立長长為为本員员果功效交熟就份分品都人年績绩形型敗败語语衣家對对群全名色千不"
_TENTHS = re.compile(
    rf"成([一二三四五六七八九1-9]|半(?![年導导]))?(?![{_NO_TENTHS}〇零十百千萬億一二三四五六七八九\d]|[.,]\d)"
)
_TENTH = re.compile("[一二兩两三四五六七八九1-9]")
_HALF = re.compile("半(?![年個个天日])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SO_MANY = re.compile(r"\d|[一二兩两三四五六七八九十壹貳參]")  # 千人 and 萬人 are ways of speaking
_OF_ONE_PERCENT = re.compile(r" of (?:one|1) ?(?:percent|per cent|%)")
_ROW = re.compile(r" (?:consecutive|successive|additional|further|full|whole|complete|more) ")
_WORD = re.compile(r" ?([a-z]+)")
_MOST_ADJECTIVES = 3
_DESCRIBED = frozenset({"share", "vote", "seat", "chip", "GPU"})


def counted(p: Passage, bare: Part, floor: int) -> Part | None:
    """The number with the unit behind it, or the 百分之 before it; None if it has neither."""
    return _tenths(p, bare) or _hundredths(p, bare, floor) or _measured(p, bare) or _named(p, bare)


def _tenths(p: Passage, bare: Part) -> Part | None:
    """兩成, 三成五, 三成半."""
    match, numeral = _TENTHS.match(p.text, bare.end), bare.figure.numeral
    if not match or not _TENTH.fullmatch(p.text[bare.start : bare.end]) or numeral.low is None:
        return None
    more = Fraction(5) if match[1] == "半" else Fraction(int(unicodedata.numeric(match[1] or "0")))
    value = numeral.low * 10 + more
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
    """A number of percent, shares, gigawatts, years; of 倍 with half of one more behind it."""
    text, end = p.text, bare.end
    gap = end + (text[end : end + 1] in (" ", "-"))
    found = (
        _hundredth_part(text, bare) or units.AFTER.starting(text, gap) or _described(text, end) or _in_a_row(text, end)
    )
    money = currencies.AFTER.starting(text, gap)
    if found is None or (money and money.end > found.end):  # 日圓 is not 日
        return None
    measure = found.meaning
    if measure is None or _way_of_speaking(p, bare, found):
        return bare
    flags = bare.flags | ({measure.flag} if measure.flag else frozenset())
    read = replace(bare, end=found.end, unit=measure.unit, factor=measure.factor, flags=flags, after=True)
    if measure.duration:
        read = replace(read, duration=True)
        return durations.lasting(p, read, measure.half) if measure.unit else read
    return per(p, _and_a_half(p, read) if text[found.start : found.end] == "倍" else read)


def _and_a_half(p: Passage, read: Part) -> Part:
    """兩倍半."""
    match, numeral = _HALF.match(p.text, read.end), read.figure.numeral
    if match is None:
        return read
    if numeral.low is None or numeral.low.denominator > 1 or numeral.low != numeral.high or numeral.more:
        return replace(read, end=match.end(), doubt="run")
    return replace(read, end=match.end(), figure=replace(read.figure, numeral=exactly(numeral.low + Fraction(1, 2))))


def _named(p: Passage, bare: Part) -> Part | None:
    """A number of representatives, aircraft, 董事."""
    plain = not (bare.figure.fraction or bare.figure.letter)
    found = (nouns.noun(p.text, bare.end) or nouns.of_some(p.text, bare.end)) if plain else None
    if found is None or _YEAR.fullmatch(p.text, bare.start, bare.end):
        return None
    at = p.starts[bare.start]
    counts = nouns.counts(p.text[max(0, bare.start - 16) : bare.start], p.original[max(0, at - 16) : at])
    if not counts or (found.meaning == "人" and not _SO_MANY.match(p.text, bare.start)):
        return None
    return per(p, replace(bare, end=found.end, unit="", after=True, noun=found.meaning))


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
        if found and found.meaning and found.meaning.unit in _DESCRIBED:
            return found
    return None


def _in_a_row(text: str, at: int) -> Found[units.Measure | None] | None:
    """Months behind an adjective: twelve consecutive months."""
    word = _ROW.match(text, at)
    found = units.AFTER.starting(text, word.end()) if word else None
    return found if found and found.meaning and found.meaning.duration else None


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
