"""Reading the texts of sources and the lock from a folder."""

import codecs

import pytest

from syngraph.base.spans import Span
from syngraph.evidence.lock import NO_LOCK, LockedSource, make_lock, text_digest
from syngraph.load import evidence
from syngraph.load.evidence import LOCK_FILE, read_lock, read_sources, write_lock
from syngraph.model.records import Head
from syngraph.model.sources import Source

SPAN = Span("sources.yaml", 0, 7, 1, 1)
TEXT = "\u5fae\u8edf\r\n\x00 13\n"


def source(file, name="article"):
    return Source(Head(name, "sources", SPAN), file, "zh-Hant")


def read(folder, file, **overrides):
    texts, found = read_sources(folder, [source(file)], overrides)
    return texts.get("article"), [(d.code, d.span) for d in found]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_a_text_is_read_as_it_is(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path, "a.txt") == (TEXT, [])


@pytest.mark.parametrize(
    ("data", "position"),
    [
        (b"ab\xff", "2"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "2"),
        (codecs.BOM_UTF32_LE + b"a\0\0\0", "0"),
        ("\u5fae".encode("big5"), "0"),
    ],
)
def test_another_encoding_is_an_error(tmp_path, data, position):
    (tmp_path / "a.txt").write_bytes(data)
    texts, found = read_sources(tmp_path, [source("a.txt")])
    assert (texts, [(d.code, d.fill("position")) for d in found]) == ({}, [("source-encoding", position)])


@pytest.mark.parametrize("file", ["", "none.txt", "none/a.txt", "file.txt/a.txt"])
def test_a_missing_text_is_no_mistake(tmp_path, file):
    (tmp_path / "file.txt").write_text("x")
    assert read(tmp_path, file) == (None, [])


def test_a_path_out_of_the_folder_is_refused(tmp_path):
    case = tmp_path / "case"
    case.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (case / "link.txt").symlink_to(tmp_path / "secret.txt")
    for file in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "../case-two/a.txt"):
        assert read(case, file) == (None, [("source-outside", SPAN)])
    assert read(case, "../case/none.txt") == (None, [])


@pytest.mark.parametrize("file", [".", "a\x00b", "loop", "folder"])
def test_what_is_no_file_is_an_error(tmp_path, file):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    assert read(tmp_path, file) == (None, [("source-unreadable", SPAN)])


def test_a_text_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    assert read(tmp_path, "a.txt") == ("x" * 10, [])
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert read(tmp_path, "a.txt") == (None, [("source-too-large", SPAN)])


def test_a_text_can_be_kept_elsewhere(tmp_path):
    case = tmp_path / "case"
    case.mkdir()
    (tmp_path / "a.txt").write_text("elsewhere")
    assert read(case, "a.txt", article=tmp_path / "a.txt") == ("elsewhere", [])
    assert read(case, "a.txt", article=tmp_path / "b.txt") == (None, [("source-unreadable", SPAN)])
    _, found = read_sources(case, [source("a.txt")], {"articel": tmp_path / "a.txt"})
    assert [(d.code, d.paste) for d in found] == [("source-unknown", "article")]


def test_the_lock_is_written_and_read(tmp_path):
    lock = make_lock([LockedSource("article", text_digest(TEXT), len(TEXT))], [])
    assert read_lock(tmp_path) == (NO_LOCK, ())
    assert write_lock(tmp_path, lock) == ()
    assert write_lock(tmp_path, lock) == ()
    assert read_lock(tmp_path) == (lock, ())
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]


def test_a_lock_that_is_no_text_cannot_be_read(tmp_path):
    (tmp_path / LOCK_FILE).write_bytes(b"\xff\xfe")
    assert [d.code for d in read_lock(tmp_path)[1]] == ["lock-unreadable"]
    (tmp_path / LOCK_FILE).unlink()
    (tmp_path / LOCK_FILE).mkdir()
    assert [d.code for d in read_lock(tmp_path)[1]] == ["lock-unreadable"]


def test_a_lock_that_cannot_be_written_leaves_the_old_one(tmp_path):
    (tmp_path / LOCK_FILE).mkdir()
    assert [d.code for d in write_lock(tmp_path, NO_LOCK)] == ["lock-unwritable"]
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
    assert [d.code for d in write_lock(tmp_path / "none", NO_LOCK)] == ["lock-unwritable"]
