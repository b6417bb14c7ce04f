"""The small model as an analyst would write it by hand: whole arrays in NumPy, with its PCG64 and with libm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.model import (
    CAP,
    DISCOUNT,
    DT,
    GROWTH_MU,
    GROWTH_SIGMA,
    QUARTERS,
    REVENUE,
    SHARE_HIGH,
    SHARE_LOW,
    VOLATILITY,
    YEARS,
    Answer,
)

Array = NDArray[np.float64]

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class ByHand:
    """The same series as ours: means and quantiles by year, in all, and at present value; and each path's totals."""

    answer: Answer
    means: Array
    quantiles: Array
    totals: Array


def simulate(paths: int, *, seed: int = 1) -> ByHand:
    """All paths at once, arrays of shape (quarters, paths)."""
    random = np.random.default_rng(seed)
    growth = np.exp(GROWTH_MU + GROWTH_SIGMA * random.standard_normal(paths))
    share = random.uniform(SHARE_LOW, SHARE_HIGH, paths)
    walk = np.cumsum(random.standard_normal((QUARTERS, paths)) * np.sqrt(DT), axis=0)
    time = (np.arange(QUARTERS)[:, None] + 0.5) * DT
    revenue = REVENUE * (1 + growth) ** time * np.exp(VOLATILITY * walk - VOLATILITY**2 * (time + DT / 2) / 2)
    running = np.minimum(np.cumsum(share * revenue * DT, axis=0), CAP)
    paid = np.diff(running, axis=0, prepend=0.0)
    yearly = paid.reshape(YEARS, QUARTERS // YEARS, paths).sum(axis=1)
    present = (paid * (1 + DISCOUNT) ** -time).sum(axis=0)
    series = np.concatenate([yearly, np.cumsum(yearly, axis=0), present[None]])
    quantiles = np.quantile(series, SHARES, axis=1, method="inverted_cdf")
    means = series.mean(axis=1)
    totals = np.stack([running[-1], present])
    return ByHand(Answer(float(means[2 * YEARS - 1]), float(means[-1])), means, quantiles, totals)
