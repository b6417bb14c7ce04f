"""What an expression is worth in one segment: its kind, dimension and the nodes that compute it."""

from dataclasses import dataclass
from enum import Enum

from syngraph.base.units import PLAIN, Dimension, dimension_text
from syngraph.compile.builder import Builder, Node

DATE: Dimension = (("date", 1),)


class Kind(Enum):
    """How a quantity behaves in a segment."""

    CONSTANT = "constant"
    RATE = "rate"
    FLOW = "flow"
    STOCK = "stock"
    STATUS = "status"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """`mid` is the value a rate, flow or constant has; a stock or status also has its two ends."""

    kind: Kind
    dimension: Dimension
    start: Node
    mid: Node
    end: Node

    @property
    def known(self) -> bool:
        """False where something was wrong already; nothing more is said about it."""
        return self.kind is not Kind.UNKNOWN

    def words(self) -> str:
        """`stock of USD`, for diagnostics."""
        return self.kind.value if self.kind is Kind.STATUS else f"{self.kind.value}, {dimension_text(self.dimension)}"


UNKNOWN = Value(Kind.UNKNOWN, PLAIN, 0, 0, 0)


def flat(kind: Kind, dimension: Dimension, node: Node) -> Value:
    """A value that is the same throughout the segment."""
    return Value(kind, dimension, node, node, node)


def stock(build: Builder, dimension: Dimension, start: Node, end: Node) -> Value:
    """A level with its two ends; it counts by their mean."""
    if start == end:
        return flat(Kind.STOCK, dimension, start)
    return Value(Kind.STOCK, dimension, start, build.mul(build.const(0.5), build.add(start, end)), end)


def status(start: Node, mid: Node, end: Node) -> Value:
    """A yes or no."""
    return Value(Kind.STATUS, PLAIN, start, mid, end)
