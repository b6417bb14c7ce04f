"""Folding: what is equal, what stays apart, and the way back to the original."""

import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.evidence.digits import cuts_figure, decimal_digits
from syngraph.evidence.folding import MOST_MARKS, fold

HAN = st.sampled_from("微軟的雙方年億個")
ODD = st.sampled_from(
    "\u0301\u0327\u202e\u200f\x00\u200b\u00ad\ufeff\u3000\u2028\ufdfa\u337f\u338f\u00df\u0130\u1100\u1161\u11a8\uac00"
    "\u0345\u00b4\uff9e\uff0c\u300c\u201d 0159.,-\n\t"
)
ANY = st.text(st.one_of(st.characters(codec="utf-8"), HAN, ODD), max_size=60)


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
    ("a", "b"),
    [
        ("5,000\u5104\u7f8e\u5143", "\uff15\uff0c\uff10\uff10\uff10\u5104\u7f8e\u5143"),
        ("\u5fae\u8edf(Microsoft)", "\u5fae\u8edf\uff08MICROSOFT\uff09"),
        ("\u5fae\u8edf\u5c0dOpenAI\u7684", "\u5fae\u8edf \u5c0d\nOpenAI \u7684"),
        ("\u300c\u795d\u798f\u300d", "\u201c\u795d\u798f\u201d"),
        ("it\u2019s  a\tpartnership", "IT'S A PARTNERSHIP"),
        ("2024\u20132025", "2024-2025"),
        ("caf\u00e9", "cafe\u0301"),
        ("\uac01", "\u1100\u1161\u11a8"),
        ("\u4f0a\u9686\u00b7\u99ac\u65af\u514b", "\u4f0a\u9686\u2027\u99ac\u65af\u514b"),
        ("part\u00adner\u200bship", "partnership"),
    ],
)
def test_differences_that_do_not_count(a: str, b: str) -> None:
    assert fold(a).text == fold(b).text


@pytest.mark.parametrize(
    ("a", "b"),
    [("3.5", "35"), ("1-2", "12"), ("open ai", "openai"), ("\u5fae\u8edf\u3002", "\u5fae\u8edf"), ("5\u2033", "5")],
)
def test_differences_that_count(a: str, b: str) -> None:
    assert fold(a).text != fold(b).text


@given(ANY, st.data())
def test_a_folded_slice_maps_back_to_what_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    length = len(folded.text)
    assert len(folded.starts) == len(folded.ends) == length
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    span = folded.original(start, end)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert fold(text[span[0] : span[1]]).text.strip() == folded.text[start:end].strip()


@given(ANY)
def test_offsets_never_go_back_and_the_whole_maps_to_the_whole(text: str) -> None:
    folded = fold(text)
    pairs = list(zip(folded.starts, folded.ends, strict=True))
    assert all(start < end for start, end in pairs)
    assert all(a == b or a[1] <= b[0] for a, b in pairwise(pairs))
    if folded.text:
        assert folded.original(0, len(folded.text)) == (pairs[0][0], pairs[-1][1])


@given(ANY, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_every_normal_form_of_a_text_folds_alike(text: str, form: str) -> None:
    seen = text.translate(dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")))  # a mark may join what these parted
    assert fold(unicodedata.normalize(form, seen)).text == fold(seen).text


@given(st.lists(st.one_of(HAN, st.sampled_from(["OpenAI", "2030", "Azure"])), max_size=20))
def test_white_space_beside_han_does_not_matter(words: list[str]) -> None:
    text, spaced = "".join(words), ""
    for i, word in enumerate(words):
        beside = i and not (word.isascii() and words[i - 1].isascii())
        spaced += (" \n" if beside else "") + word
    assert fold(spaced).text == fold(text).text


def test_a_space_maps_back_to_all_the_white_space_it_stands_for() -> None:
    assert fold(" a \n\u200b b ").original(1, 2) == (2, 6)


def test_part_of_what_was_one_character_has_no_place() -> None:
    folded = fold("10\u338f")  # the square kg
    assert folded.text == "10kg"
    assert folded.original(2, 4) == (2, 3)
    assert folded.original(2, 3) is None
    assert folded.original(3, 4) is None


@pytest.mark.parametrize("unit", ["a", " ", "\u0301\u0327", "\u338f", "\u5fae ", "\u1161", "\ufdfa", "\x00", "\u202e1"])
def test_work_is_linear_in_the_length_of_any_text(unit: str) -> None:
    once, twice = (calls(lambda n=n: fold(unit * n)) for n in (1000, 2000))
    assert twice <= 2.1 * once
    folded = fold(unit * 2000)
    if not unit.isspace():
        assert max(e - s for s, e in zip(folded.starts, folded.ends, strict=True)) <= MOST_MARKS + 1


def test_decimal_digits_are_those_of_the_original() -> None:
    assert decimal_digits("5\u00b2") == "5"
    assert decimal_digits("\uff15\uff12 \u00bd") == "52"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("130\u5104", "30\u5104"),
        ("130\u5104", "13"),
        ("5,000", "000"),
        ("5,000", "5"),
        ("1.5", "5"),
        ("1.5", "1"),
        ("-5%", "5%"),
        ("1\uff0c000", "000"),
        ("10\u00b2", "10"),
        ("13\u0336 bn", "13"),
        ("5\ufe0f\u20e3", "5"),
    ],
)
def test_part_of_a_number_is_seen(text: str, part: str) -> None:
    start = text.find(part)
    assert cuts_figure(text, start, start + len(part))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2025,30\u5bb6", "30\u5bb6"),
        ("in 2025.", "2025"),
        ("2025\u5e749\u6708", "9\u6708"),
        ("\u2014\u20142025", "2025"),
        ("GPT 5", "5"),
        ("5,000", "5,000"),
        ("in 2025, 300", "300"),
        ("13\u0336 bn", "13\u0336"),
        ("5e\u0301", "5e\u0301"),
        ("e\u03015", "5"),
    ],
)
def test_a_whole_number_is_whole(text: str, part: str) -> None:
    start = text.rfind(part)
    assert not cuts_figure(text, start, start + len(part))
