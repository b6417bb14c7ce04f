"""The modeller's choices, certain or uncertain."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.parts import parts
from syngraph.base.spans import Span
from syngraph.expr.nodes import Expr
from syngraph.model.records import Citation, Head, Readings


@dataclass(frozen=True, slots=True)
class Certain:
    """A value as it stands."""

    value: Readings[Expr]


@dataclass(frozen=True, slots=True)
class Normal:
    """The bell curve by its mean and standard deviation."""

    mean: Expr
    sd: Expr


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Skewed and never negative, by the values that one in ten is below and above."""

    p10: Expr
    p90: Expr


@dataclass(frozen=True, slots=True)
class Uniform:
    """All alike between two values."""

    min: Expr
    max: Expr


@dataclass(frozen=True, slots=True)
class Triangular:
    """A peak between two ends."""

    min: Expr
    mode: Expr
    max: Expr


@dataclass(frozen=True, slots=True)
class Pert:
    """A smooth peak between two ends (λ = 4)."""

    min: Expr
    mode: Expr
    max: Expr


@dataclass(frozen=True, slots=True)
class Beta:
    """A share between 0 and 1."""

    alpha: Expr
    beta: Expr


Family = Normal | Lognormal | Uniform | Triangular | Pert | Beta


@dataclass(frozen=True, slots=True)
class Distribution:
    """A family with its parameters."""

    family: Family
    span: Span

    @property
    def name(self) -> str:
        """The word the file has for the family."""
        return type(self.family).__name__.lower()

    @property
    def parameters(self) -> tuple[tuple[str, Expr], ...]:
        """The parameters by name."""
        return parts(self.family)


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
