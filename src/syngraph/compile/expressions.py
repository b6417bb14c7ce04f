"""Turns an expression into nodes, in one world."""

from typing import assert_never

from syngraph.base.nearest import nearest
from syngraph.base.units import PLAIN
from syngraph.compile import accumulations, statuses, units
from syngraph.compile import arithmetic as maths
from syngraph.compile.lowering import Lowering
from syngraph.compile.values import DATE, UNKNOWN, Kind, Value, flat, status, stock
from syngraph.compile.worlds import View, World
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
from syngraph.model.agreements import Right
from syngraph.model.events import Decision


def lower(low: Lowering, expr: Expr, world: World) -> Value:
    """What an expression is worth in a world."""
    build = low.build
    match expr:
        case Number(quantity=quantity):
            kind = Kind.RATE if quantity.unit.per_year else Kind.CONSTANT
            return flat(kind, quantity.unit.dimension, build.const(float(quantity.amount)))
        case Day(day=day):
            return flat(Kind.CONSTANT, DATE, build.const(low.grid.years_to(day)))
        case Truth(value=value):
            node = build.const(float(value))
            return status(node, node, node)
        case Name():
            return _name(low, expr, world)
        case Call():
            return _call(low, expr, world)
        case Negative(operand=operand):
            inner = lower(low, operand, world)
            zero = flat(inner.kind, inner.dimension, build.const(0.0))
            if inner.known and (inner.kind is Kind.STATUS or inner.dimension == DATE):
                return low.wrong("not-a-number-here", expr.span, found=inner.words())
            return maths.each(low, inner.kind, inner.dimension, _minus(low), zero, inner) if inner.known else UNKNOWN
        case Not(operand=operand):
            inner = truth(low, operand, world)
            return statuses.negated(low, inner) if inner.known else UNKNOWN
        case Arithmetic(operator=operator, left=left, right=right, span=span):
            a, b = lower(low, left, world), lower(low, right, world)
            if operator in "+-":
                return maths.plus_minus(low, operator, a, b, span)
            return maths.times(low, a, b, span) if operator == "*" else maths.over(low, a, b, span)
        case Comparison(operator=operator, left=left, right=right, span=span):
            return maths.compare(low, operator, lower(low, left, world), lower(low, right, world), span)
        case Logic(operator=operator, left=left, right=right):
            a, b = truth(low, left, world), truth(low, right, world)
            if not (a.known and b.known):
                return UNKNOWN
            return statuses.both(low, a, b) if operator == "and" else statuses.either(low, a, b)
        case Choice():
            return _choice(low, expr, world)
        case _:
            assert_never(expr)


def _minus(low: Lowering) -> maths.Two:
    return lambda _, b: low.build.neg(b) if low.build.value(b) is None else low.build.const(-(low.build.value(b) or 0))


def truth(low: Lowering, expr: Expr, world: World) -> Value:
    """A part that must be a yes or no."""
    value = lower(low, expr, world)
    if value.known and value.kind is not Kind.STATUS:
        return low.wrong("not-a-condition", expr.span, found=value.words())
    return value


def _choice(low: Lowering, expr: Choice, world: World) -> Value:
    condition = truth(low, expr.condition, world)
    a, b = lower(low, expr.then, world), lower(low, expr.otherwise, world)
    if not condition.known:
        return UNKNOWN
    kind = maths.fits(low, a, b, expr.span, operator="if")
    if kind is None:
        return UNKNOWN
    select = low.build.select
    start, end = select(condition.start, a.start, b.start), select(condition.end, a.end, b.end)
    mid = select(condition.mid, a.mid, b.mid)
    if kind is Kind.CONSTANT and condition.start != condition.end:
        return Value(kind, a.dimension, start, mid, end)
    if kind is Kind.STOCK:
        return stock(low.build, a.dimension, start, end)
    return status(start, mid, end) if kind is Kind.STATUS else flat(kind, a.dimension, mid)


