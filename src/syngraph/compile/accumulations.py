"""What lives from segment to segment: growth, running totals, looking back, random walks."""

from syngraph.base.units import PLAIN, YEAR
from syngraph.compile import expressions
from syngraph.compile.builder import Node
from syngraph.compile.constants import amount
from syngraph.compile.lowering import Lowering, Running
from syngraph.compile.references import event_names, unit_names
from syngraph.compile.values import UNKNOWN, Kind, Value, flat, status, stock
from syngraph.compile.worlds import BEFORE, START, WHOLE, View, World
from syngraph.expr.nodes import Call, Expr, Name

_SERIES_BELOW = 1e-5


def accumulated(low: Lowering, expr: Call, world: World) -> Value:
    """The value of `grow`, `cum`, `prev`, `trailing`, `walk` or `noise`."""
    match expr.function:
        case "grow":
            return _grow(low, expr, world)
        case "cum":
            return _cum(low, expr, world)
        case "prev":
            return _prev(low, expr)
        case "trailing":
            return _trailing(low, expr, world)
        case _:
            return _random(low, expr, world)


def _key(expr: Expr) -> str:
    return f"{expr.span.file}:{expr.span.start}:{expr.span.end}"


def group_of(low: Lowering, expr: Expr) -> str:
    """The group of events that an expression depends on inside a segment, empty if none."""
    events = set(event_names(low.scope, [expr]))
    groups = {low.groups[e] for e in events if e in low.groups}
    groups |= {low.unit_group[u] for u in unit_names(low.scope, [expr]) if low.unit_group.get(u)}
    return min(groups) if groups else ""


def whole(low: Lowering, expr: Expr, world: World) -> Value:
    """A flow or rate over the whole segment, put together from the parts of its group."""
    group = group_of(low, expr)
    if world.view in (View.START, View.BEFORE) or not group or group not in low.cuts:
        return expressions.lower(low, expr, BEFORE)
    values = [expressions.lower(low, expr, part) for part in low.parts(group)]
    return low.put_together(values, group) if all(v.known for v in values) else UNKNOWN


# growth


def _grow(low: Lowering, expr: Call, world: World) -> Value:
    given = expressions.arguments(low, expr, 2, 2)
    if given is None:
        return UNKNOWN
    first = expressions.lower(low, given[0], START)
    if not first.known:
        return UNKNOWN
    if first.kind not in (Kind.CONSTANT, Kind.RATE) or low.build.in_step[first.mid]:
        return low.wrong("grow-start-varies", given[0].span, found=first.words())
    key = _key(expr)
    if key not in low.running:
        low.running[key] = Running(low.build.state(key, low.build.const(1.0)), expr, "grow", expr.span)
    factor = low.running[key].state
    if world.view is View.START:
        return _grown(low, first, factor, factor, factor)
    return _stretch(low, given[1], first, factor, world)


def _stretch(low: Lowering, growth: Expr, first: Value, factor: Node, world: World) -> Value:
    group = group_of(low, growth)
    if not group or world.view is View.BEFORE or group not in low.cuts:
        end, mean = _growth(low, growth, BEFORE)
        value = _grown(low, first, factor, low.build.mul(factor, end), low.build.mul(factor, mean))
        return low.share_of(value, world)
    values = []
    for part in low.parts(group):
        end, mean = _growth(low, growth, part)
        following = low.build.mul(factor, end)
        values.append(_grown(low, first, factor, following, low.build.mul(factor, mean)))
        factor = following
    if world.view is View.PART and world.group == group:
        return values[world.part]
    return low.share_of(low.put_together(values, group), world)


def _grown(low: Lowering, first: Value, start: Node, end: Node, mean: Node) -> Value:
    mul = low.build.mul
    if first.kind is Kind.RATE:
        return flat(Kind.RATE, first.dimension, mul(first.mid, mean))
    return stock(low.build, first.dimension, mul(first.mid, start), mul(first.mid, end))


def _growth(low: Lowering, growth: Expr, world: World) -> tuple[Node, Node]:
    """(1 + g)^Δ, and the mean of (1 + g)^s for s in [0, Δ]: ((1 + g)^Δ - 1) / (Δ ln(1 + g))."""
    build = low.build
    value = expressions.lower(low, growth, world)
    one = build.const(1.0)
    if not value.known:
        return one, one
    if value.dimension != PLAIN or value.kind not in (Kind.CONSTANT, Kind.STOCK):
        low.wrong("growth-not-plain", growth.span, found=value.words())
        return one, one
    build.guard(build.at_most(value.mid, build.const(-1.0)), "growth-below-minus-one")
    return power(low, build.make("log1p", value.mid), low.length(world))


