"""Imprecise dates as stretches of days: https://www.loc.gov/standards/datetime, level 1, and quarters and halves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.base.dates import parse_edtf


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-05", date(2025, 5, 1), date(2025, 6, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
        ("2025-34", date(2025, 4, 1), date(2025, 7, 1)),
        ("2025-41", date(2025, 7, 1), date(2026, 1, 1)),
        ("201X", date(2010, 1, 1), date(2020, 1, 1)),
        ("20XX", date(2000, 1, 1), date(2100, 1, 1)),
        ("2025-XX", date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-XX-XX", date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-1X", date(2025, 10, 1), date(2026, 1, 1)),
        ("2025-0X", date(2025, 1, 1), date(2025, 10, 1)),
        ("2025-04-XX", date(2025, 4, 1), date(2025, 5, 1)),
        ("2025-04-1X", date(2025, 4, 10), date(2025, 4, 20)),
        ("2025-04-0X", date(2025, 4, 1), date(2025, 4, 10)),
        ("2025-02-2X", date(2025, 2, 20), date(2025, 3, 1)),
        ("2025-01-3X", date(2025, 1, 30), date(2025, 2, 1)),
        ("2004-06~", date(2004, 6, 1), date(2004, 7, 1)),
        ("1984?", date(1984, 1, 1), date(1985, 1, 1)),
        ("2004-06-11%", date(2004, 6, 11), date(2004, 6, 12)),
        ("2019/..", date(2019, 1, 1), None),
        ("../2025-09-12", None, date(2025, 9, 13)),
        ("201X/2025~", date(2010, 1, 1), date(2026, 1, 1)),
    ],
)
def test_stretches(text: str, first: date | None, end: date | None) -> None:
    found = parse_edtf(text)
    assert found is not None
    assert (found.first, found.end, found.text) == (first, end, text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-21",
        "2025-13",
        "2025-02-30",
        "2025-02-3X",
        "20X5",
        "2025-XX-12",
        "2025-X1",
        "X025",
        "2025-4X",
        "XXXX",
        "2025-3",
        "~2025",
        "",
    ],
)
def test_what_is_no_stretch_of_days(text: str) -> None:
    assert parse_edtf(text) is None


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(8999, 12, 31)), st.integers(1, 7))
def test_unspecified_digits_keep_the_day_inside(day: date, hidden: int) -> None:
    written = list(day.isoformat())
    for at in [i for i in range(10) if written[i] != "-"][-hidden:]:
        written[at] = "X"
    found = parse_edtf("".join(written))
    assert found is not None
    assert found.first is not None
    assert found.end is not None
    assert found.first <= day < found.end
