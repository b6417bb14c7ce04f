"""The lock file: what is written is read back, and nothing a hand does to it raises."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.evidence.context import MOST, least_context
from syngraph.evidence.lock import (
    NO_LOCK,
    LockedQuote,
    LockedSource,
    QuoteKey,
    lock_text,
    make_lock,
    parse_lock,
    record_digest,
    text_digest,
)

WORDS = st.text(max_size=20)
DIGESTS = st.sampled_from([text_digest(c) for c in "abc"])
SPANS = st.lists(st.tuples(st.integers(0, 99), st.integers(100, 200)), min_size=1, max_size=3).map(tuple)
SOURCES = st.lists(
    st.builds(LockedSource, st.sampled_from(["article", "contract"]), DIGESTS, st.integers(200, 10**9)),
    unique_by=lambda s: s.source,
)


@st.composite
def locks(draw):
    sources = draw(SOURCES)
    names = st.sampled_from([s.source for s in sources]) if sources else st.nothing()
    keys = st.builds(QuoteKey, WORDS, WORDS, names, WORDS, st.integers(-1, 9))
    beside = st.just(((), "")) | st.tuples(st.lists(WORDS, min_size=1, max_size=3).map(tuple), DIGESTS)
    quotes = st.builds(
        lambda beside, *all_else: LockedQuote(*all_else, *beside), beside, keys, DIGESTS, SPANS, WORDS, WORDS
    )
    unique = st.lists(quotes, max_size=4, unique_by=lambda q: (q.key, q.digest)) if sources else st.just([])
    return make_lock(sources, draw(unique))


SMALL = make_lock(
    [LockedSource("article", text_digest("a"), 100)],
    [LockedQuote(QuoteKey("facts", "x", "article", "\u5fae\u8edf", 1), record_digest(["r"]), ((3, 5),), "a", "")],
)


NAMING = lock_text(make_lock(SMALL.sources, [replace(SMALL.quotes[0], named=("a",), sentence=text_digest("b"))]))


@given(locks())
def test_a_lock_is_read_back_as_it_was_written(lock):
    assert parse_lock(lock_text(lock), "syngraph.lock") == (lock, ())


@given(locks())
def test_each_source_and_each_quote_has_a_line(lock):
    entries = [json.loads(line.rstrip(",")) for line in lock_text(lock).split("\n") if line.startswith('{"')]
    assert [e["exact"] for e in entries if "exact" in e] == [q.key.exact for q in lock.quotes]
    assert [e["source"] for e in entries if "sha256" in e] == [s.source for s in lock.sources]


def test_the_text_of_a_small_lock():
    line = (
        '{"section": "facts", "record": "x", "source": "article", "exact": "\u5fae\u8edf", "prefix": "a", "suffix": "", '
        f'"spans": [[3, 5]], "occurrence": 1, "digest": "{record_digest(["r"])}"}}'
    )
    source = f'{{"source": "article", "sha256": "{text_digest("a")}", "length": 100}}'
    assert lock_text(SMALL) == (f'{{\n"format_version": 2,\n"sources": [\n{source}\n],\n"quotes": [\n{line}\n]\n}}\n')


def test_what_a_screen_would_hide_is_escaped():
    key = QuoteKey("facts", "x", "article", "a\u202eb\u2028c", 0)
    lock = make_lock(SMALL.sources, [LockedQuote(key, text_digest(""), ((0, 5),))])
    assert "a\\u202eb\\u2028c" in lock_text(lock)
    assert parse_lock(lock_text(lock), "f") == (lock, ())


@given(locks(), st.data())
def test_a_mutated_lock_never_raises(lock, data):
    text = lock_text(lock)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    put = data.draw(
        st.one_of(st.text(max_size=5), st.sampled_from(["null", "-1", "1e999", "NaN", "true", "[", '"', "{}"]))
    )
    read, found = parse_lock(text[:start] + put + text[end:], "syngraph.lock")
    assert all(d.code in ("lock-unreadable", "lock-version", "lock-entries") for d in found)
    assert parse_lock(lock_text(read), "f") == (read, ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@given(JSON, JSON, JSON)
def test_any_json_in_any_place_is_safe(a, b, c):
    good = json.loads(lock_text(SMALL))
    for key in ("source", "sha256", "length"):
        parse_lock(json.dumps(good | {"sources": [good["sources"][0] | {key: a}]}), "f")
    for key in json.loads(NAMING)["quotes"][0]:
        parse_lock(json.dumps(good | {"quotes": [json.loads(NAMING)["quotes"][0] | {key: a}, b]}), "f")
    parse_lock(json.dumps({"format_version": a, "sources": b, "quotes": c}), "f")
    parse_lock(json.dumps(a), "f")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lock-unreadable"),
        ("[" * 200_000, "lock-unreadable"),
        ('{"format_version": 1}', "lock-unreadable"),
        ('{"format_version": ' + "9" * 5000 + "}", "lock-unreadable"),
        ("[]", "lock-unreadable"),
        ('{"format_version": 3, "sources": {}}', "lock-version"),
        ('{"format_version": true}', "lock-version"),
        (lock_text(SMALL).replace("[3, 5]", "[5, 3]"), "lock-entries"),
        (lock_text(SMALL).replace("[3, 5]", "[3, 101]"), "lock-entries"),
        (lock_text(SMALL).replace('"occurrence": 1', '"occurrence": "1"'), "lock-entries"),
        (lock_text(SMALL).replace('"source": "article", "exact"', '"source": "other", "exact"'), "lock-entries"),
        (NAMING.replace('"named": ["a"]', '"named": "a"'), "lock-entries"),
        (NAMING.replace('"named": ["a"]', '"named": [1]'), "lock-entries"),
        (NAMING.replace('"named": ["a"]', '"named": null'), "lock-entries"),
        (NAMING.replace('"named": ["a"], ', ""), "lock-entries"),
        (NAMING.replace('"named": ["a"]', '"named": []'), "lock-entries"),
        (NAMING.replace(f', "sentence": "{text_digest("b")}"', ""), "lock-entries"),
        (NAMING.replace(text_digest("b"), "b"), "lock-entries"),
        ("<<<<<<< ours\n" + lock_text(SMALL), "lock-unreadable"),
    ],
)
def test_a_broken_lock_says_so(text, code):
    read, found = parse_lock(text, "syngraph.lock")
    assert [d.code for d in found] == [code]
    assert read.quotes == ()


def test_what_stands_beside_a_quote_is_read_back():
    (read,) = parse_lock(NAMING, "f")[0].quotes
    assert (read.named, read.sentence) == (("a",), text_digest("b"))


def test_a_merge_mark_is_located():
    _, found = parse_lock(lock_text(SMALL).replace('"quotes"', '=======\n"quotes"'), "syngraph.lock")
    assert (found[0].span.line, found[0].span.column) == (6, 1)


def test_entries_that_occur_twice_are_counted():
    line = next(t for t in lock_text(SMALL).splitlines() if '"exact"' in t)
    read, found = parse_lock(lock_text(SMALL).replace(line, f"{line},\n{line}"), "f")
    assert read == SMALL
    assert found[0].fill("count") == "1"
    assert parse_lock("null", "f")[0] == NO_LOCK


def test_where_one_part_of_a_record_ends_matters():
    assert record_digest(["ab", "c"]) != record_digest(["a", "bc"])
    assert record_digest(["\ud800"]) != record_digest([])


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("only board here", 5, ("", "")),
        ("old board, new board", 4, ("", ",")),
        ("old board, new board", 15, ("w ", "")),
        ("board, board, board.", 14, ("", ".")),
        ("a board z, a board y, b board z", 11 + 2, ("", " y")),
        ("a board z, a board y, b board z", 24, ("b ", "")),
        ("a board z, a board y, b board z", 2, ("", " z,")),
    ],
)
def test_context_is_the_least_that_is_unique(text, start, expected):
    assert least_context(text, (start, start + 5)) == expected


def test_white_space_alone_is_no_context():
    text = "board of x\n\nboard of y"
    assert least_context(text, (12, 17)) == ("x\n\n", "")


def test_context_is_bounded():
    text = ("x" * 40 + "board") * 3 + "x" * 40
    prefix, suffix = least_context(text, (85, 90))
    assert len(prefix) == len(suffix) == MOST


@given(st.text("ab", max_size=40), st.data())
def test_context_makes_a_place_unique_or_is_as_long_as_it_may_be(text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 2)))
    exact = text[start : start + 2]
    if len(exact) < 2 or exact[0] == exact[1]:
        return
    prefix, suffix = least_context(text, (start, start + 2))
    whole = prefix + exact + suffix
    assert text[start - len(prefix) :].startswith(whole)
    places = sum(text.startswith(whole, at) for at in range(len(text)))
    assert places == 1 or (len(prefix), len(suffix)) == (min(MOST, start), min(MOST, len(text) - start - 2))
    for shorter in range(len(prefix) + len(suffix)):
        for a in range(min(shorter, start) + 1):
            part = text[start - a : start + 2 + shorter - a]
            assert sum(text.startswith(part, at) for at in range(len(text))) > 1 or len(part) < shorter + 2
