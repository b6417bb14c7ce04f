"""Waterfalls: the pot of a segment through the tiers, exact inside the segment however many it crosses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from syngraph.base.units import PLAIN, Dimension, dimension_text
from syngraph.compile import accumulations, expressions, statuses, units
from syngraph.compile.builder import Node
from syngraph.compile.constants import amount as certain_amount
from syngraph.compile.lowering import Lowering, Running
from syngraph.compile.scope import UNDISTRIBUTED, receivers
from syngraph.compile.values import DATE, UNKNOWN, Kind, Value, flat, stock
from syngraph.compile.worlds import START, View, World
from syngraph.expr.nodes import Expr
from syngraph.model.waterfalls import (
    POT,
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

_ENDLESS = 1e300
_ALL = "\0all"
Pick = Callable[[Value], Node]


@dataclass(slots=True)
class _Fill:
    """One pot on its way through the tiers: what is left, what each got, and the accounts that targets watch."""

    world: World
    pick: Pick
    dimension: Dimension
    left: Node
    paid: dict[str, Node]
    accounts: dict[str, Node]
    balances: dict[str, tuple[Node, Node]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Live:
    """A target in numbers: the account's distance to it, and how fast it moves away (sigma)."""

    account: str
    distance: Node
    sigma: Node


def evaluate(low: Lowering, unit: Waterfall, world: World) -> dict[str, Value]:
    """What each party gets of the pot in a world, and what no tier takes."""
    name = unit.head.name
    group = low.unit_group.get(name, "")
    pot = expressions.lower(low, unit.pot.chosen, world)
    if not (pot.known and _targets_fit(low, unit, pot)):
        return _unknown(unit)
    if pot.kind is Kind.STOCK and pot.dimension != DATE:
        return _level(low, unit, pot, world)
    if pot.kind is not Kind.FLOW:
        low.wrong("pot-kind", unit.pot.chosen.span, found=pot.words())
        return _unknown(unit)
    if world.view is View.WHOLE and group:
        return _whole(low, unit, group)
    on = statuses.active(low, unit.active, world).mid
    share = low.build.select(on, pot.mid, low.build.const(0.0))
    low.build.guard(low.build.less(share, low.build.const(0.0)), "pot-negative")
    fill = _Fill(world, lambda v: v.end, pot.dimension, share, {}, _accounts(low, unit, world, pot.dimension))
    if not _through(low, unit, fill):
        return _unknown(unit)
    values = {p: flat(Kind.FLOW, pot.dimension, fill.paid.get(p, low.build.const(0.0))) for p in receivers(unit)}
    values[UNDISTRIBUTED] = flat(Kind.FLOW, pot.dimension, fill.left)
    for account, node in fill.accounts.items():
        values[f"\0{account}"] = flat(Kind.STOCK, pot.dimension, node)
    if not group:
        _hand_on(low, unit, values)
    return values


def _targets_fit(low: Lowering, unit: Waterfall, pot: Value) -> bool:
    """A level is shared afresh, so only a capacity can end a tier of it, and only there."""
    level = pot.kind is Kind.STOCK
    for target in (t for tier in unit.tiers for t in tier.until.chosen if not isinstance(t, EndsAt)):
        if level is not isinstance(target, Capacity):
            low.wrong("target-kind", target.span, name=unit.head.name, found=pot.words())
            return False
    return True


def _unknown(unit: Waterfall) -> dict[str, Value]:
    return dict.fromkeys((*receivers(unit), UNDISTRIBUTED), UNKNOWN)


def _whole(low: Lowering, unit: Waterfall, group: str) -> dict[str, Value]:
    parts = [units.evaluate(low, unit, part) for part in low.parts(group)]
    shown = (*receivers(unit), UNDISTRIBUTED)
    if not all(p.get(k, UNKNOWN).known for p in parts for k in shown):
        return _unknown(unit)
    values = {k: low.put_together([p[k] for p in parts], group) for k in shown}
    values |= {k: v for k, v in parts[-1].items() if k.startswith("\0")}
    _hand_on(low, unit, values)
    return values


