"""Writes a new case folder, or says why it cannot."""

from collections.abc import Mapping
from pathlib import Path

from syngraph.apps.exits import Exit
from syngraph.apps.terminal import say
from syngraph.load.writing import write_new
from syngraph.present.display import visible
from syngraph.present.words import Words


def write_case(folder: Path, files: Mapping[str, bytes], said: Words) -> Exit | None:
    """Writes the files of a new case, by name; the exit code if the folder is not new or empty or cannot be written."""
    shown = visible(str(folder))
    try:
        write_new(folder, files)
    except FileExistsError:
        say(said.text("init.not_empty", folder=shown))
        return Exit.FINDINGS
    except OSError as problem:
        say(said.text("init.unwritable", folder=shown, reason=problem.strerror or type(problem).__name__))
        return Exit.UNREADABLE
    return None
