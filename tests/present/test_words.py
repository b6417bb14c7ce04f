"""The word files are complete, agree with each other, and fit the code."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from syngraph.base.errors import InternalError
from syngraph.base.texts import LANGUAGES
from syngraph.present.words import words

SOURCE = Path(__file__).parents[2] / "src" / "syngraph"
TEXTS = {language: words(language).texts for language in LANGUAGES}
CALLS = frozenset({"error", "warning", "note"})


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def codes(table: str) -> set[str]:
    return {key.removeprefix(f"{table}.") for key in TEXTS["en"] if key.startswith(f"{table}.")}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path.relative_to(SOURCE), node


def literals(node: ast.AST | None) -> set[str]:
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return literals(body) | literals(other)
        case _:
            return set()


def named_codes(node: ast.AST) -> set[str]:
    """The codes that a call or an assignment names as such."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in CALLS:
            return literals(first)
        case ast.Call(func=ast.Attribute(attr="wrong"), args=[first, *_]):
            return literals(first)
        case ast.Call(func=ast.Attribute(attr="guard"), args=[_, second, *_]):
            return literals(second)
        case ast.Call(keywords=keywords):
            return set().union(*(literals(k.value) for k in keywords if k.arg == "code"))
        case ast.Assign(targets=[ast.Name(id="code")], value=value):
            return literals(value)
        case _:
            return set()


def says(function: ast.expr) -> bool:
    match function:
        case ast.Name(id=name):
            return name in CALLS
        case ast.Attribute(value=ast.Name(id="low"), attr="wrong"):
            return True
        case _:
            return False


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    assert TEXTS["en"].keys() == TEXTS["zh-Hant"].keys()
    differing = [key for key in TEXTS["en"] if blanks(TEXTS["en"][key]) != blanks(TEXTS["zh-Hant"][key])]
    assert differing == []


def test_every_code_in_the_program_has_words() -> None:
    named = {(code, str(path)) for path, node in nodes() for code in named_codes(node) if code}
    missing = {(code, path) for code, path in named if code not in codes("diagnostics")}
    assert missing == set()
    assert len(named) > 80  # the search finds them


def test_every_diagnostic_has_a_way_out() -> None:
    assert codes("diagnostics") == codes("ways_out")


def test_words_are_for_codes_that_exist() -> None:
    said = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert codes("diagnostics") - said == set()
    assert codes("labels") - said == set()


def test_every_blank_is_filled() -> None:
    checked = 0
    for path, node in nodes():
        match node:
            case ast.Call(func=func, args=[first, *_], keywords=given) if says(func):
                filled = {k.arg for k in given}
                if None in filled:
                    continue
                for code in literals(first) & codes("diagnostics"):
                    wanted = blanks(TEXTS["en"][f"diagnostics.{code}"]) | blanks(TEXTS["en"][f"ways_out.{code}"])
                    assert wanted <= filled, f"{code} in {path}:{node.lineno}"
                    checked += 1
    assert checked > 60


def test_texts_that_the_program_asks_for_exist() -> None:
    for path, node in nodes():
        match node:
            case ast.Call(func=ast.Attribute(attr="text"), args=[ast.Constant(value=str(key)), *_]) if "." in key:
                assert key in TEXTS["en"], f"{key} in {path}:{node.lineno}"


def test_a_text_is_filled_and_a_missing_blank_stays_visible() -> None:
    english = words("en")
    assert english.sentence("case-not-found", {"folder": "a{b}"}) == "There is no folder `a{b}`."
    assert english.sentence("case-not-found", {}) == "There is no folder `{folder}`."
    assert english.label("first-here") == "first here"
    assert [english.count("file", n) for n in (0, 1, 2000)] == ["0 files", "1 file", "2,000 files"]
    assert english.sentence("no-such-code", {"found": "x", "known": ""}) == "found: x"
    assert english.way_out("no-such-code", {"found": "x"}) == ""
    with pytest.raises(InternalError):
        english.text("nothing.here")


def test_chinese_is_punctuated_in_full_width() -> None:
    """Except in code, which stands between backticks."""
    half = re.compile(r"[\u4e00-\u9fff」][,;:?!()]|[,;:?!()][\u4e00-\u9fff「]|\}[,;?!(]")
    prose = {key: re.sub("`[^`]*`", "", text) for key, text in TEXTS["zh-Hant"].items()}
    assert {key: text for key, text in prose.items() if half.search(text)} == {}
