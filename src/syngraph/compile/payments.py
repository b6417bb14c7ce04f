"""Payments: amount, exceptions, span, cap, commitment and minimum."""

from syngraph.base.diagnostics import Label
from syngraph.base.units import Dimension
from syngraph.compile import expressions, statuses, units
from syngraph.compile.builder import Node
from syngraph.compile.lowering import Lowering, Running
from syngraph.compile.references import is_threshold
from syngraph.compile.values import UNKNOWN, Kind, Value, flat
from syngraph.compile.worlds import BEFORE, START, View, World
from syngraph.expr.nodes import Expr
from syngraph.ir.program import Origin
from syngraph.model.agreements import Exemption, Payment

_ACCOUNT = "\0account"


def evaluate(low: Lowering, term: Payment, world: World) -> dict[str, Value]:
    """What is paid in a world, and what falls short of a minimum or a commitment there."""
    group = low.unit_group.get(term.head.name, "")
    if world.view is View.WHOLE and group:
        return _whole(low, term, group)
    amount = _amount(low, term, world)
    if not amount.known:
        return {"paid": UNKNOWN, "shortfall": UNKNOWN}
    account = _account(low, term, world, amount.dimension)
    build = low.build
    on = statuses.active(low, statuses.inherited(low, term.head.name, term.active), world)
    owed = _capped(low, term, amount, account, world)
    if owed is None:
        return {"paid": UNKNOWN, "shortfall": UNKNOWN}
    paid = build.select(on.mid, owed, build.const(0.0))
    after = build.add(account, paid) if account is not None else None
    short = _short(low, term, world, on.mid, flat(Kind.FLOW, amount.dimension, paid))
    values = {"paid": flat(Kind.FLOW, amount.dimension, paid), "shortfall": short}
    if after is not None:
        values[_ACCOUNT] = flat(Kind.STOCK, amount.dimension, after)
        if world.view is View.BEFORE and not group:
            _finish(low, term, values, after)
    return values


def _whole(low: Lowering, term: Payment, group: str) -> dict[str, Value]:
    values = [units.evaluate(low, term, part) for part in low.parts(group)]
    if not all(v.get("paid", UNKNOWN).known and v.get("shortfall", UNKNOWN).known for v in values):
        return {"paid": UNKNOWN, "shortfall": UNKNOWN}
    result = {k: low.put_together([v[k] for v in values], group) for k in ("paid", "shortfall")}
    account = values[-1].get(_ACCOUNT)
    if account is not None:
        result[_ACCOUNT] = account
        _finish(low, term, result, account.mid)
    return result


def _finish(low: Lowering, term: Payment, values: dict[str, Value], after: Node) -> None:
    """Hands the account on, and adds what a commitment misses on its day."""
    state = low.running[f"account {term.head.name}"].state
    low.build.hand_on(state, after)
    pledge = term.commitment
    if pledge is None:
        return
    value = expressions.lower(low, pledge.amount, START)
    paid = values["paid"]
    if value.known and (value.kind is not Kind.CONSTANT or value.dimension != paid.dimension):
        low.wrong("amount-wanted", pledge.amount.span, found=value.words())
    elif value.known:
        due = low.build.column(f"due {term.head.name}", [float(s.end == pledge.by) for s in low.grid.segments])
        gap = low.build.larger(low.build.sub(value.mid, after), low.build.const(0.0))
        total = low.build.add(values["shortfall"].mid, low.build.mul(due, gap))
        values["shortfall"] = flat(Kind.FLOW, paid.dimension, total)


def _account(low: Lowering, term: Payment, world: World, dimension: Dimension) -> Node | None:
    """What was paid before a world begins, if a cap or a commitment watches it."""
    if term.cap is None and term.commitment is None:
        return None
    key = f"account {term.head.name}"
    if key not in low.running:
        first = _opening(low, term, dimension)
        low.running[key] = Running(low.build.state(key, first), None, "account", term.head.span)
    if world.view is View.PART and world.part > 0:
        before = units.evaluate(low, term, World(View.PART, world.group, world.part - 1)).get(_ACCOUNT)
        return before.mid if before is not None else low.running[key].state
    return low.running[key].state


def _opening(low: Lowering, term: Payment, dimension: Dimension) -> Node:
    """What was paid before today."""
    if term.opening is None:
        statuses.warn_of_opening(low, term.head, statuses.inherited(low, term.head.name, term.active))
        return low.build.const(0.0)
    value = expressions.lower(low, term.opening, START)
    varies = value.kind is not Kind.CONSTANT or low.build.in_step[value.mid]
    if value.known and (varies or value.dimension != dimension):
        low.wrong("opening-varies", term.opening.span, found=value.words())
    return value.mid if value.known else low.build.const(0.0)


