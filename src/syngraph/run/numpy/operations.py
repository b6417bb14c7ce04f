"""What each operation of a program does to arrays: one NumPy function per opcode that has operands."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from syngraph.run import elementary, normal
from syngraph.run.elementary import Floats

Operation = Callable[..., Any]

EQUAL = 1e-12  # of both sides: closer numbers are equal
SERIES_BELOW = 1e-5
_ALONE = 10_000  # numbers: up to here BLAS multiplies in one thread


def _finite(a: Floats, b: Floats) -> bool:
    """Whether all of both are finite, at the cost of one product or sum; one that overflows says no.

    It decides only whether each number is looked at, never a bit of a result. A longer product would be shared among
    threads, which wait for each other far longer than it takes.
    """
    if a.ndim == b.ndim and a.size <= _ALONE:
        return math.isfinite(np.vdot(a, b))
    if a.ndim == b.ndim:
        return math.isfinite(a.sum() + b.sum())
    rows, number = (a, b) if a.ndim else (b, a)
    return math.isfinite(rows.sum() + float(number))


def _of_finite(operation: Operation) -> Operation:
    """The operation where both operands are finite, elsewhere not a number."""

    def strict(a: Floats, b: Floats, out: Floats) -> None:
        operation(a, b, out)
        if not _finite(a, b):
            np.copyto(out, np.nan, where=~(np.isfinite(a) & np.isfinite(b)))

    return strict


def _less(a: Floats, b: Floats, out: Floats) -> None:
    np.copyto(out, np.less(a, b))


def _at_most(a: Floats, b: Floats, out: Floats) -> None:
    np.copyto(out, np.less_equal(a, b))


def _equal(a: Floats, b: Floats, out: Floats) -> None:
    np.copyto(out, np.equal(a, b))


def _min(a: Floats, b: Floats, out: Floats) -> None:
    np.minimum(a, b, out=out)
    out += 0.0  # of two noughts NumPy takes either: both become +0


def _max(a: Floats, b: Floats, out: Floats) -> None:
    np.maximum(a, b, out=out)
    out += 0.0


def rounding(a: Floats, b: Floats) -> Floats:
    """How far apart two numbers are that count as equal: 1e-12 of both."""
    size: Floats = np.abs(a) + np.abs(b)
    size *= EQUAL
    return size


def _meets(a: Floats, b: Floats, out: Floats) -> None:
    size = rounding(a, b)
    np.copyto(out, np.greater_equal(a - b, -size))


def _tops(a: Floats, b: Floats, out: Floats) -> None:
    size = rounding(a, b)
    np.copyto(out, np.greater(a - b, size))


def _mean(a: Floats, b: Floats, c: Floats, out: Floats) -> None:
    total = np.multiply(b, 4.0)
    total += a
    total += c
    np.divide(total, 6.0, out=out)


def _midway(a: Floats, b: Floats, c: Floats, out: Floats) -> None:
    total = np.multiply(a, 5.0)
    total += np.multiply(b, 8.0)
    total -= c
    np.divide(total, 24.0, out=out)


def _carry(a: Floats, b: Floats, c: Floats, d: Floats, out: Floats) -> None:
    np.divide(a, b, out=out)
    if math.isnan(out.sum()):
        np.copyto(out, 2.0 * c - d, where=(a == 0.0) & (b == 0.0))


def _swell(a: Floats, out: Floats) -> None:
    elementary.expm1(a, out)
    small = np.abs(a) < SERIES_BELOW
    np.divide(out, a, out=out)
    if small.any():
        np.copyto(out, 1.0 + a * (0.5 + a * (1.0 / 6.0)), where=small)


def _not(a: Floats, out: Floats) -> None:
    np.subtract(1.0, a, out=out)


def _and(a: Floats, b: Floats, out: Floats) -> None:
    np.multiply(a, b, out=out)
    if math.isnan(out.sum()):
        np.copyto(out, 0.0, where=(a == 0.0) | (b == 0.0))


def _or(a: Floats, b: Floats, out: Floats) -> None:
    np.maximum(a, b, out=out)
    if math.isnan(out.sum()):
        np.copyto(out, 1.0, where=(a == 1.0) | (b == 1.0))


def _select(condition: Floats, then: Floats, otherwise: Floats, out: Floats) -> None:
    np.copyto(out, np.where(np.not_equal(condition, 0.0), then, otherwise))
    if not _finite(condition, out):
        np.copyto(out, np.nan, where=np.isnan(condition) | ~np.isfinite(out))


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
    "swell": _swell,
    "mean": _mean,
    "midway": _midway,
    "carry": _carry,
    "meets": _of_finite(_meets),
    "tops": _of_finite(_tops),
    "lt": _of_finite(_less),
    "le": _of_finite(_at_most),
    "eq": _of_finite(_equal),
    "min": _of_finite(_min),
    "max": _of_finite(_max),
    "not": _not,
    "and": _and,
    "or": _or,
    "select": _select,
}
