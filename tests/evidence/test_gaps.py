"""A quote with gaps: its pieces in order within one paragraph, no denial lost, no place guessed."""

import pytest

from syngraph.analyses.evidence import verify_case
from syngraph.base.spans import Span
from syngraph.evidence.anchoring import ALL, ONLY, Anchor, Failure, Rung, Status, anchor
from syngraph.evidence.lock import NO_LOCK, QuoteKey, lock_text, parse_lock
from syngraph.evidence.renewal import new_lock
from syngraph.evidence.verify import Quote, verify
from syngraph.load.case import load_texts

TEXT = """\
The Seller, a company of Delaware, shall pay 5 million dollars by June 30, 2027. It keeps the plant.
The Buyer shall not, in any event, pay more than a third. The Buyer is unable to leave, and its rights are non-exclusive.

The Seller shall pay 7 million dollars in 2030.

微軟持有營利公司約27%的股權,並未取得董事席次。雙方同意延長合作至2032年。
"""


def found(quote: str, occurrence: int = ONLY) -> list[str] | str:
    """The words a quote anchors to, or the code of what is wrong."""
    match anchor(quote, TEXT, occurrence=occurrence):
        case Anchor(spans=spans):
            return [TEXT[start:end] for start, end in spans]
        case Failure(code=code):
            return code


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("The Seller … shall pay 5 million dollars", ["The Seller", "shall pay 5 million dollars"]),
        (
            "The Seller, […] shall pay 5 million … by June 30, 2027",
            ["The Seller,", "shall pay 5 million", "by June 30, 2027"],
        ),
        ("微軟持有……約27%的股權", ["微軟持有", "約27%的股權"]),
        ("雙方同意…２０３２年", ["雙方同意", "2032年"]),
        ("… shall pay 5 million dollars …", ["shall pay 5 million dollars"]),
    ],
)
def test_pieces_stand_in_order(quote: str, words: list[str]) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        ("shall pay 5 million dollars … The Seller", "quote-lost"),  # the other way round
        ("It keeps the plant … in 2030", "quote-lost"),  # another paragraph
        ("The Seller … 9 million dollars", "quote-lost"),
        ("The Seller … shall pay 5 mill … 30, 2027", "quote-hides-denial"),  # cuts a word
        ("The Buyer shall … pay more than a third", "quote-hides-denial"),
        ("The Buyer … pay more than a third", "quote-hides-denial"),
        ("The Buyer is … able to leave", "quote-hides-denial"),
        ("its rights … exclusive", "quote-hides-denial"),
        ("約27%的股權,並…取得董事席次", "quote-hides-denial"),
        ("約27%的股權…取得董事席次", "quote-hides-denial"),
        ("約27%…延長合作至2032年", "quote-hides-denial"),  # later in the sentence of the first piece
        ("The Seller … 0, 2027", "quote-cuts-number"),
        ("The Seller … , … 2027", "quote-empty"),
    ],
)
def test_what_is_no_quote_with_gaps(quote: str, code: str) -> None:
    assert found(quote) == code


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Alpha … gamma", "Alpha beta gamma or gamma."),
        ("Alpha … gamma", "Alpha or Alpha beta gamma."),
        ("Alpha … gamma", "Alpha beta gamma.\n\nAlpha beta gamma."),
    ],
)
def test_pieces_that_may_stand_elsewhere_name_no_place(quote: str, text: str) -> None:
    assert anchor(quote, text) == Failure(Status.AMBIGUOUS, "quote-ambiguous", 2)


def test_a_place_is_chosen_by_its_number() -> None:
    text = "Alpha beta gamma.\n\nAlpha delta gamma."
    assert anchor("Alpha … gamma", text, occurrence=2) == Anchor(Rung.ELSEWHERE, ((19, 24), (31, 36)))
    assert anchor("Alpha … gamma", text, occurrence=ALL) == Anchor(
        Rung.ELSEWHERE, ((0, 5), (11, 16), (19, 24), (31, 36))
    )
    assert anchor("Alpha … gamma", text, occurrence=3) == Failure(Status.LOST, "occurrence-missing", 2)


def test_a_text_that_has_the_dots_itself_is_quoted_in_one_piece() -> None:
    text = "He said … and left, then said it again and left."
    assert anchor("said … and left", text) == Anchor(Rung.ELSEWHERE, ((3, 18),))


def test_the_lock_keeps_each_piece() -> None:
    quote = Quote(
        QuoteKey("facts", "x", "article", "The Seller … shall pay 5 million dollars", 0),
        "a" * 64,
        Span("f", 0, 1, 1, 1),
    )
    (verdict,), wrong = verify([quote], {"article": TEXT})
    assert (verdict.status, wrong) == (Status.VERIFIED, ())
    lock = new_lock([verdict], {"article": TEXT}, lock=NO_LOCK)
    again, _ = parse_lock(lock_text(lock), "syngraph.lock")
    (absent,), _ = verify([quote], {}, lock=again)
    assert (absent.status, absent.places[1].start) == (Status.SNAPSHOT, TEXT.index("shall pay 5"))


CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: year}
sources: {article: {file: sources/article.txt, language: en, region: US, license: CC0-1.0}}
parties:
  seller: {form: corporation, name: The Seller}
facts:
  price: {value: %s, about: [seller], cite: {article: "The Seller … shall pay 5 million dollars"}}
"""


@pytest.mark.parametrize(("value", "codes"), [("5 m USD", []), ("7 m USD", ["value-mismatch"])])
def test_a_value_is_held_against_the_pieces(value: str, codes: list[str]) -> None:
    loaded = load_texts([("case.yaml", CASE % value)])
    assert [d.code for d in verify_case(loaded.cases, {"article": TEXT}).diagnostics] == codes
