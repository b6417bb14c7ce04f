"""Quantities over time."""

from dataclasses import dataclass

from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.records import Head, Readings

KINDS = ("rate", "flow", "stock", "status")


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity of a party, of the stated kind."""

    head: Head
    kind: str
    value: Readings[Expr]
    of: str = ""
    title: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much a party depends on another: a share."""

    head: Head
    of: str
    on: str
    share: Readings[Expr]
    title: LocalText | None = None
