"""How long the source case takes to become a program."""

from collections.abc import Iterator
from pathlib import Path

from bench.row import Bar, Options, Row, seconds
from syngraph.compile.case import compile_plans
from syngraph.load.case import load_case

CASE = Path(__file__).parents[2] / "cases" / "openai-microsoft"


def rows(_: Options) -> Iterator[Row]:
    """Milliseconds for 500 equations, of the bare case."""
    bare = load_case(CASE).cases[:1]
    (made,) = compile_plans(bare)
    if made.program is None:
        yield Row("compile, per 500 operations", None, "ms", note="the source case does not compile")
        return
    equations = len(made.program.once) + len(made.program.step)
    (taken,) = seconds(lambda: compile_plans(bare))
    note = f"{equations:,} operations in {1_000 * taken:.0f} ms"
    yield Row("compile, per 500 operations", 1_000 * 500 * taken / equations, "ms", Bar("≤", 10), note)
