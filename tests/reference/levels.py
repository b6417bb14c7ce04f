"""Levels as broken lines: what they are, how fast they move right after a moment, where they bend, and gaps of two."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import assert_never

from reference.model import Compare, Highest, Known, Level, LevelMix, LevelOf, Lowest

ZERO = Fraction(0)
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
Values = Mapping[str, Fraction]


def value(level: Level, values: Values) -> Fraction:
    """What a level is."""
    match level:
        case Known(number):
            return number
        case LevelOf(name):
            return values[name]
        case LevelMix(parts):
            return sum((factor * value(part, values) for factor, part in parts), ZERO)
        case Lowest(parts):
            return min(value(part, values) for part in parts)
        case Highest(parts):
            return max(value(part, values) for part in parts)
        case _:
            assert_never(level)


def slope(level: Level, values: Values, slope_of: Callable[[str], Fraction]) -> Fraction:
    """How fast a level moves right after the moment; of parts that tie, the one that will count."""
    match level:
        case Known():
            return ZERO
        case LevelOf(name):
            return slope_of(name)
        case LevelMix(parts):
            return sum((factor * slope(part, values, slope_of) for factor, part in parts), ZERO)
        case Lowest(parts):
            least = value(level, values)
            return min(slope(part, values, slope_of) for part in parts if value(part, values) == least)
        case Highest(parts):
            most = value(level, values)
            return max(slope(part, values, slope_of) for part in parts if value(part, values) == most)
        case _:
            assert_never(level)


def bends(level: Level) -> Iterator[LevelMix]:
    """The differences at whose zero a level may bend."""
    match level:
        case Known() | LevelOf():
            return
        case LevelMix(parts):
            for _, part in parts:
                yield from bends(part)
        case Lowest(parts) | Highest(parts):
            for part in parts:
                yield from bends(part)
            for first, second in combinations(parts, 2):
                yield LevelMix(((Fraction(1), first), (Fraction(-1), second)))
        case _:
            assert_never(level)


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two levels, scaled and turned so that all comparisons of the same two share it."""

    level: LevelMix


def gap_of(comparison: Compare) -> tuple[Gap, str]:
    """The gap of a comparison, and the operator that holds it against zero."""
    found: dict[Level, Fraction] = {}
    constant = _collect(comparison.left, Fraction(1), found) + _collect(comparison.right, Fraction(-1), found)
    parts = sorted(((p, f) for p, f in found.items() if f), key=lambda pair: repr(pair[0]))
    if not parts:
        return Gap(LevelMix(((Fraction(1), Known(constant)),))), comparison.operator
    first = parts[0][1]
    scaled = (*((f / first, p) for p, f in parts), (Fraction(1), Known(constant / first)))
    return Gap(LevelMix(scaled)), comparison.operator if first > 0 else MIRRORED[comparison.operator]


def _collect(level: Level, factor: Fraction, found: dict[Level, Fraction]) -> Fraction:
    """Adds the varying parts of a level times a factor to `found`; gives its constant part."""
    match level:
        case Known(number):
            return factor * number
        case LevelMix(parts):
            return sum((_collect(part, factor * more, found) for more, part in parts), ZERO)
        case LevelOf() | Lowest() | Highest():
            found[level] = found.get(level, ZERO) + factor
            return ZERO
        case _:
            assert_never(level)


def compared(side: int, operator: str) -> bool:
    """Whether a gap on this side of zero (-1, 0: on it, 1) satisfies an operator."""
    match operator:
        case ">=":
            return side >= 0
        case ">":
            return side > 0
        case "<=":
            return side <= 0
        case "<":
            return side < 0
        case _:
            raise ValueError(operator)


def sign(number: Fraction) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)
