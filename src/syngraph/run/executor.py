"""Runs a program over a block of paths: the reference executor, which gives a program its meaning."""

from collections.abc import Iterator

import numpy as np

from syngraph.ir.program import Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.clock import Block, Stop
from syngraph.run.numpy.kept import columns
from syngraph.run.numpy.passes import Draws, Machine, Pins, machine
from syngraph.run.numpy.windows import Indices

__all__ = ["Machine", "Pins", "Stop", "columns", "execute", "machine", "stops"]


def execute(
    made: Machine,
    *,
    seed: int,
    first: int = 0,
    count: int = 1,
    paths: Indices | None = None,
    central: bool = False,
    pins: Pins | None = None,
) -> Iterator[tuple[Floats, Floats]]:
    """For each output its values (columns, paths) and the truth (columns or 1, paths) of the paths it counts on.

    Paths are numbered `first` to `first + count - 1`, unless `paths` gives their numbers: one may come several times
    with another value of an uncertain input, which `pins` then gives for each. RunStopped if a value is not finite or
    a guard is broken.
    """
    numbers = np.arange(first, first + count) if paths is None else paths
    with np.errstate(all="ignore"):
        return Block(made, Draws(seed, central, pins or {}), numbers).run()


def stops(program: Program) -> tuple[Stop, ...]:
    """Where the central path stops, and why, in order of time."""
    with np.errstate(all="ignore"):
        block = Block(machine(program), Draws(0, central=True, pins={}), np.zeros(1, np.intp))
        block.run()
        return tuple(block.log)
