"""The days at which time must be cut: every one that reaches the program, in any plan or reading."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from syngraph.base.dates import Interval
from syngraph.compile.references import target_expressions
from syngraph.expr.nodes import Expr
from syngraph.expr.walk import days
from syngraph.model.agreements import Active, Moment, Payment, Right
from syngraph.model.assumptions import Assumption, Between, Certain, OneOf
from syngraph.model.case import Case
from syngraph.model.checks import At, Better, Chance, Increasing, Level, Proven
from syngraph.model.events import Decision, Never, OnCondition, OnDate
from syngraph.model.facts import Fact, Series, Statement, Value
from syngraph.model.records import Readings
from syngraph.model.waterfalls import EndsAt


def known_dates(cases: Iterable[Case]) -> frozenset[date]:
    """All of them, over all plans and readings."""
    return frozenset(d for case in cases for d in _of_case(case))


def _of_case(case: Case) -> Iterator[date]:
    for fact in case.facts:
        yield from _fact(fact)
    for assumption in case.assumptions:
        yield from _assumption(assumption)
    for measure in case.measures:
        yield from _readings(measure.value)
    for dependence in case.dependences:
        yield from _readings(dependence.share)
    yield from _events(case)
    yield from _agreements(case)
    yield from _waterfalls(case)
    yield from _checks(case)


def _readings(readings: Readings[Expr] | None) -> Iterator[date]:
    for _, expr in readings.options if readings else ():
        yield from (d.day for d in days(expr))


def _interval(interval: Interval | None) -> Iterator[date]:
    if interval is not None and interval.exact is not None:
        yield interval.exact


def _fact(fact: Fact) -> Iterator[date]:
    match fact:
        case Value(value=value):
            yield from _readings(value)
        case Series(periods=periods):
            for period in periods:
                yield from (d for d in (period.valid.first, period.valid.end) if d is not None)
        case Statement():
            pass


def _assumption(assumption: Assumption) -> Iterator[date]:
    match assumption.draw:
        case Certain(value=value):
            yield from _readings(value)
        case OneOf(options=options):
            yield from _written(e for option in options for e in option)
        case _:
            pass


def _written(exprs: Iterable[Expr | None]) -> Iterator[date]:
    for expr in exprs:
        yield from (d.day for d in days(expr)) if expr is not None else ()


def _events(case: Case) -> Iterator[date]:
    for event in case.events:
        match event.trigger:
            case OnDate() as day:
                yield from _day(day)
            case OnCondition(condition=condition):
                yield from _readings(condition)
            case Decision(date=day, hazard=hazard, outcomes=outcomes):
                yield from _day(day)
                yield from _readings(hazard)
                yield from _written(o.probability for o in outcomes)
            case Never():
                pass
            case _:
                assert_never(event.trigger)


def _day(day: OnDate | None) -> Iterator[date]:
    if day is not None and not isinstance(day.when, Between):
        yield from _interval(day.when)


def _moments(moments: Iterable[Moment]) -> Iterator[date]:
    for moment in moments:
        yield from _interval(moment.day)


def _active(active: Active) -> Iterator[date]:
    yield from _moments((*active.starts, *active.ends))


def _agreements(case: Case) -> Iterator[date]:
    for right in case.rights:
        yield from _active(right.active)
    for agreement in case.agreements:
        yield from _moments(m for _, m in agreement.stages)
        for term in agreement.terms:
            yield from _active(term.active)
            for exception in term.exceptions:
                yield from _readings(exception.condition)
                yield from _readings(exception.amount)
            match term:
                case Payment(amount=amount, cap=cap, commitment=pledge, minimum=minimum):
                    yield from (*_readings(amount), *_readings(cap), *_written([minimum]))
                    yield from [pledge.by] if pledge else []
                case Right(when=when):
                    yield from _readings(when)


def _waterfalls(case: Case) -> Iterator[date]:
    for waterfall in case.waterfalls:
        yield from _active(waterfall.active)
        yield from _readings(waterfall.pot)
        for tier in waterfall.tiers:
            targets = [t for _, option in tier.until.options for t in option]
            yield from _written(share for _, share in tier.shares)
            yield from _written(e for t in targets for e in target_expressions(t))
            yield from _moments(t.moment for t in targets if isinstance(t, EndsAt))


def _checks(case: Case) -> Iterator[date]:
    for check in case.checks:
        match check.prop:
            case Proven(conditions=conditions):
                for condition in conditions:
                    yield from (d.day for d in days(condition))
            case Chance(condition=value, at=at) | Level(value=value, at=at) | Increasing(value=value, at=at):
                yield from _at(at, value)
            case Better(value=value, at=at):
                yield from _at(at, value)


def _at(at: At, value: Expr) -> Iterator[date]:
    yield from [at.day] if at.day else []
    yield from (d.day for d in days(value))
