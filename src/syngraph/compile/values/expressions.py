"""Turns an expression into nodes: what it is at the start, in the middle and at the end of a stretch."""

from datetime import timedelta
from typing import assert_never

from syngraph.base.nearest import nearest
from syngraph.base.units import PLAIN
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import END, START, UNKNOWN, WHOLE, Moment, Value, When, flat, status
from syngraph.compile.values import accumulations, spans
from syngraph.compile.values import arithmetic as maths
from syngraph.compile.values.calls import arguments, named
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
from syngraph.graph.constants import day as certain_day
from syngraph.graph.edges import right_conditions, rights_asked
from syngraph.graph.kinds import DATE, LEVELS, Kind
from syngraph.graph.names import UNDISTRIBUTED, USABLE, ClockName, OutcomeOf, Part, StageOf, receivers
from syngraph.model.agreements import Payment, Right
from syngraph.model.asked import PAID, SHORTFALL
from syngraph.model.assumptions import Assumption
from syngraph.model.events import Decision
from syngraph.model.facts import Series, Statement
from syngraph.model.facts import Value as FactValue
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

FUNCTIONS = (
    *("controls", "cum", "exp", "grow", "happened", "in_force", "log", "max", "may_control", "min", "noise"),
    *("over", "paid", "per_year", "prev", "received", "sqrt", "trailing", "walk"),
)


def lower(low: Lowering, expr: Expr, moment: Moment) -> Value:
    """What an expression is worth. At the end of a stretch only conditions, and what sums bear on, need a new look."""
    build = low.build
    if moment.when is When.END and not isinstance(expr, Comparison | Logic | Not | Name) and not low.summed(expr):
        return lower(low, expr, WHOLE).ending
    match expr:
        case Number(quantity=quantity):
            kind = Kind.RATE if quantity.unit.per_year else Kind.CONSTANT
            return flat(kind, quantity.unit.dimension, build.const(float(quantity.amount)))
        case Day(day=day):
            return flat(Kind.CONSTANT, DATE, build.const(low.grid.years_to(day)))
        case Truth(value=value):
            return status(build.const(float(value)))
        case Name():
            return _name(low, expr, moment)
        case Call():
            return _call(low, expr, moment)
        case Negative(operand=operand):
            return _negative(low, lower(low, operand, moment), expr)
        case Not(operand=operand):
            inner = truth(low, operand, moment)
            return status(build.no(inner.start)) if inner.known else UNKNOWN
        case Arithmetic(operator=operator, left=left, right=right, span=span):
            a, b = lower(low, left, moment), lower(low, right, moment)
            if operator in "+-":
                return maths.plus_minus(low, operator, a, b, span)
            return maths.times(low, a, b, span) if operator == "*" else maths.over(low, a, b, span)
        case Comparison():
            return _comparison(low, expr, moment)
        case Logic(operator=operator, left=left, right=right):
            a, b = truth(low, left, moment), truth(low, right, moment)
            if not (a.known and b.known):
                return UNKNOWN
            return status(build.both(a.start, b.start) if operator == "and" else build.either(a.start, b.start))
        case Choice():
            return _choice(low, expr, moment)
        case _:
            assert_never(expr)


def truth(low: Lowering, expr: Expr, moment: Moment) -> Value:
    """A part that must be a yes or no."""
    value = lower(low, expr, moment)
    if value.known and value.kind is not Kind.STATUS:
        return low.wrong("not-a-condition", expr.span, found=value.words())
    return value


def _negative(low: Lowering, inner: Value, expr: Negative) -> Value:
    if not inner.known:
        return UNKNOWN
    if inner.kind is Kind.STATUS or inner.dimension == DATE:
        return low.wrong("not-a-number-here", expr.span, found=inner.words())
    value = maths.each(inner.kind, inner.dimension, lambda _, b: low.build.minus(b), inner, inner)
    nothing = Value(inner.kind, inner.dimension, *value.points())
    return maths.with_sums(value, maths.added_sums(low, nothing, inner, minus=True))


def _comparison(low: Lowering, expr: Comparison, moment: Moment) -> Value:
    """Conditions ask what holds from the start of a stretch on; where they turn is looked for over all of it."""
    if (came := _compared_with_clock(low, expr)) is not None:
        return status(came)
    if moment.when is When.END:
        return _compared_at_end(low, expr)
    when = moment.when if moment.when is not When.WHOLE else When.START
    at = Moment(when)
    a, b = lower(low, expr.left, at), lower(low, expr.right, at)

    def sides() -> tuple[Value, Value]:
        return lower(low, expr.left, WHOLE), lower(low, expr.right, WHOLE)

    node = maths.compare(low, expr.operator, a, b, expr.span, when=when, sides=sides)
    return UNKNOWN if node is None else status(node)


