"""Waterfalls against their closed forms: the capped profit example, hurdles, catch-up, levels, and any mix of tiers."""

import math
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from runs import Figures, by_segment
from syngraph.ir.program import Fold

STEPS = ("year", "quarter", "month")
YEARS = 4  # 2025-01-01 to 2028-12-31 is 1,460 days


def money(
    pot: str, tiers: str, *, step: str = "year", parties: str = "a b c", measures: str = "", more: str = ""
) -> str:
    listed = "\n".join(f"  {p}: {{form: corporation}}" for p in ("payer", *parties.split()))
    return f"""
case: shares
title: Shares
currency: USD
today: 2025-01-01
simulate: {{until: 2028-12-31, step: {step}, day_count: ACT/365F}}
parties:
{listed}
measures:
  pot: {{flow: "{pot}"}}
{measures}
waterfalls:
  shares:
    of: payer
    pot: pot
{more}
    tiers:
{tiers}
"""


def near(found: float, wanted: float, relative: float = 1e-12, scale: float = 0.0) -> None:
    assert abs(found - wanted) <= relative * max(abs(wanted), scale), (found, wanted)


# the capped profit subsidiary: amounts in bn USD, the tables and slopes of its analysis

FIRST = "      - {name: first_close, share: {first: 100 %}, until: {first: 0.2 bn USD}}\n"
RECOUP = "      - {name: recoup, share: {microsoft: 75 %, others: 25 %}, until: {microsoft: 13 bn USD}}\n"
MAIN = "      - {name: main, share: {microsoft: 49 %, others: 49 %, nonprofit: 2 %}ENDS}\n"
CAPS = ", until: {microsoft: CAP bn USD, others: 150 bn USD}, then: {redirect: nonprofit}"
REST = "      - {name: residual, share: {nonprofit: 100 %}}\n"
READINGS = {
    "A": FIRST + RECOUP + MAIN.replace("ENDS", CAPS.replace("CAP", "92")) + REST,
    "A2": FIRST + RECOUP + MAIN.replace("ENDS", CAPS.replace("CAP", "105")) + REST,
    "B": FIRST + RECOUP + MAIN.replace("ENDS", ", until: {pot: 150 bn USD}") + REST,
    "B2": FIRST
    + RECOUP.replace("{microsoft: 13 bn USD}", "{pot: 92 bn USD}")
    + MAIN.replace("ENDS", ", until: {pot: 150 bn USD}")
    + REST,
    "C": RECOUP + MAIN.replace("ENDS", ""),
}
TABLE = [
    ("A", 10, (7.350, 2.450, 0)),
    ("A", 50, (28.909, 20.242, 0.649)),
    ("A", 100, (53.409, 44.742, 1.649)),
    ("A", 200, (92, 93.742, 14.058)),
    ("A", 500, (92, 150, 257.8)),
    ("A", 1000, (92, 150, 757.8)),
    ("A", 2000, (92, 150, 1757.8)),
    ("A2", 200, (102.409, 93.742, 3.649)),
    ("A2", 1000, (105, 150, 744.8)),
    ("B", 200, (77.909, 69.242, 52.649)),
    ("B", 1000, (77.909, 69.242, 852.649)),
    ("B2", 200, (97.27, 51.37, 51.16)),
    ("B2", 1000, (97.27, 51.37, 851.16)),
    ("C", 200, (102.507, 93.84, 3.653)),
    ("C", 1000, (494.507, 485.84, 19.653)),
]


def capped_profit(reading: str, profit: float, step: str) -> Figures:
    pot = f"over({profit / YEARS} bn USD/year)"
    return Figures(money(pot, READINGS[reading], step=step, parties="first microsoft others nonprofit"))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("reading", "profit", "wanted"), TABLE)
def test_the_capped_profit_tables(reading: str, profit: float, wanted: tuple[float, ...], step: str) -> None:
    run = capped_profit(reading, profit, step)
    for party, amount in zip(("microsoft", "others", "nonprofit"), wanted, strict=True):
        assert abs(run.total(f"shares.{party}") / 1e9 - amount) < 5.1e-4
    near(run.total("paid(payer)"), profit * 1e9)


