"""How much the parser finds in sentences it was not made with, and that it reads none of them wrongly."""

import tomllib
from fractions import Fraction
from pathlib import Path

from syngraph.evidence.mentions.mention import Kind, Range
from syngraph.evidence.mentions.parse import mentions
from syngraph.evidence.mentions.recall import FOUND, LABELLED

REGIONS = {"zh-Hant": "TW", "zh-Hans": "CN", "en": "US"}
SENTENCES = tomllib.loads((Path(__file__).parent / "unseen.toml").read_text("utf-8"))["sentence"]


def value(written: str | list[str]) -> Fraction | Range:
    return Range(Fraction(written[0]), Fraction(written[1])) if isinstance(written, list) else Fraction(written)


def test_the_stated_recall_is_the_one_measured_and_nothing_is_read_wrongly() -> None:
    found = labelled = 0
    for sentence in SENTENCES:
        text, language = sentence["text"], sentence["language"]
        read = [m for m in mentions(text, language=language, region=REGIONS[language]) if m.kind is Kind.QUANTITY]
        right = {(value(q["value"]), q["unit"]) for q in [*sentence["quantities"], *sentence.get("also", [])]}
        assert {(m.value, m.unit) for m in read} <= right, text
        got = {(m.value, m.unit) for m in read}
        labelled += len(sentence["quantities"])
        found += sum((value(q["value"]), q["unit"]) in got for q in sentence["quantities"])
    assert (found, labelled) == (FOUND, LABELLED)
    assert found >= 0.95 * labelled
