"""Findings for scanners: SARIF 2.1.0 (section numbers are those of the standard) and workflow commands of GitHub."""

from pathlib import PurePath
from typing import Any

import pytest

from syngraph.base.diagnostics import Diagnostic, Label, error, note, warning
from syngraph.base.spans import Span, whole_file
from syngraph.present.findings import findings
from syngraph.present.sarif import sarif_document
from syngraph.present.words import words
from syngraph.present.workflow import workflow_commands

FILE = "facts:\n  說明: 微軟𝄞「獨占」雲端\n"
TEXTS = {"sub dir/事.yaml": FILE}
WORDS = words("en")


def span(of: str) -> Span:
    start = FILE.index(of)
    return Span("sub dir/事.yaml", start, start + len(of), 1, 1)


FOUND = (
    error("quote-lost", span("獨占"), quote="獨占", source="article", labels=(Label(span("facts"), "first-here"),)),
    warning("lock-kept", whole_file("syngraph.lock")),
    note("lock-stale", whole_file("syngraph.lock"), added="1", removed="0", changed="2"),
    error("quote-lost", span("雲端"), quote="雲端", source="article"),
    error("case-not-found", None, folder="nowhere"),
)


def sarif(*found: Diagnostic, folder: str = "cases/a") -> dict[str, Any]:
    return sarif_document(findings(found, TEXTS, WORDS), WORDS, folder=PurePath(folder))


def test_a_log_has_what_the_standard_requires() -> None:
    log = sarif(*FOUND)
    assert log["version"] == "2.1.0"  # 3.13.2
    (run,) = log["runs"]
    driver = run["tool"]["driver"]  # 3.14.6, 3.18.2
    assert driver["name"] == "Syngraph"  # 3.19.8
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
    ids = [rule["id"] for rule in driver["rules"]]  # 3.49.3
    assert ids == sorted(set(ids))
    assert len(run["results"]) == len(FOUND)
    for result, diagnostic in zip(run["results"], FOUND, strict=True):
        assert result["message"]["text"]  # 3.27.11, 3.11.8
        assert result["level"] == diagnostic.severity.value  # 3.27.10: "none", "note", "warning" or "error"
        assert ids[result["ruleIndex"]] == result["ruleId"] == diagnostic.code  # 3.27.5, 3.27.6


def test_a_region_counts_code_points_from_one_and_its_end_is_the_column_after() -> None:
    """3.30.5 to 3.30.8. Before 獨占 stand two blanks, 說明, a colon, a blank, 微軟, a sign beyond the BMP, 「."""
    (result,) = sarif(FOUND[0])["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 13}
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "first here"
    assert related["physicalLocation"]["region"]["startLine"] == 1


def test_a_finding_of_a_whole_file_has_no_region_and_one_of_no_file_no_location() -> None:
    results = sarif(*FOUND)["runs"][0]["results"]
    assert results[1]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "cases/a/syngraph.lock"}}}]
    assert results[4]["locations"] == []


@pytest.mark.parametrize(
    ("folder", "uri"),
    [
        (".", "sub%20dir/%E4%BA%8B.yaml"),
        ("a:b", "a%3Ab/sub%20dir/%E4%BA%8B.yaml"),
        ("/case", "file:///case/sub%20dir/%E4%BA%8B.yaml"),
    ],
)
def test_a_file_is_named_by_a_uri_reference(folder: str, uri: str) -> None:
    """3.4.3, RFC 3986: no blank, nothing beyond ASCII, no colon in the first part of a relative one."""
    (result,) = sarif(FOUND[0], folder=folder)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_workflow_commands() -> None:
    shown = workflow_commands(findings(FOUND, TEXTS, WORDS), folder=PurePath("cases/a"))
    assert shown.splitlines() == [
        (
            "::error file=cases/a/sub dir/事.yaml,line=2,col=11,title=quote-lost::“獨占” does not stand in article."
            "%0ACopy the passage from the source again, word for word."
        ),
        (
            "::warning file=cases/a/syngraph.lock,title=lock-kept::The lock file was not written: the case has errors, "
            "and the quotes they touch would be lost from it.%0ACorrect the errors, then run `check --update` again."
        ),
        (
            "::notice file=cases/a/syngraph.lock,title=lock-stale::The lock file is out of date: lines to add 1, "
            "to change 2, to remove 0.%0ARun `check --update`."
        ),
        (
            "::error file=cases/a/sub dir/事.yaml,line=2,col=14,title=quote-lost::“雲端” does not stand in article."
            "%0ACopy the passage from the source again, word for word."
        ),
        (
            "::error title=case-not-found::There is no folder `nowhere`.%0AGive the path of a folder with the files of a "
            "case."
        ),
    ]


def test_nothing_from_a_case_can_end_a_command_or_begin_another() -> None:
    found = error("quote-lost", Span("a,b:c%\n::x.yaml", 1, 2, 1, 1), quote="100%\n::error::x\r", source="a")
    shown = workflow_commands(findings([found], {}, WORDS), folder=PurePath())
    assert shown.count("\n") == 1
    assert "\r" not in shown
    assert shown.startswith(
        "::error file=a%2Cb%3Ac%25\\u{a}%3A%3Ax.yaml,line=1,col=1,title=quote-lost::“100%25\\u{a}::"
    )


def test_no_findings() -> None:
    assert workflow_commands((), folder=PurePath()) == ""
    assert sarif()["runs"][0]["results"] == []
