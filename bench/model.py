"""The small model that everything in this folder computes: a share of growing revenue, with a cap, at present value."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from statistics import NormalDist

from syngraph.compile.case import compile_plans
from syngraph.ir.program import Fold, Program
from syngraph.ir.prune import prune
from syngraph.load.case import load_texts
from syngraph.run.results import RunResult

YEARS, QUARTERS = 10, 40
DT = YEARS / QUARTERS
REVENUE, VOLATILITY = 13e9, 0.2
GROWTH_P10, GROWTH_P90 = 0.15, 0.75  # lognormal, one draw a path
GROWTH_MU = (log(GROWTH_P10) + log(GROWTH_P90)) / 2  # of its logarithm
GROWTH_SIGMA = (log(GROWTH_P90) - log(GROWTH_P10)) / (2 * NormalDist().inv_cdf(0.9))
SHARE_LOW, SHARE_HIGH = 0.15, 0.25  # even, one draw a path
CAP, DISCOUNT = 90e9, 0.1

_HEAD = f"""\
case: share
title: A share of revenue
currency: USD
today: 2025-01-01
simulate: {{until: 2034-12-30, step: quarter}}
discount: {DISCOUNT:.0%}
parties:
  lab: {{form: corporation}}
  cloud: {{form: corporation}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The means over all paths: what is paid in all, and its present value."""

    total: float
    present: float


def case_text(copies: int = 1) -> str:
    """The model as a case: `copies` shares of as many revenues, each with draws of its own."""
    numbers = range(copies)
    return _HEAD + "".join(
        (
            "assumptions:\n",
            *(_assumptions(i) for i in numbers),
            "measures:\n",
            *(_revenue(i) for i in numbers),
            "agreements:\n",
            *(_agreement(i) for i in numbers),
        )
    )


def _assumptions(i: int) -> str:
    return (
        f'  growth{i}: {{value: "lognormal(p10 = {GROWTH_P10:.0%}, p90 = {GROWTH_P90:.0%})", why: a model}}\n'
        f'  part{i}: {{value: "uniform({SHARE_LOW:.0%}, {SHARE_HIGH:.0%})", why: a model}}\n'
    )


def _revenue(i: int) -> str:
    noise = f"exp({VOLATILITY} * walk(demand{i}) - {VOLATILITY} * {VOLATILITY} * t / 2)"
    return f'  revenue{i}: {{rate: "grow({REVENUE / 1e9:g} bn USD/year, growth{i}) * {noise}", of: lab}}\n'


def _agreement(i: int) -> str:
    pays = f"pays: {{from: lab, to: cloud}}, amount: part{i} * revenue{i}, cap: {CAP / 1e9:g} bn USD, why: a model"
    return f"  deal{i}:\n    parties: [lab, cloud]\n    why: a model\n    terms:\n      share: {{{pays}}}\n"


def program(copies: int = 1) -> Program:
    """The case compiled, with the series everyone here answers for: by year, in all, and at present value."""
    loaded = load_texts([("case.yaml", case_text(copies))])
    (compiled,) = compile_plans(loaded.cases)
    if compiled.program is None:
        raise ValueError([d.code for d in (*loaded.diagnostics, *compiled.diagnostics)])
    return prune(compiled.program, frozenset(_wanted(copies)))


def _wanted(copies: int) -> Iterable[tuple[str, Fold]]:
    for i in range(copies):
        paid = f"deal{i}.share.paid"
        yield from ((paid, Fold.YEAR_SUM), (paid, Fold.CUMULATIVE), (f"present_value({paid})", Fold.TOTAL))


def answer(result: RunResult) -> Answer:
    """The answer in our own results."""
    total = result.get("deal0.share.paid", Fold.CUMULATIVE)
    present = result.get("present_value(deal0.share.paid)", Fold.TOTAL)
    return Answer(float(total.mean[-1]), float(present.mean[0]))
