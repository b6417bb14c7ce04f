"""The examples in the author's guide are true: whole cases are sound, and pieces lack only what the rest would declare."""

import re
from pathlib import Path

import pytest

from syngraph.analyses.soundness import unsound
from syngraph.load.case import Loaded, load_texts

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-case.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(yaml|yaml fragment)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
WHOLE = [text for kind, text in BLOCKS if kind == "yaml"]
PIECES = [text for kind, text in BLOCKS if kind == "yaml fragment"]
OPENING = "case: piece\ntitle: A piece\ncurrency: USD\ntoday: 2026-01-01\nsimulate: {until: 2040-01-01, step: year}\n"
ELSEWHERE = {"unknown-name", "unknown-source"}  # what a piece may say of names that the rest of its case declares


def first_line(text: str) -> str:
    return text.partition("\n")[0]


def load(text: str) -> Loaded:
    return load_texts([("case.yaml", text)])


@pytest.mark.parametrize("text", WHOLE, ids=first_line)
def test_a_whole_case_is_sound(text: str) -> None:
    loaded = load(text)
    assert [d.code for d in loaded.diagnostics] == []
    assert loaded.cases
    assert [d.code for d in unsound(loaded.cases)] == []


@pytest.mark.parametrize("text", PIECES, ids=first_line)
def test_a_piece_lacks_only_names(text: str) -> None:
    found = {d.code for d in load(text if text.startswith("case:") else OPENING + text).diagnostics}
    assert found <= ELSEWHERE


def test_there_are_both_kinds() -> None:
    assert len(WHOLE) >= 5
    assert len(PIECES) >= 10
    assert GUIDE.count("```yaml") == len(BLOCKS)


def test_every_link_to_a_heading_leads_to_one() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", h.lower()).replace(" ", "-") for h in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors
