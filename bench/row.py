"""A row of the table: what was measured, the figure, its bar, and what there is to say."""

from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """The limit a figure has to keep."""

    side: Literal["≤", "≥"]
    limit: float

    def met(self, figure: float) -> bool:
        """Whether a figure keeps it."""
        return figure <= self.limit if self.side == "≤" else figure >= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """A row; without a figure the note says why there is none."""

    what: str
    figure: float | None
    unit: str
    bar: Bar | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bar is met."""
        if self.bar is None or self.figure is None:
            return ""
        return "met" if self.bar.met(self.figure) else "missed"


@dataclass(frozen=True, slots=True)
class Options:
    """How large the measured runs are."""

    paths: int = 40_000
    memory_paths: int = 100_000


def seconds(*works: Callable[[], object], least: float = 0.5) -> tuple[float, ...]:
    """The shortest time of each: of three rounds at least, and of as many as fit into `least` seconds for each.

    It is processor time, and they take turns, so that whatever else the machine does disturbs little, and all alike.
    """
    rounds: list[tuple[float, ...]] = []
    while len(rounds) < 3 or sum(map(sum, rounds)) < least * len(works):
        rounds.append(tuple(_once(work) for work in works))
    return tuple(map(min, zip(*rounds, strict=True)))


def _once(work: Callable[[], object]) -> float:
    start = _processor()
    work()
    return _processor() - start


def _processor() -> float:
    """Seconds of processor time, of this process and of those it has started and seen end."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
