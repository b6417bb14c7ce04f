"""What curves: the engine against a fine integrator that knows nothing of it (Runge and Kutta, events by bisection)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from runs import Figures
from syngraph.ir.program import Fold

Vector = list[float]
Flow = Callable[[float, Vector, frozenset[str]], Vector]
Gap = Callable[[float, Vector], float]

STEPS = {"year": 1, "quarter": 4, "month": 12}
YEARS = 5
ORDER, LEAST = 3.5, 3.0  # least: 8-fold where the grid is halved, also from a quarter that was lucky
NOISE = 2e-11  # below it an error is rounding, or how exactly a turn is met


# the integrator


def stepped(flow: Flow, at: float, y: Vector, length: float, on: frozenset[str]) -> Vector:
    """One step of the classical method of the fourth order (Kutta 1901)."""

    def moved(slope: Vector, part: float) -> Vector:
        return [v + part * length * s for v, s in zip(y, slope, strict=True)]

    a = flow(at, y, on)
    b = flow(at + length / 2, moved(a, 0.5), on)
    c = flow(at + length / 2, moved(b, 0.5), on)
    d = flow(at + length, moved(c, 1.0), on)
    slopes = zip(y, a, b, c, d, strict=True)
    return [v + length / 6 * (p + 2 * q + 2 * r + s) for v, p, q, r, s in slopes]


def integrated(
    flow: Flow, y: Vector, gaps: dict[str, Gap] | None = None, *, step: float = 1 / 400
) -> tuple[Vector, dict[str, float]]:
    """Where a system is after five years, and when each gap first came up to nought; `flow` is told which did."""
    at, on, days = 0.0, frozenset[str](), dict[str, float]()
    while at < YEARS - 1e-15:
        length = min(step, YEARS - at)
        following = stepped(flow, at, y, length, on)
        crossed = {}
        for name, gap in (gaps or {}).items():
            if name not in on and gap(at + length, following) >= 0:
                low, high = 0.0, length
                for _ in range(60):
                    middle = (low + high) / 2
                    met = gap(at + middle, stepped(flow, at, y, middle, on)) >= 0
                    low, high = (low, middle) if met else (middle, high)
                crossed[name] = high
        if crossed:
            first = min(crossed.values())
            following, length = stepped(flow, at, y, first, on), first
            came = {name for name, when in crossed.items() if when == first}
            days |= dict.fromkeys(came, at + first)
            on |= came
        at, y = at + length, following
    return y, days


def test_the_integrator_is_exact_where_a_formula_is_known() -> None:
    """y' = y from 1 until it is e, then y' = -y: at 5 it is exp(1 - 4) e-folds on."""
    (end,), days = integrated(lambda _, y, on: [-y[0] if on else y[0]], [1.0], {"e": lambda _, y: y[0] - math.e})
    assert days["e"] == pytest.approx(1.0, rel=1e-11) and end == pytest.approx(math.exp(1 - 4), rel=1e-10)


# the cases


@dataclass(frozen=True)
class Grown:
    """A case, and what comes of it: `wanted` by name, days of events under `date(…)`."""

    text: str
    wanted: Callable[[], dict[str, float]]
    exact: bool = False  # nothing in it is more than a constant growth: no grid has an error


def grow(first: float, rate: float, at: float) -> float:
    return first * (1 + rate) ** at


def fee(amount: str, *more: str, name: str = "fee") -> str:
    return f"      {name}: {{{', '.join(['pays: {from: firm, to: fund}', f'amount: {amount!r}', *more])}}}\n"


def deal(*terms: str) -> str:
    return "agreements:\n  deal:\n    parties: [firm, fund]\n    terms:\n" + "".join(terms)


def revenue_less_cost() -> dict[str, float]:
    """A share of profit until what was made, net of it, is 150."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        profit = grow(100, 0.25, at) - grow(60, 0.1, at)
        share = 0.0 if "reached" in on else 0.3 * profit
        return [profit - share, share]

    (made, paid), days = integrated(flow, [0.0, 0.0], {"reached": lambda _, y: y[0] - 150})
    return {"made": made, "deal.fee.paid": paid, "date(reached)": days["reached"]}


def two_factors() -> dict[str, float]:
    """Price and volume grow by 60 % each; a share is capped, an event watches the total."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        sales = grow(5, 0.6, at) * grow(4, 0.6, at)
        return [sales, 0.0 if "full" in on else 0.1 * sales]

    gaps: dict[str, Gap] = {"big": lambda _, y: y[0] - 300, "full": lambda _, y: y[1] - 70}
    (sold, paid), days = integrated(flow, [0.0, 0.0], gaps)
    return {"sold": sold, "deal.fee.paid": paid, "date(big)": days["big"], "date(full)": days["full"]}


def varying_growth() -> dict[str, float]:
    """A growth that slows down: ln(1 + g) adds up."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        return [math.log1p(0.5 - 0.08 * at), 100 * math.exp(y[0])]

    (_, total), days = integrated(flow, [0.0, 0.0], {"big": lambda _, y: y[1] - 700})
    return {"total": total, "date(big)": days["big"]}


