"""What an expression is worth over a stretch: its kind, its dimension, and the nodes that compute it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from syngraph.base.units import PLAIN, Dimension, dimension_text
from syngraph.compile.nodes.builder import Node
from syngraph.graph.kinds import Kind


class When(Enum):
    """What of a stretch is looked at.

    START: the moment it begins. NOW: the same, but a comparison of what is equal there is as its operator has it.
    WHOLE: all of it. END: the moment it ends, with the sums that its end makes due, before anything else happens;
    nothing has to turn for it.
    """

    START = "start"
    NOW = "now"
    WHOLE = "whole"
    END = "end"


TRIALS = 5  # rounds in which a level that feeds its own flow is found: the error is of the sixth order of a stretch


@dataclass(frozen=True, slots=True)
class Moment:
    """What is looked at; `trial` counts the rounds in which a level that feeds its own flow is found (0: START)."""

    when: When
    trial: int = -1

    @property
    def final(self) -> bool:
        """Whether it is a whole stretch as it counts in the end."""
        return self.when is When.WHOLE and self.trial in (-1, TRIALS)


START, NOW, WHOLE, END = Moment(When.START), Moment(When.NOW), Moment(When.WHOLE), Moment(When.END)


@dataclass(frozen=True, slots=True)
class Sums:
    """What is paid at a moment: where the stretch begins, and where it ends; 0 if nothing is due there."""

    start: Node
    end: Node


@dataclass(frozen=True, slots=True)
class Value:
    """What a quantity is at the start, in the middle and at the end of a stretch; of a flow, per year.

    The middle is chosen so that (start + 4 middle + end) / 6 is the mean. `ratio` are the amounts a quotient of flows
    is made of, so that a year's is the quotient of the year's amounts. `sums` are those of a flow, beside what flows
    evenly.
    """

    kind: Kind
    dimension: Dimension
    start: Node
    middle: Node
    end: Node
    ratio: tuple[Node, Node] | None = None
    sums: Sums | None = None

    @property
    def known(self) -> bool:
        """False where something was wrong already; nothing more is said about it."""
        return self.kind is not Kind.UNKNOWN

    @property
    def flat(self) -> bool:
        """Whether it is one node all along."""
        return self.start == self.middle == self.end

    @property
    def ending(self) -> "Value":
        """What it is at the end."""
        return Value(self.kind, self.dimension, self.end, self.end, self.end, sums=self.sums)

    def points(self) -> tuple[Node, Node, Node]:
        """Start, middle and end."""
        return self.start, self.middle, self.end

    def words(self) -> str:
        """`stock of USD`, for diagnostics."""
        return self.kind.value if self.kind is Kind.STATUS else f"{self.kind.value}, {dimension_text(self.dimension)}"


UNKNOWN = Value(Kind.UNKNOWN, PLAIN, 0, 0, 0)


def of_points(kind: Kind, dimension: Dimension, points: Iterable[Node]) -> Value:
    """A value of a start, a middle and an end."""
    start, middle, end = points
    return Value(kind, dimension, start, middle, end)


def flat(kind: Kind, dimension: Dimension, node: Node) -> Value:
    """A value that is the same throughout the stretch."""
    return Value(kind, dimension, node, node, node)


def status(node: Node) -> Value:
    """A yes or no; it holds or not over a whole stretch."""
    return flat(Kind.STATUS, PLAIN, node)
