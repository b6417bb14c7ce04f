"""What stopping wherever something happens costs, on the source case: passes of paths and of arrays, and time."""

from collections.abc import Iterator

import numpy as np

from bench.row import Bar, Options, Row, seconds
from bench.rows.compiling import CASE
from syngraph.compile.case import compile_plans
from syngraph.ir.program import Program
from syngraph.ir.prune import prune
from syngraph.load.case import load_case
from syngraph.run.numpy.clock import Block
from syngraph.run.numpy.lanes import at_the_start
from syngraph.run.numpy.passes import Draws, Machine, Pass, machine

_PATHS = 8_192
_DRAWS = Draws(0, central=False, pins={})


def rows(_: Options) -> Iterator[Row]:
    """Of the last plan; a plain pass enters a segment and works out every equation once, and takes nothing over."""
    made = _source()
    segments = len(made.program.segments)
    with np.errstate(all="ignore"):
        block = Block(made, _DRAWS, np.arange(_PATHS))
        list(block.run())
        yield Row("passes of a path in a segment", block.work.lanes / _PATHS / segments, "", Bar("≤", 2.0))
        yield Row("array passes a segment", block.work.rounds / segments, "", Bar("≤", 3))
        whole, plain = seconds(lambda: _whole(made), lambda: _plain(made))
    yield Row("time of a path ÷ one plain pass a segment", whole / plain, "×", Bar("≤", 4.5))


def _source() -> Machine:
    program = compile_plans(load_case(CASE).cases)[-1].program
    assert isinstance(program, Program)
    return machine(prune(program))


def _whole(made: Machine) -> None:
    list(Block(made, _DRAWS, np.arange(_PATHS)).run())


def _plain(made: Machine) -> None:
    lanes = at_the_start(made.program, made.calendar, np.arange(_PATHS), fixed=made.fixed, sums=len(made.plan.sums))
    one = Pass(made, lanes, _DRAWS)
    one.once()
    for index, segment in enumerate(made.program.segments):
        lanes.segment[:], lanes.clock[:], lanes.until[:] = index, segment.t0, segment.t1
        one.enter(np.arange(_PATHS))
        one.run(lambda *_: None)
