"""A measure that nets some payments of its party and leaves out others gets a note."""

import pytest

from syngraph.analyses.soundness import remarks
from syngraph.load.case import load_texts

HEAD = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: year}
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
assumptions:
  sales: {value: 9 USD/year, why: x}
agreements:
  deal:
    parties: [maker, buyer]
    why: x
    terms:
      rent: {pays: {from: maker, to: buyer}, amount: 1 USD/year, why: x}
      royalty: {pays: {from: maker, to: buyer}, amount: 2 USD/year, why: x}
      price: {pays: {from: buyer, to: maker}, amount: 3 USD/year, why: x}
      bonus: {pays: {from: maker, to: buyer}, amount: 1 USD/year if happened(good) else 0 USD/year, why: x}
events:
  good: {date: 2027-01-01, why: x}
measures:
"""
PROFIT = "  profit: {flow: over(sales) - deal.rent.paid - deal.royalty.paid - deal.bonus.paid, of: maker}\n"


def left_out(measures: str, head: str = HEAD) -> list[tuple[str, str]]:
    loaded = load_texts([("case.yaml", head + measures)])
    assert loaded.diagnostics == ()
    found = [d for d in remarks(loaded.cases) if d.code == "measure-ignores-payment"]
    assert all(d.span and d.fill("party") in ("maker", "buyer") for d in found)
    return [(d.fill("name"), d.fill("payments")) for d in found]


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        ("flow: over(sales) - deal.rent.paid, of: maker", "deal.bonus, deal.royalty"),
        ("flow: over(sales) - (deal.rent.paid + deal.bonus.paid), of: maker", "deal.royalty"),
        ("flow: -deal.rent.paid, of: maker", "deal.bonus, deal.royalty"),
        ("rate: sales - per_year(deal.rent.paid), of: maker", "deal.bonus, deal.royalty"),
        ("flow: over(sales) + deal.rent.paid, of: buyer", "deal.bonus, deal.royalty"),
        ("flow: over(sales) - paid(maker), of: maker", ""),  # all of them
        ("flow: over(sales) - paid(maker), of: buyer", ""),
        ("flow: over(sales) - deal.rent.paid", ""),  # of nobody
        ("flow: over(sales), of: maker", ""),  # what is earned before anything is paid
        ("flow: deal.rent.paid + deal.royalty.paid, of: maker", ""),  # a bill, not what is left
        ("flow: 2 * deal.rent.paid, of: maker", ""),
        ("stock: 'cum(over(sales) - deal.rent.paid, 0 USD)', of: maker", ""),  # its flow is what to name
        ("flow: over(sales) - deal.rent.paid, of: maker, why: {flow: before royalties}", ""),
        ("flow: over(sales) - deal.rent.paid, of: maker, why: our judgement", "deal.bonus, deal.royalty"),
    ],
)
def test_which_measures_are_noted(measure: str, wanted: str) -> None:
    assert left_out(f"  m: {{{measure}}}\n") == ([("m", wanted)] if wanted else [])


def test_a_payment_netted_in_another_measure_is_netted() -> None:
    assert left_out(PROFIT + "  after: {flow: profit - deal.rent.paid, of: maker}\n") == []
    costs = "  costs: {flow: deal.rent.paid + deal.bonus.paid, of: maker}\n"
    assert left_out(costs + "  m: {flow: over(sales) - costs - deal.royalty.paid, of: maker}\n") == []


def test_a_step_on_the_way_to_what_is_net_is_not_noted() -> None:
    gross = "  gross: {flow: over(sales) - deal.rent.paid, of: maker}\n"
    assert left_out(gross + "  m: {flow: gross - deal.royalty.paid - deal.bonus.paid, of: maker}\n") == []
    assert left_out(gross + "  m: {flow: gross - deal.royalty.paid, of: maker}\n") == [("m", "deal.bonus")]
    assert left_out(gross + "  m: {flow: 2 * gross, of: maker}\n") == [("gross", "deal.bonus, deal.royalty")]


def test_a_payment_that_hangs_on_the_measure_cannot_be_netted_in_it() -> None:
    before_bonus = PROFIT.replace(" - deal.bonus.paid", "") + "  base: {rate: per_year(profit)}\n"
    assert left_out(before_bonus) == [("profit", "deal.bonus")]
    assert left_out(before_bonus, HEAD.replace("1 USD/year if happened(good) else 0 USD/year", "10 % * base")) == []


def test_prev_counts_as_use() -> None:
    text = "  m: {flow: over(sales) - deal.rent.paid - deal.royalty.paid - over(owed), of: maker}\n"
    owed = "  owed: {rate: 'prev(cum(deal.bonus.paid, 0 USD), 0 USD) / (1 year)', of: maker}\n"
    assert left_out(text + owed) == []
