"""Dated, bounded, attributed values and statements with their quotes; `term` is what a stub will become."""

from dataclasses import dataclass

from syngraph.base.dates import Interval
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.records import Head, Readings

BOUNDS = ("exact", "more_than", "at_least", "less_than", "up_to", "nearly", "about", "vague", "possible")
STATUSES = ("stated", "announced", "planned", "alleged", "denied", "withdrawn")
RANKS = ("preferred", "normal", "deprecated")
CONFIDENCES = ("high", "medium", "low")
TODO = "TODO"


@dataclass(frozen=True, slots=True)
class Dating:
    """When a fact holds, when it was measured, and how it stands among others."""

    valid: Interval | None = None
    as_of: Interval | None = None
    status: str = "stated"
    rank: str = "normal"
    confidence: str = ""
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A fact that is a value (an amount, a day, yes or no), perhaps ambiguous."""

    head: Head
    value: Readings[Expr]
    bound: str
    dating: Dating
    about: tuple[str, ...] = ()
    term: str = ""

    @property
    def stub(self) -> bool:
        """Whether a draft left it to be given a meaning."""
        return self.term == TODO


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact that is a sentence about parties."""

    head: Head
    says: LocalText
    bound: str
    dating: Dating
    about: tuple[str, ...] = ()
    term: str = ""

    @property
    def stub(self) -> bool:
        """Whether a draft left it to be given a meaning."""
        return self.term == TODO


@dataclass(frozen=True, slots=True)
class Period:
    """One entry of a series: from when it holds, and its value."""

    valid: Interval
    value: Expr
    head: Head


@dataclass(frozen=True, slots=True)
class Series:
    """A fact whose value changes with time."""

    head: Head
    periods: tuple[Period, ...]
    bound: str
    dating: Dating
    about: tuple[str, ...] = ()
    term: str = ""

    @property
    def stub(self) -> bool:
        """Whether a draft left it to be given a meaning."""
        return self.term == TODO


Fact = Value | Statement | Series
