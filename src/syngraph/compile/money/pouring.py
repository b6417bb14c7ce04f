"""A sum through the tiers of a waterfall, with the clock stopped: an amount in place of time."""

from typing import assert_never

from syngraph.compile.money import accounts, tiers
from syngraph.compile.money.levels import Rooms, Sharing, Takes
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, WHOLE, Sums, Value, flat
from syngraph.compile.values.arithmetic import Pair
from syngraph.graph.kinds import Kind
from syngraph.model.waterfalls import POT, Capacity, EndsAt, Hurdle, ProfitShare, Target, Tier, UpTo, Waterfall

_ENDLESS = 1e300
_NEGATIVE = 1e-9  # so little below 0 is rounding
Flows = dict[str, Value]


def of_sums(low: Lowering, unit: Waterfall, sums: Sums, even: tuple[Flows, Value]) -> dict[str, Sums]:
    """What each party gets of the sums that come to the pot, and what no tier takes.

    All that are due at one moment are poured as one, on the accounts as they stand then: where the stretch begins, or
    where it ends, with what flowed evenly.
    """
    zero, shared = low.build.const(0.0), []
    _guard(low, unit, sums)
    for amount, at_end in ((sums.start, False), (sums.end, True)):
        takes = _Pouring(low, unit, even, at_end=at_end).of(amount) if low.build.value(amount) != 0 else {}
        if takes is None:
            return {}
        shared.append({party: take[0].start for party, take in takes.items()})
    begun, ended = shared
    return {party: Sums(begun.get(party, zero), ended.get(party, zero)) for party in (*begun, *ended)}


def _guard(low: Lowering, unit: Waterfall, sums: Sums) -> None:
    """A sum below zero has no meaning for a pot."""
    build, least = low.build, low.build.const(-_NEGATIVE)
    bad = build.state(f"negative sum of {unit.head.name}", build.const(0.0))
    build.hand_on(bad, bad)
    build.post(bad, build.less(sums.start, least))
    for truth in (build.less(build.const(0.0), bad), build.less(sums.end, least)):
        build.guard(truth, "pot-negative")


class _Pouring(Sharing):
    """One sum: nothing moves, so that a bend is the smaller or larger of two numbers."""

    def __init__(self, low: Lowering, unit: Waterfall, even: tuple[Flows, Value], *, at_end: bool) -> None:
        super().__init__(low, unit, START)
        self.flows, self.pot, self.at_end = *even, at_end

    def of(self, amount: Node) -> Takes | None:
        """The whole of it, tier by tier."""
        return self.through(self.number(amount))

    def number(self, node: Node) -> Pair:
        """A number as a pair."""
        return (flat(Kind.STOCK, self.dimension, node),) * 2

    def bend(self, function: str, a: Pair, b: Pair) -> Pair:
        """The smaller or larger of two numbers."""
        op = self.low.build.smaller if function == "min" else self.low.build.larger
        return self.number(op(a[0].start, b[0].start))

    def rooms(self, tier: Tier, paid: Takes) -> Rooms | None:
        """How much of the tier each party takes until its target is met."""
        weights = tiers.weights_of(self.low, tier, START) or {}
        found: Rooms = {}
        for target in tier.until.chosen:
            if not isinstance(target, EndsAt | Capacity):
                room = self.room(target, weights, paid)
                if room is None:
                    return None
                found[target.account] = self.bend("max", room, self.zero)
        return found

    def room(self, target: Target, weights: dict[str, Node], paid: Takes) -> Pair | None:
        """How far an account is from its target, as what its party takes until then."""
        match target:
            case UpTo(account=account, amount=amount):
                goal = self.low.value(amount, WHOLE if self.at_end else START)
                reached = self.account(account, paid)
                return None if reached is None or not goal.known else self.minus(self.number(self.point(goal)), reached)
            case Hurdle(account=account):
                owed = self.account(f"balance {account}", {})
                return None if owed is None else self.minus(owed, paid.get(account, self.zero))
            case ProfitShare(account=account, share=share):
                return self.catch_up(account, tiers.plain(self.low, share, START, name="profit_share"), weights, paid)
            case Capacity() | EndsAt():
                return None
            case _:
                assert_never(target)

    def catch_up(self, account: str, share: Node | None, weights: dict[str, Node], paid: Takes) -> Pair | None:
        """Its goal moves on while it is poured: the account gains on it by its weight less the share."""
        held, total = self.account(account, paid), self.account(accounts.ALL, paid)
        if share is None or held is None or total is None:
            return None
        for name in (n for n in accounts.watched(self.unit) if n.startswith("capital ")):
            capital = self.account(name, {})
            total = total if capital is None else self.minus(total, capital)
        build = self.low.build
        weight = weights.get(account, build.const(0.0))
        speed = build.sub(weight, share)
        gains = build.less(build.const(0.0), speed)
        part = build.div(weight, build.select(gains, speed, build.const(1.0)))
        gap = self.times(self.minus(self.times(total, share), held), part)
        return self.either(gains, gap, self.number(build.const(_ENDLESS)))

    def account(self, name: str, paid: Takes) -> Pair | None:
        """An account where the sum comes, with what it has got of it so far."""
        value = self.standing(name)
        if value is None:
            return None
        got = self.zero
        for party, take in paid.items():
            if name in (party, POT, accounts.ALL):
                got = self.plus(got, take)
        return self.plus(self.number(self.point(value)), got)

    def standing(self, name: str) -> Value | None:
        """An account before the sum."""
        if self.at_end:
            return accounts.along(self.low, self.unit, name, self.flows, self.pot)
        state = accounts.level(self.low, self.unit, name, self.dimension).state
        return flat(Kind.STOCK, self.dimension, state)

    def point(self, value: Value) -> Node:
        """A value where the sum comes."""
        return value.end if self.at_end else value.start