@pytest.mark.parametrize("profit", [0.1, 0.2, 5, 17.5, 100, 178.8, 200, 314, 315, 700])
def test_cumulative_payouts_are_sums_of_calls_on_the_cumulative_pot(profit: float) -> None:
    """f_i(P) = Σ β_ik max(P - B_k, 0), β the jumps of the slope at the breakpoints."""
    second = 0.2 + 13 / 0.75
    third, fourth = second + (92 - 13) / 0.49, second + (150 - 13 / 3) / 0.49
    breakpoints = (0, 0.2, second, third, fourth)
    slopes = {
        "first": (1, -1, 0, 0, 0),
        "microsoft": (0, 0.75, -0.26, -0.49, 0),
        "others": (0, 0.25, 0.24, 0, -0.49),
        "nonprofit": (0, 0, 0.02, 0.49, 0.49),
    }
    run = capped_profit("A", profit, "quarter")
    for party, jumps in slopes.items():
        wanted = sum(j * max(profit - b, 0) for j, b in zip(jumps, breakpoints, strict=True))
        near(run.total(f"shares.{party}"), wanted * 1e9, scale=profit * 1e9)


# hurdles and catch-up


def worth(growth: float, first: float, last: float) -> float:
    """The value at 0 of 1 paid evenly between two moments."""
    log = math.log1p(growth)
    return (math.exp(-log * first) - math.exp(-log * last)) / (log * (last - first))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("hurdle", [0.08, 0.25])
def test_a_hurdle_is_paid_off_where_the_internal_rate_of_return_is_the_hurdle(step: str, hurdle: float) -> None:
    """100 owed today and 10 put in over the first part, out of 60 a year: what the investor gets discounts to it at h."""
    tiers = f"""
      - {{name: preferred, share: {{a: 100 %}}, until: {{a: {{hurdle: {hurdle}, contributions: put_in, opening: 100 m USD}}}}}}
      - {{name: rest, share: {{b: 100 %}}}}
"""
    measures = '  put_in: {flow: "over(10 m USD/year if date < 2026-01-01 else 0 USD/year)"}\n'
    run = Figures(money("over(60 m USD/year)", tiers, step=step, measures=measures))
    paid = segment_flows(run, "shares.a")
    put = segment_flows(run, "put_in")
    spans = [(s.t0, s.t1) for s in run.program.segments]

    def balance(growth: float) -> float:
        """The whole pot is his until the balance is nought: in the last segment he is paid for a part of it."""
        given = sum(c * worth(growth, a, b) for c, (a, b) in zip(put, spans, strict=True))
        got = sum(p * worth(growth, a, a + p / 60e6) for p, (a, _) in zip(paid, spans, strict=True) if p)
        return 100e6 + given - got

    assert 0 < sum(paid) < 0.9 * 60e6 * YEARS
    near(balance(hurdle), 0, 1, scale=1e-3)
    assert abs(optimize.brentq(balance, 1e-3, 2.0, xtol=1e-15) - hurdle) < 1e-11
    before = [
        p for p, (a, b) in zip(paid, spans, strict=True) if p > 0 and not math.isclose(p, 60e6 * (b - a), rel_tol=1e-12)
    ]
    assert len(before) <= 1  # everything until it is paid off, then nothing


def segment_flows(run: Figures, name: str) -> list[float]:
    """A flow in each segment."""
    return [float(v) for v in by_segment(run.program, [name])[name][:, 0]]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("catch", "share"), [(1.0, 0.2), (0.8, 0.2), (0.5, 0.3), (0.2, 0.2)])
def test_catch_up_takes_c_h_over_q_less_c(step: str, catch: float, share: float) -> None:
    """After a preferred return H the manager gets q of each dollar until c of all profit is his; never if q ≤ c."""
    owed, total = 100.0, 4000.0
    others = f", a: {1 - catch:.1f}" if catch < 1 else ""
    tiers = f"""
      - {{name: preferred, share: {{a: 1}}, until: {{a: 100 m USD}}}}
      - {{name: catch_up, share: {{b: {catch}{others}}}, until: {{b: {{profit_share: {share}}}}}}}
      - {{name: split, share: {{b: {share}, a: {1 - share:.1f}}}}}
"""
    width = share * owed / (catch - share) if catch > share else math.inf
    for pot in (90.0, 110.0, total):
        run = Figures(money(f"over({pot / YEARS} m USD/year)", tiers, step=step))
        caught = min(width, max(pot - owed, 0))
        wanted = catch * caught + share * max(pot - owed - caught, 0)
        near(run.total("shares.b"), wanted * 1e6, scale=pot * 1e6)
        if pot == total and catch > share:
            near(run.total("shares.b"), share * pot * 1e6)


@pytest.mark.parametrize("step", STEPS)
def test_catch_up_after_a_hurdle_counts_profit_only(step: str) -> None:
    tiers = """
      - {name: preferred, share: {a: 1}, until: {a: {hurdle: 8 %, contributions: 0 USD, opening: 100 m USD}}}
      - {name: catch_up, share: {b: 1}, until: {b: {profit_share: 20 %}}}
      - {name: split, share: {b: 20 %, a: 80 %}}
"""
    run = Figures(money("over(100 m USD/year)", tiers, step=step))
    near(run.total("shares.b"), 0.2 * (100e6 * YEARS - 100e6))
    near(run.total("shares.a"), 100e6 + 0.8 * (100e6 * YEARS - 100e6))


