"""Payments: amount, exceptions, span and cap."""

from syngraph.base.diagnostics import Label
from syngraph.base.units import Dimension
from syngraph.compile.money import shortfalls
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Level, Lowering
from syngraph.compile.nodes.values import START, UNKNOWN, WHOLE, Moment, Sums, Value, When, flat, status
from syngraph.compile.values import arithmetic, expressions, spans
from syngraph.compile.values.accumulations import added, hand_on
from syngraph.compile.values.switches import above
from syngraph.expr.nodes import Expr
from syngraph.graph.kinds import LEVELS, Kind
from syngraph.ir.opcodes import Varies
from syngraph.ir.program import Origin
from syngraph.model.agreements import Exemption, Payment

Held = list[tuple[Exemption, Node, Value]]


def evaluate(low: Lowering, term: Payment, moment: Moment) -> dict[str, Value]:
    """What is paid, and what falls short of a minimum or a commitment."""
    amount = _amount(low, term, moment)
    if not amount.known:
        return {"paid": UNKNOWN, "shortfall": UNKNOWN}
    on = active(low, term)
    account = _account(low, term, amount.dimension)
    stopped = low.build.no(on)
    if term.cap is not None and account is not None:
        full = _full(low, term, account, moment)
        if full is None:
            return {"paid": UNKNOWN, "shortfall": UNKNOWN}
        stopped = low.build.either(stopped, full)
    zero = flat(Kind.FLOW, amount.dimension, low.build.const(0.0))
    paid = arithmetic.chosen(low, stopped, zero, amount, Kind.FLOW)
    if amount.sums is not None:
        paid = arithmetic.with_sums(paid, spans.sums_while(low, term.head.name, on, amount.sums))
    if moment.final:
        if account is not None:
            paid = _capped(low, term, account, paid)
            hand_on(low, account.state, low.build.add(account.state, low.amount(paid)), paid)
        return {"paid": paid, "shortfall": shortfalls.shortfall(low, term, on, paid, account)}
    return {"paid": paid, "shortfall": arithmetic.with_sums(zero, Sums(zero.start, zero.start))}


def active(low: Lowering, term: Payment) -> Node:
    """Whether a term is in force."""
    return spans.active(low, low.scope.span(term.head.name, term.active)).start


# the cap


def so_far(low: Lowering, term: Payment) -> Value:
    """What was paid so far, over a stretch; unknown if nothing watches it."""
    paid = low.ask(term, WHOLE).get("paid", UNKNOWN)
    account = _account(low, term, paid.dimension) if paid.known else None
    return UNKNOWN if account is None else added(low, account.state, paid, Kind.STOCK, paid.dimension)


def full(low: Lowering, term: Payment) -> Value:
    """Whether the cap is met."""
    paid = low.ask(term, WHOLE).get("paid", UNKNOWN)
    account = _account(low, term, paid.dimension) if paid.known and term.cap is not None else None
    met = None if account is None else _full(low, term, account, WHOLE)
    return UNKNOWN if met is None else status(met)


def _account(low: Lowering, term: Payment, dimension: Dimension) -> Level | None:
    """What was paid so far, if a cap or a commitment watches it."""
    if term.cap is None and term.commitment is None:
        return None
    key = f"account {term.head.name}"
    if key not in low.levels:
        first = _opening(low, term, dimension)
        low.levels[key] = Level(low.build.state(key, first.start), first, None, "account", term.head.span)
    return low.levels[key]


def _opening(low: Lowering, term: Payment, dimension: Dimension) -> Value:
    """What was paid before today."""
    zero = flat(Kind.CONSTANT, dimension, low.build.const(0.0))
    if term.opening is None:
        spans.warn_of_opening(low, term.head, low.scope.span(term.head.name, term.active))
        return zero
    value = low.value(term.opening, START)
    varies = value.kind is not Kind.CONSTANT or low.build.varies[value.start] > Varies.PATH
    if value.known and (varies or value.dimension != dimension):
        low.wrong("opening-varies", term.opening.span, found=value.words())
        return zero
    return value if value.known else zero


def _full(low: Lowering, term: Payment, account: Level, moment: Moment) -> Node | None:
    """Whether the account has met its cap, so that nothing more is paid; a cap that grows is followed by sliding."""
    assert term.cap is not None
    when = When.NOW if moment.when is When.NOW else When.START
    cap = low.value(term.cap.chosen, Moment(when))
    if not cap.known:
        return None
    dimension = account.first.dimension
    if cap.kind not in LEVELS or cap.dimension != dimension:
        low.wrong("amount-wanted", term.cap.chosen.span, found=cap.words())
        return None

    def sides() -> tuple[Value, Value] | None:
        paid = low.ask(term, WHOLE).get("paid", UNKNOWN)
        if not paid.known:
            return None
        return added(low, account.state, paid, Kind.STOCK, dimension), low.value(term.cap.chosen, WHOLE)  # type: ignore[union-attr]

    paid = flat(Kind.STOCK, dimension, account.state)
    return above(low, paid, cap, strict=False, when=when, sides=sides)


