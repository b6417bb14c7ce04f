"""Names in a text: declared ones whole and longest, others as candidates, and terms a text defines."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_folding import ANY, calls

from syngraph.evidence.parties import Alias, candidates, defined_terms, party_mentions

GOLD = Path(__file__).parents[3] / "shared" / "cases" / "mentions_gold.json"
NAMES = (
    Alias("微軟", "microsoft"),
    Alias("Microsoft", "microsoft"),
    Alias("OpenAI", "openai"),
    Alias("OpenAI基金會", "foundation"),
    Alias("超微", "amd"),
    Alias("the Company", "acme"),
    Alias("甲骨文", "oracle"),
    Alias("Oracle", "oracle"),
)


def spans(text: str) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in party_mentions(text, NAMES)]


def found(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.party) for m in party_mentions(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OpenAI與微軟", [("OpenAI", "openai"), ("微軟", "microsoft")]),
        ("OpenAI基金會持有", [("OpenAI基金會", "foundation")]),
        ("微软公司", [("微软", "microsoft")]),
        ("ＯｐｅｎＡＩ", [("ＯｐｅｎＡＩ", "openai")]),
        ("OpenAIs and MyOpenAI and OpenAI2", []),
        ("openai", []),
        ("甲骨文(Oracle)及", [("甲骨文(Oracle)", "oracle")]),
        ("甲骨文（Oracle）及", [("甲骨文（Oracle）", "oracle")]),
        ("甲骨文(OpenAI)", [("甲骨文", "oracle"), ("OpenAI", "openai")]),
        ("需求遠超微軟所能", []),
        ("The Company and the Company", [("The Company", "acme"), ("the Company", "acme")]),
        ("the Companyx", []),
        ("雙方與該公司", []),
    ],
)
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_every_name_of_the_hand_labelled_texts_is_found() -> None:
    """All 133 with the names of each text declared: 81 in the article, 52 in sentences."""
    if not GOLD.exists():
        pytest.skip("the hand-labelled mentions are not beside the repository (../shared)")
    gold = json.loads(GOLD.read_text("utf-8"))
    article = (GOLD.parents[1] / "sources" / "article.zh-Hant.txt").read_text("utf-8")
    texts = [(article, gold["article"][0]["ents"]), *((s["text"], s["ents"]) for s in gold["zh"] + gold["en"])]
    counts = []
    for text, entities in texts:
        parties = [e for e in entities if e["kind"] == "party"]
        names = [Alias(e["text"], e["text"]) for e in parties]
        spans = {(m.start, m.end) for m in party_mentions(text, names)}
        wanted = {(e["start"], e["end"]) for e in parties if not e["optional"]}
        assert wanted <= spans, text
        counts.append(len(wanted))
    assert (counts[0], sum(counts[1:])) == (81, 52)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("董事會主席布雷特·泰勒(Bret Taylor)指出", ["布雷特·泰勒", "Bret Taylor"]),
        ("Thrive Capital paid the Bank of England.", ["Thrive Capital", "Bank of England"]),
        ("In May, Section 4 of OpenAI's charter.", []),
        ("如xAI和DeepSeek", ["xAI", "DeepSeek"]),
        ("no name here", []),
        ("Meyer Cafés and Électricité de France", ["Meyer Cafés", "Électricité de France"]),
    ],
)
def test_what_looks_like_a_name(text: str, names: list[str]) -> None:
    assert [c.text for c in candidates(text, spans(text))] == names


def test_terms_a_text_defines() -> None:
    text = 'Microsoft (the "Buyer") and Oracle (together with its heirs, the “Seller”); OpenAI(以下簡稱「甲方」)'
    terms = defined_terms(text, party_mentions(text, NAMES))
    assert [(t.words, t.party) for t in terms] == [("Buyer", "microsoft"), ("Seller", "oracle"), ("甲方", "openai")]
    assert all(text[t.start : t.end] == t.words for t in terms)


@given(ANY, st.lists(st.text(max_size=4), max_size=5))
def test_any_text_and_any_names(text: str, names: list[str]) -> None:
    mentions = party_mentions(text, [Alias(n, str(i)) for i, n in enumerate(names)])
    others = candidates(text, [(m.start, m.end) for m in mentions])
    for one in (*mentions, *others):
        assert text[one.start : one.end] == one.text
        assert one.text
    ordered = sorted([*mentions, *others], key=lambda m: m.start)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered) if a in mentions or b in mentions)
    defined_terms(text, mentions)


@pytest.mark.parametrize("unit", ["OpenAI與微軟", "A-", "(", "甲·", "the Company (", "Oracle "])
def test_work_is_linear_in_the_length_of_the_text(unit: str) -> None:
    def work(times: int) -> int:
        text = unit * times
        return calls(lambda: candidates(text, spans(text)))

    assert work(4_000) <= 2.5 * work(2_000) + 1_000
