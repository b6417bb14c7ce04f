"""The results of a plan as rows: a series in one year, or as a whole, with all that is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from syngraph.analyses.figures import Figure, Figures, Fold
from syngraph.analyses.study import PlanRun
from syngraph.run.results import Series

MEAN, CENTRAL, PATHS = "mean", "central", "paths"


@dataclass(frozen=True, slots=True)
class Row:
    """One column of a series: its calendar year (None if it has none) and its statistics by name.

    They are the mean, the central value, the quantiles (`p5` is that of 5 %) and the number of paths counted. Where no
    path counts, the others are None.
    """

    series: str
    fold: str
    unit: str
    year: int | None
    statistics: tuple[tuple[str, float | None], ...]
    figure: Figure
    how: Fold


def rows(run: PlanRun) -> Iterator[Row]:
    """All rows of a plan, by name of the series, fold and year."""
    figures = Figures(run)
    for series in run.result.series:
        central = run.central.get(series.name, series.fold)
        for column, year in enumerate(series.columns or (None,)):
            statistics = tuple(_statistics(series, column, float(central[column]), run.result.shares))
            named = series.name, series.fold.name.lower(), series.unit, year
            yield Row(*named, statistics, figures.of(series, column), series.fold)


def _statistics(
    series: Series, column: int, central: float, shares: tuple[float, ...]
) -> Iterator[tuple[str, float | None]]:
    counted = float(series.used[column])
    quantiles = (float(q) for q in series.quantiles[column])
    names = (MEAN, CENTRAL, *map(quantile_name, shares))
    for name, value in zip(names, (float(series.mean[column]), central, *quantiles), strict=True):
        yield name, value if counted else None
    yield PATHS, counted


def quantile_name(share: float) -> str:
    """`p5` for 0.05, `p2.5` for 0.025."""
    return f"p{100 * share:.12g}"