def _compared_at_end(low: Lowering, expr: Comparison) -> Value:
    a, b = lower(low, expr.left, END), lower(low, expr.right, END)
    if maths.fits(low, a, b, expr.span, operator=expr.operator) is None:
        return UNKNOWN
    if expr.operator in ("==", "!="):
        same = low.build.make("eq", a.start, b.start)
        return status(same if expr.operator == "==" else low.build.no(same))
    left, right = (b, a) if expr.operator in ("<", "<=") else (a, b)
    return status(low.build.make("tops" if expr.operator in ("<", ">") else "meets", left.start, right.start))


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compared_with_clock(low: Lowering, expr: Comparison) -> Node | None:
    """`date` or `t` against what is known at the start of a path is a day to stop at; a day means its beginning."""
    left, right, operator = expr.left, expr.right, expr.operator
    if operator not in _MIRRORED:
        return None
    if isinstance(right, Name) and right.text in ("t", "date"):
        left, right, operator = right, left, _MIRRORED[operator]
    if not isinstance(left, Name) or left.text not in ("t", "date") or low.scope.unit(left.text) is not None:
        return None
    other = lower(low, right, START)
    if not other.known or other.kind is not Kind.CONSTANT or low.varies(other.start):
        return None
    if other.dimension != (DATE if left.text == "date" else PLAIN):
        return None
    day = other.start
    known = certain_day(right, low.scope) if left.text == "date" else None
    if known is not None and operator in (">", "<="):
        day = low.build.const(low.grid.years_to(known + timedelta(days=1)))
    on = spans.came(low, day)
    return on if operator in (">", ">=") else low.build.no(on)


def _choice(low: Lowering, expr: Choice, moment: Moment) -> Value:
    condition = truth(low, expr.condition, moment)
    a, b = lower(low, expr.then, moment), lower(low, expr.otherwise, moment)
    if not condition.known:
        return UNKNOWN
    kind = maths.fits(low, a, b, expr.span, operator="if")
    if kind is None or _bent(low, expr, a, b):
        return UNKNOWN
    return maths.chosen(low, condition.start, a, b, kind)


def _bent(low: Lowering, expr: Expr, *values: Value) -> bool:
    """A sum has no place where a value bends: which side it falls on would depend on what else flows just then."""
    if any(v.sums for v in values):
        low.wrong("sum-in-bend", expr.span)
        return True
    return False


# names


def _name(low: Lowering, expr: Name, moment: Moment) -> Value:
    scope, text, span = low.scope, expr.text, expr.span
    match scope.bound(text):
        case Part(unit=unit, part=part):
            value = _part(low, expr, Part(unit, part), moment)
            if value is not None:
                return value
        case OutcomeOf(event=event, outcome=outcome):
            return spans.event_on(low, event.head.name, outcome)
        case StageOf(moment=stage):
            return spans.moment_on(low, stage)
        case ClockName(text=clock):
            return _clock(low, clock, moment)
        case None:
            pass
    if text in scope.events:
        return low.wrong("event-alone", span, name=text, paste=f"happened({text})")
    if text in scope.parties:
        return low.wrong("party-alone", span, name=text)
    return low.wrong("unknown-name", span, name=text, expected=USABLE, meant=scope.meant(text))


def _part(low: Lowering, expr: Name, meant: Part, moment: Moment) -> Value | None:
    """The value of a unit, or of the part of it that is named; None if the name means no unit's part."""
    name, part = meant.unit.head.name, meant.part
    match meant.unit:
        case Payment():
            if part not in (PAID, SHORTFALL):
                return low.wrong("payment-alone", expr.span, name=name, paste=f"{name}.{PAID}")
        case Waterfall() as unit:
            known = (*receivers(unit), UNDISTRIBUTED)
            if part not in known:
                paste = f"{name}.{nearest(part, known) or UNDISTRIBUTED}"
                shown = ", ".join(known)
                return low.wrong("waterfall-part", expr.span, paste=paste, name=name, found=part, known=shown)
        case Statement():
            return low.wrong("statement-as-number", expr.span, name=name)
        case FactValue() | Series() | Assumption() | Measure() | Dependence():
            if part:
                return None
        case _:
            assert_never(meant.unit)
    return low.ask(meant.unit, moment).get(part, UNKNOWN)


