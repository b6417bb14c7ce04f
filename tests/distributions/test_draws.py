"""Draws against scipy: quantiles, ranks, waiting times, choices, and who is better how often."""

import math
from datetime import date

import numpy as np
import pytest
from scipy import integrate, stats

from runs import by_path, draws_of, program, programs
from syngraph.ir.program import Fold
from syngraph.ir.prune import prune
from syngraph.run.results import paired

HEAD = """
case: draws
title: Draws
currency: USD
today: 2026-02-10
simulate: {until: 2036-02-10, step: year, day_count: ACT/365F}
parties: {firm: {form: corporation}, fund: {form: corporation}}
"""
PATHS = 20_000
SCORES = [-8.0, -4.7, -3.0, -1.2815515655446004, -0.7, -0.1, 0.0, 0.3, 1.0, 1.2815515655446004, 2.5, 4.0, 7.9]

_LOG_SD = math.log(80 / 20) / (2 * stats.norm.ppf(0.9))
FAMILIES = {
    "normal(3, 2)": stats.norm(3, 2),
    "normal(-20 %, 5 %)": stats.norm(-0.2, 0.05),
    "lognormal(p10 = 20, p90 = 80)": stats.lognorm(_LOG_SD, scale=math.sqrt(20 * 80)),
    "uniform(-3, 5)": stats.uniform(-3, 8),
    "triangular(2, 3, 7)": stats.triang(0.2, 2, 5),
    "triangular(2, 2, 7)": stats.triang(0, 2, 5),
    "triangular(2, 7, 7)": stats.triang(1, 2, 5),
    "pert(5, 14, 20)": stats.beta(1 + 4 * 9 / 15, 1 + 4 * 6 / 15, loc=5, scale=15),
    "pert(5, 5, 20)": stats.beta(1, 5, loc=5, scale=15),
    "beta(2, 5)": stats.beta(2, 5),
    "beta(0.5, 0.5)": stats.beta(0.5, 0.5),
    "beta(80, 30)": stats.beta(80, 30),
}


def sampled(text: str, *names: str, paths: int = PATHS, seed: int = 7) -> list[np.ndarray]:  # type: ignore[type-arg]
    kept = by_path(program(HEAD + text), paths=paths, seed=seed)
    return [kept[n, Fold.FINAL][0] for n in names]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_quantile_is_that_of_scipy(family: str) -> None:
    """With the standard normal behind the draw pinned; the upper tail through the survival function."""
    made = program(HEAD + f'assumptions:\n  drawn: {{value: "{family}"}}\n')
    law = FAMILIES[family]
    for score in SCORES:
        found = float(by_path(made, pins={"drawn": score})["drawn", Fold.FINAL][0, 0])
        wanted = law.ppf(stats.norm.cdf(score)) if score <= 0 else law.isf(stats.norm.sf(score))
        assert abs(found - wanted) <= 2e-9 * max(1.0, abs(wanted)), (score, found, wanted)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_sample_is_the_quantile_of_its_uniform(family: str) -> None:
    text = f'assumptions:\n  drawn: {{value: "{family}"}}\n'
    (found,) = sampled(text, "drawn")
    uniforms = draws_of(program(HEAD + text), paths=PATHS, seed=7)["drawn", 0]
    np.testing.assert_allclose(found, FAMILIES[family].ppf(uniforms), rtol=1e-8, atol=1e-8)
    assert stats.kstest(uniforms, "uniform").pvalue > 1e-3


def test_one_of_several_takes_each_by_its_probability() -> None:
    text = "assumptions:\n  drawn: {one_of: {4: 30 %, 5: 45 %, 7: rest}}\n"
    (found,) = sampled(text, "drawn")
    uniforms = draws_of(program(HEAD + text), paths=PATHS, seed=7)["drawn", 0]
    # the standard normal and back moves a uniform by rounding only
    safe = np.min(np.abs(uniforms[:, None] - np.array([0.3, 0.75])), axis=1) > 1e-12
    wanted = np.array([4.0, 5.0, 7.0])[np.searchsorted([0.3, 0.75], uniforms)]
    assert safe.mean() > 0.999 and np.array_equal(found[safe], wanted[safe])
    assert float(by_path(program(HEAD + text), central=True)["drawn", Fold.FINAL][0, 0]) == 5.0


def test_a_tie_goes_by_name_also_with_the_rest() -> None:
    text = "assumptions:\n  drawn: {one_of: {2: 5 %, 4: 25 %, 5: 35 %, 7: rest}}\n"  # in floats 1 - 0.65 exceeds 0.35
    assert float(by_path(program(HEAD + text), central=True)["drawn", Fold.FINAL][0, 0]) == 5.0


