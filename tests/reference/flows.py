"""How fast everything moves right after a moment, if each gap that is zero leads to a given side."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from reference.levels import ZERO, compared, sign, slope, value
from reference.model import (
    Choice,
    Compare,
    Condition,
    DayCompare,
    Ends,
    Every,
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
    Tier,
    Unclear,
    UpTo,
    Waterfall,
)
from reference.world import State, World, reached

Sides = Sequence[int]  # of each gap: -1, 0 or 1


def holds(condition: Condition, world: World, state: State, sides: Sides) -> bool:
    """Whether a condition holds, the gaps being on these sides."""
    match condition:
        case Compare():
            place, operator = world.asked[id(condition)]
            return compared(sides[place], operator)
        case DayCompare(operator, _):
            return (state.time >= world.turn(condition)) == (operator in (">", ">="))
        case OnceUncertain(name):
            return state.time >= world.uncertain(name)
        case Happened(event):
            return event in state.happened
        case Named(status):
            return holds(world.statuses[status], world, state, sides)
        case Every(parts):
            return all(holds(part, world, state, sides) for part in parts)
        case Some(parts):
            return any(holds(part, world, state, sides) for part in parts)
        case Not(part):
            return not holds(part, world, state, sides)
        case _:
            assert_never(condition)


@dataclass(frozen=True, slots=True)
class Motion:
    """Rates by name (payments, `waterfall.account`, totals; of a trailing amount what flows in), and how fast the caps
    that cut a payment grow."""

    rates: dict[str, Fraction]
    cutting: frozenset[tuple[str, Fraction]]


class Flows:
    """Works out rates on demand, each once; a rate that needs itself is a rate cycle."""

    def __init__(self, world: World, state: State, sides: Sides) -> None:
        self.world, self.state, self.sides = world, state, sides
        self.known: dict[str, Fraction] = {}
        self.under_way: set[str] = set()
        self.cutting: set[tuple[str, Fraction]] = set()

    def motion(self) -> Motion:
        """All of them."""
        case = self.world.case
        rates = {p.name: self.named(p.name) for p in case.payments}
        for waterfall in case.waterfalls:
            accounts = (*waterfall.parties, "pot", "undistributed")
            rates |= {n: self.named(n) for n in (f"{waterfall.name}.{a}" for a in accounts)}
        rates |= {name: self.named(name) for name in (*self.world.totals, *self.world.trailings)}
        return Motion(rates, frozenset(self.cutting))

    def holds(self, condition: Condition) -> bool:
        return holds(condition, self.world, self.state, self.sides)

    def rate(self, rate: Rate) -> Fraction:
        """What a rate is right after the moment."""
        match rate:
            case Steady(number):
                return number
            case RateOf(name) | Paid(name):
                return self.named(name)
            case Received(waterfall, party):
                return self.named(f"{waterfall}.{party}")
            case RateMix(parts):
                return sum((factor * self.rate(part) for factor, part in parts), ZERO)
            case Choice(then, condition, otherwise):
                return self.rate(then if self.holds(condition) else otherwise)
            case Slowest(parts):
                return min(self.rate(part) for part in parts)
            case Fastest(parts):
                return max(self.rate(part) for part in parts)
            case _:
                assert_never(rate)

    def named(self, name: str) -> Fraction:
        """The rate that has a name."""
        if name not in self.known:
            if name in self.under_way:
                raise Unclear("rate-cycle")
            self.under_way.add(name)
            self._work_out(name)
            self.under_way.discard(name)
        return self.known[name]

    def _work_out(self, name: str) -> None:
        world = self.world
        if name in world.rates:
            self.known[name] = self.rate(world.rates[name])
        elif name in world.payments:
            self.known[name] = self._paid(world.payments[name])
        elif name in world.totals:
            self.known[name] = self.rate(world.totals[name].rate)
        elif name in world.trailings:
            self.known[name] = self.rate(world.trailings[name].rate)
        else:
            self._pour(world.waterfalls[name.partition(".")[0]])

    def level_slope(self, name: str) -> Fraction:
        """How fast a named level moves."""
        if name in self.world.constants:
            return ZERO
        return self.named(name) - edge(self.world, self.state, name)

    # payments

    def _active(self, spanned: Payment | Waterfall) -> bool:
        begun = not spanned.start or any(reached(self.world, self.state, m) for m in spanned.start)
        return begun and not any(reached(self.world, self.state, m) for m in spanned.end)

    def _paid(self, payment: Payment) -> Fraction:
        """The amount while the term is active; at its cap no more than the cap grows, above it nothing."""
        if not self._active(payment):
            return ZERO
        amount = self._amount(payment)
        if amount < 0:
            raise Unclear("payment-negative")
        if payment.cap is None:
            return amount
        room = value(payment.cap, self.state.levels) - self.state.accounts[payment.name]
        if room > 0:
            return amount
        grows = slope(payment.cap, self.state.levels, self.level_slope) if room == 0 else ZERO
        if grows < amount:
            self.cutting.add((payment.name, grows))
        return min(amount, max(grows, ZERO))

    def _amount(self, payment: Payment) -> Fraction:
        """The base, or what the exceptions that hold and are not overruled agree on."""
        true = [e for e in payment.exceptions if self.holds(e.when)]
        overruled = {e.over for e in true}
        found = {self.rate(e.amount) for e in true if e.name not in overruled}
        if len(found) > 1:
            raise Unclear("conflict")
        return found.pop() if found else self.rate(payment.amount)

    # waterfalls

    def _pour(self, waterfall: Waterfall) -> None:
        """Splits the pot by the first tier that is not met; what none takes is undistributed."""
        name, active = waterfall.name, self._active(waterfall)
        pot = self.rate(waterfall.pot) if active else ZERO
        if pot < 0:
            raise Unclear("pot-negative")
        tier = next((t for t in waterfall.tiers if not self._over(t, name)), None)
        shares = self._shares(tier, name) if tier else {}
        rest = ZERO if tier else pot
        self.known |= {f"{name}.{p}": pot * shares.get(p, ZERO) for p in waterfall.parties}
        self.known |= {f"{name}.pot": pot, f"{name}.undistributed": rest}

    def _met(self, target: UpTo | Ends, waterfall: str) -> bool:
        match target:
            case UpTo(account, amount):
                return self.state.accounts[f"{waterfall}.{account}"] >= amount
            case Ends(moment):
                return reached(self.world, self.state, moment)
            case _:
                assert_never(target)

    def _over(self, tier: Tier, waterfall: str) -> bool:
        met = [self._met(target, waterfall) for target in tier.until]
        return any(met) if tier.then == "next" else bool(met) and all(met)

    def _shares(self, tier: Tier, waterfall: str) -> dict[str, Fraction]:
        """The weights, those of parties that have met their target handed on."""
        done = {t.account for t in tier.until if isinstance(t, UpTo) and self._met(t, waterfall)}
        left = {p: Fraction(w, 100) for p, w in tier.shares if p not in done}
        gone = sum((Fraction(w, 100) for p, w in tier.shares if p in done), ZERO)
        if not gone:
            return left
        if tier.then == "redistribute":
            whole = sum(left.values(), ZERO)
            return {p: w / whole for p, w in left.items()}
        return {**left, tier.then: left.get(tier.then, ZERO) + gone}


def edge(world: World, state: State, name: str) -> Fraction:
    """What leaves a level at the far edge of its window; nothing if it is a plain total."""
    trailing = world.trailings.get(name)
    return state.past(name, trailing.window, trailing.opening or ZERO) if trailing else ZERO


def slope_in(world: World, state: State, rates: dict[str, Fraction], name: str) -> Fraction:
    """How fast a named level moves when rates are these."""
    return ZERO if name in world.constants else rates[name] - edge(world, state, name)


def standing(world: World, state: State) -> list[int]:
    """The side of every gap as things stand."""
    return [sign(value(gap.level, state.levels)) for gap in world.gaps]
