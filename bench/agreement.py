"""Whether two ways of computing the small model give the same answer, as far as sampling lets them."""

from functools import cache

import numpy as np

from bench import handwritten
from bench.model import Answer

_PATHS = 50_000
_GRID = 0.005  # quarters of the calendar are of unequal length, those of a model are not


def remark(answer: Answer, paths: int) -> str:
    """Nothing if an answer lies within five standard errors of the one by hand; else by how much it does not."""
    means, spreads = _by_hand()
    for name, value, mean, spread in zip(
        ("total", "present value"), (answer.total, answer.present), means, spreads, strict=True
    ):
        near = 5 * spread * (1 / paths + 1 / _PATHS) ** 0.5 + _GRID * mean
        if abs(value - mean) > near:
            return f"ANOTHER ANSWER: {name} {value:.4g}, by hand {mean:.4g} ± {near:.2g}; "
    return ""


@cache
def _by_hand() -> tuple[list[float], list[float]]:
    totals = handwritten.simulate(_PATHS, seed=2).totals
    return np.mean(totals, axis=1).tolist(), np.std(totals, axis=1).tolist()
