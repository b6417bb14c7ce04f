"""Plans compared by checks and by `compare`: on the paths that were run, on a day, and not by what rounding leaves."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from runs import compiled
from syngraph.analyses import verdicts
from syngraph.analyses.compare import compared, differences, periods_asked
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.figures import Fold
from syngraph.analyses.periods import cuts
from syngraph.analyses.studies import run_study
from syngraph.analyses.study import Holding, Study
from syngraph.analyses.verdicts import MOST_TRIED
from syngraph.ir.prune import prune
from syngraph.run import philox
from syngraph.run.results import Place, pair_of, paired, simulate, together

PATHS = 5_000
CASE = """\
case: sums
title: Sums
currency: USD
today: 2025-01-01
simulate: {until: 2028-01-01, step: year}
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
assumptions:
  revenue: {value: "uniform(5 bn USD/year, 15 bn USD/year)", why: round}
  share: {value: 20 %, why: round}
  fixed: {value: 2 bn USD/year, why: round}
  luck: {value: "uniform(0, 1)", why: round}
measures:
  paid_in_all: {stock: "cum(deal.fee.paid, 0 USD)"}
  part: {stock: "deal.fee.paid / (over(revenue) if luck < 0.25 or date >= 2026-01-01 else over(0 USD/year))"}
events:
  early: {when: luck < 0.5 and date >= 2026-01-01}
  too_lucky: {when: luck > 2}
agreements:
  deal:
    parties: [lab, cloud]
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: share * revenue}
plans:
  plain: {title: As it is}
  flat: {title: Flat, changes: [{path: agreements.deal.terms.fee.amount, value: fixed}]}
checks:
  more: {better: cum(deal.fee.paid), plan: plain, than: flat, at_least: 40 %}
  more_if_early: {better: cum(deal.fee.paid), plan: plain, than: flat, at_least: 40 %, at: early}
  more_never: {better: cum(deal.fee.paid), plan: plain, than: flat, at_least: 40 %, at: too_lucky}
