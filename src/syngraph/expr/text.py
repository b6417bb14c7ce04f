"""An expression as text, with brackets only where they are needed."""

from typing import assert_never

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

_CHOICE, _NOT, _COMPARE, _MINUS, _ATOM = 1, 4, 5, 8, 9
_BINDS = {"or": 2, "and": 3, "+": 6, "-": 6, "*": 7, "/": 7}


def written(expr: Expr) -> str:
    """The text of an expression; literals are as their author wrote them."""
    return _text(expr)[0]


def _text(expr: Expr) -> tuple[str, int]:
    """The text, and how strongly it holds together."""
    match expr:
        case Number(quantity=quantity):
            return quantity.text or str(quantity.number), _ATOM
        case Day(day=day):
            return day.isoformat(), _ATOM
        case Truth(value=value):
            return str(value).lower(), _ATOM
        case Name(text=text):
            return text, _ATOM
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_argument(a) for a in arguments)})", _ATOM
        case Negative(operand=operand):
            return f"-{_within(operand, _MINUS)}", _MINUS
        case Not(operand=operand):
            return f"not {_within(operand, _NOT)}", _NOT
        case Arithmetic(operator=operator, left=left, right=right) | Logic(operator=operator, left=left, right=right):
            binds = _BINDS[operator]
            return f"{_within(left, binds)} {operator} {_within(right, binds + 1)}", binds
        case Comparison(operator=operator, left=left, right=right):
            return f"{_within(left, _COMPARE + 1)} {operator} {_within(right, _COMPARE + 1)}", _COMPARE
        case Choice(then=then, condition=condition, otherwise=otherwise):
            sides = _within(then, _CHOICE + 1), _within(condition, _CHOICE + 1), _within(otherwise, _CHOICE)
            return "{} if {} else {}".format(*sides), _CHOICE
        case _:
            assert_never(expr)


def _argument(argument: Argument) -> str:
    text = written(argument.value)
    return f"{argument.keyword} = {text}" if argument.keyword else text


def _within(expr: Expr, least: int) -> str:
    text, holds = _text(expr)
    return text if holds >= least else f"({text})"
