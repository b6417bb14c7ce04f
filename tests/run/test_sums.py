"""Sums of paths: equal bits for any split at multiples of 4,096, near the exactly rounded sum."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.run.sums import BLOCK, block_partials, fold

VALUES = np.random.default_rng(8).lognormal(20, 4, (3, 7 * BLOCK + 123)) * [[1.0], [-1.0], [1e-9]]


def test_halving_by_the_definition() -> None:
    def halved(values: list[float]) -> float:
        half = len(values) // 2
        return values[0] if half == 0 else halved([a + b for a, b in zip(values[:half], values[half:], strict=True)])

    whole, rest = VALUES[0, :BLOCK].tolist(), VALUES[0, BLOCK : BLOCK + 700].tolist()
    assert block_partials(VALUES[0, : BLOCK + 700]).tolist() == [halved(whole), halved(rest + [0.0] * (BLOCK - 700))]


@given(st.lists(st.integers(1, 7), max_size=4))
def test_any_split_gives_the_same_bits(cuts: list[int]) -> None:
    parts = np.split(VALUES, sorted({c * BLOCK for c in cuts}), axis=1)
    together = np.concatenate([block_partials(p) for p in parts], axis=1)
    assert np.array_equal(together, block_partials(VALUES))
    assert np.array_equal(fold(together), fold(block_partials(VALUES)))


def test_folds_in_block_order() -> None:
    partials = block_partials(VALUES)
    expected = [in_order(row) for row in partials.tolist()]
    assert fold(partials).tolist() == expected


def in_order(row: list[float]) -> float:
    total = 0.0
    for value in row:
        total = total + value
    return total


def test_near_the_exactly_rounded_sum() -> None:
    found = fold(block_partials(VALUES))
    assert found.tolist() == pytest.approx([math.fsum(row) for row in VALUES.tolist()], rel=1e-14)


def test_shapes() -> None:
    assert block_partials(np.zeros(0)).shape == (0,) and fold(np.zeros(0)) == 0
    assert block_partials(np.ones(5)).tolist() == [5.0]
    assert block_partials(np.ones((2, BLOCK))).tolist() == [[4096.0], [4096.0]]
    assert fold(block_partials(np.ones((2, 3, 2 * BLOCK)))).tolist() == [[8192.0] * 3] * 2
    kept = VALUES.copy()
    block_partials(VALUES[:, : 2 * BLOCK])
    assert np.array_equal(kept, VALUES)
