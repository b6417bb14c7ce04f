"""A flat program: equations over registers, run once per path and once per segment."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from syngraph.base.spans import Span

Data = float | int | str | tuple[int, int] | None


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
    """What one segment hands to the next: its first value (a register of `once`) and its next (of `step`).

    `kept` if every segment's start value stays readable by `past`.
    """

    name: str
    first: int
    following: int
    kept: bool = False


class Fold(Enum):
    """How an output's segments become columns."""

    YEAR_SUM = "sum of each year"
    YEAR_MEAN = "time-weighted mean of each year"
    YEAR_END = "value at the end of each year"
    CUMULATIVE = "running total at the end of each year"
    TOTAL = "sum of all segments"
    FINAL = "value at the end"
    SEGMENT = "value in one segment"


@dataclass(frozen=True, slots=True)
class Output:
    """A series to keep: its register, fold, and unit; `where` is a truth register that limits the paths counted."""

    name: str
    register: int
    fold: Fold
    unit: str = ""
    segment: int = -1
    where: int = -1


@dataclass(frozen=True, slots=True)
class Guard:
    """A truth register that must stay false; otherwise the run stops with diagnostic `code`."""

    register: int
    code: str
    origin: Origin
    other: Origin | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """[start, end): its ends as days and as years since today, and the reporting period it lies in."""

    start: date
    end: date
    t0: float
    t1: float
    period: int
    year: int


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a run needs; plain data."""

    once: tuple[Equation, ...]
    step: tuple[Equation, ...]
    states: tuple[State, ...]
    outputs: tuple[Output, ...]
    guards: tuple[Guard, ...]
    segments: tuple[Segment, ...]
    columns: tuple[str, ...]
    params: tuple[tuple[float, ...], ...]
    betas: tuple[tuple[float, float], ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years it runs through."""
        return tuple(sorted({s.year for s in self.segments}))
