"""A new case folder, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.load.writing import write_new
from syngraph.present.display import visible
from syngraph.present.words import words


@dataclass(frozen=True, slots=True)
class Written:
    """Files that were written, by name."""

    folder: Path
    files: tuple[str, ...]

    def text(self, language: str = "en") -> str:
        """Where they are, and what comes next."""
        shown = visible(str(self.folder))
        return words(language).text("init.written", folder=shown, files=", ".join(self.files)) + "\n"


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Writes the files of a new case; what is wrong if the folder is not new or empty, or cannot be written."""
    try:
        write_new(folder, files)
    except FileExistsError:
        return (error("folder-not-empty", None, folder=str(folder)),)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        return (error("folder-unwritable", None, folder=str(folder), reason=reason),)
    return ()
