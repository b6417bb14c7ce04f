"""Numbers and days as both languages write them: three digits, converted magnitudes, no negative nought."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.base.dates import Clock
from syngraph.present.numbers import MINUS, day_text, figure, interval, listed, scaled, significant

TODAY = date(2025, 9, 11)

# The rows of interface.md section 2, and one for each rule a row there does not reach.
SHOWN = [
    (13e9, "USD", "$13.0B", "130億美元"),
    (158e9, "USD", "$158B", "1,580億美元"),
    (1.2e12, "USD", "$1.20T", "1.20兆美元"),
    (87.6e9, "USD", "$87.6B", "876億美元"),
    (45.1e6, "USD", "$45.1M", "4,510萬美元"),
    (9_999, "USD", "$10.0k", "1.00萬美元"),
    (0.0, "USD", "$0", "0美元"),
    (-43.7e9, "USD", f"{MINUS}$43.7B", f"{MINUS}437億美元"),
    (13e9, "EUR", "€13.0B", "130億歐元"),
    (13e9, "CHF", "13.0B CHF", "130億瑞士法郎"),
    (13e9, "USD/year", "$13.0B/yr", "130億美元/年"),
    (5.0, "USD/W", "$5.00B/GW", "50.0億美元/GW"),
    (0.27, "fraction", "27.0%", "27.0%"),
    (1.06, "fraction", "106%", "106%"),
    (-0.0975, "fraction/year", f"{MINUS}9.75%/yr", f"{MINUS}9.75%/年"),
    (1.06, "", "1.06", "1.06"),  # years, shares, seats: a number is no percentage unless something says so
    (0.0, "", "0", "0"),
    (12_500, "", "12.5k", "1.25萬"),
    (0.722, "truth", "72.2%", "72.2%"),
    (1.0, "truth", "yes", "是"),
    (0.0, "truth", "no", "否"),
    (2e9, "W", "2.00 GW", "2.00 GW"),
    (0.0, "W", "0 GW", "0 GW"),
    (0.0, "date", "11 Sep 2025", "2025年9月11日"),
    (1.0, "date", "11 Sep 2026", "2026年9月11日"),
]


@pytest.mark.parametrize(("value", "unit", "english", "chinese"), SHOWN)
def test_a_figure_in_both_languages(value: float, unit: str, english: str, chinese: str) -> None:
    assert figure(value, unit, "en", clock=Clock(TODAY)) == english
    assert figure(value, unit, "zh-Hant", clock=Clock(TODAY)) == chinese


@pytest.mark.parametrize(
    ("low", "high", "unit", "english", "chinese"),
    [
        (44e9, 164e9, "USD", "$44.0–164B", "440–1,640億美元"),
        (800e6, 2e9, "USD", "$800M–2.00B", "8.00–20.0億美元"),
        (0.0, 503e9, "USD", "$0–503B", "0–5,030億美元"),
        (453e6, 1.17e9, "W", "453 MW–1.17 GW", "453 MW–1.17 GW"),
        (0.0, 543e6, "W", "0 GW–543 MW", "0 GW–543 MW"),
        (1.42e9, 1.64e9, "W", "1.42–1.64 GW", "1.42–1.64 GW"),
        (800e6, 2e9, "USD/year", "$800M–2.00B/yr", "8.00–20.0億美元/年"),
        (163e9, 4.61e12, "USD", "$163B–4.61T", "1,630億–4.61兆美元"),
        (0.1, 0.2, "fraction", "10.0–20.0%", "10.0–20.0%"),
        (4.68, 8.18, "", "4.68–8.18", "4.68–8.18"),
        (1e9, 1e9, "USD", "$1.00B", "10.0億美元"),
        (-1e9, 2e9, "USD", f"{MINUS}$1.00B – $2.00B", f"{MINUS}10.0億美元 – 20.0億美元"),
        (-0.00743, 92e9, "USD", "$0–92.0B", "0–920億美元"),  # what rounding leaves of a cap is nought
        (-0.743, 92e9, "USD", f"{MINUS}$0.743 – $92.0B", f"{MINUS}0.743美元 – 920億美元"),
        (0.0, 1.0, "date", "11 Sep 2025 – 11 Sep 2026", "2025年9月11日 – 2026年9月11日"),
    ],
)
def test_a_range_writes_what_both_ends_share_once(
    low: float, high: float, unit: str, english: str, chinese: str
) -> None:
    assert interval(low, high, unit, "en", clock=Clock(TODAY)) == english
    assert interval(low, high, unit, "zh-Hant", clock=Clock(TODAY)) == chinese


@pytest.mark.parametrize(
    ("value", "highest", "text"),
    [
        (0.0, 8.4, "0"),
        (3.45e-5, 8.4, "0.00"),  # not 0.0000345
        (0.602, 1.2, "0.60"),
        (8.4, 8.4, "8.40"),
        (1_234.6, 1_500.0, "1,235"),
        (-12.34, 45.6, f"{MINUS}12.3"),
        (-0.04, 45.6, "0.0"),
    ],
)
def test_the_values_of_a_list_share_their_digits(value: float, highest: float, text: str) -> None:
    assert listed(value, highest) == text


@pytest.mark.parametrize("unit", ["", "truth", "fraction", "USD", "USD/year", "W", "CHF"])
@pytest.mark.parametrize("value", [-0.0, -1e-300, -1e-13])
def test_nought_has_no_sign(unit: str, value: float) -> None:
    for language in ("en", "zh-Hant"):
        assert not set(figure(value, unit, language, sign=True)) & {MINUS, "-", "+"}


def test_a_sign_is_shown_where_asked_for() -> None:
    assert figure(27e9, "USD", "en", sign=True) == "+$27.0B"
    assert figure(-27e9, "USD", "en", sign=True) == f"{MINUS}$27.0B"


def test_a_value_that_rounds_up_takes_the_next_magnitude() -> None:
    assert figure(999.6e6, "USD", "en") == "$1.00B"
    assert figure(9_999.6e8, "USD", "zh-Hant") == "1.00兆美元"
    assert figure(999.6e6, "W", "en") == "1.00 GW"


@pytest.mark.parametrize("convention", ["ACT/365F", "ACT/ACT"])
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2027, 12, 31), date(2028, 1, 1), date(2101, 3, 1)])
def test_a_day_comes_back_from_its_years(today: date, convention: str) -> None:
    """Every day of the century before and the one after, over leap years and 2100, which is none."""
    clock = Clock(today, convention)
    for days in range(-36_600, 36_600):
        day = today + timedelta(days=days)
        assert clock.day_after(clock.years_to(day)) == day


def test_years_over_a_leap_year_lead_to_their_day() -> None:
    """From 1 July 2027 to 1 March 2028: 184 days of 365 and 60 of 366, or 244 days of 365."""
    today = date(2027, 7, 1)
    assert figure(184 / 365 + 60 / 366, "date", "en", clock=Clock(today, "ACT/ACT")) == "1 Mar 2028"
    assert figure(244 / 365, "date", "en", clock=Clock(today)) == "1 Mar 2028"
    assert figure(-(181 / 365) - 1.0, "date", "en", clock=Clock(today, "ACT/ACT")) == "1 Jan 2026"


@pytest.mark.parametrize("convention", ["ACT/365F", "ACT/ACT"])
def test_days_far_away_are_still_days(convention: str) -> None:
    clock = Clock(TODAY, convention)
    years = (-1e9, -2025.0, -1.0, 0.0, 1.0, 7974.9, 1e9)
    days = [clock.day_after(y) for y in years]
    assert days == sorted(days) and days[3] == TODAY
    assert (days[0], days[-1]) == (date.min, date.max)
    assert day_text(date(2024, 2, 29), "en") == "29 Feb 2024"


@given(st.floats(1e-6, 1e17))
def test_a_figure_says_the_value_to_three_digits(value: float) -> None:
    for language in ("en", "zh-Hant"):
        number, letter = scaled(value, language)
        size = {"T": 1e12, "B": 1e9, "M": 1e6, "k": 1e3, "兆": 1e12, "億": 1e8, "萬": 1e4}.get(letter, 1.0)
        said = float(significant(number).replace(",", "")) * size
        assert said == pytest.approx(value, rel=0.00501)
