"""Where in a program each quantity, each part of a formula and each tier stands, so that a path can be followed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from syngraph.base.units import Dimension
from syngraph.compile.money import levels, payments, tiers, waterfalls
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, WHOLE, Moment, Value, flat
from syngraph.compile.outputs import unit_text
from syngraph.compile.values import arithmetic, spans
from syngraph.compile.values.expressions import party_total
from syngraph.expr.nodes import Argument, Call, Expr, Name
from syngraph.expr.text import written
from syngraph.graph.formulas import FULL, behind, event_operands, is_part, operands, span_of, unit_operands
from syngraph.graph.kinds import Kind
from syngraph.ir.program import NONE
from syngraph.model.agreements import Payment
from syngraph.model.asked import Happened, Paid, PartOf, Received, text_of
from syngraph.model.waterfalls import Capacity, EndsAt, Hurdle, Next, Redirect, Redistribute, Tier, Waterfall


@dataclass(frozen=True, slots=True)
class Trace:
    """The registers of a value at the start, in the middle and at the end of a stretch, and of its sums at both ends.

    What flows is per year, as its unit says.
    """

    points: tuple[int, int, int]
    sums: tuple[int, int] = (NONE, NONE)
    unit: str = ""
    flows: bool = False

    @property
    def registers(self) -> tuple[int, ...]:
        """All it reads."""
        return (*self.points, *(r for r in self.sums if r != NONE))


@dataclass(frozen=True, slots=True)
class ShareTrace:
    """What a party gets of a tier: its weight as it is in force, and what it is paid there."""

    party: str
    weight: Trace
    paid: Trace


@dataclass(frozen=True, slots=True)
class TargetTrace:
    """What a tier runs up to: the account it watches (of a level: nothing) and where that must be."""

    account: str
    kind: str
    goal: Trace
    standing: Trace | None


@dataclass(frozen=True, slots=True)
class TierTrace:
    """A tier: whether the pot goes to it (of a level: always), its shares and targets; `to` is whom it redirects to."""

    name: str
    then: str
    to: str
    open: Trace
    shares: tuple[ShareTrace, ...]
    targets: tuple[TargetTrace, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """Everything that can be followed, by the name it is shown under; tiers by waterfall."""

    named: Mapping[str, Trace] = field(default_factory=dict)
    pots: Mapping[str, Trace] = field(default_factory=dict)
    tiers: Mapping[str, tuple[TierTrace, ...]] = field(default_factory=dict)


NO_TRACES = Traces()


def traces(low: Lowering) -> Traces:
    """The traces of a case whose program is made; they add nothing that a run needs."""
    guards = len(low.build.guards)
    named: dict[str, Trace] = {}
    pots: dict[str, Trace] = {}
    shared: dict[str, tuple[TierTrace, ...]] = {}
    for name in low.order.at_once:
        unit = low.scope.units[name]
        low.at(name, unit.head.span)
        values = low.ask(unit, WHOLE)
        named |= {text_of(PartOf(name, part)): _trace(value) for part, value in values.items() if value.known}
        for part in values:
            _parts(low, unit_operands(low.scope, unit, part), low.moment_of(name), named)
        if isinstance(unit, Waterfall) and all(v.known for v in values.values()):
            pots[name] = _trace(_pot(low, unit))
            shared[name] = tuple(_tiers(low, unit))
    _events(low, named)
    _parties(low, named)
    del low.build.guards[guards:]
    return Traces(named, pots, shared)


def _trace(value: Value) -> Trace:
    sums = (value.sums.start, value.sums.end) if value.sums is not None else (NONE, NONE)
    flows = value.kind is Kind.FLOW
    return Trace(value.points(), sums, unit_text(value) + ("/year" if flows else ""), flows)


def _even(node: Node, unit: str = "") -> Trace:
    return Trace((node, node, node), unit=unit)


# parts of formulas


def _parts(low: Lowering, found: Iterator[Expr], moment: Moment, named: dict[str, Trace]) -> None:
    """The parts of a formula, and those behind them."""
    waiting = list(found)
    while waiting:
        part = waiting.pop()
        name = written(part)
        if name in named or not is_part(low.scope, part):
            continue
        value = _value(low, part, moment)
        if value.known:
            named[name] = _trace(value)
        waiting += operands(behind(low.scope, part))


def _value(low: Lowering, part: Expr, moment: Moment) -> Value:
    match part:
        case Call(function="active", arguments=(Argument(value=Name(text=text)), *_)):
            return spans.active(low, span_of(low.scope, text))
        case Call(function="full" | "so_far" as function, arguments=(Argument(value=Name(text=text)), *_)):
            unit = low.scope.units[text]
            assert isinstance(unit, Payment)
            return payments.full(low, unit) if function == FULL else payments.so_far(low, unit)
        case _:
            return low.value(part, moment)


def _events(low: Lowering, named: dict[str, Trace]) -> None:
    """Whether each event has happened, with which outcome, and the parts it hangs on."""
    for name, event in low.scope.events.items():
        latch = low.latches[name]
        low.at(name, event.head.span)
        named[text_of(Happened(name))] = _even(latch.on, "truth")
        named |= {text_of(PartOf(name, outcome)): _even(on, "truth") for outcome, on in latch.outcomes.items()}
        _parts(low, event_operands(low.scope, event), WHOLE, named)


def _parties(low: Lowering, named: dict[str, Trace]) -> None:
    """What each party gets and gives in all."""
    for person in low.scope.case.parties:
        party = person.head.name
        low.at(party, person.head.span)
        for asked, function in ((Paid(party), "paid"), (Received(party), "received")):
            value = party_total(low, function, party, WHOLE)
            if value.known:
                named[text_of(asked)] = _trace(value)


# tiers


def _pot(low: Lowering, unit: Waterfall) -> Value:
    """What is shared, nothing where the waterfall is not in force."""
    pot = low.value(unit.pot.chosen, WHOLE)
    zero = flat(pot.kind, pot.dimension, low.build.const(0.0))
    return arithmetic.chosen(low, spans.active(low, unit.active).start, pot, zero, pot.kind)


def _tiers(low: Lowering, unit: Waterfall) -> Iterator[TierTrace]:
    pot = _pot(low, unit)
    if pot.kind is Kind.STOCK:
        yield from _shared(low, unit)
        return
    build, before = low.build, low.build.const(1.0)
    for tier, (ended, weights) in zip(
        unit.tiers, waterfalls.split_tiers(low, unit, pot.dimension, START) or (), strict=False
    ):
        taking = build.both(before, build.no(ended))
        zero = flat(Kind.FLOW, pot.dimension, build.const(0.0))
        shares = []
        for party, weight in weights.items():
            share = arithmetic.each(Kind.FLOW, pot.dimension, build.mul, pot, flat(Kind.CONSTANT, (), weight))
            paid = arithmetic.chosen(low, taking, share, zero, Kind.FLOW)
            shares.append(ShareTrace(party, _even(weight), _trace(paid)))
        targets = tuple(_targets(low, unit, tier, pot.dimension))
        yield TierTrace(tier.head.name, *_then(tier), _even(taking), tuple(shares), targets)
        before = build.both(before, ended)


def _shared(low: Lowering, unit: Waterfall) -> Iterator[TierTrace]:
    """The tiers of a level."""
    dimension = low.value(unit.pot.chosen, START).dimension
    takes = levels.taken(low, unit, spans.active(low, unit.active).start)
    for tier, taken in zip(unit.tiers, takes, strict=False):
        weights = tiers.weights_of(low, tier, START) or {}
        nothing = low.build.const(0.0)
        shares = [ShareTrace(p, _even(weights.get(p, nothing)), _trace(take)) for p, take in taken.items()]
        on = low.build.no(tiers.ended_by_moment(low, tier))
        targets = tuple(_targets(low, unit, tier, dimension))
        yield TierTrace(tier.head.name, *_then(tier), _even(on), tuple(shares), targets)


def _then(tier: Tier) -> tuple[str, str]:
    match tier.then:
        case Next():
            return "next", ""
        case Redirect(to=to):
            return "redirect", to
        case Redistribute():
            return "redistribute", ""
        case _:
            assert_never(tier.then)


def _targets(low: Lowering, unit: Waterfall, tier: Tier, dimension: Dimension) -> Iterator[TargetTrace]:
    for target in tier.until.chosen:
        if isinstance(target, Capacity):
            goal = low.value(target.amount, WHOLE)
            yield TargetTrace(target.account, "capacity", _trace(goal), None)
        elif not isinstance(target, EndsAt):
            sides = waterfalls.sides_of(low, unit, target, dimension, WHOLE)
            if sides is not None:
                hurdle = isinstance(target, Hurdle)
                standing, goal = sides[::-1] if hurdle else sides
                yield TargetTrace(target.account, "balance" if hurdle else "account", _trace(goal), _trace(standing))
