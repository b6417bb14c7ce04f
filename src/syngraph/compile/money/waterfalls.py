"""Waterfalls: a flow goes to the first tier that is not met; a level is shared afresh at every moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from syngraph.base.units import PLAIN, Dimension
from syngraph.compile.money import accounts, levels, pouring, tiers
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import UNKNOWN, WHOLE, Moment, Value, When, flat
from syngraph.compile.values import arithmetic, spans
from syngraph.compile.values.switches import above
from syngraph.expr.nodes import Expr
from syngraph.graph.edges import all_targets
from syngraph.graph.kinds import DATE, LEVELS, Kind
from syngraph.graph.names import UNDISTRIBUTED, receivers
from syngraph.model.waterfalls import (
    Capacity,
    EndsAt,
    Hurdle,
    Next,
    ProfitShare,
    Redirect,
    Redistribute,
    Target,
    Tier,
    UpTo,
    Waterfall,
)

Account = Callable[[str], Value | None]
_NEGATIVE = 1e-9  # of its points: a pot that a bend keeps at 0 may miss it by so much


def evaluate(low: Lowering, unit: Waterfall, moment: Moment) -> dict[str, Value]:
    """What each party gets of the pot, and what no tier takes."""
    pot = low.value(unit.pot.chosen, moment)
    if not (pot.known and _targets_fit(low, unit, pot)):
        return _unknown(unit)
    on = spans.active(low, unit.active).start
    if pot.kind is Kind.STOCK and pot.dimension != DATE:
        return levels.evaluate(low, unit, on, moment) or _unknown(unit)
    if pot.kind is not Kind.FLOW:
        low.wrong("pot-kind", unit.pot.chosen.span, found=pot.words())
        return _unknown(unit)
    if moment.when is When.END:
        return low.ended(unit)
    zero = flat(Kind.FLOW, pot.dimension, low.build.const(0.0))
    sums = pot.sums and spans.sums_while(low, unit.head.name, on, pot.sums)
    pot = arithmetic.with_sums(arithmetic.chosen(low, on, pot, zero, Kind.FLOW), sums)
    split = _split(low, unit, pot.dimension, moment)
    if split is None:
        return _unknown(unit)
    flows = {p: _share(low, pot, split.weights.get(p, low.build.const(0.0))) for p in receivers(unit)}
    flows[UNDISTRIBUTED] = arithmetic.chosen(low, split.open, zero, pot, Kind.FLOW)
    if moment.final:
        _guard(low, pot)
        even = {p: v for p, v in flows.items() if p != UNDISTRIBUTED}
        if pot.sums is not None:
            poured = pouring.of_sums(low, unit, pot.sums, (even, pot))
            flows = {p: arithmetic.with_sums(v, poured.get(p)) for p, v in flows.items()}
        accounts.hand_on(low, unit, {p: v for p, v in flows.items() if p != UNDISTRIBUTED}, pot)
    return flows


def _targets_fit(low: Lowering, unit: Waterfall, pot: Value) -> bool:
    """A level is shared afresh, so only a capacity can end a tier of it, and only there."""
    level = pot.kind is Kind.STOCK
    for target in (t for t in all_targets(unit) if not isinstance(t, EndsAt)):
        if level is not isinstance(target, Capacity):
            low.wrong("target-kind", target.span, name=unit.head.name, found=pot.words())
            return False
    return True


def _unknown(unit: Waterfall) -> dict[str, Value]:
    return dict.fromkeys((*receivers(unit), UNDISTRIBUTED), UNKNOWN)


def _share(low: Lowering, pot: Value, weight: Node) -> Value:
    return arithmetic.each(pot.kind, pot.dimension, low.build.mul, pot, flat(Kind.CONSTANT, PLAIN, weight))


def _guard(low: Lowering, pot: Value) -> None:
    """A pot below zero has no meaning."""
    build = low.build
    size = build.const(0.0)
    for node in pot.points():
        size = build.larger(size, build.larger(node, build.minus(node)))
    mean = build.mean(*pot.points())
    build.guard(build.less(mean, build.mul(build.const(-_NEGATIVE), size)), "pot-negative")


# the tiers of a flow


@dataclass(slots=True)
class _Split:
    """Which part of the pot each party gets, and whether any tier takes it."""

    open: Node
    weights: dict[str, Node] = field(default_factory=dict)


def split_tiers(
    low: Lowering, unit: Waterfall, dimension: Dimension, moment: Moment
) -> list[tuple[Node, dict[str, Node]]] | None:
    """Of each tier whether it has ended, and the weights in force."""
    build = low.build
    found: list[tuple[Node, dict[str, Node]]] = []
    for tier in unit.tiers:
        weights = tiers.weights_of(low, tier, moment)
        met = {t: _met(low, unit, t, dimension, moment) for t in tier.until.chosen if not isinstance(t, EndsAt)}
        if weights is None or None in met.values():
            return None
        if isinstance(tier.then, Redirect) and any(t.account == tier.then.to for t in met):
            low.wrong("redirect-to-target", tier.head.span, name=tier.then.to)
            return None
        known = {t.account: m for t, m in met.items() if m is not None}
        ended = build.either(tiers.ended_by_moment(low, tier), _ended(low, tier, list(known.values())))
        found.append((ended, _freed(low, tier, weights, known)))
    return found


def _split(low: Lowering, unit: Waterfall, dimension: Dimension, moment: Moment) -> _Split | None:
    """All goes to the first tier that has not ended."""
    build = low.build
    found = split_tiers(low, unit, dimension, moment)
    if found is None:
        return None
    split = _Split(build.const(0.0))
    for ended, weights in reversed(found):
        split.open = build.either(build.no(ended), split.open)
        parties = dict.fromkeys((*weights, *split.weights))
        zero = build.const(0.0)
        split.weights = {p: build.select(ended, split.weights.get(p, zero), weights.get(p, zero)) for p in parties}
    return split


def _met(low: Lowering, unit: Waterfall, target: Target, dimension: Dimension, moment: Moment) -> Node | None:
    """Whether a target is met, so that its tier ends or its party gets no more of it."""
    when = When.NOW if moment.when is When.NOW else When.START
    now = sides_of(low, unit, target, dimension, Moment(when))

    def sides() -> tuple[Value, Value] | None:
        return sides_of(low, unit, target, dimension, WHOLE)

    return None if now is None else above(low, *now, strict=False, when=when, sides=sides)


def sides_of(
    low: Lowering, unit: Waterfall, target: Target, dimension: Dimension, at: Moment
) -> tuple[Value, Value] | None:
    """What has to be at least what, so that a target is met."""

    def account(name: str) -> Value | None:
        if at.when is not When.WHOLE:
            return flat(Kind.STOCK, dimension, accounts.level(low, unit, name, dimension).state)
        flows = {p: v for p, v in low.ask(unit, WHOLE).items() if p != UNDISTRIBUTED}
        if not all(v.known for v in flows.values()):
            return None
        pot = flat(Kind.FLOW, dimension, low.build.const(0.0))
        return accounts.along(low, unit, name, flows, pot)

    match target:
        case UpTo(account=name, amount=amount):
            left, right = account(name), _goal(low, amount, dimension, at)
        case Hurdle(account=name):
            left, right = flat(Kind.CONSTANT, dimension, low.build.const(0.0)), account(f"balance {name}")
        case ProfitShare(account=name, share=share):
            left, right = account(name), _profit_share(low, unit, share, account, at)
        case Capacity() | EndsAt():
            return None
        case _:
            assert_never(target)
    return None if left is None or right is None else (left, right)


def _goal(low: Lowering, expr: Expr, dimension: Dimension, moment: Moment) -> Value | None:
    value = low.value(expr, moment)
    if not value.known:
        return None
    if value.kind not in LEVELS or value.dimension != dimension:
        low.wrong("amount-wanted", expr.span, found=value.words())
        return None
    return value


def _profit_share(low: Lowering, unit: Waterfall, share: Expr, account: Account, moment: Moment) -> Value | None:
    """The share of all that was paid out less what was contributed; below 0 it is met like 0."""
    part = tiers.plain(low, share, moment, name="profit_share")
    total = account(accounts.ALL)
    for name in (n for n in accounts.watched(unit) if n.startswith("capital ")):
        capital = account(name)
        if total is None or capital is None:
            return None
        total = arithmetic.each(Kind.STOCK, total.dimension, low.build.sub, total, capital)
    return None if part is None or total is None else _share(low, total, part)


def _ended(low: Lowering, tier: Tier, met: list[Node]) -> Node:
    build = low.build
    if not met:
        return build.const(0.0)
    result = met[0]
    for one in met[1:]:
        result = build.either(result, one) if isinstance(tier.then, Next) else build.both(result, one)
    return result


def _freed(low: Lowering, tier: Tier, weights: dict[str, Node], met: dict[str, Node]) -> dict[str, Node]:
    """The weights in force: those of parties that met their target go where the tier says."""
    build, zero = low.build, low.build.const(0.0)
    kept = {p: build.select(met[p], zero, w) if p in met else w for p, w in weights.items()}
    match tier.then:
        case Next():
            return weights
        case Redirect(to=to):
            freed = [build.select(met[p], w, zero) for p, w in weights.items() if p in met]
            kept[to] = build.add(kept.get(to, zero), build.total(freed))
            return kept
        case Redistribute():
            total = build.total(list(kept.values()))
            some = build.less(zero, total)
            return {
                p: build.select(some, build.div(w, build.select(some, total, build.const(1.0))), zero)
                for p, w in kept.items()
            }
        case _:
            assert_never(tier.then)
