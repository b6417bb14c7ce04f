"""What lives from stretch to stretch: growth, running totals, looking back, random walks."""

from syngraph.base.units import PLAIN, YEAR, Dimension
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Level, Lowering
from syngraph.compile.nodes.values import END, START, UNKNOWN, WHOLE, Moment, Value, When, flat, of_points
from syngraph.compile.values.calls import arguments
from syngraph.expr.nodes import Call, Expr, Name
from syngraph.graph.constants import amount
from syngraph.graph.kinds import LEVELS, Kind
from syngraph.ir.opcodes import Varies
from syngraph.ir.program import NONE, Window


def accumulated(low: Lowering, expr: Call, moment: Moment) -> Value:
    """The value of `grow`, `cum`, `prev`, `trailing`, `walk` or `noise`."""
    match expr.function:
        case "grow":
            return _grow(low, expr, moment)
        case "cum":
            return _cum(low, expr, moment)
        case "prev":
            return _prev(low, expr)
        case "trailing":
            return _trailing(low, expr, moment)
        case _:
            return _random(low, expr, moment)


def _key(expr: Expr) -> str:
    return f"{expr.span.file}:{expr.span.start}:{expr.span.end}"


def added(low: Lowering, state: Node, flow: Value, kind: Kind, dimension: Dimension) -> Value:
    """A level that adds up a flow: its state, and what came to it by the middle and the end of the stretch."""
    build = low.build
    middle = build.add(state, low.integral(build.mul(low.length(), build.midway(*flow.points()))))
    return Value(kind, dimension, state, middle, build.add(state, low.amount(flow)))


def hand_on(low: Lowering, state: Node, end: Node, flow: Value) -> None:
    """A level goes on from its end, and the sums of the flow that it adds up come to it where they are due."""
    low.build.hand_on(state, closed(low, end, flow))
    if flow.sums is not None:
        low.build.post(state, flow.sums.start)


def closed(low: Lowering, end: Node, flow: Value) -> Node:
    """A level at the end of a stretch, with the sums that are due there."""
    return end if flow.sums is None else low.build.add(end, flow.sums.end)


# growth


def _grow(low: Lowering, expr: Call, moment: Moment) -> Value:
    """By what it has grown so far is a level; growth that is the same all along has its exact mean."""
    given = arguments(low, expr, 2, 2)
    if given is None:
        return UNKNOWN
    first = low.value(given[0], START)
    if not first.known:
        return UNKNOWN
    if first.kind not in (Kind.CONSTANT, Kind.RATE) or low.build.varies[first.start] > Varies.PATH:
        return low.wrong("grow-start-varies", given[0].span, found=first.words())
    key = _key(expr)
    if key not in low.levels:
        one = low.build.const(1.0)
        low.levels[key] = Level(low.build.state(key, one), flat(Kind.CONSTANT, PLAIN, one), expr, "grow", expr.span)
    kind = Kind.STOCK if first.kind is Kind.CONSTANT else Kind.RATE
    mul = low.build.mul
    begun = mul(first.start, low.levels[key].state)
    if moment.when not in (When.WHOLE, When.END):
        return flat(kind, first.dimension, begun)
    middle, end = _stretched(low, given[1], low.earlier(moment))
    if moment.when is When.END:
        return flat(kind, first.dimension, mul(begun, end))
    return Value(kind, first.dimension, begun, mul(begun, middle), mul(begun, end))


def _stretched(low: Lowering, growth: Expr, moment: Moment) -> tuple[Node, Node]:
    """By what it grows to the middle and to the end; the middle of constant growth is that of its exact mean."""
    build, length = low.build, low.length()
    value = log_growth(low, growth, moment)
    if value.flat:
        y = build.mul(length, value.start)
        end = build.add(build.make("expm1", y), build.const(1.0))
        mean = build.make("swell", y)
        six = build.sub(build.sub(build.mul(build.const(6.0), mean), build.const(1.0)), end)
        return build.mul(build.const(0.25), six), end
    half = low.integral(build.mul(length, build.midway(*value.points())))
    return build.make("exp", half), build.make("exp", low.amount(value))


def log_growth(low: Lowering, growth: Expr, moment: Moment) -> Value:
    """ln(1 + g) of a yearly growth g, which must be a plain number above -1."""
    build = low.build
    value = low.value(growth, moment)
    zero = flat(Kind.CONSTANT, PLAIN, build.const(0.0))
    if not value.known:
        return zero
    if value.dimension != PLAIN or value.kind not in LEVELS:
        low.wrong("growth-not-plain", growth.span, found=value.words())
        return zero
    build.guard(build.at_most(value.start, build.const(-1.0)), "growth-below-minus-one")
    return of_points(Kind.STOCK, PLAIN, (build.make("log1p", node) for node in value.points()))


