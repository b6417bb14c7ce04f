"""What a text mentions: a quantity, a date, or what looks like one and has no value here."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from syngraph.base.dates import Interval


class Kind(Enum):
    """What is mentioned; the last three have no value."""

    QUANTITY = "quantity"
    DATE = "date"
    DURATION = "duration"  # twelve years, 五年: so long, whenever it begins
    COUNT = "count"  # 40 representatives: so many of what base/units has no unit for
    FISCAL = "fiscal"  # FY2025: a label until its party declares when its year ends
    RELATIVE = "relative"  # 去年, 每二年, ten business days: no date and no length of its own
    UNPARSED = "unparsed"  # a quantity or date that cannot be read surely; the reason says why


@dataclass(frozen=True, slots=True)
class Range:
    """Everything from `low` to `high`."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: original text[start:end], positions in code points.

    A quantity has its value in `unit` (spelled as in base/units; empty for a plain number), a duration its length in
    years, months, weeks or days as written, a count how many of its `noun` as it stands, a date its days and how it is
    meant (`on in since before until after`).

    flags: `carried` the currency is that of the amount before · `per_year` the clause speaks of a year · `multiple` 倍
    or times · `fraction` · `twice` words and figures that agree · `bounds-disagree` the first of two limits is kept ·
    `part` the early, middle or late part of the days · `no-year`, `season`, `symbolic` (counted from an event) say what
    a relative date lacks.

    reason, of what is unparsed: `run` figures and numerals that make no one number · `separators`, `spaces`,
    `line-break`, `slash`, `sign`, `raised`, `language`, `too-long` doubt about the figures · `list` may share the next
    number's magnitude · `range` no clear edges · `currency`, `region`, `per` the unit is not sure ·
    `number-words-disagree` · `bound-unsure` a limit further off may be
    meant for it · `era`, `no-such-day`, `day-or-month` a date that names no one day.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Fraction | Range | None = None
    unit: str = ""
    noun: str = ""
    bound: str = "exact"
    days: Interval | None = None
    span: str = ""
    flags: frozenset[str] = frozenset()
    reason: str = ""