def _clock(low: Lowering, text: str, moment: Moment) -> Value:
    """`t` and `date` run on within a stretch; `dt` is the time since the reporting period began."""
    build = low.build
    start, middle, end = low.clock(), low.middle(), low.until()
    if text == "dt":
        began = build.column("period began", low.grid.period_starts)
        start, middle, end = (build.sub(node, began) for node in (start, middle, end))
    if moment.when is When.END:
        start = middle = end
    elif moment.when is not When.WHOLE:
        middle = end = start
    kind = Kind.CONSTANT if text == "dt" else Kind.STOCK
    return Value(kind, DATE if text == "date" else PLAIN, start, middle, end)


# calls


def _call(low: Lowering, expr: Call, moment: Moment) -> Value:
    match expr.function:
        case "min" | "max":
            return _extreme(low, expr, moment)
        case "exp" | "log" | "sqrt":
            return _elementary(low, expr, moment)
        case "over" | "per_year":
            return _converted(low, expr, moment)
        case "grow" | "cum" | "prev" | "trailing" | "walk" | "noise":
            return accumulations.accumulated(low, expr, moment)
        case "happened":
            return _happened(low, expr)
        case "in_force":
            return _in_force(low, expr, moment)
        case "paid" | "received":
            return _party_total(low, expr, moment)
        case "controls" | "may_control":
            return _control(low, expr)
        case _:
            paste = nearest(expr.function, FUNCTIONS)
            return low.wrong("function-unknown", expr.span, name=expr.function, known=", ".join(FUNCTIONS), paste=paste)


def _extreme(low: Lowering, expr: Call, moment: Moment) -> Value:
    given = arguments(low, expr, 2, 50)
    if given is None:
        return UNKNOWN

    def folded(count: int, at: Moment) -> maths.Pair:
        result = _pair(low, given[0], at)
        for place, other in enumerate(given[1:count], start=1):
            value = _pair(low, other, at)
            kind = maths.fits(low, result[1], value[1], expr.span, operator=expr.function)
            if kind is None or _bent(low, expr, result[1], value[1]):
                return UNKNOWN, UNKNOWN
            if kind is Kind.STATUS:
                return (low.wrong("not-a-number-here", expr.span, found=value[1].words()),) * 2

            def sides(place: int = place, other: Expr = other) -> tuple[Value, Value] | None:
                return folded(place, WHOLE)[1], lower(low, other, WHOLE)

            if at.when is When.END:
                result = (maths.extreme(low, expr.function, result[1], value[1], kind),) * 2
            else:
                result = maths.bend(low, expr.function, result, value, kind, sides=sides)
        return result

    return folded(len(given), moment)[1]


def _pair(low: Lowering, expr: Expr, moment: Moment) -> maths.Pair:
    """A part at the start of a stretch, which decides on which side a bend is, and over what is looked at."""
    if moment.when is not When.WHOLE:
        return (lower(low, expr, moment),) * 2
    return lower(low, expr, START), lower(low, expr, moment)


def _elementary(low: Lowering, expr: Call, moment: Moment) -> Value:
    given = arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    value = lower(low, given[0], moment)
    if not value.known:
        return UNKNOWN
    if value.dimension != PLAIN or value.kind not in LEVELS:
        return low.wrong("plain-number-wanted", expr.span, name=expr.function, found=value.words())
    return maths.each(value.kind, PLAIN, lambda a, _: low.build.make(expr.function, a), value, value)


def _converted(low: Lowering, expr: Call, moment: Moment) -> Value:
    """A flow is held per year too, so that only what it may be used for changes."""
    given = arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    value = lower(low, given[0], moment)
    if not value.known:
        return UNKNOWN
    if expr.function == "over" and value.kind is Kind.RATE:
        return Value(Kind.FLOW, value.dimension, *value.points())
    if expr.function == "per_year" and value.kind is Kind.FLOW:
        return UNKNOWN if _bent(low, expr, value) else Value(Kind.RATE, value.dimension, *value.points())
    wanted = "rate" if expr.function == "over" else "flow"
    return low.wrong("kind-wanted", expr.span, name=expr.function, wanted=wanted, found=value.words())