def _level(low: Lowering, unit: Waterfall, pot: Value, world: World) -> dict[str, Value]:
    """A level is shared afresh, at both ends of the segment."""
    shown = (*receivers(unit), UNDISTRIBUTED)
    on = statuses.active(low, unit.active, world)
    ends: list[dict[str, Node]] = []
    for pick in (_start, _end):
        left = low.build.select(pick(on), pick(pot), low.build.const(0.0))
        accounts = dict.fromkeys(_watched(unit), low.build.const(0.0))
        fill = _Fill(world, pick, pot.dimension, left, {}, accounts)
        if not _through(low, unit, fill):
            return _unknown(unit)
        ends.append(fill.paid | {UNDISTRIBUTED: fill.left})
    zero = low.build.const(0.0)
    return {k: stock(low.build, pot.dimension, ends[0].get(k, zero), ends[1].get(k, zero)) for k in shown}


def _start(value: Value) -> Node:
    return value.start


def _end(value: Value) -> Node:
    return value.end


# accounts


def _watched(unit: Waterfall) -> tuple[str, ...]:
    """The accounts that targets need: parties, the pot, and for hurdles a balance and what was contributed."""
    found: set[str] = set()
    for tier in unit.tiers:
        for target in tier.until.chosen:
            match target:
                case UpTo(account=account) | Capacity(account=account):
                    found.add(account)
                case ProfitShare(account=account):
                    found |= {account, _ALL}
                case Hurdle(account=account):
                    found |= {f"balance {account}", f"capital {account}"}
                case EndsAt():
                    pass
                case _:
                    assert_never(target)
    return tuple(sorted(found))


def _accounts(low: Lowering, unit: Waterfall, world: World, dimension: Dimension) -> dict[str, Node]:
    if world.view is View.PART and world.part > 0:
        before = units.evaluate(low, unit, World(View.PART, world.group, world.part - 1))
        return {a: before[f"\0{a}"].mid for a in _watched(unit) if f"\0{a}" in before}
    return {a: _state(low, unit, a, dimension) for a in _watched(unit)}


def _state(low: Lowering, unit: Waterfall, account: str, dimension: Dimension) -> Node:
    key = f"account {unit.head.name} {account}"
    if key not in low.running:
        if not unit.opening:
            statuses.warn_of_opening(low, unit.head, unit.active)
        first = _opening(low, unit, account, dimension)
        low.running[key] = Running(low.build.state(key, first), None, "account", unit.head.span)
    return low.running[key].state


def _opening(low: Lowering, unit: Waterfall, account: str, dimension: Dimension) -> Node:
    build = low.build
    if account == _ALL:
        return build.total([_opening(low, unit, p, dimension) for p, _ in unit.opening if p != POT])
    given = dict(unit.opening).get(account)
    kind, _, party = account.partition(" ")
    if kind in ("balance", "capital"):
        hurdles = [t for tier in unit.tiers for t in tier.until.chosen if isinstance(t, Hurdle) and t.account == party]
        given = hurdles[0].opening
    if given is None:
        return build.const(0.0)
    value = expressions.lower(low, given, START)
    if value.known and (
        value.kind is not Kind.CONSTANT or low.build.in_step[value.mid] or value.dimension != dimension
    ):
        low.wrong("opening-varies", given.span, found=value.words())
    return value.mid if value.known else build.const(0.0)


def _hand_on(low: Lowering, unit: Waterfall, values: dict[str, Value]) -> None:
    for account in _watched(unit):
        low.build.hand_on(low.running[f"account {unit.head.name} {account}"].state, values[f"\0{account}"].mid)


# the tiers


def _through(low: Lowering, unit: Waterfall, fill: _Fill) -> bool:
    """Sends the pot through all tiers; False if a tier's numbers are unknown."""
    for account in [a for a in fill.accounts if a.startswith("balance ")]:
        if not _accrue(low, unit, fill, account.partition(" ")[2]):
            return False
    for tier in unit.tiers:
        if not _tier(low, tier, fill):
            return False
    for party, (owed, mean) in fill.balances.items():
        rest = low.build.larger(low.build.sub(owed, fill.paid.get(party, low.build.const(0.0))), low.build.const(0.0))
        fill.accounts[f"balance {party}"] = low.build.mul(rest, mean)
    return True


