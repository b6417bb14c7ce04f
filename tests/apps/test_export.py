"""`syngraph export --to annotations`: what the Web Annotation Data Model demands, and every quote of a case."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from check_samples import ARTICLE, CASE, sample, syngraph

from syngraph.apps.exits import Exit
from syngraph.evidence.lock import text_digest
from syngraph.load.case import load_case
from syngraph.model.citations import citations

ROOT = Path(__file__).parents[2]
SOURCE_CASE, ALLIANCE = ROOT / "cases" / "openai-microsoft", ROOT / "cases" / "alliance"
ORIGINAL = ROOT.parent / "shared" / "sources" / "article.zh-Hant.txt"
MOTIVATIONS = {"describing", "linking"}


def exported(*tokens: str) -> dict[str, Any]:
    ran = syngraph("export", *tokens, "--to", "annotations")
    assert ran.code == Exit.OK, ran.err
    return json.loads(ran.out)


def items(document: dict[str, Any]) -> list[dict[str, Any]]:
    return document["first"]["items"] if document["total"] else []


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def assert_valid(document: dict[str, Any]) -> None:
    """The musts of https://www.w3.org/TR/annotation-model/ sections 3.1, 3.2.4, 3.2.5, 4.2.4, 4.2.5 and 5."""
    assert "http://www.w3.org/ns/anno.jsonld" in document["@context"]
    assert document["type"] == "AnnotationCollection"
    assert document["first"]["type"] == "AnnotationPage"
    assert document["total"] == len(items(document))
    named = [document["id"], document["first"]["id"], *(a["id"] for a in items(document))]
    assert len(set(named)) == len(named)
    assert all(name.startswith("urn:uuid:") for name in named)
    for annotation in items(document):
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] in MOTIVATIONS
        assert "TextualBody" in annotation["body"]["type"]
        assert isinstance(annotation["body"]["value"], str)
        assert targets(annotation)
        for target in targets(annotation):
            assert isinstance(target["source"]["id"], str)
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert all(isinstance(quote[key], str) for key in ("exact", "prefix", "suffix"))
            assert 0 <= position["start"] < position["end"]


