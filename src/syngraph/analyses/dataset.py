"""The results of a plan as an xarray dataset, for whoever goes on with them in Python."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from syngraph.analyses.stamps import stamp
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.errors import MissingExtra
from syngraph.run.elementary import Floats
from syngraph.run.results import RunResult, Series

if TYPE_CHECKING:
    import xarray

Variable = tuple[tuple[str, ...], object, dict[str, str]]


def dataset(study: Study, run: PlanRun) -> "xarray.Dataset":
    """Every series of a plan with its unit as an attribute, and the stamp of the run as attributes of the whole.

    A series is named with its fold: `deal.fee.paid.year_sum`, of dimensions `time` (calendar years) and `quantile` (as
    shares), or `quantile` alone. Beside it stand `….mean`, `….central` and `….paths`, without the `quantile`. Where no
    path counts, there is no number (nan). MissingExtra without xarray.
    """
    try:
        import xarray
    except ImportError as problem:
        raise MissingExtra("data") from problem
    variables = {name: variable for series in run.result.series for name, variable in _variables(series, run)}
    return xarray.Dataset(variables, coords=_coordinates(run.result), attrs=asdict(stamp(study, run)))


def _coordinates(result: RunResult) -> dict[str, list[int] | list[float]]:
    years = max((s.columns for s in result.series), key=len, default=())
    return {"time": list(years), "quantile": list(result.shares)}


def _variables(series: Series, run: PlanRun) -> Iterator[tuple[str, Variable]]:
    """The four variables of a series. A series without years loses its only column."""
    name = f"{series.name}.{series.fold.name.lower()}"
    column: slice | int = slice(None) if series.columns else 0
    over = ("time",) if series.columns else ()
    about = {"units": series.unit, "fold": series.fold.value}
    central = run.central.get(series.name, series.fold)
    yield name, ((*over, "quantile"), _known(series, series.quantiles.T).T[column], about)
    yield f"{name}.mean", (over, _known(series, series.mean)[column], about)
    yield f"{name}.central", (over, _known(series, central)[column], about)
    yield f"{name}.paths", (over, series.used[column], {"units": ""})


def _known(series: Series, values: Floats) -> Floats:
    """The values (…, columns), nan where no path counts."""
    return np.where(series.used > 0, values, np.nan)
