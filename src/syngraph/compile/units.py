"""The value of each named quantity in each world."""

from typing import assert_never

from syngraph.base.nearest import nearest
from syngraph.base.spans import Span
from syngraph.base.units import PLAIN
from syngraph.compile import draws, expressions, payments, waterfalls
from syngraph.compile.lowering import Lowering
from syngraph.compile.scope import UNDISTRIBUTED, Unit, receivers
from syngraph.compile.values import UNKNOWN, Kind, Value, flat
from syngraph.compile.worlds import BEFORE, WHOLE, View, World
from syngraph.model.agreements import Payment
from syngraph.model.assumptions import Assumption
from syngraph.model.facts import Series, Statement
from syngraph.model.facts import Value as Fact
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

PAID, SHORTFALL = "paid", "shortfall"
_DEEP = 20
_KINDS = {"rate": Kind.RATE, "flow": Kind.FLOW, "stock": Kind.STOCK, "status": Kind.STATUS}


def part(low: Lowering, found: tuple[Unit, str], world: World, span: Span) -> Value | None:
    """The value of a unit, or of the part of it that is named; None if the name means no unit's part."""
    unit, wanted = found
    name = unit.head.name
    match unit:
        case Payment():
            if wanted not in (PAID, SHORTFALL):
                return low.wrong("payment-alone", span, name=name, paste=f"{name}.{PAID}")
        case Waterfall():
            known = (*receivers(unit), UNDISTRIBUTED)
            if wanted not in known:
                paste = f"{name}.{nearest(wanted, known) or UNDISTRIBUTED}"
                return low.wrong("waterfall-part", span, name=name, found=wanted, known=", ".join(known), paste=paste)
        case Statement():
            return low.wrong("statement-as-number", span, name=name)
        case _:
            if wanted:
                return None
    return evaluate(low, unit, world, span).get(wanted, UNKNOWN)


def payment(low: Lowering, name: str) -> Payment | None:
    """The payment of that name."""
    unit = low.scope.units.get(name)
    return unit if isinstance(unit, Payment) else None


def evaluate(low: Lowering, unit: Unit, world: World, span: Span | None = None) -> dict[str, Value]:
    """All parts of a unit in a world, worked out once."""
    name = unit.head.name
    own = _own_world(low, unit, world)
    key = (name, own)
    if key not in low.memo:
        label = f"{name}@{own.view.name} {own.group} {own.part}"
        if label in low.doing:
            return _cycle(low, label, span or unit.head.span)
        if len(low.doing) >= _DEEP and not low.ahead:
            _ahead(low, unit, world)
        low.doing.append(label)
        origin, low.build.origin = low.build.origin, low.build.origin
        low.at(name, unit.head.span)
        low.memo[key] = _evaluate(low, unit, own)
        low.build.origin = origin
        low.doing.pop()
    values = low.memo[key]
    if own == world:
        return values
    return {k: low.share_of(v, world) for k, v in values.items() if not k.startswith("\0")}


def _ahead(low: Lowering, unit: Unit, world: World) -> None:
    """Works out all that a unit needs, in order, so that long chains do not nest."""
    needed: set[str] = set()
    open_names = [unit.head.name]
    while open_names:
        for name in low.edges.get(open_names.pop(), ()):
            if name not in needed and name in low.edges:
                needed.add(name)
                open_names.append(name)
    low.ahead = True
    for name in (n for n in low.order if n in needed):
        evaluate(low, low.scope.units[name], world)
    low.ahead = False


def _cycle(low: Lowering, label: str, span: Span) -> dict[str, Value]:
    """A quantity that needs itself in the same segment."""
    way = [*low.doing[low.doing.index(label) :], label]
    names = tuple(n.partition("@")[0] for n in way)
    low.wrong("cycle", span, names=" → ".join(names), paste="prev(…)")
    return {}


def _own_world(low: Lowering, unit: Unit, world: World) -> World:
    """The world a unit is really worked out in, when it varies less than the one asked for."""
    group = low.unit_group.get(unit.head.name, "")
    level = _is_level(unit)
    if world.view is View.START:
        return world if level else BEFORE
    if not group or group not in low.cuts:
        return BEFORE
    if world.view is View.PART and world.group != group:
        return WHOLE
    if world.view is View.AT and not level:
        return WHOLE
    return world


