"""A condition that denies an outcome is true before the decision too, and check says so."""

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
  agency: {form: public_body}
events:
  ruling: {by: agency, outcomes: {grant: 50 %, refuse: rest}, why: x}
  vote: {by: maker, outcomes: {sign: 80 %}, why: x}
  talks: {date: 2027-01-01, why: x}
"""


def notes(text: str) -> list[tuple[str, str]]:
    loaded = load_texts([("a.yaml", HEAD), ("b.yaml", text)])
    assert loaded.diagnostics == ()
    found = [d for d in remarks(loaded.cases) if d.code == "not-before-decision"]
    assert all(d.span and text[d.span.start : d.span.end].strip("\"'") for d in found)
    return [(text[d.span.start : d.span.end], d.paste) for d in found if d.span]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("not ruling.grant", [("not ruling.grant", "ruling.refuse")]),
        ("t > 1 and not ruling.refuse", [("not ruling.refuse", "ruling.grant")]),
        ("not vote.sign", [("not vote.sign", "")]),
        ("not (ruling.grant and vote.sign)", [("not (ruling.grant and vote.sign)", "")] * 2),
        ("ruling.grant == false", [("ruling.grant == false", "ruling.refuse")]),
        ("ruling.grant != true", [("ruling.grant != true", "ruling.refuse")]),
        ("not (ruling.grant or ruling.refuse)", []),  # undecided, in so many words
        ("not happened(talks)", []),
        ("ruling.grant", []),
        ("ruling.grant == true", []),
        ("not (t > 1)", []),
    ],
)
def test_what_is_noted(condition: str, wanted: list[tuple[str, str]]) -> None:
    assert notes(f"events:\n  later: {{when: {condition}, why: y}}\n") == wanted


def test_a_reason_for_the_condition_says_that_it_is_meant() -> None:
    assert notes("events:\n  later: {when: not ruling.grant, why: {when: nobody need wait}}\n") == []
    assert len(notes("events:\n  later: {when: not ruling.grant, why: {after: nobody need wait}, after: talks}\n")) == 1


def test_measures_exceptions_and_rights_too() -> None:
    assert len(notes("measures:\n  m: {rate: 1 USD/year if not ruling.grant else 0 USD/year}\n")) == 1
    assert (
        len(notes("rights:\n  r: {holder: maker, bearer: agency, kind: vote, when: not ruling.grant, why: x}\n")) == 1
    )
    fee = "assumptions:\n  fee: {value: 1 USD/year}\n"
    term = "{pays: {from: maker, to: agency}, amount: 1 USD/year, why: x, exceptions: {e: {when: not ruling.grant, amount: fee}}}"
    assert len(notes(f"agreements:\n  deal: {{parties: [maker, agency], why: x, terms: {{a: {term}}}}}\n" + fee)) == 1


def test_a_named_condition_is_what_it_stands_for() -> None:
    granted = "measures:\n  granted: {status: ruling.grant}\n  both: {status: granted and vote.sign}\n"
    when = "events:\n  later: {when: not CONDITION, why: y}\n"
    assert notes(granted + when.replace("CONDITION", "granted")) == [("not granted", "ruling.refuse")]
    assert notes(granted + when.replace("CONDITION", "both")) == [("not both", ""), ("not both", "")]
    assert notes(granted.replace("ruling.grant", "t > 1") + when.replace("CONDITION", "granted")) == []


def test_every_reading_is_looked_at() -> None:
    when = "{readings: {a: ruling.refuse, b: not ruling.grant}, use: a}"
    assert len(notes(f"events:\n  later: {{when: {when}, why: y}}\n")) == 1


def test_a_probability_is_noted_and_a_proof_is_not() -> None:
    assert len(notes("checks:\n  c: {probability: not ruling.grant, at: 2030-01-01, at_least: 1 %}\n")) == 1
    assert notes("checks:\n  c: {never: happened(talks) and not ruling.grant}\n") == []
