"""The accounts that the targets of a waterfall watch, from stretch to stretch."""

from typing import assert_never

from syngraph.base.units import PLAIN, Dimension, dimension_text
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Level, Lowering
from syngraph.compile.nodes.values import START, WHOLE, Value, flat
from syngraph.compile.values import accumulations, arithmetic, spans
from syngraph.compile.values.accumulations import added, log_growth
from syngraph.expr.nodes import Expr
from syngraph.graph.edges import all_targets
from syngraph.graph.kinds import Kind
from syngraph.ir.opcodes import Varies
from syngraph.model.waterfalls import POT, Capacity, EndsAt, Hurdle, ProfitShare, UpTo, Waterfall

ALL = " all"
"""What was paid out to everybody."""


def watched(unit: Waterfall) -> tuple[str, ...]:
    """The accounts that targets need: parties, the pot, and for hurdles a balance and what was contributed."""
    found: set[str] = set()
    for target in all_targets(unit):
        match target:
            case UpTo(account=account):
                found.add(account)
            case ProfitShare(account=account):
                found |= {account, ALL}
            case Hurdle(account=account):
                found |= {f"balance {account}", f"capital {account}"}
            case Capacity() | EndsAt():
                pass
            case _:
                assert_never(target)
    return tuple(sorted(found))


def hurdle_of(unit: Waterfall, account: str) -> Hurdle:
    """The hurdle behind a balance or capital account."""
    party = account.partition(" ")[2]
    return next(t for t in all_targets(unit) if isinstance(t, Hurdle) and t.account == party)


def level(low: Lowering, unit: Waterfall, account: str, dimension: Dimension) -> Level:
    """The account as it stands when a stretch begins."""
    key = f"account {unit.head.name} {account}"
    if key not in low.levels:
        if not unit.opening:
            spans.warn_of_opening(low, unit.head, unit.active)
        first = _opening(low, unit, account, dimension)
        first_value = flat(Kind.CONSTANT, dimension, first)
        low.levels[key] = Level(low.build.state(key, first), first_value, None, "account", unit.head.span)
    return low.levels[key]


def _opening(low: Lowering, unit: Waterfall, account: str, dimension: Dimension) -> Node:
    build = low.build
    if account == ALL:
        return build.total([_opening(low, unit, p, dimension) for p, _ in unit.opening if p != POT])
    given: Expr | None = dict(unit.opening).get(account)
    if account.startswith(("balance ", "capital ")):
        given = hurdle_of(unit, account).opening
    if given is None:
        return build.const(0.0)
    value = low.value(given, START)
    varies = value.kind is not Kind.CONSTANT or build.varies[value.start] > Varies.PATH
    if value.known and (varies or value.dimension != dimension):
        low.wrong("opening-varies", given.span, found=value.words())
        return build.const(0.0)
    return value.start if value.known else build.const(0.0)


def along(low: Lowering, unit: Waterfall, account: str, flows: dict[str, Value], pot: Value) -> Value | None:
    """The account over a stretch in which parties get their flows; None if its numbers are unknown."""
    state = level(low, unit, account, pot.dimension).state
    if account.startswith("balance "):
        return _balance(low, unit, account, flows, pot.dimension)
    flow = _flow_into(low, unit, account, flows, pot)
    return None if flow is None else added(low, state, flow, Kind.STOCK, pot.dimension)


def _flow_into(low: Lowering, unit: Waterfall, account: str, flows: dict[str, Value], pot: Value) -> Value | None:
    if account.startswith("capital "):
        return contributions(low, hurdle_of(unit, account), pot.dimension)
    if account.startswith("balance "):
        return _net(low, hurdle_of(unit, account), flows, pot.dimension)
    if account in (ALL, POT):
        total = flat(Kind.FLOW, pot.dimension, low.build.const(0.0))
        for flow in flows.values():
            total = plus(low, total, flow)
        return total
    return flows.get(account, flat(Kind.FLOW, pot.dimension, low.build.const(0.0)))


