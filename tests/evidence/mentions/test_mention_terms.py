"""Durations, counts, halves, stretches and bounds of sentences labelled before the parser was made for them."""

import tomllib
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from syngraph.base.dates import parse_edtf
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.mentions.parse import mentions

REGIONS = {"zh-Hant": "TW", "zh-Hans": "CN", "en": "US"}
VALUED = {Kind.QUANTITY, Kind.DURATION, Kind.COUNT, Kind.DATE}
SENTENCES = tomllib.loads((Path(__file__).parent / "terms.toml").read_text("utf-8"))["sentence"]
# Labels whose value is found; the others are refused or not seen, never read as something else.
FOUND = {"duration": (42, 45), "count": (28, 30), "quantity": (29, 32), "date": (16, 16)}


def read(sentence: dict[str, Any]) -> list[Mention]:
    language = sentence["language"]
    region = sentence.get("region", REGIONS[language])
    found = mentions(sentence["text"], language=language, region=region)
    return [mention for mention in found if mention.kind in VALUED]


def over(mention: Mention, words: str, text: str) -> bool:
    start = text.index(words)
    return mention.start < start + len(words) and start < mention.end


def says(mention: Mention, label: dict[str, Any]) -> bool:
    """Whether a mention has the value, unit or noun, and bound of a label; a year is twelve months."""
    if "days" in label:
        wanted = parse_edtf(label["days"])
        days = mention.days
        return bool(wanted and days) and (days.first, days.end) == (wanted.first, wanted.end)
    if mention.bound != label.get("bound", "exact") or (mention.kind is Kind.DURATION) != (kind(label) == "duration"):
        return False
    edges = label["value"] if isinstance(label["value"], list) else [label["value"]]
    value = mention.value
    found = (value.low, value.high) if isinstance(value, Range) else (value,)
    months = {"year": 12, "month": 1}
    if mention.unit in months and label["unit"] in months:
        return [n * months[mention.unit] for n in found] == [Fraction(n) * months[label["unit"]] for n in edges]
    noun, unit = mention.noun or mention.unit, label["unit"]
    return list(found) == [Fraction(n) for n in edges] and (
        noun in (unit, unit.removesuffix("s")) or noun.endswith(unit)
    )


def kind(label: dict[str, Any]) -> str:
    return label.get("kind", "date" if "days" in label else "quantity")


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s["text"][:40] for s in SENTENCES])
def test_no_mention_says_other_than_its_label(sentence: dict[str, Any]) -> None:
    text = sentence["text"]
    for mention in read(sentence):
        assert not any(over(mention, words, text) for words in sentence.get("refused", ())), mention
        meant = [label for label in sentence["mentions"] if over(mention, label["words"], text)]
        beside = [label for label in sentence.get("also", ()) if over(mention, label["words"], text)]
        assert meant or beside, mention
        assert any(says(mention, label) for label in meant or beside), mention


def test_how_many_labels_are_found() -> None:
    found, labelled = Counter[str](), Counter[str]()
    for sentence in SENTENCES:
        got = read(sentence)
        for label in sentence["mentions"]:
            labelled[kind(label)] += 1
            found[kind(label)] += any(over(m, label["words"], sentence["text"]) and says(m, label) for m in got)
    assert {name: (found[name], labelled[name]) for name in labelled} == FOUND
