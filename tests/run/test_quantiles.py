"""Quantiles by nearest rank: exact against a plain sort, the histogram within its stated error, and merging."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from syngraph.base.errors import InternalError
from syngraph.run.elementary import Floats
from syngraph.run.quantiles import (
    ExactQuantiles,
    HistogramQuantiles,
    QuantileCollector,
    budget,
    nearest_rank,
)

SHARES = (0.0, 0.05, 0.1, 0.5, 0.9, 0.95, 1.0)
KINDS = (ExactQuantiles, HistogramQuantiles)
money = st.one_of(st.just(0.0), st.floats(1e-30, 1e30), st.floats(-1e30, -1e-30))
blocks = hnp.arrays(np.float64, st.tuples(st.just(2), st.integers(1, 40)), elements=money)


def by_sorting(values: list[float]) -> list[float]:
    ordered = sorted(np.float32(v) for v in values)
    ranks = [max(1, math.ceil(Fraction(str(q)) * len(values))) for q in SHARES]
    return [float(ordered[r - 1]) for r in ranks]


def filled(kind: type[ExactQuantiles] | type[HistogramQuantiles], *parts: Floats) -> QuantileCollector:
    made: QuantileCollector = kind(len(parts[0]))
    for part in parts:
        made.add(part)
    return made


def test_rank_takes_a_share_as_written() -> None:
    assert [nearest_rank(q, 30) for q in (0.0, 0.1, 0.05, 0.5, 1.0)] == [1, 3, 2, 15, 30]
    assert nearest_rank(1e-5, 100_000) == 1 and nearest_rank(0.95, 1_000_000) == 950_000


@given(blocks)
def test_exact_is_the_sorted_value(block: Floats) -> None:
    assert filled(ExactQuantiles, block).quantiles(SHARES).tolist() == [by_sorting(row) for row in block.tolist()]


@given(blocks)
def test_histogram_is_within_its_stated_error(block: Floats) -> None:
    found = filled(HistogramQuantiles, block).quantiles(SHARES)
    np.testing.assert_allclose(found, [by_sorting(row) for row in block.tolist()], rtol=9.8e-4, atol=0)


@pytest.mark.parametrize("kind", KINDS)
@given(blocks, st.lists(st.integers(0, 40), max_size=3), st.randoms())
def test_order_and_partition_change_nothing(kind: type, block: Floats, cuts: list[int], random: object) -> None:
    parts = np.split(block, sorted(cuts), axis=1)
    random.shuffle(parts)  # type: ignore[attr-defined]
    whole, added, merged = filled(kind, block), filled(kind, *parts), kind(2)
    for part in parts:
        merged.merge(filled(kind, part))
    for other in (added, merged):
        assert other.quantiles(SHARES).tobytes() == whole.quantiles(SHARES).tobytes()
        assert other.used().tolist() == whole.used().tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_only_used_values_count(kind: type) -> None:
    rng = np.random.default_rng(6)
    block = rng.normal(1e9, 3e9, (3, 5000))
    per_path, per_value = rng.random(5000) < 0.3, rng.random((3, 5000)) < [[0.5], [0.01], [0.0]]
    block[0, ~per_path & ~per_value[0]] = np.nan
    for mask in (per_path, per_value):
        made = kind(3)
        made.add(block, mask)
        chosen = [row[m].tolist() for row, m in zip(block, np.broadcast_to(mask, block.shape), strict=True)]
        expected = [by_sorting(c) if c else [math.nan] * len(SHARES) for c in chosen]
        np.testing.assert_allclose(made.quantiles(SHARES), expected, rtol=9.8e-4)
        assert made.used().tolist() == [len(c) for c in chosen]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_added(kind: type) -> None:
    made = kind(2)
    assert np.isnan(made.quantiles(SHARES)).all() and made.used().tolist() == [0, 0]
    made.add(np.empty((2, 0)))
    assert made.used().tolist() == [0, 0]


def test_zero_and_infinities_have_buckets_of_their_own() -> None:
    made = filled(HistogramQuantiles, np.array([[0.0, -np.inf, 1e-40, -0.0, np.inf, -1e-40, 1.0, 1.0]]))
    found = made.quantiles([k / 8 for k in range(1, 9)])[0]
    assert found[[0, 2, 3, 7]].tolist() == [-np.inf, 0, 0, np.inf]
    assert math.copysign(1, found[2]) == 1
    assert found[[1, 4]] == pytest.approx([-1e-40, 1e-40], abs=1.2e-41)


def test_bucket_edges() -> None:
    """Powers of two and the last number below them are at the edges of a bucket."""
    edges = 2.0 ** np.arange(-100, 100)
    values = np.concatenate((edges, np.nextafter(edges.astype(np.float32), np.float32(0)).astype(float)))
    values = np.concatenate((values, -values))
    found = np.array([filled(HistogramQuantiles, np.array([[v]])).quantiles([0.5])[0, 0] for v in values])
    assert np.all(np.abs(found / values - 1) <= 2**-10)


@pytest.mark.parametrize("kind", KINDS)
def test_not_a_number_is_never_dropped(kind: type) -> None:
    for bad in (np.nan, -np.nan):
        made = filled(kind, np.array([[1.0, bad, 2.0]]))
        with pytest.raises(InternalError):
            made.quantiles(SHARES)


def test_budget_depends_on_paths_and_series_only() -> None:
    assert budget(1_000_000, 64) and not budget(1_000_000, 65)