def feedback() -> dict[str, float]:
    """A balance with interest that is paid into it, out of which a part is paid while it is above a floor."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        out = 0.4 * y[0] if "rich" in on else 0.0
        return [0.3 * y[0] - out, out]

    (bal, paid), days = integrated(flow, [100.0, 0.0], {"rich": lambda _, y: y[0] - 180})
    return {"bal": bal, "deal.fee.paid": paid, "date(rich)": days["rich"]}


def profit_of_products() -> dict[str, float]:
    """A tier whose bound is met by a profit that is the product of two growing factors less a growing cost."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        profit = grow(10, 0.3, at) * grow(6, 0.2, at) - grow(40, 0.15, at)
        return [profit * (0.25 if "met" in on else 1.0), profit * (0.75 if "met" in on else 0.0)]

    (fund, bank), days = integrated(flow, [0.0, 0.0], {"met": lambda _, y: y[0] - 120})
    return {"w.fund": fund, "w.bank": bank, "date(met)": days["met"]}


def hurdle() -> dict[str, float]:
    """100 owed at 8 % out of a pot that is a product of growing factors."""
    interest = math.log1p(0.08)

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        pot = grow(5, 0.3, at) * grow(5, 0.2, at)
        paid = 0.0 if "done" in on else pot
        return [interest * y[0] - paid, paid, pot - paid]

    (_, fund, bank), days = integrated(flow, [100.0, 0.0, 0.0], {"done": lambda _, y: -y[0]})
    assert "done" in days
    return {"w.fund": fund, "w.bank": bank}


