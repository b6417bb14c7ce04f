"""Traditional and Simplified Chinese: one passage in two scripts, and two passages that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.evidence.scripts import same_in_other_script, simplified, simplified_forms


@pytest.mark.parametrize(
    ("traditional", "written"),
    [
        ("微軟對OpenAI的累計投資已超過130億美元", "微软对OpenAI的累计投资已超过130亿美元"),
        ("承諾在2030年前持續分享收入", "承诺在2030年前持续分享收入"),
        ("發展軌跡產生深遠影響", "发展轨迹产生深远影响"),
        ("頭髮", "头发"),
        ("乾燥與乾隆", "干燥与乾隆"),
    ],
)
def test_sentences_written_by_hand_in_both_scripts(traditional: str, written: str) -> None:
    assert same_in_other_script(traditional, written)
    assert same_in_other_script(written, traditional)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("發", "髮"),  # both are written 发, and they are two words
        ("後天", "后夫"),
        ("微軟", "微软公司"),
        ("軟对", "软對"),  # neither is the other simplified
    ],
)
def test_what_only_looks_alike_is_not_the_same(a: str, b: str) -> None:
    assert not same_in_other_script(a, b)


@given(st.text())
def test_simplifying_keeps_every_place(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert same_in_other_script(text, simplified(text))
    assert same_in_other_script(text, text)


def test_forms_are_single_characters() -> None:
    forms = simplified_forms()
    assert len(forms) > 3000
    assert all(len(key) == 1 and all(len(f) == 1 for f in values) for key, values in forms.items())
    assert "发" in forms["發"]
