"""A half, a third or a quarter in words: half a million, a third of the proceeds, 一半, 過半數."""

import re
from fractions import Fraction

from syngraph.evidence.mentions import magnitudes
from syngraph.evidence.mentions.number import Number, exactly
from syngraph.evidence.mentions.numerals import Numeral
from syngraph.evidence.mentions.passage import Passage

_UNDER = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
STARTS = tuple(_UNDER)

_SCALES = "|".join(magnitudes.WORDS)
_OF_A_MAGNITUDE = re.compile(rf"half[ -](?:an?[ -])?(?P<scale>{_SCALES})(?![a-z])")
_HALF_A = re.compile(r"half an?(?= (?:percent|per cent|percentage point|year|share)(?![a-z]))")
_WHOLE = r"(?:the|its|their|our|his|her|your|all|such|any|each|every)(?![a-z])"
_OF_TIME = (
    r"(?! (?:(?:the|its|their|our|each|such|every) )?(?:(?:fiscal|calendar|financial) )?"
    r"(?:year|quarter|month|day|week|hour|decade|century))"
)
_HALF_OF = re.compile(rf"half(?: of)?{_OF_TIME}(?= {_WHOLE})")
_PART_OF = re.compile(rf"(?P<under>{'|'.join(STARTS)}) of{_OF_TIME}(?= {_WHOLE})")
_ARTICLE = re.compile(r"(?:^|[^a-z])(an? )$")
_IN_ORDER = re.compile(
    r"(?<![a-z])(?:first|second|third|fourth|latter|former|other|last|next|back|front|early|late|better)[ -]$"
)

_NOT_TIME = "(?![年個个月天日小導导夜路信點点])"
_HAN_HALF = re.compile(f"(?:一半|半數|半数){_NOT_TIME}")
_MORE_THAN_HALF = re.compile(f"(?<![超透經经通度])[過过](?:一半|半數|半数|半){_NOT_TIME}")
_HAN_STARTS = ("一半", "半", "過", "过")
# Most, but who knows how much: 大半數. A denial: 未過半. Half of something said before: 兩年半數.
_HAN_UNSURE = re.compile("[大多太泰小前後后上下第另折減减各百十千萬億两兩]$")
_DENIED = re.compile("(?:未|不|沒有?|没有?|並非|并非|非|難以?|难以?|無法|无法)能?$")


def half(p: Passage, at: int, floor: int) -> Number | None:
    """The half, third or quarter that starts at `at`; its article before it if that is free."""
    if p.text.startswith(_HAN_STARTS, at):
        return _in_han(p, at)
    ahead = p.text[max(floor, at - 10) : at]
    if _IN_ORDER.search(ahead):
        return None
    article = _ARTICLE.search(ahead)
    start = at - len(article[1]) if article else at
    if match := _OF_A_MAGNITUDE.match(p.text, at):
        scale = magnitudes.WORDS[match["scale"]]
        value = Fraction(scale, 2)
        numeral = Numeral(value, value, scaled=scale >= 10**6)
        return Number(numeral, start, match.end(), words=True, scale=scale)
    if match := _HALF_A.match(p.text, at):
        return Number(exactly(Fraction(1, 2)), at, match.end(), words=True)
    match = _HALF_OF.match(p.text, at) or (_PART_OF.match(p.text, at) if article else None)
    if match is None:
        return None
    end = match.end() - 3 * match[0].endswith(" of")
    return Number(exactly(Fraction(1, _UNDER[match[0].split()[0]])), start, end, words=True, fraction=True)


def _in_han(p: Passage, at: int) -> Number | None:
    more = _MORE_THAN_HALF.match(p.text, at)
    match = more or _HAN_HALF.match(p.text, at)
    if match is None:
        return None
    ahead = p.text[max(0, at - 3) : at]
    numeral = Numeral(Fraction(1, 2), Fraction(1, 2), more=bool(more))
    found = Number(numeral, at, match.end(), words=True, fraction=True)
    if _HAN_UNSURE.search(ahead):
        return found.refused("run")
    return found.refused("bound-unsure") if more and _DENIED.search(ahead) else found