def bent() -> dict[str, float]:
    """The greater of a falling and a rising factor product; where they cross is a bend."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        one, other = grow(9, -0.3, at) * grow(9, 0.05, at), grow(4, 0.25, at) * grow(5, 0.2, at)
        return [max(one, other), min(one, other)]

    def crossing(at: float, _: Vector) -> float:
        return grow(4, 0.25, at) * grow(5, 0.2, at) - grow(9, -0.3, at) * grow(9, 0.05, at)

    (most, least), _ = integrated(flow, [0.0, 0.0], {"cross": crossing})
    return {"most": most, "least": least}


def window() -> dict[str, float]:
    """The amount of the last year, of a product of factors; 20 came in evenly in the year before today."""

    def total(at: float) -> float:
        rate = math.log1p(0.3) + math.log1p(0.2)
        return 20 * at if at <= 0 else 20 * math.expm1(rate * at) / rate

    def last(at: float) -> float:
        return total(at) - total(at - 1)

    low, high = 1.0, 5.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if last(middle) >= 55 else (middle, high)
    return {"last": last(5.0), "date(big)": high}


def exponent() -> dict[str, float]:
    """A price that falls with what was sold so far, times a growing volume (a learning curve)."""

    def flow(at: float, y: Vector, on: frozenset[str]) -> Vector:
        return [grow(30, 0.3, at), 10 * math.exp(-y[0] / 200) * grow(30, 0.3, at)]

    (sold, paid), _ = integrated(flow, [0.0, 0.0])
    return {"sold": sold, "deal.fee.paid": paid}


MEASURES = "measures:\n"
CASES = {
    "revenue less cost": Grown(
        'measures:\n  revenue: {rate: "grow(100 USD/year, 25 %)"}\n  cost: {rate: "grow(60 USD/year, 10 %)"}\n'
        '  profit: {flow: "over(revenue) - over(cost)"}\n  made: {stock: "cum(profit - deal.fee.paid, 0 USD)"}\n'
        "events: {reached: {when: made >= 150 USD}}\n" + deal(fee("30 % * profit", "until: reached")),
        revenue_less_cost,
        exact=True,
    ),
    "two factors": Grown(
        'measures:\n  price: {stock: "grow(5 USD, 60 %)"}\n  volume: {rate: "grow(400 %/year, 60 %)"}\n'
        '  sales: {rate: price * volume}\n  sold: {stock: "cum(over(sales), 0 USD)"}\n'
        '  got: {stock: "cum(deal.fee.paid, 0 USD)"}\n'
        "events: {big: {when: sold >= 300 USD}, full: {when: got >= 70 USD}}\n"
        + deal(fee("10 % * sales", "cap: 70 USD", "opening: 0 USD")),
        two_factors,
    ),
    "growth that varies": Grown(
        'measures:\n  pace: {rate: "grow(100 USD/year, 50 % - 8 % * t)"}\n  total: {stock: "cum(over(pace), 0 USD)"}\n'
        "events: {big: {when: total >= 700 USD}}\n",
        varying_growth,
    ),
    "feedback": Grown(
        'measures:\n  bal: {stock: "cum(over(30 %/year * bal) - deal.fee.paid, 100 USD)"}\n'
        "events: {rich: {when: bal >= 180 USD}}\n" + deal(fee("40 %/year * bal", "from: rich")),
        feedback,
    ),
    "profit of products": Grown(
        'measures:\n  price: {stock: "grow(10 USD, 30 %)"}\n  volume: {rate: "grow(600 %/year, 20 %)"}\n'
        '  profit: {flow: "over(price * volume) - over(grow(40 USD/year, 15 %))"}\n'
        '  got: {stock: "cum(w.fund, 0 USD)"}\nevents: {met: {when: got >= 120 USD}}\n'
        "waterfalls:\n  w: {of: firm, pot: profit, opening: {fund: 0 USD}, tiers: [{name: a, share: {fund: 100 %}, "
        "until: {fund: 120 USD}}, {name: b, share: {fund: 25 %, bank: 75 %}}]}\n",
        profit_of_products,
    ),
    "hurdle": Grown(
        'measures:\n  price: {stock: "grow(5 USD, 30 %)"}\n  volume: {rate: "grow(500 %/year, 20 %)"}\n'
        "waterfalls:\n  w: {of: firm, pot: over(price * volume), tiers: [{name: a, share: {fund: 100 %}, "
        "until: {fund: {hurdle: 8 %, contributions: 0 USD, opening: 100 USD}}}, {name: b, share: {bank: 100 %}}]}\n",
        hurdle,
    ),
    "a bend": Grown(
        'measures:\n  a: {stock: "grow(9 USD, -30 %)"}\n  b: {rate: "grow(900 %/year, 5 %)"}\n'
        '  c: {stock: "grow(4 USD, 25 %)"}\n  d: {rate: "grow(500 %/year, 20 %)"}\n'
        '  most: {stock: "cum(over(max(a * b, c * d)), 0 USD)"}\n'
        '  least: {stock: "cum(over(min(a * b, c * d)), 0 USD)"}\n',
        bent,
    ),
    "a window": Grown(
        'measures:\n  price: {stock: "grow(5 USD, 30 %)"}\n  volume: {rate: "grow(400 %/year, 20 %)"}\n'
        '  last: {stock: "trailing(over(price * volume), 1 year, 20 USD)"}\nevents: {big: {when: last >= 55 USD}}\n',
        window,
    ),
    "a learning curve": Grown(
        'measures:\n  volume: {rate: "grow(3000 %/year, 30 %)"}\n  sold: {stock: "cum(over(volume), 0)"}\n'
        '  price: {stock: "10 USD * exp(0 - sold / 200)"}\n' + deal(fee("price * volume")),
        exponent,
    ),
}


def run(case: Grown, step: str) -> dict[str, float]:
    """What the engine has of what is wanted."""
    text = (
        "case: growth\ntitle: Growth\ncurrency: USD\ntoday: 2026-01-01\n"
        f"simulate: {{until: {2026 + YEARS}-01-01, step: {step}, day_count: ACT/ACT}}\n"
        "parties: {firm: {form: corporation}, fund: {form: corporation}, bank: {form: corporation}}\n" + case.text
    )
    found = Figures(text)
    return {name: value(found, name) for name in case.wanted()}


def value(found: Figures, name: str) -> float:
    if name.startswith("date("):
        return found.day(name.removeprefix("date(").removesuffix(")"))
    return found.total(name) if (name, Fold.CUMULATIVE) in found.kept else found.end(name)


def errors(case: Grown) -> dict[str, list[float]]:
    """For each quantity its relative error at each grid."""
    wanted = case.wanted()
    runs = [run(case, step) for step in STEPS]
    return {name: [abs(r[name] / right - 1) for r in runs] for name, right in wanted.items()}


def order(found: Sequence[float], one: int, other: int) -> float:
    """With which power of the length of a period the error falls between two grids; endless where it is rounding."""
    parts = list(STEPS.values())
    if found[one] <= 1e3 * NOISE:
        return math.inf
    return math.log(found[one] / max(found[other], NOISE)) / math.log(parts[other] / parts[one])


@pytest.mark.parametrize("name", CASES)
def test_the_error_falls_with_the_fourth_power_of_a_period(name: str) -> None:
    case = CASES[name]
    found = errors(case)
    for quantity, each in found.items():
        if case.exact:
            assert max(each) <= NOISE, (quantity, each)
            continue
        assert each[1] <= 1e-5 and each[2] <= 2e-7, (quantity, each)
        told = order(each, 0, 1), order(each, 0, 2), order(each, 1, 2)
        assert min(told[:2]) >= ORDER and told[2] >= LEAST, (quantity, each, told)
    if not case.exact:
        assert any(order(each, 0, 2) < math.inf for each in found.values()), found


def test_two_factors_that_grow_by_60_per_cent_are_good_to_a_millionth_by_quarters() -> None:
    assert max(each[1] for each in errors(CASES["two factors"]).values()) <= 1e-6
    assert np.isfinite([each[0] for each in errors(CASES["two factors"]).values()]).all()
