"""A small commented case to begin with."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from syngraph.api.answers import Answer, refused
from syngraph.api.folders import open_folder
from syngraph.api.written import Written, write_files
from syngraph.load.evidence import LOCK_FILE, write_lock


def write_example(folder: Path) -> Answer[Written]:
    """Writes the example into a new or empty folder, with its lock."""
    example = {name: file.read_bytes() for name, file in _files(files("syngraph.api") / "example")}
    if wrong := write_files(folder, example):
        return refused(wrong)
    unwritten = write_lock(folder, open_folder(folder).evidence.renewed)
    written = (*example,) if unwritten else (*example, LOCK_FILE)
    return Answer(Written(folder, written), unwritten)


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
