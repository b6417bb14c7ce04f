"""What depends on what: which units, and which events inside a segment."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from syngraph.compile.scope import Scope, Unit
from syngraph.expr.nodes import Call, Comparison, Expr, Name
from syngraph.expr.walk import children, walk
from syngraph.model.agreements import Active, Moment, Payment, Right
from syngraph.model.assumptions import Assumption, Certain, OneOf
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Capacity, EndsAt, Hurdle, ProfitShare, Target, UpTo, Waterfall

_BY_NAME = frozenset({"happened", "in_force", "controls", "may_control", "paid", "received", "walk", "noise"})


def now(expr: Expr) -> Iterator[Expr]:
    """The parts of an expression that are worked out in this segment: all but what `prev` looks back on."""
    yield expr
    parts = children(expr)
    if isinstance(expr, Call) and expr.function in _BY_NAME:
        return
    if isinstance(expr, Call) and expr.function == "prev":
        parts = parts[1:]
    for child in parts:
        yield from now(child)


def unit_names(scope: Scope, exprs: Iterable[Expr]) -> Iterator[str]:
    """The units whose value in this segment the expressions use, also through the conditions of rights."""
    given = tuple(exprs)
    for expr in (*given, *_conditions_behind(scope, given)):
        for node in now(expr):
            match node:
                case Name(text=text):
                    found = scope.unit(text)
                    if found is not None:
                        yield found[0].head.name
                case Call(function="paid" | "received" as function, arguments=arguments) if arguments:
                    yield from _of_party(scope, function, arguments[0].value)
                case _:
                    pass


def _of_party(scope: Scope, function: str, party: Expr) -> Iterator[str]:
    name = party.text if isinstance(party, Name) else ""
    for unit in scope.units.values():
        match unit:
            case Payment(payer=payer, payee=payee) if name == (payer if function == "paid" else payee).chosen:
                yield unit.head.name
            case Waterfall(of=of) if function == "received" or name == of:
                yield unit.head.name
            case _:
                pass


def rights_asked(scope: Scope, exprs: Iterable[Expr]) -> Iterator[str]:
    """The rights that the expressions ask about, each once, in order of names."""
    yield from sorted(set(asked_names(exprs)) & scope.rights.keys())


def _conditions_behind(scope: Scope, exprs: Iterable[Expr]) -> Iterator[Expr]:
    """The conditions of the rights the expressions ask about, and of those these ask about."""
    seen: set[str] = set()
    open_names = list(rights_asked(scope, exprs))
    while open_names:
        name = open_names.pop()
        if name not in seen:
            seen.add(name)
            asked = right_conditions(scope, name)
            yield from asked
            open_names += rights_asked(scope, asked)


def event_names(scope: Scope, exprs: Iterable[Expr]) -> Iterator[str]:
    """The events (or uncertain days) whose state the expressions ask for."""
    return _behind(scope, asked_names(exprs))


def asked_names(exprs: Iterable[Expr]) -> Iterator[str]:
    """The names in expressions that may stand for an event, outcome, stage, right or term."""
    for expr in exprs:
        for node in now(expr):
            match node:
                case Name(text=text):
                    yield text
                case Call(function="happened" | "in_force", arguments=arguments) if arguments:
                    argument = arguments[0].value
                    if isinstance(argument, Name):
                        yield argument.text
                case _:
                    pass


def name_events(scope: Scope, text: str) -> Iterator[str]:
    """The events behind an event, outcome, stage, right or term."""
    return _behind(scope, (text,))


def moment_events(scope: Scope, moments: Iterable[Moment]) -> Iterator[str]:
    """The events behind moments; an uncertain day counts as an event of its own name."""
    days, names = _days_and_names(scope, moments)
    yield from days
    yield from _behind(scope, names)


def _days_and_names(scope: Scope, moments: Iterable[Moment]) -> tuple[list[str], list[str]]:
    days: list[str] = []
    names: list[str] = []
    for moment in moments:
        unit = scope.units.get(moment.name)
        uncertain = isinstance(unit, Assumption) and not isinstance(unit.draw, Certain)
        (days if uncertain else names).append(moment.name)
    return days, names


def _behind(scope: Scope, texts: Iterable[str]) -> Iterator[str]:
    """Each event behind the names once, through stages and rights however many stand between."""
    seen: set[str] = set()
    open_names = list(texts)
    while open_names:
        text = open_names.pop()
        if text in seen:
            continue
        seen.add(text)
        if text in scope.events:
            yield text
        elif (outcome := scope.outcome(text)) is not None:
            yield outcome[0].head.name
        else:
            days, names = _days_and_names(scope, _moments_of(scope, text))
            yield from days
            open_names += [*names, *asked_names(right_conditions(scope, text))]


def _moments_of(scope: Scope, text: str) -> tuple[Moment, ...]:
    """The moments at which a stage, right or payment begins and ends."""
    if (stage := scope.stage(text)) is not None:
        return (dict(stage[0].stages)[stage[1]],)
    term = scope.rights.get(text) or scope.units.get(text)
    if not isinstance(term, Right | Payment):
        return ()
    active = inherited(scope, text, term.active)
    return (*active.starts, *active.ends)


def right_conditions(scope: Scope, text: str) -> tuple[Expr, ...]:
    """The conditions a right of that name depends on."""
    right = scope.rights.get(text)
    if right is None:
        return ()
    when = (right.when.chosen,) if right.when else ()
    return (*when, *(e.condition.chosen for e in right.exceptions))


def active_events(scope: Scope, active: Active) -> Iterator[str]:
    """The events that begin or end a span."""
    yield from moment_events(scope, (*active.starts, *active.ends))


def inherited(scope: Scope, term: str, span: Active) -> Active:
    """A term's own span, completed by the `effective` and `ended` stages of its agreement."""
    agreement = scope.agreements.get(term.rpartition(".")[0])
    if agreement is None:
        return span
    stages = dict(agreement.stages)
    starts = span.starts or ((stages["effective"],) if "effective" in stages else ())
    ends = (*span.ends, stages["ended"]) if "ended" in stages else span.ends
    return Active(starts, ends)


