"""What a terminal shows of a text, and how wide it is."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from syngraph.present.display import ELLIPSIS, lines_of, visible, width, window

LETTERS = st.text(st.sampled_from("ab微軟 \u3000\t\x1b\u202e\u00ad，e\u0301👩\ud800"), max_size=60)


def test_what_a_screen_would_hide_or_obey_is_written_out() -> None:
    assert visible("a\x1b[31m\u202eb\u2066\u200b\ufeff\x7f\ud800\n") == (
        "a\\u{1b}[31m\\u{202e}b\\u{2066}\\u{200b}\\u{feff}\\u{7f}\\u{d800}\\u{a}"
    )
    assert visible("微\u3000軟\u00a0\tx") == "微\u3000軟\u00a0    x"


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    left = visible(text)
    assert all(c.isprintable() or unicodedata.category(c) == "Zs" for c in left)
    left.encode("utf-8")


@given(st.text(st.sampled_from("ab\r\n\u2028")), st.integers(0, 30))
def test_places_and_lines_are_those_of_an_editor(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    parts = re.split(r"(\r\n|\r|\n)", text)
    bodies, breaks = parts[::2], [*parts[1::2], ""]
    expected, at = (len(bodies), 0), 0
    for number, (body, end) in enumerate(zip(bodies, breaks, strict=True), 1):
        if at <= offset < at + len(body) + len(end) or number == len(bodies):
            expected, stretch = (number, offset - at + 1), (at, at + len(body))
            break
        at += len(body) + len(end)
    lines = lines_of(text)
    assert lines.place(offset) == expected
    assert lines.line(offset) == stretch


@given(LETTERS, st.integers(0, 60), st.integers(0, 60), st.integers(20, 60))
def test_the_marked_stretch_stands_above_its_marks(line: str, a: int, b: int, columns: int) -> None:
    start, end = sorted((min(a, len(line)), min(b, len(line))))
    shown, before, wide = window(line, (0, len(line)), (start, end), columns=columns)
    assert width(shown) <= columns
    marked = visible(line[start:end])
    tails = [shown[i:] for i in range(len(shown) + 1) if width(shown[:i]) == before]
    assert any(rest.startswith(marked) or marked.startswith(rest.removesuffix(ELLIPSIS)) for rest in tails)
    assert wide == max(1, width(marked)) or wide > columns - 2 * width(ELLIPSIS) - width("\\u{202e}")
    assert wide >= 1


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    text = "x" * 1_000_000
    shown, before, wide = window(text, (0, len(text)), (500_000, 500_005), columns=40)
    assert (len(shown), shown[0], shown[-1], wide) == (40, ELLIPSIS, ELLIPSIS, 5)
    assert 10 < before < 30