def _happened(low: Lowering, expr: Call) -> Value:
    name = named(low, expr)
    if name is None:
        return UNKNOWN
    event = low.scope.events.get(name.text)
    if event is not None:
        outcomes = event.trigger.outcomes if isinstance(event.trigger, Decision) else ()
        if outcomes:
            options = ", ".join(f"{name.text}.{o.name}" for o in outcomes)
            return low.wrong("decision-needs-outcome", name.span, name=name.text, options=options)
        return spans.event_on(low, name.text, "")
    match low.scope.bound(name.text):
        case StageOf(moment=stage):
            return spans.moment_on(low, stage)
        case _:
            return low.wrong("event-unknown", name.span, name=name.text, meant=low.scope.meant(name.text))


def _in_force(low: Lowering, expr: Call, moment: Moment) -> Value:
    name = named(low, expr)
    if name is None:
        return UNKNOWN
    unit = low.scope.units.get(name.text)
    if isinstance(unit, Payment):
        return spans.active(low, low.scope.span(name.text, unit.active))
    if name.text not in low.scope.rights:
        return low.wrong("term-unknown", name.span, name=name.text, meant=low.scope.meant(name.text))
    at = moment if moment.when is When.NOW else START
    waiting = [name.text]
    while waiting:  # what a right asks for comes first, so that long chains do not nest
        asked = (r for r in _rights_behind(low, waiting[-1]) if (r, at) not in low.standing)
        if (following := next(asked, None)) is not None:
            waiting.append(following)
            continue
        done = waiting.pop()
        if (done, at) not in low.standing:
            low.standing[done, at] = _right_in_force(low, low.scope.rights[done], at)
    return low.standing[name.text, at]


def _rights_behind(low: Lowering, name: str) -> tuple[str, ...]:
    return tuple(r for r in rights_asked(right_conditions(low.scope, name)) if r in low.scope.rights)


def _right_in_force(low: Lowering, right: Right, moment: Moment) -> Value:
    build = low.build
    on = spans.active(low, low.scope.span(right.head.name, right.active)).start
    on = build.both(on, build.const(float(_binds(low, right))))
    if right.when is not None:
        when = truth(low, right.when.chosen, moment)
        if not when.known:
            return UNKNOWN
        on = build.both(on, when.start)
    for exception in right.exceptions:
        condition = truth(low, exception.condition.chosen, moment)
        if not condition.known:
            return UNKNOWN
        if exception.limited is not None:
            on = build.both(on, build.no(condition.start))
    return status(on)


def _binds(low: Lowering, right: Right) -> bool:
    """Whether the paper a right stands in binds; a right of no agreement does."""
    agreement = low.scope.agreement_of(right.head.name)
    return agreement is None or agreement.binding is not False


def _party_total(low: Lowering, expr: Call, moment: Moment) -> Value:
    name = named(low, expr)
    if name is None:
        return UNKNOWN
    if name.text not in low.scope.parties:
        return _no_party(low, name)
    return party_total(low, expr.function, name.text, moment, expr)


def party_total(low: Lowering, function: str, party: str, moment: Moment, expr: Expr | None = None) -> Value:
    """All a party pays, or receives, through terms and waterfalls; without an expression, mixed money is unknown."""
    total = flat(Kind.FLOW, ((low.scope.case.currency, 1),), low.build.const(0.0))
    some = False
    for value in _streams(low, function, party, moment):
        if not value.known:
            return UNKNOWN
        if some and total.dimension != value.dimension:
            return UNKNOWN if expr is None else low.wrong("mixed-currencies", expr.span, name=party)
        before = total if some else flat(Kind.FLOW, value.dimension, low.build.const(0.0))
        added = maths.each(Kind.FLOW, value.dimension, low.build.add, before, value)
        total, some = maths.with_sums(added, maths.added_sums(low, before, value)), True
    return total


def _streams(low: Lowering, function: str, party: str, moment: Moment) -> list[Value]:
    scope = low.scope
    found: list[Value] = []
    for unit in (scope.paying if function == "paid" else scope.paid).get(party, ()):
        values = low.ask(unit, moment)
        if isinstance(unit, Waterfall):
            parts = (scope.paid_by if function == "paid" else scope.received_by)(unit, party)
            found += [v for p in parts if (v := values.get(p, UNKNOWN)).kind is not Kind.STOCK]
        else:
            found.append(values.get(PAID, UNKNOWN))
    return found


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
    return status(low.build.const(0.0))
