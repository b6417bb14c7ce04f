"""A flat program: equations over registers, run once per path, once per segment, and once per stretch between stops."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from syngraph.base.spans import Span

Data = float | int | str | tuple[int, int] | None
NONE = -1
"""No register."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an equation comes from: the named quantity it helps to compute, and a place in the case."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """`target = op(operands)`; registers are numbered in single-assignment order."""

    target: int
    op: str
    operands: tuple[int, ...]
    data: Data
    origin: Origin


@dataclass(frozen=True, slots=True)
class State:
    """What one stretch hands to the next: its first value (a register of `once`) and its next, if it moves at all.

    Where a reporting period ends it becomes `renewed` instead, if that is given; `posted` is what sums that come where
    a stretch begins add to it. `truth`: it is a yes or no.
    """

    name: str
    first: int
    following: int = NONE
    renewed: int = NONE
    posted: int = NONE
    truth: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A comparison or bend of what varies: `truth` says on which side the gap is, over the whole stretch.

    `gap` are the registers of its start, middle and end: above 0 it is on, at 0 only if it is not `strict`; `against`
    those of what is compared with, which say how much of a gap is rounding. Where a bend (`min`, `max`) turns need not
    be met exactly. `twin` is the first switch of the same gap, itself if there is none before; `turned` whether it has
    the two sides the other way round.
    """

    truth: int
    gap: tuple[int, int, int]
    against: tuple[int, int, int]
    strict: bool
    bend: bool
    twin: int
    turned: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Window:
    """The total of a flow one window ago: the flow's start, middle and end, the state that adds it up, the years.

    Before today the total is `opening`, evenly spread over one window. Less the sums that are still inside: `posted`
    are those that come where a stretch begins and where it ends. A sum leaves as many calendar months later, if the
    window is whole months, else as many years.
    """

    flow: tuple[int, int, int]
    total: int
    years: float
    opening: int
    posted: tuple[int, int]
    origin: Origin


class Turn(Enum):
    """What happens at a moment, in this order: sums, all that are due at once, then events, one at a time."""

    SUM = 0
    EVENT = 1


@dataclass(frozen=True, slots=True)
class Jump:
    """What happens where a stretch begins and truth `due` holds: states are set. It must undo `due`.

    Of several the first happens and the others are asked again: by turn, `rank`, those whose `stands` holds (at this
    very instant), those that watch no rate, those with a `day` by it, and place in the program. All sums due at one
    moment are taken together, and with them comes what is `posted` to states, windows and outputs.
    """

    turn: Turn
    due: int
    stands: int
    rank: int
    rates: bool
    day: int
    sets: tuple[tuple[int, int], ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Closing:
    """A sum that the end of a stretch makes due, where truth `due` holds: it belongs to what ends there."""

    due: int
    origin: Origin


class Fold(Enum):
    """How the stretches of an output become columns."""

    YEAR_SUM = "sum of each year"
    YEAR_MEAN = "time-weighted mean of each year"
    YEAR_RATIO = "quotient of the sums of each year"
    YEAR_END = "value at the end of each year"
    CUMULATIVE = "running total at the end of each year"
    TOTAL = "sum of all segments"
    FINAL = "value at the end"
    SEGMENT = "value at the end of one segment"


@dataclass(frozen=True, slots=True)
class Output:
    """A series to keep: its register, fold, and unit.

    A sum adds up its register, the amount of each stretch, and `posted`, that of the sums where it begins; a quotient
    divides it by that of `over`. `where` is a truth that limits the paths counted: what it is in the last stretch.
    """

    name: str
    register: int
    fold: Fold
    unit: str = ""
    segment: int = NONE
    where: int = NONE
    over: int = NONE
    posted: int = NONE


@dataclass(frozen=True, slots=True)
class Guard:
    """A truth register that must stay false; otherwise the run stops with diagnostic `code`."""

    register: int
    code: str
    origin: Origin
    other: Origin | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """[start, end): its ends as days and as years since today, and the reporting period it lies in.

    `year` is the column its results belong to: its calendar year, unless results are asked for otherwise.
    """

    start: date
    end: date
    t0: float
    t1: float
    period: int
    year: int


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a run needs; plain data.

    `days` are registers of `once`, `enter` or states at which a path stops; `integrals` those of a stretch that add up
    what flows in it, for levels and sums: where sides are mixed, it is these that mix. `calendar` is, for each year a
    path may look ahead to, when it begins (in years since today), the length of a day and whether it is a leap year.
    """

    once: tuple[Equation, ...]
    enter: tuple[Equation, ...]
    stretch: tuple[Equation, ...]
    states: tuple[State, ...]
    switches: tuple[Switch, ...]
    days: tuple[int, ...]
    windows: tuple[Window, ...]
    jumps: tuple[Jump, ...]
    closings: tuple[Closing, ...]
    outputs: tuple[Output, ...]
    guards: tuple[Guard, ...]
    segments: tuple[Segment, ...]
    columns: tuple[str, ...]
    params: tuple[tuple[float, ...], ...]
    betas: tuple[tuple[float, float], ...]
    integrals: tuple[int, ...] = ()
    calendar: tuple[tuple[float, float, bool], ...] = ()

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All of them, in the order in which they are worked out."""
        return (*self.once, *self.enter, *self.stretch)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years it runs through."""
        return tuple(sorted({s.year for s in self.segments}))