def expressions(unit: Unit) -> tuple[Expr, ...]:
    """The expressions a unit is computed from, in the readings in use (conditions of exceptions not among them)."""
    match unit:
        case Value(value=value):
            return (value.chosen,)
        case Statement():
            return ()
        case Series(periods=periods):
            return tuple(p.value for p in periods)
        case Assumption(draw=Certain(value=value)):
            return (value.chosen,)
        case Assumption(draw=OneOf(options=options)):
            return tuple(e for option in options for e in option if e is not None)
        case Assumption():
            return ()
        case Measure(value=value):
            return (value.chosen,)
        case Dependence(share=share):
            return (share.chosen,)
        case Payment():
            return _payment(unit)
        case Waterfall():
            return _waterfall(unit)
        case _:
            assert_never(unit)


def _payment(unit: Payment) -> tuple[Expr, ...]:
    amounts = [unit.amount, unit.cap, *(e.amount for e in unit.exceptions)]
    found: list[Expr] = [a.chosen for a in amounts if a is not None]
    pledged = unit.commitment.amount if unit.commitment else None
    found += [e for e in (unit.opening, unit.minimum, pledged) if e is not None]
    return tuple(found)


def _waterfall(unit: Waterfall) -> tuple[Expr, ...]:
    found = [unit.pot.chosen, *(amount for _, amount in unit.opening)]
    for tier in unit.tiers:
        found += [share for _, share in tier.shares]
        for target in tier.until.chosen:
            found += target_expressions(target)
    return tuple(found)


def target_expressions(target: Target) -> list[Expr]:
    """The expressions of one target."""
    match target:
        case UpTo(amount=amount) | Capacity(amount=amount):
            return [amount]
        case Hurdle(rate=rate, contributions=contributions, opening=opening):
            return [rate, contributions, *([opening] if opening is not None else [])]
        case ProfitShare(share=share):
            return [share]
        case EndsAt():
            return []
        case _:
            assert_never(target)


def conditions(unit: Unit) -> tuple[tuple[str, Expr], ...]:
    """The conditions of a payment's exceptions, by the exception's full name."""
    if not isinstance(unit, Payment):
        return ()
    return tuple((e.head.name, e.condition.chosen) for e in unit.exceptions)


def is_threshold(condition: Expr) -> bool:
    """Whether a condition compares quantities, so that it may come true inside a segment."""
    return any(isinstance(e, Comparison) for e in walk(condition))


def unit_events(scope: Scope, unit: Unit) -> set[str]:
    """The events a unit itself looks at; a threshold of one of its exceptions counts as an event of that name."""
    found = set(event_names(scope, expressions(unit)))
    match unit:
        case Payment(active=active):
            found |= set(active_events(scope, inherited(scope, unit.head.name, active)))
            for name, condition in conditions(unit):
                found |= {name} if is_threshold(condition) else set(event_names(scope, [condition]))
        case Waterfall(active=active, tiers=tiers):
            found |= set(active_events(scope, active))
            ends = [t.moment for tier in tiers for t in tier.until.chosen if isinstance(t, EndsAt)]
            found |= set(moment_events(scope, ends))
        case _:
            pass
    return found
