"""What a user wrote as an amount: an exact number with its unit."""

from dataclasses import dataclass
from decimal import Decimal

from syngraph.base.units import NO_UNIT, Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """`number` (magnitudes already applied) in `unit`; `text` is what the author wrote."""

    number: Decimal
    unit: Unit = NO_UNIT
    text: str = ""

    @property
    def amount(self) -> Decimal:
        """The amount in the units of its dimension: `20 %` is 0.2, `2 GW` is 2e9 W."""
        return self.number * self.unit.scale
