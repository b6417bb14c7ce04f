"""Diagnostics as text, line by line, and as JSON."""

import json

from syngraph.base.diagnostics import Diagnostic, Label, error, note, warning
from syngraph.base.spans import Span, whole_file
from syngraph.present.diagnostics import Look, counted, diagnostics_document, diagnostics_text
from syngraph.present.findings import findings
from syngraph.present.words import words

FILE = """\
facts:
  revenue_share:
    about: [微軟, openai]
    cite: {article: 微軟「獨占」雲端, why: "\u202ex"}
text: |
  one
  two half
"""
TEXTS = {"facts.yaml": FILE}
ENGLISH, CHINESE = words("en"), words("zh-Hant")


def span(of: str, file: str = "facts.yaml") -> Span:
    start = FILE.index(of)
    return Span(file, start, start + len(of), 1, 1)  # line and column are found anew


def text(*diagnostics: Diagnostic, look: Look | None = None) -> str:
    return diagnostics_text(diagnostics, TEXTS, ENGLISH, look=look)


def test_carets_stand_below_chinese() -> None:
    found = error("quote-lost", span("獨占"), quote="獨占", source="article")
    assert text(found) == (
        "error[quote-lost]: “獨占” does not stand in article.\n"
        " --> facts.yaml:4:24\n"
        "  |\n"
        '4 |     cite: {article: 微軟「獨占」雲端, why: "\\u{202e}x"}\n'
        "  |                           ^^^^\n"
        "  = help: Copy the passage from the source again, word for word.\n"
        "\n"
    )


def test_in_chinese() -> None:
    found = error("quote-lost", span("獨占"), quote="獨占", source="article")
    assert diagnostics_text([found], TEXTS, CHINESE).splitlines()[0] == "錯誤[quote-lost]: article 中找不到「獨占」。"
    assert diagnostics_text([found], TEXTS, CHINESE).splitlines()[-2] == "  = 建議: 請從來源逐字重新複製這段文字。"


def test_a_second_place_and_what_to_paste() -> None:
    first = Label(span("facts"), "first-here")
    found = error("unknown-name", span("微軟"), paste="microsoft\n", labels=(first,), name="微軟", expected="parties")
    assert text(found) == (
        "error[unknown-name]: Nothing is called `微軟` in: parties.\n"
        " --> facts.yaml:3:13\n"
        "  |\n"
        "3 |     about: [微軟, openai]\n"
        "  |             ^^^^\n"
        " ::: facts.yaml:1:1\n"
        "  |\n"
        "1 | facts:\n"
        "  | ----- first here\n"
        "  = help: Correct the name, or define it.\n"
        "  = to paste: microsoft\\u{a}\n"
        "\n"
    )


def test_a_place_in_a_text_of_several_lines_is_found_anew() -> None:
    assert " --> facts.yaml:7:7\n" in text(error("unknown-unit", span("half"), found="half"))


def test_a_stretch_over_lines_is_marked_to_the_end_of_its_first() -> None:
    lines = text(error("not-a-map", span("one\n  two"))).splitlines()
    assert lines[1:5] == [" --> facts.yaml:6:3", "  |", "6 |   one", "  |   ^^^"]


def test_the_end_of_a_file_has_one_caret() -> None:
    end = Span("facts.yaml", len(FILE), len(FILE) + 1, 1, 1)
    lines = text(error("expression-ends", end)).splitlines()
    assert lines[1:5] == [" --> facts.yaml:8:1", "  |", "8 |", "  | ^"]


def test_a_finding_without_a_line() -> None:
    assert text(note("lock-stale", whole_file("syngraph.lock"), added="1", removed="0", changed="2")) == (
        "note[lock-stale]: The lock file is out of date: lines to add 1, to change 2, to remove 0.\n"
        " --> syngraph.lock\n"
        "  = help: Run `check --update`.\n"
        "\n"
    )
    assert text(error("case-not-found", None, folder="a\x1b[2Jb")) == (
        "error[case-not-found]: There is no folder `a\\u{1b}[2Jb`.\n"
        "  = help: Give the path of a folder with the files of a case.\n"
        "\n"
    )


def test_a_place_in_a_file_that_is_not_there() -> None:
    assert " --> other.yaml:7:3\n  = help" in text(error("not-a-map", Span("other.yaml", 90, 91, 7, 3)))


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a: {" + "x" * 200 + ", 微軟: y, " + "z" * 200 + "}"
    place = Span("a.yaml", line.index("微軟"), line.index("微軟") + 2, 1, 1)
    shown = diagnostics_text([error("empty-value", place, name="微軟")], {"a.yaml": line}, ENGLISH, look=Look(40))
    above, below = shown.splitlines()[3:5]
    assert above == "1 | …xxxxxxxxxxxxxxx, 微軟: y, zzzzzzzzzzzz…"
    assert below == "  |                   ^^^^"


def test_only_our_words_have_color() -> None:
    shown = text(error("unknown-unit", span("half"), found="\x1b[31m"), look=Look(color=True))
    assert shown.startswith("\x1b[1;31merror[unknown-unit]\x1b[0m\x1b[1m: `\\u{1b}[31m` is no unit.\x1b[0m\n")
    assert "\x1b" not in text(error("unknown-unit", span("half"), found="\x1b[31m"))


def test_a_sentence_stays_a_sentence() -> None:
    assert len(text(error("unknown-unit", None, found="x" * 10_000)).splitlines()[0]) < 400


def test_the_closing_line() -> None:
    one, two = error("not-a-map", None), warning("quote-unverifiable", None, quote="a")
    assert counted((("file", 9),), [one, two, two], ENGLISH) == "9 files: 1 error, 2 warnings"
    assert counted((("file", 1), ("record", 41)), [two], ENGLISH) == "1 file, 41 records: 0 errors, 1 warning"
    assert counted((("file", 1),), [], CHINESE) == "1 個檔案：0 個錯誤"


def test_json() -> None:
    first = Label(span("facts"), "first-here")
    found = error("unknown-name", span("微軟"), paste="microsoft", labels=(first,), name="微軟", expected="parties")
    stale = note("lock-stale", whole_file("syngraph.lock"), added="1", removed="0", changed="2")
    document = json.loads(json.dumps(diagnostics_document(findings([found, stale], TEXTS, ENGLISH))))
    assert document["format_version"] == "1.0"
    assert document["diagnostics"][0] == {
        "code": "unknown-name",
        "severity": "error",
        "message": "Nothing is called `微軟` in: parties.",
        "help": "Correct the name, or define it.",
        "file": "facts.yaml",
        "line": 3,
        "column": 13,
        "end_line": 3,
        "end_column": 15,
        "labels": [
            {"message": "first here", "file": "facts.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 6}
        ],
        "paste": "microsoft",
    }
    assert [document["diagnostics"][1][key] for key in ("file", "line", "severity")] == ["syngraph.lock", None, "note"]
