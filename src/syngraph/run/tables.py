"""The beta distribution inverted by a monotone table, the same bits on every machine.

Method. In y = logit(x) the beta density is g(y) = exp(-L(y)) / total with L convex and 0 at its lowest point, so it
has no infinite ends. Edges y_k with L(y_k) = zeta_k^2 / 2 for even steps of zeta make every panel smooth; g is
integrated over them by Gauss and Legendre's rule, cumulated from both ends, so that both tails keep their relative
accuracy. Phi^-1 of the cumulated mass is z at the edges. The table holds y at even steps of z as quintic Hermite
pieces with the exact derivatives dy/dz = phi(z) / g(y) and d2y/dz2 = dy/dz (L'(y) dy/dz - z).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from syngraph.base.errors import InternalError
from syngraph.run.elementary import Floats, exp, log, log1p
from syngraph.run.normal import density, quantile

LIMIT = 9.0  # z beyond is taken as the limit: its probability is 1e-19
PANELS_PER_UNIT = 16
_PANELS = round(2 * LIMIT) * PANELS_PER_UNIT
_EDGE_LIMIT = 13  # the mass outside, below 1e-36, is estimated by its first-order tail
_NEWTON_STEPS = 60
# Nodes and weights of the 12-point rule on [-1, 1], positive half.
_RULE = (
    (0.12523340851146891547, 0.24914704581340278500),
    (0.36783149899818019375, 0.23349253653835480876),
    (0.58731795428661744730, 0.20316742672306592175),
    (0.76990267419430468704, 0.16007832854334622633),
    (0.90411725637047485668, 0.10693932599531843096),
    (0.98156063424671925069, 0.04717533638651182719),
)
_BERNSTEIN = (  # of a quartic from its powers
    (1.0, 0.0, 0.0, 0.0, 0.0),
    (1.0, 1 / 4, 0.0, 0.0, 0.0),
    (1.0, 2 / 4, 1 / 6, 0.0, 0.0),
    (1.0, 3 / 4, 3 / 6, 1 / 4, 0.0),
    (1.0, 1.0, 1.0, 1.0, 1.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class BetaTable:
    """logit of the beta quantile at a standard normal z, on even panels of [-LIMIT, LIMIT].

    `coefficients`, shape (6, panels), read-only: in panel i, with s = (z + LIMIT) PANELS_PER_UNIT and t = s - i,
    logit(x) = c0 + t (c1 + t (c2 + ... t c5)).
    """

    alpha: float
    beta: float
    coefficients: Floats

    def value(self, z: ArrayLike, out: Floats | None = None) -> Floats:
        """The beta quantile at probability Phi(z), in [0, 1], shape of `z`; not decreasing up to rounding.

        For alpha and beta in [0.2, 50] the error is below 2e-10 of the result; 0 or 1 only where x or 1 - x
        is too small for a float64.
        """
        z = np.asarray(z, dtype=np.float64)
        t = np.maximum(z, -LIMIT, out=np.empty_like(z))
        np.minimum(t, LIMIT, out=t)
        t += LIMIT
        t *= PANELS_PER_UNIT
        panel = np.asarray(t.astype(np.intp))
        np.minimum(panel, _PANELS - 1, out=panel)
        t -= panel
        y = np.take(self.coefficients[5], panel, mode="clip", out=np.empty_like(t))
        c = np.empty_like(t)
        for power in (4, 3, 2, 1, 0):
            y *= t
            y += np.take(self.coefficients[power], panel, mode="clip", out=c)
        return _logistic(y, out)


@dataclass(frozen=True, slots=True)
class _Shape:
    """L(y) = alpha max(-y, 0) + beta max(y, 0) + (alpha + beta) log(1 + exp(-|y|)) - lowest."""

    alpha: float
    beta: float
    mode: float
    lowest: float

    def loss(self, y: Floats) -> Floats:
        """L(y) >= 0: g is exp(-L) times a constant."""
        ends = np.where(y < 0.0, -self.alpha, self.beta) * y
        return np.asarray(ends + (self.alpha + self.beta) * log1p(exp(-np.abs(y))) - self.lowest)

    def slope(self, y: Floats) -> Floats:
        """L'(y), from -alpha to beta."""
        share = exp(-np.abs(y))
        right = (self.beta - self.alpha * share) / (1.0 + share)
        left = (self.beta * share - self.alpha) / (1.0 + share)
        return np.where(y < 0.0, left, right)


def pert_shapes(low: float, mode: float, high: float) -> tuple[float, float]:
    """alpha and beta of the PERT distribution with lambda = 4; its values are low + (high - low) x."""
    alpha = 1.0 + 4.0 * (mode - low) / (high - low)
    return alpha, 6.0 - alpha


def beta_table(alpha: float, beta: float) -> BetaTable:
    """The table of Beta(alpha, beta), both positive; see `BetaTable.value` for its error."""
    if not (0.0 < alpha < np.inf and 0.0 < beta < np.inf):
        raise InternalError(f"beta needs positive shapes, found {alpha} and {beta}")
    shape = _shape(alpha, beta)
    edges = _edges(shape)
    z, total = _normals(shape, edges)
    knots = np.arange(_PANELS + 1) / PANELS_PER_UNIT - LIMIT
    y = _interpolated(z, edges, _derivatives(shape, total, z, edges), knots)
    pieces = _pieces(knots, y, _derivatives(shape, total, knots, y))
    coefficients = _monotone(pieces)
    coefficients.setflags(write=False)
    return BetaTable(alpha, beta, coefficients)


