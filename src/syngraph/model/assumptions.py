"""The modeller's choices, certain or uncertain."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.spans import Span
from syngraph.expr.nodes import Expr
from syngraph.model.records import Citation, Head, Readings


@dataclass(frozen=True, slots=True)
class Certain:
    """A value as it stands."""

    value: Readings[Expr]


@dataclass(frozen=True, slots=True)
class Distribution:
    """`family` with its parameters by name: normal, lognormal, uniform, triangular, pert, beta."""

    family: str
    parameters: tuple[tuple[str, Expr], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several values, each with its probability; one may take the rest (None)."""

    options: tuple[tuple[Expr, Expr | None], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Between:
    """A day, uniform on [first, end)."""

    first: date
    end: date
    span: Span


Draw = Certain | Distribution | OneOf | Between


@dataclass(frozen=True, slots=True)
class Assumption:
    """A named input."""

    head: Head
    draw: Draw


@dataclass(frozen=True, slots=True)
class Correlation:
    """Rank correlation of two uncertain assumptions."""

    span: Span
    of: tuple[str, str]
    rank: Expr
    why: str = ""
    cites: tuple[Citation, ...] = ()
