"""Random systems of `and`, `or`, `not`: levels whose rates hang on nested conditions of levels, days and events.

Each is spelled three ways that mean the same: as drawn, rewritten by De Morgan's laws, and with conditions named
through `status:` measures. Results must be the same at every grid, and equal bits for each spelling.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import assert_never

from reference.drafting import Draft
from reference.exact import simulate
from reference.model import (
    AtEvent,
    Between,
    Case,
    Choice,
    Compare,
    Condition,
    DayCompare,
    Event,
    Every,
    Exemption,
    Fastest,
    Happened,
    Named,
    Not,
    OnceUncertain,
    Paid,
    Payment,
    Rate,
    RateMix,
    RateOf,
    Received,
    Slowest,
    Some,
    Steady,
    Unclear,
)

CONTRARY = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}
ATTEMPTS = 200


@dataclass(frozen=True, slots=True)
class Logic:
    """One system in three spellings."""

    plain: Case
    rewritten: Case
    named: Case


def random_logic(seed: int) -> Logic:
    """A system on which the specification has one answer, always the same for a seed."""
    for attempt in range(ATTEMPTS):
        rng = random.Random(f"logic {seed} {attempt}")
        case = _drawn(rng)
        try:
            result = simulate(case)
        except Unclear:
            continue
        if result.stops >= 4:
            rewritten = respelled(case, lambda c, rng=rng: contrary(c, rng))  # type: ignore[misc]
            return Logic(case, rewritten, named(case, rng))
    raise AssertionError(f"no system for seed {seed}")


def _drawn(rng: random.Random) -> Case:
    """Two to four levels that rise and fall by conditions on each other, on days and on events."""
    draft = Draft(rng, even=rng.random() < 0.25)
    base = draft.total_of(draft.steady(), pure=True)
    for _ in range(rng.randint(1, 3)):
        _level(draft)
        if rng.random() < 0.7:
            draft.events.append(Event(draft.name("ev"), draft.condition(2), rng.choice((0, 0, 1))))
        if rng.random() < 0.3:
            draft.statuses.append((draft.name("status"), draft.condition(2)))
    ends = (AtEvent(rng.choice(draft.events).name),) if draft.events and rng.random() < 0.5 else ()
    exemption = Exemption(draft.name("one"), draft.condition(3), Steady(draft.number(5, 40)))
    fee = Payment(draft.name("fee"), Steady(draft.number(5, 40)), end=ends, exceptions=(exemption,))
    draft.payments.append(fee)
    draft.parts[base].append((Fraction(-1), Paid(fee.name)))
    return draft.case()


def _level(draft: Draft) -> None:
    """A level that moves one way while a condition holds, another while not; sometimes the condition is on itself."""
    rng, speed, other = draft.rng, draft.number(15, 80), draft.number(5, 60)
    name, down = draft.name("rate"), rng.random() < 0.5
    draft.speeds[name] = speed
    total = draft.total_of(name)
    condition: Condition = draft.condition(3)
    if rng.random() < 0.3:
        own = draft.crossing(total)
        condition = Every((condition, own)) if rng.random() < 0.5 else Some((own, condition))
    draft.rates.append((name, Choice(Steady(speed), condition, Steady(-other if down else other))))


# spellings


def contrary(condition: Condition, rng: random.Random) -> Condition:
    """The same, told by its contrary here and there, all the way down."""
    match condition:
        case Every(parts):
            inner = tuple(contrary(p, rng) for p in parts)
            return Not(Some(tuple(_not(p) for p in inner))) if rng.random() < 0.7 else _paired(Every, inner)
        case Some(parts):
            inner = tuple(contrary(p, rng) for p in parts)
            return Not(Every(tuple(_not(p) for p in inner))) if rng.random() < 0.7 else _paired(Some, inner)
        case Not(part):
            return _not(contrary(part, rng))
        case Compare(left, operator, right) if rng.random() < 0.5:
            return Not(Compare(left, CONTRARY[operator], right))
        case DayCompare(operator, day) if rng.random() < 0.5:
            return Not(DayCompare(CONTRARY[operator], day))
        case Compare() | DayCompare() | OnceUncertain() | Happened() | Named():
            return condition
        case _:
            assert_never(condition)


def _not(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else Not(condition)


def _paired(kind: type[Every] | type[Some], parts: tuple[Condition, ...]) -> Condition:
    """`a and (b and c)`."""
    return kind((parts[0], _paired(kind, parts[1:]))) if len(parts) > 2 else kind(parts)


def named(case: Case, rng: random.Random) -> Case:
    """The same with conditions, whole or in part, named through statuses."""
    names: dict[Condition, str] = {}

    def name_of(condition: Condition) -> Condition:
        inner = _within(condition, name_of)
        plain = isinstance(inner, Compare | DayCompare | Happened | OnceUncertain)
        if isinstance(inner, Named) or rng.random() < (0.75 if plain else 0.3):
            return inner
        return Named(names.setdefault(inner, f"told_{len(names)}"))

    told = respelled(case, name_of)
    return replace(told, statuses=(*told.statuses, *((name, condition) for condition, name in names.items())))


def _within(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    match condition:
        case Every(parts):
            return Every(tuple(change(p) for p in parts))
        case Some(parts):
            return Some(tuple(change(p) for p in parts))
        case Not(part):
            return Not(change(part))
        case _:
            return condition


def respelled(case: Case, change: Callable[[Condition], Condition]) -> Case:
    """The case with every condition changed."""
    return replace(
        case,
        rates=tuple((name, _rate(rate, change)) for name, rate in case.rates),
        totals=tuple(replace(t, rate=_rate(t.rate, change)) for t in case.totals),
        trailings=tuple(replace(t, rate=_rate(t.rate, change)) for t in case.trailings),
        statuses=tuple((name, change(condition)) for name, condition in case.statuses),
        events=tuple(_event(event, change) for event in case.events),
        payments=tuple(_payment(payment, change) for payment in case.payments),
        waterfalls=tuple(replace(w, pot=_rate(w.pot, change)) for w in case.waterfalls),
    )


def _event(event: Event, change: Callable[[Condition], Condition]) -> Event:
    match event.when:
        case Compare() | DayCompare() | OnceUncertain() | Happened() | Named() | Every() | Some() | Not() as condition:
            return replace(event, when=change(condition))
        case date() | Between():
            return event
        case _:
            assert_never(event.when)


def _payment(payment: Payment, change: Callable[[Condition], Condition]) -> Payment:
    exceptions = (replace(e, when=change(e.when), amount=_rate(e.amount, change)) for e in payment.exceptions)
    return replace(payment, amount=_rate(payment.amount, change), exceptions=tuple(exceptions))


def _rate(rate: Rate, change: Callable[[Condition], Condition]) -> Rate:
    match rate:
        case Steady() | RateOf() | Paid() | Received():
            return rate
        case RateMix(parts):
            return RateMix(tuple((factor, _rate(part, change)) for factor, part in parts))
        case Choice(then, condition, otherwise):
            return Choice(_rate(then, change), change(condition), _rate(otherwise, change))
        case Slowest(parts):
            return Slowest(_rates(parts, change))
        case Fastest(parts):
            return Fastest(_rates(parts, change))
        case _:
            assert_never(rate)


def _rates(parts: Iterable[Rate], change: Callable[[Condition], Condition]) -> tuple[Rate, ...]:
    return tuple(_rate(part, change) for part in parts)
