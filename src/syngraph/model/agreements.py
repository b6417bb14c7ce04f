"""Agreements and their terms."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.dates import Interval
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.records import Head, Readings

STAGES = ("proposed", "announced", "signed", "effective", "ended")
RIGHT_KINDS = (
    "vote",
    "appoint",
    "remove",
    "manage",
    "asserted",
    "consent",
    "propose",
    "economic",
    "license",
    "supply",
    "first_refusal",
    "information",
    "undertaking",
)
MODES = ("may", "power", "must", "shall_not")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something begins or ends: a day (perhaps imprecise) or the name of an event, outcome, stage or date fact."""

    span: Span
    day: Interval | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Active:
    """From the first of `starts` (none: always) until the first of `ends` (none: for good), half-open."""

    starts: tuple[Moment, ...] = ()
    ends: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named exception of a term: when it holds, the fields it changes, and which other one it overrides."""

    head: Head
    condition: Readings[Expr]
    amount: Readings[Expr] | None = None
    over: str = ""
    bound: str = "exact"
    limited: LocalText | None = None
    exclusive: bool | None = None
    priority: bool | None = None
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment: an amount to be paid by a day."""

    amount: Expr
    by: date
    span: Span


@dataclass(frozen=True, slots=True)
class Payment:
    """A term under which `payer` pays `payee` an amount as long as it is active."""

    head: Head
    payer: Readings[str]
    payee: Readings[str]
    amount: Readings[Expr] | None
    active: Active
    cap: Readings[Expr] | None = None
    opening: Expr | None = None
    commitment: Pledge | None = None
    minimum: Expr | None = None
    exceptions: tuple[Exemption, ...] = ()
    title: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """A typed entitlement of `holder` against `bearer`; a duty if its mode is must or shall_not."""

    head: Head
    holder: Readings[str]
    bearer: Readings[str]
    kind: str
    active: Active
    matter: str = ""
    mode: str = ""
    by: tuple[str, ...] = ()
    amount: tuple[Expr, ...] = ()
    seats: int | None = None
    exclusive: bool = False
    priority: bool = False
    event: str = ""
    when: Readings[Expr] | None = None
    over: str = ""
    exceptions: tuple[Exemption, ...] = ()
    title: LocalText | None = None


Term = Payment | Right


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract or paper between parties, its stages and its terms (named `agreement.term`)."""

    head: Head
    parties: tuple[str, ...]
    stages: tuple[tuple[str, Moment], ...]
    binding: bool | None
    terms: tuple[Term, ...]
    title: LocalText | None = None
