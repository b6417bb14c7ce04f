"""exp, log, expm1 and log1p against the decimal module at 60 digits and against IEEE 754's special cases."""

from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.run.elementary import Floats, exp, expm1, log, log1p

DIGITS = 60
SMALLEST = 5e-324


def decimal(f: Callable[[Decimal], Decimal], x: Floats) -> list[Decimal]:
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = DIGITS, -999999, 999999
        return [f(Decimal(float(v))) for v in x]


def worst(found: Floats, expected: list[Decimal]) -> float:
    return max(float(abs((Decimal(float(a)) - b) / b)) for a, b in zip(found, expected, strict=True))


def spread(low: float, high: float, count: int) -> Floats:
    return np.random.default_rng(5).uniform(low, high, count)


def powers(low: float, high: float, count: int) -> Floats:
    return 10.0 ** spread(low, high, count)


@pytest.mark.parametrize("x", [spread(-708, 709.7, 1500), spread(-1, 1, 1500), powers(-20, 0, 200)])
def test_exp_is_within_an_ulp(x: Floats) -> None:
    assert worst(exp(x), decimal(lambda v: v.exp(), x)) <= 2.3e-16


@pytest.mark.parametrize("x", [powers(-307, 308, 1500), spread(0.4, 2.5, 1500), 1 + powers(-15, -1, 200)])
def test_log_is_within_an_ulp(x: Floats) -> None:
    assert worst(log(x), decimal(lambda v: v.ln(), x)) <= 2.3e-16


@pytest.mark.parametrize("x", [spread(-40, 700, 800), spread(-2, 2, 800), -powers(-20, 1, 400), powers(-20, 1, 400)])
def test_expm1_keeps_its_accuracy_near_zero(x: Floats) -> None:
    assert worst(expm1(x), decimal(lambda v: v.exp() - 1, x)) <= 3.4e-16


@pytest.mark.parametrize("x", [spread(-0.99, 3, 800), powers(-20, 300, 800), -powers(-20, -0.001, 400)])
def test_log1p_keeps_its_accuracy_near_zero(x: Floats) -> None:
    assert worst(log1p(x), decimal(lambda v: (1 + v).ln(), x)) <= 3.4e-16


def test_subnormal_results_and_arguments() -> None:
    x = spread(-745.1, -708.4, 300)
    expected = decimal(lambda v: v.exp(), x)
    steps = [abs(Decimal(float(a)) - b) / Decimal(SMALLEST) for a, b in zip(exp(x), expected, strict=True)]
    assert max(s for s, b in zip(steps, expected, strict=True) if b < Decimal("2.2e-308")) <= Decimal("1.1")
    tiny = np.array([SMALLEST, 1e-320, 2.2e-308, 2.2250738585072014e-308])
    assert worst(log(tiny), decimal(lambda v: v.ln(), tiny)) <= 2.3e-16


def test_special_values() -> None:
    inf, nan = np.inf, np.nan
    with np.errstate(all="ignore"):
        assert_same(exp([0.0, -0.0, inf, -inf, nan, 710.0, -746.0, 1e308, -1e308]), [1, 1, inf, 0, nan, inf, 0, inf, 0])
        assert np.isfinite(exp(709.782712893384)) and exp(709.7827128933841) == inf
        assert_same(log([1.0, 0.0, -0.0, inf, -inf, nan, -1.0]), [0, -inf, -inf, inf, nan, nan, nan])
        assert_same(expm1([0.0, inf, -inf, nan, 710.0, -800.0]), [0, inf, -1, nan, inf, -1])
        assert_same(log1p([0.0, -1.0, inf, nan, -2.0, SMALLEST]), [0, -inf, inf, nan, nan, SMALLEST])


def assert_same(found: Floats, expected: list[float]) -> None:
    np.testing.assert_array_equal(found, np.array(expected))


@pytest.mark.parametrize("f", [exp, log, expm1, log1p])
def test_shape_out_and_operand(f: Callable[..., Floats]) -> None:
    x = spread(0.1, 5, 4096)
    kept, expected = x.copy(), f(x)
    assert np.array_equal(x, kept)
    out = np.empty(4096)
    assert f(x, out) is out and np.array_equal(out, expected)
    assert np.array_equal(f(x.reshape(8, 512)), expected.reshape(8, 512))
    assert np.array_equal(f(x[::-3]), expected[::-3])
    assert f(x[0]).shape == () and f(x[0]) == expected[0]
    assert f(np.empty(0)).shape == (0,)
    assert np.array_equal(f(x, x), expected)


@pytest.mark.parametrize("f", [exp, log, expm1, log1p])
def test_a_lane_does_not_depend_on_its_neighbours(f: Callable[..., Floats]) -> None:
    x = spread(0.1, 5, 64)
    with np.errstate(all="ignore"):
        mixed = f(np.concatenate((x, [np.nan, np.inf, -np.inf, 1e308, 0.0, -5.0, 1e-320])))
    assert np.array_equal(mixed[:64], f(x))


@given(st.floats(-700, 700), st.floats(0, 1e-3))
def test_exp_does_not_fall_by_more_than_its_error(x: float, step: float) -> None:
    low, high = exp([x, x + step])
    assert high >= low * (1 - 4.6e-16)


@given(st.floats(1e-300, 1e300))
def test_log_undoes_exp(x: float) -> None:
    y = log(x)
    assert abs(exp(y) / x - 1) <= 2.3e-16 * (2 + abs(y))