def _is_level(unit: Unit) -> bool:
    match unit:
        case Measure(kind=kind):
            return kind in ("stock", "status")
        case Payment() | Waterfall():
            return False
        case _:
            return True


def _evaluate(low: Lowering, unit: Unit, world: World) -> dict[str, Value]:
    match unit:
        case Fact(value=value):
            return {"": expressions.lower(low, value.chosen, world)}
        case Statement():
            return {}
        case Series():
            return {"": draws.series(low, unit)}
        case Assumption():
            return {"": draws.assumption(low, unit)}
        case Measure():
            return {"": _measure(low, unit, world)}
        case Dependence(share=share):
            return {"": _share(low, unit, expressions.lower(low, share.chosen, world))}
        case Payment():
            return payments.evaluate(low, unit, world)
        case Waterfall():
            return waterfalls.evaluate(low, unit, world)
        case _:
            assert_never(unit)


def _measure(low: Lowering, unit: Measure, world: World) -> Value:
    wanted = _KINDS[unit.kind]
    group = low.unit_group.get(unit.head.name, "")
    if world.view is View.WHOLE and group and wanted in (Kind.RATE, Kind.FLOW):
        values = [evaluate(low, unit, p).get("", UNKNOWN) for p in low.parts(group)]
        return low.put_together(values, group) if all(v.known for v in values) else UNKNOWN
    return _as_declared(low, unit, expressions.lower(low, unit.value.chosen, world))


def _as_declared(low: Lowering, unit: Measure, value: Value) -> Value:
    """A value of a measure, if it is of the kind the measure is declared as."""
    wanted = _KINDS[unit.kind]
    if not value.known or value.kind is wanted:
        return value
    if wanted is Kind.STOCK and value.kind is Kind.CONSTANT:
        return Value(Kind.STOCK, value.dimension, value.start, value.mid, value.end)
    ways = {
        (Kind.RATE, Kind.FLOW): "over(…)",
        (Kind.FLOW, Kind.RATE): "per_year(…)",
        (Kind.FLOW, Kind.STOCK): "cum(…, opening)",
    }
    way = ways.get((value.kind, wanted), f"{value.kind.value}:")
    return low.wrong("kind-declared", unit.value.chosen.span, declared=unit.kind, found=value.words(), way=way)


def _share(low: Lowering, unit: Dependence, value: Value) -> Value:
    if value.known and (value.dimension != PLAIN or value.kind not in (Kind.CONSTANT, Kind.STOCK)):
        return low.wrong("share-not-plain", unit.share.chosen.span, found=value.words())
    return value


def party_total(low: Lowering, function: str, party: str, world: World, span: Span) -> Value:
    """All a party pays, or receives, in the segment, through terms and waterfalls."""
    total: Value | None = None
    for unit in low.scope.units.values():
        for value in _of_party(low, unit, function, party, world):
            if not value.known:
                return UNKNOWN
            if total is not None and total.dimension != value.dimension:
                return low.wrong("mixed-currencies", span, name=party)
            before = total.mid if total is not None else low.build.const(0.0)
            total = flat(Kind.FLOW, value.dimension, low.build.add(before, value.mid))
    return total or flat(Kind.FLOW, ((low.scope.case.currency, 1),), low.build.const(0.0))


def _of_party(low: Lowering, unit: Unit, function: str, party: str, world: World) -> list[Value]:
    match unit:
        case Payment(payer=payer, payee=payee) if party == (payer if function == "paid" else payee).chosen:
            return [evaluate(low, unit, world).get(PAID, UNKNOWN)]
        case Waterfall(of=of) if function == "paid" and party == of:
            values = evaluate(low, unit, world)
            return [v for p in receivers(unit) if (v := values.get(p, UNKNOWN)).kind is not Kind.STOCK]
        case Waterfall() if function == "received" and party in receivers(unit):
            value = evaluate(low, unit, world).get(party, UNKNOWN)
            return [] if value.kind is Kind.STOCK else [value]
        case _:
            return []
