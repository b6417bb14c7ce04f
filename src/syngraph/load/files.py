"""Reads the YAML files of a case folder, within limits, as texts with names relative to the folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.spans import Span, whole_file

MAX_BYTES = 5_000_000
MAX_FILES = 500
MAX_ENTRIES = 5_000
OTHER_FOLDERS = frozenset({"sources", "build"})

Text = tuple[str, str]


class _Stop(Exception):
    """Scanning cannot go on; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def read_folder(folder: Path) -> tuple[tuple[Text, ...], tuple[Diagnostic, ...]]:
    """The texts of every `*.yaml` in the folder and its subfolders, by name, and what could not be read."""
    try:
        if not folder.is_dir():
            return (), (error("case-not-found", None, folder=str(folder)),)
    except OSError as problem:  # a name too long, a parent that may not be searched
        return (), (_unreadable(str(folder), problem),)
    try:
        paths = sorted(_yaml_files(folder))
    except _Stop as stop:
        return (), (stop.diagnostic,)
    if not paths:
        return (), (error("case-empty", None, folder=str(folder)),)
    texts, found = [], []
    for name, path in paths:
        match read_text(path, name):
            case Diagnostic() as wrong:
                found.append(wrong)
            case text:
                texts.append((name, text))
    return tuple(texts), tuple(found)


def read_text(path: Path, name: str) -> str | Diagnostic:
    """The text of one file without a byte order mark, or why it cannot be read."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return _too_large(name, size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        return _unreadable(name, problem)
    if len(data) > MAX_BYTES:
        return _too_large(name, len(data))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        return _not_utf8(data, problem.start, name)


def _yaml_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Names and paths, folder by folder; links to folders are not followed, so that no loop can hold the scan."""
    open_folders, entries, files = [("", folder)], 0, 0
    while open_folders:
        prefix, here = open_folders.pop()
        for entry in _entries(here, prefix):
            entries += 1
            if entries > MAX_ENTRIES:
                raise _Stop(error("too-many-files", None, limit=f"{MAX_ENTRIES:,}", folder=str(folder)))
            if _is_subfolder(entry):
                open_folders.append((f"{prefix}{entry.name}/", here / entry.name))
            elif entry.name.endswith(".yaml") and not entry.name.startswith(".") and _is_file(entry):
                files += 1
                if files > MAX_FILES:
                    raise _Stop(error("too-many-files", None, limit=f"{MAX_FILES:,}", folder=str(folder)))
                yield _shown(f"{prefix}{entry.name}"), here / entry.name


def _entries(folder: Path, prefix: str) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as problem:
        raise _Stop(_unreadable(prefix or str(folder), problem)) from problem


def _shown(name: str) -> str:
    """A file name that can be written out, also where the file system holds bytes that are no text."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_subfolder(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith(".") or entry.name in OTHER_FOLDERS:
        return False
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a file or a link to one (a pipe would hold the reader); a dead link is read, to say that it is."""
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir() and not Path(entry.path).exists())
    except OSError:
        return True


def _unreadable(name: str, problem: Exception) -> Diagnostic:
    reason = getattr(problem, "strerror", None) or str(problem)
    return error("file-unreadable", whole_file(name), file=name, reason=reason)


def _too_large(name: str, size: int) -> Diagnostic:
    found, limit = f"{size / 1_000_000:,.1f} MB", f"{MAX_BYTES // 1_000_000} MB"
    return error("file-too-large", whole_file(name), file=name, found=found, limit=limit)


def _not_utf8(data: bytes, position: int, name: str) -> Diagnostic:
    before = data[:position].decode("utf-8").removeprefix("\ufeff")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    span = Span(name, len(before), len(before) + 1, line, column)
    return error("not-utf8", span, file=name, position=str(position), found=f"0x{data[position]:02X}")
