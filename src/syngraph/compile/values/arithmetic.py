"""Arithmetic and comparison of kinds and dimensions, point by point over a stretch."""

from collections.abc import Callable

from syngraph.base.spans import Span
from syngraph.base.units import PLAIN, YEAR, Dimension, dimension_text, multiply
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import UNKNOWN, Sums, Value, When
from syngraph.compile.values.switches import above
from syngraph.graph.kinds import AMOUNTS, DATE, Kind, conversion, joined, product, quotient

Two = Callable[[Node, Node], Node]
Pair = tuple[Value, Value]
"""A quantity at the start of a stretch, and over what of the stretch is looked at (twice the same if that is all)."""


def is_zero(low: Lowering, value: Value) -> bool:
    """Whether a value is the constant nought."""
    return value.kind is Kind.CONSTANT and value.flat and low.build.written(value.start) == 0


def fits(low: Lowering, a: Value, b: Value, span: Span, *, operator: str) -> Kind | None:
    """The joint kind of two operands, or None with a diagnostic."""
    if not (a.known and b.known):
        return None
    kind = joined(a.kind, b.kind, a_is_zero=is_zero(low, a), b_is_zero=is_zero(low, b))
    if kind is None:
        way = conversion(a.kind, b.kind)
        low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator=operator, way=way)
    elif a.dimension != b.dimension:
        left, right = dimension_text(a.dimension), dimension_text(b.dimension)
        low.wrong("dimension-mix", span, left=left, right=right, operator=operator)
        kind = None
    return kind


def each(kind: Kind, dimension: Dimension, op: Two, a: Value, b: Value) -> Value:
    """The operation at the start, in the middle and at the end."""
    start, middle, end = (op(x, y) for x, y in zip(a.points(), b.points(), strict=True))
    return Value(kind, dimension, start, middle, end)


def plus_minus(low: Lowering, operator: str, a: Value, b: Value, span: Span) -> Value:
    """a + b or a - b."""
    op = low.build.add if operator == "+" else low.build.sub
    if a.known and b.known and DATE in (a.dimension, b.dimension):
        return _days(low, operator, a, b, span)
    kind = fits(low, a, b, span, operator=operator)
    if kind is None or kind is Kind.STATUS:
        return UNKNOWN if kind is None else low.wrong("not-a-number-here", span, found=a.words())
    return with_sums(each(kind, a.dimension, op, a, b), added_sums(low, a, b, minus=operator == "-"))


def _days(low: Lowering, operator: str, a: Value, b: Value, span: Span) -> Value:
    """Day ± duration is a day, day − day a duration."""
    op = low.build.add if operator == "+" else low.build.sub
    kind = joined(a.kind, b.kind, a_is_zero=False, b_is_zero=False)
    if kind is not None and a.dimension == DATE and b.dimension == YEAR:
        return each(kind, DATE, op, a, b)
    if kind is not None and operator == "-" and a.dimension == b.dimension == DATE:
        return each(kind, YEAR, op, a, b)
    left, right = dimension_text(a.dimension), dimension_text(b.dimension)
    return low.wrong("dimension-mix", span, left=left, right=right, operator=operator)


def times(low: Lowering, a: Value, b: Value, span: Span) -> Value:
    """a * b."""
    if not (a.known and b.known):
        return UNKNOWN
    kind = product(a.kind, b.kind, plain=PLAIN in (a.dimension, b.dimension))
    if kind is None or DATE in (a.dimension, b.dimension):
        return low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator="*", way=_product_way(a, b))
    result = each(kind, multiply(a.dimension, b.dimension), low.build.mul, a, b)
    result = with_ratio(result, low, a, b) or with_ratio(result, low, b, a) or result
    return with_sums(result, _scaled(low, a, b) or _scaled(low, b, a))


def with_ratio(result: Value, low: Lowering, quotient_: Value, factor: Value) -> Value | None:
    """A quotient of amounts times what is the same all along is a quotient of amounts too."""
    if quotient_.ratio is None or not factor.flat or low.varies(factor.start):
        return None
    over, under = quotient_.ratio
    return Value(*_fields(result), (low.build.mul(over, factor.start), under))


def _product_way(a: Value, b: Value) -> str:
    if Kind.STATUS in (a.kind, b.kind):
        return "… if … else 0"
    return "per_year(flow), over(rate)" if Kind.FLOW in (a.kind, b.kind) else "prev(stock, initial)"


