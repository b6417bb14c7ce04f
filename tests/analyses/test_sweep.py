"""The comparison of two plans again under every reading they do not use."""

import pytest

from syngraph.analyses.compare import Difference, compared, differences
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.studies import compiled_plans, run_study, sound
from syngraph.analyses.study import Study
from syngraph.analyses.sweep import under_readings
from syngraph.load.case import load_texts

CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-01-01
simulate: {until: 2027-01-01, step: year}
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
  bank: {form: corporation}
facts:
  fee: {readings: {low: 1 bn USD/year, high: 3 bn USD/year}, use: low}
assumptions:
  factor: {value: 1, why: our judgement}
agreements:
  deal:
    parties: [maker, buyer]
    terms:
      royalty:
        pays: {from: buyer, to: {readings: {partner: maker, lender: bank}, use: partner}}
        amount: factor * fee
plans:
  plain: {title: As it is}
  double: {changes: [{path: assumptions.factor.value, value: 2}]}
  dear: {base: double, changes: [{path: facts.fee.use, value: high}]}
"""
Rows = dict[tuple[str, str], tuple[float, float]]


def study(text: str = CASE) -> Study:
    loaded = load_texts([("case.yaml", text)])
    assert not loaded.diagnostics
    compiled, _ = compiled_plans(loaded.cases)
    assert sound(compiled)
    return run_study(compiled, folder="", texts=(), evidence=Evidence(), paths=2, seed=1)


def means(rows: tuple[Difference, ...]) -> Rows:
    assert all(r.pair is not None for r in rows)
    return {(r.what.name, r.under[1] if r.under else ""): r.pair.means for r in rows if r.pair is not None}


def rows(a: str, b: str, *asked: str) -> tuple[Rows, Rows]:
    made = study()
    ends = made.plan(a), made.plan(b)
    assert ends[0] is not None
    assert ends[1] is not None
    wanted, unknown = compared(ends[0], ends[1], asked)
    assert not unknown
    return means(differences(made, ends[0], ends[1], wanted)), means(under_readings(made, ends[0], ends[1], wanted))


def test_each_other_reading_is_taken_under_both_plans() -> None:
    """Two years of 1 or 3 bn, doubled by the second plan."""
    plain, others = rows("plain", "double", "deal.royalty")
    assert plain == {("deal.royalty.paid", ""): (2e9, 4e9)}
    assert others == {("deal.royalty.paid", "high"): (6e9, 12e9), ("deal.royalty.paid", "lender"): (2e9, 4e9)}


def test_a_reading_one_plan_uses_is_taken_under_both() -> None:
    plain, others = rows("double", "dear", "deal.royalty@2026")
    assert plain == {("deal.royalty.paid", ""): (2e9, 6e9)}
    assert others == {
        ("deal.royalty.paid", "low"): (2e9, 2e9),
        ("deal.royalty.paid", "high"): (6e9, 6e9),
        ("deal.royalty.paid", "lender"): (2e9, 6e9),
    }


def test_what_a_reading_does_not_have_is_left_out_there() -> None:
    """With the other payee nothing is received by the maker, and there is no such series."""
    plain, others = rows("plain", "double", "received(maker)")
    assert plain == {("received(maker)", ""): (2e9, 4e9)}
    assert others == {("received(maker)", "high"): (6e9, 12e9)}


@pytest.mark.parametrize(("use", "name"), [("low", "high"), ("partner", "lender")])
def test_a_reading_is_the_case_written_with_it(use: str, name: str) -> None:
    _, others = rows("plain", "double", "deal.royalty")
    written = study(CASE.replace(f"use: {use}", f"use: {name}"))
    ends = written.plan("plain"), written.plan("double")
    assert ends[0] is not None
    assert ends[1] is not None
    wanted, _ = compared(ends[0], ends[1], ["deal.royalty"])
    ((_, figures),) = means(differences(written, ends[0], ends[1], wanted)).items()
    assert figures == others["deal.royalty.paid", name]


def test_a_case_without_readings_has_nothing_to_sweep() -> None:
    text = CASE.replace("readings: {low: 1 bn USD/year, high: 3 bn USD/year}, use: low", "value: 1 bn USD/year")
    text = text.replace("{readings: {partner: maker, lender: bank}, use: partner}", "maker")
    text = text[: text.index("  dear:")]
    made = study(text)
    a, b = made.runs[0], made.runs[1]
    assert under_readings(made, a, b, compared(a, b, ["deal.royalty"])[0]) == ()
