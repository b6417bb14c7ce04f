"""A number in a text, read whole from where it starts: figures, numerals or words with their fraction and magnitude."""

import re
from dataclasses import replace

from syngraph.evidence.mentions import fractional, halves, magnitudes
from syngraph.evidence.mentions.number import Number, exactly
from syngraph.evidence.mentions.numerals import Numeral, read_run, read_words
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.runs import GROUPS_BEHIND, NEXT_NUMBER, RUN, WORDS, guarded

_FIGURES = re.compile(r"\d", re.ASCII)
_ODD = re.compile(
    r"(?:\+|[ -]odd(?![a-z])|-plus(?![a-z])| and (?:a|one) (?:half|third|quarter)(?![a-z]))"
    rf"(?=[ -]?(?:{'|'.join(magnitudes.WORDS)}|bn|mn|tn|m|b|k|[a-z]+)(?![a-z]))"
)
_HAN = re.compile(r"[\u3007\u4e00-\u9fff]")


def figure(p: Passage, at: int, floor: int) -> Number | None:
    """The number that starts at `at`; what stands before `floor` has been read."""
    if part := halves.half(p, at, floor):
        return part
    if match := RUN.match(p.text, at):
        run = match[0]
        found = Number(read_run(run, p.region), at, match.end(), words=not _FIGURES.search(run))
        if groups := GROUPS_BEHIND.match(p.text, found.end):
            return _scaled(p, found.refused("spaces", groups.end()))
        return guarded(p, _odd(p, _scaled(p, fractional.behind(p, found) or _odd(p, found))), floor)
    if vulgar := p.fraction(at):
        return _scaled(p, Number(exactly(vulgar[0]), at, vulgar[1], fraction=True))
    if match := WORDS.match(p.text, at):
        spelled = Number(read_words(match[0]), at, match.end(), words=True)
        if part := fractional.behind_words(p, spelled):
            return _scaled(p, part)
        return spelled.refused("run") if NEXT_NUMBER.match(p.text, spelled.end) else _odd(p, spelled)
    return None


def _odd(p: Passage, found: Number) -> Number:
    """The number without a value if something is added to it before what it counts: 20-odd, $5+ billion."""
    match = _ODD.match(p.text, found.end)
    return found.refused("run", match.end()) if match else found


def _scaled(p: Passage, found: Number) -> Number:
    """The number with the English magnitude behind it: 13 billion, 500bn, 5m, 2½ million."""
    gap = found.end + (p.text[found.end : found.end + 1] in (" ", "-"))
    if unread := magnitudes.UNREAD.starting(p.text, gap):
        return found.refused("run", unread.end)
    word = magnitudes.LATIN.starting(p.text, gap)
    letter = None if word else magnitudes.LETTERS.starting(p.text, found.end)
    letter = letter or (None if word else magnitudes.SPACED_LETTERS.starting(p.text, gap))
    scale = word or letter
    if scale is None:
        return found
    low, end = found.numeral.low, scale.end
    goes_on = NEXT_NUMBER.match(p.text, end) and not p.parted(end - 1, end + 2)
    if low is None or goes_on or _HAN.search(p.text, found.start, found.end):
        return found.refused("run", end)
    value = low * scale.meaning
    numeral = Numeral(value, value, scaled=letter is None and scale.meaning >= 10**6)
    return replace(found, numeral=numeral, end=end, letter=letter is not None, scale=scale.meaning, fraction=False)
