"""`syngraph draft`: a case from texts that loads, and nothing written over anything."""

import json
from pathlib import Path

import pytest
from check_samples import ARTICLE, syngraph

from syngraph.apps.exits import Exit


def text(folder: Path, name: str, data: bytes = ARTICLE.encode()) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def findings(folder: Path) -> list[dict[str, object]]:
    return json.loads(syngraph("check", str(folder), "--format", "json").out)["diagnostics"]


def test_a_draft_has_no_error_but_its_stubs(tmp_path: Path) -> None:
    ran = syngraph(
        "draft", text(tmp_path, "My article.txt"), "-o", str(tmp_path / "new-case"), "--published", "2025-09-12"
    )
    assert (ran.code, ran.err.count("\n")) == (Exit.OK, 1)
    assert ran.out.startswith(f"{tmp_path}/new-case: 1 stub; other mentions, as comments: 0.")
    case = (tmp_path / "new-case" / "case.yaml").read_text("utf-8")
    assert "case: new_case\ntitle: new-case\ncurrency: USD " in case
    assert "  my_article:\n    file: sources/my_article.txt " in case
    assert (
        "  todo_1:  # my_article:1:10 130億美元\n    value: 13 bn USD\n    bound: more_than\n"
        '    cite: {my_article: "微軟累計投資已超過130億美元"}\n    term: TODO\n'
    ) in case
    assert [d["code"] for d in findings(tmp_path / "new-case")] == ["stub"]
    assert (tmp_path / "new-case" / ".gitignore").read_text() == "sources/\n"


def test_a_stub_with_a_meaning_is_a_fact(tmp_path: Path) -> None:
    syngraph("draft", text(tmp_path, "a.txt"), "-o", str(tmp_path / "case"))
    file = tmp_path / "case" / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("    term: TODO\n", "").replace("todo_1", "invested"), "utf-8")
    ran = syngraph("check", str(tmp_path / "case"), "--update")
    assert ran.code == Exit.OK, ran.out


def test_texts_keep_their_names_apart_and_any_encoding_becomes_utf_8(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    files = [
        text(tmp_path, "a.txt"),
        text(tmp_path / "b", "A.md", b"It paid $5.\r\n"),
        text(tmp_path, "微軟.txt"),
        text(tmp_path, "quote.txt"),
    ]
    Path(files[2]).write_bytes("微軟投資27%。".encode("utf-16"))
    ran = syngraph("draft", *files, "-o", str(tmp_path / "case"))
    assert ran.code == Exit.OK, ran.err
    sources = sorted(p.name for p in (tmp_path / "case" / "sources").iterdir())
    assert sources == ["a.txt", "a_2.txt", "quote_2.txt", "text.txt"]
    assert (tmp_path / "case" / "sources" / "a_2.txt").read_bytes() == b"It paid $5.\r\n"
    assert (tmp_path / "case" / "sources" / "text.txt").read_bytes() == "微軟投資27%。".encode()
    assert [d["code"] for d in findings(tmp_path / "case")] == ["stub"] * 4


def test_nothing_is_written_into_a_folder_with_files(tmp_path: Path) -> None:
    article = text(tmp_path, "a.txt")
    for folder in (tmp_path, tmp_path / "a.txt"):
        ran = syngraph("draft", article, "-o", str(folder))
        assert (ran.code, ran.out) == (Exit.FINDINGS, "")
        assert ran.err.startswith(f"error[folder-not-empty]: `{folder}` is not an empty folder; nothing was written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_a_text_that_cannot_be_read_makes_no_draft(tmp_path: Path, name: str) -> None:
    ran = syngraph("draft", text(tmp_path, "a.txt"), str(tmp_path / name), "-o", str(tmp_path / "case"))
    assert (ran.code, ran.out) == (Exit.UNREADABLE, "")
    assert "[source-unreadable]" in ran.err
    assert not (tmp_path / "case").exists()


def test_what_is_asked_for_wrongly(tmp_path: Path) -> None:
    article = text(tmp_path, "a.txt")
    for tokens in (["-o", str(tmp_path / "c")], [article], [article, "-o", str(tmp_path / "c"), "--published", "soon"]):
        assert syngraph("draft", *tokens).code == Exit.USAGE
    assert not (tmp_path / "c").exists()


def test_a_language_that_is_none_does_no_harm(tmp_path: Path) -> None:
    ran = syngraph("draft", text(tmp_path, "a.txt"), "-o", str(tmp_path / "c"), "--language", "a: {b", "--region", "#x")
    assert ran.code == Exit.OK
    assert [d["code"] for d in findings(tmp_path / "c")] == ["stub"]
