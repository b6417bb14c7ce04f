"""The expression language as data."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.quantities import Quantity
from syngraph.base.spans import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A literal amount: `13 bn USD`, `20 %`, `4`."""

    quantity: Quantity
    span: Span


@dataclass(frozen=True, slots=True)
class Day:
    """A literal day: `2030-01-01`."""

    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name: `partnership.revenue_share.paid`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call; `keyword` is empty for one by position."""

    keyword: str
    value: "Expr"


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments: `grow(x0, g)`."""

    function: str
    arguments: tuple[Argument, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`."""

    operand: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """`not x`."""

    operand: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`x + y`, `-`, `*`, `/`; `2 x y` is a `*`."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """`x < y`, `<=`, `>`, `>=`, `==`, `!=`."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Logic:
    """`x and y`, `x or y`."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """`a if c else b`."""

    then: "Expr"
    condition: "Expr"
    otherwise: "Expr"
    span: Span


Expr = Number | Day | Truth | Name | Call | Negative | Not | Arithmetic | Comparison | Logic | Choice
