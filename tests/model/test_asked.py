"""What is asked of a run is written and read by one function each, and reading undoes writing."""

from typing import get_args

import pytest

from syngraph.model.asked import (
    Asked,
    CheckOf,
    DateOf,
    Happened,
    Paid,
    PartOf,
    PresentValue,
    Received,
    asked_of,
    text_of,
)

UNITS = {"deal.fee", "pot", "ruling", "sales"}
WRITTEN = [
    (PartOf("sales"), "sales"),
    (PartOf("deal.fee", "paid"), "deal.fee.paid"),
    (PartOf("pot", "maker"), "pot.maker"),
    (PartOf("ruling", "grant"), "ruling.grant"),
    (Paid("maker"), "paid(maker)"),
    (Received("maker"), "received(maker)"),
    (PresentValue(Received("maker")), "present_value(received(maker))"),
    (PresentValue(PartOf("deal.fee", "paid")), "present_value(deal.fee.paid)"),
    (DateOf("ruling"), "date(ruling)"),
    (Happened("ruling"), "happened(ruling)"),
    (CheckOf("enough"), "check enough"),
]


@pytest.mark.parametrize(("asked", "text"), WRITTEN)
def test_it_is_written_and_read(asked: Asked, text: str) -> None:
    assert text_of(asked) == text
    assert asked_of(text, UNITS) == asked


def test_every_kind_is_tried() -> None:
    assert {type(asked) for asked, _ in WRITTEN} == set(get_args(Asked))


@pytest.mark.parametrize(
    "text", ["", "deal.fee", "other.part", "present_value(date(ruling))", "paid()", "sum(sales)", "paid(maker", "deal."]
)
def test_what_is_nothing_else_is_a_name(text: str) -> None:
    assert asked_of(text, UNITS) == PartOf(text)
    assert text_of(asked_of(text, UNITS)) == text


def test_a_part_is_told_by_the_names_of_the_units() -> None:
    assert asked_of("deal.fee.paid") == PartOf("deal.fee.paid")
    assert asked_of("deal.fee.paid", {"deal.fee"}) == PartOf("deal.fee", "paid")
    assert asked_of("deal.fee.paid", {"deal.fee", "deal.fee.paid"}) == PartOf("deal.fee.paid")
