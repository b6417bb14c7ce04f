"""Reads the texts of sources and the lock file, and writes the lock."""

import codecs
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.nearest import nearest
from syngraph.base.spans import whole_file
from syngraph.evidence.lock import NO_LOCK, Lock, lock_text, parse_lock
from syngraph.load.writing import write_whole
from syngraph.model.records import Head
from syngraph.model.sources import Source

LOCK_FILE = "syngraph.lock"
MOST_BYTES = 10_000_000

_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_sources(
    folder: Path, sources: Sequence[Source], overrides: Mapping[str, Path] | None = None
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The texts that are there, by name of the source; line ends stay as they are, a byte order mark is no text.

    A file that is missing is no mistake: its text may not be passed on. `overrides` are texts kept elsewhere.
    """
    elsewhere = overrides or {}
    texts: dict[str, str] = {}
    found = list(_unknown(elsewhere, [source.head.name for source in sources]))
    for source in sources:
        name = source.head.name
        read = _read_elsewhere(source, elsewhere[name]) if name in elsewhere else _read_beside(folder, source)
        match read:
            case str():
                texts[name] = read
            case Diagnostic():
                found.append(read)
            case None:
                pass
    return texts, tuple(found)


def read_document(path: Path, name: str) -> str | Diagnostic:
    """The text of a file that is no source of a case yet, or why there is none."""
    return _read_elsewhere(Source(Head(name, "sources", whole_file(str(path))), path.name, ""), path)


def _unknown(overrides: Iterable[str], names: Sequence[str]) -> Iterable[Diagnostic]:
    for name in overrides:
        if name not in names:
            yield error("source-unknown", None, name=name, paste=nearest(name, names))


def _read_beside(folder: Path, source: Source) -> str | Diagnostic | None:
    if not source.file:
        return None
    try:
        path, root = (folder / source.file).resolve(), folder.resolve()
    except (OSError, ValueError, RuntimeError):
        return _about("source-unreadable", source, source.file)
    if not path.is_relative_to(root):
        return _about("source-outside", source, source.file)
    return _read(source, path)


def _read_elsewhere(source: Source, path: Path) -> str | Diagnostic:
    text = _read(source, path)
    return _about("source-unreadable", source, str(path)) if text is None else text


def _read(source: Source, path: Path) -> str | Diagnostic | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _about("source-unreadable", source, path.name)
        if status.st_size > MOST_BYTES:
            return _too_large(source, path)
        data = _bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        return _about("source-unreadable", source, path.name)
    return _decoded(source, path, data) if len(data) <= MOST_BYTES else _too_large(source, path)


def _bytes(path: Path) -> bytes:
    """At most one byte more than allowed, even of a file that grows while it is read."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _decoded(source: Source, path: Path, data: bytes) -> str | Diagnostic:
    if data.startswith(codecs.BOM_UTF32_LE):  # it begins like UTF-16
        return _about("source-encoding", source, path.name, position="0")
    mark, encoding = next(((m, e) for m, e in _ENCODINGS if data.startswith(m)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as problem:
        return _about("source-encoding", source, path.name, position=f"{problem.start + len(mark):,}")


def _too_large(source: Source, path: Path) -> Diagnostic:
    return _about("source-too-large", source, path.name, limit=f"{MOST_BYTES // 1_000_000:,}")


def _about(code: str, source: Source, file: str, *, limit: str = "", position: str = "") -> Diagnostic:
    return error(code, source.head.span, source=source.head.name, file=file, limit=limit, position=position)


def read_lock(folder: Path) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """The lock beside a case; no file is an empty lock."""
    path = folder / LOCK_FILE
    try:
        text = _bytes(path).removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except FileNotFoundError:
        return NO_LOCK, ()
    except (OSError, ValueError):
        return NO_LOCK, (error("lock-unreadable", whole_file(LOCK_FILE)),)
    return parse_lock(text, LOCK_FILE)


def write_lock(folder: Path, lock: Lock) -> tuple[Diagnostic, ...]:
    """Writes the lock beside a case in one step: whoever reads it sees the old one or the new one, whole."""
    path = folder / LOCK_FILE
    try:
        write_whole(path, lock_text(lock).encode("utf-8"))
    except OSError:
        return (error("lock-unwritable", whole_file(LOCK_FILE), file=str(path)),)
    return ()
