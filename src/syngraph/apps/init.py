"""`syngraph init`: a small commented case to begin with."""

from pathlib import Path

from syngraph.api.init import write_example
from syngraph.apps.asking import ask
from syngraph.apps.options import AS_USUAL, Show
from syngraph.apps.terminal import answer


def init(folder: Path, *, show: Show = AS_USUAL) -> int:
    """Write a small commented case into a new or empty folder.

    Parameters
    ----------
    folder
        Where to write it.
    """
    found, code = ask(lambda: write_example(folder), show)
    if found is not None:
        answer(found.text(show.lang))
    return code
