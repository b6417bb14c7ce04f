"""Numbers and days as a person reads them: three digits, the language's own magnitudes, never more than is known."""

from datetime import date

from syngraph.base.dates import Clock
from syngraph.base.units import FRACTION

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "TWD": "NT$"}
_NAMES = {
    "USD": "美元",
    "EUR": "歐元",
    "GBP": "英鎊",
    "JPY": "日圓",
    "CNY": "人民幣",
    "TWD": "新臺幣",
    "HKD": "港元",
    "KRW": "韓元",
    "CHF": "瑞士法郎",
}
_WESTERN = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_LISTED = ((1e12, "T", "兆"), (1e9, "B", "十億"), (1e6, "M", "百萬"), (1e3, "k", "千"), (1.0, "", ""))
_CHINESE = ((1e12, "兆"), (1e8, "億"), (1e4, "萬"))
_POWER = ((1e12, "TW"), (1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
_UNDER = {"W": (1e9, "GW"), "Wh": (1e9, "GWh"), "year": (1.0, "yr")}  # a price is per what is traded, not per watt
_TRUTHS = {"en": ("no", "yes"), "zh-Hant": ("否", "是")}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
MINUS = "−"
NOISE = 1e-12  # what arithmetic leaves of nought


def significant(value: float, digits: int = 3) -> str:
    """The value to so many digits, without an exponent; nought has no sign."""
    if abs(value) < NOISE:
        return "0"
    size = float(f"{abs(value):.{digits}g}")
    whole = len(str(int(size))) if size >= 1 else 1
    text = f"{size:,.{max(0, digits - whole)}f}" if size >= 1 else f"{size:.12f}".rstrip("0")
    return (MINUS if value < 0 else "") + text


def listed(value: float, highest: float) -> str:
    """A value of a list to the decimals that its highest has at three digits; only nought itself is `0`."""
    if abs(value) < NOISE:
        return "0"
    places = len(significant(highest).partition(".")[2])
    text = f"{abs(value):,.{places}f}"
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text


def scaled(value: float, language: str) -> tuple[float, str]:
    """The value over the largest magnitude of the language that it reaches, and that magnitude."""
    for size, letter in _CHINESE if language == "zh-Hant" else _WESTERN:
        if float(f"{abs(value):.3g}") >= size:
            return value / size, letter
    return value, ""


def figure(value: float, unit: str, language: str, *, clock: Clock | None = None, sign: bool = False) -> str:
    """A value in the unit its series carries: `USD`, `USD/year`, `W`, `date`, `truth`, `fraction`, or a plain number.

    A truth is yes or no; what is between them is the share of paths on which it is so.
    """
    if unit == "date":
        return _day(value, language, clock)
    if unit == "truth" and value in (0.0, 1.0):
        return _TRUTHS[language][int(value)]
    plus = "+" if sign and value > 0 else ""
    base, *under = unit.split("/")
    number, after = value, ""
    for one in under:
        size, name = _UNDER.get(one, (1.0, one))
        number *= size
        after += "/年" if name == "yr" and language == "zh-Hant" else f"/{name}"
    return plus + _amount(number, base, language) + after


def listed_unit(highest: float, unit: str, language: str) -> tuple[float, str]:
    """What to divide values up to `highest` by to list them under one unit, and that unit.

    The divisor is the same in every language, so that one list of numbers serves all.
    """
    base, *under = unit.split("/")
    factor, after = 1.0, ""
    for one in under:
        size, name = _UNDER.get(one, (1.0, one))
        factor /= size
        after += "/年" if name == "yr" and language == "zh-Hant" else f"/{name}"
    if base in ("truth", FRACTION):
        return factor / 100, f"%{after}"
    if base == "W":
        size, name = next((s for s in _POWER if highest / factor >= s[0]), _POWER[-1])
        return factor * size, name + after
    size, letter, chinese = next((s for s in _LISTED if highest / factor >= s[0]), _LISTED[-1])
    if language == "zh-Hant":
        return factor * size, f"{chinese}{_NAMES.get(base, f' {base}' if base else '')}{after}".strip()
    return factor * size, f"{_SIGNS.get(base, f'{base} ' if base else '')}{letter}{after}".strip()


def _amount(value: float, unit: str, language: str) -> str:
    if unit in ("truth", FRACTION):
        return f"{significant(100 * value if abs(value) >= NOISE else 0.0)}%"
    if unit == "W":
        return _power(value)
    number, letter = scaled(value, language)
    text = significant(number)
    if not unit:
        return f"{text}{letter}"
    if unit in _NAMES and language == "zh-Hant":
        return f"{text}{letter}{_NAMES[unit]}"
    if unit in _SIGNS and language != "zh-Hant":
        head = MINUS if text.startswith(MINUS) else ""
        return f"{head}{_SIGNS[unit]}{text.removeprefix(MINUS)}{letter}"
    return f"{text}{letter} {unit}"


def _power(value: float) -> str:
    for size, letter in _POWER:
        if float(f"{abs(value):.3g}") >= size:
            return f"{significant(value / size)} {letter}"
    return f"{significant(value)} W" if abs(value) >= NOISE else "0 GW"


def _day(value: float, language: str, clock: Clock | None) -> str:
    if clock is None:
        return f"{value:+.2f}"
    return day_text(clock.day_after(value), language)


def day_text(day: date, language: str) -> str:
    """`11 Sep 2025`, 2025年9月11日."""
    if language == "zh-Hant":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_text(day: date, language: str) -> str:
    """`Sep 2025`, 2025年9月."""
    return f"{day.year}年{day.month}月" if language == "zh-Hant" else f"{_MONTHS[day.month - 1]} {day.year}"


def interval(low: float, high: float, unit: str, language: str, *, clock: Clock | None = None) -> str:
    """Two ends of a range, what both share written once: `$44–164B`."""
    least = NOISE * max(abs(low), abs(high)) if unit != "date" else 0.0
    a, b = (figure(v if abs(v) >= least else 0.0, unit, language, clock=clock) for v in (low, high))
    if a == b:
        return a
    if unit == "date" or MINUS in a + b:
        return f"{a} – {b}"
    tail = _shared_tail(a, b)
    head = next((sign for sign in _SIGNS.values() if a.startswith(sign) and b.startswith(sign)), "")
    return f"{a.removesuffix(tail)}–{b.removeprefix(head)}"


def _shared_tail(a: str, b: str) -> str:
    """The longest common end that cuts neither a figure nor a unit: `MW` and `GW` share no `W`."""
    size = 0
    while size < min(len(a), len(b)) and a[-size - 1] == b[-size - 1] and not a[-size - 1].isdigit():
        size += 1
    tail = a[len(a) - size :].lstrip(".,") if size < len(a) else ""
    return "" if any(_cuts(end, tail) for end in (a, b)) else tail


def _cuts(text: str, tail: str) -> bool:
    """Whether the tail begins inside a word of Latin letters."""
    around = text.removesuffix(tail)[-1:] + tail[:1]
    return len(around) == 2 and around.isascii() and around.isalpha()
