"""Verdicts: the text decides where it is present, the lock only where it is not."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syngraph
from syngraph.base.diagnostics import Severity
from syngraph.base.spans import Span
from syngraph.evidence.anchoring import ALL, Rung, Status
from syngraph.evidence.lock import NO_LOCK, QuoteKey, lock_text, parse_lock, text_digest
from syngraph.evidence.places import Place
from syngraph.evidence.renewal import Share, new_lock, quoted_share, staleness
from syngraph.evidence.verify import Quote, verify

TEXT = "The board met.\nIt approved 13 bn dollars.\nThe board of the company met again.\n"
SPAN = Span("facts.yaml", 10, 20, 2, 3)


def quote(exact, *, occurrence=0, record="x", digest="a" * 64, source="article"):
    return Quote(QuoteKey("facts", record, source, exact, occurrence), digest, SPAN)


def locked(*quotes, text=TEXT):
    texts = {"article": text}
    verdicts, _ = verify(quotes, texts)
    return new_lock(verdicts, texts, lock=NO_LOCK)


def judged(one, text, lock=NO_LOCK):
    (verdict,), found = verify([one], {} if text is None else {"article": text}, lock=lock)
    return verdict, [d.code for d in found]


def test_a_quote_that_is_there_is_verified_with_its_place():
    verdict, codes = judged(quote("approved 13 bn"), TEXT)
    assert (verdict.status, verdict.rung, codes) == (Status.VERIFIED, Rung.ELSEWHERE, [])
    assert verdict.places == (Place(18, 32, 2, 4),)
    assert verdict.snapshot == text_digest(TEXT)
    again, _ = judged(quote("approved 13 bn"), TEXT, locked(quote("approved 13 bn")))
    assert again.rung is Rung.SAME_PLACE


def test_the_place_of_a_normalised_quote_is_that_of_the_original():
    text = "\u7b2c\u4e00\u884c\r\n\u5fae\u8edf \uff11\uff13\u5104\u7f8e\u5143"
    verdict, _ = judged(quote("\u5fae\u8edf13\u5104"), text)
    assert (verdict.rung, verdict.places) == (Rung.NORMALISED, (Place(5, 11, 2, 1),))


@pytest.mark.parametrize(
    ("exact", "occurrence", "status", "code"),
    [
        ("Nobody objected to it", 0, Status.LOST, "quote-lost"),
        ("The board left", 0, Status.DRIFTED, "quote-drifted"),
        ("approved 31 bn", 0, Status.CONTRADICTED, "quote-contradicted"),
        ("The board", 0, Status.AMBIGUOUS, "quote-ambiguous"),
        ("The board", 3, Status.LOST, "occurrence-missing"),
        ("3 bn dollars", 0, Status.LOST, "quote-cuts-number"),
        (" ", 0, Status.LOST, "quote-empty"),
    ],
)
def test_what_fails_is_an_error_even_with_a_lock(exact, occurrence, status, code):
    one = quote(exact, occurrence=occurrence)
    other = locked(one, text="The board left. It approved 31 bn. 3 bn dollars. Nobody objected to it.")
    for lock in (NO_LOCK, other):
        verdict, codes = judged(one, TEXT, lock)
        assert (verdict.status, verdict.places, verdict.entry) == (status, (), None)
        assert code in codes
    _, found = verify([one], {"article": TEXT})
    assert (found[0].severity, found[0].span) == (Severity.ERROR, SPAN)


@pytest.mark.parametrize(
    ("exact", "text", "codes"),
    [
        ("one.\n\nTwo", "Part one.\n\nTwo parts.", ["quote-crosses-paragraphs"]),
        ("one. Two", "Part one.\r\n \t\r\nTwo parts.", ["quote-crosses-paragraphs"]),
        ("one.\nTwo", "Part one.\nTwo parts.", []),
        ("paid \u202e31\u202c bn", "It paid \u202e31\u202c bn.", ["quote-hidden"]),
        ("pa\x00id", "It pa\x00id.", ["quote-hidden"]),
        ("paid\t5", "It paid\t5.", []),
        ("paid 5", "It \u202epaid 5.", []),
        ("paid 13", "It paid 13\u0336 bn.", ["quote-cuts-number"]),
    ],
)
def test_a_quote_that_is_not_what_it_seems(exact, text, codes):
    verdict, found = judged(quote(exact), text)
    assert found == codes
    assert verdict.status is (Status.LOST if codes == ["quote-cuts-number"] else Status.VERIFIED)


def test_a_hidden_character_is_named_also_where_the_text_is_not_there():
    _, found = verify([quote("pa\x00id \u202e5")], {})
    assert [(d.code, d.fill("found")) for d in found] == [
        ("quote-unverifiable", ""),
        ("quote-hidden", "U+0000, U+202E"),
    ]


def test_what_is_most_like_a_lost_quote_is_proposed_and_never_accepted():
    verdict, codes = judged(quote("It aproved 13 bn dollars."), TEXT)
    assert (verdict.status, codes, verdict.places, verdict.entry) == (Status.DRIFTED, ["quote-drifted"], (), None)
    assert verdict.repair is not None
    assert (verdict.repair.passage, verdict.repair.differing) == ("It approved 13 bn dollars.", 1)
    assert verdict.near == Place(15, 41, 2, 1)
    (found,) = verify([quote("It aproved 13 bn dollars.")], {"article": TEXT})[1]
    assert found.paste == "It approved 13 bn dollars."
    assert (found.fill("place"), found.fill("differing")) == ("article:2:1", "1")


def test_a_passage_with_other_figures_contradicts():
    verdict, codes = judged(quote("It approved 18 bn dollars."), TEXT)
    assert (verdict.status, codes) == (Status.CONTRADICTED, ["quote-contradicted"])
    assert verdict.repair is not None
    assert verdict.repair.passage == "It approved 13 bn dollars."


def test_a_quote_in_the_other_script_is_verified():
    verdict, codes = judged(quote("微软对OpenAI的累计投资"), "自2019年以來,微軟對OpenAI的累計投資已超過")
    assert (verdict.status, verdict.rung, codes) == (Status.VERIFIED, Rung.OTHER_SCRIPT, [])
    assert verdict.places == (Place(9, 23, 1, 10),)


def test_an_ambiguous_quote_says_how_many_there_are_and_what_to_add():
    _, found = verify([quote("The board")], {"article": TEXT})
    assert (found[0].fill("count"), found[0].paste) == ("2", "occurrence: 1")


def test_all_occurrences():
    verdict, codes = judged(quote("The board", occurrence=ALL), TEXT)
    assert ([p.line for p in verdict.places], codes) == ([1, 3], [])


def test_without_the_text_the_lock_speaks():
    one = quote("approved 13 bn")
    lock = locked(one)
    verdict, codes = judged(one, None, lock)
    assert (verdict.status, verdict.snapshot, codes) == (Status.SNAPSHOT, text_digest(TEXT), [])
    assert verdict.places == (Place(18, 32),)
    assert verdict.status.quoted


@pytest.mark.parametrize(
    "other",
    [
        quote("approved 13 bn", digest="b" * 64),
        quote("approved 13 bn", record="y"),
        quote("approved 13 bn", occurrence=1),
        quote("approved 13 bn", source="contract"),
        quote("approved 13 b"),
        replace(quote("approved 13 bn"), key=QuoteKey("events", "x", "article", "approved 13 bn", 0)),
    ],
)
def test_anything_changed_since_the_lock_is_unverifiable(other):
    (verdict,), found = verify([other], {}, lock=locked(quote("approved 13 bn")))
    assert (verdict.status, verdict.status.quoted) == (Status.UNVERIFIABLE, False)
    assert [(d.code, d.severity) for d in found] == [("quote-unverifiable", Severity.WARNING)]


def test_two_states_of_a_record_can_both_be_locked():
    base, plan = quote("approved 13 bn"), quote("approved 13 bn", digest="b" * 64)
    lock = locked(base, plan)
    verdicts, found = verify([base, plan, base], {}, lock=lock)
    assert [v.status for v in verdicts] == [Status.SNAPSHOT] * 3
    assert found == ()


def test_a_changed_source_warns_and_is_read_anew():
    one = quote("approved 13 bn")
    place = Span("sources.yaml", 0, 5, 1, 1)
    (verdict,), found = verify([one], {"article": "New: " + TEXT}, lock=locked(one), places={"article": place})
    assert verdict.status is Status.VERIFIED
    assert [(d.code, d.severity, d.span) for d in found] == [("source-changed", Severity.WARNING, place)]


def test_an_occurrence_with_other_words_around_it_is_shifted():
    one = quote("The board", occurrence=2)
    lock = locked(one)
    assert lock.quotes[0].prefix == ".\n"
    assert judged(one, "A page\n" + TEXT, lock)[0].status is Status.VERIFIED
    verdict, codes = judged(one, "The board sat.\n" + TEXT, lock)
    assert (verdict.status, codes) == (Status.AMBIGUOUS, ["occurrence-shifted", "source-changed"])
    verdict, _ = judged(one, "The board often sat.\n" + TEXT, lock)  # the words fit, but the place is not sure
    assert verdict.status is Status.AMBIGUOUS
    assert judged(one, TEXT.replace("dollars.\n", "dollars\uff0e "), lock)[0].status is Status.VERIFIED


def test_what_was_the_only_one_can_be_shifted_too():
    one = quote("approved 13 bn", occurrence=1)
    verdict, _ = judged(one, "It approved 13 bn twice.\n" + TEXT, locked(one))
    assert (verdict.status, verdict.code) == (Status.AMBIGUOUS, "occurrence-shifted")


def test_a_second_update_does_not_hide_a_shift():
    one, text = quote("The board", occurrence=2), "The board sat.\n" + TEXT
    lock = locked(one)
    verdicts, _ = verify([one], {"article": text}, lock=lock)
    assert new_lock(verdicts, {"article": text}, lock=lock) == lock


def test_repeated_lines_can_be_locked():
    text = ("x " + "The board" + "-" * 80 + "\n") * 3
    for occurrence in (1, 2, 3):
        one = quote("The board", occurrence=occurrence)
        assert judged(one, text, locked(one, text=text))[1] == []


@given(
    st.lists(st.sampled_from(["ab", "a", " ", "\n", "\u5fae", "\u0301", "\u338f", "\u200b", ". "]), max_size=30),
    st.integers(1, 3),
)
def test_an_untouched_text_is_never_shifted(parts, occurrence):
    text = "ab" + "".join(parts) + "ab"
    one = quote("ab", occurrence=occurrence)
    assert "occurrence-shifted" not in judged(one, text, locked(one, text=text))[1]


def test_update_keeps_only_what_is_verified_or_cannot_be_read():
    here, gone, old = quote("approved 13 bn"), quote("The board left"), quote("company met")
    away = quote("a clause", source="contract")
    before = locked(here, old)
    contract, _ = verify([away], {"contract": "with a clause in it"})
    lock = new_lock(contract, {"contract": "with a clause in it"}, lock=NO_LOCK)
    lock = replace(before, sources=before.sources + lock.sources, quotes=before.quotes + lock.quotes)
    verdicts, _ = verify([here, gone, away], {"article": TEXT}, lock=lock)
    renewed = new_lock(verdicts, {"article": TEXT}, lock=lock)
    assert {q.key.exact for q in renewed.quotes} == {"approved 13 bn", "a clause"}
    assert [s.source for s in renewed.sources] == ["article", "contract"]
    assert parse_lock(lock_text(renewed), "f") == (renewed, ())


def test_an_update_of_nothing_changes_nothing():
    quotes = [quote("approved 13 bn"), quote("The board", occurrence=2), quote("The board", occurrence=ALL)]
    lock = locked(*quotes)
    for texts in ({"article": TEXT}, {}):
        verdicts, _ = verify(quotes, texts, lock=lock)
        renewed = new_lock(verdicts, texts, lock=lock)
        assert renewed == lock
        assert staleness(lock, renewed, file="syngraph.lock") == ()


def test_a_stale_lock_is_noted():
    old, new = (
        locked(quote("approved 13 bn"), quote("company met")),
        locked(quote("approved 13 bn"), quote("It approved")),
    )
    moved = locked(quote("approved 13 bn"), text="x" + TEXT)
    (found,) = staleness(old, new, file="syngraph.lock")
    assert (found.code, found.severity) == ("lock-stale", Severity.NOTE)
    assert [found.fill(n) for n in ("added", "changed", "removed")] == ["1", "0", "1"]
    (found,) = staleness(locked(quote("approved 13 bn")), moved, file="syngraph.lock")
    assert [found.fill(n) for n in ("added", "changed", "removed")] == ["0", "2", "0"]


def test_the_share_is_that_of_the_union_and_the_same_from_the_lock():
    quotes = [quote("approved 13 bn"), quote("13 bn dollars"), quote("The board", occurrence=2), quote("no such words")]
    lock = locked(*quotes)
    expected = len("approved 13 bn dollars.\nThe board")
    for texts in ({"article": TEXT}, {}):
        verdicts, _ = verify(quotes, texts, lock=lock)
        assert quoted_share(verdicts, texts, lock=lock) == (Share("article", expected, len(TEXT)),)


def test_about_half_of_the_article_is_quoted_by_its_claims(article):
    quotes = [quote(q, record=f"x{i}") for i, q in enumerate(article.quotes)]
    verdicts, found = verify(quotes, {"article": article.text})
    assert found == ()
    (share,) = quoted_share(verdicts, {"article": article.text}, lock=NO_LOCK)
    covered = set().union(*(range(article.text.find(q), article.text.find(q) + len(q)) for q in article.quotes))
    assert share == Share("article", len(covered), len(article.text))
    assert 0.45 < share.quoted / share.total < 0.55


WORDS = Path(syngraph.__file__).parent / "present" / "words"


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_status_has_its_words(language):
    words = tomllib.loads((WORDS / language / "evidence.toml").read_text(encoding="utf-8"))
    assert set(words["statuses"]) == {status.value for status in Status}