def plus(low: Lowering, a: Value, b: Value) -> Value:
    """The sum of two flows of one dimension."""
    added_ = arithmetic.each(Kind.FLOW, a.dimension, low.build.add, a, b)
    return arithmetic.with_sums(added_, arithmetic.added_sums(low, a, b))


def contributions(low: Lowering, hurdle: Hurdle, dimension: Dimension) -> Value | None:
    """What is contributed under a hurdle, as a flow."""
    capital = low.value(hurdle.contributions, WHOLE)
    if not capital.known:
        return None
    nothing = arithmetic.is_zero(low, capital)
    if capital.dimension != dimension or not (capital.kind is Kind.FLOW or nothing):
        wanted, span = f"flow, {dimension_text(dimension)}", hurdle.contributions.span
        low.wrong("kind-wanted", span, name="contributions", wanted=wanted, found=capital.words())
        return None
    return Value(Kind.FLOW, dimension, *capital.points(), sums=capital.sums)


def _balance(
    low: Lowering, unit: Waterfall, account: str, flows: dict[str, Value], dimension: Dimension
) -> Value | None:
    """A balance with interest: what was owed grows by (1 + h)^Δ, and what comes in and goes out from then on."""
    hurdle = hurdle_of(unit, account)
    rate, capital = low.value(hurdle.rate, START), contributions(low, hurdle, dimension)
    if not rate.known or capital is None:
        return None
    if rate.dimension != PLAIN or rate.kind is not Kind.CONSTANT:
        low.wrong("plain-number-wanted", hurdle.rate.span, name="hurdle", found=rate.words())
        return None
    build, state = low.build, level(low, unit, account, dimension).state
    net = _net(low, hurdle, flows, dimension)
    assert net is not None
    log = log_growth(low, hurdle.rate, START).start
    half = build.mul(build.const(0.5), low.length())
    middle = _grown(low, state, log, half, (net.start, _quarter(low, net), net.middle))
    return Value(Kind.STOCK, dimension, state, middle, _grown(low, state, log, low.length(), net.points()))


def _net(low: Lowering, hurdle: Hurdle, flows: dict[str, Value], dimension: Dimension) -> Value | None:
    """What comes into a balance less what goes out of it."""
    capital = contributions(low, hurdle, dimension)
    if capital is None:
        return None
    out = flows.get(hurdle.account, flat(Kind.FLOW, dimension, low.build.const(0.0)))
    net = arithmetic.each(Kind.FLOW, dimension, low.build.sub, capital, out)
    return arithmetic.with_sums(net, arithmetic.added_sums(low, capital, out, minus=True))


def _quarter(low: Lowering, net: Value) -> Node:
    """What the parabola through three points is a quarter of the way: (3 start + 6 middle - end) / 8."""
    build = low.build
    if net.flat:
        return net.start
    total = build.add(build.mul(build.const(3.0), net.start), build.mul(build.const(6.0), net.middle))
    return build.mul(build.const(0.125), build.sub(total, net.end))


def _grown(low: Lowering, state: Node, log: Node, length: Node, net: tuple[Node, Node, Node]) -> Node:
    """state (1 + h)^Δ and what flowed with its interest: exact for an even flow, to the fourth order else."""
    build = low.build
    start, middle, end = net
    y = build.mul(length, log)
    growth = build.add(build.make("expm1", y), build.const(1.0))
    even = build.mul(build.mul(middle, length), build.make("swell", y))
    if start == middle == end:
        return build.add(build.mul(state, growth), low.integral(even))
    early = build.mul(build.sub(start, middle), growth)
    rest = build.div(build.mul(length, build.add(early, build.sub(end, middle))), build.const(6.0))
    return build.add(build.mul(state, growth), low.integral(build.add(even, rest)))


def hand_on(low: Lowering, unit: Waterfall, flows: dict[str, Value], pot: Value) -> None:
    """Hands every account on."""
    for account in watched(unit):
        value, flow = along(low, unit, account, flows, pot), _flow_into(low, unit, account, flows, pot)
        if value is not None and flow is not None:
            accumulations.hand_on(low, level(low, unit, account, pot.dimension).state, value.end, flow)
