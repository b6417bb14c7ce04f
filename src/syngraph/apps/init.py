"""`syngraph init`: a small commented case to begin with."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from syngraph.apps.exits import Exit
from syngraph.apps.folders import open_folder
from syngraph.apps.options import AS_USUAL, Show
from syngraph.apps.terminal import answer
from syngraph.apps.writing import write_case
from syngraph.load.evidence import LOCK_FILE, write_lock
from syngraph.present.display import visible
from syngraph.present.words import words


def init(folder: Path, *, show: Show = AS_USUAL) -> int:
    """Write a small commented case into a new or empty folder.

    Parameters
    ----------
    folder
        Where to write it.
    """
    said = words(show.lang)
    example = {name: file.read_bytes() for name, file in _files(files("syngraph.apps") / "example")}
    failed = write_case(folder, example, said)
    if failed is not None:
        return failed
    unwritten = write_lock(folder, open_folder(folder).evidence.renewed)
    written = (*example,) if unwritten else (*example, LOCK_FILE)
    answer(said.text("init.written", folder=visible(str(folder)), files=", ".join(written)))
    return Exit.OK


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
