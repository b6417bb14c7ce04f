"""Two events of one day and rank whose order by name decides the form of a party are warned of."""

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
events:
"""


def event(name: str, *, date: str = "2027-01-01", form: str = "llc", party: str = "maker", more: str = "") -> str:
    return f"  {name}: {{date: '{date}', why: x, effects: {{f: {{become: {form}, party: {party}}}}}{more}}}\n"


def ties(*events: str) -> list[tuple[str, str, str]]:
    loaded = load_texts([("case.yaml", HEAD + "".join(events))])
    assert loaded.diagnostics == ()
    found = [d for d in remarks(loaded.cases) if d.code == "tie-order"]
    return [(d.fill("first"), d.fill("second"), d.fill("form")) for d in found]


B = event("b", form="nonprofit")
DECIDED = event("a", more=", by: buyer, outcomes: {yes_vote: 60 %}")


@pytest.mark.parametrize(
    ("first", "tied"),
    [
        (event("a"), True),
        (DECIDED, True),
        (event("a", form="nonprofit"), False),  # the same form
        (event("a", party="buyer"), False),
        (event("a", date="2027-01-02"), False),
        (event("a", more=", rank: 1"), False),
        (event("a", more=", after: b"), False),  # one waits for the other
        (event("a", date="between(2027-01-01, 2028-01-01)"), False),  # drawn
        ("  a: {date: 2027-01-01, why: x}\n", False),
    ],
)
def test_which_events_tie(first: str, tied: bool) -> None:
    wanted = [("a", "b", "nonprofit")] if tied else []
    assert ties(first, B) == ties(B, first) == wanted  # the order in the file does not matter


def test_an_imprecise_past_ties_with_itself() -> None:
    assert ties(event("a", date="2025-05"), event("b", date="2025-05", form="nonprofit")) == [("a", "b", "nonprofit")]
    assert ties(event("a", date="2025-05"), event("b", date="2025-06", form="nonprofit")) == []


def test_one_that_waits_for_an_outcome_of_the_other() -> None:
    assert ties(DECIDED, event("b", form="nonprofit", more=", after: a.yes_vote")) == []


def test_one_that_waits_for_another_that_waits() -> None:
    between = "  c: {date: 2027-01-01, after: b, why: x}\n"
    assert ties(event("a", more=", after: c"), B, between) == []
    assert ties(event("a", more=", after: c"), B, between.replace("after: b, ", "")) == [("a", "b", "nonprofit")]


def test_one_that_only_asks_for_the_other_does_not_wait() -> None:
    asks = event("a", more=", by: buyer, outcomes: {yes_vote: 60 % if happened(b) else 0 %}")
    assert ties(asks, B) == [("a", "b", "nonprofit")]


def test_three_tie_in_pairs() -> None:
    assert {t[:2] for t in ties(event("c", form="trust"), event("a"), B)} == {("a", "b"), ("a", "c"), ("b", "c")}
