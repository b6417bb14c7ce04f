"""A folder of files: what is read, and every limit."""

import os
from pathlib import Path

import pytest
from load_samples import SOUND

from marks import found
from syngraph.base.diagnostics import Diagnostic
from syngraph.load import files
from syngraph.load.case import load_case, load_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(SOUND, "utf-8")
    return tmp_path


def only(folder: Path) -> Diagnostic:
    (diagnostic,) = load_case(folder).diagnostics
    return diagnostic


def test_subfolders_are_read_but_sources_and_build_are_not(folder: Path) -> None:
    for name in ("more/deep", "sources", "build", ".git"):
        (folder / name).mkdir(parents=True)
        (folder / name / "x.yaml").write_text("facts:\n  here: {value: 1, about: [maker]}\n", "utf-8")
    loaded = load_case(folder)
    assert [name for name, _ in loaded.texts] == ["case.yaml", "more/deep/x.yaml"]
    assert loaded.diagnostics == ()
    assert loaded.folder == str(folder)


def test_a_folder_and_its_texts_give_the_same_cases(folder: Path) -> None:
    assert load_case(folder).cases == load_texts([("case.yaml", SOUND)]).cases


def test_no_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path / "a\0b"):
        assert (only(path).code, only(path).fill("folder")) == ("case-not-found", str(path))
    file = tmp_path / "case.yaml"
    file.write_text(SOUND, "utf-8")
    assert only(file).code == "case-not-found"


def test_a_name_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 5000)
    assert found(load_case(path)) == [("file-unreadable", f"{path}:1:1")]


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert only(tmp_path).code == "case-empty"


def test_files_that_are_of_no_case(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\nvolumes: {}\n", "utf-8")
    (tmp_path / "empty.yaml").write_text("", "utf-8")
    missing = only(tmp_path)
    assert (missing.code, missing.fill("files"), missing.fill("found")) == (
        "case-missing",
        "compose.yaml",
        "services, volumes",
    )
    (tmp_path / "compose.yaml").write_text("services: {}\nfacts: {}\n", "utf-8")
    assert "section-missing" in {d.code for d in load_case(tmp_path).diagnostics}


def test_two_cases_in_folders_of_one(folder: Path) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "case.yaml").write_text(SOUND, "utf-8")
    several = only(folder)
    assert (several.code, several.fill("folders")) == ("several-cases", "., old")
    assert several.span is not None and several.span.place() == "old/case.yaml:1:1"
    (folder / "case.yaml").unlink()
    assert load_case(folder).diagnostics == ()


def test_an_empty_file_lacks_everything_a_case_must_say(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("")
    loaded = load_case(tmp_path)
    assert {(d.code, d.fill("field")) for d in loaded.diagnostics} == {
        ("section-missing", name) for name in ("case", "title", "currency", "today", "simulate")
    }


def test_a_byte_order_mark_is_no_text(folder: Path) -> None:
    (folder / "case.yaml").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    loaded = load_case(folder)
    assert loaded.diagnostics == ()
    assert loaded.texts == (("case.yaml", SOUND),)


def test_bytes_that_are_no_text_are_named_with_their_place(folder: Path) -> None:
    (folder / "big5.yaml").write_bytes("facts:\n  # 微軟".encode() + b"\xb7L\n")
    diagnostic = only(folder)
    assert (diagnostic.code, diagnostic.fill("position"), diagnostic.fill("found")) == ("not-utf8", "17", "0xB7")
    assert found(load_case(folder)) == [("not-utf8", "big5.yaml:2:7")]


def test_half_a_character_in_a_text_from_memory() -> None:
    assert found(load_texts([("a.yaml", "case: \ud800")])) == [("not-utf8", "a.yaml:1:1")]


def test_a_sparse_file_of_a_gigabyte_is_refused_unread(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(1_000_000_000)
    diagnostic = only(folder)
    assert (diagnostic.code, diagnostic.fill("found"), diagnostic.fill("limit")) == (
        "file-too-large",
        "1,000.0 MB",
        "5 MB",
    )


def test_ten_thousand_files_are_refused(folder: Path) -> None:
    for i in range(10_000):
        (folder / f"{i}.txt").touch()
    diagnostic = only(folder)
    assert (diagnostic.code, diagnostic.fill("limit")) == ("too-many-files", "5,000")


def test_more_than_five_hundred_yaml_files(folder: Path) -> None:
    for i in range(500):
        (folder / f"f{i}.yaml").touch()
    diagnostic = only(folder)
    assert (diagnostic.code, diagnostic.fill("limit")) == ("too-many-files", "500")


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "a.yaml").symlink_to(folder / "b.yaml")
    (folder / "b.yaml").symlink_to(folder / "a.yaml")
    assert found(load_case(folder)) == [("file-unreadable", "a.yaml:1:1"), ("file-unreadable", "b.yaml:1:1")]


def test_a_dead_link_and_a_pipe(folder: Path) -> None:
    (folder / "dead.yaml").symlink_to(folder / "nowhere.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "named.yaml").mkdir()
    assert found(load_case(folder)) == [("file-unreadable", "dead.yaml:1:1")]


def test_a_file_name_that_is_no_text(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"\xff.yaml")).write_text("factz: {}\n")
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")
    assert found(load_case(folder)) == [("unknown-section", "\\udcff.yaml:1:1")]


def test_a_folder_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "scandir", refuse)
    assert (only(folder).code, only(folder).fill("reason")) == ("file-unreadable", "Permission denied")


def test_two_hundred_thousand_brackets(folder: Path) -> None:
    (folder / "deep.yaml").write_text("facts: " + "[" * 200_000)
    assert [d.code for d in load_case(folder).diagnostics] == ["too-deep"]