def test_a_day_is_even_between_two() -> None:
    text = 'assumptions:\n  drawn: {value: "between(2027-01-01, 2028-07-01)"}\n'
    (found,) = sampled(text, "drawn")
    first, last = ((d - date(2026, 2, 10)).days / 365 for d in (date(2027, 1, 1), date(2028, 7, 1)))
    uniforms = draws_of(program(HEAD + text), paths=PATHS, seed=7)["drawn", 0]
    np.testing.assert_allclose(found, first + (last - first) * uniforms, rtol=1e-12)


@pytest.mark.parametrize("rank", [-90, -40, 30, 75])
def test_ranks_correlate_as_declared(rank: int) -> None:
    """Spearman's coefficient within 4 standard errors, whatever the two families; each keeps its own distribution."""
    text = f"""
assumptions:
  a: {{value: "lognormal(p10 = 1, p90 = 9)"}}
  b: {{value: "triangular(2, 3, 7)"}}
  c: {{value: "beta(2, 5)"}}
correlations:
  - {{of: [a, b], rank: {rank} %}}
  - {{of: [b, c], rank: 20 %}}
"""
    a, b, c = sampled(text, "a", "b", "c")
    error = 4 * 1.1 / math.sqrt(PATHS)
    assert abs(stats.spearmanr(a, b).statistic - rank / 100) < error
    assert abs(stats.spearmanr(b, c).statistic - 0.2) < error
    assert abs(stats.spearmanr(a, c).statistic) < error
    assert stats.kstest(a, stats.lognorm(math.log(9) / (2 * stats.norm.ppf(0.9)), scale=3).cdf).pvalue > 1e-3
    assert stats.kstest(b, stats.triang(0.2, 2, 5).cdf).pvalue > 1e-3
    assert stats.kstest(c, stats.beta(2, 5).cdf).pvalue > 1e-3


def test_the_wait_for_a_hazard_is_exponential() -> None:
    """From today, and from when its prerequisite is met; capped by the end of the run."""
    text = """
events:
  ready: {date: 2028-05-06}
  soon: {by: firm, hazard: 80 %/year}
  later: {by: firm, after: ready, hazard: 50 %/year}
  then: {by: firm, after: soon, hazard: 50 %/year}
"""
    soon, later, then = sampled(text, "date(soon)", "date(later)", "date(then)")
    ready = (date(2028, 5, 6) - date(2026, 2, 10)).days / 365
    end = 3652 / 365
    for waits, hazard, room in ((soon, 0.8, end), (later - ready, 0.5, end - ready)):
        happened = waits[~np.isnan(waits)]
        share = -math.expm1(-hazard * room)
        assert abs(len(happened) / PATHS - share) < 4 * math.sqrt(share * (1 - share) / PATHS)
        law = stats.truncexpon(room * hazard, scale=1 / hazard)
        assert stats.kstest(happened, law.cdf).pvalue > 1e-3
    drawn = draws_of(program(HEAD + text), paths=PATHS, seed=7)
    first = -np.log(drawn["soon.hazard", 0]) / 0.8
    second = first - np.log(drawn["then.hazard", 0]) / 0.5
    np.testing.assert_allclose(soon, np.where(first < end, first, np.nan), rtol=1e-9)
    np.testing.assert_allclose(then, np.where(second < end, second, np.nan), rtol=1e-9)


def test_a_hazard_that_changes_adds_up() -> None:
    """Survival to the end is exp(-∫ hazard)."""
    text = """
measures:
  pressure: {rate: "10 %/year if date < 2030-01-01 else 40 %/year"}
events:
  soon: {by: firm, hazard: pressure}
"""
    (soon,) = sampled(text, "date(soon)")
    turn = (date(2030, 1, 1) - date(2026, 2, 10)).days / 365
    share = -math.expm1(-(0.1 * turn + 0.4 * (3652 / 365 - turn)))
    found = np.mean(~np.isnan(soon))
    assert abs(found - share) < 4 * math.sqrt(share * (1 - share) / PATHS)
    before = -math.expm1(-0.1 * turn)
    assert abs(np.mean(soon < turn) - before) < 4 * math.sqrt(before * (1 - before) / PATHS)