# running totals


def _cum(low: Lowering, expr: Call, moment: Moment) -> Value:
    given = arguments(low, expr, 1, 2)
    if given is None:
        return UNKNOWN
    level = _total(low, expr, given)
    if level is None:
        return UNKNOWN
    dimension = level.first.dimension
    if moment.when not in (When.WHOLE, When.END):
        return flat(Kind.STOCK, dimension, level.state)
    flow = low.value(given[0], low.earlier(moment))
    if not flow.known or flow.kind is not Kind.FLOW:
        return UNKNOWN
    total = added(low, level.state, flow, Kind.STOCK, dimension)
    return total if moment.when is When.WHOLE else flat(Kind.STOCK, dimension, closed(low, total.end, flow))


def _total(low: Lowering, expr: Call, given: tuple[Expr, ...]) -> Level | None:
    """The running total of a flow, made once; its opening amount is known before the first segment."""
    key = _key(expr)
    if key in low.levels:
        return low.levels[key]
    opening = None if len(given) == 1 else low.value(given[1], START)
    if opening is not None and not opening.known:
        return None
    if opening is None:
        dimension = _flow_wanted(low, expr, given[0])
        if dimension is None:
            return None
        opening = flat(Kind.CONSTANT, dimension, low.build.const(0.0))
    if opening.kind is not Kind.CONSTANT or low.build.varies[opening.start] > Varies.PATH:
        low.wrong("opening-varies", expr.span, found=opening.words())
        return None
    level = Level(low.build.state(key, opening.start), opening, expr, "cum", expr.span)
    return low.levels.setdefault(key, level)


def _flow_wanted(low: Lowering, expr: Call, flow: Expr) -> Dimension | None:
    """The dimension of what is added up, which must be a flow; it is not worked out, since it may need the total."""
    found = low.types.of(flow)
    if found is None:
        shown = low.value(flow, START)
        return shown.dimension if shown.kind is Kind.FLOW else None
    if found[0] is not Kind.FLOW:
        shown = flat(found[0], found[1], low.build.const(0.0))
        low.wrong("kind-wanted", expr.span, name=expr.function, wanted="flow", found=shown.words())
        return None
    return found[1]


def _prev(low: Lowering, expr: Call) -> Value:
    """A level or status when the last reporting period ended, before what happened at that moment."""
    given = arguments(low, expr, 2, 2)
    if given is None:
        return UNKNOWN
    key = _key(expr)
    if key not in low.levels:
        first = low.value(given[1], START)
        if not first.known:
            return UNKNOWN
        if first.kind not in (Kind.CONSTANT, Kind.STATUS) or low.build.varies[first.start] > Varies.PATH:
            return low.wrong("opening-varies", given[1].span, found=first.words())
        state = low.build.state(key, first.start, truth=first.kind is Kind.STATUS)
        low.levels[key] = Level(state, first, expr, "prev", expr.span)
    level = low.levels[key]
    kind = Kind.STATUS if level.first.kind is Kind.STATUS else Kind.STOCK
    return flat(kind, level.first.dimension, level.state)


# the amount of the last while


def _trailing(low: Lowering, expr: Call, moment: Moment) -> Value:
    given = arguments(low, expr, 2, 3)
    if given is None:
        return UNKNOWN
    span = amount(given[1], low.scope)
    if span is None or span[1] != YEAR or span[0] <= 0:
        return low.wrong("duration-wanted", given[1].span)
    dimension = _flow_wanted(low, expr, given[0])
    if dimension is None:
        return UNKNOWN
    opening = _window_opening(low, given, dimension)
    if opening is None:
        return UNKNOWN
    key = _key(expr)
    if key not in low.levels:
        zero = flat(Kind.CONSTANT, dimension, low.build.const(0.0))
        state = low.build.state(key, zero.start)
        low.levels[key] = Level(state, zero, expr, f"trailing {len(low.build.windows)}", expr.span)
        index = low.build.index(state)
        low.build.window(Window((0, 0, 0), index, float(span[0]), opening, (NONE, NONE), low.build.origin))
    level = low.levels[key]
    return _fresh(low, given[0], level, int(level.kind.partition(" ")[2]), moment)