def power(low: Lowering, log: Node, length: Node) -> tuple[Node, Node]:
    """exp(Δ·log) and its mean over the stretch, Δ the segment's length times `length`; by series near log = 0."""
    build = low.build
    one = build.const(1.0)
    y = build.mul(build.mul(low.dt(), length), log)
    less_one = build.make("expm1", y)
    size = build.larger(y, build.neg(y))
    half, sixth = build.const(0.5), build.div(one, build.const(6.0))
    series = build.add(one, build.mul(y, build.add(half, build.mul(y, sixth))))
    mean = build.select(build.less(size, build.const(_SERIES_BELOW)), series, build.div(less_one, y))
    return build.add(less_one, one), mean


# running totals


def _cum(low: Lowering, expr: Call, world: World) -> Value:
    given = expressions.arguments(low, expr, 1, 2)
    if given is None:
        return UNKNOWN
    running = _total(low, expr, given)
    if running is None:
        return UNKNOWN
    build, state = low.build, running.state
    dimension = running.first.dimension
    if world.view is View.START:
        return flat(Kind.STOCK, dimension, state)
    group = group_of(low, given[0])
    if world.view is View.PART and group and world.group == group:
        return _part_total(low, given[0], state, world, dimension)
    flow = whole(low, given[0], world)
    if not flow.known:
        return UNKNOWN
    return low.share_of(stock(build, dimension, state, build.add(state, flow.mid)), world)


def _part_total(low: Lowering, flow: Expr, state: Node, world: World, dimension: tuple[tuple[str, int], ...]) -> Value:
    level = state
    for part in low.parts(world.group)[: world.part + 1]:
        value = expressions.lower(low, flow, part)
        if not value.known:
            return UNKNOWN
        zero = low.build.const(0.0)
        counted = low.build.select(low.build.less(zero, low.length(part)), value.mid, zero)
        start, level = level, low.build.add(level, counted)
    return stock(low.build, dimension, start, level)


def _total(low: Lowering, expr: Call, given: tuple[Expr, ...]) -> Running | None:
    """The running total of a flow, made once; its opening amount is known before the first segment."""
    key = _key(expr)
    if key in low.running:
        return low.running[key]
    opening = None if len(given) == 1 else expressions.lower(low, given[1], START)
    if opening is not None and not opening.known:
        return None
    if opening is None:
        kind = expressions.lower(low, given[0], BEFORE)
        if not kind.known:
            return None
        if kind.kind is not Kind.FLOW:
            low.wrong("kind-wanted", expr.span, name=expr.function, wanted="flow", found=kind.words())
            return None
        opening = flat(Kind.CONSTANT, kind.dimension, low.build.const(0.0))
    if opening.kind is not Kind.CONSTANT or low.build.in_step[opening.mid]:
        low.wrong("opening-varies", expr.span, found=opening.words())
        return None
    state = low.build.state(key, opening.mid)
    low.running[key] = Running(state, expr, "cum", expr.span, opening)
    return low.running[key]


def _prev(low: Lowering, expr: Call) -> Value:
    given = expressions.arguments(low, expr, 2, 2)
    if given is None:
        return UNKNOWN
    key = _key(expr)
    if key not in low.running:
        first = expressions.lower(low, given[1], START)
        if not first.known:
            return UNKNOWN
        if first.kind not in (Kind.CONSTANT, Kind.STATUS) or low.build.in_step[first.start]:
            return low.wrong("opening-varies", given[1].span, found=first.words())
        low.running[key] = Running(low.build.state(key, first.start), expr, "prev", expr.span, first)
    running = low.running[key]
    if running.first.kind is Kind.STATUS:
        return status(running.state, running.state, running.state)
    return flat(Kind.STOCK, running.first.dimension, running.state)


# the amount of the last while


def _trailing(low: Lowering, expr: Call, world: World) -> Value:
    given = expressions.arguments(low, expr, 2, 3)
    if given is None:
        return UNKNOWN
    span = amount(given[1], low.scope)
    if span is None or span[1] != YEAR or span[0] <= 0:
        return low.wrong("duration-wanted", given[1].span)
    flow = whole(low, given[0], world)
    if not flow.known:
        return UNKNOWN
    if flow.kind is not Kind.FLOW:
        return low.wrong("kind-wanted", expr.span, name="trailing", wanted="flow", found=flow.words())
    opening = low.build.const(0.0)
    if len(given) == 3:
        earlier = expressions.lower(low, given[2], START)
        if earlier.known and (earlier.kind is not Kind.CONSTANT or earlier.dimension != flow.dimension):
            return low.wrong("opening-varies", given[2].span, found=earlier.words())
        opening = earlier.mid
    key = _key(expr)
    if key not in low.running:
        first = flat(Kind.CONSTANT, flow.dimension, low.build.const(0.0))
        low.running[key] = Running(low.build.state(key, first.mid, kept=True), expr, "trailing", expr.span, first)
    state = low.running[key].state
    years = float(span[0])
    start = low.build.sub(state, _past(low, state, flow.mid, opening, years, at_end=False))
    end_total = low.build.add(state, flow.mid)
    end = low.build.sub(end_total, _past(low, state, flow.mid, opening, years, at_end=True))
    return low.share_of(stock(low.build, flow.dimension, start, end), world)


