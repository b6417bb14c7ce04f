"""What computes each quantity, as an expression over names and parts; a part has a value of its own, and a formula.

Parts are the calls that have a memory (`grow`, `cum`, `walk` …) and what a term adds to its amount: `active(term)`,
`full(term)` where its cap is met, `so_far(term)` for what was paid.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce

from syngraph.base.quantities import Quantity
from syngraph.base.spans import Span
from syngraph.expr.nodes import Argument, Call, Choice, Comparison, Day, Expr, Logic, Name, Not, Number, Truth
from syngraph.expr.walk import children
from syngraph.graph.edges import all_targets, event_expressions, expressions, limits
from syngraph.graph.names import ClockName, Scope, StageOf, Unit
from syngraph.model.agreements import Active, Exemption, Moment, Payment, Right
from syngraph.model.asked import PAID
from syngraph.model.assumptions import Assumption, Certain
from syngraph.model.events import Event
from syngraph.model.facts import Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import EndsAt, Hurdle, Waterfall

ACTIVE, FULL, SO_FAR = "active", "full", "so_far"
MEMORY = frozenset({"grow", "cum", "prev", "trailing", "walk", "noise"})
_LEAVES = MEMORY | {"paid", "received", "happened", "in_force", ACTIVE, FULL, SO_FAR}


def formula(scope: Scope, unit: Unit, part: str = "") -> Expr | None:
    """What a part of a unit is computed by; None where an expression does not say it."""
    match unit:
        case Value(value=value) | Measure(value=value) | Assumption(draw=Certain(value=value)):
            return value.chosen
        case Dependence(share=share):
            return share.chosen
        case Payment() if part == PAID:
            return _paid(scope, unit)
        case _:
            return None


def behind(scope: Scope, part: Expr) -> Expr:
    """What a part is computed by; a call with a memory by itself."""
    match part:
        case Call(function="active", arguments=(Argument(value=Name(text=text, span=span)), *_)):
            return _spanning(scope, span_of(scope, text), span)
        case Call(function="full", arguments=(Argument(value=Name(text=text, span=span) as term), *_)):
            unit = scope.units[text]
            assert isinstance(unit, Payment) and unit.cap is not None
            return Comparison(">=", _call(SO_FAR, term), unit.cap.chosen, span)
        case Call(function="so_far", arguments=(Argument(value=Name(text=text, span=span)), *_)):
            unit = scope.units[text]
            assert isinstance(unit, Payment)
            opening = (unit.opening,) if unit.opening is not None else ()
            return _call("cum", Name(f"{text}.{PAID}", span), *opening)
        case Call(function="happened", arguments=(Argument(value=Name() as name), *_)) | (Name() as name):
            bound = scope.bound(name.text)
            return _moment(scope, bound.moment) if isinstance(bound, StageOf) else part
        case Call(function="in_force", arguments=(Argument(value=Name(text=text)), *_)) if text in scope.rights:
            return _in_force(scope, scope.rights[text])
        case _:
            return part


def operands(expr: Expr) -> Iterator[Expr]:
    """The names and parts that a formula is made of; of one that is itself a call with a memory, those inside it."""
    inside = isinstance(expr, Call) and expr.function in MEMORY - {"walk", "noise"}
    for one in children(expr) if inside else (expr,):
        yield from _leaves(one)


def unit_operands(scope: Scope, unit: Unit, part: str) -> Iterator[Expr]:
    """The names and parts that a part of a unit is computed from."""
    found = formula(scope, unit, part)
    if found is not None:
        yield from operands(found)
        return
    if isinstance(unit, Waterfall):
        yield from _of_waterfall(scope, unit)
        return
    for expr in (*expressions(unit), *limits(unit)):
        yield from operands(expr)
    if isinstance(unit, Payment) and _has_span(scope.span(unit.head.name, unit.active)):
        yield _call(ACTIVE, Name(unit.head.name, unit.head.span))


def event_operands(scope: Scope, event: Event) -> Iterator[Expr]:
    """The names and parts that an event hangs on: what it comes after, its condition, hazard and probabilities."""
    for name in event.after:
        yield Name(name, event.head.span)
    for expr in event_expressions(event):
        yield from operands(expr)


def is_part(scope: Scope, expr: Expr) -> bool:
    """Whether it has no record and no series of its own."""
    match expr:
        case Call(function="paid" | "received"):
            return False
        case Call(function="happened", arguments=(Argument(value=Name(text=text)), *_)):
            return text not in scope.events
        case Call():
            return True
        case Name(text=text):
            return isinstance(scope.bound(text), StageOf | ClockName)
        case _:
            return False


def span_of(scope: Scope, name: str) -> Active:
    """When a term, right or waterfall is in force."""
    match scope.units.get(name) or scope.rights[name]:
        case (Payment() | Right()) as term:
            return scope.span(name, term.active)
        case Waterfall(active=active):
            return active
        case _:
            return Active()


# terms


def _paid(scope: Scope, term: Payment) -> Expr:
    """The amount of the exception that holds, else the base, while the term is active and its cap not met."""
    span = term.head.span
    nothing: Expr = Number(Quantity(Decimal(0), text="0"), span)
    amount = term.amount.chosen if term.amount is not None else nothing
    for one in term.exceptions:
        if one.amount is not None:
            amount = Choice(one.amount.chosen, _wins(term.exceptions, one), amount, span)
    name = Name(term.head.name, span)
    held: list[Expr] = [_call(ACTIVE, name)] if _has_span(scope.span(term.head.name, term.active)) else []
    held += [Not(_call(FULL, name), span)] if term.cap is not None else []
    return Choice(amount, _all(held, span), nothing, span) if held else amount


def _wins(all_of: Sequence[Exemption], one: Exemption) -> Expr:
    """When an exception holds and none that is over it."""
    over = [o for o in all_of if o is not one and o.amount and o.over and one.head.name.endswith(f".{o.over}")]
    held = [one.condition.chosen, *(Not(o.condition.chosen, o.head.span) for o in over)]
    return _all(held, one.head.span)


def _in_force(scope: Scope, right: Right) -> Expr:
    span, agreement = right.head.span, scope.agreement_of(right.head.name)
    if agreement is not None and agreement.binding is False:
        return Truth(False, span)
    active = span_of(scope, right.head.name)
    held: list[Expr] = [_call(ACTIVE, Name(right.head.name, span))] if _has_span(active) else []
    held += [right.when.chosen] if right.when is not None else []
    held += [Not(e.condition.chosen, span) for e in right.exceptions if e.limited is not None]
    return _all(held, span)


# waterfalls


def _of_waterfall(scope: Scope, unit: Waterfall) -> Iterator[Expr]:
    for expr in (*expressions(unit), *limits(unit)):
        yield from operands(expr)
    for target in all_targets(unit):
        match target:
            case EndsAt(moment=moment):
                yield from operands(_moment(scope, moment))
            case Hurdle(contributions=contributions):
                yield from operands(contributions)
            case _:
                pass
    if _has_span(unit.active):
        yield _call(ACTIVE, Name(unit.head.name, unit.head.span))


# spans


def _has_span(active: Active) -> bool:
    return bool(active.starts or active.ends)


def _spanning(scope: Scope, active: Active, span: Span) -> Expr:
    """A span has begun with the first of its starts, and ended with the first of its ends."""
    begun = [_any([_moment(scope, m) for m in active.starts], span)] if active.starts else []
    ended = [_not(_any([_moment(scope, m) for m in active.ends], span))] if active.ends else []
    return _all([*begun, *ended], span)


def _moment(scope: Scope, moment: Moment) -> Expr:
    """Whether a moment has come."""
    moment = scope.settled(moment)
    name, span = Name(moment.name, moment.span), moment.span
    if moment.day is not None:
        day = moment.day.exact or moment.day.first
        return Truth(True, span) if day is None else Comparison(">=", Name("date", span), Day(day, span), span)
    if moment.name in scope.events:
        return _call("happened", name)
    if scope.outcome(moment.name) is not None:
        return name
    return Comparison(">=", Name("date", span), name, span)


# building


def _call(function: str, first: Expr, *others: Expr) -> Call:
    return Call(function, tuple(Argument("", e) for e in (first, *others)), first.span)


def _not(expr: Expr) -> Expr:
    """The contrary; a day that has not come is yet to come."""
    match expr:
        case Comparison(operator=">=", left=left, right=right, span=span):
            return Comparison("<", left, right, span)
        case _:
            return Not(expr, expr.span)


def _all(held: Sequence[Expr], span: Span) -> Expr:
    return reduce(lambda a, b: Logic("and", a, b, span), held) if held else Truth(True, span)


def _any(held: Sequence[Expr], span: Span) -> Expr:
    return reduce(lambda a, b: Logic("or", a, b, span), held)


def _leaves(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Name():
            yield expr
        case Call(function=function) if function in _LEAVES:
            yield expr
        case _:
            for child in children(expr):
                yield from _leaves(child)
