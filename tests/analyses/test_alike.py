"""What two plans compute alike does not differ between them, and only what they compute alike is taken for it."""

import json
from functools import cache

import pytest

from runs import compiled, program
from syngraph.analyses.alike import alike
from syngraph.analyses.compare import compared, differences
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.figures import Fold
from syngraph.analyses.studies import run_study
from syngraph.analyses.study import CheckResult
from syngraph.ir.prune import prune

CASE = """\
case: sums
title: Sums
currency: USD
today: 2025-01-01
simulate: {until: 2029-01-01, step: year}
discount: 10 %
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
assumptions:
  growth: {value: "uniform(10 %, 60 %)", why: round}
  skew: {value: "beta(2, 5)", why: round}
  bar: {value: 3 bn USD, why: round}
  odds: {value: 40 %, why: round}
measures:
  sales: {rate: "grow(1 bn USD/year, growth * skew) * exp(walk(market) / 10)"}
  total: {stock: "cum(over(sales), 0 USD)"}
  last: {stock: "trailing(over(sales), 1 year)"}
  over: {status: "total > bar"}
  least: {stock: "min(total, 2 bn USD)"}
  before: {stock: "prev(total, 0 USD)"}
  after: {rate: "sales if happened(reached) else 0 USD/year"}
  lucky: {rate: "sales if ruling.grant else 0 USD/year"}
events:
  reached: {when: total >= bar}
  ruling: {by: lab, hazard: 30 %/year, outcomes: {grant: odds, refuse: rest}}
agreements:
  deal:
    parties: [lab, cloud]
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: 20 % * sales}
      rent: {pays: {from: cloud, to: lab}, amount: 1 bn USD/year if over else 2 bn USD/year, cap: 5 bn USD}
"""
# something else that stops paths, draws, and takes numbers of its own; it comes first by name
MORE = [
    ("assumptions.aaa", {"value": "uniform(0, 1)", "why": "x"}),
    ("measures.aab", {"stock": "min(cum(aac, 0 USD), 1.5 bn USD) * aaa"}),
    ("measures.aac", {"flow": "over(sales)"}),
    ("events.aad", {"when": "total >= 0.7 bn USD"}),
]


def same(*changes: dict[str, object]) -> set[str]:
    """The series that the case and a plan with these changes compute alike."""
    plan = {"title": "Changed", "changes": list(changes)}
    made = compiled(f"{CASE}plans:\n  plain: {{title: Plain}}\n  changed: {json.dumps(plan)}\n")
    a, b = made["plain"].program, made["changed"].program
    assert a is not None and b is not None
    known = {(o.name, o.fold) for o in b.outputs}
    assert known.issuperset((o.name, o.fold) for o in a.outputs)
    wanted = [{(o.name, o.fold)} for o in a.outputs]
    unlike = {name for one in wanted if not alike(prune(a, one), prune(b, one)) for name, _ in one}
    return everything() - unlike


@cache
def everything() -> set[str]:
    return {o.name for o in program(CASE).outputs}


def test_what_else_a_case_has_changes_nothing() -> None:
    assert len(everything()) > 25
    assert same() == everything()
    assert same(*({"path": path, "add": added} for path, added in MORE)) == everything()


RECEIPTS = {"deal.fee.paid", "received(cloud)", "paid(lab)"}
RENT = {"deal.rent.paid", "received(lab)", "paid(cloud)"}


def worth(names: set[str]) -> set[str]:
    return {f"present_value({name})" for name in names}


@pytest.mark.parametrize(
    ("path", "value", "unlike"),
    [
        ("measures.over.status", "total >= bar", {"over", *RENT, *worth(RENT)}),
        ("measures.least.stock", "min(total, 2.1 bn USD)", {"least"}),
        ("measures.least.stock", "max(total, 2 bn USD)", {"least"}),
        ("measures.last.stock", "trailing(over(sales), 2 years)", {"last"}),
        ("measures.before.stock", "prev(total, 1 USD)", {"before"}),
        ("assumptions.odds.value", "41 %", {"odds", "lucky", "ruling.grant", "ruling.refuse", "date(ruling)"}),
        ("events.ruling.hazard", "31 %/year", {"lucky", "ruling.grant", "ruling.refuse", "date(ruling)"}),
        ("events.reached.rank", "1", {"after", "date(reached)", "happened(reached)"}),
        ("agreements.deal.terms.fee.amount", "21 % * sales", RECEIPTS | worth(RECEIPTS)),
        ("agreements.deal.terms.rent.cap", "6 bn USD", RENT | worth(RENT)),
    ],
)
def test_what_is_computed_otherwise_is_not_alike(path: str, value: str, unlike: set[str]) -> None:
    change = {"path": path, "add" if path.endswith("rank") else "value": value}
    assert everything() - same(change) == unlike


RESTING = {"sales", "total", "last", "over", "least", "before", "after", "lucky", "date(reached)"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("assumptions.growth.value", "uniform(10 %, 61 %)"),
        ("assumptions.growth.value", "normal(30 %, 1 %)"),
        ("assumptions.skew.value", "beta(2, 6)"),
        ("measures.sales.rate", "grow(1 bn USD/year, growth * skew) * exp(walk(other) / 10)"),
        ("measures.sales.rate", "grow(1.1 bn USD/year, growth * skew) * exp(walk(market) / 10)"),
    ],
)
def test_what_all_rests_on_changes_all_that_rests_on_it(path: str, value: str) -> None:
    found = same({"path": path, "value": value})
    assert {"bar", "odds", "ruling.grant"} <= found
    assert not found & (RESTING | RECEIPTS | RENT | worth(RECEIPTS | RENT))


PLANS = """\
plans:
  plain: {title: Plain}
  other: {title: Other, changes: [{path: assumptions.bar.value, value: 0.7 bn USD}]}
checks:
  worth_more: {better: "cum(deal.fee.paid)", plan: other, than: plain, at: 2028-01-01, at_least: 40 %}
  rent_more: {better: "cum(deal.rent.paid)", plan: other, than: plain, at: 2028-01-01, at_least: 40 %}
"""


def test_a_plan_that_stops_elsewhere_does_not_change_what_it_does_not_touch() -> None:
    """The fee grows: cut at other moments its present value would come out a hair different on most paths."""
    made = tuple(compiled(CASE + PLANS).values())
    study = run_study(made, folder="", texts=(), evidence=Evidence(), paths=300, seed=3)
    ends = study.plan("plain"), study.plan("other")
    assert ends[0] is not None and ends[1] is not None
    wanted, unknown = compared(*ends, [])
    assert not unknown
    rows = {row.what.name: row for row in differences(study, *ends, wanted)}
    untouched, touched = rows["present_value(received(cloud))"], rows["present_value(received(lab))"]
    assert untouched.pair is not None and untouched.pair.difference == 0.0 and not untouched.differs
    assert touched.pair is not None and touched.pair.first_higher > 0.5
    worth = [r.result.get("present_value(received(cloud))", Fold.TOTAL).mean[0] for r in ends if r is not None]
    assert worth[0] != worth[1]  # of whole runs, which stop elsewhere

    def figure(name: str) -> CheckResult:
        return next(c for c in study.first.checks if c.name == name)

    assert figure("worth_more").figure == 0.0
    assert figure("rent_more").figure == 0.0