def _name(low: Lowering, expr: Name, world: World) -> Value:
    scope, text, span = low.scope, expr.text, expr.span
    if (found := scope.unit(text)) is not None and (value := units.part(low, found, world, span)) is not None:
        return value
    if (outcome := scope.outcome(text)) is not None:
        return statuses.event_on(low, outcome[0].head.name, outcome[1], world)
    if (stage := scope.stage(text)) is not None:
        return statuses.moment_on(low, dict(stage[0].stages)[stage[1]], world)
    build = low.build
    match text:
        case "t" | "date":
            levels = stock(build, PLAIN if text == "t" else DATE, low.t0(), low.t1())
            return low.share_of(levels, world)
        case "dt":
            return flat(Kind.CONSTANT, PLAIN, build.mul(low.dt(), low.length(world)))
        case _:
            pass
    if text in scope.events:
        return low.wrong("event-alone", span, name=text, paste=f"happened({text})")
    if text in scope.parties:
        return low.wrong("party-alone", span, name=text)
    return low.wrong("name-unknown", span, name=text, meant=scope.meant(text))


def _call(low: Lowering, expr: Call, world: World) -> Value:
    match expr.function:
        case "min" | "max":
            return _extreme(low, expr, world)
        case "exp" | "log" | "sqrt":
            return _elementary(low, expr, world)
        case "over" | "per_year":
            return _converted(low, expr, world)
        case "grow" | "cum" | "prev" | "trailing" | "walk" | "noise":
            return accumulations.accumulated(low, expr, world)
        case "happened" | "in_force":
            return _standing(low, expr, world)
        case "paid" | "received":
            return _party_total(low, expr, world)
        case "controls" | "may_control":
            return _control(low, expr)
        case _:
            paste = nearest(expr.function, FUNCTIONS)
            return low.wrong("function-unknown", expr.span, name=expr.function, known=", ".join(FUNCTIONS), paste=paste)


FUNCTIONS = (
    *("controls", "cum", "exp", "grow", "happened", "in_force", "log", "max", "may_control", "min", "noise"),
    *("over", "paid", "per_year", "prev", "received", "sqrt", "trailing", "walk"),
)


def arguments(low: Lowering, expr: Call, least: int, most: int) -> tuple[Expr, ...] | None:
    """The arguments of a call, all by position, or None with a diagnostic."""
    if any(a.keyword for a in expr.arguments) or not least <= len(expr.arguments) <= most:
        wanted = str(least) if least == most else f"{least}-{most}"
        low.wrong("wrong-arguments", expr.span, name=expr.function, wanted=wanted, found=str(len(expr.arguments)))
        return None
    return tuple(a.value for a in expr.arguments)


def _extreme(low: Lowering, expr: Call, world: World) -> Value:
    given = arguments(low, expr, 2, 50)
    if given is None:
        return UNKNOWN
    op = low.build.smaller if expr.function == "min" else low.build.larger
    result = lower(low, given[0], world)
    for other in given[1:]:
        value = lower(low, other, world)
        kind = maths.fits(low, result, value, expr.span, operator=expr.function)
        if kind is None:
            return UNKNOWN
        if kind is Kind.STATUS:
            return low.wrong("not-a-number-here", expr.span, found=value.words())
        result = maths.each(low, kind, result.dimension, op, result, value)
    return result


def _elementary(low: Lowering, expr: Call, world: World) -> Value:
    given = arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    value = lower(low, given[0], world)
    if not value.known:
        return UNKNOWN
    if value.dimension != PLAIN or value.kind not in (Kind.CONSTANT, Kind.STOCK):
        return low.wrong("plain-number-wanted", expr.span, name=expr.function, found=value.words())
    return maths.each(low, value.kind, PLAIN, lambda a, _: low.build.make(expr.function, a), value, value)


