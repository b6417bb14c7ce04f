"""Which series a run keeps."""

from dataclasses import dataclass

from syngraph.base.units import FRACTION, PLAIN, Dimension, dimension_text
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import END, START, WHOLE, Value
from syngraph.compile.values.accumulations import closed
from syngraph.compile.values.expressions import party_total
from syngraph.graph.kinds import DATE, Kind
from syngraph.graph.names import Unit
from syngraph.ir.program import NONE, Fold, Output
from syngraph.model.asked import SHORTFALL, DateOf, Flow, Happened, Paid, PartOf, PresentValue, Received, text_of
from syngraph.model.assumptions import Assumption
from syngraph.model.events import Decision, OnDate


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


@dataclass(frozen=True, slots=True)
class Discount:
    """What a unit of money is worth today: its logarithm per year, and its mean over the stretch."""

    log: Node
    mean: Node


def all_outputs(low: Lowering) -> tuple[list[Output], list[Quantity]]:
    """A series for every quantity, party and event of the case."""
    outputs: list[Output] = []
    quantities: list[Quantity] = []
    discount = _discount(low)
    for name in low.order.at_once:
        unit = low.scope.units[name]
        for part, value in low.ask(unit, WHOLE).items():
            if value.known:
                low.at(name, unit.head.span)
                quantities.append(_keep(low, unit, part, value, discount, outputs))
    _parties(low, discount, outputs)
    _events(low, outputs)
    return outputs, quantities


def _keep(
    low: Lowering, unit: Unit, part: str, value: Value, discount: Discount | None, outputs: list[Output]
) -> Quantity:
    asked = PartOf(unit.head.name, part)
    name, text = text_of(asked), unit_text(value, fraction=low.fractions.unit(unit))
    fold = Fold.FINAL if isinstance(unit, Assumption) and value.kind is Kind.CONSTANT else _FOLDS[value.kind]
    if value.ratio is not None:
        over, under = value.ratio
        fold = Fold.YEAR_RATIO
        outputs.append(Output(name, over, fold, text, over=under))
    elif value.kind is Kind.FLOW:
        _keep_flow(low, asked, value, text, None if part == SHORTFALL else discount, outputs)
    elif value.kind is Kind.RATE:
        outputs.append(Output(name, low.amount(value), fold, text))
    else:
        last = low.ask(unit, END)[part] if unit.head.name in low.order.summed else value
        outputs.append(Output(name, last.end, fold, text))
    return Quantity(name, unit.head.name, value.kind, value.dimension, part, fold)


def _keep_flow(
    low: Lowering, asked: Flow, value: Value, text: str, discount: Discount | None, outputs: list[Output]
) -> None:
    """A flow by year and in all, and its present value; a sum is discounted from its very moment."""
    name, build, sums = text_of(asked), low.build, value.sums
    summed, begun = closed(low, low.amount(value), value), sums.start if sums is not None else NONE
    outputs += [Output(name, summed, fold, text, posted=begun) for fold in (Fold.YEAR_SUM, Fold.CUMULATIVE)]
    if discount is None:
        return
    present = text_of(PresentValue(asked))
    now = build.mul(low.amount(value), discount.mean)
    if sums is not None:
        now = build.add(now, build.mul(sums.end, _factor(low, discount.log, low.until())))
        begun = build.mul(sums.start, _factor(low, discount.log, low.clock()))
    outputs.append(Output(present, now, Fold.TOTAL, text, posted=begun))


def unit_text(value: Value, *, fraction: bool = False) -> str:
    """The dimension as outputs carry it: `USD`, `USD/W/year`, `date`, `truth`, `fraction`, or nothing for a number."""
    if value.kind is Kind.STATUS:
        return "truth"
    if value.dimension == DATE:
        return "date"
    plain = FRACTION if fraction else ""
    return (plain if not value.dimension else dimension_text(value.dimension)) + (
        "/year" if value.kind is Kind.RATE else ""
    )


def _discount(low: Lowering) -> Discount | None:
    """Payments are even inside a stretch from a to b: (v^a - v^b) / (ln(1 + r) (b - a)), v = 1/(1 + r)."""
    rate = low.scope.case.discount
    if rate is None:
        return None
    value = low.value(rate, START)
    if not value.known:
        return None
    if value.dimension != PLAIN or value.kind is not Kind.CONSTANT:
        low.wrong("discount-not-plain", rate.span, found=value.words())
        return None
    build = low.build
    build.guard(build.at_most(value.start, build.const(-1.0)), "growth-below-minus-one")
    log = build.make("log1p", value.start)
    even = build.make("swell", build.neg(build.mul(low.length(), log)))
    return Discount(log, build.mul(_factor(low, log, low.clock()), even))


def _factor(low: Lowering, log: Node, moment: Node) -> Node:
    return low.build.make("exp", low.build.neg(low.build.mul(moment, log)))


def _parties(low: Lowering, discount: Discount | None, outputs: list[Output]) -> None:
    """What each party that is paid or pays gets and gives in all."""
    scope = low.scope
    for person in scope.case.parties:
        party = person.head.name
        low.at(party, person.head.span)
        for asked, streams in ((Paid(party), scope.paying), (Received(party), scope.paid)):
            function = "paid" if isinstance(asked, Paid) else "received"
            value = party_total(low, function, party, WHOLE) if party in streams else None
            if value is None or not value.known or (value.flat and low.build.value(value.start) == 0):
                continue
            _keep_flow(low, asked, value, unit_text(value), discount, outputs)


def _events(low: Lowering, outputs: list[Output]) -> None:
    for name, event in sorted(low.scope.events.items()):
        latch = low.latches[name]
        known = isinstance(event.trigger, OnDate) and event.given is not None and not event.after
        if not latch.decided or latch.happened is None or latch.day is None or known:
            continue
        outputs.append(Output(text_of(DateOf(name)), latch.day, Fold.FINAL, "date", where=latch.happened))
        if not isinstance(event.trigger, Decision) or not event.trigger.outcomes:
            outputs.append(Output(text_of(Happened(name)), latch.happened, Fold.YEAR_END, "truth"))
        for outcome, taken in sorted(latch.taken.items()):
            outputs.append(Output(text_of(PartOf(name, outcome)), taken, Fold.YEAR_END, "truth"))
