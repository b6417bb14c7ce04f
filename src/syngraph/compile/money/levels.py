"""A level, such as the demand for compute, shared afresh at every moment by how much each can take."""

from collections.abc import Callable
from typing import assert_never

from syngraph.base.units import PLAIN, Dimension
from syngraph.compile.money import tiers
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, WHOLE, Moment, Value, When, flat
from syngraph.compile.values import arithmetic
from syngraph.compile.values.arithmetic import Pair
from syngraph.expr.nodes import Expr
from syngraph.graph.kinds import LEVELS, Kind
from syngraph.graph.names import UNDISTRIBUTED, receivers
from syngraph.model.waterfalls import POT, Capacity, Next, Redirect, Redistribute, Tier, Waterfall

Rooms = dict[str, Pair]
Takes = dict[str, Pair]


def evaluate(low: Lowering, unit: Waterfall, on: Node, moment: Moment) -> dict[str, Value] | None:
    """What each party gets of a level, and what no tier takes."""
    sharing = Sharing(low, unit, moment)
    shared = sharing.through(sharing.either(on, sharing.pair(unit.pot.chosen), sharing.zero))
    return None if shared is None else {party: take[1] for party, take in shared.items()}


def taken(low: Lowering, unit: Waterfall, on: Node) -> list[dict[str, Value]]:
    """What each party takes of each tier over a stretch."""
    sharing = Sharing(low, unit, WHOLE)
    sharing.through(sharing.either(on, sharing.pair(unit.pot.chosen), sharing.zero))
    return [{party: take[1] for party, take in takes.items()} for takes in sharing.takes]


