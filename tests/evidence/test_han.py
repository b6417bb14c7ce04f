"""Names in Chinese characters: where they begin and end, and what is none."""

import time
from collections import Counter

import pytest
from hypothesis import given
from test_folding import ANY

from syngraph.evidence.han import han_names


def names(text: str) -> dict[str, int]:
    return dict(Counter(text[start:end] for start, end in han_names(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("OpenAI與微軟夥伴關係。微軟的股份。微軟(Microsoft)指出。", {"微軟": 3}),
        ("OpenAI與其最大投資者微軟(Microsoft)合作。OpenAI和微軟表示,微軟的股份", {"微軟": 3}),
        ("參與與甲骨文(Oracle)及軟銀(SoftBank)的計畫", {"甲骨文": 1, "軟銀": 1}),
        ("亞馬遜宣布合作。亞馬遜承諾出資。根據合約,亞馬遜的股份", {"亞馬遜": 3}),
        ("雙方表示滿意。雙方同意。雙方的合約", {}),  # whoever that is, it is no name
        ("人工通用智慧(AGI)造福人類", {}),  # an abbreviation, no name
        ("天氣很好。天氣不錯。天氣的變化", {}),  # it does nothing
        ("布雷特·泰勒(Bret Taylor)", {}),  # a dotted name is found as one
        ("微軟", {}),
        ("", {}),
    ],
)
def test_names(text: str, found: dict[str, int]) -> None:
    assert names(text) == found


@given(ANY)
def test_any_text_has_places_in_order(text: str) -> None:
    places = han_names(text)
    assert all(a < b for a, b in places) and list(places) == sorted(places)


@pytest.mark.parametrize("unit", ["OpenAI與微軟", "微軟,", "微軟表示,", "微軟(Microsoft)", "與"])
def test_a_long_text_takes_time_as_it_is_long(unit: str) -> None:
    began = time.monotonic()
    han_names(unit * (200_000 // len(unit)))
    assert time.monotonic() - began < 3
