"""Results as rows, as a dataset and as a Parquet table agree with closed forms and with each other."""

import io
import math
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest

from syngraph.analyses.dataset import dataset
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.rows import Row, quantile_name, rows
from syngraph.analyses.stamps import stamp
from syngraph.analyses.studies import compiled_plans, run_study
from syngraph.analyses.study import Study
from syngraph.base.errors import MissingExtra
from syngraph.base.version import VERSION
from syngraph.load.case import load_texts
from syngraph.present.parquet import parquet

CASE = """\
case: sums
title: Sums
currency: USD
today: 2025-01-01
simulate: {until: 2028-01-01, step: year}
discount: 0 %
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
assumptions:
  share: {value: "uniform(10 %, 30 %)", why: round}
events:
  miracle: {when: share > 40 %, why: made up}
agreements:
  deal:
    parties: [lab, cloud]
    why: made up
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: share * 10 bn USD/year, why: made up}
plans:
  less: {title: Less, changes: [{path: assumptions.share.value, value: 10 %}]}
"""
PATHS, SEED = 1_000, 5


@pytest.fixture(scope="module")
def study() -> Study:
    return made(CASE)


def made(text: str) -> Study:
    loaded = load_texts([("case.yaml", text)])
    compiled, found = compiled_plans(loaded.cases)
    assert not (*loaded.diagnostics, *found)
    return run_study(compiled, folder="", texts=loaded.texts, evidence=Evidence(), paths=PATHS, seed=SEED)


def table(study: Study, plan: str) -> dict[tuple[str, str, int | None], dict[str, float | None]]:
    run = study.plan(plan)
    assert run is not None
    return {(r.series, r.fold, r.year): dict(r.statistics) for r in rows(run)}


def test_a_sure_payment_is_the_same_in_every_statistic(study: Study) -> None:
    """10 % of 10 bn in each of three years of 365 days."""
    found = table(study, "less")
    for i, year in enumerate((2025, 2026, 2027)):
        flow, total = found["deal.fee.paid", "year_sum", year], found["deal.fee.paid", "cumulative", year]
        assert flow.pop("paths") == total.pop("paths") == PATHS
        assert flow == {s: pytest.approx(1e9) for s in ("mean", "central", "p5", "p25", "p50", "p75", "p95")}
        assert list(total.values()) == pytest.approx([(i + 1) * 1e9] * 7)
    assert found["present_value(deal.fee.paid)", "total", None]["mean"] == pytest.approx(3e9)


def test_a_payment_drawn_evenly_has_the_quantiles_of_its_distribution(study: Study) -> None:
    """Of 1,000 even draws a quantile errs by less than 5 x sqrt(q (1 - q) / n) of the width, which is 2 bn."""
    found = table(study, "base")["deal.fee.paid", "year_sum", 2026]
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        near = 5 * math.sqrt(share * (1 - share) / PATHS) * 2e9
        assert found[quantile_name(share)] == pytest.approx(1e9 + share * 2e9, abs=near)
    assert found["central"] == pytest.approx(2e9)


def test_what_never_happens_has_no_day(study: Study) -> None:
    found = table(study, "base")["date(miracle)", "final", None]
    assert found.pop("paths") == 0
    assert set(found.values()) == {None}
    days = dataset(study, study.first)
    assert days["date(miracle).final.paths"] == 0
    assert np.isnan(days["date(miracle).final"]).all() and np.isnan(days["date(miracle).final.mean"])


def test_a_dataset_has_the_rows_by_year_and_share_with_units_and_the_stamp(study: Study) -> None:
    found = dataset(study, study.first)
    paid = found["deal.fee.paid.year_sum"]
    assert paid.dims == ("time", "quantile")
    assert (paid.attrs["units"], paid.attrs["fold"]) == ("USD", "sum of each year")
    assert found["time"].values.tolist() == [2025, 2026, 2027]
    assert found["present_value(deal.fee.paid).total"].dims == ("quantile",)
    for row in rows(study.first):
        for name, value in row.statistics:
            assert at(found, row, name) == (pytest.approx(value, rel=1e-15) if value is not None else approx_nan())
    kept = {"case": "sums", "plan": "base", "paths": PATHS, "seed": SEED, "version": VERSION, "today": "2025-01-01"}
    assert found.attrs.items() >= kept.items()
    assert found.attrs["sha256"] == study.first.result.sha256


def at(found, row: Row, statistic: str) -> float:
    """What a dataset says where a row stands."""
    name = f"{row.series}.{row.fold}"
    shares = {quantile_name(q): q for q in (0.05, 0.25, 0.5, 0.75, 0.95)}
    one = found[name].sel(quantile=shares[statistic]) if statistic in shares else found[f"{name}.{statistic}"]
    return float(one if row.year is None else one.sel(time=row.year))


def approx_nan():
    return pytest.approx(math.nan, nan_ok=True)


def test_a_dataset_goes_to_a_file_and_back(study: Study) -> None:
    found = dataset(study, study.first)
    again = type(found).from_dict(found.to_dict())
    assert again.identical(found)


def test_a_table_has_a_row_a_statistic_and_the_stamp(study: Study) -> None:
    run = study.plan("less")
    assert run is not None
    kept = stamp(study, run)
    read = pq.read_table(io.BytesIO(parquet(rows(run), kept)))
    assert read.column_names == ["plan", "series", "fold", "unit", "year", "statistic", "value"]
    expected = [
        ("less", r.series, r.fold, r.unit, r.year, name, value) for r in rows(run) for name, value in r.statistics
    ]
    assert [tuple(row.values()) for row in read.to_pylist()] == expected
    about = {k.decode(): v.decode() for k, v in read.schema.metadata.items()}
    assert about["syngraph.seed"] == "5" and about["syngraph.plan"] == "less"
    assert about["syngraph.inputs"] == kept.inputs and about["syngraph.format_version"] == "1.0"


def test_the_digest_of_the_inputs_is_that_of_names_and_texts(study: Study) -> None:
    inputs = stamp(study, study.first).inputs
    assert stamp(made(CASE), study.first).inputs == inputs
    assert stamp(made(CASE.replace("title: Sums", "title: Summe")), study.first).inputs != inputs


@pytest.mark.parametrize("package", ["xarray", "pyarrow"])
def test_without_the_extra_it_is_named(study: Study, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install 'syngraph\[data\]'"):
        if package == "xarray":
            dataset(study, study.first)
        else:
            parquet(rows(study.first), stamp(study, study.first))


@pytest.mark.parametrize(("share", "name"), [(0.05, "p5"), (0.5, "p50"), (0.025, "p2.5"), (0.07, "p7")])
def test_a_quantile_is_named_in_percent(share: float, name: str) -> None:
    assert quantile_name(share) == name
