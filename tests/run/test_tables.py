"""The beta table against scipy, closed forms and its own symmetry."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from syngraph.base.errors import InternalError
from syngraph.run.elementary import Floats
from syngraph.run.normal import cdf, quantile
from syngraph.run.tables import LIMIT, beta_table, pert_shapes

SHAPES = (0.2, 0.5, 1.0, 1.7, 4.0, 12.0, 50.0)
Z = np.linspace(-8.2, 8.2, 400)
positive = st.floats(math.log(0.2), math.log(50)).map(math.exp)


def by_scipy(alpha: float, beta: float, z: Floats) -> Floats:
    """From the nearer tail, so that the probability is not rounded near 1."""
    below = stats.beta.ppf(special.ndtr(np.minimum(z, 0)), alpha, beta)
    above = stats.beta.isf(special.ndtr(-np.maximum(z, 0)), alpha, beta)
    return np.where(z < 0, below, above)


@pytest.mark.parametrize("alpha", SHAPES)
@pytest.mark.parametrize("beta", SHAPES)
def test_error_is_as_stated(alpha: float, beta: float) -> None:
    np.testing.assert_allclose(beta_table(alpha, beta).value(Z), by_scipy(alpha, beta, Z), rtol=2e-10, atol=1e-290)


@given(positive, positive)
@settings(max_examples=40, deadline=None)
def test_error_is_as_stated_for_any_shape(alpha: float, beta: float) -> None:
    z = Z[::8]
    np.testing.assert_allclose(beta_table(alpha, beta).value(z), by_scipy(alpha, beta, z), rtol=2e-10, atol=1e-290)


@given(positive, positive, st.lists(st.floats(-10, 10), min_size=2, max_size=50))
@settings(max_examples=40, deadline=None)
def test_rises(alpha: float, beta: float, points: list[float]) -> None:
    table = beta_table(alpha, beta)
    x = table.value(np.sort(points))
    assert np.all(x[1:] >= x[:-1] * (1 - 2e-13)) and np.all((x >= 0) & (x <= 1))
    assert np.all(table.coefficients[1] > 0)


def test_no_piece_is_straightened_within_the_stated_shapes() -> None:
    for alpha in SHAPES:
        for beta in SHAPES:
            assert np.all(np.any(beta_table(alpha, beta).coefficients[2:] != 0, axis=0))


@pytest.mark.parametrize("alpha", SHAPES)
def test_power_laws_in_closed_form(alpha: float) -> None:
    """Beta(alpha, 1) has quantile u^(1/alpha)."""
    u = np.linspace(0.001, 0.999, 500)
    np.testing.assert_allclose(beta_table(alpha, 1.0).value(quantile(u)), u ** (1 / alpha), rtol=2e-10)


def test_arcsine_in_closed_form() -> None:
    """Beta(1/2, 1/2) has quantile sin^2(pi u / 2)."""
    u = np.linspace(0.001, 0.999, 500)
    np.testing.assert_allclose(beta_table(0.5, 0.5).value(quantile(u)), np.sin(np.pi * u / 2) ** 2, rtol=2e-10)


def test_mirror() -> None:
    left, right = beta_table(0.7, 3.0).value(Z), beta_table(3.0, 0.7).value(-Z)
    np.testing.assert_allclose(left, 1 - right, rtol=0, atol=1e-10)


def test_draws_have_the_moments_of_the_distribution() -> None:
    alpha, beta = pert_shapes(2.0, 3.0, 8.0)
    x = 2 + 6 * beta_table(alpha, beta).value(quantile((np.arange(200_000) + 0.5) / 200_000))
    assert alpha + beta == 6
    assert x.mean() == pytest.approx((2 + 4 * 3 + 8) / 6, rel=1e-7)
    assert x.var() == pytest.approx((x.mean() - 2) * (8 - x.mean()) / 7, rel=1e-5)


def test_ends_shapes_and_out() -> None:
    table = beta_table(2.0, 5.0)
    assert np.array_equal(table.value([-LIMIT, LIMIT]), table.value([-40.0, np.inf]))
    assert table.value(0.0).shape == () and table.value(np.zeros((2, 3))).shape == (2, 3)
    assert float(cdf(table.value(0.0))) > 0.5
    z, out = Z.copy(), np.empty_like(Z)
    assert table.value(z, out) is out and np.array_equal(z, Z) and np.array_equal(out, table.value(z))
    with np.errstate(all="ignore"):
        assert np.isnan(table.value([0.0, np.nan])).tolist() == [False, True]
    with pytest.raises(ValueError, match="read-only"):
        table.coefficients[0, 0] = 1.0


@pytest.mark.parametrize("shapes", [(0.0, 1.0), (1.0, -2.0), (math.nan, 1.0), (1.0, math.inf)])
def test_shapes_are_positive(shapes: tuple[float, float]) -> None:
    with pytest.raises(InternalError):
        beta_table(*shapes)


@pytest.mark.parametrize("shapes", [(0.01, 0.01), (0.02, 1e6), (1e6, 0.02), (1e5, 1e5)])
def test_extreme_shapes_stay_finite_and_ordered(shapes: tuple[float, float]) -> None:
    x = beta_table(*shapes).value(Z)
    assert np.all(np.isfinite(x)) and np.all(x[1:] >= x[:-1] * (1 - 1e-11))
    np.testing.assert_allclose(x[200:], by_scipy(*shapes, Z[200:]), rtol=1e-4)
