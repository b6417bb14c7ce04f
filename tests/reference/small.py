"""Short ways to write small cases of the reference, and to read what came of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from reference.exact import Result
from reference.model import (
    Case,
    Compare,
    Known,
    LevelOf,
    Moment,
    Payment,
    Rate,
    Steady,
    Total,
)

TODAY, UNTIL = date(2026, 1, 1), date(2030, 1, 1)
ONE, NOTHING = Fraction(1), Steady(Fraction(0))


def is_(level: str, operator: str, limit: str | float) -> Compare:
    return Compare(LevelOf(level), operator, Known(Fraction(limit)))


def steady(value: float) -> Steady:
    return Steady(Fraction(value))


def case(**records: object) -> Case:
    return replace(Case(TODAY, UNTIL), **records)  # type: ignore[arg-type]


def rising(speed: float = 100, **records: object) -> Case:
    """A level `up` that rises from nought."""
    return case(totals=(Total("up", steady(speed)),), **records)


def fee(amount: Rate, *start: Moment, **more: object) -> Payment:
    return Payment("fee", amount, start=start, **more)  # type: ignore[arg-type]


def days(result: Result) -> Mapping[str, float | None]:
    return dict(result.dates)


def paid(result: Result, term: str = "fee") -> tuple[float, ...]:
    return dict(result.flows)[f"deal.{term}.paid"]


def near(found: object, *wanted: float) -> None:
    assert found == pytest.approx(wanted if isinstance(found, tuple) else wanted[0], rel=1e-12, abs=1e-12)
