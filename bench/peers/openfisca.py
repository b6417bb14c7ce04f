"""The small model in OpenFisca: every path is a person, every month one of our quarters."""

from functools import cache
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.model_api import MONTH, Variable
from openfisca_core.periods import Period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

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

PATHS = 10_000
OFFERS = "laws as variables with dated parameters, whole tax and benefit systems, a web API"

_PERSON = build_entity("person", "persons", "A path", is_person=True)


def _quarter(period: Period) -> int:
    quarter: int = (period.start.year - 2025) * 12 + period.start.month - 1
    return quarter


class growth(Variable):  # type: ignore[misc]  # noqa: N801
    """Given, in the first month."""

    value_type, entity, definition_period = float, _PERSON, MONTH


class share(Variable):  # type: ignore[misc]  # noqa: N801
    """Given, in the first month."""

    value_type, entity, definition_period = float, _PERSON, MONTH


class noise(Variable):  # type: ignore[misc]  # noqa: N801
    """Given, in every month."""

    value_type, entity, definition_period = float, _PERSON, MONTH


class paid(Variable):  # type: ignore[misc]  # noqa: N801
    """A share of revenue, while the cap is not reached."""

    value_type, entity, definition_period = float, _PERSON, MONTH

    def formula(person: Any, period: Period, _: Any) -> Any:  # noqa: N805
        """Revenue in the middle of the month."""
        first, middle = period.offset(-_quarter(period)), (_quarter(period) + 0.5) * DT
        revenue = REVENUE * (1 + person("growth", first)) ** middle * person("noise", period)
        return np.minimum(person("share", first) * revenue * DT, CAP - _before(person, period))


class running(Variable):  # type: ignore[misc]  # noqa: N801
    """What was paid up to the end of a month."""

    value_type, entity, definition_period = float, _PERSON, MONTH

    def formula(person: Any, period: Period, _: Any) -> Any:  # noqa: N805
        """The sum so far."""
        return _before(person, period) + person("paid", period)


def _before(person: Any, period: Period) -> Any:
    return person("running", period.last_month) if _quarter(period) else 0.0


@cache
def _system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([_PERSON])
    system.add_variables(growth, share, noise, paid, running)
    return system


def simulate(paths: int) -> Answer:
    """The draws are NumPy's: OpenFisca has none."""
    random = np.random.default_rng(1)
    months = [f"{2025 + quarter // 12}-{quarter % 12 + 1:02}" for quarter in range(QUARTERS)]
    simulation = SimulationBuilder().build_default_simulation(_system(), paths)
    simulation.set_input("growth", months[0], np.exp(GROWTH_MU + GROWTH_SIGMA * random.standard_normal(paths)))
    simulation.set_input("share", months[0], random.uniform(SHARE_LOW, SHARE_HIGH, paths))
    walk, present = np.zeros(paths), np.zeros(paths)
    for quarter, month in enumerate(months):
        walk += random.standard_normal(paths) * DT**0.5
        simulation.set_input("noise", month, np.exp(VOLATILITY * walk - VOLATILITY**2 * (quarter + 1) * DT / 2))
        present += simulation.calculate("paid", month) * (1 + DISCOUNT) ** (-(quarter + 0.5) * DT)
    return Answer(float(simulation.calculate("running", months[-1]).mean()), float(present.mean()))
