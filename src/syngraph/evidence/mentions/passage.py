"""A text ready for reading: folded, with the way back to the original, and what its region takes bare signs for."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from syngraph.evidence.folding import BLANK_LINE, fold

_FILLER = "\uffff"
_SLASH = "\u2044"  # what NFKC puts into ½
_VULGAR = {
    character: Fraction(numerator, denominator)
    for character, numerator, denominator in (
        *(("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5)),
        *(("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅐", 1, 7), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8)),
        *(("⅑", 1, 9), ("⅒", 1, 10)),
    )
}
_VULGAR_FRACTION = re.compile(f"[{''.join(_VULGAR)}]{_FILLER}*")
_GROUPED = frozenset({"zh", "en", "ja"})
_BREAK = re.compile(r"[\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The folded text, in which ½ is still one sign; character i stands for original[starts[i]:ends[i]]."""

    text: str
    original: str = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)
    region: str
    grouped: bool  # whether 1,000 is a thousand and 1.000 is one, as in Chinese and English
    names: tuple[tuple[int, int], ...] = ()

    def written(self, start: int, end: int) -> str:
        """What the original has for the folded [start, end)."""
        return self.original[self.starts[start] : self.ends[min(end, len(self.ends)) - 1]] if start < end else ""

    def original_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the folded [start, end) stands in the original; None if it parts what was one character."""
        if start >= end or self._parts(start) or self._parts(end):
            return None
        return self.starts[start], self.ends[end - 1]

    def _parts(self, at: int) -> bool:
        return 0 < at < len(self.starts) and self.starts[at] == self.starts[at - 1]

    def fraction(self, at: int) -> tuple[Fraction, int] | None:
        """The vulgar fraction at `at`, and its end."""
        match = _VULGAR_FRACTION.match(self.text, at)
        return (_VULGAR[match[0][0]], match.end()) if match else None

    def broken(self, start: int, end: int) -> bool:
        """Whether a line ends inside the folded [start, end)."""
        return bool(_BREAK.search(self.written(start, end)))

    def parted(self, start: int, end: int) -> bool:
        """Whether a paragraph ends inside the folded [start, end)."""
        return bool(BLANK_LINE.search(self.written(start, end).replace("\r\n", "\n")))

    def touching(self, at: int) -> bool:
        """Whether nothing, no white space either, stood in the original before the folded character `at`."""
        return 0 < at < len(self.text) and self.ends[at - 1] == self.starts[at]

    def plain_digits(self, start: int, end: int) -> bool:
        """Whether every figure was written as a figure: the 2 of 5² and of ② was not."""
        return all(
            not self.text[at].isdecimal() or unicodedata.decimal(self.original[self.starts[at]], None) is not None
            for at in range(start, end)
        )


def passage(text: str, *, language: str, region: str, names: Sequence[str] = ()) -> Passage:
    """`text` made ready; figures inside `names` belong to them."""
    folded = fold(text)
    grouped = language.partition("-")[0].lower() in _GROUPED
    plain = _with_vulgar_fractions(folded.text, text, folded.starts)
    return Passage(plain, text, folded.starts, folded.ends, region, grouped, tuple(sorted(_places(plain, names))))


def _with_vulgar_fractions(folded: str, original: str, starts: Sequence[int]) -> str:
    """The folded text with ½ in the place of 1⁄2, filled up so that no position moves: 66½ is not 661⁄2."""
    pieces, copied, at = list[str](), 0, folded.find(_SLASH)
    while at >= 0:
        first, last = at, at + 1
        while first and starts[first - 1] == starts[at]:
            first -= 1
        while last < len(folded) and starts[last] == starts[at]:
            last += 1
        sign = original[starts[at]]
        if sign in _VULGAR:
            pieces += (folded[copied:first], sign.ljust(last - first, _FILLER))
            copied = last
        at = folded.find(_SLASH, last)
    return "".join((*pieces, folded[copied:]))


def _places(folded: str, names: Sequence[str]) -> set[tuple[int, int]]:
    found = set()
    for name in {fold(name).text for name in names} - {""}:
        at = folded.find(name)
        while at >= 0:
            found.add((at, at + len(name)))
            at = folded.find(name, at + len(name))
    return found