def _past(low: Lowering, state: Node, flow: Node, opening: Node, years: float, *, at_end: bool) -> Node:
    """The running total `years` before an end of the segment, even within segments and before today."""
    indexes, shares, inside, before = [], [], [], []
    segments = low.grid.segments
    for i, segment in enumerate(segments):
        moment = (segment.t1 if at_end else segment.t0) - years
        here = moment >= segment.t0
        place = i if here else max((j for j in range(i) if segments[j].t0 <= moment), default=0)
        held = segments[place]
        indexes.append(float(place))
        shares.append(0.0 if here or moment < 0 else (moment - held.t0) / (held.t1 - held.t0))
        inside.append((moment - segment.t0) / (segment.t1 - segment.t0) if here else 0.0)
        before.append(min(moment, 0.0) / years)
    pair, build = low.past_pairs, low.build
    low.past_pairs += 1
    build.columns[f"past{pair}.index"] = tuple(indexes)
    build.columns[f"past{pair}.share"] = tuple(shares)
    past = build.make("past", data=(build.keep(state), pair))
    past = build.add(past, build.mul(flow, build.column(f"inside{pair}", inside)))
    return build.add(past, build.mul(opening, build.column(f"before{pair}", before)))


# random walks


def _random(low: Lowering, expr: Call, world: World) -> Value:
    given = expressions.arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    if not isinstance(given[0], Name):
        return low.wrong("name-wanted", given[0].span, name=expr.function)
    build, name = low.build, given[0].text
    period = build.make("sqrt", build.column("period", low.grid.period_lengths))
    z = build.make("quantile", build.make("shock", data=name))
    step = build.mul(z, build.div(low.dt(), period))
    if expr.function == "noise":
        return flat(Kind.CONSTANT, PLAIN, step)
    key = f"walk {name}"
    if key not in low.running:
        low.running[key] = Running(build.state(key, build.const(0.0)), expr, "walk", expr.span)
        build.hand_on(low.running[key].state, build.add(low.running[key].state, step))
    state = low.running[key].state
    return low.share_of(stock(build, PLAIN, state, build.add(state, step)), world)


def hand_on_all(low: Lowering) -> None:
    """Gives every running value its next one, until no new ones appear."""
    done: set[str] = set()
    while len(done) < len(low.running):
        for key in [k for k in low.running if k not in done]:
            done.add(key)
            _hand_on(low, low.running[key])


def _hand_on(low: Lowering, running: Running) -> None:
    expr = running.expr
    if not isinstance(expr, Call):
        return
    given = [a.value for a in expr.arguments]
    match running.kind:
        case "cum" | "trailing":
            flow = whole(low, given[0], WHOLE)
            if flow.known and (flow.kind is not Kind.FLOW or flow.dimension != running.first.dimension):
                low.wrong("opening-differs", expr.span, opening=running.first.words(), found=flow.words())
            elif flow.known:
                low.build.hand_on(running.state, low.build.add(running.state, flow.mid))
        case "grow":
            low.build.hand_on(running.state, _next_factor(low, given[1], running.state))
        case "prev":
            value = expressions.lower(low, given[0], WHOLE)
            if value.known:
                _hand_on_prev(low, running, value)
        case _:
            pass


def _next_factor(low: Lowering, growth: Expr, factor: Node) -> Node:
    group = group_of(low, growth)
    for part in low.parts(group) if group in low.cuts else (BEFORE,):
        factor = low.build.mul(factor, _growth(low, growth, part)[0])
    return factor


def _hand_on_prev(low: Lowering, running: Running, value: Value) -> None:
    kinds = (Kind.STATUS,) if running.first.kind is Kind.STATUS else (Kind.STOCK, Kind.CONSTANT)
    if value.kind not in kinds or value.dimension != running.first.dimension:
        low.wrong("prev-differs", running.span, opening=running.first.words(), found=value.words())
        return
    low.build.hand_on(running.state, value.end)
