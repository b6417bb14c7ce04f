"""Mistakes only the compiler can see, once each, and under which plan."""

from syngraph.analyses.soundness import unsound
from syngraph.base.diagnostics import Diagnostic
from syngraph.load.case import Loaded, load_texts

CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: year}
parties:
  maker: {form: corporation}
assumptions:
  fee: {value: 1 bn USD/year, why: our judgement}
  count: {value: 3 seats, why: our judgement}
measures:
  income: {rate: fee, of: maker}
plans:
  a: {changes: [{path: measures.income.rate, value: fee + count}]}
  b: {base: a, changes: [{path: discount, add: 10 %}]}
"""


def found(loaded: Loaded) -> list[Diagnostic]:
    assert not loaded.diagnostics
    return list(unsound(loaded.cases))


def test_a_sound_case() -> None:
    assert found(load_texts([("case.yaml", CASE.replace("fee + count", "fee + fee"))])) == []
    assert unsound(()) == ()


def test_a_mistake_that_a_plan_brings_about_is_said_once_and_names_the_plan() -> None:
    (diagnostic,) = found(load_texts([("case.yaml", CASE)]))
    assert [(label.key, label.span.line) for label in diagnostic.labels] == [("under-plan", 14)]


def test_a_mistake_of_the_bare_case_is_not_repeated() -> None:
    wrong = CASE.replace("rate: fee,", "rate: fee + count,").replace("fee + count}", "fee + fee}")
    (diagnostic,) = found(load_texts([("case.yaml", wrong)]))
    assert diagnostic.labels == ()


def with_readings(two: str, plans: str = "") -> str:
    return f"""\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {{until: 2036-01-01, step: year}}
parties:
  maker: {{form: corporation}}
  buyer: {{form: corporation}}
assumptions:
  fee: {{value: 1 bn USD/year, why: our judgement}}
measures:
  level: {{stock: {{readings: {{one: cum(over(fee)), two: "{two}"}}, use: one}}, of: maker}}
agreements:
  deal:
    parties: [maker, buyer]
    terms:
      royalty:
        pays: {{from: buyer, to: maker}}
        amount: fee
        cap: {{readings: {{low: 1 bn USD, high: 2 bn USD}}, use: low}}
        opening: 0 USD
{plans}"""


def test_a_reading_no_plan_uses_must_be_sound_too() -> None:
    for two, code in (("over(fee)", "kind-declared"), ("level + 1 USD", "cycle"), ("cum(over(fe))", "unknown-name")):
        (diagnostic,) = found(load_texts([("case.yaml", with_readings(two))]))
        assert diagnostic.code == code
        assert [(label.key, label.span.line) for label in diagnostic.labels] == [("under-reading", 12)]
    assert found(load_texts([("case.yaml", with_readings("2 * cum(over(fee))"))])) == []


def test_a_mistake_beside_a_reading_is_not_said_again_for_it() -> None:
    wrong = with_readings("2 * cum(over(fee))").replace("amount: fee", "amount: fe")
    (diagnostic,) = found(load_texts([("case.yaml", wrong)]))
    assert diagnostic.labels == ()


def test_a_reading_a_plan_uses_is_said_to_be_of_the_plan() -> None:
    plans = "plans:\n  b: {changes: [{path: measures.level.stock.use, value: two}]}"
    (diagnostic,) = found(load_texts([("case.yaml", with_readings("over(fee)", plans))]))
    assert [label.key for label in diagnostic.labels] == ["under-plan"]