# levels


@pytest.mark.parametrize("step", STEPS)
def test_a_level_is_shared_afresh_in_each_segment(step: str) -> None:
    text = money(
        "over(0 USD/year)",
        "      - {name: all, share: {a: 1}}\n",
        step=step,
        measures='  demand: {stock: "grow(2 GW, 30 %)"}\n',
    )
    text += """
  supply:
    of: payer
    pot: demand
    tiers:
      - {name: own, share: {a: 1}, until: {a: {capacity: 1.5 GW}}}
      - {name: market, share: {b: 50 %, c: 50 %}, until: {b: {capacity: 0.6 GW}, c: {capacity: 1 GW}}, then: redistribute}
"""
    run = Figures(text)
    levels = {p: run.kept[f"supply.{p}", Fold.YEAR_END][:, 0] for p in ("a", "b", "c", "undistributed")}
    for i, year in enumerate(run.program.years):
        days = 365 * (year - 2024) if year < 2028 else 1460
        demand = 2.0 * 1.3 ** (days / 365)
        rest = demand - 1.5
        b = min(0.6, rest / 2)
        c = min(1.0, rest - b)
        for party, wanted in (("a", 1.5), ("b", b), ("c", c), ("undistributed", rest - b - c)):
            near(levels[party][i] / 1e9, wanted, scale=demand)


# any tiers with fixed targets: cumulative payouts depend on the cumulative pot alone


@dataclass(frozen=True)
class Rule:
    weights: dict[str, int]
    targets: dict[str, int]
    then: str


PARTIES = ("a", "b", "c")


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    chosen = draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=3, unique=True))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=len(chosen) - 1, max_size=len(chosen) - 1, unique=True)))
    weights = {p: b - a for p, a, b in zip(chosen, [0, *cuts], [*cuts, 100], strict=True)}
    watched = draw(st.lists(st.sampled_from(chosen), max_size=3, unique=True))
    targets = {p: draw(st.integers(0, 400)) for p in watched}
    then = draw(st.sampled_from(["next", "redistribute", "d"])) if targets else "next"
    return Rule(weights, targets, then)


def poured(tiers: list[Rule], pot: Fraction) -> dict[str, Fraction]:
    """Who has what of a cumulative pot, dollar by dollar in exact fractions."""
    paid = dict.fromkeys((*PARTIES, "d"), Fraction(0))
    for tier in tiers:
        while pot > 0:
            met = {p for p, goal in tier.targets.items() if paid[p] >= goal}
            if tier.targets and (met if tier.then == "next" else len(met) == len(tier.targets)):
                break
            weights = {p: Fraction(w, 100) for p, w in tier.weights.items() if p not in met}
            if tier.then == "redistribute" and weights:
                total = sum(weights.values())
                weights = {p: w / total for p, w in weights.items()}
            elif tier.then == "d":
                weights["d"] = 1 - sum(weights.values())
            widths = [(tier.targets[p] - paid[p]) / w for p, w in weights.items() if p in tier.targets and w]
            width = min([pot, *widths])
            for p, w in weights.items():
                paid[p] += w * width
            pot -= width
    return paid | {"undistributed": pot}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(rules(), min_size=1, max_size=3), st.integers(1, 1500), st.sampled_from(STEPS[:2]))
def test_any_tiers_pay_what_the_cumulative_pot_decides(tiers: list[Rule], pot: int, step: str) -> None:
    lines = []
    for i, tier in enumerate(tiers):
        share = ", ".join(f"{p}: {w} %" for p, w in tier.weights.items())
        until = ", ".join(f"{p}: {t} m USD" for p, t in tier.targets.items())
        then = {"next": "next", "redistribute": "redistribute", "d": "{redirect: d}"}[tier.then]
        ends = f", until: {{{until}}}, then: {then}" if until else ""
        lines.append(f"      - {{name: t{i}, share: {{{share}}}{ends}}}\n")
    run = Figures(money(f"over({pot} m USD/year)", "".join(lines), step=step, parties="a b c d"))
    wanted = poured(tiers, Fraction(pot * YEARS))
    used = {p for t in tiers for p in t.weights} | {"d" for t in tiers if t.then == "d"} | {"undistributed"}
    for party in used:
        near(run.total(f"shares.{party}") / 1e6, float(wanted[party]), 1e-9, scale=pot)
