"""Properties that must hold."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.spans import Span
from syngraph.expr.nodes import Expr
from syngraph.model.records import Head


@dataclass(frozen=True, slots=True)
class Proven:
    """Decided by exploring every order of events: `always`, `never`, `possible` one condition; `leads_to` two."""

    quantifier: str
    conditions: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class At:
    """When a value is taken: on a day, when an event hits, `ever`, `always`, or at the end (nothing given)."""

    span: Span
    day: date | None = None
    event: str = ""
    ever: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of paths on which a condition holds, within limits."""

    condition: Expr
    at: At
    at_least: Expr | None
    at_most: Expr | None


@dataclass(frozen=True, slots=True)
class Level:
    """A condition that holds on every path, or a quantity whose mean keeps limits."""

    value: Expr
    at: At
    at_least: Expr | None
    at_most: Expr | None


@dataclass(frozen=True, slots=True)
class Increasing:
    """A quantity that does not fall when an assumption rises."""

    value: Expr
    at: At
    assumption: str


@dataclass(frozen=True, slots=True)
class Better:
    """A quantity that is higher under one plan than under another, with a probability."""

    value: Expr
    at: At
    plan: str
    than: str
    at_least: Expr


Property = Proven | Chance | Level | Increasing | Better


@dataclass(frozen=True, slots=True)
class Check:
    """A property, the plans it is for (none named: all), and those in which it is expected to break."""

    head: Head
    prop: Property
    plans: tuple[str, ...] = ()
    breaks_in: tuple[str, ...] = ()
