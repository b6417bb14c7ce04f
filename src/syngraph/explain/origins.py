"""A number and everything it rests on, down to the sentence or the reason."""

from dataclasses import dataclass
from datetime import date

from syngraph.analyses.course import Along, Stretch, TierAlong
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
class TierRow:
    """What a party gets of a tier: its weight at the end, its target if it has one, what its account had, what comes.

    Of a level it is that at the end of the period: `before` is what the party has of the tiers before.
    """

    tier: str
    party: str
    weight: float
    target: float | None
    before: float | None
    paid: float
    unit: str


@dataclass(frozen=True, slots=True)
class Worked:
    """What a value is recomputed from: itself in each stretch, a decision's outcomes, a waterfall's pot and tiers.

    `rows` sum up the tiers for the period; `rule` is the function of a formula that is a call with a memory;
    `day` that on which an event has happened by the end of the period.
    `missing` are keys of the `[explain.missing]` words: what is not shown that the formula needs.
    """

    along: Along | None = None
    outcomes: tuple[tuple[str, Along], ...] = ()
    pot: Along | None = None
    tiers: tuple[TierAlong, ...] = ()
    rows: tuple[TierRow, ...] = ()
    missing: tuple[str, ...] = ()
    rule: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class OriginNode:
    """What stands behind a name, and the names it rests on (`below`).

    `kind`: fact, assumption, measure, payment, waterfall, dependence, event, check, total…; `part` of a formula.
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
    worked: Worked = Worked()


@dataclass(frozen=True, slots=True)
class Path:
    """The stretches in which the central path goes through a period.

    `finer`: it stops more often than that of a run, so that its figures differ by what curves within a stretch.
    """

    stretches: tuple[Stretch, ...] = ()
    finer: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked for, first, then all it rests on, each name once; and the central path of the period.

    `stops` are where it stops for what was asked for. All under one plan.
    """

    nodes: tuple[OriginNode, ...]
    stops: tuple[CentralStop, ...] = ()
    plan: str = ""
    path: Path = Path()

    @property
    def root(self) -> OriginNode:
        """What was asked for."""
        return self.nodes[0]
