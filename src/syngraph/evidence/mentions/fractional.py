"""Fractions, behind a whole number or alone: 66 2/3, ½, two-thirds, 三分之二."""

import re
from fractions import Fraction

from syngraph.evidence.mentions.number import Number, exactly
from syngraph.evidence.mentions.numerals import NUMBER_WORDS, read_run
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.runs import RUN

_SLASHED = re.compile(r"(\d{1,3})[/\u2044](\d{1,3})(?![\d/\u2044]|[,.]\d)", re.ASCII)
_GAP = re.compile(r" and |[ -]?")
_OUT_OF = "分之"
_DENOMINATORS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4}
_DENOMINATORS |= {"fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8}
_DENOMINATORS |= {"tenth": 10, "tenths": 10}
_NAMES = "|".join(sorted(_DENOMINATORS, key=len, reverse=True))
_OVER = "|".join(word for word, value in NUMBER_WORDS.items() if 0 < value < 10)
_DENOMINATOR = re.compile(rf"(?P<gap>[- ])(?P<under>{_NAMES})(?![a-z])")
_AND_PART = re.compile(rf" and (?P<over>a|{_OVER})[- ](?P<under>{_NAMES})(?![a-z])")
_AND_A_PART = re.compile(rf" and a (?P<under>{_NAMES})(?= [a-z])(?! of)")
# Without a hyphen only `of` makes a fraction: a third quarter is none. A quarter of the year is none either.
_OF = re.compile(r" of ")
_OF_TIME = re.compile(
    r" of (?:(?:the|a|each|such|this|that|last|next) )?(?:(?:fiscal|calendar|financial) )?"
    r"(?:year|quarter|month|day|\d{4}\b|fy)"
)


def behind(p: Passage, whole: Number) -> Number | None:
    """The whole number in figures with the fraction behind it, the fraction it begins, or None if there is none."""
    text, end = p.text, whole.end
    if text.startswith(_OUT_OF, end):
        return _out_of(p, whole)
    if match := _AND_A_PART.match(text, end):
        part = _named(1, match["under"])
        return _mixed(whole, part, match.end()) if part else whole.refused("run", match.end())
    if match := _SLASHED.match(text, whole.start):
        part = _quotient(match)
        return whole.valued(part, match.end()) if part else whole.refused("slash", match.end())
    if text[end : end + 1] in ("/", "\u2044") and text[end + 1 : end + 2].isdecimal():
        return whole.refused("slash")
    gap = _GAP.match(text, end)
    at = gap.end() if gap else end
    if vulgar := p.fraction(at):
        return _mixed(whole, *vulgar)
    match = _SLASHED.match(text, at) if at > end else None
    if match is None:
        return None
    part = _quotient(match)
    return _mixed(whole, part, match.end()) if part else whole.refused("slash", match.end())


def behind_words(p: Passage, whole: Number) -> Number | None:
    """The number words with the fraction behind them, or the fraction they begin; None if there is none."""
    if match := _AND_PART.match(p.text, whole.end):
        part = _named(NUMBER_WORDS.get(match["over"], 1), match["under"])
        return _mixed(whole, part, match.end()) if part else whole.refused("run", match.end())
    match = _DENOMINATOR.match(p.text, whole.end)
    if match is None:
        return None
    end = match.end()
    value = whole.numeral.low
    part = None if value is None or value.denominator > 1 or value > 9 else _named(int(value), match["under"])
    if _OF_TIME.match(p.text, end) or (match["gap"] == " " and not _OF.match(p.text, end)):
        return whole.refused("ordinal", end)
    return whole.valued(part, end) if part else whole.refused("run", end)


def _named(over: int, under: str) -> Fraction | None:
    """Two, thirds: plural just where there is more than one."""
    sound = 0 < over < _DENOMINATORS[under] and under.endswith("s") == (over > 1)
    return Fraction(over, _DENOMINATORS[under]) if sound else None


def _mixed(whole: Number, part: Fraction, end: int) -> Number:
    low = whole.numeral.low
    if whole.reason or low is None or low.denominator > 1 or whole.numeral.more or whole.numeral.scaled:
        return whole.refused("run", end)
    return whole.valued(low + part, end)


def _quotient(match: re.Match[str]) -> Fraction | None:
    over, under = int(match[1]), int(match[2])
    return Fraction(over, under) if 0 < over < under and not match[1].startswith("0") else None


def _out_of(p: Passage, under: Number) -> Number:
    """三分之二."""
    match = RUN.match(p.text, under.end + len(_OUT_OF))
    if match is None:
        return under.refused("run")
    over, whole, end = read_run(match[0], p.region), under.numeral.low, match.end()
    if under.reason or over.reason or over.more or not over.low or not whole or over.low >= whole:
        return under.refused(over.reason or "run", end)
    return Number(exactly(over.low / whole), under.start, end, words=True, fraction=True)
