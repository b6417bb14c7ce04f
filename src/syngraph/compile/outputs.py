"""Which series a run keeps."""

from dataclasses import dataclass

from syngraph.base.units import PLAIN, Dimension, dimension_text
from syngraph.compile import arithmetic, expressions, units
from syngraph.compile.builder import Node
from syngraph.compile.lowering import Lowering
from syngraph.compile.scope import Unit
from syngraph.compile.values import DATE, Kind, Value
from syngraph.compile.worlds import START, WHOLE
from syngraph.ir.program import Fold, Output
from syngraph.model.assumptions import Assumption
from syngraph.model.events import Decision

INTERACTING = "interacting hits"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named quantity of the program: what kind it is, in which unit, and how its series is folded."""

    name: str
    unit: str
    kind: Kind
    dimension: Dimension
    part: str
    fold: Fold


_FOLDS = {
    Kind.RATE: Fold.YEAR_MEAN,
    Kind.FLOW: Fold.YEAR_SUM,
    Kind.STOCK: Fold.YEAR_END,
    Kind.STATUS: Fold.YEAR_END,
    Kind.CONSTANT: Fold.YEAR_END,
}


def all_outputs(low: Lowering) -> tuple[list[Output], list[Quantity]]:
    """A series for every quantity, party and event of the case."""
    outputs: list[Output] = []
    quantities: list[Quantity] = []
    discount = _discount(low)
    for name in low.order:
        unit = low.scope.units[name]
        for part, value in units.evaluate(low, unit, WHOLE).items():
            if value.known and not part.startswith("\0"):
                _keep(low, unit, part, value, discount, outputs, quantities)
    _parties(low, discount, outputs)
    _events(low, outputs)
    return outputs, quantities


def _keep(
    low: Lowering,
    unit: Unit,
    part: str,
    value: Value,
    discount: Node | None,
    outputs: list[Output],
    quantities: list[Quantity],
) -> None:
    name = f"{unit.head.name}.{part}" if part else unit.head.name
    fold = Fold.FINAL if isinstance(unit, Assumption) and value.kind is Kind.CONSTANT else _FOLDS[value.kind]
    quantities.append(Quantity(name, unit.head.name, value.kind, value.dimension, part, fold))
    text = unit_text(value)
    node = value.end if value.kind in (Kind.STOCK, Kind.STATUS, Kind.CONSTANT) else value.mid
    outputs.append(Output(name, node, fold, text))
    if value.kind is Kind.FLOW:
        outputs.append(Output(name, node, Fold.CUMULATIVE, text))
        if discount is not None and part != "shortfall":
            outputs.append(Output(f"present_value({name})", low.build.mul(node, discount), Fold.TOTAL, text))


def unit_text(value: Value) -> str:
    """The dimension as outputs carry it: `USD`, `USD/W/year`, `date`, `truth`, or nothing for a plain number."""
    if value.kind is Kind.STATUS:
        return "truth"
    if value.dimension == DATE:
        return "date"
    return ("" if not value.dimension else dimension_text(value.dimension)) + (
        "/year" if value.kind is Kind.RATE else ""
    )


def _discount(low: Lowering) -> Node | None:
    """The factor of the segment: payments are even inside it, (v^a - v^b) / (ln(1 + r) (b - a)), v = 1/(1 + r)."""
    rate = low.scope.case.discount
    if rate is None:
        return None
    value = expressions.lower(low, rate, START)
    if not value.known:
        return None
    if value.dimension != PLAIN or value.kind is not Kind.CONSTANT:
        low.wrong("discount-not-plain", rate.span, found=value.words())
        return None
    build = low.build
    build.guard(build.at_most(value.mid, build.const(-1.0)), "growth-below-minus-one")
    log = build.make("log1p", value.mid)
    start = build.make("exp", build.neg(build.mul(low.t0(), log)))
    y = build.mul(low.dt(), log)
    less = build.neg(build.make("expm1", build.neg(y)))
    size = build.larger(y, build.neg(y))
    half, sixth, one = build.const(0.5), build.const(1 / 6), build.const(1.0)
    series = build.sub(one, build.mul(y, build.sub(half, build.mul(y, sixth))))
    mean = build.select(build.less(size, build.const(1e-5)), series, build.div(less, y))
    return build.mul(start, mean)


def _parties(low: Lowering, discount: Node | None, outputs: list[Output]) -> None:
    """What each party that is paid or pays gets and gives in all."""
    for person in low.scope.case.parties:
        party, span = person.head.name, person.head.span
        for function in ("paid", "received"):
            value = units.party_total(low, function, party, WHOLE, span)
            if not value.known or low.build.value(value.mid) == 0:
                continue
            name, text = f"{function}({party})", unit_text(value)
            outputs.append(Output(name, value.mid, Fold.YEAR_SUM, text))
            outputs.append(Output(name, value.mid, Fold.CUMULATIVE, text))
            if discount is not None:
                node = low.build.mul(value.mid, discount)
                outputs.append(Output(f"present_value({name})", node, Fold.TOTAL, text))


def _events(low: Lowering, outputs: list[Output]) -> None:
    build = low.build
    for name, event in sorted(low.scope.events.items()):
        latch = low.latches[name]
        if latch.hit is None or latch.day is None:
            continue
        now = build.less(latch.hit, build.const(1.0))
        happened = build.either(latch.on, now)
        moment = build.add(low.t0(), build.mul(latch.hit, low.dt()))
        day = build.select(now, moment, latch.day)
        outputs.append(Output(f"date({name})", day, Fold.FINAL, "date", where=happened))
        if not isinstance(event.trigger, Decision) or not event.trigger.outcomes:
            outputs.append(Output(f"happened({name})", happened, Fold.YEAR_END, "truth"))
        for outcome, (on, decided) in sorted(latch.outcomes.items()):
            node = build.either(on, build.both(now, decided))
            outputs.append(Output(f"{name}.{outcome}", node, Fold.YEAR_END, "truth"))


def limits(low: Lowering, at_least: Value | None, at_most: Value | None, node: Node) -> Node:
    """Whether a quantity keeps its limits."""
    build = low.build
    result = build.const(1.0)
    for bound, operator in ((at_least, ">="), (at_most, "<=")):
        if bound is not None:
            result = build.both(result, arithmetic.comparison(low, operator)(node, bound.mid))
    return result
