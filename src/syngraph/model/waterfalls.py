"""How a pot is shared, tier by tier."""

from dataclasses import dataclass

from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.agreements import Active, Moment
from syngraph.model.records import Head, Readings

POT = "pot"


@dataclass(frozen=True, slots=True)
class UpTo:
    """Until an account (a party's cumulative receipts, or `pot`) reaches an amount."""

    account: str
    amount: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Capacity:
    """Until a party takes this much of a level, afresh each segment."""

    account: str
    amount: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Until a party's balance, accruing at a yearly rate on what it contributed, is paid off."""

    account: str
    rate: Expr
    contributions: Expr
    opening: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class ProfitShare:
    """A catch-up: until a party holds this share of what the waterfall paid in all."""

    account: str
    share: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class EndsAt:
    """Until a day or an event."""

    moment: Moment


Target = UpTo | Capacity | Hurdle | ProfitShare | EndsAt


@dataclass(frozen=True, slots=True)
class Next:
    """The first target met ends the tier."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The weight of a party that met its target goes to another; all met ends the tier."""

    to: str


@dataclass(frozen=True, slots=True)
class Redistribute:
    """The weight of a party that met its target goes to the others in proportion; all met ends the tier."""


Then = Next | Redirect | Redistribute


@dataclass(frozen=True, slots=True)
class Tier:
    """One step: who shares by which weights, until which targets, and then."""

    head: Head
    shares: tuple[tuple[str, Expr], ...]
    until: Readings[tuple[Target, ...]]
    then: Then


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A pot of a party and the tiers that share it."""

    head: Head
    of: str
    pot: Readings[Expr]
    active: Active
    opening: tuple[tuple[str, Expr], ...]
    tiers: tuple[Tier, ...]
    title: LocalText | None = None
