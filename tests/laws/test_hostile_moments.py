"""Moments that could lead a run astray: what has no one answer is an error, what lies beyond a stop is none."""

import itertools
import math

import numpy as np
import pytest
from scipy import optimize

from runs import Figures, by_path, program
from syngraph.base.errors import RunStopped
from syngraph.ir.program import Fold

STEPS = ("year", "quarter", "month")


def case(step: str, body: str) -> str:
    return f"""
case: hostile
title: Hostile
currency: USD
today: 2026-01-01
simulate: {{until: 2029-01-01, step: {step}, day_count: ACT/ACT}}
parties: {{firm: {{form: corporation}}, fund: {{form: corporation}}, bank: {{form: corporation}}}}
{body}
"""


def stopped(text: str, *, paths: int = 1) -> tuple[str, str, str, str]:
    """Code, name, path and day of what stops a run."""
    with pytest.raises(RunStopped) as stop:
        by_path(program(text), paths=paths)
    (found,) = stop.value.diagnostics
    fills = dict(found.fills)
    return found.code, fills.get("name", fills.get("names", "")), fills["path"], fills["date"]


grids = pytest.mark.parametrize("step", STEPS)

# several gaps at once

Table = dict[tuple[int, ...], int]


def pushed(tables: list[list[int]]) -> str:
    """Levels that begin at 50; how each moves hangs on which of them are 50 or more, in the order of counting."""
    names = "abc"[: len(tables)]

    def chosen(rates: list[int], left: str) -> str:
        if not left:
            return f"{rates[0]} USD/year"
        half = len(rates) // 2
        return f"({chosen(rates[half:], left[1:])} if {left[0]} >= 50 USD else {chosen(rates[:half], left[1:])})"

    lines = [f'  r{n}: {{rate: "{chosen(t, names)}"}}' for n, t in zip(names, tables, strict=True)]
    return "\n".join(["measures:", *lines, *(f'  {n}: {{stock: "cum(over(r{n}), 50 USD)"}}' for n in names)])


def speeds(tables: list[list[int]], shares: tuple[float, ...]) -> list[float]:
    """How fast each level moves when the sides are mixed by these shares, weights multiplied."""
    sides = itertools.product((0, 1), repeat=len(shares))
    weights = [math.prod(s if bit else 1 - s for s, bit in zip(shares, bits, strict=True)) for bits in sides]
    return [sum(w * rate for w, rate in zip(weights, table, strict=True)) for table in tables]


def still(tables: list[list[int]]) -> list[tuple[float, ...]]:
    """Every set of shares at which nothing moves."""
    found: list[tuple[float, ...]] = []
    for start in itertools.product((0.1, 0.3, 0.5, 0.7, 0.9), repeat=len(tables)):
        shares, _, good, _ = optimize.fsolve(lambda s: speeds(tables, tuple(s)), start, full_output=True)
        inside = (
            good == 1 and np.all((shares > 0) & (shares < 1)) and np.abs(speeds(tables, tuple(shares))).max() < 1e-9
        )
        if inside and not any(np.abs(shares - np.array(f)).max() < 1e-6 for f in found):
            found.append(tuple(shares))
    return found


TANGLED = [[8, -1, 8, 1, -1, -3, -7, 6], [1, 6, 8, -7, 4, -1, 6, -7], [2, 6, 4, -7, -9, -1, 1, 1]]


@grids
def test_gaps_that_could_be_held_in_several_ways_are_an_error(step: str) -> None:
    assert len(still(TANGLED)) == 3
    code, names, path, day = stopped(case(step, pushed(TANGLED)))
    assert (code, path, day) == ("slides-cross", "0", "2026-01-01")
    assert names == "ra"  # all three comparisons stand in it


ROUND = [
    [[6, -5, -1, -3], [-2, -8, 3, -8]],
    [[2, -7, 5, -7], [-2, -6, 3, 3]],
    [[2, -1, 6, -9], [-4, -8, 3, 3]],
    [[-3, 5, -7, 2], [3, 4, -6, -6]],
    [[4, -3, 6, -5], [-2, -2, 5, 5]],
]


