"""The normal distribution against AS 241's published values, the decimal module, scipy and its symmetries."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from syngraph.run.elementary import Floats
from syngraph.run.normal import cdf, density, quantile

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")


def decimal_density(z: Decimal) -> Decimal:
    return (-z * z / 2).exp() / (2 * PI).sqrt()


def decimal_phi(z: float) -> Decimal:
    """1/2 + phi(z) (z + z^3/3 + z^5/15 + ...), with digits enough for the difference in the lower tail."""
    with localcontext() as context:
        context.prec = 60 if z < -10 else 40
        tail = Decimal(abs(z))
        if z < -10:
            return decimal_density(tail) / decimal_fraction(tail)
        term = total = tail
        n = 1
        while term > total * Decimal(10) ** -45:
            n += 2
            term *= tail * tail / n
            total += term
        side = decimal_density(tail) * total
        return Decimal("0.5") + (side if z > 0 else -side)


def decimal_fraction(z: Decimal) -> Decimal:
    """Laplace's continued fraction: phi(z) / (1 - Phi(z)) = z + 1/(z + 2/(z + 3/(z + ...)))."""
    value = z
    for k in range(400, 0, -1):
        value = z + k / value
    return value


def relative(found: Floats, expected: list[Decimal]) -> float:
    return max(float(abs(Decimal(float(a)) / b - 1)) for a, b in zip(found, expected, strict=True))


def test_quantile_gives_the_published_values() -> None:
    """Wichura (1988): the check values of PPND16."""
    found = quantile([0.25, 0.001, 1e-20])
    np.testing.assert_allclose(found, [-0.6744897501960817, -3.090232306167814, -9.262340089798408], rtol=4e-16)


def test_quantile_agrees_with_scipy() -> None:
    rng = np.random.default_rng(3)
    u = np.concatenate((rng.random(50_000), 10 ** -rng.uniform(0.5, 300, 20_000), 1 - 10 ** -rng.uniform(1, 15, 9_000)))
    np.testing.assert_allclose(quantile(u), special.ndtri(u), rtol=2e-15)


def test_quantile_is_undone_by_the_decimal_distribution() -> None:
    u = np.concatenate((np.linspace(0.003, 0.5, 60), 10.0 ** -np.arange(3, 17)))
    z = quantile(u)
    slope = np.array([float(decimal_density(Decimal(float(v)))) for v in z])
    miss = np.array([float(decimal_phi(float(v)) - Decimal(float(p))) for v, p in zip(z, u, strict=True)])
    assert np.abs(miss / slope / np.maximum(np.abs(z), 1e-300))[u < 0.5].max() <= 1e-15


@given(st.integers(0, 2**52 - 1))
def test_quantile_is_odd_on_the_draws(k: int) -> None:
    u = np.array([(2 * k + 1) / 2**53, (2 * (2**52 - 1 - k) + 1) / 2**53])
    low, high = quantile(u)
    assert low == -high


@given(st.integers(0, 2**52 - 2), st.integers(1, 2**20))
def test_quantile_rises(k: int, step: int) -> None:
    u = np.array([2 * k + 1, min(2 * (k + step) + 1, 2**53 - 1)]) / 2**53
    low, high = quantile(u)
    assert high >= low - 4e-16 * abs(low)


def test_ends_and_shapes() -> None:
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(quantile([0.0, 0.5, 1.0, np.nan]), [-np.inf, 0, np.inf, np.nan])
        np.testing.assert_array_equal(cdf([-np.inf, 0.0, np.inf, np.nan, -41, 1e300]), [0, 0.5, 1, np.nan, 0, 1])
        np.testing.assert_array_equal(density([np.inf, -np.inf, 1e200, np.nan]), [0, 0, 0, np.nan])
    u = np.random.default_rng(1).random((4, 100))
    for f in (quantile, cdf, density):
        out = np.empty_like(u)
        assert f(u, out) is out
        assert np.array_equal(out, f(u)) and np.array_equal(out.ravel(), f(u.ravel()))
        assert f(0.25).shape == () and f(0.25) == f([0.25])[0]
        assert np.array_equal(f(u.copy(), u), out)


@pytest.mark.parametrize(("low", "high"), [(-37.0, -5.7), (-5.7, -0.6), (-0.6, 0.6), (0.6, 9.0)])
def test_distribution_function_is_accurate_in_both_tails(low: float, high: float) -> None:
    z = np.random.default_rng(4).uniform(low, high, 150)
    assert relative(cdf(z), [decimal_phi(float(v)) for v in z]) <= 1e-15


def test_density_is_accurate_in_the_tails() -> None:
    z = np.random.default_rng(4).uniform(-37, 37, 300)
    assert relative(density(z), [decimal_density(Decimal(float(v))) for v in z]) <= 6e-16


def test_a_lane_does_not_depend_on_its_neighbours() -> None:
    u = np.linspace(0.1, 0.9, 33)
    with np.errstate(all="ignore"):
        for f in (quantile, cdf, density):
            assert np.array_equal(f(np.concatenate((u, [1e-300, np.nan, 50.0, -50.0])))[:33], f(u))
