"""Places that can be read in several ways, and the case with another reading in use."""

import pytest

from runs import by_path, program
from syngraph.ir.program import Fold
from syngraph.load.case import load_texts
from syngraph.model.case import Case
from syngraph.model.readings import ambiguities, reading

CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-01-01
simulate: {until: 2026-01-01, step: year}
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
  bank: {form: corporation}
facts:
  fee: {readings: {low: 1 bn USD/year, high: 3 bn USD/year, middle: 2 bn USD/year}, use: low, about: maker}
measures:
  income: {rate: fee, of: maker}
events:
  end:
    when: {readings: {early: "cum(over(fee)) >= 1 bn USD", late: "cum(over(fee)) >= 2 bn USD"}, use: late}
agreements:
  deal:
    parties: [maker, buyer]
    terms:
      royalty:
        pays: {from: buyer, to: {readings: {partner: maker, lender: bank}, use: partner}}
        amount: fee
waterfalls:
  shared:
    of: maker
    pot: over(fee)
    tiers:
      - name: first
        share: {buyer: 100 %}
        until: {readings: {small: {buyer: 0.1 bn USD}, large: {buyer: 0.2 bn USD}}, use: small}
      - {name: rest, share: {bank: 100 %}}
"""


def case(text: str = CASE) -> Case:
    loaded = load_texts([("case.yaml", text)])
    assert not loaded.diagnostics
    return loaded.cases[0]


def test_every_place_is_found_with_its_record() -> None:
    found = {(a.record, a.readings.use, a.others) for a in ambiguities(case())}
    assert found == {
        ("fee", "low", ("high", "middle")),
        ("end", "late", ("early",)),
        ("deal.royalty", "partner", ("lender",)),
        ("shared.first", "small", ("large",)),
    }


def test_another_reading_is_the_case_written_with_it() -> None:
    """The same case as the file with another `use:`, but for the places of what comes after it in the file."""
    for place, name in [(a, name) for a in ambiguities(case()) for name in a.others]:
        other = reading(case(), place, name)
        written = case(CASE.replace(f"use: {place.readings.use}", f"use: {name}"))
        assert [a.readings.use for a in ambiguities(other)] == [a.readings.use for a in ambiguities(written)]
        back = next(a for a in ambiguities(other) if a.path == place.path)
        assert reading(other, back, place.readings.use) == case()
        assert other != case()


def test_money_goes_to_the_party_of_the_reading_in_use() -> None:
    for use, paid in (("partner", {"maker": 1e9, "bank": 0.9e9}), ("lender", {"bank": 1.9e9})):
        text = CASE.replace("use: partner", f"use: {use}")
        kept = by_path(program(text))
        got = {
            p: float(kept[f"received({p})", Fold.CUMULATIVE][-1, 0])
            for p in ("maker", "bank")
            if (f"received({p})", Fold.CUMULATIVE) in kept
        }
        assert got == pytest.approx(paid, rel=1e-12), use


def test_a_plan_can_choose_who_is_paid() -> None:
    plans = "plans:\n  b: {changes: [{path: agreements.deal.terms.royalty.pays.to.use, value: lender}]}\n"
    loaded = load_texts([("case.yaml", CASE + plans)])
    assert not loaded.diagnostics
    uses = [next(a.readings.use for a in ambiguities(c) if a.record == "deal.royalty") for c in loaded.cases]
    assert uses == ["partner", "lender"]
