"""Runs a program over a block of paths: the reference executor, which gives a program its meaning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from syngraph.ir.program import Fold, Output, Program
from syngraph.ir.prune import prune
from syngraph.run.elementary import Floats
from syngraph.run.numpy.clock import Block, Passed, Stop
from syngraph.run.numpy.kept import columns
from syngraph.run.numpy.passes import Draws, Machine, Pins, machine
from syngraph.run.numpy.windows import Indices

__all__ = ["Followed", "Machine", "Passed", "Pins", "Stop", "columns", "execute", "followed", "machine", "stops"]


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


@dataclass(frozen=True, slots=True)
class Followed:
    """The stretches of the central path, and the registers their values are of, each once.

    The path is that of all outputs, with all its stops; it is `finer` if what was followed brought more of them.
    """

    passed: tuple[Passed, ...]
    registers: tuple[int, ...]
    finer: bool


def followed(program: Program, registers: Iterable[int]) -> Followed:
    """The central path, and what some registers are on it."""
    wanted = tuple(dict.fromkeys(registers))
    kept = tuple(Output(f"register {r}", r, Fold.FINAL) for r in wanted)
    run, whole = prune(program), prune(replace(program, outputs=(*program.outputs, *kept)))
    finer = (len(run.switches), len(run.days), len(run.jumps)) != (
        len(whole.switches),
        len(whole.days),
        len(whole.jumps),
    )
    with np.errstate(all="ignore"):
        block = Block(machine(whole), Draws(0, central=True, pins={}), np.zeros(1, np.intp), wanted)
        block.run()
    return Followed(tuple(block.passed), wanted, finer)
