"""`syngraph init`: a small commented case to begin with."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from syngraph.apps.exits import Exit
from syngraph.apps.folders import open_folder
from syngraph.apps.options import AS_USUAL, Show
from syngraph.apps.terminal import answer, say
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
    shown = visible(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            say(said.text("init.not_empty", folder=shown))
            return Exit.FINDINGS
        written = write_example(folder)
    except OSError as problem:
        say(said.text("init.unwritable", folder=shown, reason=problem.strerror or type(problem).__name__))
        return Exit.UNREADABLE
    answer(said.text("init.written", folder=shown, files=", ".join(written)))
    return Exit.OK


def write_example(folder: Path) -> tuple[str, ...]:
    """Writes the example with its lock and gives the names of the files, in order."""
    written = []
    for name, file in _files(files("syngraph.apps") / "example"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
        written.append(name)
    unwritten = write_lock(folder, open_folder(folder).evidence.renewed)
    return tuple(written) if unwritten else (*written, LOCK_FILE)


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
