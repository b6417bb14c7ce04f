"""The small model in Mesa: every path is an agent that pays each quarter."""

import math

import mesa

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
    Answer,
)

PATHS = 1_000
OFFERS = "agents on grids and networks, live views of a run"


class _Payer(mesa.Agent):  # type: ignore[misc]
    """One path."""

    def __init__(self, model: "_Market") -> None:
        super().__init__(model)
        self.growth = model.random.lognormvariate(GROWTH_MU, GROWTH_SIGMA)
        self.share = model.random.uniform(SHARE_LOW, SHARE_HIGH)
        self.walk = self.running = self.present = 0.0

    def step(self) -> None:
        """One quarter."""
        time = self.model.quarter * DT + DT / 2
        self.walk += self.model.random.gauss(0.0, DT**0.5)
        noise = math.exp(VOLATILITY * self.walk - VOLATILITY**2 * (time + DT / 2) / 2)
        paid = min(self.share * REVENUE * (1 + self.growth) ** time * noise * DT, CAP - self.running)
        self.running += paid
        self.present += paid * (1 + DISCOUNT) ** -time


class _Market(mesa.Model):  # type: ignore[misc]
    """All paths."""

    def __init__(self, paths: int) -> None:
        super().__init__(seed=1)
        self.quarter = 0
        for _ in range(paths):
            _Payer(self)

    def step(self) -> None:
        """One quarter of all of them."""
        self.agents.do("step")
        self.quarter += 1


def simulate(paths: int) -> Answer:
    """All agents, quarter by quarter."""
    market = _Market(paths)
    for _ in range(QUARTERS):
        market.step()
    totals = sum(payer.running for payer in market.agents)
    return Answer(totals / paths, sum(payer.present for payer in market.agents) / paths)
