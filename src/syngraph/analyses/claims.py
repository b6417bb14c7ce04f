"""What the fields of a record claim that a quote can be held to: amounts, days, stretches of time, and parties."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, assert_never

from syngraph.base.dates import Interval
from syngraph.base.errors import InternalError
from syngraph.base.spans import Span
from syngraph.base.units import NO_UNIT
from syngraph.evidence.agreement import Amount, Claim, Day, Stretch
from syngraph.expr.nodes import Day as DayLiteral
from syngraph.expr.nodes import Expr, Negative, Number
from syngraph.expr.walk import walk
from syngraph.model.agreements import Active, Agreement, Exemption, Moment, Payment, Right
from syngraph.model.events import Decision, Event, OnCondition
from syngraph.model.facts import Period, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.parties import Body
from syngraph.model.records import Head, Readings
from syngraph.model.stances import Dispute, Offer, Position
from syngraph.model.waterfalls import Capacity, EndsAt, Hurdle, ProfitShare, Target, Tier, UpTo, Waterfall


@dataclass(frozen=True, slots=True)
class Named:
    """A party a field of a record names."""

    field: str
    party: str


def claims(record: Any, head: Head) -> tuple[Claim, ...]:
    """The amounts and days a record states itself, without those that a reason marks as an interpretation."""
    return tuple(c for c in _claims(record, head) if not _interpreted(c.field, head))


def _interpreted(field: str, head: Head) -> bool:
    """Whether a reason, for the field or for the whole record, marks it as an interpretation."""
    return any(name in ("", field) for name, _ in head.whys)


def _claims(record: Any, head: Head) -> Iterator[Claim]:
    match record:
        case Value(value=value, bound=bound, dating=dating):
            yield from _readings("readings" if value.ambiguous else "value", value, bound)
            yield from _stretch("valid", dating.valid, head.span)
        case Period(valid=valid, value=expr):
            yield from _numbers("value", expr)
            yield from _stretch("valid", valid, head.span)
        case Statement(dating=dating):
            yield from _stretch("valid", dating.valid, head.span)
        case Event(trigger=trigger):
            yield from _stretch("date", record.given, head.span)
            yield from _trigger(trigger)
        case Agreement(stages=stages):
            for stage, moment in stages:
                yield from _stretch(stage, moment.day, moment.span)
        case Payment():
            yield from _payment(record)
        case Right(amount=amount, active=active, seats=seats, when=when):
            for part in amount:
                yield from _numbers("amount", part)
            if seats is not None:
                yield _seats(seats, head.span)
            if when is not None:
                yield from _readings("when", when, "exact")
            yield from _active(active)
        case Exemption(condition=condition, amount=changed, bound=bound):
            yield from _readings("when", condition, "exact")
            if changed is not None:
                yield from _readings("amount", changed, bound)
        case Body(seats=int(seats)):
            yield _seats(seats, head.span)
        case Measure(value=value):
            yield from _readings(record.kind, value, "exact")
        case Dependence(share=share):
            yield from _readings("share", share, "exact")
        case Waterfall(active=active, opening=opening, pot=pot):
            yield from _readings("pot", pot, "exact")
            for _, before in opening:
                yield from _numbers("opening", before)
            yield from _active(active)
        case Tier(shares=shares, until=until):
            for _, part in shares:
                yield from (c for c in _numbers("share", part) if not _is_whole(c))
            for target in until.chosen:
                yield from _target(target)
        case _:
            return


def _trigger(trigger: object) -> Iterator[Claim]:
    """The numbers of a condition, and of what a decision comes to."""
    match trigger:
        case OnCondition(condition=condition):
            yield from _readings("when", condition, "exact")
        case Decision(hazard=hazard, outcomes=outcomes):
            if hazard is not None:
                yield from _readings("hazard", hazard, "exact")
            for outcome in outcomes:
                if outcome.probability is not None:
                    yield from _numbers("outcomes", outcome.probability)
        case _:
            return


def _target(target: Target) -> Iterator[Claim]:
    match target:
        case UpTo(amount=expr) | Capacity(amount=expr) | ProfitShare(share=expr):
            yield from _numbers("until", expr)
        case Hurdle(rate=rate, contributions=contributions, opening=opening):
            for part in (rate, contributions, *(() if opening is None else (opening,))):
                yield from _numbers("until", part)
        case EndsAt(moment=moment):
            yield from _moment("until", moment)
        case _:
            assert_never(target)


def _seats(seats: int, span: Span) -> Claim:
    return Claim("seats", Amount(Fraction(seats), NO_UNIT), span, str(seats))


def _is_whole(claim: Claim) -> bool:
    """A share of 100 % only says who comes first."""
    return isinstance(claim.content, Amount) and claim.content.value == 1


def _payment(payment: Payment) -> Iterator[Claim]:
    for field, readings in (("amount", payment.amount), ("cap", payment.cap)):
        if readings is not None:
            yield from _readings(field, readings, "exact")
    for field, expr in (("opening", payment.opening), ("minimum", payment.minimum)):
        if expr is not None:
            yield from _numbers(field, expr)
    if payment.commitment is not None:
        yield from _numbers("commitment", payment.commitment.amount)
        yield Claim("commitment", Day(payment.commitment.by), payment.commitment.span, str(payment.commitment.by))
    yield from _active(payment.active)


def _active(active: Active) -> Iterator[Claim]:
    for field, moments in (("from", active.starts), ("until", active.ends)):
        for moment in moments:
            yield from _moment(field, moment)


def _moment(field: str, moment: Moment) -> Iterator[Claim]:
    if moment.day is not None and moment.day.exact is not None:
        yield Claim(field, Day(moment.day.exact), moment.span, moment.day.text)
    else:
        yield from _stretch(field, moment.day, moment.span)


def _readings(field: str, readings: Readings[Expr], bound: str) -> Iterator[Claim]:
    for _, expr in readings.options:
        yield from _numbers(field, expr, bound, reading=readings.ambiguous)


def _numbers(field: str, expr: Expr, bound: str = "exact", *, reading: bool = False) -> Iterator[Claim]:
    """What a field claims that is an amount or a day as written; of a formula each number but 0, 1 and 2."""
    match expr:
        case Number() | DayLiteral() | Negative(operand=Number()):
            yield _literal(field, expr, bound, reading=reading)
        case _:
            for part in _leaves(expr):
                yield replace(_literal(field, part, "exact", reading=reading), within=True)


def _leaves(expr: Expr) -> Iterator[Number | DayLiteral | Negative]:
    """The days of a formula, and its numbers with their signs."""
    signed = {id(node.operand) for node in walk(expr) if isinstance(node, Negative)}
    for node in walk(expr):
        match node:
            case DayLiteral() | Negative(operand=Number()):
                yield node
            case Number(quantity=quantity) if id(node) not in signed and quantity.amount not in (0, 1, 2):
                yield node
            case _:
                pass


def _literal(field: str, expr: Number | DayLiteral | Negative, bound: str, *, reading: bool) -> Claim:
    match expr:
        case DayLiteral(day=day, span=span):
            return Claim(field, Day(day), span, str(day), reading)
        case Negative(operand=Number(quantity=quantity), span=span):
            scale = Fraction(quantity.unit.scale)
            content = Amount(-Fraction(quantity.number) * scale, quantity.unit, bound, _step(quantity.text) * scale)
            return Claim(field, content, span, f"-{quantity.text}", reading)
        case Number(quantity=quantity, span=span):
            scale = Fraction(quantity.unit.scale)
            content = Amount(Fraction(quantity.number) * scale, quantity.unit, bound, _step(quantity.text) * scale)
            return Claim(field, content, span, quantity.text, reading)
        case _:
            raise InternalError("a sign before what is no number")


def _step(written: str) -> Fraction:
    """The size of the last digit of a number as written: 0.01 for 66.67."""
    digits = written.split(maxsplit=1)[0].replace(",", "").replace("_", "") if written else ""
    _, _, decimals = digits.partition(".")
    return Fraction(1, 10 ** len(decimals))


def _stretch(field: str, when: Interval | None, span: Span) -> Iterator[Claim]:
    if when is not None:
        yield Claim(field, Stretch(when), span, when.text)


def named_parties(record: Any, head: Head) -> tuple[Named, ...]:
    """The parties the fields of a record name, without those a reason marks as an interpretation."""
    return tuple(dict.fromkeys(n for n in _named(record) if n.party and not _interpreted(n.field, head)))


def _named(record: Any) -> Iterator[Named]:
    match record:
        case Value(about=about, dating=dating) | Statement(about=about, dating=dating):
            yield from (Named("about", party) for party in about)
            yield Named("said_by", dating.said_by)
        case Event(by=by):
            yield from (Named("by", decider) for decider in by)
        case Agreement(parties=parties):
            yield from (Named("parties", party) for party in parties)
        case Payment(payer=payer, payee=payee):
            yield from (Named("pays", side.chosen) for side in (payer, payee))
        case Right(holder=holder, bearer=bearer, by=by):
            yield from (Named("holder", holder.chosen), Named("bearer", bearer.chosen))
            yield from (Named("by", party) for party in by)
        case Position(by=by):
            yield from (Named("by", party) for party in by)
        case Dispute(between=sides):
            yield from (Named("between", party) for side in sides for party in side)
        case Offer(by=by, target=target):
            yield from (Named("by", by), Named("for", target))
        case Waterfall(of=of):
            yield Named("of", of)
        case Tier(shares=shares):
            yield from (Named("share", party) for party, _ in shares)
        case Dependence(of=of, on=on):
            yield from (Named("of", of), Named("on", on))
        case Body(party=party):
            yield Named("of", party)
        case _:
            return
