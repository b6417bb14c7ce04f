"""The reference executor against the same model written in NumPy by hand, and its cost in large models."""

from collections.abc import Iterator

from bench import handwritten
from bench.agreement import remark
from bench.model import answer, program
from bench.row import Bar, Options, Row, seconds
from syngraph.ir.program import Program
from syngraph.run.results import simulate

_FEW, _MANY = 5, 70  # shares of revenue in one case: twelve times the operations, of the same mixture


def rows(options: Options) -> Iterator[Row]:
    """Speed, and how it scales with the operations."""
    yield _speed(options.paths)
    few, many = program(_FEW), program(_MANY)
    times = _operations(many) / _operations(few)
    paths = max(4_096, options.paths // 10)
    slow, fast = seconds(lambda: simulate(many, paths=paths, seed=1), lambda: simulate(few, paths=paths, seed=1))
    cost = slow / fast / times
    yield Row(f"cost per path and operation, {times:.1f} × the operations", cost, "×", Bar("≤", 1.3))


def _speed(paths: int) -> Row:
    small = program()
    ours, by_hand = seconds(lambda: simulate(small, paths=paths, seed=1), lambda: handwritten.simulate(paths))
    said = remark(answer(simulate(small, paths=paths, seed=1)), paths)
    note = f"{said}{paths:,} paths; ours gives equal bits on every machine, by hand libm and PCG64"
    return Row("speed: reference executor ÷ NumPy by hand", by_hand / ours, "×", note=note)


def _operations(made: Program) -> int:
    """The operations of one path."""
    return len(made.once) + (len(made.enter) + len(made.stretch)) * len(made.segments)
