"""The results of a plan as an xarray dataset, for whoever goes on with them in Python."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from syngraph.analyses.compare import Difference
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
    variables = {name: variable for series in run.result.series for name, variable in _variables(series, run)}
    return _made(variables, _coordinates(run.result), asdict(stamp(study, run)))


def differences_dataset(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference]) -> "xarray.Dataset":
    """What two plans differ by, over `quantity` (by name, `NAME@DATE` in a period) and `quantile`, each with its unit.

    `first` and `second` are the means of the plans, `difference` their difference, `range` its quantiles, `error` its
    standard error, `first_higher` and `second_higher` shares of the paths. Readings tried stand in `under`.
    """
    shares = list(ends[0].result.shares)
    pairs = [row.pair for row in rows]
    blank = [math.nan] * len(shares)
    variables: dict[str, Variable] = {
        "unit": (("quantity",), [row.what.unit for row in rows], {}),
        "under": (("quantity",), [": ".join(row.under or ()) for row in rows], {}),
        "first": (("quantity",), [p.means[0] if p else math.nan for p in pairs], {"plan": ends[0].case.plan}),
        "second": (("quantity",), [p.means[1] if p else math.nan for p in pairs], {"plan": ends[1].case.plan}),
        "difference": (("quantity",), [p.difference if p else math.nan for p in pairs], {}),
        "range": (("quantity", "quantile"), [list(p.quantiles) if p else blank for p in pairs], {}),
        "error": (("quantity",), [p.error if p else math.nan for p in pairs], {}),
        "first_higher": (("quantity",), [p.first_higher if p else math.nan for p in pairs], {}),
        "second_higher": (("quantity",), [p.second_higher if p else math.nan for p in pairs], {}),
        "paths": (("quantity",), [p.used if p else 0 for p in pairs], {}),
    }
    about = asdict(stamp(study, ends[0])) | {"plan": ", ".join(e.case.plan for e in ends)}
    about["sha256"] = ", ".join(e.result.sha256 for e in ends)
    return _made(variables, {"quantity": [row.what.asked_as for row in rows], "quantile": shares}, about)


def _made(
    variables: Mapping[str, Variable], coords: Mapping[str, Sequence[object]], about: Mapping[str, object]
) -> "xarray.Dataset":
    try:
        import xarray
    except ImportError as problem:
        raise MissingExtra("data") from problem
    return xarray.Dataset(variables, coords=coords, attrs=about)


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
