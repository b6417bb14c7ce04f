"""A case read, verified, compiled and run: what every answer is drawn from."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from syngraph.analyses.evidence import Evidence
from syngraph.compile.case import Compiled
from syngraph.model.case import Case
from syngraph.run.results import CentralResult, RunResult

Progress = Callable[[int, int], None]


class Tag(Enum):
    """Where a value comes from, strongest first: a verified quote (what it says in words is as its author read it),
    computed from quoted values only, or assumed."""

    QUOTED = "quoted"
    SNAPSHOT = "quoted from a snapshot"
    READ = "quoted, as read by the author"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Holding(Enum):
    """How a check stands."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check under a plan: how it stands, the figure (in `unit`) that decided it, and on how many paths it was asked.

    `shared` says that the figure is a share of the paths, else it is a mean; `at_least`, `at_most` are its limits.
    `expected` is true where a breach is what the case expects (`breaks_in`): then `failed` means it did not come.
    `reason` is a key of the word files where it is undecided. `falls_between`: the two points of an input, as shares of
    its distribution, between which a quantity that must increase with it first falls.
    """

    name: str
    plan: str
    holding: Holding
    failed: bool
    expected_breach: bool = False
    figure: float | None = None
    unit: str = ""
    used: int | None = None
    reason: str = ""
    falls_between: tuple[float, float] | None = None
    shared: bool = True
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class PlanRun:
    """One plan: its program, the simulated results, the central path, and the checks."""

    compiled: Compiled
    result: RunResult
    central: CentralResult
    checks: tuple[CheckResult, ...] = ()

    @property
    def case(self) -> Case:
        """The case under this plan."""
        return self.compiled.case


@dataclass(frozen=True, slots=True)
class Study:
    """All plans that were run, on the same draws."""

    folder: str
    texts: tuple[tuple[str, str], ...]
    runs: tuple[PlanRun, ...]
    evidence: Evidence
    paths: int
    seed: int

    @property
    def first(self) -> PlanRun:
        """The bare case, or the only plan asked for."""
        return self.runs[0]

    def plan(self, name: str) -> PlanRun | None:
        """A plan by name."""
        return next((r for r in self.runs if r.case.plan == name), None)
