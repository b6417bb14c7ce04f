"""Laws of mentions on any text: none raises, overlaps or moves; what is written is read back; work grows with length."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mention_laws import broken_law, pieces, sentences
from mention_writers import DAYS, IN_WORDS, WHOLE

from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.mentions.parse import mentions

PIECES = st.lists(st.sampled_from(pieces()), max_size=14)
REGIONS = st.sampled_from(["TW", "CN", "US", "XX", ""])
# Numbers with long rows of zeros come up as often as others.
NUMBERS = st.builds(lambda n, zeros: n * 10**zeros, st.integers(1, 99_999), st.integers(0, 7)).filter(
    lambda n: n < 10**12
)


def only(text: str, region: str = "TW") -> Mention:
    found = mentions(text, language="zh-Hant", region=region)
    assert len(found) == 1, (text, found)
    return found[0]


@given(st.text(st.characters(codec="utf-8"), max_size=60), REGIONS)
def test_any_text(text: str, region: str) -> None:
    assert broken_law(text, mentions(text, language="en", region=region)) == ""


@given(PIECES, st.sampled_from(["", " "]), REGIONS)
def test_texts_of_telling_pieces(parts: list[str], glue: str, region: str) -> None:
    text = glue.join(parts)
    assert broken_law(text, mentions(text, language="zh-Hant", region=region)) == ""


@given(st.sampled_from(sentences()), st.data())
def test_mutated_sentences(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + data.draw(st.sampled_from(["", *pieces()])) + text[at + data.draw(st.integers(0, 2)) :]
    assert broken_law(changed, mentions(changed, language="en", region="TW")) == ""


@given(NUMBERS, st.sampled_from(WHOLE), st.sampled_from(["{}美元", "約{}美元,", "共計{}美元。", "美金{}元"]))
def test_amounts_in_chinese_are_read_back(n: int, write: Callable[[int], str], frame: str) -> None:
    mention = only(frame.format(write(n)))
    assert (mention.kind, mention.value, mention.unit) == (Kind.QUANTITY, n, "USD"), mention


@given(NUMBERS, st.sampled_from(IN_WORDS), st.sampled_from(["{} shares", "about {} dollars,", "({} votes)"]))
def test_amounts_in_english_words_are_read_back(n: int, write: Callable[[int], str], frame: str) -> None:
    mention = only(frame.format(write(n)), "US")
    assert (mention.kind, mention.value) == (Kind.QUANTITY, n), mention


@given(NUMBERS, st.sampled_from(IN_WORDS), st.integers(-1, 1))
def test_words_and_figures_agree_or_are_refused(n: int, write: Callable[[int], str], off: int) -> None:
    mention = only(f"{write(n)} ({n + off:,}) shares", "US")
    assert (mention.value, mention.reason) == ((n, "") if off == 0 else (None, "number-words-disagree"))


@given(
    st.decimals(0, 10_000, places=3),
    st.sampled_from([("{}%", 1), ("${} million", 10**6), ("{}億美元", 10**8), ("€{}bn", 10**9)]),
)
def test_decimals_are_read_exactly(number: Decimal, form: tuple[str, int]) -> None:
    assert only(form[0].format(number), "US").value == Fraction(number) * form[1]


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)), st.sampled_from(DAYS))
def test_days_are_read_back(day: date, write: Callable[[date], str]) -> None:
    mention = only(write(day))
    assert (mention.days.first, mention.days.end) == (day, day + timedelta(days=1)), mention


@given(NUMBERS, st.sampled_from(WHOLE), st.sampled_from("0123456789〇一二三四五六七八九十百千萬億.,"), st.data())
def test_a_run_that_changes_is_no_longer_the_same_value(
    n: int, write: Callable[[int], str], put: str, data: st.DataObject
) -> None:
    """Another figure anywhere in the run gives another value or none: never the old one, never that of a part."""
    written = write(n)
    at = data.draw(st.integers(0, len(written)))
    text = written[:at] + put + written[at:]
    for mention in mentions(f"共{text}美元", language="zh-Hant", region="TW"):
        ends = put in ".," and at in (0, len(written))
        assert mention.text == f"{text}美元" or mention.kind is not Kind.QUANTITY or ends, (text, mention)


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python and C functions, `work` makes."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        *sentences(),
        "1",
        "億",
        "1-",
        "1至",
        "1、",
        "1 ",
        "one ",
        "hundred and ",
        "$1 ",
        "ten (",
        "½",
        "數",
        "2025年至",
        "約",
        "'1",
    ],
)
def test_work_grows_with_the_length_of_any_text(unit: str) -> None:
    def work(length: int) -> int:
        return calls(lambda: mentions(unit * (length // len(unit)), language="zh-Hant", region="TW"))

    assert work(4_000) < 2.2 * work(2_000)
