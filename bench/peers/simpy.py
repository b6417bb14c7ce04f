"""The small model in SimPy: the payer is a process that pays each quarter, a path at a time."""

import math
import random
from collections.abc import Iterator

import simpy

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
OFFERS = "processes that wait for each other: queues, stores, shared resources"


def simulate(paths: int) -> Answer:
    """One environment a path."""
    draw = random.Random(1)
    total = present = 0.0
    for _ in range(paths):
        paid: list[tuple[float, float]] = []
        environment = simpy.Environment()
        environment.process(_payer(environment, draw, paid))
        environment.run()
        total += sum(amount for _, amount in paid)
        present += sum(amount * (1 + DISCOUNT) ** -time for time, amount in paid)
    return Answer(total / paths, present / paths)


def _payer(
    environment: simpy.Environment, draw: random.Random, paid: list[tuple[float, float]]
) -> Iterator[simpy.Event]:
    growth = draw.lognormvariate(GROWTH_MU, GROWTH_SIGMA)
    share = draw.uniform(SHARE_LOW, SHARE_HIGH)
    walk = running = 0.0
    for _ in range(QUARTERS):
        time = environment.now + DT / 2
        yield environment.timeout(DT)
        walk += draw.gauss(0.0, DT**0.5)
        noise = math.exp(VOLATILITY * walk - VOLATILITY**2 * environment.now / 2)
        amount = min(share * REVENUE * (1 + growth) ** time * noise * DT, CAP - running)
        running += amount
        paid.append((time, amount))