def _accrue(low: Lowering, unit: Waterfall, fill: _Fill, party: str) -> bool:
    """What pays a hurdle off if paid evenly over the stretch: (B (1 + h)^Δ) / m + contributions, m the mean growth."""
    hurdle = next(t for tier in unit.tiers for t in tier.until.chosen if isinstance(t, Hurdle) and t.account == party)
    rate = expressions.lower(low, hurdle.rate, fill.world)
    capital = expressions.lower(low, hurdle.contributions, fill.world)
    if not (rate.known and capital.known):
        return False
    if rate.dimension != PLAIN or rate.kind is not Kind.CONSTANT:
        return low.wrong("plain-number-wanted", hurdle.rate.span, name="hurdle", found=rate.words()).known
    nothing = capital.kind is Kind.CONSTANT and low.build.value(capital.mid) == 0
    if capital.dimension != fill.dimension or not (capital.kind is Kind.FLOW or nothing):
        wanted = f"flow, {dimension_text(fill.dimension)}"
        span = hurdle.contributions.span
        return low.wrong("kind-wanted", span, name="contributions", wanted=wanted, found=capital.words()).known
    build = low.build
    growth, mean = accumulations.power(low, build.make("log1p", rate.mid), low.length(fill.world))
    owed = build.add(build.div(build.mul(fill.accounts[f"balance {party}"], growth), mean), capital.mid)
    fill.balances[party] = (owed, mean)
    fill.accounts[f"capital {party}"] = build.add(fill.accounts[f"capital {party}"], capital.mid)
    return True


def _tier(low: Lowering, tier: Tier, fill: _Fill) -> bool:
    weights = _weights(low, tier, fill)
    if weights is None:
        return False
    targets = tier.until.chosen
    by_moment = [statuses.moment_on(low, t.moment, fill.world) for t in targets if isinstance(t, EndsAt)]
    over = low.build.const(0.0)
    for on in by_moment:
        over = low.build.either(over, fill.pick(on))
    accounts = [t for t in targets if not isinstance(t, EndsAt)]
    if isinstance(tier.then, Redirect) and any(t.account == tier.then.to for t in accounts):
        low.wrong("redirect-to-target", tier.head.span, name=tier.then.to)
        return False
    rounds = 1 if isinstance(tier.then, Next) else max(1, len(accounts))
    for _ in range(rounds):
        live = [_live(low, t, fill) for t in accounts]
        if any(one is None for one in live):
            return False
        _pour(low, tier, weights, [one for one in live if one is not None], over, fill)
    return True


def _weights(low: Lowering, tier: Tier, fill: _Fill) -> dict[str, Node] | None:
    weights: dict[str, Node] = {}
    for party, share in tier.shares:
        weight = _plain(low, share, fill.world, name="share")
        if weight is None:
            return None
        weights[party] = weight
    certain = [certain_amount(s, low.scope) for _, s in tier.shares]
    known = [c[0] for c in certain if c is not None]
    if len(known) == len(certain) and sum(known) != 1:
        low.wrong("shares-not-whole", tier.head.span, name=tier.head.name, total=f"{float(sum(known)):.6%}")
        return None
    if len(known) < len(certain):
        total = low.build.total(list(weights.values()))
        gap = low.build.sub(total, low.build.const(1.0))
        size = low.build.larger(gap, low.build.neg(gap))
        low.build.guard(low.build.less(low.build.const(1e-12), size), "shares-not-whole-in-run")
    return weights


def _plain(low: Lowering, expr: Expr, world: World, *, name: str) -> Node | None:
    """A share that must be a plain number, the same over the whole segment."""
    value = expressions.lower(low, expr, world)
    if not value.known:
        return None
    if value.dimension != PLAIN or value.kind is not Kind.CONSTANT:
        low.wrong("plain-number-wanted", expr.span, name=name, found=value.words())
        return None
    return value.mid


def _live(low: Lowering, target: Target, fill: _Fill) -> _Live | None:
    """How far an account is from its target."""
    build = low.build
    match target:
        case UpTo(account=account, amount=amount) | Capacity(account=account, amount=amount):
            value = _goal(low, amount, fill)
            if value is None:
                return None
            return _Live(account, build.sub(fill.pick(value), fill.accounts[account]), build.const(0.0))
        case Hurdle(account=account):
            paid = fill.paid.get(account, build.const(0.0))
            return _Live(account, build.sub(fill.balances[account][0], paid), build.const(0.0))
        case ProfitShare(account=account, share=share):
            part = _plain(low, share, fill.world, name="profit_share")
            if part is None:
                return None
            capital = [n for a, n in fill.accounts.items() if a.startswith("capital ")]
            profit = build.sub(fill.accounts[_ALL], build.total(capital))
            goal = build.mul(part, build.larger(profit, build.const(0.0)))
            return _Live(account, build.sub(goal, fill.accounts[account]), part)
        case EndsAt():
            return None
        case _:
            assert_never(target)


