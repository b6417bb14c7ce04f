"""What each operation of a program does to arrays: one NumPy function per opcode that has operands."""

from collections.abc import Callable
from typing import Any

import numpy as np

from syngraph.run import elementary, normal
from syngraph.run.elementary import Floats

Operation = Callable[..., Any]


def _less(a: Floats, b: Floats, out: Floats) -> None:
    np.less(a, b, out=out, casting="unsafe")


def _at_most(a: Floats, b: Floats, out: Floats) -> None:
    np.less_equal(a, b, out=out, casting="unsafe")


def _equal(a: Floats, b: Floats, out: Floats) -> None:
    np.equal(a, b, out=out, casting="unsafe")


def _min(a: Floats, b: Floats, out: Floats) -> None:
    np.copyto(out, b)
    np.copyto(out, a, where=np.less(a, b))


def _max(a: Floats, b: Floats, out: Floats) -> None:
    np.copyto(out, b)
    np.copyto(out, a, where=np.greater(a, b))


def _not(a: Floats, out: Floats) -> None:
    np.subtract(1.0, a, out=out)


def _select(condition: Floats, then: Floats, otherwise: Floats, out: Floats) -> None:
    np.copyto(out, otherwise)
    np.copyto(out, then, where=np.not_equal(condition, 0.0))


def _exp(a: Floats, out: Floats) -> None:
    elementary.exp(a, out)


def _log(a: Floats, out: Floats) -> None:
    elementary.log(a, out)


def _expm1(a: Floats, out: Floats) -> None:
    elementary.expm1(a, out)


def _log1p(a: Floats, out: Floats) -> None:
    elementary.log1p(a, out)


def _quantile(a: Floats, out: Floats) -> None:
    normal.quantile(a, out)


def _phi(a: Floats, out: Floats) -> None:
    normal.cdf(a, out)


def _copy(a: Floats, out: Floats) -> None:
    np.copyto(out, a)


OPERATIONS: dict[str, Operation] = {
    "input": _copy,
    "quantile": _quantile,
    "phi": _phi,
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "neg": np.negative,
    "sqrt": np.sqrt,
    "exp": _exp,
    "log": _log,
    "expm1": _expm1,
    "log1p": _log1p,
    "lt": _less,
    "le": _at_most,
    "eq": _equal,
    "min": _min,
    "max": _max,
    "not": _not,
    "and": np.multiply,
    "or": _max,
    "select": _select,
}
READERS = frozenset({"const", "param", "central", "state", "past", "uniform", "shock", "beta"})
