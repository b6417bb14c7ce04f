"""Exponential and logarithm from + - * / and bit operations only, so that every machine gives the same bits.

Sources: Sun fdlibm 5.3 (`e_exp.c`, `e_log.c`): argument reduction, constants and polynomials; the reduction of
`log` to [sqrt(1/2), sqrt(2)) and the correction term of `log1p` as in musl 1.2 (`log.c`, `log1p.c`).
Each statement is one rounding; an executor that repeats them in this order gives the same bits.
Lanes outside the domain give inf or nan; the caller silences NumPy's warnings about them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_LN2_HIGH = 6.93147180369123816490e-01  # its last 21 bits are 0: times an exponent it is exact
_LN2_LOW = 1.90821492927058770002e-10
_INVERSE_LN2 = 1.44269504088896338700e00
_EXP_HIGHEST = 4.13813679705723846039e-08
_EXP = (-1.65339022054652515390e-06, 6.61375632143793436117e-05, -2.77777777770155933842e-03)
_EXP_LOWEST = 1.66666666666666019037e-01
_LOG_HIGHEST = 1.479819860511658591e-01
_LOG = (
    1.531383769920937332e-01,
    1.818357216161805012e-01,
    2.222219843214978396e-01,
    2.857142874366239149e-01,
    3.999999999940941908e-01,
    6.666666666666735130e-01,
)

_NEAREST = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to a whole number, kept in the lowest bits
_SAFE = 708.0  # up to here 2^k is a normal number
_SMALLEST_NORMAL = 2.2250738585072014e-308
_TWO_54 = 18014398509481984.0
_ONE = 0x3FF0000000000000
_ROOT_HALF = 0x3FE6A09E00000000
_MANTISSA = 0x000FFFFFFFFFFFFF
_TWO_52_BITS = 0x4330000000000000
_TWO_52_AND_BIAS = 4503599627370496.0 + 1023.0


def exp(x: ArrayLike, out: Floats | None = None) -> Floats:
    """e to the power of each element: error at most 2.3e-16 of the result, among subnormals 1.1 of their step.

    `x` float64 of any shape; the result has its shape. `out` may be `x`.
    """
    x = np.asarray(x, dtype=np.float64)
    far = _lanes_beyond(x)
    ends = None if far is None else _exp_far(x[far])
    low, power = _exp_less_one_negated(x)
    y = np.subtract(1.0, low, out=low if out is None else out)
    bits, shift = y.view(np.int64), power.view(np.int64)
    shift <<= 52
    bits += shift
    if ends is not None:
        y[far] = ends
    return y


def expm1(x: ArrayLike, out: Floats | None = None) -> Floats:
    """exp(x) - 1 with its full relative accuracy near 0 too: error at most 3.4e-16 of the result."""
    x = np.asarray(x, dtype=np.float64)
    far = _lanes_beyond(x)
    ends = None if far is None else _exp_far(x[far]) - 1.0
    low, power = _exp_less_one_negated(x)
    bits = power.view(np.int64)
    bits <<= 52
    bits += _ONE
    low *= power
    power -= 1.0
    y = np.subtract(power, low, out=low if out is None else out)
    if ends is not None:
        y[far] = ends
    return y


def log(x: ArrayLike, out: Floats | None = None) -> Floats:
    """Natural logarithm of each element: error at most 2.3e-16 of the result; -inf at 0, nan below.

    `x` float64 of any shape; the result has its shape. `out` may be `x`.
    """
    x = np.asarray(x, dtype=np.float64)
    far = _lanes_not_normal(x)
    ends = None if far is None else _log_far(x[far])
    y = _log_of_normal(x, None, out)
    if ends is not None:
        y[far] = ends
    return y


def log1p(x: ArrayLike, out: Floats | None = None) -> Floats:
    """log(1 + x) with its full relative accuracy near 0 too: error at most 3.4e-16 of the result."""
    x = np.asarray(x, dtype=np.float64)
    u = np.add(x, 1.0, out=np.empty_like(x))
    far = _lanes_not_normal(u)
    ends = None if far is None else _log_far(u[far])
    lost = _lost_in_sum(x, u)
    lost /= u
    y = _log_of_normal(u, lost, out)
    if ends is not None:
        y[far] = ends
    return y


def _lanes_beyond(x: Floats) -> NDArray[np.bool_] | None:
    """Lanes of `exp` that need two steps of scaling, or None when there is none."""
    if x.size == 0 or bool(x.max() <= _SAFE and x.min() >= -_SAFE):
        return None
    return np.asarray(~((x <= _SAFE) & (x >= -_SAFE)))


def _lanes_not_normal(x: Floats) -> NDArray[np.bool_] | None:
    """Lanes of `log` that are not a positive normal number, or None when there is none."""
    if x.size == 0 or bool(x.min() >= _SMALLEST_NORMAL and x.max() < np.inf):
        return None
    return np.asarray(~((x >= _SMALLEST_NORMAL) & (x < np.inf)))


def _exp_less_one_negated(x: Floats) -> tuple[Floats, Floats]:
    """1 - exp(r), and k + 1.5 * 2^52, for x = k ln 2 + r with |r| <= ln 2 / 2."""
    power = np.multiply(x, _INVERSE_LN2, out=np.empty_like(x))
    power += _NEAREST
    low = np.subtract(power, _NEAREST, out=np.empty_like(x))
    high = np.multiply(low, _LN2_HIGH, out=np.empty_like(x))
    np.subtract(x, high, out=high)
    low *= _LN2_LOW
    r = np.subtract(high, low, out=np.empty_like(x))
    c = _exp_rest(r)
    r *= c
    np.subtract(2.0, c, out=c)
    r /= c
    low -= r
    low -= high
    return low, power


def _exp_rest(r: Floats) -> Floats:
    """r - r^2 P(r^2), with exp(r) = 1 + r + r c / (2 - c) where c is this."""
    z = np.multiply(r, r, out=np.empty_like(r))
    p = np.multiply(z, _EXP_HIGHEST, out=np.empty_like(r))
    for coefficient in _EXP:
        p += coefficient
        p *= z
    p += _EXP_LOWEST
    p *= z
    return np.subtract(r, p, out=p)


def _exp_far(x: Floats) -> Floats:
    """exp where the result is subnormal, 0, inf or nan: scaled in two steps, so that it is rounded once."""
    x = np.where(x > 710.0, 710.0, np.where(x < -746.0, -746.0, x))
    low, power = _exp_less_one_negated(x)
    k = power.view(np.int64) - np.float64(_NEAREST).view(np.int64)
    half = k >> 1
    return np.asarray((1.0 - low) * _power_of_two(half) * _power_of_two(k - half))


def _power_of_two(k: NDArray[np.int64]) -> Floats:
    """2^k for whole -1022 <= k <= 1023."""
    return ((k << 52) + _ONE).view(np.float64)


def _log_of_normal(x: Floats, correction: Floats | None, out: Floats | None) -> Floats:
    """log of positive normal x, plus a small correction: x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2)."""
    k, f = _split(x)
    half_square, rest = _log_rest(f)
    low = np.multiply(k, _LN2_LOW, out=np.empty_like(x))
    if correction is not None:
        low += correction
    rest += low
    rest -= half_square
    rest += f
    k *= _LN2_HIGH
    return np.add(rest, k, out=rest if out is None else out)


def _split(x: Floats) -> tuple[Floats, Floats]:
    """k and f of x = 2^k (1 + f), both as float64."""
    bits = np.add(x.view(np.int64), _ONE - _ROOT_HALF, out=np.empty(x.shape, np.int64))
    k_bits = np.right_shift(bits, 52, out=np.empty_like(bits))
    k_bits |= _TWO_52_BITS
    k = k_bits.view(np.float64)
    k -= _TWO_52_AND_BIAS
    bits &= _MANTISSA
    bits += _ROOT_HALF
    f = bits.view(np.float64)
    f -= 1.0
    return k, f


def _log_rest(f: Floats) -> tuple[Floats, Floats]:
    """f^2 / 2 =: h, and s (h + R(s^2)) with s = f / (2 + f): log(1 + f) = f - h + s (h + R)."""
    s = np.add(f, 2.0, out=np.empty_like(f))
    np.divide(f, s, out=s)
    z = np.multiply(s, s, out=np.empty_like(f))
    p = np.multiply(z, _LOG_HIGHEST, out=np.empty_like(f))
    for coefficient in _LOG:
        p += coefficient
        p *= z
    half_square = np.multiply(f, 0.5, out=z)
    half_square *= f
    p += half_square
    p *= s
    return half_square, p


def _log_far(x: Floats) -> Floats:
    """log of a subnormal, 0, a negative number, inf or nan."""
    scaled = x * _TWO_54
    k, f = _split(scaled)
    k -= 54.0
    half_square, rest = _log_rest(f)
    y = ((rest + k * _LN2_LOW) - half_square) + f + k * _LN2_HIGH
    y = np.where(x == 0.0, -np.inf, np.where(x > 0.0, y, np.nan))
    return np.where(x == np.inf, np.inf, y)


def _lost_in_sum(x: Floats, u: Floats) -> Floats:
    """(1 + x) - u exactly, where u is 1 + x rounded (Knuth's two-sum)."""
    part = np.subtract(u, 1.0, out=np.empty_like(x))
    lost = np.subtract(x, part, out=np.empty_like(x))
    np.subtract(u, part, out=part)
    np.subtract(1.0, part, out=part)
    lost += part
    return lost