@grids
@pytest.mark.parametrize("tables", ROUND)
def test_gaps_that_drive_each_other_round_are_held_by_the_one_answer_or_not_decided(
    tables: list[list[int]], step: str
) -> None:
    """Every side leads to the next; exactly one share for each holds both. No other number is ever given."""
    assert len(still(tables)) == 1
    try:
        run = Figures(case(step, pushed(tables)))
    except RunStopped as stop:
        (found,) = stop.diagnostics
        assert found.code == "turns-for-ever" and found.span is not None
        return
    assert [run.end("a"), run.end("b")] == pytest.approx([50, 50], rel=1e-9)


@grids
def test_two_gaps_that_drive_each_other_round_can_be_held(step: str) -> None:
    run = Figures(case(step, pushed(ROUND[0])))
    assert [run.end("a"), run.end("b")] == pytest.approx([50, 50], rel=1e-9)


# what is no number


@grids
def test_what_is_no_number_beyond_a_stop_is_no_error(step: str) -> None:
    """The amount ends at 1.3 and is no number from 1.4 on: the integral of 10 t up to there."""
    body = """
assumptions: {none: {value: 0 USD/year}}
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
events: {e: {when: up >= 130 USD}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: "10 USD/year * t + none * sqrt(1.4 - t)", until: e}
"""
    assert Figures(case(step, body)).total("deal.fee.paid") == pytest.approx(5 * 1.3**2, rel=1e-12)


@grids
def test_what_other_paths_only_try_is_no_error(step: str) -> None:
    """Each ends at its own target, a little before its amount is no number; some go on while others try too far."""
    body = """
assumptions: {none: {value: 0 USD/year}, target: {value: "uniform(105 USD, 290 USD)"}}
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
events: {e: {when: up >= target}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: "10 USD/year * t + none * sqrt(target / 100 USD + 0.01 - t)", until: e}
"""
    kept = by_path(program(case(step, body)), paths=300)
    day = kept["target", Fold.FINAL][0] / 100
    np.testing.assert_allclose(kept["deal.fee.paid", Fold.CUMULATIVE][-1], 5 * day**2, rtol=1e-12)


@pytest.mark.parametrize(("step", "day"), [("year", "2027-01-01"), ("quarter", "2027-04-01"), ("month", "2027-05-01")])
def test_what_is_no_number_before_it_is(step: str, day: str) -> None:
    """The same, but the event comes at 1.41, on 30 May 2027: the stretch up to it begins with its period."""
    body = """
assumptions: {none: {value: 0 USD/year}}
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
events: {e: {when: up >= 141 USD}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: "10 USD/year * t + none * sqrt(1.4 - t)", until: e}
"""
    assert stopped(case(step, body)) == ("not-a-number", "deal.fee", "0", day)


@grids
@pytest.mark.parametrize(
    "quotient", ["sqrt(1.4 - t) / sqrt(1.4 - t)", "log(1.4 - t) / (1.41 - t)", "exp(2000 * t) / exp(2000 * t)"]
)
def test_only_nought_by_nought_is_carried_on_from_inside(quotient: str, step: str) -> None:
    """A quotient of what is no number, or of what is infinite, is none."""
    body = f"""
measures: {{up: {{stock: "cum(over(100 USD/year), 0 USD)"}}}}
events: {{e: {{when: up >= 141 USD}}}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {{pays: {{from: firm, to: fund}}, amount: "10 USD/year * ({quotient})", until: e}}
"""
    assert stopped(case(step, body))[:2] == ("not-a-number", "deal.fee")


