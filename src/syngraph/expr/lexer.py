"""Cuts an expression into tokens, literals with their units already read."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from syngraph.base.dates import parse_day
from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.located import Scalar, part
from syngraph.base.nearest import nearest
from syngraph.base.quantities import Quantity
from syngraph.base.units import NO_UNIT, SCALES, UNIT_NAMES, Unit, parse_unit

KEYWORDS = frozenset({"and", "or", "not", "if", "else", "true", "false"})

_SPACE = re.compile(r"\s*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_NUMBER = re.compile(r"\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d{1,4})?")
_WORD = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
_UNIT_WORD = re.compile(r"%|[A-Za-z]+")
_OPERATOR = re.compile(r"==|!=|<=|>=|[-+*/()<>,=]")
MAX_DIGITS = 60


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    DAY = auto()
    NAME = auto()
    KEYWORD = auto()
    OPERATOR = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, text, and where [start, end) in the scalar it stands."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Quantity | date | None = None


def tokens(scalar: Scalar) -> tuple[tuple[Token, ...], Diagnostic | None]:
    """All tokens up to the end, or up to the first thing that is none."""
    found: list[Token] = []
    at, text = 0, scalar.text
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text):
            return (*found, Token(Kind.END, "", at, at)), None
        token = _next(scalar, at)
        if isinstance(token, Diagnostic):
            return tuple(found), token
        found.append(token)
        at = token.end


def _next(scalar: Scalar, at: int) -> Token | Diagnostic:
    text = scalar.text
    if match := _DAY.match(text, at):
        day = parse_day(match[0])
        if day is None:
            return error("no-such-day", part(scalar, at, match.end()), found=match[0])
        return Token(Kind.DAY, match[0], at, match.end(), day)
    if match := _NUMBER.match(text, at):
        return _number(scalar, at, match[0])
    if match := _WORD.match(text, at):
        kind = Kind.KEYWORD if match[0] in KEYWORDS else Kind.NAME
        return Token(kind, match[0], at, match.end())
    if match := _OPERATOR.match(text, at):
        return Token(Kind.OPERATOR, match[0], at, match.end())
    return error("stray-character", part(scalar, at, at + 1), found=text[at])


def _number(scalar: Scalar, at: int, digits: str) -> Token | Diagnostic:
    text, end = scalar.text, at + len(digits)
    if len(digits) > MAX_DIGITS:
        return error("number-too-long", part(scalar, at, end), limit=str(MAX_DIGITS))
    number = Decimal(digits.replace("_", ""))
    scale_end, factor = _scale(text, end)
    unit = _unit(scalar, scale_end)
    if isinstance(unit, Diagnostic):
        return unit
    unit_end, read = unit
    stop = unit_end if read is not NO_UNIT else scale_end
    return Token(Kind.NUMBER, text[at:stop], at, stop, Quantity(number * factor, read, text[at:stop]))


def _scale(text: str, end: int) -> tuple[int, Decimal]:
    at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    match = _UNIT_WORD.match(text, at)
    if match and match[0] in SCALES and not _name_goes_on(text, match.end()):
        return match.end(), SCALES[match[0]]
    return end, Decimal(1)


def _unit(scalar: Scalar, end: int) -> tuple[int, Unit] | Diagnostic:
    text = scalar.text
    at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    match = _UNIT_WORD.match(text, at)
    if not match or match[0] in KEYWORDS or match[0] == "x" or (match[0] != "%" and _name_goes_on(text, match.end())):
        if match and match[0] not in KEYWORDS and match[0] != "x":
            return _unknown_unit(scalar, at)
        return end, NO_UNIT
    if match[0] not in UNIT_NAMES:
        return _unknown_unit(scalar, at)
    stop = match.end()
    while text[stop : stop + 1] == "/":
        more = _UNIT_WORD.match(text, stop + 1)
        if not more or more[0] not in UNIT_NAMES or _name_goes_on(text, more.end()):
            break
        stop = more.end()
    unit = parse_unit(text[at:stop])
    return (stop, unit) if isinstance(unit, Unit) else _unknown_unit(scalar, at)


def _name_goes_on(text: str, at: int) -> bool:
    return at < len(text) and (text[at] in "._(" or text[at].isalnum())


def _unknown_unit(scalar: Scalar, at: int) -> Diagnostic:
    match = _WORD.match(scalar.text, at)
    found = match[0] if match else scalar.text[at]
    return error("unknown-unit", part(scalar, at, at + len(found)), found=found, meant=nearest(found, UNIT_NAMES))
