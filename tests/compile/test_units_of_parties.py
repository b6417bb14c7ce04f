"""A unit of a party counts within its owner: what it is paid and pays, the owner is paid and pays."""

import pytest

from runs import Figures

CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-01-01
simulate: {until: 2026-01-01, step: year}
parties:
  lab: {form: corporation}
  bench: {part_of: lab}
  cloud: {form: corporation}
  hosting: {part_of: cloud}
  racks: {part_of: hosting}
assumptions:
  yearly: {value: 1 bn USD/year, why: ours}
measures:
  taken: {stock: "cum(received(cloud), 0 USD)"}
agreements:
  deal:
    parties: [lab, cloud]
    terms:
      licence: {pays: {from: lab, to: cloud}, amount: 10 * yearly}
      rent: {pays: {from: bench, to: hosting}, amount: 3 * yearly}
      power: {pays: {from: lab, to: racks}, amount: 0.5 * yearly}
      internal: {pays: {from: cloud, to: hosting}, amount: 7 * yearly}
      between: {pays: {from: racks, to: hosting}, amount: 2 * yearly}
waterfalls:
  profit:
    of: lab
    pot: over(yearly * 100)
    tiers:
      - {name: all, share: {cloud: 60 %, hosting: 10 %, bench: 30 %}}
"""

# in bn USD: 10 + 3 + 0.5 from the deal, 60 + 10 from the waterfall; what moves between units of one party is left out
TOTALS = [
    ("received(cloud)", 10 + 3 + 0.5 + 60 + 10),
    ("received(hosting)", 3 + 0.5 + 7 + 10),  # its unit racks gets 0.5, and pays it 2
    ("received(racks)", 0.5),
    ("paid(cloud)", 0),
    ("paid(hosting)", 0),
    ("paid(racks)", 2),
    ("paid(lab)", 10 + 3 + 0.5 + 60 + 10),
    ("paid(bench)", 3),
    ("received(bench)", 30),
]


@pytest.mark.parametrize(("name", "billions"), TOTALS)
def test_a_unit_counts_within_its_owner(name: str, billions: float) -> None:
    made = Figures(CASE)
    names = {o.name for o in made.program.outputs}
    assert (made.total(name) if name in names else 0.0) == pytest.approx(billions * 1e9)


def test_a_formula_says_the_same() -> None:
    assert Figures(CASE).end("taken") == pytest.approx(83.5e9)
