"""Some of what is counted."""

import pytest

from syngraph.evidence.mentions.mention import Kind
from syngraph.evidence.mentions.parse import mentions


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The foundation names four of the five directors", [("four", 4), ("five directors", 5)]),
        ("Meyer names two of them.", [("two", 2)]),
        ("ten of its aircraft", [("ten", 10)]),
        ("one of the reasons", []),
        ("three of the most important", []),
    ],
)
def test_some_of_what_is_counted_is_a_count(text: str, wanted: list[tuple[str, int]]) -> None:
    found = [(m.text, m.value) for m in mentions(text, language="en", region="US") if m.kind is Kind.COUNT]
    assert found == wanted
