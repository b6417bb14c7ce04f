"""Arithmetic and comparison of kinds and dimensions."""

from collections.abc import Callable

from syngraph.base.spans import Span
from syngraph.base.units import PLAIN, YEAR, Dimension, dimension_text, multiply
from syngraph.compile.builder import Node
from syngraph.compile.lowering import Lowering
from syngraph.compile.values import DATE, UNKNOWN, Kind, Value, flat, status, stock

_LEVELS = (Kind.CONSTANT, Kind.STOCK)
_AMOUNTS = (Kind.RATE, Kind.FLOW)
Two = Callable[[Node, Node], Node]


def is_zero(low: Lowering, value: Value) -> bool:
    """Whether a value is the constant nought."""
    return value.kind is Kind.CONSTANT and low.build.value(value.mid) == 0


def joined_kind(low: Lowering, a: Value, b: Value) -> Kind | None:
    """The kind of what adds, compares or chooses between two, None if they do not go together."""
    if a.kind is b.kind:
        return a.kind
    if a.kind in _LEVELS and b.kind in _LEVELS:
        return Kind.STOCK
    if a.kind in _AMOUNTS and is_zero(low, b):
        return a.kind
    if b.kind in _AMOUNTS and is_zero(low, a):
        return b.kind
    return None


def fits(low: Lowering, a: Value, b: Value, span: Span, *, operator: str) -> Kind | None:
    """The joint kind of two operands, or None with a diagnostic."""
    if not (a.known and b.known):
        return None
    kind = joined_kind(low, a, b)
    if kind is None:
        low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator=operator, way=_conversion(a, b))
    elif a.dimension != b.dimension:
        left, right = dimension_text(a.dimension), dimension_text(b.dimension)
        low.wrong("dimension-mix", span, left=left, right=right, operator=operator)
        kind = None
    return kind


def _conversion(a: Value, b: Value) -> str:
    kinds = {a.kind, b.kind}
    if kinds == {Kind.RATE, Kind.FLOW}:
        return "over(rate), per_year(flow)"
    if Kind.FLOW in kinds and kinds & set(_LEVELS):
        return "cum(flow, opening), per_year(flow)"
    if Kind.RATE in kinds and kinds & set(_LEVELS):
        return "over(rate), /year"
    return "if … else"


def each(low: Lowering, kind: Kind, dimension: Dimension, op: Two, a: Value, b: Value) -> Value:
    """The operation at both ends of a level, or on the one value of anything else."""
    if kind is Kind.STOCK:
        return stock(low.build, dimension, op(a.start, b.start), op(a.end, b.end))
    if kind is Kind.STATUS:
        return status(op(a.start, b.start), op(a.mid, b.mid), op(a.end, b.end))
    return flat(kind, dimension, op(a.mid, b.mid))


def plus_minus(low: Lowering, operator: str, a: Value, b: Value, span: Span) -> Value:
    """a + b or a - b."""
    op = low.build.add if operator == "+" else low.build.sub
    if a.known and b.known and DATE in (a.dimension, b.dimension):
        return _days(low, operator, a, b, span)
    kind = fits(low, a, b, span, operator=operator)
    if kind is None or kind is Kind.STATUS:
        return UNKNOWN if kind is None else low.wrong("not-a-number-here", span, found=a.words())
    return each(low, kind, a.dimension, op, a, b)


def _days(low: Lowering, operator: str, a: Value, b: Value, span: Span) -> Value:
    """Day ± duration is a day, day − day a duration."""
    op = low.build.add if operator == "+" else low.build.sub
    kind = joined_kind(low, a, b)
    if kind is not None and a.dimension == DATE and b.dimension == YEAR:
        return each(low, kind, DATE, op, a, b)
    if kind is not None and operator == "-" and a.dimension == b.dimension == DATE:
        return each(low, kind, YEAR, op, a, b)
    left, right = dimension_text(a.dimension), dimension_text(b.dimension)
    return low.wrong("dimension-mix", span, left=left, right=right, operator=operator)


def times(low: Lowering, a: Value, b: Value, span: Span) -> Value:
    """a * b."""
    if not (a.known and b.known):
        return UNKNOWN
    kind = _product(a, b)
    if kind is None or DATE in (a.dimension, b.dimension):
        return low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator="*", way=_product_way(a, b))
    return each(low, kind, multiply(a.dimension, b.dimension), low.build.mul, a, b)


def _product(a: Value, b: Value) -> Kind | None:
    kinds = {a.kind, b.kind}
    if Kind.STATUS in kinds:
        return None
    if Kind.CONSTANT in kinds:
        return a.kind if b.kind is Kind.CONSTANT else b.kind
    if kinds == {Kind.RATE, Kind.STOCK}:
        return Kind.RATE
    if kinds == {Kind.STOCK} and PLAIN in (a.dimension, b.dimension):
        return Kind.STOCK
    return None


def _product_way(a: Value, b: Value) -> str:
    if Kind.STATUS in (a.kind, b.kind):
        return "… if … else 0"
    return "per_year(flow), over(rate)" if Kind.FLOW in (a.kind, b.kind) else "prev(stock, initial)"


def over(low: Lowering, a: Value, b: Value, span: Span) -> Value:
    """a / b."""
    if not (a.known and b.known):
        return UNKNOWN
    kind = _quotient(a, b)
    if kind is None or DATE in (a.dimension, b.dimension):
        return low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator="/", way=_conversion(a, b))
    if low.build.value(b.mid) == 0 and low.build.value(b.start) == 0:
        return low.wrong("division-by-zero", span)
    return each(low, kind, multiply(a.dimension, b.dimension, -1), low.build.div, a, b)


def _quotient(a: Value, b: Value) -> Kind | None:
    if Kind.STATUS in (a.kind, b.kind):
        return None
    if b.kind is Kind.CONSTANT:
        return a.kind
    if b.kind is Kind.STOCK:
        return {Kind.CONSTANT: Kind.STOCK, Kind.STOCK: Kind.STOCK, Kind.RATE: Kind.RATE}.get(a.kind)
    return Kind.CONSTANT if a.kind is b.kind else None


def compare(low: Lowering, operator: str, a: Value, b: Value, span: Span) -> Value:
    """A comparison; a level is compared at both ends, and in between by the mean."""
    kind = fits(low, a, b, span, operator=operator)
    if kind is None:
        return UNKNOWN
    if operator in ("==", "!=") and kind not in (Kind.CONSTANT, Kind.STATUS):
        return low.wrong("equality-of-quantities", span, found=operator)
    op = comparison(low, operator)
    return status(op(a.start, b.start), op(a.mid, b.mid), op(a.end, b.end))


def comparison(low: Lowering, operator: str) -> Two:
    """The nodes a comparison makes."""
    build = low.build
    table: dict[str, Two] = {
        "<": build.less,
        "<=": build.at_most,
        ">": lambda a, b: build.less(b, a),
        ">=": lambda a, b: build.at_most(b, a),
        "==": lambda a, b: build.make("eq", a, b),
        "!=": lambda a, b: build.no(build.make("eq", a, b)),
    }
    return table[operator]
