"""Which plain numbers are parts of a whole, shown in percent: a record or formula says so, or it is just a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from syngraph.base.units import PLAIN
from syngraph.expr.nodes import Arithmetic, Call, Choice, Expr, Name, Negative, Number
from syngraph.graph.edges import UNITS, targets, unit_edges
from syngraph.graph.names import Part, Unit
from syngraph.graph.order import ordered
from syngraph.graph.typing import Types
from syngraph.model.agreements import Payment
from syngraph.model.assumptions import Assumption, Beta, Certain, Distribution, OneOf
from syngraph.model.facts import Series, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

Says = bool | None
"""Yes, no, or nothing: `20 %`, `t`, and the `1` of `1 - rate`."""


@dataclass(slots=True)
class Fractions:
    """Whether the units of a case are parts of a whole, each found after what it is made of."""

    types: Types
    known: dict[str, bool] = field(default_factory=dict)

    def unit(self, unit: Unit) -> bool:
        """Whether a unit is a part of a whole; if nothing says so it is not."""
        if not self.known:
            units = self.types.scope.units
            edges = {name: tuple(targets(unit_edges(self.types.scope, one), UNITS)) for name, one in units.items()}
            for name in ordered(edges)[0]:
                self.known[name] = bool(self._unit(units[name]))
        return self.known[unit.head.name]

    def _unit(self, unit: Unit) -> Says:
        match unit:
            case Dependence() | Assumption(draw=Distribution(family=Beta())):
                return True
            case Value(value=value) | Assumption(draw=Certain(value=value)) | Measure(value=value):
                return self.of(value.chosen)
            case Series(periods=periods):
                return self._joined(p.value for p in periods)
            case Assumption(draw=Distribution() as draw):
                return self._joined(value for _, value in draw.parameters)
            case Assumption(draw=OneOf(options=options)):
                return self._joined(value for value, _ in options)
            case Waterfall(pot=pot):
                return self.of(pot.chosen)
            case Payment(amount=amount):
                return self.of(amount.chosen) if amount is not None else None
            case _:
                return None

    def of(self, expr: Expr) -> Says:
        """What an expression says of itself."""
        match expr:
            case Number(quantity=quantity):
                return True if "%" in quantity.unit.text or quantity.unit.text.startswith("pp") else None
            case Name(text=text):
                return self._name(text)
            case Negative(operand=operand):
                return self.of(operand)
            case Choice(then=then, otherwise=otherwise):
                return self._joined((then, otherwise))
            case Arithmetic(operator="*", left=left, right=right):
                return self._product(left, right)
            case Arithmetic(operator="/", left=left, right=right):
                return self._quotient(left, right)
            case Arithmetic(left=left, right=right):
                return self._joined((left, right))
            case Call():
                return self._call(expr)
            case _:
                return None

    def _name(self, text: str) -> Says:
        match self.types.scope.bound(text):
            case Part(unit=unit):
                return self.known.get(unit.head.name)  # in a loop of units one of them is not known yet
            case _:
                return False

    def _joined(self, parts: Iterable[Expr]) -> Says:
        """Of what adds, compares or chooses: all that say anything must say it."""
        said = [s for part in parts if (s := self.of(part)) is not None]
        return all(said) if said else None

    def _product(self, left: Expr, right: Expr) -> Says:
        """A part of a number is a part; what cancels to a plain number says nothing."""
        if not self._plain(left) or not self._plain(right):
            return None
        said = [s for s in (self.of(left), self.of(right)) if s is not None]
        return any(said) if said else None

    def _quotient(self, left: Expr, right: Expr) -> Says:
        """Of two amounts of one dimension, or two parts, it is a part; so is a part of a part by a number."""
        if not self._plain(left) or not self._plain(right):
            over, under = self.types.of(left), self.types.of(right)
            return True if over is not None and under is not None and over[1] == under[1] else None
        over_says, under_says = self.of(left), self.of(right)
        if under_says:
            return bool(over_says)
        return over_says if over_says is not None else under_says

    def _plain(self, expr: Expr) -> bool:
        found = self.types.of(expr)
        return found is None or found[1] == PLAIN

    def _call(self, expr: Call) -> Says:
        given = [a.value for a in expr.arguments]
        match expr.function:
            case "min" | "max":
                return self._joined(given)
            case "grow" | "over" | "per_year" | "trailing" | "cum" | "prev" | "sqrt" if given:
                return self.of(given[0])
            case _:
                return None
