"""Units and dimensions: what may be added to what."""

from dataclasses import dataclass
from decimal import Decimal

Dimension = tuple[tuple[str, int], ...]

PLAIN: Dimension = ()
FRACTION = "fraction"  # the unit of a plain number that is a part of a whole, shown in percent
YEAR: Dimension = (("year", 1),)

CURRENCIES = frozenset(
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD "
    "KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU "
    "VND ZAR".split()
)

SCALES = {"k": Decimal(10**3), "m": Decimal(10**6), "bn": Decimal(10**9), "tn": Decimal(10**12)}

_COUNTS = "unit share seat vote vehicle dose token patient user GPU chip barrel site licence".split()

# unit: (dimension name, scale to the unit of the dimension)
_SIMPLE: dict[str, tuple[str, Decimal]] = (
    {c: (c, Decimal(1)) for c in CURRENCIES}
    | {"W": ("W", Decimal(1)), "kW": ("W", Decimal(10**3)), "MW": ("W", Decimal(10**6))}
    | {"GW": ("W", Decimal(10**9)), "TW": ("W", Decimal(10**12))}
    | {"Wh": ("Wh", Decimal(1)), "kWh": ("Wh", Decimal(10**3)), "MWh": ("Wh", Decimal(10**6))}
    | {"GWh": ("Wh", Decimal(10**9)), "TWh": ("Wh", Decimal(10**12))}
    | {"kg": ("kg", Decimal(1)), "tonne": ("kg", Decimal(1000)), "tonnes": ("kg", Decimal(1000))}
    | {"year": ("year", Decimal(1)), "years": ("year", Decimal(1))}
    | {"month": ("year", Decimal(1) / 12), "months": ("year", Decimal(1) / 12)}
    | {"week": ("year", Decimal(7) / 365), "weeks": ("year", Decimal(7) / 365)}
    | {"day": ("year", Decimal(1) / 365), "days": ("year", Decimal(1) / 365)}
    | {c: (c, Decimal(1)) for c in _COUNTS}
    | {c + "s": (c, Decimal(1)) for c in _COUNTS}
)

UNIT_NAMES = frozenset(_SIMPLE) | {"%", "pp"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: scale to the units of its dimension, and whether it ends in `/year` (a rate)."""

    text: str
    scale: Decimal
    dimension: Dimension
    per_year: bool = False


NO_UNIT = Unit("", Decimal(1), PLAIN)


def multiply(a: Dimension, b: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product (`sign` 1) or a quotient (`sign` -1)."""
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((n, p) for n, p in powers.items() if p))


def parse_unit(text: str) -> Unit | str:
    """The unit that `text` such as `USD/GW/year` names, or the part of it that is no unit."""
    scale, dimension = Decimal(1), PLAIN
    parts = text.split("/")
    per_year = len(parts) > 1 and parts[-1] in ("year", "years")
    for i, part in enumerate(parts[:-1] if per_year else parts):
        if part == "%" or (part == "pp" and i == 0):
            scale = scale / 100
            continue
        known = _SIMPLE.get(part)
        if known is None:
            return part
        name, size = known
        scale = scale / size if i else scale * size
        dimension = multiply(dimension, ((name, 1),), -1 if i else 1)
    return Unit(text, scale, dimension, per_year)


def dimension_text(dimension: Dimension) -> str:
    """A dimension as a reader writes it: `USD`, `USD/W`, `plain number`."""
    if not dimension:
        return "plain number"
    over = [_power(n, p) for n, p in dimension if p > 0]
    under = [_power(n, -p) for n, p in dimension if p < 0]
    return "/".join(["·".join(over) or "1", *under])


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"