def test_a_decision_takes_each_outcome_by_its_probability() -> None:
    text = """
events:
  ruling: {by: firm, date: "between(2027-01-01, 2030-01-01)", outcomes: {for_firm: 20 %, for_fund: 50 %}}
"""
    made = program(HEAD + text)
    kept = by_path(made, paths=PATHS, seed=7)
    for outcome, share in (("for_firm", 0.2), ("for_fund", 0.5)):
        found = kept[f"ruling.{outcome}", Fold.YEAR_END][-1].mean()
        assert abs(found - share) < 4 * math.sqrt(share * (1 - share) / PATHS)
    known = kept["date(ruling)", Fold.FINAL][0]
    assert abs(np.mean(~np.isnan(known)) - 0.7) < 4 * math.sqrt(0.21 / PATHS)
    first, last = ((d - date(2026, 2, 10)).days / 365 for d in (date(2027, 1, 1), date(2030, 1, 1)))
    assert stats.kstest(known[~np.isnan(known)], stats.uniform(first, last - first).cdf).pvalue > 1e-3


def test_a_walk_has_the_variance_of_its_time() -> None:
    text = 'measures:\n  level: {stock: "walk(level)"}\n  value: {rate: "100 USD/year * exp(30 % * walk(level) - 4.5 % * t)"}\n'
    made = program(HEAD + text)
    level = by_path(made, paths=PATHS, seed=7)["level", Fold.YEAR_END]
    # a whole calendar year adds the variance of its length, and years are independent
    steps = np.diff(level[:-1], axis=0)
    for i, year in enumerate(range(2027, 2036)):
        length = (date(year + 1, 1, 1) - date(year, 1, 1)).days / 365
        assert stats.kstest(steps[i], stats.norm(0, math.sqrt(length)).cdf).pvalue > 1e-4
    assert abs(stats.spearmanr(steps[0], steps[1]).statistic) < 4 / math.sqrt(PATHS)


BETTER = """
assumptions:
  good: {value: "normal(5, 2)"}
  bad: {value: "triangular(2, 3, 7)"}
  yield_: {value: good}
measures:
  got: {stock: yield_ * 1 m USD}
plans:
  other: {title: Other, changes: [{path: assumptions.yield_.value, value: bad}]}
checks:
  wins: {better: got, plan: base, than: other, at_least: 60 %}
"""


def test_the_share_of_paths_on_which_a_plan_is_better() -> None:
    """P(X > Y) = ∫ (1 - F_X) dF_Y for the two independent draws."""
    good, bad = stats.norm(5, 2), stats.triang(0.2, 2, 5)
    wanted, _ = integrate.quad(lambda y: good.sf(y) * bad.pdf(y), 2, 7, points=[3])
    found = programs(HEAD + BETTER)
    wanted_series = {("check wins", Fold.FINAL)}
    both = [prune(found[n], wanted_series) for n in ("base", "other")]
    pair = paired(both, name="check wins", fold=Fold.FINAL, paths=PATHS, seed=7, chunk=4096)
    assert pair.used == PATHS and pair.first_higher + pair.second_higher == 1.0
    error = math.sqrt(wanted * (1 - wanted) / PATHS)
    assert abs(pair.first_higher - wanted) < 4 * error
    spread = math.sqrt(4 + bad.var())
    assert abs(pair.difference / 1e6 - (bad.mean() - 5)) < 4 * spread / math.sqrt(PATHS)
    assert abs(pair.error / 1e6 / (spread / math.sqrt(PATHS)) - 1) < 0.05


def test_plans_are_compared_path_by_path() -> None:
    """A plan that is better by one on every path is so without any error."""
    text = BETTER.replace("assumptions.yield_.value, value: bad", "measures.got.stock, value: (yield_ + 1) * 1 m USD")
    found = programs(HEAD + text)
    both = [found["base"], found["other"]]
    pair = paired(both, name="got", fold=Fold.YEAR_END, paths=5000, seed=7, chunk=4096)
    assert (pair.first_higher, pair.second_higher) == (0.0, 1.0)
    assert abs(pair.difference - 1e6) < 1e-6 and pair.error < 1e-6


def test_a_new_date_leaves_every_named_draw_equal() -> None:
    text = BETTER + "events:\n  soon: {by: firm, hazard: 80 %/year}\n  day: {date: 'between(2027-01-01, 2029-01-01)'}\n"
    noisy = text.replace("measures:", "measures:\n  level: {stock: walk(level)}")
    plain = program(HEAD + noisy)
    dated = program(HEAD + noisy + "  idle: {date: 2029-05-05}\n")
    a, b = draws_of(plain, paths=500), draws_of(dated, paths=500)
    assert len(dated.segments) == len(plain.segments) + 1
    assert a.keys() == b.keys() and {"soon.hazard", "day.date", "good", "level"} <= {n for n, _ in a}
    assert all(np.array_equal(v, b[k]) for k, v in a.items())
    assert len({v.tobytes() for v in a.values()}) == len(a)
