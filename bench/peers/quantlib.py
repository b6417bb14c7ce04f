"""The small model in QuantLib: its path generator for demand and its curve for discounting, a path at a time."""

import math

import QuantLib

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

PATHS = 1_000
OFFERS = "term structures, calendars, hundreds of instruments, pricing engines, Greeks"


def simulate(paths: int) -> Answer:
    """Demand is a geometric Brownian motion without drift, read at the end of each quarter."""
    today = QuantLib.Date(1, 1, 2025)
    QuantLib.Settings.instance().evaluationDate = today
    curve = QuantLib.FlatForward(today, DISCOUNT, QuantLib.Actual365Fixed(), QuantLib.Compounded, QuantLib.Annual)
    factors = [curve.discount((quarter + 0.5) * DT) for quarter in range(QUARTERS)]
    demand = QuantLib.GeometricBrownianMotionProcess(1.0, 0.0, VOLATILITY)
    sequence = QuantLib.GaussianRandomSequenceGenerator(
        QuantLib.UniformRandomSequenceGenerator(QUARTERS, QuantLib.UniformRandomGenerator(1))
    )
    generator = QuantLib.GaussianPathGenerator(demand, YEARS, QUARTERS, sequence, False)
    uniform, inverse = QuantLib.UniformRandomGenerator(2), QuantLib.InverseCumulativeNormal()
    total = present = 0.0
    for _ in range(paths):
        growth = math.exp(GROWTH_MU + GROWTH_SIGMA * inverse(uniform.next().value()))
        share = SHARE_LOW + (SHARE_HIGH - SHARE_LOW) * uniform.next().value()
        path, running = generator.next().value(), 0.0
        for quarter in range(QUARTERS):
            revenue = REVENUE * (1 + growth) ** ((quarter + 0.5) * DT) * path[quarter + 1]
            paid = min(share * revenue * DT, CAP - running)
            running += paid
            present += paid * factors[quarter]
        total += running
    return Answer(total / paths, present / paths)
