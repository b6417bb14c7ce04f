"""A number found in a text: what it says and where it stands."""

from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.evidence.mentions.numerals import Numeral


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end); `letter`: its magnitude is a single letter; `words`: it is spelled out."""

    numeral: Numeral
    start: int
    end: int
    words: bool = False
    letter: bool = False
    fraction: bool = False
    scale: int = 1  # the magnitude behind it in words or letters

    @property
    def reason(self) -> str:
        return self.numeral.reason

    def refused(self, reason: str, end: int = 0) -> "Number":
        """The same place without a value; an earlier reason stays."""
        return replace(self, numeral=Numeral(reason=self.reason or reason), end=end or self.end)

    def valued(self, value: Fraction, end: int) -> "Number":
        """The number with a fraction read into it, up to `end`."""
        return replace(self, numeral=exactly(value), end=end, fraction=True)


def exactly(value: Fraction) -> Numeral:
    return Numeral(value, value)
