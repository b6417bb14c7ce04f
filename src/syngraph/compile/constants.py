"""Amounts that are certain and known before the program is made, exact."""

from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from syngraph.base.units import Dimension, multiply
from syngraph.compile.scope import Scope
from syngraph.expr.nodes import Arithmetic, Day, Expr, Name, Negative, Number
from syngraph.model.assumptions import Assumption, Certain
from syngraph.model.facts import Value

Amount = tuple[Decimal, Dimension, bool]
_DEPTH = 50


def amount(expr: Expr, scope: Scope, depth: int = 0) -> Amount | None:
    """The certain amount, dimension and whether it is a rate; None if it is uncertain or no such amount."""
    match expr:
        case Number(quantity=quantity):
            return quantity.amount, quantity.unit.dimension, quantity.unit.per_year
        case Negative(operand=operand):
            inner = amount(operand, scope, depth)
            return inner and (-inner[0], inner[1], inner[2])
        case Name(text=text):
            behind = certain(text, scope)
            return amount(behind, scope, depth + 1) if behind is not None and depth < _DEPTH else None
        case Arithmetic(operator=operator, left=left, right=right):
            a, b = amount(left, scope, depth), amount(right, scope, depth)
            return _arithmetic(operator, a, b) if a and b else None
        case _:
            return None


def _arithmetic(operator: str, a: Amount, b: Amount) -> Amount | None:
    if operator in "+-":
        if a[1:] != b[1:]:
            return None
        return a[0] + b[0] if operator == "+" else a[0] - b[0], a[1], a[2]
    if operator == "*":
        return a[0] * b[0], multiply(a[1], b[1]), a[2] or b[2]
    try:
        return a[0] / b[0], multiply(a[1], b[1], -1), a[2] and not b[2]
    except (DivisionByZero, InvalidOperation):
        return None


def certain(name: str, scope: Scope) -> Expr | None:
    """The expression behind a certain fact or assumption, in the reading in use."""
    match scope.units.get(name):
        case Value(value=value) | Assumption(draw=Certain(value=value)):
            return value.chosen
        case _:
            return None


def day(expr: Expr, scope: Scope, depth: int = 0) -> date | None:
    """The certain day an expression names."""
    match expr:
        case Day(day=found):
            return found
        case Name(text=text):
            behind = certain(text, scope)
            return day(behind, scope, depth + 1) if behind is not None and depth < _DEPTH else None
        case _:
            return None