def over(low: Lowering, a: Value, b: Value, span: Span) -> Value:
    """a / b. Where both are 0 at an end of the stretch, the quotient is carried on from inside."""
    if not (a.known and b.known):
        return UNKNOWN
    kind = quotient(a.kind, b.kind)
    if kind is None or DATE in (a.dimension, b.dimension):
        way = conversion(a.kind, b.kind)
        return low.wrong("kind-mix", span, left=a.words(), right=b.words(), operator="/", way=way)
    scaled = b.kind is Kind.CONSTANT and b.flat
    if b.sums or (a.sums and not scaled):
        return low.wrong("sum-in-bend", span)
    if b.flat and low.build.written(b.start) == 0:
        return low.wrong("division-by-zero", span)
    build = low.build
    start, middle, end = (build.div(x, y) for x, y in zip(a.points(), b.points(), strict=True))
    if not b.flat:
        start, end = (
            build.make("carry", a.start, b.start, middle, end),
            build.make("carry", a.end, b.end, middle, start),
        )
    result = Value(kind, multiply(a.dimension, b.dimension, -1), start, middle, end)
    if a.kind in AMOUNTS and b.kind in AMOUNTS:
        return Value(*_fields(result), (low.amount(a), low.amount(b)))
    if scaled:
        inverse = Value(b.kind, b.dimension, *(build.div(build.const(1.0), b.start),) * 3)
        return with_sums(with_ratio(result, low, a, inverse) or result, _scaled(low, a, inverse))
    return result


def compare(
    low: Lowering,
    operator: str,
    a: Value,
    b: Value,
    span: Span,
    *,
    when: When,
    sides: Callable[[], tuple[Value, Value]],
) -> Node | None:
    """The truth of a comparison from the moment on; `sides` are both over the stretch, left to right."""
    kind = fits(low, a, b, span, operator=operator)
    if kind is None:
        return None
    if operator in ("==", "!="):
        return _equal(low, operator, a, b, kind, span, when=when, sides=sides)
    turned = operator in ("<", "<=")
    left, right = (b, a) if turned else (a, b)

    def both() -> tuple[Value, Value]:
        one, other = sides()
        return (other, one) if turned else (one, other)

    return above(low, left, right, strict=operator in ("<", ">"), when=when, sides=both)


def _equal(
    low: Lowering,
    operator: str,
    a: Value,
    b: Value,
    kind: Kind,
    span: Span,
    *,
    when: When,
    sides: Callable[[], tuple[Value, Value]],
) -> Node | None:
    """a == b is a >= b and a <= b; of quantities that move it is true at moments only, and so no condition."""
    if kind not in (Kind.CONSTANT, Kind.STATUS):
        low.wrong("equality-of-quantities", span, found=operator)
        return None
    build = low.build
    if kind is Kind.STATUS:
        same = build.make("eq", a.start, b.start)
    else:
        same = build.both(
            above(low, a, b, strict=False, when=when, sides=sides),
            above(low, b, a, strict=False, when=when, sides=lambda: sides()[::-1]),
        )
    return same if operator == "==" else build.no(same)


def extreme(low: Lowering, function: str, a: Value, b: Value, kind: Kind) -> Value:
    """The smaller or larger of two, as they are."""
    return each(kind, a.dimension, low.build.smaller if function == "min" else low.build.larger, a, b)


def bend(
    low: Lowering, function: str, a: Pair, b: Pair, kind: Kind, *, sides: Callable[[], tuple[Value, Value] | None]
) -> Pair:
    """The smaller or larger of two, a switch where they cross: at the start, and over what is looked at."""
    (a0, a1), (b0, b1) = a, b
    if not (low.varies(a0.start) or low.varies(b0.start)) and a1.flat and b1.flat:
        return (extreme(low, function, a0, b0, kind),) * 2
    higher = above(low, a0, b0, strict=False, when=When.START, sides=sides, bend=True)
    if function == "min":
        a0, a1, b0, b1 = b0, b1, a0, a1
    now = chosen(low, higher, a0, b0, kind)
    return now, now if a1 is a0 and b1 is b0 else chosen(low, higher, a1, b1, kind)


def chosen(low: Lowering, truth: Node, a: Value, b: Value, kind: Kind) -> Value:
    """a where a truth holds, else b."""
    select, zero = low.build.select, low.build.const(0.0)
    start, middle, end = (select(truth, x, y) for x, y in zip(a.points(), b.points(), strict=True))
    result = Value(kind, a.dimension, start, middle, end)
    if a.sums is None and b.sums is None:
        return result
    one, other = a.sums or Sums(zero, zero), b.sums or Sums(zero, zero)
    return with_sums(result, Sums(select(truth, one.start, other.start), select(truth, one.end, other.end)))


# amounts paid at a moment


def with_sums(value: Value, sums: Sums | None) -> Value:
    """The value with sums beside what flows evenly."""
    return Value(*_fields(value), value.ratio, sums) if sums else value


def added_sums(low: Lowering, a: Value, b: Value, *, minus: bool = False) -> Sums | None:
    """The sums of a + b or a - b."""
    if a.sums is None or b.sums is None:
        other = b.sums and Sums(low.build.minus(b.sums.start), low.build.minus(b.sums.end)) if minus else b.sums
        return a.sums or other
    op = low.build.sub if minus else low.build.add
    return Sums(op(a.sums.start, b.sums.start), op(a.sums.end, b.sums.end))


def _scaled(low: Lowering, flow: Value, factor: Value) -> Sums | None:
    """The sums of a product: each times the factor as it stands when it is due."""
    if flow.sums is None:
        return None
    return Sums(low.build.mul(flow.sums.start, factor.start), low.build.mul(flow.sums.end, factor.end))


def _fields(value: Value) -> tuple[Kind, Dimension, Node, Node, Node]:
    return value.kind, value.dimension, value.start, value.middle, value.end