def _goal(low: Lowering, expr: Expr, fill: _Fill) -> Value | None:
    value = expressions.lower(low, expr, fill.world)
    if not value.known:
        return None
    if value.kind not in (Kind.CONSTANT, Kind.STOCK) or value.dimension != fill.dimension:
        low.wrong("amount-wanted", expr.span, found=value.words())
        return None
    return value


def _pour(low: Lowering, tier: Tier, weights: dict[str, Node], live: list[_Live], over: Node, fill: _Fill) -> None:
    """One stretch of a tier: until the money is gone or the nearest target is met."""
    build = low.build
    met = [build.at_most(t.distance, build.const(0.0)) for t in live]
    ended = over if not live else build.either(over, _ended(low, tier, met))
    now = _freed(low, tier, weights, live, met)
    width = build.select(ended, build.const(0.0), fill.left)
    widths = []
    for target, done in zip(live, met, strict=True):
        weight = build.const(1.0) if target.account == POT else now.get(target.account, build.const(0.0))
        speed = build.sub(weight, target.sigma)
        reaches = build.less(build.const(0.0), speed)
        room = build.select(reaches, build.div(target.distance, speed), build.const(_ENDLESS))
        widths.append(room if isinstance(tier.then, Next) else build.select(done, build.const(_ENDLESS), room))
        width = build.smaller(width, build.select(ended, build.const(0.0), widths[-1]))
    _book(low, now, width, fill, {t.account: (t, w) for t, w in zip(live, widths, strict=True)})


def _ended(low: Lowering, tier: Tier, met: list[Node]) -> Node:
    build = low.build
    result = met[0]
    for one in met[1:]:
        result = build.either(result, one) if isinstance(tier.then, Next) else build.both(result, one)
    return result


def _freed(low: Lowering, tier: Tier, weights: dict[str, Node], live: list[_Live], met: list[Node]) -> dict[str, Node]:
    """The weights in force: those of parties that met their target go where the tier says."""
    build = low.build
    done = {t.account: m for t, m in zip(live, met, strict=True)}
    match tier.then:
        case Next():
            return weights
        case Redirect(to=to):
            zero = build.const(0.0)
            kept = {p: build.select(done[p], zero, w) if p in done else w for p, w in weights.items()}
            freed = [build.select(done[p], w, zero) for p, w in weights.items() if p in done]
            kept[to] = build.add(kept.get(to, zero), build.total(freed))
            return kept
        case Redistribute():
            zero = build.const(0.0)
            kept = {p: build.select(done[p], zero, w) if p in done else w for p, w in weights.items()}
            total = build.total(list(kept.values()))
            some = build.less(zero, total)
            return {p: build.select(some, build.div(w, total), zero) for p, w in kept.items()}
        case _:
            assert_never(tier.then)


def _book(
    low: Lowering, weights: dict[str, Node], width: Node, fill: _Fill, targets: dict[str, tuple[_Live, Node]]
) -> None:
    """Pays out one stretch; the account whose target decided its length is set to it exactly."""
    build = low.build
    fill.left = build.sub(fill.left, width)
    for party, weight in weights.items():
        share = build.mul(weight, width)
        fill.paid[party] = build.add(fill.paid.get(party, build.const(0.0)), share)
        if party in fill.accounts:
            fill.accounts[party] = _booked(low, party, share, width, fill, targets)
    if POT in fill.accounts:
        fill.accounts[POT] = _booked(low, POT, width, width, fill, targets)
    if _ALL in fill.accounts:
        fill.accounts[_ALL] = build.add(fill.accounts[_ALL], width)


def _booked(
    low: Lowering, account: str, share: Node, width: Node, fill: _Fill, targets: dict[str, tuple[_Live, Node]]
) -> Node:
    build = low.build
    plain = build.add(fill.accounts[account], share)
    if account not in targets or build.value(targets[account][0].sigma) != 0:
        return plain
    target, room = targets[account]
    decided = build.both(build.make("eq", width, room), build.less(build.const(0.0), target.distance))
    return build.select(decided, build.add(fill.accounts[account], target.distance), plain)
