"""The small model in squigglepy: its distributions and sampling, NumPy between them."""

import numpy as np
import squigglepy as sq

from bench.model import (
    CAP,
    DISCOUNT,
    DT,
    GROWTH_P10,
    GROWTH_P90,
    QUARTERS,
    REVENUE,
    SHARE_HIGH,
    SHARE_LOW,
    VOLATILITY,
    Answer,
)

PATHS = 10_000
OFFERS = "distributions from credible intervals, Bayesian updating, Kelly bets"


def simulate(paths: int) -> Answer:
    """One array of paths a quarter."""
    growth = sq.sample(sq.lognorm(GROWTH_P10, GROWTH_P90, credibility=80), paths)
    share = sq.sample(sq.uniform(SHARE_LOW, SHARE_HIGH), paths)
    walk, running, present = np.zeros(paths), np.zeros(paths), np.zeros(paths)
    for quarter in range(QUARTERS):
        time = (quarter + 0.5) * DT
        walk += sq.sample(sq.norm(mean=0, sd=DT**0.5), paths)
        revenue = REVENUE * (1 + growth) ** time * np.exp(VOLATILITY * walk - VOLATILITY**2 * (time + DT / 2) / 2)
        paid = np.minimum(share * revenue * DT, CAP - running)
        running += paid
        present += paid * (1 + DISCOUNT) ** -time
    return Answer(float(running.mean()), float(present.mean()))
