"""The standard normal distribution: density, distribution function and quantile, the same bits on every machine.

Sources: quantile, M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988); distribution function,
W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), with the
coefficients of his ANORM (algorithm 715, ACM TOMS 19, 1993).
"""

import numpy as np
from numpy.typing import ArrayLike

from syngraph.run.elementary import Floats, exp, log

# Coefficients from the highest power down; a denominator's last one is 1 unless it is in the tuple.
_CENTRE_UP = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_CENTRE_DOWN = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_TAIL_UP = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_TAIL_DOWN = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_FAR_UP = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_FAR_DOWN = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)

_ERF_UP = (
    6.5682337918207449113e-2,
    2.2352520354606839287e0,
    1.6102823106855587881e2,
    1.0676894854603709582e3,
    1.8154981253343561249e4,
)
_ERF_DOWN = (
    1.0,
    4.7202581904688241870e1,
    9.7609855173777669322e2,
    1.0260932208618978205e4,
    4.5507789335026729956e4,
)
_MILLS_UP = (
    1.0765576773720192317e-8,
    3.9894151208813466764e-1,
    8.8831497943883759412e0,
    9.3506656132177855979e1,
    5.9727027639480026226e2,
    2.4945375852903726711e3,
    6.8481904505362823326e3,
    1.1602651437647350124e4,
    9.8427148383839780218e3,
)
_MILLS_DOWN = (
    1.0,
    2.2266688044328115691e1,
    2.3538790178262499861e2,
    1.5193775994075548050e3,
    6.4855582982667607550e3,
    1.8615571640885098091e4,
    3.4900952721145977266e4,
    3.8912003286093271411e4,
    1.9685429676859990727e4,
)
_SERIES_UP = (
    2.307344176494017303e-2,
    2.1589853405795699e-1,
    1.274011611602473639e-1,
    2.2235277870649807e-2,
    1.421619193227893466e-3,
    2.9112874951168792e-5,
)
_SERIES_DOWN = (
    1.0,
    1.28426009614491121e0,
    4.68238212480865118e-1,
    6.59881378689285515e-2,
    3.78239633202758244e-3,
    7.29751555083966205e-5,
)

_ROOT_INVERSE_TWO_PI = 0.39894228040143267794
_CENTRE = 0.67448975
_ROOT_32 = 5.656854
_ZERO_BEYOND = 40.0  # exp(-z^2 / 2) is 0 from here on
_HIGH_HALF = -(1 << 27)  # keeps 26 bits of a mantissa


def quantile(u: ArrayLike, out: Floats | None = None) -> Floats:
    """The z with Phi(z) = u, for u in (0, 1): error about 1e-15 of the result; 0 and 1 give -inf and inf.

    `u` float64 of any shape; the result has its shape. `out` may be `u`. Increasing in u up to rounding.
    """
    u = np.asarray(u, dtype=np.float64)
    q = np.subtract(u, 0.5, out=np.empty_like(u))
    rare = np.asarray((q > 0.425) | (q < -0.425))
    tail = _tail_quantile(u[rare])
    r = np.multiply(q, q, out=np.empty_like(u))
    np.subtract(0.180625, r, out=r)
    up, down = _polynomial(_CENTRE_UP, r), _polynomial(_CENTRE_DOWN, r)
    up *= q
    z = np.divide(up, down, out=up if out is None else out)
    z[rare] = tail
    return z


def cdf(z: ArrayLike, out: Floats | None = None) -> Floats:
    """Phi(z), the probability below z: error at most 1e-15 of the result where it is above 1e-300, in both tails.

    `z` float64 of any shape; the result has its shape. `out` may be `z`. For the upper tail use cdf(-z).
    """
    z = np.asarray(z, dtype=np.float64)
    size = np.abs(z)
    middle, far = np.asarray(size <= _CENTRE), np.asarray(size > _ROOT_32)
    near, series = _near(z[middle]), _upper_by_series(size[far])
    upper = _polynomial(_MILLS_UP, size)
    upper /= _polynomial(_MILLS_DOWN, size)
    upper *= _bell(size)
    upper[far] = series
    below = np.less_equal(z, 0.0)
    p = np.subtract(1.0, upper, out=np.empty_like(z) if out is None else out)
    np.copyto(p, upper, where=below)
    p[middle] = near
    return p


def density(z: ArrayLike, out: Floats | None = None) -> Floats:
    """phi(z) = exp(-z^2 / 2) / sqrt(2 pi): error at most 6e-16 of the result, in the tails too."""
    z = np.asarray(z, dtype=np.float64)
    return np.multiply(_bell(np.abs(z)), _ROOT_INVERSE_TWO_PI, out=np.empty_like(z) if out is None else out)


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """Horner's rule, from the highest power down."""
    p = np.multiply(x, coefficients[0], out=np.empty_like(x))
    for coefficient in coefficients[1:-1]:
        p += coefficient
        p *= x
    p += coefficients[-1]
    return p


def _tail_quantile(u: Floats) -> Floats:
    """Quantile where |u - 1/2| > 0.425, u a vector."""
    lower = u < 0.5
    r = np.where(lower, u, 1.0 - u)
    np.sqrt(-log(r), out=r)
    far = r > 5.0
    near = r - 1.6
    z = _polynomial(_TAIL_UP, near) / _polynomial(_TAIL_DOWN, near)
    if far.any():
        beyond = r[far] - 5.0
        z[far] = _polynomial(_FAR_UP, beyond) / _polynomial(_FAR_DOWN, beyond)
        z[np.isinf(r)] = np.inf
    return np.where(lower, -z, z)


def _near(z: Floats) -> Floats:
    """Phi near 0: 1/2 + z R(z^2)."""
    square = z * z
    return 0.5 + z * (_polynomial(_ERF_UP, square) / _polynomial(_ERF_DOWN, square))


def _upper_by_series(size: Floats) -> Floats:
    """1 - Phi far out: the asymptotic series in 1 / z^2, as a rational function."""
    inverse = 1.0 / (size * size)
    rest = inverse * (_polynomial(_SERIES_UP, inverse) / _polynomial(_SERIES_DOWN, inverse))
    return _bell(size) * ((_ROOT_INVERSE_TWO_PI - rest) / size)


def _bell(size: Floats) -> Floats:
    """exp(-z^2 / 2) of z >= 0, with z^2 = square + lost exactly, so that a large z costs no accuracy."""
    z = np.minimum(size, _ZERO_BEYOND, out=np.empty_like(size))
    square = np.multiply(z, z, out=np.empty_like(z))
    high = (z.view(np.int64) & _HIGH_HALF).view(np.float64)
    z -= high
    lost = np.multiply(high, high, out=np.empty_like(z))
    lost -= square
    high *= 2.0
    high += z
    high *= z
    lost += high
    lost *= -0.5
    square *= -0.5
    bell = exp(square, out=square)
    lost *= bell
    bell += lost
    return bell
