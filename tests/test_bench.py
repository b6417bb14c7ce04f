"""The table of `make bench`: that its rows are judged rightly, and that all sides compute the same model."""

import pytest

from bench.__main__ import line
from bench.agreement import remark
from bench.model import Answer, answer, program
from bench.row import Bar, Row, seconds
from syngraph.run.results import simulate


def test_the_model_written_by_hand_gives_our_answer() -> None:
    ours = answer(simulate(program(), paths=20_000, seed=3))
    assert remark(ours, 20_000) == ""
    assert remark(Answer(ours.total * 1.05, ours.present), 20_000).startswith("ANOTHER ANSWER: total")
    assert remark(Answer(ours.total, ours.present * 0.95), 20_000).startswith("ANOTHER ANSWER: present value")


@pytest.mark.parametrize(
    ("figure", "bar", "verdict"),
    [
        (1.3, Bar("≤", 1.3), "met"),
        (1.31, Bar("≤", 1.3), "missed"),
        (5.0, Bar("≥", 5), "met"),
        (4.9, Bar("≥", 5), "missed"),
    ],
)
def test_a_bar_is_met_or_missed(figure: float, bar: Bar, verdict: str) -> None:
    assert Row("x", figure, "×", bar).verdict == verdict


def test_a_row_is_a_line() -> None:
    assert line(Row("x", 1234.5, "MB", Bar("≤", 500))) == "| x | 1,234 MB | ≤ 500 MB | missed |  |"
    assert line(Row("x", None, "×", Bar("≥", 1), "y is not installed")) == "| x | – | ≥ 1 × |  | y is not installed |"
    assert line(Row("x", 0.3964, "×")) == "| x | 0.396 × |  |  |  |"


def test_works_take_turns() -> None:
    order: list[str] = []
    times = seconds(lambda: order.append("a"), lambda: order.append("b"), least=0.0)
    assert order == ["a", "b"] * 3
    assert len(times) == 2
