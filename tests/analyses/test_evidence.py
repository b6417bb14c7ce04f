"""The quotes of a case under all its plans, and when the lock may follow them."""

import pytest

from syngraph.analyses.evidence import may_renew, status_of, statuses, verify_case
from syngraph.analyses.quotes import quote_key
from syngraph.base.diagnostics import error, note, warning
from syngraph.evidence.anchoring import Status
from syngraph.load.case import load_texts
from syngraph.model.case import Case
from syngraph.model.citations import citations

CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: quarter}
sources:
  article: {file: sources/article.txt, language: en, region: US}
facts:
  invested: {value: 13 bn USD, bound: more_than, cite: {article: more than $13 billion}}
  ends: {value: 2030-01-01, cite: {article: until 2030}}
plans:
  later: {changes: [{path: facts.ends.value, value: 2031-01-01}]}
"""
TEXT = "Invested: more than $13 billion. Shared until 2030."
CASES = load_texts([("case.yaml", CASE)]).cases
KEYS = {c.head.name: quote_key(c.head, c.citation) for c in citations(CASES[0])}


def test_a_record_that_a_plan_changes_is_verified_in_both_versions() -> None:
    evidence = verify_case(CASES, {"article": TEXT})
    assert sorted(v.quote.key.record for v in evidence.verdicts) == ["ends", "ends", "invested"]
    assert {v.status for v in evidence.verdicts} == {Status.VERIFIED}
    assert evidence.diagnostics == ()
    assert [(s.source, s.quoted, s.total) for s in evidence.shares] == [("article", 31, 51)]
    assert len(evidence.renewed.quotes) == 3


def test_the_weakest_version_counts() -> None:
    base = verify_case(CASES[:1], {"article": TEXT})
    absent = verify_case(CASES, {}, lock=base.renewed)  # the lock knows the base only
    found = statuses(absent)
    assert found == {KEYS["invested"]: Status.SNAPSHOT, KEYS["ends"]: Status.UNVERIFIABLE}
    assert [d.code for d in absent.diagnostics] == ["quote-unverifiable"]


def test_the_status_of_a_citation() -> None:
    found = statuses(verify_case(CASES, {"article": "Shared until 2030."}))
    heads = {c.head.name: c for c in citations(CASES[0])}
    assert status_of(found, heads["ends"].head, heads["ends"].citation) is Status.VERIFIED
    assert status_of(found, heads["invested"].head, heads["invested"].citation) is Status.LOST
    assert status_of({}, heads["ends"].head, heads["ends"].citation) is Status.UNVERIFIABLE


def ignoring(*passages: str) -> tuple[Case, ...]:
    ignored = "".join(f"      - {{{p}, why: rhetoric}}\n" for p in passages)
    whole = (
        "sources:\n  article:\n    file: sources/article.txt\n    language: en\n    region: US\n    ignore:\n" + ignored
    )
    return load_texts([("case.yaml", CASE.replace(CASE[CASE.index("sources:") : CASE.index("facts:")], whole))]).cases


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("quote: Shared for ever", "quote-lost"),
        ("quote: 3 billion", "quote-cuts-number"),
        ("quote: re", "quote-ambiguous"),
    ],
)
def test_an_ignored_passage_must_stand_in_its_source_too(passage: str, code: str) -> None:
    found = verify_case(ignoring(passage), {"article": TEXT}).diagnostics
    assert [(d.code, d.span and d.span.line) for d in found] == ([(code, 12)] if code else [])


def test_the_lock_keeps_ignored_passages() -> None:
    before = verify_case(ignoring("quote: re, occurrence: 2", "quote: Invested"), {"article": TEXT})
    kept = [(q.key.record, q.key.exact, q.spans) for q in before.renewed.quotes if q.key.section == "sources.ignore"]
    assert kept == [("article", "Invested", ((0, 8),)), ("article", "re", ((36, 38),))]
    assert verify_case(ignoring("quote: Invested"), {}, lock=before.renewed).verdicts[0].status is Status.SNAPSHOT
    assert verify_case(ignoring("quote: Shared"), {}, lock=before.renewed).verdicts[0].status is Status.UNVERIFIABLE


def test_a_changed_source_is_placed_where_it_is_declared() -> None:
    before = verify_case(CASES, {"article": TEXT})
    (changed,) = verify_case(CASES, {"article": TEXT + " "}, lock=before.renewed).diagnostics
    assert (changed.code, changed.span and changed.span.line) == ("source-changed", 7)


@pytest.mark.parametrize(
    ("found", "may"),
    [
        ([], True),
        ([warning("quote-unverifiable", None), note("lock-stale", None)], True),
        ([error("lock-entries", None)], True),
        ([error("lock-entries", None), error("quote-lost", None)], False),
        ([error("lock-unreadable", None)], False),
        ([error("lock-version", None)], False),
        ([error("source-unreadable", None)], False),
        ([error("unknown-field", None)], False),
    ],
)
def test_when_the_lock_may_be_written(found, may) -> None:
    assert may_renew(found) is may


def test_a_record_is_held_to_its_own_words_also_where_no_text_can_tell() -> None:
    wrong = load_texts([("case.yaml", CASE.replace("13 bn USD", "14 bn USD"))]).cases
    absent = verify_case(wrong, {})
    assert {d.code for d in absent.diagnostics} == {"quote-unverifiable", "value-mismatch"}
    assert absent.agreed.models == ()
    assert {d.code for d in verify_case(CASES, {}).diagnostics} == {"quote-unverifiable"}
