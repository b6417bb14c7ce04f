"""The ladder: which changes of a source a quote survives, and which it must not."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_folding import ANY, calls

from syngraph.evidence.anchoring import ALL, Anchor, Failure, Rung, Status, anchor
from syngraph.evidence.digits import cuts_figure, decimal_digits
from syngraph.evidence.folding import fold
from syngraph.evidence.repair import Repair, propose
from syngraph.evidence.scripts import simplified
from syngraph.evidence.searched import Searched

FULL_PUNCTUATION = {ord(c): ord(c) + 0xFEE0 for c in ",:;()!?"}
FULL_DIGITS = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
HAN_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")


def accepted(quotes: tuple[str, ...], text: str) -> list[Anchor]:
    searched = Searched(text)
    return [a for q in quotes if isinstance(a := anchor(q, text, searched=searched), Anchor)]


def each_digit_changed(text: str) -> str:
    return re.sub("[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), text)


def test_every_quote_of_the_article_stands_in_it(article):
    found = accepted(article.quotes, article.text)
    assert len(found) == len(article.quotes) == 57
    assert {a.rung for a in found} == {Rung.ELSEWHERE}


def test_an_inserted_paragraph_moves_every_quote(article):
    before = [a.spans[0][0] for a in accepted(article.quotes, article.text)]
    after = accepted(article.quotes, "A paragraph.\n\n" + article.text)
    assert [a.spans[0][0] for a in after] == [start + 14 for start in before]


@pytest.mark.parametrize("change", [FULL_PUNCTUATION, FULL_DIGITS, FULL_PUNCTUATION | FULL_DIGITS])
def test_full_width_signs_change_nothing(article, change):
    text = article.text.translate(change)
    found = accepted(article.quotes, text)
    assert len(found) == 57
    assert Rung.NORMALISED in {a.rung for a in found}
    assert [text[slice(*a.spans[0])] for a in found] == [q.translate(change) for q in article.quotes]


def test_spaces_between_han_and_latin_change_nothing(article):
    text = HAN_LATIN.sub(" ", article.text)
    found = accepted(article.quotes, text)
    assert len(found) == 57
    assert [text[slice(*a.spans[0])] for a in found] == [HAN_LATIN.sub(" ", q) for q in article.quotes]


def test_line_breaks_inside_latin_words_are_left_to_the_next_rungs(article):
    lines = "\n".join(article.text[i : i + 40] for i in range(0, len(article.text), 40))
    assert len(accepted(article.quotes, lines)) == 50  # 54 of 61 in the design's larger set: both lose seven


def proposed(quotes: tuple[str, ...], text: str) -> list[Repair]:
    """The repairs of the quotes that are not accepted."""
    searched = Searched(text)
    lost = [q for q in quotes if isinstance(anchor(q, text, searched=searched), Failure)]
    return [r for q in lost if (r := propose(q, searched)) is not None]


def test_what_a_line_break_parts_is_proposed_whole(article):
    lines = "\n".join(article.text[i : i + 40] for i in range(0, len(article.text), 40))
    found = proposed(article.quotes, lines)
    assert len(found) == 7
    assert all("\n" in r.passage for r in found)
    assert {r.passage.replace("\n", "") for r in found} <= set(article.quotes)


def test_simplified_characters_are_the_same_words(article):
    text = simplified(article.text)
    found = accepted(article.quotes, text)
    assert len(found) == 57
    assert Rung.OTHER_SCRIPT in {a.rung for a in found}
    assert [text[slice(*a.spans[0])] for a in found] == [simplified(q) for q in article.quotes]
    assert len(accepted(tuple(simplified(q) for q in article.quotes), article.text)) == 57


def test_edited_words_are_proposed_and_never_accepted(article):
    """Every fiftieth Han character is another one."""
    han = [i for i, c in enumerate(article.text) if "\u4e00" <= c <= "\u9fff"]
    edited = list(article.text)
    for i in han[::50]:
        edited[i] = "囧"
    text = "".join(edited)
    untouched = {q for q in article.quotes if q in text}
    assert {text[slice(*a.spans[0])] for a in accepted(article.quotes, text)} == untouched
    assert 0 < len(untouched) < 57
    found = proposed(article.quotes, text)
    assert len(found) == 57 - len(untouched)
    assert all(1 <= r.differing <= 1 + len(r.passage) // 50 for r in found)


def test_a_quote_whose_digits_changed_is_proposed_with_those_of_the_source(article):
    with_digits = tuple(q for q in article.quotes if re.search("[0-9]", q))
    changed = tuple(each_digit_changed(q) for q in with_digits)
    assert len(accepted(changed, article.text)) == 0
    found = proposed(changed, article.text)
    assert len(found) == len(with_digits) > 8
    assert [r.passage for r in found] == list(with_digits)


def test_no_quote_survives_a_change_of_its_digits(article):
    numbers = tuple(q for q in article.quotes if decimal_digits(q))
    assert len(numbers) == 11
    assert accepted(numbers, each_digit_changed(article.text)) == []
    assert accepted(numbers, each_digit_changed(article.text).translate(FULL_DIGITS)) == []
    for quote in numbers:
        for at in (i for i, c in enumerate(quote) if c.isdigit()):
            wrong = quote[:at] + each_digit_changed(quote[at]) + quote[at + 1 :]
            assert accepted((quote,), article.text.replace(quote, wrong)) == []


def test_no_deleted_quote_is_found(article):
    for quote in article.quotes:
        assert accepted((quote,), article.text.replace(quote, "")) == []


def test_an_old_start_names_the_rung_and_chooses_nothing():
    assert anchor("the board", "of the board", start=3) == Anchor(Rung.SAME_PLACE, ((3, 12),))
    assert anchor("the board", "of the board", start=2) == Anchor(Rung.ELSEWHERE, ((3, 12),))
    twice = anchor("the board", "the board of the board", start=0)
    assert twice == Failure(Status.AMBIGUOUS, "quote-ambiguous", 2)


def test_occurrences():
    text = "the board and THE BOARD and the board"
    assert anchor("the board", text, occurrence=2) == Anchor(Rung.ELSEWHERE, ((28, 37),))
    assert anchor("the board", text, occurrence=ALL) == Anchor(Rung.ELSEWHERE, ((0, 9), (28, 37)))
    assert anchor("the board", text, occurrence=3) == Failure(Status.LOST, "occurrence-missing", 2)
    assert anchor("the board", text, occurrence=-2) == Failure(Status.LOST, "occurrence-missing", 2)
    assert anchor("The Board", text, occurrence=3) == Anchor(Rung.NORMALISED, ((28, 37),))


@pytest.mark.parametrize(
    "quote", ["", " ", "\n", "a", "\u5fae", " 5 ", "\u300c\u300d", "...", "\u200b\u200b", "\u0301"]
)
def test_what_proves_nothing_is_refused(quote):
    assert anchor(quote, f"{quote} and {quote}") == Failure(Status.LOST, "quote-empty")


def test_part_of_a_number_is_no_quote():
    text = "\u6295\u8cc7\u5df2\u8d85\u904e130\u5104\u7f8e\u5143"
    assert anchor("30\u5104\u7f8e\u5143", text) == Failure(Status.LOST, "quote-cuts-number")
    assert anchor("\uff13\uff10\u5104\u7f8e\u5143", text) == Failure(Status.LOST, "quote-cuts-number")
    assert anchor("30\u5104", text + ",\u5176\u4e2d30\u5104\u7f8e\u5143") == Anchor(Rung.ELSEWHERE, ((14, 17),))


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("grew 52 times", "grew 5\u00b2 times"),
        ("paid 3.5 bn", "paid 35 bn"),
        ("paid 35 bn", "paid 3.5 bn"),
        ("half: 1\u20442 of it", "half: \u00bd of it"),
        ("step 1 of it", "step \u2460 of it"),
    ],
)
def test_folding_makes_no_other_number(quote, text):
    assert anchor(quote, text) == Failure(Status.LOST, "quote-lost")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("uses 5 MW of it", "it uses 5 mW of it"),
        ("uses 5mW of it", "it uses 5MW of it"),
        ("uses 5\u2011MW plants", "it uses 5\u2011mW plants"),
        ("uses 5 MW of it", "it uses 5 \u33bd of it"),  # SQUARE MW is a milliwatt
        ("uses 5 thousand MW", "it uses 5 thousand mW"),
        ("10 USD/MWh", "at 10 USD/mWh"),
        ("需要5萬MW的電力", "它需要5萬mW的電力"),
        ("需要5Gb", "它需要５ＧＢ"),
    ],
)
def test_the_case_of_a_unit_is_kept(quote, text):
    assert anchor(quote, text) == Failure(Status.LOST, "quote-lost")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Uses 5 MW of It", "it uses 5 MW of it"),
        ("USES 5 MW", "it uses 5 \uff2d\uff37"),
        ("uses 5 \u33bd of it", "it uses 5 mW of It"),
        ("needs 3 Thousand MW", "it needs 3 thousand MW"),
        ("需要5萬 MW 的openai", "它需要5萬MW的OpenAI"),
    ],
)
def test_the_case_of_other_words_is_not(quote, text):
    found = anchor(quote, text)
    assert isinstance(found, Anchor)
    assert found.rung is Rung.NORMALISED


def test_other_writing_of_the_same_number_passes():
    assert anchor("weighs 10 kg of it", "it weighs 10 \u338f of it") == Anchor(Rung.NORMALISED, ((3, 20),))


@given(ANY, st.data())
def test_any_part_of_any_text_is_found_where_it_stands(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    found = anchor(quote, text, occurrence=ALL)
    if isinstance(found, Anchor):
        assert all(fold(text[s:e]).text.strip() == fold(quote.strip()).text.strip() for s, e in found.spans)
        assert all(decimal_digits(text[s:e]) == decimal_digits(quote) for s, e in found.spans)
        assert all(a[1] <= b[0] for a, b in zip(found.spans, found.spans[1:], strict=False))
    elif found.code == "quote-lost":
        raise AssertionError(found)
    elif found.code == "quote-cuts-number":
        assert cuts_figure(text, text.find(quote.strip()), text.find(quote.strip()) + len(quote.strip()))


@given(ANY, ANY, st.integers(-3, 3), st.none() | st.integers(-5, 100))
def test_any_quote_and_any_text_are_safe(quote, text, occurrence, start):
    found = anchor(quote, text, occurrence=occurrence, start=start)
    if isinstance(found, Anchor):
        assert all(0 <= s < e <= len(text) for s, e in found.spans)


WORDS = st.text(st.sampled_from("\u5fae\u8edfab ,.(\u300c\u5104\u7f8e"), max_size=12)


@given(WORDS, WORDS, st.lists(st.tuples(st.integers(0, 9), WORDS), min_size=1, max_size=5), st.data())
def test_a_changed_digit_is_never_accepted(before, after, numbers, data):
    quote = "".join(f"{digit}{words}" for digit, words in numbers)
    at = data.draw(st.sampled_from([i for i, c in enumerate(quote) if c.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != quote[at]]))
    wrong = quote[:at] + other + quote[at + 1 :]
    for text in (wrong, wrong.translate(FULL_DIGITS | FULL_PUNCTUATION), wrong.upper(), " ".join(wrong)):
        assert isinstance(anchor(quote, before + text + after, occurrence=ALL), Failure)


@given(WORDS, WORDS, WORDS)
def test_a_quote_survives_every_change_that_does_not_count(before, quote, after):
    assume(len(quote.replace(" ", "")) >= 2 and any(c.isalnum() for c in quote))
    text = f"{before}\u8005{quote.strip()}\u8005{after}".translate(FULL_PUNCTUATION)
    for changed in (text, text.upper(), unicodedata.normalize("NFKD", text), text.replace("\u5fae", "\u5fae\n")):
        assert isinstance(anchor(quote, changed, occurrence=ALL), Anchor)


class Counted(str):
    """A text that counts the characters its searches pass."""

    passed = 0

    def find(self, part, start=0, *rest):
        at = super().find(part, start, *rest)
        Counted.passed += (at if at >= 0 else len(self)) + len(part) - start
        return at


@pytest.mark.parametrize(("unit", "quote"), [("ab", "ab"), ("a", "a" * 500), ("1", "11"), ("ab", "abb"), ("x ", "x x")])
def test_searches_pass_each_character_a_bounded_number_of_times(unit, quote):
    text = Counted(unit * 2000)
    Counted.passed = 0
    anchor(quote, text, occurrence=ALL)
    assert Counted.passed <= 3 * len(text)


@pytest.mark.parametrize(
    ("unit", "quote"), [("1", "11"), ("\u338f", "gk"), ("A", "aa"), ("\uff11", "1" * 50), ("a.", "A")]
)
def test_work_is_linear_in_the_length_of_the_source(unit, quote):
    once, twice = (calls(lambda n=n: anchor(quote + "z", unit * n)) for n in (1000, 2000))
    assert twice <= 2.1 * once
    once, twice = (calls(lambda n=n: anchor(quote, unit * n, occurrence=ALL)) for n in (1000, 2000))
    assert twice <= 2.1 * once
