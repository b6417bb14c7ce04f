"""The hand-labelled sentences and the article: every labelled quantity with its value and unit, and nothing wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from syngraph.base.dates import parse_edtf
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.mentions.parse import mentions

SHARED = Path(__file__).parents[4] / "shared"
GOLD = SHARED / "cases" / "mentions_gold.json"
ARTICLE = SHARED / "sources" / "article.zh-Hant.txt"
REGIONS = {"zh": ("zh-Hant", "TW"), "en": ("en", "US"), "article": ("zh-Hant", "TW")}
# The gold set's spelling of what base/units spells otherwise. 顆 counts any small round thing.
UNITS = {"x": {""}, "chip": {"chip", "unit", "GPU", ""}}
# The label leaves out the `per share` that follows in the text, which belongs to the unit.
NARROWER = {"41 cents": "USD/share"}
BOUNDS = {"eq": "exact", "gt": "more_than", "ge": "at_least", "lt": "less_than", "upto": "up_to"}
QUARTERS = {f"Q{n}": f"{32 + n}" for n in range(1, 5)} | {"H1": "40", "H2": "41"}

pytestmark = pytest.mark.skipif(
    not (GOLD.exists() and ARTICLE.exists()),
    reason="the gold set and the article are not beside the repository (../shared)",
)


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    label: dict[str, object]
    found: tuple[Mention, ...]


def read(group: str) -> Iterator[tuple[str, list[dict[str, object]], tuple[Mention, ...]]]:
    language, region = REGIONS[group]
    for sentence in json.loads(GOLD.read_text("utf-8"))[group]:
        text = ARTICLE.read_text("utf-8") if group == "article" else sentence["text"]
        yield text, sentence["ents"], mentions(text, language=language, region=region)


def labelled(group: str, kind: str) -> list[Labelled]:
    return [
        Labelled(text, label, tuple(m for m in found if m.start < label["end"] and label["start"] < m.end))
        for text, labels, found in read(group)
        for label in labels
        if label["kind"] == kind and not label["optional"]
    ]


def says(mention: Mention, label: dict[str, object]) -> bool:
    """Whether value and unit are those of the label; a stated fraction of it is so many percent."""
    wanted = (
        [Fraction(str(n)) for n in label["value"]]
        if isinstance(label["value"], list)
        else Fraction(str(label["value"]))
    )
    value = [mention.value.low, mention.value.high] if isinstance(mention.value, Range) else mention.value
    if label["unit"] == "%" and "fraction" in mention.flags and mention.unit == "":
        return value * 100 == wanted
    units = UNITS.get(str(label["unit"]), {label["unit"]}) | {NARROWER.get(str(label["text"]))}
    return value == wanted and mention.unit in units


@pytest.mark.parametrize(("group", "total", "floor"), [("zh", 44, 44), ("en", 37, 36), ("article", 8, 8)])
def test_quantities(group: str, total: int, floor: int) -> None:
    every = labelled(group, "quantity")
    valued = [(one, m) for one in every for m in one.found if m.kind is Kind.QUANTITY]
    assert [(one.label["text"], m) for one, m in valued if not says(m, one.label)] == []
    assert len(every) == total
    assert len({id(one) for one, _ in valued}) >= floor


@pytest.mark.parametrize("group", REGIONS)
def test_bounds_of_quantities(group: str) -> None:
    wrong = [
        (one.text, m.text, m.bound)
        for one in labelled(group, "quantity")
        for m in one.found
        if m.kind is Kind.QUANTITY and m.bound != BOUNDS.get(str(one.label["qual"]), one.label["qual"])
    ]
    assert wrong == []


@pytest.mark.parametrize(("group", "floor"), [("zh", 14), ("en", 15), ("article", 5)])
def test_dates(group: str, floor: int) -> None:
    every = labelled(group, "date")
    valued = [(one.label, m) for one in every for m in one.found if m.kind is Kind.DATE]
    for label, mention in valued:
        written = str(label["value"])
        for short, code in QUARTERS.items():
            written = written.replace(short, code)
        wanted = parse_edtf(written)
        assert wanted is not None, label
        assert (mention.days.first, mention.days.end) == (wanted.first, wanted.end), (label, mention)
        assert mention.span == label["mod"], (label, mention)
    assert len(valued) >= floor


@pytest.mark.parametrize("group", REGIONS)
def test_nothing_else_is_found(group: str) -> None:
    spurious = [
        (mention.text, text[:40])
        for text, labels, found in read(group)
        for mention in found
        if mention.kind in (Kind.QUANTITY, Kind.DATE, Kind.UNPARSED)
        and not any(mention.start < label["end"] and label["start"] < mention.end for label in labels)
    ]
    assert spurious == []
