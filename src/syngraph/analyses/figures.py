"""The figures of a run: what is asked, under which plan, of which days, by which statistic, and the number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from syngraph.analyses.periods import Period, whole
from syngraph.analyses.study import CheckResult, PlanRun
from syngraph.graph.kinds import Kind
from syngraph.ir.program import Fold
from syngraph.model.asked import Asked, CheckOf, Statistic, asked_of, text_of
from syngraph.run.results import Pair, Series

__all__ = ["Figure", "Figures", "Fold", "Pair", "Series", "Statistic", "apart", "check_figure", "found"]

APART = 0.1
"""How far a mean may be from a median, as a share of it, before both are told."""

SINGLE = 1e-7
"""What is left of a value, as a share of it, when it is kept in single precision, as quantiles are."""

SUMMED = ("flow", "run")

OVER = {
    Fold.YEAR_SUM: "flow",
    Fold.CUMULATIVE: "flow",
    Fold.YEAR_MEAN: "mean",
    Fold.YEAR_RATIO: "ratio",
    Fold.YEAR_END: "level",
    Fold.SEGMENT: "level",
    Fold.TOTAL: "run",
    Fold.FINAL: "",
}


def found(run: PlanRun, asked: Asked, fold: Fold) -> Series | None:
    """A series of a run, if it has it."""
    return run.result.found(text_of(asked), fold)


def apart(mean: float, median: float) -> bool:
    """Whether a mean is so far from the median that it must stand beside it."""
    return abs(mean - median) > APART * abs(median)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a plan with all that names it.

    `over` is what of its period it is: the `flow`, the `mean`, the `ratio` of two amounts in it, the `level` at its
    end, the present value of the whole `run`; nothing for what has no period. `value` is by the statistic: the median,
    a truth's share of the paths, or a mean. It is of `paths` many paths; of none, and there is no number. `happens` is
    the share of all paths on which an event has its day.
    """

    asked: Asked
    plan: str
    period: Period | None
    over: str
    unit: str
    statistic: Statistic
    value: float | None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    central: float | None = None
    paths: int = 0
    happens: float | None = None

    @property
    def name(self) -> str:
        """The name of its series."""
        return text_of(self.asked)

    @property
    def part(self) -> bool:
        """Whether it is of a part of its calendar year only."""
        if self.period is None:
            return False
        first, last = self.period.first, self.period.last
        begun = self.over != "level" and first.year == last.year and (first.month, first.day) != (1, 1)
        return begun or (last.month, last.day) != (12, 31)

    @property
    def sure(self) -> bool:
        """Whether every path says the same."""
        return self.low is not None and self.low == self.high == self.value == self.mean

    @property
    def with_mean(self) -> bool:
        """Whether the mean is told beside the median: where it is far from it, and of what is summed up; of no day."""
        if self.statistic is not Statistic.MEDIAN or self.mean is None or self.value is None or self.unit == "date":
            return False
        return not self.sure and (self.over in SUMMED or apart(self.mean, self.value))


def statistic_of(unit: str) -> Statistic:
    """What a figure in a unit says: of a truth the share of the paths on which it is so, else the median."""
    return Statistic.SHARE if unit == "truth" else Statistic.MEDIAN


def measured(named: Figure, mean: float, quantiles: Sequence[float]) -> Figure:
    """A figure with its numbers, from the mean and the quantiles of its paths."""
    if named.statistic is Statistic.SHARE:
        return replace(named, value=mean)
    low, median, high = quantiles[0], quantiles[len(quantiles) // 2], quantiles[-1]
    if low == high and abs(mean - low) <= SINGLE * abs(low):  # the same on every path, as exact as the mean is
        low = median = high = mean
    return replace(named, value=median, low=low, high=high, mean=mean)


class Figures:
    """The figures of a run. It lives for one answer."""

    def __init__(self, run: PlanRun) -> None:
        self.run = run
        program = run.compiled.program
        segments = program.segments if program is not None else ()
        self.days: dict[int, Period] = {}
        for year in {s.year for s in segments}:
            self.days[year] = whole([s for s in segments if s.year == year])
        self.whole = whole(segments) if segments else None
        outputs = program.outputs if program is not None else ()
        ends = {(o.name, o.fold): segments[o.segment] for o in outputs if o.fold is Fold.SEGMENT}
        self.ends = {key: whole([segment]) for key, segment in ends.items()}
        facts = {f.head.name for f in run.case.facts}  # a quotient may be a constant by its kind and still change
        self.constants = {q.name for q in run.compiled.quantities if q.kind is Kind.CONSTANT and q.name in facts}
        self.units = {q.unit for q in run.compiled.quantities} | {e.head.name for e in run.case.events}

    def found(self, asked: Asked, fold: Fold, column: int = -1) -> Figure | None:
        """The figure of what is asked, if the run has it."""
        series = found(self.run, asked, fold)
        return None if series is None else self.of(series, column)

    def all(self, series: Series) -> Iterator[Figure]:
        """The figures of a series, a column each."""
        yield from (self.of(series, i) for i in range(len(series.used)))

    def of(self, series: Series, column: int = -1) -> Figure:
        """The figure in a column of a series, by default the last."""
        constant = series.name in self.constants
        asked = asked_of(series.name, self.units)
        over = "" if constant else OVER[series.fold]
        period = None if constant else self._period(series, column)
        named = asked, self.run.case.plan, period, over, series.unit, statistic_of(series.unit)
        paths = int(series.used[column])
        if not paths:
            return Figure(*named, None)
        quantiles = tuple(float(q) for q in series.quantiles[column])
        central = float(self.run.central.get(series.name, series.fold)[column])
        return measured(Figure(*named, None, central=central, paths=paths), float(series.mean[column]), quantiles)

    def _period(self, series: Series, column: int) -> Period | None:
        """The days a column is of."""
        if series.fold is Fold.SEGMENT:
            own = self.ends.get((series.name, series.fold))
            return None if own is None else own.end
        year = self.days[series.columns[column]] if series.columns else None
        return days_of(series.fold, year, self.whole)


def days_of(fold: Fold, year: Period | None, whole: Period | None) -> Period | None:
    """The days a column is of: its own, the end of its last, all up to its last, or the whole run."""
    if year is None or whole is None:
        return whole if fold is Fold.TOTAL else None
    match fold:
        case Fold.YEAR_END:
            return year.end
        case Fold.CUMULATIVE:
            return Period(whole.first, year.last)
        case _:
            return year


def check_figure(check: CheckResult) -> Figure | None:
    """The figure that decided a check: the share of paths on which it holds, or the mean that keeps a limit."""
    if check.figure is None:
        return None
    statistic = Statistic.SHARE if check.shared else Statistic.MEAN
    named = CheckOf(check.name), check.plan, None, "", check.unit, statistic
    return Figure(*named, check.figure, paths=check.used or 0)
