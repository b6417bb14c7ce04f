"""Claims that rest neither on a quote nor on a reason are listed, one note for each record."""

import pytest

from syngraph.analyses.soundness import remarks
from syngraph.load.case import load_texts

HEAD = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: year}
sources:
  letter: {file: letter.txt, language: en, published: 2025-01-01}
parties:
  maker: {form: corporation, name: Maker, members: []}
  buyer: {form: corporation}
"""


def listed(text: str) -> list[tuple[str, str]]:
    loaded = load_texts([("a.yaml", HEAD), ("b.yaml", text)])
    assert loaded.diagnostics == ()
    return [(d.fill("name"), d.fill("fields")) for d in remarks(loaded.cases) if d.code == "no-reason"]


DEAL = "agreements:\n  deal:\n    parties: [maker, buyer]\n    signed: 2025-01-01\n"
TERM = "    terms:\n      fee:\n        pays: {from: buyer, to: maker}\n        amount: 1 USD/year\n"
SPLIT = "waterfalls:\n  split:\n    of: maker\n    pot: 0 USD/year\n"
TIERS = "    tiers:\n      - {name: all, share: {buyer: 100 %}}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("facts:\n  a: {value: 5 USD, valid: 2025, about: [maker]}\n", [("a", "value, valid")]),
        ("facts:\n  a: {value: 5 USD, cite: {letter: five}}\n", []),
        ("facts:\n  a: {value: 5 USD, why: it is so}\n", []),
        ("facts:\n  a: {value: 5 USD, valid: 2025, why: {valid: it is so}}\n", [("a", "value")]),
        ("facts:\n  a: {readings: {b: 1, c: 2}, use: b}\n", [("a", "readings")]),
        (
            "facts:\n  a: {series: [{valid: 2025, value: 1}, {valid: 2026/.., value: 2, cite: {letter: two}}]}\n",
            [("a.2025", "valid, value")],
        ),
        ("facts:\n  a: {series: [{valid: 2025, value: 1}], why: {series: the minutes}}\n", []),
        ("assumptions:\n  a: {value: 5 USD}\n", [("a", "value")]),
        ("assumptions:\n  a: {one_of: {1: 40 %, 2: rest}}\n", [("a", "one_of")]),
        ("parties:\n  third: {form: llc, fiscal_year_end: 06-30}\n", [("third", "fiscal_year_end")]),
        ("bodies:\n  maker: {board: {seats: 5}, decides: {direct: board}}\n", [("maker.board", "seats")]),
        ("bodies:\n  maker: {board: {seats: 5}, why: the articles}\n", []),
        ("events:\n  a: {date: 2026-01-01, by: maker}\n", [("a", "date, by")]),
        ("events:\n  a: {when: never, rank: 2}\n", []),
        (
            "events:\n  a: {when: never, effects: {form: {become: llc, party: maker}}}\n",
            [("a.form", "become, party")],
        ),
        (
            "events:\n  a: {when: never, effects: {form: {become: llc, party: maker}}, why: {effects: the statutes}}\n",
            [],
        ),
        (DEAL, [("deal", "signed")]),
        (DEAL + TERM + "    cite: {letter: a deal}\n", [("deal.fee", "pays, amount")]),  # that there is a deal
        (DEAL + TERM + "        why: {pays: usual}\n    why: the register\n", [("deal.fee", "amount")]),
        (
            DEAL
            + TERM
            + "        cite: {letter: a fee}\n        exceptions: {late: {when: t > 1, amount: 0 USD/year}}\n    why: x\n",
            [],
        ),
        (
            DEAL
            + TERM
            + "        why: {pays: a, amount: b}\n        exceptions: {late: {when: t > 1, amount: 0 USD/year}}\n    why: x\n",
            [("deal.fee.late", "when, amount")],
        ),
        (
            "rights:\n  a: {holder: maker, bearer: buyer, kind: vote, amount: 5 %}\n",
            [("a", "holder, bearer, amount")],
        ),
        (SPLIT + TIERS, [("split", "pot"), ("split.all", "share")]),
        (SPLIT + TIERS + "    cite: {letter: a split}\n", []),
        (SPLIT + TIERS + "    why: {tiers: usual}\n", [("split", "pot")]),
        ("positions:\n  a: {by: [maker], against: buyer}\n", [("a", "by, against")]),
        ("checks:\n  a: {value: 1 == 1, at: ever}\n", []),  # a check demands
    ],
)
def test_what_is_listed(text: str, wanted: list[tuple[str, str]]) -> None:
    assert listed(text) == wanted


@pytest.mark.parametrize(
    ("formula", "claims"),
    [
        ("8 * a", True),
        ("20 % * a", True),
        ("{readings: {low: a, high: 3 * a}, use: low}", True),
        ("a / 2 + 1 * a", False),
        ("100 % * a", False),
        ("max(a, 0 USD/year)", False),
    ],
)
def test_a_formula_claims_something_where_a_number_stands(formula: str, claims: bool) -> None:
    text = f"assumptions:\n  a: {{value: 5 USD/year, why: b}}\nmeasures:\n  m: {{rate: {formula}, of: maker}}\n"
    text = text.replace("rate: max(a, 0 USD/year)", 'rate: "max(a, 0 USD/year)"')
    assert listed(text) == ([("m", "rate")] if claims else [])


def test_correlations_too() -> None:
    two = "assumptions:\n  a: {value: 'uniform(0, 1)', why: x}\n  b: {value: 'uniform(0, 1)', why: x}\n"
    assert listed(two + "correlations: [{of: [a, b], rank: 20 %}]\n") == [("a / b", "rank")]
    assert listed(two + "correlations: [{of: [a, b], rank: 20 %, why: x}]\n") == []


def test_what_only_a_plan_adds_is_said_to_be_of_the_plan() -> None:
    text = HEAD + "plans:\n  b: {changes: [{path: assumptions.a, add: {value: 1}}]}\n"
    (found,) = remarks(load_texts([("case.yaml", text)]).cases)
    assert (found.code, [label.key for label in found.labels]) == ("no-reason", ["under-plan"])


def test_what_to_paste_fits_the_reasons_that_are_there() -> None:
    for why, paste in (("", "why: our judgement"), (", why: {about: x}", "why: {value: …}")):
        text = HEAD + f"facts:\n  a: {{value: 5 USD, about: [maker]{why}}}\n"
        (found,) = remarks(load_texts([("case.yaml", text)]).cases)
        assert found.paste == paste