def _capped(low: Lowering, term: Payment, amount: Value, account: Node | None, world: World) -> Node | None:
    if term.cap is None or account is None:
        return amount.mid
    cap = expressions.lower(low, term.cap.chosen, world)
    if not cap.known:
        return None
    if cap.kind not in (Kind.CONSTANT, Kind.STOCK) or cap.dimension != amount.dimension:
        low.wrong("amount-wanted", term.cap.chosen.span, found=cap.words())
        return None
    room = low.build.larger(low.build.sub(cap.end, account), low.build.const(0.0))
    return low.build.smaller(amount.mid, room)


def _short(low: Lowering, term: Payment, world: World, on: Node, paid: Value) -> Value:
    build, dimension = low.build, paid.dimension
    zero = build.const(0.0)
    if term.minimum is None:
        return flat(Kind.FLOW, dimension, zero)
    least = expressions.lower(low, term.minimum, BEFORE)
    if not least.known:
        return UNKNOWN
    if least.kind is not Kind.RATE or least.dimension != dimension:
        return low.wrong("rate-wanted", term.minimum.span, found=least.words())
    owed = build.mul(least.mid, build.mul(low.dt(), low.length(world)))
    missed = build.larger(build.sub(owed, paid.mid), zero)
    return flat(Kind.FLOW, dimension, build.select(on, missed, zero))


# the amount and its exceptions


def _amount(low: Lowering, term: Payment, world: World) -> Value:
    """The amount in force: the base, or that of the exception that holds."""
    base = None if term.amount is None else _flow(low, term.amount.chosen, world)
    changing = [e for e in term.exceptions if e.amount is not None]
    holding = [(e, _holds(low, e, world), _flow(low, e.amount.chosen, world)) for e in changing if e.amount]
    if (base is not None and not base.known) or any(not (h.known and v.known) for _, h, v in holding):
        return UNKNOWN
    build = low.build
    if base is None and not holding:
        return flat(Kind.FLOW, ((low.scope.case.currency, 1),), build.const(0.0))
    dimension = (base or holding[0][2]).dimension
    for exception, _, value in holding:
        if exception.amount and value.dimension != dimension:
            labels = (Label(term.head.span, "other-place"),)
            return low.wrong("exception-unit", exception.amount.chosen.span, labels=labels, name=term.head.name)
    on = statuses.active(low, statuses.inherited(low, term.head.name, term.active), world).mid
    winning = _winning(low, holding, on)
    amount = base.mid if base is not None else build.const(0.0)
    for wins, value in winning:
        amount = build.select(wins, value.mid, amount)
    if base is None:
        some = build.const(0.0)
        for wins, _ in winning:
            some = build.either(some, wins)
        build.guard(build.both(on, build.no(some)), "no-value")
    return flat(Kind.FLOW, dimension, amount)


def _winning(low: Lowering, holding: list[tuple[Exemption, Value, Value]], on: Node) -> list[tuple[Node, Value]]:
    """Where each exception wins; two that hold at once with different values are a conflict, unless one is over."""
    build = low.build
    result = []
    for exception, holds, value in holding:
        wins = holds.mid
        for other, other_holds, other_value in holding:
            name = other.head.name
            if other is not exception and other.over and exception.head.name.endswith(f".{other.over}"):
                wins = build.both(wins, build.no(other_holds.mid))
            elif name < exception.head.name and not _over(exception, other):
                both = build.both(on, build.both(holds.mid, other_holds.mid))
                differ = build.no(build.make("eq", value.mid, other_value.mid))
                here = build.origin
                build.origin = Origin(exception.head.name, exception.head.span)
                clash = build.both(both, differ) if value.mid != other_value.mid else build.const(0.0)
                build.guard(clash, "exception-conflict", other=Origin(name, other.head.span))
                build.origin = here
        result.append((wins, value))
    return result


def _over(a: Exemption, b: Exemption) -> bool:
    """Whether one of two exceptions is declared to override the other."""
    return bool((a.over and b.head.name.endswith(f".{a.over}")) or (b.over and a.head.name.endswith(f".{b.over}")))


def _holds(low: Lowering, exception: Exemption, world: World) -> Value:
    condition = exception.condition.chosen
    if not is_threshold(condition):
        return expressions.truth(low, condition, world)
    if world.view in (View.PART, View.WHOLE) and exception.head.name in low.latches:
        return statuses.event_on(low, exception.head.name, "", world)
    return expressions.truth(low, condition, START)


def _flow(low: Lowering, expr: Expr, world: World) -> Value:
    """An amount as the flow of a world: a rate counts for as long as the world lasts."""
    value = expressions.lower(low, expr, world)
    if value.kind is Kind.RATE:
        length = low.build.mul(low.dt(), low.length(world))
        return flat(Kind.FLOW, value.dimension, low.build.mul(value.mid, length))
    if value.known and value.kind is not Kind.FLOW:
        if low.build.value(value.mid) == 0:
            return flat(Kind.FLOW, value.dimension, value.mid)
        return low.wrong("amount-kind", expr.span, found=value.words())
    return value
