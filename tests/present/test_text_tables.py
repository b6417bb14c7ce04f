"""Tables within a width: nothing is lost, nothing is wider than it must be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syngraph
from syngraph.present.display import width
from syngraph.present.tables import COLUMNS, fitted, table

ROOT = Path(__file__).parents[2]
CELLS = st.text(st.sampled_from("ab 微軟"), min_size=0, max_size=12).map(lambda text: " ".join(text.split()))
ROWS = st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5))


def letters(text: str) -> list[str]:
    return sorted(text.replace(" ", "").replace("\n", ""))


@given(ROWS, st.integers(1, 4))
def test_it_is_within_the_width_and_says_all(rows: list[list[str]], left: int) -> None:
    text = fitted(rows, left=left, columns=40)
    if left == 1 and len(rows[0]) > 1:
        assert all(width(line) <= 40 for line in text.splitlines())
    for row in rows:
        assert all(cell in text for cell in row[left:]) or len(row) <= left
    if len(rows[0]) <= left:
        assert letters(text) == letters("".join(cell for row in rows for cell in row))


@given(ROWS, st.integers(1, 4))
def test_what_fits_is_a_table_as_ever(rows: list[list[str]], left: int) -> None:
    assert fitted(rows, left=left, columns=1_000) == table(rows, left=left)


def test_columns_that_do_not_fit_stand_below() -> None:
    rows = [["", "2025", "2026", "2027"], ["sales", "$1.00B", "$2.00B", "$3.00B"]]
    assert fitted(rows, columns=24).splitlines() == [
        *("           2025    2026", "  sales  $1.00B  $2.00B", ""),
        *("           2027", "  sales  $3.00B"),
    ]


def test_words_hang_below_their_first_line() -> None:
    rows = [["?", "converts", "is decided by proof, not by a run"], ["✓", "ends", "須以證明判斷，無法由模擬得知"]]
    assert fitted(rows, left=3, columns=36).splitlines() == [
        *("  ?  converts  is decided by proof,", "               not by a run"),
        *("  ✓  ends      須以證明判斷，無法由", "               模擬得知"),
    ]


@pytest.mark.parametrize("case", ["cases/alliance", "tests/cases/small", "src/syngraph/api/example"])
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_run_fits_a_terminal(case: str, language: str) -> None:
    opened = syngraph.open(ROOT / case)
    for plan in opened.value.plans:
        text = syngraph.run(opened, plan, paths=64).text(language)
        assert [line for line in text.splitlines() if width(line) > COLUMNS] == []
