"""A number and everything it rests on, down to the sentence or the reason."""

from dataclasses import dataclass

from syngraph.analyses.study import Tag
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A quote with its source, its verdict (a key of the `[statuses]` words) and the place in the source.

    `agrees` are the fields of its record that say what it says.
    """

    source: str
    quote: str
    status: str
    snapshot: str = ""
    line: int = 0
    column: int = 0
    agrees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in the units of its dimension (`unit` as outputs carry it), central, with its simulated range.

    `over` is what of a period it is: its `flow`, its `mean`, the `level` at its end; `run` is a total of all periods.
    """

    central: float | None
    low: float | None
    high: float | None
    unit: str
    text: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How an ambiguous place of a record is read, and the readings it has."""

    use: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginNode:
    """One step of an explanation.

    `kind` is a key of the words: fact, assumption, measure, payment, waterfall, dependence, event, right, party…
    `own` is the record's own tag, `weakest` that of it and all below; `repeated` says its parts were shown above.
    `beside` are the parties it names that stand not in its quotes but in the sentences around them.
    """

    name: str
    kind: str
    title: LocalText | None
    span: Span
    expression: str
    figure: Figure | None
    own: Tag
    weakest: Tag
    bound: str = "exact"
    readings: tuple[ReadAs, ...] = ()
    quotes: tuple[QuoteShown, ...] = ()
    whys: tuple[tuple[str, str], ...] = ()
    children: tuple["OriginNode", ...] = ()
    repeated: bool = False
    beside: tuple[str, ...] = ()