@grids
def test_nought_by_nought_at_an_end_is_carried_on(step: str) -> None:
    """(1 - t) / (1 - t²) is 1 / (1 + t): at t = 1, an end of each grid, both are nought."""
    body = """
measures:
  part: {stock: "(1 - t) / (1 - t * t)"}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: "10 USD/year * part", until: 2028-01-01}
"""
    run = Figures(case(step, body))
    error = {"year": 3e-2, "quarter": 3e-4, "month": 2e-5}[step]
    assert run.total("deal.fee.paid") == pytest.approx(10 * math.log(3), rel=error)


@grids
def test_the_path_that_is_no_number_is_named(step: str) -> None:
    """Whose limit is below the day of the event, 1.3."""
    body = """
assumptions: {limit: {value: "uniform(1.2, 2.2)"}, none: {value: 0 USD/year}}
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
events: {e: {when: up >= 130 USD}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: "10 USD/year * t + none * sqrt(limit - t)", until: e}
"""
    text = case(step, body)
    limits = by_path(program(text.replace("sqrt(limit - t)", "limit")), paths=200)["limit", Fold.FINAL][0]
    code, name, path, _ = stopped(text, paths=200)
    first = np.flatnonzero(limits < 1.3)
    assert len(first) > 3 and (code, name) == ("not-a-number", "deal.fee") and int(path) in first


@grids
@pytest.mark.parametrize("outcomes", ["{a: log(0 - 1 - t), b: rest}", "{a: log(0 - 1 - t)}"])
def test_a_decision_by_no_number_stops_the_run(outcomes: str, step: str) -> None:
    body = f"events: {{e: {{by: firm, outcomes: {outcomes.replace('log(0 - 1 - t)', chr(34) + 'log(0 - 1 - t)' + chr(34))}}}}}\n"
    body += """
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee: {pays: {from: firm, to: fund}, amount: 1 USD/year, until: e.a}
"""
    assert stopped(case(step, body))[0] == "not-a-number"


# guards


@grids
def test_a_pot_may_be_negative_beyond_its_end_and_not_before(step: str) -> None:
    body = """
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
events: {e: {when: up >= LIMIT USD}}
waterfalls:
  w: {of: firm, pot: "over(14 USD/year - 10 USD/year * t)", until: e, tiers: [{name: all, share: {fund: 100 %}}]}
"""
    kept = Figures(case(step, body.replace("LIMIT", "130")))
    assert kept.total("w.fund") == pytest.approx(14 * 1.3 - 5 * 1.3**2, rel=1e-12)
    text = case(step, body.replace("LIMIT", "299"))
    code, name, path, day = stopped(text)
    assert (code, name, path) == ("pot-negative", "w", "0")
    turns = {"year": "2027-01-01", "quarter": "2027-04-01", "month": "2027-05-01"}[step]
    assert turns <= day <= "2028-01-01"


@grids
def test_exceptions_conflict_only_if_both_hold_for_some_time(step: str) -> None:
    """Up to 50, and from 50 on: never both. Up to 50.1, and from 50 on: for 0.001 years."""
    body = """
measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      fee:
        pays: {from: firm, to: fund}
        amount: 1 USD/year
        exceptions: {low: {when: up OP LIMIT USD, amount: 2 USD/year}, high: {when: up >= 50 USD, amount: 3 USD/year}}
"""
    for operator in ("<", "<="):
        run = Figures(case(step, body.replace("OP", operator).replace("LIMIT", "50")))
        assert run.total("deal.fee.paid") == pytest.approx(1 + 7.5, rel=1e-12)
    code, name, _, day = stopped(case(step, body.replace("OP", "<").replace("LIMIT", "50.1")))
    assert (code, name, day) == ("exception-conflict", "deal.fee.low", "2026-07-02")


@grids
def test_a_hazard_below_nought_before_it_is_drawn_is_an_error(step: str) -> None:
    body = 'events: {e: {by: firm, hazard: "LEAST %/year if t < 1 else 50 %/year"}}'
    assert stopped(case(step, body.replace("LEAST", "-10")))[0] == "hazard-negative"
    by_path(program(case(step, body.replace("LEAST", "0"))))