def _window_opening(low: Lowering, given: tuple[Expr, ...], dimension: Dimension) -> Node | None:
    """What the flow came to in the window before today."""
    if len(given) < 3:
        return low.build.const(0.0)
    opening = low.value(given[2], START)
    if not opening.known:
        return None
    varies = opening.kind is not Kind.CONSTANT or low.build.varies[opening.start] > Varies.PATH
    if varies or opening.dimension != dimension:
        low.wrong("opening-varies", given[2].span, found=opening.words())
        return None
    return opening.start


def _fresh(low: Lowering, flow: Expr, level: Level, window: int, moment: Moment) -> Value:
    """The total now less the total one window ago, and the sums that are still in it."""
    build, dimension = low.build, level.first.dimension
    before = [build.make("window", data=(window, point)) for point in range(4)]
    if moment.when not in (When.WHOLE, When.END):
        return flat(Kind.STOCK, dimension, build.sub(level.state, before[0]))
    value = low.value(flow, low.earlier(moment))
    if not value.known:
        return UNKNOWN
    now = added(low, level.state, value, Kind.STOCK, dimension)
    if moment.when is When.END:
        return flat(Kind.STOCK, dimension, closed(low, build.sub(now.end, before[3]), value))
    return of_points(Kind.STOCK, dimension, (build.sub(a, b) for a, b in zip(now.points(), before[:3], strict=True)))


# random walks


def _random(low: Lowering, expr: Call, moment: Moment) -> Value:
    """A walk is straight inside a reporting period and rises in it by a normal times the root of its length."""
    given = arguments(low, expr, 1, 1)
    if given is None:
        return UNKNOWN
    if not isinstance(given[0], Name):
        return low.wrong("name-wanted", given[0].span, name=expr.function)
    build, key = low.build, f"{expr.function} {given[0].text}"
    z = build.make("quantile", build.make("shock", data=given[0].text))
    slope = build.div(z, build.make("sqrt", build.column("period", low.grid.period_lengths)))
    rate = flat(Kind.RATE, PLAIN, slope)
    kind = Kind.STOCK if expr.function == "walk" else Kind.CONSTANT
    if key not in low.levels:
        zero = build.const(0.0)
        level = Level(build.state(key, zero), flat(Kind.CONSTANT, PLAIN, zero), None, expr.function, expr.span)
        low.levels[key] = level
        end = added(low, level.state, rate, kind, PLAIN).end
        build.hand_on(level.state, end, renewed=zero if expr.function == "noise" else end)
    state = low.levels[key].state
    if moment.when not in (When.WHOLE, When.END):
        return flat(kind, PLAIN, state)
    along = added(low, state, rate, kind, PLAIN)
    return along if moment.when is When.WHOLE else along.ending


def hand_on_all(low: Lowering) -> None:
    """Gives every level its next value, until no new ones appear."""
    done: set[str] = set()
    while len(done) < len(low.levels):
        for key in [k for k in low.levels if k not in done]:
            done.add(key)
            _hand_on(low, low.levels[key])


def _hand_on(low: Lowering, level: Level) -> None:
    if not isinstance(level.expr, Call):
        return
    low.at(level.expr.function, level.span)
    given = [a.value for a in level.expr.arguments]
    match level.kind.partition(" ")[0]:
        case "cum" | "trailing":
            _hand_on_total(low, level, low.value(given[0], WHOLE))
        case "grow":
            low.build.hand_on(level.state, low.build.mul(level.state, _stretched(low, given[1], WHOLE)[1]))
        case "prev":
            value = low.value(given[0], END if low.summed(given[0]) else WHOLE)
            if value.known:
                _hand_on_prev(low, level, value)
        case _:
            pass


def _hand_on_total(low: Lowering, level: Level, flow: Value) -> None:
    if flow.known and (flow.kind is not Kind.FLOW or flow.dimension != level.first.dimension):
        low.wrong("opening-differs", level.span, opening=level.first.words(), found=flow.words())
    elif flow.known:
        end = low.build.add(level.state, low.amount(flow))
        if level.kind == "cum":
            hand_on(low, level.state, end, flow)
            return
        low.build.hand_on(level.state, end)  # without its sums, which come and go by the calendar
        sums = (flow.sums.start, flow.sums.end) if flow.sums is not None else (NONE, NONE)
        low.build.fill_window(int(level.kind.partition(" ")[2]), flow.points(), sums)


def _hand_on_prev(low: Lowering, level: Level, value: Value) -> None:
    kinds = (Kind.STATUS,) if level.first.kind is Kind.STATUS else LEVELS
    if value.kind not in kinds or value.dimension != level.first.dimension:
        low.wrong("prev-differs", level.span, opening=level.first.words(), found=value.words())
        return
    low.build.hand_on(level.state, renewed=value.end)
