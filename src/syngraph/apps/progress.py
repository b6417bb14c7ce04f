"""How far a run has come, on standard error, when it takes a while."""

import sys
import time
from collections.abc import Callable

from syngraph.present.words import Words

_PATIENCE = 0.5


def progress_on(said: Words) -> Callable[[int, int], None] | None:
    """A line that is written over itself on a terminal, from half a second on; nothing elsewhere."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def show(done: int, total: int) -> None:
        gone = time.monotonic() - began
        if gone < _PATIENCE:
            return
        left = gone * (total - done) / done
        line = said.text(
            "run.progress", done=f"{done:,}", total=f"{total:,}", percent=f"{done / total:.0%}", left=f"{left:.0f}"
        )
        sys.stderr.write(f"\r\x1b[K{line}" + ("\r\x1b[K" if done == total else ""))
        sys.stderr.flush()

    return show
