"""How long a command takes that does nothing, over Python that does nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.row import Bar, Options, Row, seconds

_SYNGRAPH = Path(sys.executable).with_name("syngraph")


def rows(_: Options) -> Iterator[Row]:
    """Start-up over that of bare Python."""
    options = (("--version", 10), ("--help", 15))
    bare, *all_taken = seconds(
        _start(sys.executable, "-c", "pass"), *(_start(str(_SYNGRAPH), option) for option, _ in options), least=2.0
    )
    for (option, limit), taken in zip(options, all_taken, strict=True):
        note = f"{1_000 * taken:.0f} ms, bare Python {1_000 * bare:.0f} ms"
        yield Row(f"syngraph {option} ÷ bare Python", taken / bare, "×", Bar("≤", limit), note)


def _start(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, capture_output=True, check=True)