"""


def studied(*plans: str, paths: int = PATHS) -> Study:
    made = tuple(compiled(CASE).values())
    return run_study(made, folder="", plans=plans, texts=(), evidence=Evidence(), paths=paths, seed=3)


def uniform(name: str) -> np.ndarray:
    return philox.uniform(3, philox.stream_of(name), 0, 0, PATHS)


def test_a_plan_is_better_on_the_paths_on_which_it_is() -> None:
    """20 % of 5 to 15 bn against 2 bn: it is more where the revenue is above 10 bn, on half of the paths."""
    higher, early = uniform("revenue") > 0.5, uniform("luck") < 0.5
    for run in studied("plain", "flat").runs:
        found = {c.name: c for c in run.checks}
        assert (found["more"].figure, found["more"].used) == (higher.mean(), PATHS)
        assert (found["more_if_early"].figure, found["more_if_early"].used) == (higher[early].mean(), early.sum())
        assert (found["more_never"].holding, found["more_never"].reason) == (Holding.UNDECIDED, "never-asked")


def test_a_plan_that_was_run_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, tuple[str, ...]]] = []

    def counted(runs: Sequence[object], places: Sequence[Place], **how: object) -> object:
        asked.append((len(runs), tuple(p.name for p in places)))
        return together(runs, places, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(verdicts, "together", counted)
    both = {c.name: c.figure for c in studied("plain", "flat").first.checks}
    assert asked == []
    alone = {c.name: c.figure for c in studied("flat").first.checks}
    assert asked == [(1, ("check more", "check more_if_early", "check more_never"))]  # once, for all of them
    assert both == alone


def test_values_kept_of_every_path_are_those_of_a_run_for_them_alone() -> None:
    made = compiled(CASE)["plain"]
    place = Place("check more_if_early", Fold.FINAL)
    assert made.program is not None
    whole = simulate(prune(made.program), paths=PATHS, seed=3, keep=(place,))
    alone = prune(made.program, {(place.name, place.fold)})
    (kept,) = whole.kept
    expected = together([(alone, {})], (place,), paths=PATHS, seed=3)[0, 0]
    assert kept[0] == place and np.array_equal(kept[1], expected, equal_nan=True)
    assert np.array_equal(~np.isnan(kept[1]), uniform("luck") < 0.5)
    assert whole.sha256 == simulate(prune(made.program), paths=PATHS, seed=3, chunk=4096).sha256
    with pytest.raises(LookupError):
        simulate(alone, paths=10, seed=3, keep=(Place("check more", Fold.FINAL),))


def test_what_rounding_leaves_is_no_difference() -> None:
    first = np.array([1.0, 1e12, 0.0, -3.0, 5.0, np.nan])
    pair = pair_of(first, np.array([1.0 + 1e-10, 1e12 - 1.0, 0.0, -3.0 - 1e-12, 5.0 + 1e-6, 1.0]))
    assert pair is not None
    assert (pair.used, pair.first_higher, pair.second_higher, pair.ties) == (5, 0.0, 0.2, 0.8)
    assert pair.difference == pytest.approx(1e-6 / 5, rel=1e-6)


def test_increasing_is_tried_on_few_paths() -> None:
    assert MOST_TRIED == 1_024


# a day


@pytest.mark.parametrize(
    ("asked", "first", "second"),
    [
        # 20 % of 10 bn on the mean is 2 bn a year; what was paid by the end of the day
        ("paid_in_all@2025-01-01", 2e9 / 365, 2e9 / 365),
        ("paid_in_all@2026-03-01", 2e9 * (1 + 60 / 365), 2e9 * (1 + 60 / 365)),
        ("paid_in_all@2027-12-31", 6e9, 6e9),
        ("paid_in_all@2027", 6e9, 6e9),
        ("deal.fee@2026-03-01", 2e9, 2e9),  # of its reporting period
        ("share@2026-03-01", 0.2, 0.2),
    ],
)
def test_a_level_is_compared_at_the_end_of_the_day(asked: str, first: float, second: float) -> None:
    made = tuple(compiled(CASE, extra=cuts(periods_asked([asked, "share", "share@nothing"]))).values())
    study = run_study(made, folder="", texts=(), evidence=Evidence(), paths=20_000, seed=3)
    ends = study.plan("plain"), study.plan("flat")
    assert ends[0] is not None and ends[1] is not None
    wanted, unknown = compared(*ends, [asked])
    assert not unknown
    (row,) = differences(study, *ends, wanted)
    assert row.pair is not None
    assert row.pair.means[0] == pytest.approx(first, rel=0.01)  # a sample: three standard errors are 0.6 %
    assert row.pair.means[1] == pytest.approx(second, rel=1e-9)


def test_the_days_to_cut_at_are_those_after_the_days_asked_for() -> None:
    periods = periods_asked(["a@2026-03-01", "b@2026", "c", "d@2026-Q1", "e@soon"])
    assert cuts(periods) == (date(2026, 3, 2),)


# quotients


def test_a_quotient_counts_in_each_year_the_paths_on_which_it_divides_by_something() -> None:
    """In the first year a quarter of the paths have a denominator, later all; 20 % wherever there is one."""
    series = studied("plain").first.result.get("part", Fold.YEAR_RATIO)
    lucky = int((uniform("luck") < 0.25).sum())
    assert series.columns == (2025, 2026, 2027)
    assert series.used.tolist() == [lucky, PATHS, PATHS]
    np.testing.assert_allclose(series.mean, 0.2, rtol=1e-12)
    np.testing.assert_allclose(series.quantiles, 0.2, rtol=1e-6)


def test_a_quotient_pairs_the_paths_that_have_it() -> None:
    made = compiled(CASE)
    programs = [p for name in ("plain", "flat") if (p := made[name].program) is not None]
    lucky = int((uniform("luck") < 0.25).sum())
    for column, used in ((0, lucky), (1, PATHS), (-1, PATHS)):
        pair = paired(programs, name="part", fold=Fold.YEAR_RATIO, paths=PATHS, seed=3, column=column)
        assert pair.used == used
