"""A claim held against what a quote says: only what is equal in value, unit, bound and dates agrees."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.base.dates import parse_edtf
from syngraph.base.spans import Span
from syngraph.base.units import NO_UNIT, Unit, parse_unit
from syngraph.evidence.agreement import Agreement, Amount, Claim, Content, Day, Stretch, compare
from syngraph.evidence.wording import Wording, value_text

SPAN = Span("facts.yaml", 0, 1, 1, 1)
TW, US = Wording("zh-Hant", "TW"), Wording("en", "US")


def amount(number: str, unit: str, bound: str = "exact") -> Amount:
    """A claim as an author writes it: 66.67 and its unit."""
    parsed = parse_unit(unit) if unit else NO_UNIT
    assert isinstance(parsed, Unit)
    scale = Fraction(parsed.scale)
    step = Fraction(1, 10 ** len(number.partition(".")[2]))
    return Amount(Fraction(number) * scale, parsed, bound, step * scale)


def stretch(text: str) -> Stretch:
    interval = parse_edtf(text)
    assert interval is not None
    return Stretch(interval)


def compared(content: Content, quote: str, wording: Wording = TW, *, reading: bool = False) -> Agreement:
    return compare(Claim("value", content, SPAN, "", reading), wording.mentions(quote))


BN = 10**9


@pytest.mark.parametrize(
    ("content", "quote", "wording"),
    [
        (amount("13000000000", "USD", "more_than"), "累計投資已超過130億美元", TW),
        (amount("500000000000", "USD", "up_to"), "市值高達5,000億美元", TW),
        (amount("75000000000", "USD/year"), "年收入750億美元", TW),
        (amount("20", "%"), "分成比例為20%", TW),
        (amount("0.2", "%"), "分成比例為0.2%", TW),
        (amount("3", "pp"), "提高3個百分點", TW),
        (amount("66.67", "%"), "at 66 2/3% of the votes", US),
        (amount("66.7", "%"), "two-thirds of the votes", US),
        (amount("1500", "MW"), "a site of 1.5 GW", US),
        (amount("20", "%", "at_least"), "between 20% and 30%", US),
        (amount("30", "%", "up_to"), "between 20% and 30%", US),
        (amount("12000000", "USD", "possible"), "pays more than $12 million", US),
        (Day(date(2030, 1, 1)), "承諾在2030年前持續分享收入", TW),
        (Day(date(2031, 1, 1)), "承諾在2030年前持續分享收入", TW),
        (stretch("2019/.."), "自2019年以來", TW),
        (stretch("2025-09-11"), "2025年9月11日", TW),
        (stretch("../2025-09-11"), "2025年9月11日", TW),
        (stretch("2025-05"), "在2025年5月宣布", TW),
        (stretch("../2032"), "延長至2032年", TW),
        (amount("12", "years"), "for twelve years from launch", US),
        (amount("1", "year"), "for twelve (12) months from launch", US),
        (amount("24", "months", "up_to"), "競業禁止期間不得超過二年", TW),
        (amount("30", "days"), "應於三十日內改正", TW),
        (amount("40", "", "at_least"), "at least 40 representatives", US),
        (stretch("2025-01-01/2027-12-31"), "from January 1, 2025 through December 31, 2027", US),
        (Day(date(2025, 1, 1)), "自2025年1月1日起至2027年12月31日止", TW),
        (Day(date(2027, 12, 31)), "自2025年1月1日起至2027年12月31日止", TW),
        (Day(date(2028, 1, 1)), "自2025年1月1日起至2027年12月31日止", TW),
    ],
)
def test_what_agrees(content: Content, quote: str, wording: Wording) -> None:
    found = compared(content, quote, wording)
    assert (found.code, found.mention is not None) == ("", True)


@pytest.mark.parametrize("content", [amount("40", ""), amount("100", "%"), amount("12", "USD")])
def test_a_count_of_other_things_contradicts_nothing(content: Content) -> None:
    """What a count is of, no field says yet."""
    found = compared(content, "one director for twelve years", US)
    assert (found.code, found.mention) == ("", None)


@pytest.mark.parametrize(
    ("content", "quote", "wording", "code"),
    [
        (amount("14000000000", "USD", "more_than"), "累計投資已超過130億美元", TW, "value-mismatch"),
        (amount("13000000000", "USD"), "累計投資已超過130億美元", TW, "bound-mismatch"),
        (amount("13000000000", "USD", "at_least"), "累計投資已超過130億美元", TW, "bound-mismatch"),
        (amount("7", "years"), "for twelve years from launch", US, "value-mismatch"),
        (amount("2", "years"), "競業禁止期間不得超過二年", TW, "bound-mismatch"),
        (Day(date(2027, 12, 30)), "自2025年1月1日起至2027年12月31日止", TW, "date-mismatch"),
        (stretch("2025-01-01/.."), "from January 1, 2025 through December 31, 2027", US, "span-mismatch"),
        (amount("13000000000", "EUR"), "累計投資130億美元", TW, "unit-mismatch"),
        (amount("13000000000", "USD/year"), "累計投資130億美元", TW, "unit-mismatch"),
        (amount("75000000000", "USD"), "年收入750億美元", TW, "unit-mismatch"),
        (amount("3", "%"), "提高3個百分點", TW, "unit-mismatch"),
        (amount("3", "pp"), "提高3%", TW, "unit-mismatch"),
        (amount("66.66", "%"), "at 66 2/3% of the votes", US, "value-mismatch"),
        (amount("25", "%"), "between 20% and 30%", US, "value-mismatch"),
        (amount("20", "%"), "from 20% to 20%, and 20% again", US, "value-ambiguous"),
        (amount("300000000", "USD"), "三億五美元", TW, "unparsed-mention"),
        (amount("70", "%"), "seventy percent (60%) of the shares", US, "number-words-disagree"),
        (Day(date(2030, 6, 1)), "承諾在2030年前持續分享收入", TW, "date-mismatch"),
        (stretch("2019"), "自2019年以來", TW, "span-mismatch"),
        (stretch("2019/.."), "至2019年", TW, "span-mismatch"),
        (stretch("2020/.."), "自2019年以來", TW, "span-mismatch"),  # that is after 2019
        (stretch("2021/.."), "自2019年以來", TW, "date-mismatch"),
        (stretch("2025-05-01"), "在2025年5月宣布", TW, "date-mismatch"),
    ],
)
def test_what_does_not(content: Content, quote: str, wording: Wording, code: str) -> None:
    found = compared(content, quote, wording)
    assert (found.code, found.mention is not None) == (code, True)


def test_a_reading_is_an_edge_of_what_is_named() -> None:
    for day, code in ((date(2030, 1, 1), ""), (date(2031, 1, 1), ""), (date(2032, 1, 1), "reading-unsupported")):
        assert compared(Day(day), "在2030年前", reading=True).code == code
    for number, code in (("20", ""), ("30", ""), ("25", "reading-unsupported")):
        assert compared(amount(number, "%"), "20%至30%", reading=True).code == code


def test_where_there_is_nothing_to_compare_nothing_is_said() -> None:
    assert compared(amount("9", "seat"), "董事會由多人組成") == compared(amount("9", "seat"), "在2030年前")
    found = compared(amount("9", "seat"), "董事會由多人組成")
    assert (found.mention, found.code) == (None, "")


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_only_the_very_number_agrees(claimed: int, written: int) -> None:
    found = compared(amount(str(claimed), "%"), f"分成比例為{written}%")
    assert (found.code == "") is (claimed == written)


@pytest.mark.parametrize(
    ("quote", "wording", "said"),
    [
        ("超過130億美元", TW, "13 bn USD (more_than)"),
        ("在2030年前", TW, "2030 (before)"),
        ("1.25 million tokens", US, "1.25 m token"),
        ("66 2/3%", US, "200/3 %"),
        ("20%至30%", TW, "20–30 %"),
        ("0.5%", US, "0.5 %"),
    ],
)
def test_what_a_mention_is_read_as(quote: str, wording: Wording, said: str) -> None:
    (mention,) = wording.mentions(quote)
    assert value_text(mention) == said


def test_passages_say_the_same_only_with_the_same_quantities() -> None:
    assert TW.same("已超過130億美元", "已超過130億美元")
    assert not TW.same("已超過130億美元", "已超過 130 億歐元")
    assert not TW.same("三成", "五成")
    assert not TW.same("不到三成", "超過三成")
    assert TW.same("已超過130億美元", "已超过130亿美元")
