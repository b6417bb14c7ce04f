"""The kind and dimension of an expression, without working it out: None where something is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from syngraph.base.units import PLAIN, Dimension, multiply
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
from syngraph.graph.constants import amount
from syngraph.graph.kinds import AMOUNTS, DATE, Kind, joined, product, quotient
from syngraph.graph.names import ClockName, Part, Scope, Unit
from syngraph.model.agreements import Payment
from syngraph.model.assumptions import Assumption, Between, Certain, Distribution, OneOf
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

Type = tuple[Kind, Dimension]
_DECLARED = {"rate": Kind.RATE, "flow": Kind.FLOW, "stock": Kind.STOCK, "status": Kind.STATUS}
_TRUTHS = frozenset({"happened", "in_force", "controls", "may_control"})


@dataclass(slots=True)
class Types:
    """The types of the units of a case, found in the `order` in which each comes after what it is made of.

    A unit that needs its own type has none.
    """

    scope: Scope
    order: Sequence[str]
    known: dict[str, Type | None] = field(default_factory=dict)

    def of(self, expr: Expr) -> Type | None:
        """The kind and dimension of an expression."""
        match expr:
            case Number(quantity=quantity):
                return (Kind.RATE if quantity.unit.per_year else Kind.CONSTANT), quantity.unit.dimension
            case Day():
                return Kind.CONSTANT, DATE
            case Truth() | Comparison() | Logic() | Not():
                return Kind.STATUS, PLAIN
            case Name(text=text):
                return self._name(text)
            case Negative(operand=operand):
                return self.of(operand)
            case Choice(then=then, otherwise=otherwise):
                return self._joined(then, otherwise)
            case Arithmetic(operator=operator, left=left, right=right):
                return self._arithmetic(operator, left, right)
            case Call():
                return self._call(expr)

    def unit(self, unit: Unit) -> Type | None:
        """The kind and dimension of a unit's value, and of its parts."""
        if not self.known:
            for name in self.order:  # so that long chains do not nest
                self._find(name)
        return self._find(unit.head.name)

    def _find(self, name: str) -> Type | None:
        if name not in self.known:
            self.known[name] = None
            self.known[name] = self._unit(self.scope.units[name])
        return self.known[name]

    def _unit(self, unit: Unit) -> Type | None:
        match unit:
            case Value(value=value) | Assumption(draw=Certain(value=value)):
                return self.of(value.chosen)
            case Series(periods=periods):
                return self.of(periods[0].value) if periods else None
            case Assumption(draw=Distribution() as draw):
                return self.of(draw.parameters[0][1])
            case Assumption(draw=OneOf(options=options)):
                return self.of(options[0][0]) if options else None
            case Assumption(draw=Between()):
                return Kind.CONSTANT, DATE
            case Measure(kind=kind, value=value):
                inner = self.of(value.chosen)
                return None if inner is None else (_DECLARED[kind], inner[1])
            case Dependence(share=share):
                return self.of(share.chosen)
            case Payment(amount=given, exceptions=exceptions):
                amounts = [a for a in (given, *(e.amount for e in exceptions)) if a is not None]
                inner = self.of(amounts[0].chosen) if amounts else (Kind.FLOW, ((self.scope.case.currency, 1),))
                return None if inner is None else (Kind.FLOW, inner[1])
            case Waterfall(pot=pot):
                return self.of(pot.chosen)
            case Statement() | Assumption():
                return None

    def _name(self, text: str) -> Type | None:
        match self.scope.bound(text):
            case Part(unit=unit):
                return self.unit(unit)
            case ClockName(text=clock):
                return Kind.CONSTANT if clock == "dt" else Kind.STOCK, DATE if clock == "date" else PLAIN
            case None:
                return None
            case _:
                return Kind.STATUS, PLAIN

    def _joined(self, left: Expr, right: Expr) -> Type | None:
        a, b = self.of(left), self.of(right)
        if a is None or b is None:
            return a or b
        kind = joined(a[0], b[0], a_is_zero=self._zero(left), b_is_zero=self._zero(right))
        return None if kind is None else (kind, b[1] if self._zero(left) else a[1])

    def _zero(self, expr: Expr) -> bool:
        found = amount(expr, self.scope)
        return found is not None and found[0] == 0

    def _arithmetic(self, operator: str, left: Expr, right: Expr) -> Type | None:
        if operator in "+-":
            return self._joined(left, right)
        a, b = self.of(left), self.of(right)
        if a is None or b is None:
            return None
        if operator == "*":
            kind = product(a[0], b[0], plain=PLAIN in (a[1], b[1]))
            return None if kind is None else (kind, multiply(a[1], b[1]))
        kind = quotient(a[0], b[0])
        return None if kind is None else (kind, multiply(a[1], b[1], -1))

    def _call(self, expr: Call) -> Type | None:
        given = [a.value for a in expr.arguments]
        match expr.function:
            case "min" | "max" if len(given) > 1:
                return self._joined(given[0], given[1])
            case "over" | "per_year" | "exp" | "log" | "sqrt" | "grow" | "trailing" | "cum" | "prev" if given:
                return self._of_one(expr.function, given)
            case "paid" | "received" if given and isinstance(given[0], Name):
                streams = self.scope.paying if expr.function == "paid" else self.scope.paid
                found = [
                    t for u in streams.get(given[0].text, ()) if (t := self.unit(u)) is not None and t[0] in AMOUNTS
                ]
                return found[0] if found else (Kind.FLOW, ((self.scope.case.currency, 1),))
            case "walk":
                return Kind.STOCK, PLAIN
            case "noise":
                return Kind.CONSTANT, PLAIN
            case function if function in _TRUTHS:
                return Kind.STATUS, PLAIN
            case _:
                return None

    def _of_one(self, function: str, given: list[Expr]) -> Type | None:
        """Of functions that keep the dimension of an argument; a running total has that of its opening, if any."""
        place = 1 if function in ("cum", "prev") and len(given) > 1 else 0
        inner = self.of(given[place])
        if inner is None:
            return None
        kind, dimension = inner
        match function:
            case "over":
                return Kind.FLOW, dimension
            case "per_year":
                return Kind.RATE, dimension
            case "grow":
                return Kind.RATE if kind is Kind.RATE else Kind.STOCK, dimension
            case "prev":
                return Kind.STATUS if kind is Kind.STATUS else Kind.STOCK, dimension
            case "cum" | "trailing":
                return Kind.STOCK, dimension
            case _:
                return inner