def assert_placed(document: dict[str, Any], folder: Path, texts: dict[str, str] | None = None) -> None:
    """Every selector selects the very words, in the text with this hash."""
    for target in (t for a in items(document) for t in targets(a)):
        file = unquote(target["source"]["id"])
        text = (texts or {}).get(file) or (folder / file).read_bytes().decode("utf-8")
        quote, position = target["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert target["source"]["schema:sha256"] == text_digest(text)
        assert target["prov:wasQuotedFrom"]["id"] == target["source"]["id"]


def cited(folder: Path) -> set[str]:
    (case, *_) = load_case(folder).cases
    return {f"{c.head.section}.{c.head.name}" for c in citations(case)}


def test_a_case_with_its_text() -> None:
    document = exported(str(ALLIANCE))
    assert_valid(document)
    assert_placed(document, ALLIANCE)
    assert cited(ALLIANCE) <= {a["body"]["value"] for a in items(document)}
    assert {t["schema:creativeWorkStatus"] for a in items(document) for t in targets(a)} == {"verified"}


def test_every_quote_of_the_source_case_is_there_with_or_without_its_text(tmp_path: Path) -> None:
    present = exported(str(SOURCE_CASE), "--source", f"article={ORIGINAL}") if ORIGINAL.exists() else None
    locked = {(q["record"], q["exact"]) for q in quotes_of(SOURCE_CASE / "syngraph.lock")}
    for name in (*(p.name for p in SOURCE_CASE.glob("*.yaml")), "syngraph.lock"):
        (tmp_path / name).write_bytes((SOURCE_CASE / name).read_bytes())
    document = exported(str(tmp_path))
    assert_valid(document)
    assert {t["schema:creativeWorkStatus"] for a in items(document) for t in targets(a)} == {"snapshot"}
    found = {
        (a["body"]["value"].rpartition(".")[2], t["selector"][0]["exact"]) for a in items(document) for t in targets(a)
    }
    assert {(record.rpartition(".")[2], exact) for record, exact in locked} == found
    assert cited(tmp_path) <= {a["body"]["value"] for a in items(document)}
    if present is not None:
        assert_valid(present)
        assert [a["id"] for a in items(present)] == [a["id"] for a in items(document)]


def quotes_of(lock: Path) -> list[dict[str, Any]]:
    return json.loads(lock.read_text("utf-8"))["quotes"]


def test_the_body_names_the_record_its_values_and_who_says_so(tmp_path: Path) -> None:
    case = CASE.replace("about: [maker],", "about: [maker], said_by: buyer,")
    document = exported(str(sample(tmp_path / "c", case=case)))
    assert_valid(document)
    assert_placed(document, tmp_path / "c")
    invested, supplier = sorted(items(document), key=lambda a: a["body"]["value"])
    assert invested["motivation"] == "describing"
    assert invested["body"]["value"] == "facts.invested"
    assert invested["body"]["schema:additionalProperty"] == [
        {"type": "schema:PropertyValue", "schema:name": "value", "schema:value": "13 bn USD (more_than)"}
    ]
    assert invested["body"]["prov:wasAttributedTo"] == {"id": "#parties/buyer"}
    assert invested["body"]["prov:wasDerivedFrom"] == [{"id": invested["target"]["id"]}]
    assert invested["target"]["id"] == "sources/article.txt#char=2,15"
    assert (supplier["motivation"], "schema:additionalProperty" in supplier["body"]) == ("linking", False)
    assert supplier["body"]["prov:wasAttributedTo"] == {"id": "sources/article.txt"}


def test_a_quote_of_all_its_places_has_a_target_for_each(tmp_path: Path) -> None:
    case = CASE.replace("{article: 在雲端服務方面享有獨家權利}", "{article: 微軟, occurrence: all}")
    document = exported(str(sample(tmp_path / "c", case=case)))
    assert_valid(document)
    assert_placed(document, tmp_path / "c")
    assert [len(targets(a)) for a in items(document)] == [1, 2]


def test_the_passage_is_as_the_source_writes_it(tmp_path: Path) -> None:
    folder = sample(tmp_path / "c", article=ARTICLE.replace("130億", "１３０ 億"))
    document = exported(str(folder))
    assert_placed(document, folder)
    assert "１３０ 億" in items(document)[0]["target"]["selector"][0]["exact"]


def test_a_quote_that_is_not_there_is_left_out_and_told(tmp_path: Path) -> None:
    folder = sample(tmp_path / "c", article=ARTICLE.replace("獨家", "共同"))
    ran = syngraph("export", str(folder), "--to", "annotations")
    assert (ran.code, ran.err.startswith("error[quote-drifted]")) == (Exit.FINDINGS, True)
    assert [a["body"]["value"] for a in items(json.loads(ran.out))] == ["facts.invested"]


def test_into_a_file(tmp_path: Path) -> None:
    folder = sample(tmp_path / "c")
    ran = syngraph("export", str(folder), "--to", "annotations", "-o", "a.json", cwd=tmp_path)
    assert (ran.code, ran.out) == (Exit.OK, "a.json written\n")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == exported(str(folder))
    ran = syngraph("export", str(folder), "--to", "annotations", "-o", "none/a.json", cwd=tmp_path)
    assert (ran.code, ran.err.count("\n")) == (Exit.UNREADABLE, 1)


@pytest.mark.parametrize(
    ("tokens", "code"), [([], Exit.USAGE), (["--to", "pictures"], Exit.USAGE), (["--to", "annotations"], 3)]
)
def test_what_cannot_be_exported(tmp_path: Path, tokens: list[str], code: int) -> None:
    assert syngraph("export", *tokens, cwd=tmp_path).code == code
