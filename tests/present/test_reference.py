"""The page of diagnostic codes is current."""

from pathlib import Path

from syngraph.present.reference import reference_page
from syngraph.present.words import words

PAGE = Path(__file__).parents[2] / "docs" / "diagnostics.md"


def test_the_page_is_current(golden) -> None:
    made = reference_page(words("en"), words("zh-Hant"))
    assert made.count("\n## ") > 80
    golden(PAGE, made)
