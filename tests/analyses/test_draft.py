"""A draft states only what its texts say: it loads, every quote verifies, every value agrees."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.analyses.cover import State, cover
from syngraph.analyses.documents import document
from syngraph.analyses.draft import Content, Draft, Passage, draft
from syngraph.analyses.evidence import verify_case
from syngraph.base.diagnostics import Severity
from syngraph.evidence.anchoring import Status
from syngraph.evidence.clauses import Clauses
from syngraph.load.case import load_texts
from syngraph.model.facts import Value
from syngraph.present.drafts import Opening, draft_text, yaml_text
from syngraph.present.words import words
from syngraph.syntax.nodes import Mapping, Scalar
from syngraph.syntax.reader import read_yaml

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT.parent / "shared" / "sources" / "article.zh-Hant.txt"
ALLIANCE = ROOT / "cases" / "alliance" / "text" / "agreement.txt"
OPENING = Opening("drafted", "Drafted", date(2026, 1, 1), date(2025, 9, 12))


def drafted(text: str, **told: str) -> Draft:
    return draft([("memo", document("memo.txt", text, **told))])


def stubs(made: Draft) -> list[tuple[Content, Passage]]:
    return [(m.content, m.passage) for s in made.sources for m in s.mentioned if m.content and m.passage]


def assert_only_stubs(made: Draft, language: str = "en") -> None:
    """What `check` says of the case: it loads, each stub is an error, each quote is verified, all it claims agrees."""
    loaded = load_texts([("case.yaml", draft_text(made, OPENING, words(language)))])
    assert [d.code for d in loaded.diagnostics] == ["stub"] * made.stubs
    assert len(loaded.cases) == 1
    evidence = verify_case(loaded.cases, {s.name: s.document.text for s in made.sources})
    assert [d for d in evidence.diagnostics if d.severity is Severity.ERROR] == []
    assert {v.status for v in evidence.verdicts} <= {Status.VERIFIED}
    assert {m.record for m in evidence.agreed.models} == {f"todo_{n + 1}" for n in range(made.stubs)}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Sales rose by more than $2.5 billion.", Content((("", "2.5 bn USD"),), "more_than")),
        ("Two-thirds of the votes count.", Content((("", "0.6667"),))),
        ("Between 20% and 30% of it is sold.", Content((("low", "20 %"), ("high", "30 %")))),
        ("It has run since 2019.", Content(valid="2019/..")),
        ("It runs until June 2030.", Content(valid="../2030-06")),
        ("It must end before 2030.", Content(valid="../2030")),
        ("It starts after 31 December 2029.", Content(valid="2030-01-01/..")),
        ("Signed on 11 September 2025.", Content(valid="2025-09-11")),
    ],
)
def test_a_stub_states_value_bound_and_days_as_the_text_has_them(text: str, content: Content) -> None:
    made = drafted(text)
    assert [found for found, _ in stubs(made)] == [content]
    assert_only_stubs(made)


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("In May, it paid $5, and $7 later. No more.", [("it paid $5", 0), ("and $7 later", 0)]),
        ("It paid $5. Then it paid $5.", [("It paid $5", 0), ("Then it paid $5", 0)]),
        ("It paid $5.\n\nIt paid $5.", [("It paid $5", 1), ("It paid $5", 2)]),
        ("It paid more than\n$5 in all.", [("It paid more than\n$5 in all", 0)]),
        ("微軟投資130億美元,占27%。", [("微軟投資130億美元", 0), ("占27%", 0)]),
        ("It paid $5 in May and $5 in June, so little.", []),
    ],
)
def test_the_quote_is_the_shortest_clause_that_says_it_once(text: str, passages: list[tuple[str, int]]) -> None:
    made = drafted(text)
    found = [(p.quote, p.occurrence) for c, p in stubs(made) if c.values]
    assert found == passages
    assert_only_stubs(made)


def test_what_has_no_value_is_a_comment_with_its_reason() -> None:
    made = drafted("去年投資數十億美元,又投資1,2345億美元。")
    assert (made.stubs, made.left) == (0, 3)
    text = draft_text(made, OPENING, words("zh-Hant"))
    assert "  # memo:1:1 去年 – 本身不是日期\n" in text
    assert "  # memo:1:14 1,2345億美元 – 分隔符號不合\n" in text
    assert_only_stubs(made, "zh-Hant")


def test_a_value_that_no_passage_shows_alone_is_a_comment() -> None:
    text = draft_text(drafted("It paid $5 in May and $5 in June."), OPENING, words("en"))
    assert "  # memo:1:9 $5 – 5 USD; no passage shows it alone\n" in text


def test_the_commonest_currency_is_that_of_the_case() -> None:
    assert drafted("It paid $5, then EUR 7, then EUR 8.").currency == "EUR"
    assert drafted("It paid nothing.").currency == ""
    assert "currency: USD  # TODO: the texts name none\n" in draft_text(drafted("Nothing."), OPENING, words("en"))


def test_names_and_defined_terms_are_only_proposed() -> None:
    made = drafted('Acme Fund (the "Fund") pays 5%. Acme Fund earns 7%.')
    text = draft_text(made, OPENING, words("en"))
    assert "#   Acme Fund × 2\n" in text
    assert "    # defined: {Fund: TODO}\n" in text
    (case,) = load_texts([("case.yaml", text)]).cases
    assert (case.parties, case.sources[0].defined) == ((), ())
    assert all(fact.about == () and fact.stub for fact in case.facts if isinstance(fact, Value))


def test_without_a_day_of_publication_the_case_still_loads() -> None:
    text = draft_text(drafted("It paid $5."), Opening("a", "甲: #乙", date(2026, 3, 4)), words("en"))
    (case,) = load_texts([("case.yaml", text)]).cases
    assert (case.today, case.title.to("en"), case.sources[0].published) == (date(2026, 3, 4), "甲: #乙", None)
    assert "today: 2026-03-04  # TODO: " in text


def test_a_draft_models_nothing_yet() -> None:
    made = drafted("It paid $5 since 2019.")
    assert made.stubs == 2
    (case,) = load_texts([("case.yaml", draft_text(made, OPENING, words("en")))]).cases
    (covered,) = cover([case], verify_case([case], {"memo": made.sources[0].document.text}))
    assert {s.state for s in covered.seen} == {State.QUOTED}


def test_a_contract_in_english() -> None:
    made = drafted(ALLIANCE.read_text("utf-8"), language="en", region="DE")
    assert made.currency == "EUR"
    assert made.stubs >= 20
    assert_only_stubs(made)


def test_the_article() -> None:
    if not ARTICLE.exists():
        pytest.skip("the article is kept elsewhere")
    made = drafted(ARTICLE.read_bytes().decode("utf-8"))
    assert (made.stubs, made.currency) == (12, "USD")  # 8 quantities and 5 dates, one of them of no particular amount
    assert_only_stubs(made)


def test_the_stub_in_the_guide_is_what_a_draft_makes() -> None:
    guide = (ROOT / "docs" / "writing-a-case.md").read_text("utf-8")
    (shown,) = re.findall(r"```text\n(  todo_1:.*?)```", guide, re.DOTALL)
    text = "The lab, a startup, has raised more than $6 billion since 2023. It goes on."
    made = draft([("press", document("press.txt", text))])
    assert shown in draft_text(made, OPENING, words("en"))


PIECES = st.sampled_from(
    "$5 million|超過130億美元|2030年前|until 2031|27%|20%至30%|,|。|. |\n|\n\n|\r\n| |Acme|“|\"|'|: |#|{|}|\\|\x00|\u202e"
    "|\ufeff|\u0301|\u2028|\x85|👩|%|two-thirds|去年|at least 3|（「甲方」）|-|5|\U000e0001".split("|")
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_makes_a_draft_with_no_error_but_its_stubs(text: str) -> None:
    assert_only_stubs(drafted(text, language="zh-Hant", region="TW"))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_any_text_is_read_back_from_yaml(text: str) -> None:
    root, wrong = read_yaml(f"a: {yaml_text(text)}\n", "f.yaml")
    assert wrong == ()
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.text == text


@given(st.lists(PIECES, max_size=14).map("".join), st.data())
def test_each_stretch_around_a_mention_holds_it_and_is_longer_than_the_one_before(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start:end] != text[start:end].strip() or start == end:
        return
    lengths = []
    for first, last in Clauses(text).holding((start, end)):
        assert first <= start
        assert end <= last
        lengths.append(last - first)
    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It pays $10 million a year to Acme.", "10 m USD/year"),
        ("A fee of US$5 million per year is due.", "5 m USD/year"),
        ("微軟每年支付100億美元。", "10 bn USD/year"),
        ("It pays $10 million to Acme.", "10 m USD"),
        ("Sales grow by 5% per year.", "5 %"),
    ],
)
def test_a_year_that_is_said_is_kept(text: str, value: str) -> None:
    language = "zh-Hant" if "微" in text else "en"
    made = drafted(text, language=language, region="US")
    assert [content.values for content, _ in stubs(made)] == [(("", value),)]
    assert_only_stubs(made)


@pytest.mark.skipif(not ARTICLE.exists(), reason=f"the article is not there: {ARTICLE}")
def test_the_parties_of_the_article_are_named_first_and_whole() -> None:
    names = [name for name, _ in drafted(ARTICLE.read_text("utf-8")).names]
    assert set(names[:2]) == {"OpenAI", "微軟"}
    assert {"布雷特·泰勒", "伊隆·馬斯克", "馬克·祖克柏", "甲骨文", "軟銀"} <= set(names)
    assert not [name for name in names if name.startswith(("席", "人", "長", "辦", "行"))]
