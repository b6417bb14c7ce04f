"""How a quantity behaves over time, and what goes together with what."""

from enum import Enum

from syngraph.base.units import Dimension

DATE: Dimension = (("date", 1),)


class Kind(Enum):
    """How a quantity behaves over time."""

    CONSTANT = "constant"
    RATE = "rate"
    FLOW = "flow"
    STOCK = "stock"
    STATUS = "status"
    UNKNOWN = "unknown"


LEVELS = (Kind.CONSTANT, Kind.STOCK)
AMOUNTS = (Kind.RATE, Kind.FLOW)


def product(a: Kind, b: Kind, *, plain: bool) -> Kind | None:
    """The kind of a product, None if there is none; `plain` says that one of the two is a plain number."""
    kinds = {a, b}
    if Kind.STATUS in kinds:
        return None
    if Kind.CONSTANT in kinds:
        return a if b is Kind.CONSTANT else b
    if Kind.STOCK in kinds and len(kinds) == 2:
        return (kinds - {Kind.STOCK}).pop()
    return Kind.STOCK if kinds == {Kind.STOCK} and plain else None


def quotient(a: Kind, b: Kind) -> Kind | None:
    """The kind of a quotient, None if there is none; of two amounts of one kind it is a plain number."""
    if Kind.STATUS in (a, b):
        return None
    if b is Kind.CONSTANT:
        return a
    if b is Kind.STOCK:
        return {Kind.CONSTANT: Kind.STOCK, Kind.STOCK: Kind.STOCK, Kind.RATE: Kind.RATE, Kind.FLOW: Kind.FLOW}.get(a)
    return Kind.CONSTANT if a is b else None


def joined(a: Kind, b: Kind, *, a_is_zero: bool, b_is_zero: bool) -> Kind | None:
    """The kind of what adds, compares or chooses between two, None if they do not go together."""
    if a is b:
        return a
    if a in LEVELS and b in LEVELS:
        return Kind.STOCK
    if a in AMOUNTS and b_is_zero:
        return a
    return b if b in AMOUNTS and a_is_zero else None


def conversion(a: Kind, b: Kind) -> str:
    """What to write to bring two kinds together."""
    kinds = {a, b}
    if kinds == {Kind.RATE, Kind.FLOW}:
        return "over(rate), per_year(flow)"
    if Kind.FLOW in kinds and kinds & set(LEVELS):
        return "cum(flow, opening), per_year(flow)"
    if Kind.RATE in kinds and kinds & set(LEVELS):
        return "over(rate), /year"
    return "if … else"
