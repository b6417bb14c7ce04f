"""A superseded source: how its quotes stand in the newest text that is there."""

import pytest

from syngraph.analyses.evidence import Evidence, verify_case
from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.evidence.lock import NO_LOCK, Lock
from syngraph.load.case import load_texts

OPENING = "case: a\ntitle: A\ncurrency: USD\ntoday: 2026-01-01\nsimulate: {until: 2030-01-01}\n"
FACTS = """\
facts:
  fee: {value: 5 %, cite: {first: a fee of 5%}}
  years: {value: 7 years, cite: {first: the term is seven years long}}
  seat: {says: A seat, cite: {first: The lender may name a member of the board}}
  law: {says: Law, cite: {first: The courts of Hamburg decide}}
"""
FIRST = "The maker pays a fee of 5%. the term is seven years long.\nThe lender may name a member of the board.\nThe courts of Hamburg decide.\n"
SECOND = "The maker pays a fee of 5%. the term is seven years long. It is new.\nThe lender may choose a member of the board.\n"
THIRD = "New. The maker pays a fee of 6%. the term is seven years long.\nThe lender may name a member of the board.\nThe courts of Hamburg decide.\n"


def sources(*pairs: tuple[str, str]) -> str:
    lines = [
        f"  {n}: {{file: {n}.txt, language: en{f', supersedes: {older}' if older else ''}}}\n" for n, older in pairs
    ]
    return f"sources:\n{''.join(lines)}"


CHAIN = sources(("first", ""), ("second", "first"), ("third", "second"))


def evidence(case: str, texts: dict[str, str], lock: Lock = NO_LOCK) -> Evidence:
    loaded = load_texts([("case.yaml", OPENING + case)])
    assert loaded.diagnostics == ()
    return verify_case(loaded.cases, texts, lock=lock)


def of_versions(found: Evidence) -> list[Diagnostic]:
    return [d for d in found.diagnostics if d.code.startswith(("version-", "supersede"))]


def line(diagnostic: Diagnostic) -> str:
    """The line of the case a finding stands at."""
    assert diagnostic.span is not None
    return (OPENING + CHAIN + FACTS).splitlines()[diagnostic.span.line - 1].strip().partition(":")[0]


def test_each_quote_is_read_in_the_newer_text() -> None:
    found = of_versions(evidence(CHAIN + FACTS, {"first": FIRST, "second": SECOND}))
    assert [(d.code, line(d), d.severity) for d in found] == [
        ("version-moved", "first", Severity.NOTE),
        ("version-vanished", "law", Severity.WARNING),
        ("version-changed", "seat", Severity.WARNING),
    ]
    moved, vanished, changed = found
    assert (moved.fill("newer"), moved.fill("same"), moved.fill("moved")) == ("second", "2", "0")
    assert (vanished.fill("source"), vanished.fill("newer")) == ("first", "second")
    assert changed.paste == "The lender may choose a member of the board"
    assert changed.fill("place") == "second:2:1"


def test_of_a_chain_the_newest_text_counts() -> None:
    found = of_versions(evidence(CHAIN + FACTS, {"first": FIRST, "second": SECOND, "third": THIRD}))
    assert [(d.code, line(d)) for d in found] == [("version-moved", "first"), ("version-contradicted", "fee")]
    assert (found[0].fill("newer"), found[0].fill("same"), found[0].fill("moved")) == ("third", "0", "3")
    assert found[1].paste == "a fee of 6%"


def test_the_old_text_need_not_be_there() -> None:
    lock = evidence(CHAIN + FACTS, {"first": FIRST}).renewed
    for held in (lock, NO_LOCK):
        found = of_versions(evidence(CHAIN + FACTS, {"second": SECOND}, held))
        assert [d.code for d in found] == ["version-moved", "version-vanished", "version-changed"]
    assert of_versions(evidence(CHAIN + FACTS, {"second": SECOND}, lock))[0].fill("same") == "2"
    assert of_versions(evidence(CHAIN + FACTS, {"first": FIRST})) == []


def test_a_quote_that_now_stands_twice_is_unsure() -> None:
    found = of_versions(evidence(CHAIN + FACTS, {"first": FIRST, "second": FIRST + "The courts of Hamburg decide.\n"}))
    assert [(d.code, line(d)) for d in found] == [("version-moved", "first"), ("version-ambiguous", "law")]
    assert found[1].paste == ""


def test_a_quote_that_fails_in_its_own_text_is_not_looked_for_in_another() -> None:
    found = evidence(CHAIN + FACTS, {"first": FIRST.replace("courts of", "courts in"), "second": FIRST})
    assert [d.code for d in found.diagnostics] == ["quote-drifted", "version-moved"]
    assert (of_versions(found)[0].fill("same"), of_versions(found)[0].fill("moved")) == ("3", "0")


def test_nothing_is_said_where_nothing_is_superseded() -> None:
    plain = sources(("first", ""), ("second", ""))
    assert of_versions(evidence(plain + FACTS, {"first": FIRST, "second": SECOND})) == []


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (sources(("first", "first")), [("supersedes-cycle", "first", "first, first")]),
        (sources(("first", "second"), ("second", "first")), [("supersedes-cycle", "first", "first, second, first")]),
        (
            sources(("first", "second"), ("second", "third"), ("third", "second")),
            [("supersedes-cycle", "second", "second, third, second"), ("superseded-twice", "third", "")],
        ),
        (sources(("first", ""), ("second", "first"), ("third", "first")), [("superseded-twice", "third", "")]),
    ],
)
def test_circles_and_forks_are_errors(case: str, expected: list[tuple[str, str, str]]) -> None:
    found = of_versions(evidence(case + FACTS, {"first": FIRST, "second": SECOND}))
    written = (OPENING + case).splitlines()
    places = [written[d.span.line - 1].strip().partition(":")[0] for d in found if d.span]
    assert [(d.code, place, d.fill("sources")) for d, place in zip(found, places, strict=True)] == expected
    assert {d.severity for d in found} == {Severity.ERROR}
