"""A number and everything it rests on, down to the sentence or the reason."""

from dataclasses import dataclass

from syngraph.analyses.figures import Figure
from syngraph.analyses.stops import CentralStop
from syngraph.analyses.study import Tag
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.model.asked import Asked


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
class ReadAs:
    """How an ambiguous place of a record is read, and the readings it has."""

    use: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginNode:
    """What stands behind a name, and the names it rests on (`below`).

    `kind` is a key of the words: fact, assumption, measure, payment, waterfall, dependence, event, check, total…
    `own` is the record's own tag, `weakest` that of it and all below; `asked` are the series it stands for. `beside`
    are the parties it names that stand not in its quotes but in the sentences around them.
    """

    name: str
    kind: str
    span: Span
    own: Tag
    weakest: Tag
    title: LocalText | None = None
    expression: str = ""
    figure: Figure | None = None
    bound: str = "exact"
    readings: tuple[ReadAs, ...] = ()
    quotes: tuple[QuoteShown, ...] = ()
    whys: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked for, first, then all it rests on, each name once; and where the central path stops on the way.

    All under one plan.
    """

    nodes: tuple[OriginNode, ...]
    stops: tuple[CentralStop, ...] = ()
    plan: str = ""

    @property
    def root(self) -> OriginNode:
        """What was asked for."""
        return self.nodes[0]
