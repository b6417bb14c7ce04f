"""When, inside a segment, a condition first comes true: a share of the segment, or NEVER."""

from typing import assert_never

from syngraph.compile import expressions
from syngraph.compile.arithmetic import fits
from syngraph.compile.builder import Node
from syngraph.compile.lowering import NEVER, Latch, Lowering
from syngraph.compile.values import Kind, Value
from syngraph.compile.worlds import BEFORE
from syngraph.expr.nodes import (
    Argument,
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Day,
    Expr,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Truth,
)


def comes_true(low: Lowering, condition: Expr) -> Node:
    """The share at which a condition first holds; `not` is tested at the moment the rest comes true."""
    positive, tests = _parts(low, condition)
    build = low.build
    moment = positive[0] if positive else build.const(0.0)
    for share in positive[1:]:
        moment = _latest(low, moment, share)
    for share in tests:
        barred = build.either(build.at_most(build.const(1.0), moment), build.at_most(share, moment))
        moment = build.select(barred, build.const(NEVER), moment)
    return moment


def _latest(low: Lowering, a: Node, b: Node) -> Node:
    """When both have come true. If one does not in this segment, the other may be no number."""
    build, one = low.build, low.build.const(1.0)
    missed = build.either(build.at_most(one, a), build.at_most(one, b))
    return build.select(missed, build.const(NEVER), build.larger(a, b))


def _earliest(low: Lowering, a: Node, b: Node) -> Node:
    """When the first has come true. If one is true at once, the other may be no number."""
    build, zero = low.build, low.build.const(0.0)
    met = build.either(build.at_most(a, zero), build.at_most(b, zero))
    return build.select(met, zero, build.smaller(a, b))


def _parts(low: Lowering, condition: Expr) -> tuple[list[Node], list[Node]]:
    """The shares of a conjunction's members, and those of its negated members."""
    match condition:
        case Logic(operator="and", left=left, right=right):
            a, b = _parts(low, left), _parts(low, right)
            return a[0] + b[0], a[1] + b[1]
        case Not(operand=operand):
            return [], [comes_true(low, operand)]
        case _:
            return [_share(low, condition)], []


def _share(low: Lowering, expr: Expr) -> Node:
    match expr:
        case Logic(operator="or", left=left, right=right):
            return _earliest(low, comes_true(low, left), comes_true(low, right))
        case Logic() | Not():
            return comes_true(low, expr)
        case Comparison():
            return _crossing(low, expr)
        case Name(text=text) if (outcome := low.scope.outcome(text)) is not None:
            return _of_latch(low, outcome[0].head.name, outcome[1])
        case Name(text=text) if (stage := low.scope.stage(text)) is not None:
            moment = low.scope.settled(dict(stage[0].stages)[stage[1]])
            if moment.name:
                return _share(low, _asked(low, moment.name, expr))
            return _held(low, expr)
        case Call(function="happened", arguments=arguments) if arguments and isinstance(arguments[0].value, Name):
            return _happened(low, expr, arguments[0].value)
        case Name() | Call() | Truth() | Choice() | Number() | Day() | Negative() | Arithmetic():
            return _held(low, expr)
        case _:
            assert_never(expr)


def _asked(low: Lowering, name: str, at: Name) -> Expr:
    """`x` as a question: an outcome or stage by its name, an event as `happened(x)`."""
    if name in low.scope.events:
        return Call("happened", (Argument("", Name(name, at.span)),), at.span)
    return Name(name, at.span)


def _happened(low: Lowering, expr: Call, name: Name) -> Node:
    expressions.lower(low, expr, BEFORE)  # says what is wrong with the name, if anything is
    if low.scope.stage(name.text) is not None:
        return _share(low, name)
    return _of_latch(low, name.text, "")


def _of_latch(low: Lowering, name: str, outcome: str) -> Node:
    latch = low.latches.get(name)
    if latch is None:
        return low.build.const(NEVER)
    return latch_share(low, latch, outcome)


def latch_share(low: Lowering, latch: Latch, outcome: str = "") -> Node:
    """When in the segment an event is on: at once if it is already, else at its hit."""
    build = low.build
    before, decided = (latch.on, None) if not outcome else latch.outcomes[outcome]
    later = build.const(NEVER) if latch.hit is None or latch.delayed else latch.hit
    if decided is not None:
        later = build.select(decided, later, build.const(NEVER))
    return build.select(before, build.const(0.0), later)


def _held(low: Lowering, expr: Expr) -> Node:
    """A status that holds, holds from the start of the segment."""
    value = expressions.truth(low, expr, BEFORE)
    build = low.build
    return build.select(value.mid, build.const(0.0), build.const(NEVER)) if value.known else build.const(NEVER)


def _crossing(low: Lowering, expr: Comparison) -> Node:
    """A level crosses at -g0 / (g1 - g0), g the gap at both ends; anything else holds from the start or not at all."""
    value = expressions.lower(low, expr, BEFORE)
    build = low.build
    never, at_once = build.const(NEVER), build.const(0.0)
    if not value.known:
        return never
    a, b = expressions.lower(low, expr.left, BEFORE), expressions.lower(low, expr.right, BEFORE)
    kind = fits(low, a, b, expr.span, operator=expr.operator)
    if kind is not Kind.STOCK or expr.operator in ("==", "!="):
        return build.select(value.mid, at_once, never)
    g0, g1 = _gap(low, expr.operator, a, b)
    share = build.div(g0, build.sub(g0, g1))
    reaches = build.at_most(build.const(0.0), g1) if "=" in expr.operator else build.less(build.const(0.0), g1)
    return build.select(value.start, at_once, build.select(reaches, share, never))


def _gap(low: Lowering, operator: str, a: Value, b: Value) -> tuple[Node, Node]:
    high, less = (a, b) if operator in (">", ">=") else (b, a)
    return low.build.sub(high.start, less.start), low.build.sub(high.end, less.end)
