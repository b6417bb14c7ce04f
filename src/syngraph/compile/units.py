"""The value of each unit: the one place that knows them all."""

from typing import assert_never

from syngraph.base.units import PLAIN
from syngraph.compile.money import payments, waterfalls
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, Moment, Value, When
from syngraph.compile.values import draws
from syngraph.graph.kinds import LEVELS, Kind
from syngraph.graph.names import Unit
from syngraph.model.agreements import Payment
from syngraph.model.assumptions import Assumption
from syngraph.model.facts import Series, Statement
from syngraph.model.facts import Value as Fact
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

KINDS = {"rate": Kind.RATE, "flow": Kind.FLOW, "stock": Kind.STOCK, "status": Kind.STATUS}


def evaluate(low: Lowering, unit: Unit, moment: Moment) -> dict[str, Value]:
    """All parts of a unit."""
    if moment.when is When.END and not changes_at_end(low, unit):
        return low.ended(unit)
    match unit:
        case Fact(value=value):
            return {"": low.value(value.chosen, START)}
        case Statement():
            return {}
        case Series():
            return {"": draws.series(low, unit)}
        case Assumption():
            return {"": draws.assumption(low, unit)}
        case Measure():
            return {"": _as_declared(low, unit, low.value(unit.value.chosen, moment))}
        case Dependence(share=share):
            return {"": _share(low, unit, low.value(share.chosen, moment))}
        case Payment():
            return payments.evaluate(low, unit, moment)
        case Waterfall():
            return waterfalls.evaluate(low, unit, moment)
        case _:
            assert_never(unit)


def changes_at_end(low: Lowering, unit: Unit) -> bool:
    """Whether a unit may be something else at the very end of a stretch: a condition, or what sums bear on."""
    if isinstance(unit, Measure) and unit.kind == Kind.STATUS.value:
        return True
    return unit.head.name in low.order.summed and not isinstance(unit, Payment)


def _as_declared(low: Lowering, unit: Measure, value: Value) -> Value:
    """A value of a measure, if it is of the kind the measure is declared as."""
    wanted = KINDS[unit.kind]
    if not value.known or value.kind is wanted:
        return value
    if wanted is Kind.STOCK and value.kind is Kind.CONSTANT:
        return Value(Kind.STOCK, value.dimension, *value.points(), value.ratio)
    ways = {
        (Kind.RATE, Kind.FLOW): "over(…)",
        (Kind.FLOW, Kind.RATE): "per_year(…)",
        (Kind.FLOW, Kind.STOCK): "cum(…, opening)",
    }
    way = ways.get((value.kind, wanted), f"{value.kind.value}:")
    return low.wrong("kind-declared", unit.value.chosen.span, declared=unit.kind, found=value.words(), way=way)


def _share(low: Lowering, unit: Dependence, value: Value) -> Value:
    if value.known and (value.dimension != PLAIN or value.kind not in LEVELS):
        return low.wrong("share-not-plain", unit.share.chosen.span, found=value.words())
    return value
