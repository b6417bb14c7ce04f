"""Checks that runs decide, as series of the program; those the prover decides are only validated."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from syngraph.base.units import PLAIN, Dimension
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import END, START, WHOLE, Value
from syngraph.compile.outputs import unit_text
from syngraph.compile.values import expressions
from syngraph.compile.values.accumulations import added, closed, hand_on
from syngraph.expr.nodes import Expr
from syngraph.graph.constants import amount
from syngraph.graph.kinds import Kind
from syngraph.ir.program import Fold, Output
from syngraph.model.agreements import Moment
from syngraph.model.asked import CheckOf, text_of
from syngraph.model.assumptions import Assumption, Certain
from syngraph.model.checks import At, Better, Chance, Check, Increasing, Level, Proven


@dataclass(frozen=True, slots=True)
class Test:
    """A check in numbers: the series that decides it and its limits, exact as written (None: no such limit)."""

    name: str
    series: str
    fold: Fold
    truth: bool
    dimension: Dimension
    at_least: float | None = None
    at_most: float | None = None


def test_name(check: Check) -> str:
    """The name of a check's series."""
    return text_of(CheckOf(check.head.name))


def lower_checks(low: Lowering, outputs: list[Output]) -> tuple[Test, ...]:
    """The tests of all checks that runs decide."""
    tests = []
    for check in low.scope.case.checks:
        if check.plans and low.scope.case.plan not in check.plans:
            continue
        low.at(check.head.name, check.head.span)
        test = _lower(low, check, outputs)
        if test is not None:
            tests.append(test)
    return tuple(tests)


def expressions_of(check: Check) -> tuple[Expr, ...]:
    """The quantities and conditions of a check."""
    match check.prop:
        case Proven():
            return ()
        case Chance(condition=value) | Level(value=value) | Increasing(value=value) | Better(value=value):
            return (value,)
        case _:
            assert_never(check.prop)


def _lower(low: Lowering, check: Check, outputs: list[Output]) -> Test | None:
    match check.prop:
        case Proven(conditions=conditions):
            low.proving = True
            for condition in conditions:
                expressions.truth(low, condition, START)
            low.proving = False
            return None
        case Chance(condition=condition, at=at, at_least=least, at_most=most):
            return _test(low, check, (condition, at), (least, most), outputs, truth=True)
        case Level(value=value, at=at, at_least=least, at_most=most):
            return _test(low, check, (value, at), (least, most), outputs, truth=least is None and most is None)
        case Better(value=value, at=at, at_least=least):
            return _test(low, check, (value, at), (least, None), outputs, truth=False)
        case Increasing(value=value, at=at, assumption=name):
            unit = low.scope.units.get(name)
            if not isinstance(unit, Assumption) or isinstance(unit.draw, Certain):
                low.wrong("increasing-needs-uncertain", check.head.span, name=name)
                return None
            return _test(low, check, (value, at), (None, None), outputs, truth=False)
        case _:
            assert_never(check.prop)


def _test(
    low: Lowering,
    check: Check,
    asked: tuple[Expr, At],
    limits: tuple[Expr | None, Expr | None],
    outputs: list[Output],
    *,
    truth: bool,
) -> Test | None:
    expr, at = asked[0], _settled(low, asked[1])
    over = START if at.ever or at.always or at.event else END
    value = expressions.truth(low, expr, over) if truth else low.value(expr, over)
    if value.kind is Kind.FLOW:
        value = low.value(expr, WHOLE)
    if not value.known:
        return None
    wanted = PLAIN if truth or isinstance(check.prop, Better) else value.dimension
    bounds = [_limit(low, e, wanted) for e in limits]
    fold = _keep(low, check, at, _so_far(low, check, value), outputs)
    if fold is None or None in ([b for b, e in zip(bounds, limits, strict=True) if e is not None]):
        return None
    return Test(check.head.name, test_name(check), fold, truth, value.dimension, bounds[0], bounds[1])


def _so_far(low: Lowering, check: Check, value: Value) -> Value:
    """Of a flow a check takes what it has come to since today."""
    if value.kind is not Kind.FLOW:
        return value
    state = low.build.state(f"total {check.head.name}", low.build.const(0.0))
    total = added(low, state, value, Kind.STOCK, value.dimension)
    hand_on(low, state, total.end, value)
    return replace(total, end=closed(low, total.end, value))


def _settled(low: Lowering, at: At) -> At:
    """A stage as the day, event or outcome behind it."""
    if low.scope.stage(at.event) is None:
        return at
    moment = low.scope.settled(Moment(at.span, name=at.event))
    if moment.day is not None and moment.day.exact is not None:
        return At(at.span, day=moment.day.exact)
    return At(at.span, event=moment.name or at.event)


def _limit(low: Lowering, expr: Expr | None, dimension: Dimension) -> float | None:
    if expr is None:
        return None
    found = amount(expr, low.scope)
    if found is None or found[1] != dimension:
        low.wrong("limit-wanted", expr.span)
        return None
    return float(found[0])


def _keep(low: Lowering, check: Check, at: At, value: Value, outputs: list[Output]) -> Fold | None:
    fraction = any(low.fractions.of(e) for e in expressions_of(check))
    name, text = test_name(check), unit_text(value, fraction=fraction)
    if at.event:
        return _at_event(low, at, value, name, text, outputs)
    if at.ever or at.always:
        if value.kind is not Kind.STATUS:
            low.wrong("ever-needs-condition", at.span, found=value.words())
            return None
        outputs.append(Output(name, _ever(low, name, value.end, always=at.always), Fold.FINAL, text))
        return Fold.FINAL
    if at.day is None or at.day == low.grid.segments[-1].end:
        outputs.append(Output(name, value.end, Fold.FINAL, text))
        return Fold.FINAL
    index = low.grid.ending(at.day + timedelta(days=1))
    if index is not None:
        outputs.append(Output(name, value.end, Fold.SEGMENT, text, segment=index))
        return Fold.SEGMENT
    if low.grid.segments[-1].end <= at.day <= low.scope.case.horizon.until:
        return None  # the run was asked to end earlier: the check waits for one that reaches its day
    low.wrong("check-outside-run", at.span, date=at.day.isoformat())
    return None


def _at_event(low: Lowering, at: At, value: Value, name: str, text: str, outputs: list[Output]) -> Fold | None:
    """Caught right after the event; paths on which it never comes are left out."""
    outcome = low.scope.outcome(at.event)
    latch, build = low.latches.get(outcome[0].head.name if outcome else at.event), low.build
    if latch is None or latch.happened is None:
        low.wrong("check-at-past-event", at.span, name=at.event)
        return None
    on = latch.taken[outcome[1]] if outcome is not None else latch.happened
    truth = value.kind is Kind.STATUS
    caught = build.state(f"caught {name}", build.const(0.0), truth=truth)
    had = build.state(f"had {name}", build.const(0.0), truth=True)
    node = build.select(build.both(on, build.no(had)), value.start, caught)
    build.hand_on(caught, node)
    build.hand_on(had, on)
    outputs.append(Output(name, node, Fold.FINAL, text, where=on))
    return Fold.FINAL


def _ever(low: Lowering, name: str, truth: Node, *, always: bool) -> Node:
    """Whether a condition held for some time, or all the time."""
    build = low.build
    state = build.state(f"seen {name}", build.const(1.0 if always else 0.0), truth=True)
    node = build.both(state, truth) if always else build.either(state, truth)
    build.hand_on(state, node)
    return node