def _shape(alpha: float, beta: float) -> _Shape:
    """The shape with its lowest point at y = log(alpha / beta)."""
    mode = float(log(alpha / beta))
    unshifted = _Shape(alpha, beta, mode, 0.0)
    return _Shape(alpha, beta, mode, float(unshifted.loss(np.asarray(mode))))


def _edges(shape: _Shape) -> Floats:
    """y with L(y) = zeta^2 / 2 on either side of the mode, increasing, by Newton's rule on a convex function."""
    steps = _EDGE_LIMIT * PANELS_PER_UNIT
    zeta = np.arange(1, steps + 1) / PANELS_PER_UNIT
    target = np.concatenate((zeta[::-1], zeta)) ** 2 / 2.0
    side = np.repeat((-1.0, 1.0), steps)
    # L grows at most by alpha or beta a unit and bends at most by (alpha + beta) / 4: so far it is at least.
    linear = target / np.where(side < 0.0, shape.alpha, shape.beta)
    bent = np.sqrt(8.0 * target / (shape.alpha + shape.beta))
    y = shape.mode + side * np.maximum(linear, bent)
    for _ in range(_NEWTON_STEPS):
        step = (shape.loss(y) - target) / shape.slope(y)
        y -= step
        if np.all(np.abs(step) <= 1e-6 * np.abs(y - shape.mode)):
            break
    return np.concatenate((y[:steps], (shape.mode,), y[steps:]))


def _normals(shape: _Shape, edges: Floats) -> tuple[Floats, float]:
    """z at the edges, and the integral of exp(-L)."""
    ends = edges[[0, -1]]
    outside = exp(-shape.loss(ends)) / np.abs(shape.slope(ends))
    masses = np.concatenate((outside[:1], _masses(shape, edges), outside[1:]))
    below, above = np.add.accumulate(masses)[:-1], np.add.accumulate(masses[::-1])[-2::-1]
    total = float(below[-1] + above[-1])
    lower = below <= above
    z = quantile(np.where(lower, below, above) / total)
    return np.where(lower, z, -z), total


def _masses(shape: _Shape, edges: Floats) -> Floats:
    """The integral of exp(-L) over each panel."""
    half = (edges[1:] - edges[:-1]) / 2.0
    middle = edges[:-1] + half
    nodes = np.stack([middle + half * (sign * node) for node, _ in _RULE for sign in (-1.0, 1.0)])
    heights = exp(-shape.loss(nodes))
    mass = np.zeros_like(half)
    for i, (_, weight) in enumerate(_RULE):
        mass += weight * (heights[2 * i] + heights[2 * i + 1])
    return mass * half


def _derivatives(shape: _Shape, total: float, z: Floats, y: Floats) -> tuple[Floats, Floats]:
    """dy/dz and d2y/dz2."""
    first = density(z) * total / exp(-shape.loss(y))
    return first, first * (shape.slope(y) * first - z)


def _interpolated(z: Floats, y: Floats, derivatives: tuple[Floats, Floats], knots: Floats) -> Floats:
    """y at the knots, from its values and derivatives at uneven z."""
    panel = np.searchsorted(z, knots, side="right") - 1
    pieces = _pieces(z, y, derivatives)[:, panel]
    t = (knots - z[panel]) / (z[panel + 1] - z[panel])
    value = np.zeros_like(knots)
    for coefficient in pieces[::-1]:
        value *= t
        value += coefficient
    return value


def _pieces(z: Floats, y: Floats, derivatives: tuple[Floats, Floats]) -> Floats:
    """Quintic Hermite coefficients by powers of t in [0, 1], shape (6, panels)."""
    width = z[1:] - z[:-1]
    rise = y[1:] - y[:-1]
    d0, d1 = derivatives[0][:-1] * width, derivatives[0][1:] * width
    s0, s1 = derivatives[1][:-1] * width * width, derivatives[1][1:] * width * width
    return np.stack(
        (
            y[:-1],
            d0,
            0.5 * s0,
            10.0 * rise - 6.0 * d0 - 4.0 * d1 - 1.5 * s0 + 0.5 * s1,
            -15.0 * rise + 8.0 * d0 + 7.0 * d1 + 1.5 * s0 - s1,
            6.0 * rise - 3.0 * d0 - 3.0 * d1 - 0.5 * s0 + 0.5 * s1,
        )
    )


def _monotone(pieces: Floats) -> Floats:
    """The pieces, a straight line in place of one whose derivative has a negative Bernstein coefficient."""
    powers = [power * pieces[power] for power in range(1, 6)]
    falls = np.zeros(pieces.shape[1], dtype=np.bool_)
    for row in _BERNSTEIN:
        bound = np.zeros(pieces.shape[1])
        for factor, power in zip(row, powers, strict=True):
            bound += factor * power
        falls |= bound < 0.0
    ends = np.zeros_like(pieces[0])
    for coefficient in pieces[:0:-1]:
        ends += coefficient
    pieces[1] = np.where(falls, ends, pieces[1])
    pieces[2:, falls] = 0.0
    return pieces


def _logistic(y: Floats, out: Floats | None) -> Floats:
    """1 / (1 + exp(-y)), y written over."""
    np.negative(y, out=y)
    exp(y, out=y)
    y += 1.0
    return np.divide(1.0, y, out=y if out is None else out)
