"""The parts of an expression."""

from collections.abc import Iterator
from typing import assert_never

from syngraph.expr.nodes import (
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


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts, left to right."""
    match expr:
        case Number() | Day() | Truth() | Name():
            return ()
        case Call(arguments=arguments):
            return tuple(a.value for a in arguments)
        case Negative(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right) | Logic(left=left, right=right):
            return (left, right)
        case Choice(then=then, condition=condition, otherwise=otherwise):
            return (then, condition, otherwise)
        case _:
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and all its parts."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def height(expr: Expr) -> int:
    """The longest way down, counted without recursion so that any text can be measured."""
    highest, open_ends = 0, [(expr, 1)]
    while open_ends:
        node, level = open_ends.pop()
        highest = max(highest, level)
        open_ends.extend((child, level + 1) for child in children(node))
    return highest


def names(expr: Expr) -> tuple[Name, ...]:
    """Every name in it, with its place."""
    return tuple(e for e in walk(expr) if isinstance(e, Name))


def days(expr: Expr) -> tuple[Day, ...]:
    """Every literal day in it."""
    return tuple(e for e in walk(expr) if isinstance(e, Day))