def _capped(low: Lowering, term: Payment, account: Level, paid: Value) -> Value:
    """Of a sum only what the cap leaves room for is paid."""
    if term.cap is None or paid.sums is None:
        return paid
    cap, build = low.value(term.cap.chosen, WHOLE), low.build
    end = build.add(account.state, low.amount(paid))
    rooms = (build.sub(cap.start, account.state), build.sub(cap.end, end))
    due = (paid.sums.start, paid.sums.end)
    fits = (build.smaller(n, build.larger(r, build.const(0.0))) for n, r in zip(due, rooms, strict=True))
    return arithmetic.with_sums(paid, Sums(*fits))


# the amount and its exceptions


def _amount(low: Lowering, term: Payment, moment: Moment) -> Value:
    """The amount in force: the base, or that of the exception that holds."""
    base = None if term.amount is None else _flow(low, term.amount.chosen, moment)
    held = _held(low, term, moment)
    if (base is not None and not base.known) or held is None:
        return UNKNOWN
    build = low.build
    if base is None and not held:
        return flat(Kind.FLOW, ((low.scope.case.currency, 1),), build.const(0.0))
    amount = base or flat(Kind.FLOW, held[0][2].dimension, build.const(0.0))
    for exception, _, value in held:
        if exception.amount and value.dimension != amount.dimension:
            labels = (Label(term.head.span, "other-place"),)
            return low.wrong("exception-unit", exception.amount.chosen.span, labels=labels, name=term.head.name)
    on = active(low, term)
    winning = _winning(low, held, on, guarded=moment.final)
    for wins, value in winning:
        amount = arithmetic.chosen(low, wins, value, amount, Kind.FLOW)
    if base is None:
        some = build.const(0.0)
        for wins, _ in winning:
            some = build.either(some, wins)
        build.guard(build.both(on, build.no(some)), "no-value")
    return amount


def _held(low: Lowering, term: Payment, moment: Moment) -> Held | None:
    """The exceptions that change the amount: whether each holds, and its amount."""
    found: Held = []
    for exception in term.exceptions:
        if exception.amount is not None:
            holds = expressions.truth(low, exception.condition.chosen, moment)
            value = _flow(low, exception.amount.chosen, moment)
            if not (holds.known and value.known):
                return None
            found.append((exception, holds.start, value))
    return found


def _winning(low: Lowering, held: Held, on: Node, *, guarded: bool) -> list[tuple[Node, Value]]:
    """Where each exception wins; two that hold at once with different values are a conflict, unless one is over."""
    build = low.build
    result = []
    for exception, holds, value in held:
        wins = holds
        for other, other_holds, other_value in held:
            if other is not exception and other.over and exception.head.name.endswith(f".{other.over}"):
                wins = build.both(wins, build.no(other_holds))
            elif guarded and other.head.name < exception.head.name and not _over(exception, other):
                both = build.both(on, build.both(holds, other_holds))
                _forbid(low, (exception, value), (other, other_value), both)
        result.append((wins, value))
    return result


def _forbid(low: Lowering, one: tuple[Exemption, Value], other: tuple[Exemption, Value], both: Node) -> None:
    """Two exceptions that hold at once must have equal values all along."""
    build, here = low.build, low.build.origin
    build.origin = Origin(one[0].head.name, one[0].head.span)
    zero = build.const(0.0)
    ends = [(v.sums.start, v.sums.end) if v.sums else (zero, zero) for v in (one[1], other[1])]
    for a, b in (*zip(one[1].points(), other[1].points(), strict=True), *zip(*ends, strict=True)):
        if a != b:
            differ = build.no(build.both(build.make("meets", a, b), build.make("meets", b, a)))
            place = Origin(other[0].head.name, other[0].head.span)
            build.guard(build.both(both, differ), "exception-conflict", other=place)
    build.origin = here


def _over(a: Exemption, b: Exemption) -> bool:
    """Whether one of two exceptions is declared to override the other."""
    return bool((a.over and b.head.name.endswith(f".{a.over}")) or (b.over and a.head.name.endswith(f".{b.over}")))


def _flow(low: Lowering, expr: Expr, moment: Moment) -> Value:
    """An amount as a flow: a rate counts for as long as it is paid."""
    value = low.value(expr, moment)
    if value.kind is Kind.RATE:
        return Value(Kind.FLOW, value.dimension, *value.points())
    if value.known and value.kind is not Kind.FLOW:
        if arithmetic.is_zero(low, value):
            return flat(Kind.FLOW, value.dimension, value.start)
        return low.wrong("amount-kind", expr.span, found=value.words())
    return value