class Sharing:
    """One sharing out, at the start of a stretch and over what is looked at: bends are decided at the start."""

    def __init__(self, low: Lowering, unit: Waterfall, moment: Moment) -> None:
        self.low, self.unit, self.moment = low, unit, moment
        self.bends = 0
        self.takes: list[Takes] = []
        self.dimension: Dimension = low.value(unit.pot.chosen, START).dimension
        self.zero: Pair = (flat(Kind.STOCK, self.dimension, low.build.const(0.0)),) * 2

    # what is done with pairs

    def pair(self, expr: Expr) -> Pair:
        """An expression at both."""
        now = self.low.value(expr, START if self.moment.when is When.WHOLE else self.moment)
        return (now, self.low.value(expr, self.moment)) if self.moment.when is When.WHOLE else (now, now)

    def both(self, op: Callable[[Node, Node], Node], a: Pair, b: Pair) -> Pair:
        """An operation on both."""
        one, two = (arithmetic.each(Kind.STOCK, self.dimension, op, x, y) for x, y in zip(a, b, strict=True))
        return one, two

    def plus(self, a: Pair, b: Pair) -> Pair:
        """a + b"""
        return self.both(self.low.build.add, a, b)

    def minus(self, a: Pair, b: Pair) -> Pair:
        """a - b"""
        return self.both(self.low.build.sub, a, b)

    def times(self, a: Pair, weight: Node) -> Pair:
        """a times a weight"""
        factor = flat(Kind.CONSTANT, PLAIN, weight)
        return self.both(self.low.build.mul, a, (factor, factor))

    def over(self, a: Pair, weight: Node) -> Pair:
        """a / a weight"""
        factor = flat(Kind.CONSTANT, PLAIN, weight)
        return self.both(self.low.build.div, a, (factor, factor))

    def either(self, truth: Node, a: Pair, b: Pair) -> Pair:
        """a where a truth holds, else b"""
        one, two = (arithmetic.chosen(self.low, truth, x, y, Kind.STOCK) for x, y in zip(a, b, strict=True))
        return one, two

    def bend(self, function: str, a: Pair, b: Pair) -> Pair:
        """The smaller or larger; over a whole stretch the sides of a bend are those of the sharing of all of it."""
        if self.moment.when is When.END:
            return (arithmetic.extreme(self.low, function, a[0], b[0], Kind.STOCK),) * 2
        self.bends += 1
        place, name = self.bends, self.unit.head.name
        if self.moment.final:
            self.low.sides[name, place] = a[1], b[1]

        def sides() -> tuple[Value, Value] | None:
            self.low.ask(self.unit, WHOLE)
            return self.low.sides.get((name, place))

        return arithmetic.bend(self.low, function, a, b, Kind.STOCK, sides=sides)

    # the tiers

    def through(self, left: Pair) -> Takes | None:
        """What each party gets of a pot, and what no tier takes."""
        paid: Takes = {}
        for tier in self.unit.tiers:
            taken = self.tier(tier, left, paid)
            if taken is None:
                return None
            self.takes.append(taken)
            for party, take in taken.items():
                left = self.minus(left, take)
                paid[party] = self.plus(paid[party], take) if party in paid else take
        return {**{p: paid.get(p, self.zero) for p in receivers(self.unit)}, UNDISTRIBUTED: left}

    def tier(self, tier: Tier, left: Pair, paid: Takes) -> Takes | None:
        """What each party takes of a tier."""
        weights, rooms = tiers.weights_of(self.low, tier, self.moment), self.rooms(tier, paid)
        if weights is None or rooms is None:
            return None
        left = self.either(tiers.ended_by_moment(self.low, tier), self.zero, left)
        match tier.then:
            case Next():
                width = self.least(left, self.limits(weights, rooms))
                return {p: self.times(width, w) for p, w in weights.items()}
            case Redirect(to=to):
                return self.redirected(weights, rooms, left, to)
            case Redistribute():
                return self.redistributed(weights, rooms, left)
            case _:
                assert_never(tier.then)

    def rooms(self, tier: Tier, paid: Takes) -> Rooms | None:
        """How much more each party that has a capacity can take."""
        found: Rooms = {}
        for target in tier.until.chosen:
            if isinstance(target, Capacity):
                room = self.pair(target.amount)
                if not room[1].known:
                    return None
                if room[1].kind not in LEVELS or room[1].dimension != self.dimension:
                    self.low.wrong("amount-wanted", target.amount.span, found=room[1].words())
                    return None
                taken = paid.get(target.account, self.zero)
                found[target.account] = self.bend("max", self.minus(room, taken), self.zero)
        return found

    def limits(self, weights: dict[str, Node], rooms: Rooms) -> list[Pair]:
        """How much a tier takes until each of its targets is met."""
        return [rooms[p] if p == POT else self.over(rooms[p], weights[p]) for p in rooms if p == POT or p in weights]

    def least(self, first: Pair, others: list[Pair]) -> Pair:
        """The smallest."""
        for other in others:
            first = self.bend("min", first, other)
        return first

    def redirected(self, weights: dict[str, Node], rooms: Rooms, left: Pair, to: str) -> Takes | None:
        """What a party cannot take goes to another; the tier is full when nobody with a capacity can take more."""
        if to in rooms:
            self.low.wrong("redirect-to-target", self.unit.head.span, name=to)
            return None
        limits, width = self.limits(weights, rooms), left
        if limits:
            most = limits[0]
            for other in limits[1:]:
                most = self.bend("max", most, other)
            width = self.bend("min", left, most)
        taken, rest = {}, self.zero
        for party, weight in weights.items():
            share = self.times(width, weight)
            taken[party] = self.bend("min", share, rooms[party]) if party in rooms else share
            rest = self.plus(rest, self.minus(share, taken[party]))
        taken[to] = self.plus(taken.get(to, self.zero), rest)
        return taken

    def redistributed(self, weights: dict[str, Node], rooms: Rooms, left: Pair) -> Takes:
        """What a party cannot take goes to the others in proportion, round by round until nobody new is full."""
        build = self.low.build
        taken: Takes = dict.fromkeys(weights, self.zero)
        for _ in range(max(1, len(rooms) + 1)):
            space = {p: self.minus(rooms[p], taken[p]) for p in rooms}
            shut = {p: build.make("meets", taken[p][0].start, rooms[p][0].start) for p in space}
            live = {p: build.select(shut[p], build.const(0.0), w) if p in shut else w for p, w in weights.items()}
            total = build.total(list(live.values()))
            some = build.less(build.const(0.0), total)
            scale = build.select(some, total, build.const(1.0))
            width = self.either(some, left, self.zero)
            for party, room in space.items():
                share = build.div(live[party], scale)
                reach = self.over(room, build.select(shut[party], build.const(1.0), share))
                width = self.either(shut[party], width, self.bend("min", width, reach))
            for party, weight in live.items():
                taken[party] = self.plus(taken[party], self.times(width, build.div(weight, scale)))
            left = self.minus(left, width)
        return taken
