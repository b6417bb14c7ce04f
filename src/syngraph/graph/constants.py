"""Amounts that are certain and known before the program is made, exact."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from syngraph.base.units import Dimension, multiply
from syngraph.expr.nodes import Arithmetic, Day, Expr, Name, Negative, Number
from syngraph.expr.walk import walk
from syngraph.graph.names import Scope
from syngraph.graph.order import ordered
from syngraph.model.assumptions import Assumption, Certain
from syngraph.model.facts import Value

Amount = tuple[Decimal, Dimension, bool]


def amount(expr: Expr, scope: Scope) -> Amount | None:
    """The certain amount, dimension and whether it is a rate; None if it is uncertain or no such amount."""
    known: dict[str, Amount | None] = {}
    for name in _names_behind(expr, scope):
        behind = certain(name, scope)
        known[name] = None if behind is None else _amount(behind, known)
    return _amount(expr, known)


def _names_behind(expr: Expr, scope: Scope) -> tuple[str, ...]:
    """The names an expression rests on, those of facts and assumptions that rest on others after these."""
    edges: dict[str, tuple[str, ...]] = {}
    open_names = _names(expr)
    while open_names:
        name = open_names.pop()
        if name not in edges:
            behind = certain(name, scope)
            edges[name] = () if behind is None else tuple(_names(behind))
            open_names += edges[name]
    return ordered(edges)[0]


def _names(expr: Expr) -> list[str]:
    return [e.text for e in walk(expr) if isinstance(e, Name)]


def _amount(expr: Expr, known: Mapping[str, Amount | None]) -> Amount | None:
    match expr:
        case Number(quantity=quantity):
            return quantity.amount, quantity.unit.dimension, quantity.unit.per_year
        case Negative(operand=operand):
            inner = _amount(operand, known)
            return inner and (-inner[0], inner[1], inner[2])
        case Name(text=text):
            return known.get(text)
        case Arithmetic(operator=operator, left=left, right=right):
            a, b = _amount(left, known), _amount(right, known)
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


def day(expr: Expr, scope: Scope) -> date | None:
    """The certain day an expression names."""
    seen: set[str] = set()
    behind: Expr | None = expr
    while isinstance(behind, Name) and behind.text not in seen:
        seen.add(behind.text)
        behind = certain(behind.text, scope)
    return behind.day if isinstance(behind, Day) else None