def _converted(low: Lowering, expr: Call, world: World) -> Value:
    given = arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    value = lower(low, given[0], world)
    if not value.known:
        return UNKNOWN
    build = low.build
    length = build.mul(low.dt(), low.length(world))
    if expr.function == "over" and value.kind is Kind.RATE:
        return flat(Kind.FLOW, value.dimension, build.mul(value.mid, length))
    if expr.function == "per_year" and value.kind is Kind.FLOW:
        rate = build.div(value.mid, length)
        if world.view is View.PART:
            zero = build.const(0.0)
            rate = build.select(build.less(zero, length), rate, zero)
        return flat(Kind.RATE, value.dimension, rate)
    wanted = "rate" if expr.function == "over" else "flow"
    return low.wrong("kind-wanted", expr.span, name=expr.function, wanted=wanted, found=value.words())


def _named(low: Lowering, expr: Call) -> Name | None:
    given = arguments(low, expr, 1, 1)
    if given is None:
        return None
    if not isinstance(given[0], Name):
        low.wrong("name-wanted", given[0].span, name=expr.function)
        return None
    return given[0]


def _standing(low: Lowering, expr: Call, world: World) -> Value:
    name = _named(low, expr)
    if name is None:
        return UNKNOWN
    if expr.function == "in_force":
        return _in_force(low, name, world)
    event = low.scope.events.get(name.text)
    if event is not None:
        match event.trigger:
            case Decision(outcomes=outcomes) if outcomes:
                options = ", ".join(f"{name.text}.{o.name}" for o in outcomes)
                return low.wrong("decision-needs-outcome", name.span, name=name.text, options=options)
            case _:
                return statuses.event_on(low, name.text, "", world)
    if (stage := low.scope.stage(name.text)) is not None:
        return statuses.moment_on(low, dict(stage[0].stages)[stage[1]], world)
    return low.wrong("event-unknown", name.span, name=name.text, meant=low.scope.meant(name.text))


def _in_force(low: Lowering, name: Name, world: World) -> Value:
    payment = units.payment(low, name.text)
    if payment is not None:
        return statuses.active(low, statuses.inherited(low, name.text, payment.active), world)
    right = low.scope.rights.get(name.text)
    if right is None:
        return low.wrong("term-unknown", name.span, name=name.text, meant=low.scope.meant(name.text))
    open_names = [name.text]
    while open_names:  # what a right asks for comes first, so that long chains do not nest
        asked = (r for r in low.rights[open_names[-1]] if (r, world) not in low.standing)
        if (next_name := next(asked, None)) is not None:
            open_names.append(next_name)
            continue
        done = open_names.pop()
        if (done, world) not in low.standing:
            low.standing[done, world] = _right_in_force(low, low.scope.rights[done], world)
    return low.standing[name.text, world]


def _right_in_force(low: Lowering, right: Right, world: World) -> Value:
    on = statuses.active(low, statuses.inherited(low, right.head.name, right.active), world)
    on = statuses.both(low, on, statuses.binding(low, right))
    if right.when is not None:
        when = truth(low, right.when.chosen, world)
        if not when.known:
            return UNKNOWN
        on = statuses.both(low, on, when)
    for exception in right.exceptions:
        condition = truth(low, exception.condition.chosen, world)
        if not condition.known:
            return UNKNOWN
        if exception.limited is not None:
            on = statuses.both(low, on, statuses.negated(low, condition))
    return on


def _party_total(low: Lowering, expr: Call, world: World) -> Value:
    name = _named(low, expr)
    if name is None:
        return UNKNOWN
    if name.text not in low.scope.parties:
        return _no_party(low, name)
    return units.party_total(low, expr.function, name.text, world, name.span)


def _no_party(low: Lowering, expr: Expr) -> Value:
    if not isinstance(expr, Name):
        return low.wrong("name-wanted", expr.span, name="controls")
    return low.wrong("party-unknown", expr.span, name=expr.text, paste=nearest(expr.text, low.scope.parties))


def _control(low: Lowering, expr: Call) -> Value:
    given = arguments(low, expr, 2, 2)
    if given is None:
        return UNKNOWN
    for party in given:
        if not isinstance(party, Name) or party.text not in low.scope.parties:
            return _no_party(low, party)
    if not low.proving:
        return low.wrong("control-in-run", expr.span, name=expr.function)
    node = low.build.const(0.0)
    return status(node, node, node)
