"""One number with its unit, as it stands in a text, and what an amount is per."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.evidence.mentions import units
from syngraph.evidence.mentions.number import Number
from syngraph.evidence.mentions.passage import Passage

_MOST_PER = 2
_FOR_EACH = re.compile(r",? for (?:each|every) (?!share(?![a-z]))")


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
    noun: str = ""

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


def per(p: Passage, read: Part) -> Part:
    """The amount with what it is per: a share, a gigawatt, a year."""
    if _FOR_EACH.match(p.text, read.end):
        return replace(read, doubt=read.doubt or "per")
    for _ in range(_MOST_PER):
        gap = read.end + (p.text[read.end : read.end + 1] in (" ", "-"))
        found = units.PER.starting(p.text, gap)
        if found is None:
            return read
        read = per_one(replace(read, end=found.end), found.meaning)
    return read


def per_one(read: Part, unit: str) -> Part:
    if unit == "year":
        return replace(read, flags=read.flags | {"per_year"})
    if not unit or read.unit in ("", "%", "pp", None) or read.duration:
        return replace(read, doubt=read.doubt or "per")
    return replace(read, unit=f"{read.unit}/{unit}")
