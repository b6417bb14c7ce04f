"""Quantiles over paths by nearest rank, exact or from a histogram of fixed buckets, whatever the order of the paths.

Both collectors work on float32 copies. A value that is not used on a path (the event did not happen) is left out of
ranks and counted out of `used`.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from syngraph.base.errors import InternalError
from syngraph.run.elementary import Floats

Counts = NDArray[np.int64]
Used = NDArray[np.bool_]
Singles = NDArray[np.float32]

BUDGET = 256_000_000  # bytes
_DROPPED_BITS = 14
_SIGN = np.uint32(0x80000000)
_ZERO = 1 << 17  # the bucket of 0; below it the negative ones, above it the positive ones
_PAGE_BITS = 9  # the buckets of one power of two
_PAGE = 1 << _PAGE_BITS
_PAGES = (1 << 18) // _PAGE + 1


class QuantileCollector(Protocol):
    """What takes values block by block and gives their quantiles: `ExactQuantiles` or `HistogramQuantiles`."""

    def add(self, block: Floats, used: Used | None = None) -> None:
        """Take values of shape (series, n); `used`, (n,) or (series, n), says which; all when None."""

    def merge(self, other: Self) -> None:
        """Take all that the other took."""

    def used(self) -> Counts:
        """How many values were used, shape (series,)."""

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """Shape (series, shares): the value of rank ceil(q n), at least 1; nan for a series without values."""


def budget(paths: int, series: int) -> bool:
    """Whether exact quantiles of so many values stay within 256 MB, at 4 bytes a value."""
    return 4 * paths * series <= BUDGET


def nearest_rank(share: float, count: int) -> int:
    """ceil(share count), at least 1: share as the decimal it is written as, since 0.1 x 30 in binary exceeds 3."""
    return max(1, ceil(Fraction(repr(float(share))) * count))


class ExactQuantiles:
    """Keeps every used value as float32 and sorts: the result is exact but for that rounding."""

    def __init__(self, series: int) -> None:
        self._blocks: list[Singles] = []
        self._used: Counts = np.zeros(series, np.int64)

    def add(self, block: Floats, used: Used | None = None) -> None:
        """Take values of shape (series, n); a nan stands for one that is not used."""
        singles = _singles(block)
        if used is not None:
            singles[~np.broadcast_to(used, block.shape)] = np.nan
        self._blocks.append(singles)
        self._used += _counts(block, used)

    def merge(self, other: Self) -> None:
        """Take all that the other took."""
        self._blocks.extend(other._blocks)
        self._used += other._used

    def used(self) -> Counts:
        """How many values were used, shape (series,)."""
        return self._used.copy()

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """Shape (series, shares), see `QuantileCollector`."""
        found = np.full((len(self._used), len(shares)), np.nan)
        for row, count in enumerate(self._used):
            if count:
                values = np.sort(np.concatenate([block[row] for block in self._blocks]))
                _refuse_nan(values[count - 1 : count], row)
                found[row] = values[[nearest_rank(q, int(count)) - 1 for q in shares]]
        return found


class HistogramQuantiles:
    """Counts values in the buckets of the 18 highest bits of an ordered float32: at most 9.8e-4 from the value.

    A bucket spans 2^-9 of its power of two; its middle stands for it, so it is at most 2^-10 of the value away.
    0 has a bucket of its own and is exact; infinities are exact; below 1.2e-38 the error is 1.1e-41.
    Only pages of 512 buckets (about a power of two) that occur take memory, 4 KB each. The counts are whole
    numbers, so the result is the same however the values were divided among collectors.
    """

    def __init__(self, series: int) -> None:
        self._pages: NDArray[np.int64] = np.full((series, _PAGES), -1)
        self._counts: Counts = np.zeros((0, _PAGE), np.int64)

    def add(self, block: Floats, used: Used | None = None) -> None:
        """Take values of shape (series, n), see `QuantileCollector`."""
        buckets = _buckets(_singles(block))
        rows = np.broadcast_to(np.arange(len(buckets))[:, None], buckets.shape)
        if used is not None:
            chosen = np.broadcast_to(used, block.shape)
            buckets, rows = buckets[chosen], rows[chosen]
        pages = self._opened(rows, buckets >> _PAGE_BITS)
        pages <<= _PAGE_BITS
        pages |= buckets & (_PAGE - 1)
        np.add.at(self._counts.reshape(-1), pages.reshape(-1), 1)

    def merge(self, other: Self) -> None:
        """Take all that the other took."""
        rows, columns = np.nonzero(other._pages >= 0)
        pages = self._opened(rows, columns)
        self._counts[pages] += other._counts[other._pages[rows, columns]]

    def used(self) -> Counts:
        """How many values were used, shape (series,)."""
        totals = np.append(self._counts.sum(axis=1), 0)  # the page -1, of a power that did not occur, is the 0
        return np.asarray(totals[self._pages].sum(axis=1))

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """Shape (series, shares), see `QuantileCollector`."""
        found = np.full((len(self._pages), len(shares)), np.nan)
        for row, pages in enumerate(self._pages):
            columns = np.flatnonzero(pages >= 0)
            ranks = np.cumsum(self._counts[pages[columns]])
            if len(ranks):
                count = int(ranks[-1])
                places = np.searchsorted(ranks, [1, count, *(nearest_rank(q, count) for q in shares)])
                values = _middles(columns[places >> _PAGE_BITS] * _PAGE + (places & (_PAGE - 1)))
                _refuse_nan(values[:2], row)
                found[row] = values[2:]
        return found

    def _opened(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """The pages of powers of two `columns` in series `rows`, made when they are new."""
        pages = self._pages[rows, columns]
        if (pages < 0).any():
            new = np.unique(rows[pages < 0] * _PAGES + columns[pages < 0])
            self._pages.reshape(-1)[new] = len(self._counts) + np.arange(len(new))
            self._counts = np.concatenate((self._counts, np.zeros((len(new), _PAGE), np.int64)))
            pages = self._pages[rows, columns]
        return pages


def _singles(block: Floats) -> Singles:
    """A float32 copy; -0 becomes 0, so that equal values have equal bits."""
    singles = block.astype(np.float32)
    singles += np.float32(0.0)
    return singles


def _counts(block: Floats, used: Used | None) -> Counts:
    """How many values of each series are used."""
    if used is None:
        return np.full(block.shape[0], block.shape[1], np.int64)
    return np.asarray(np.broadcast_to(used, block.shape).sum(axis=1, dtype=np.int64))


def _buckets(singles: Singles) -> NDArray[np.int64]:
    """The bucket of each value, from 0 to 2^18, increasing with the value: 0 is alone in the middle one."""
    bits = singles.view(np.uint32)
    ordered = np.where(bits >= _SIGN, ~bits, bits | _SIGN) >> np.uint32(_DROPPED_BITS)
    return ordered.astype(np.int64) + (singles > 0.0)


def _middles(buckets: NDArray[np.int64]) -> Floats:
    """The value in the middle of each bucket; 0 for the bucket of 0, the infinity for that of an infinity."""
    positive = buckets > _ZERO
    ordered = (buckets - positive).astype(np.uint32) << np.uint32(_DROPPED_BITS)
    low = np.where(positive, ordered & ~_SIGN, ~(ordered | np.uint32((1 << _DROPPED_BITS) - 1)))
    middle = low + np.uint32(1 << (_DROPPED_BITS - 1))
    bits = np.where((low & ~_SIGN) == 0x7F800000, low, middle).astype(np.uint32)
    return np.where(buckets == _ZERO, 0.0, bits.view(np.float32).astype(np.float64))


def _refuse_nan(values: Floats | Singles, row: int) -> None:
    """Given the first and last values used: a nan among all would be one of them. The run stops at one before."""
    if np.isnan(values).any():
        raise InternalError(f"series {row} has a value that is not a number")
