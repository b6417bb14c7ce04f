"""How long cases take to become programs."""

from collections.abc import Iterator
from pathlib import Path

from bench.large import many
from bench.row import Bar, Options, Row, seconds
from syngraph.compile.case import compile_plans
from syngraph.load.case import load_case, load_texts

_MANY = 5_000
CASE = Path(__file__).parents[2] / "cases" / "openai-microsoft"


def rows(_: Options) -> Iterator[Row]:
    """Milliseconds for 500 equations of the bare case; seconds for 5,000 terms, parties, tiers, correlated inputs."""
    bare = load_case(CASE).cases[:1]
    (made,) = compile_plans(bare)
    if made.program is None:
        yield Row("compile, per 500 operations", None, "ms", note="the source case does not compile")
        return
    equations = len(made.program.equations)
    (taken,) = seconds(lambda: compile_plans(bare))
    note = f"{equations:,} operations in {1_000 * taken:.0f} ms"
    yield Row("compile, per 500 operations", 1_000 * 500 * taken / equations, "ms", Bar("≤", 10), note)
    for what in ("terms", "parties", "tiers", "correlated"):
        case = load_texts([("case.yaml", many(what, _MANY))]).cases
        (taken,) = seconds(lambda case=case: compile_plans(case))  # type: ignore[misc]
        yield Row(f"compile, {_MANY:,} {what}", taken, "s", Bar("≤", 5))
