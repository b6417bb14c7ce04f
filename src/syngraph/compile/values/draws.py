"""Assumptions and dated series: certain values, distributions, choices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from syngraph.base.diagnostics import warning
from syngraph.base.spans import Span
from syngraph.base.units import PLAIN
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, UNKNOWN, Moment, Value, flat
from syngraph.expr.nodes import Day, Expr, Name, Number
from syngraph.graph.constants import Amount, amount
from syngraph.graph.kinds import DATE, LEVELS, Kind
from syngraph.ir.opcodes import Varies
from syngraph.model.assumptions import (
    Assumption,
    Beta,
    Between,
    Certain,
    Distribution,
    Family,
    Lognormal,
    Normal,
    OneOf,
    Pert,
    Triangular,
    Uniform,
)
from syngraph.model.facts import Series
from syngraph.model.records import Head

_NEVER = "never"  # as in `when: never`
_NORMAL_P90 = 2.5631031310892007  # 2 Φ⁻¹(0.9)


def assumption(low: Lowering, unit: Assumption) -> Value:
    """The value of an assumption on a path."""
    name = unit.head.name
    match unit.draw:
        case Certain(value=value):
            return _certain(low, name, low.value(value.chosen, START))
        case Distribution():
            return _distribution(low, name, unit.draw)
        case OneOf():
            return _one_of(low, unit.head, unit.draw)
        case Between(first=first, end=end):
            a, b = low.grid.years_to(first), low.grid.years_to(end)
            return flat(Kind.CONSTANT, DATE, _line(low, a, b, phi(low, name)))
        case _:
            assert_never(unit.draw)


def _certain(low: Lowering, name: str, value: Value) -> Value:
    """A certain value is an input too, so that another one can be tried without compiling anew."""
    if not value.known or value.kind is Kind.STATUS or low.build.varies[value.start] > Varies.RUN:
        return value
    return flat(value.kind, value.dimension, low.build.make("input", value.start, data=name))


def series(low: Lowering, unit: Series) -> Value:
    """A fact whose value changes with time: in each segment the period that holds at its start."""
    values = [amount(p.value, low.scope) for p in unit.periods]
    known = [v for v in values if v is not None]
    if len(known) < len(values) or not known or any(v[1:] != known[0][1:] for v in known):
        return low.wrong("series-values", unit.head.span, name=unit.head.name)
    column = []
    for segment in low.grid.segments:
        holding = [
            v
            for p, v in zip(unit.periods, known, strict=True)
            if (p.valid.first is None or p.valid.first <= segment.start)
            and (p.valid.end is None or segment.start < p.valid.end)
        ]
        if len(holding) != 1:
            code = "series-gap" if not holding else "series-overlap"
            return low.wrong(code, unit.head.span, name=unit.head.name, date=segment.start.isoformat())
        column.append(float(holding[0][0]))
    kind = Kind.RATE if known[0][2] else Kind.CONSTANT
    return flat(kind, known[0][1], low.build.column(f"series {unit.head.name}", column))


def normal(low: Lowering, name: str) -> Node:
    """The standard normal of a draw, correlated with others as declared."""
    build = low.build
    row = low.correlated.get(name)
    if row is None:
        z = build.make("quantile", build.make("uniform", data=name))
    else:
        terms = [build.mul(build.const(w), build.make("quantile", build.make("uniform", data=n))) for n, w in row]
        z = build.total(terms)
    return build.make("input", z, data=name)


def phi(low: Lowering, name: str) -> Node:
    """The uniform of a draw."""
    return low.build.make("phi", normal(low, name))


def _line(low: Lowering, a: float, b: float, share: Node) -> Node:
    build = low.build
    return build.add(build.const(a), build.mul(build.const(b - a), share))


def _distribution(low: Lowering, name: str, draw: Distribution) -> Value:
    found = {n: amount(e, low.scope) for n, e in draw.parameters}
    uncertain = [e for n, e in draw.parameters if found[n] is None]
    if uncertain:
        return low.wrong("distribution-uncertain", uncertain[0].span, family=draw.name)
    known = {n: v for n, v in found.items() if v is not None}
    if not isinstance(draw.family, Beta) and len({v[1:] for v in known.values()}) > 1:
        return low.wrong("distribution-units", draw.span, family=draw.name)
    p = {n: v[0] for n, v in known.items()}
    problem = _impossible(draw.family, p)
    if problem:
        return low.wrong("distribution-impossible", draw.span, family=draw.name, wanted=problem)
    _, dimension, per_year = next(iter(known.values()))
    node = _draw(low, name, draw.family, p)
    return flat(Kind.RATE if per_year else Kind.CONSTANT, dimension, node)


def _impossible(family: Family, p: dict[str, Decimal]) -> str:
    """What the parameters of a family must satisfy and do not."""
    match family:
        case Normal():
            return "" if p["sd"] > 0 else "sd > 0"
        case Lognormal():
            return "" if 0 < p["p10"] < p["p90"] else "0 < p10 < p90"
        case Uniform():
            return "" if p["min"] < p["max"] else "min < max"
        case Triangular() | Pert():
            return "" if p["min"] <= p["mode"] <= p["max"] and p["min"] < p["max"] else "min ≤ mode ≤ max, min < max"
        case Beta():
            return "" if p["alpha"] > 0 and p["beta"] > 0 else "alpha > 0, beta > 0"
        case _:
            assert_never(family)


def _draw(low: Lowering, name: str, family: Family, p: dict[str, Decimal]) -> Node:
    build = low.build
    z = normal(low, name)
    match family:
        case Normal():
            return build.add(build.const(float(p["mean"])), build.mul(build.const(float(p["sd"])), z))
        case Lognormal():
            low_log, high_log = (build.make("log", build.const(float(p[k]))) for k in ("p10", "p90"))
            mean = build.mul(build.const(0.5), build.add(low_log, high_log))
            spread = build.div(build.sub(high_log, low_log), build.const(_NORMAL_P90))
            return build.make("exp", build.add(mean, build.mul(spread, z)))
        case Uniform():
            return _line(low, float(p["min"]), float(p["max"]), phi(low, name))
        case Triangular():
            return _triangular(low, z, p)
        case Pert():
            width = p["max"] - p["min"]
            shape = 1 + 4 * (p["mode"] - p["min"]) / width
            return _line(low, float(p["min"]), float(p["max"]), _beta(low, z, float(shape), float(6 - shape)))
        case Beta():
            return _beta(low, z, float(p["alpha"]), float(p["beta"]))
        case _:
            assert_never(family)


def _beta(low: Lowering, z: Node, alpha: float, beta: float) -> Node:
    pair = (alpha, beta)
    if pair not in low.build.betas:
        low.build.betas.append(pair)
    return low.build.make("beta", z, data=low.build.betas.index(pair))


def _triangular(low: Lowering, z: Node, p: dict[str, Decimal]) -> Node:
    """Inverse of the triangular distribution, from each side so that both tails are accurate."""
    build = low.build
    a, c, b = p["min"], p["mode"], p["max"]
    u, rest = build.make("phi", z), build.make("phi", build.neg(z))
    left = build.make("sqrt", build.mul(build.const(float((b - a) * (c - a))), u))
    right = build.make("sqrt", build.mul(build.const(float((b - a) * (b - c))), rest))
    turn = build.less(u, build.const(float((c - a) / (b - a))))
    return build.select(turn, build.add(build.const(float(a)), left), build.sub(build.const(float(b)), right))


def _one_of(low: Lowering, head: Head, draw: OneOf) -> Value:
    values = [low.value(v, START) for v, _ in draw.options]
    if not all(v.known for v in values):
        return UNKNOWN
    first = values[0]
    if any((v.kind, v.dimension) != (first.kind, first.dimension) for v in values):
        return low.wrong("one-of-units", draw.span)
    shares = probabilities(low, [p for _, p in draw.options], draw.span, complete=True)
    if shares is None:
        return UNKNOWN
    warn_of_tie(low, head, [(_written(v), p) for v, p in draw.options])
    picks = choose(low, phi(low, head.name), shares)
    node = values[-1].start
    for value, pick in zip(values[:-1], picks[:-1], strict=True):
        node = low.build.select(pick, value.start, node)
    return flat(first.kind, first.dimension, node)


def _written(option: Expr) -> str:
    """An option as its author wrote it; a formula has no short form."""
    match option:
        case Number(quantity=quantity):
            return quantity.text
        case Name(text=text):
            return text
        case Day(day=day):
            return day.isoformat()
        case _:
            return "…"


def probabilities(
    low: Lowering, given: list[Expr | None], span: Span, *, complete: bool, moment: Moment = START
) -> list[Node] | None:
    """The nodes of probabilities; the one that takes the rest is what the others leave."""
    build = low.build
    nodes: list[Node | None] = []
    for expr in given:
        value = None if expr is None else low.value(expr, moment)
        if value is not None and not value.known:
            return None
        if value is not None and (value.dimension != PLAIN or value.kind not in LEVELS):
            low.wrong("probability-wanted", expr.span if expr else span, found=value.words())
            return None
        nodes.append(None if value is None else value.start)
    total = build.total([n for n in nodes if n is not None])
    certain = [amount(e, low.scope) for e in given if e is not None]
    if not _plausible(low, certain, span, whole=complete and None not in nodes):
        return None
    build.guard(build.less(build.const(1 + 1e-12), total), "probabilities-in-run")
    for node in nodes:
        if node is not None:
            build.guard(build.less(node, build.const(0.0)), "probabilities-in-run")
    rest = _rest(low, certain, total)
    return [rest if n is None else n for n in nodes]


def _rest(low: Lowering, certain: list[Amount | None], total: Node) -> Node:
    """What the other probabilities leave: exact where they are certain, so that options equal on paper are equal."""
    known = [c[0] for c in certain if c is not None]
    if len(known) == len(certain):
        return low.build.const(float(1 - sum(known, Decimal(0))))
    return low.build.sub(low.build.const(1.0), total)


def _plausible(low: Lowering, certain: list[Amount | None], span: Span, *, whole: bool) -> bool:
    known = [c[0] for c in certain if c is not None]
    complete = len(known) == len(certain)
    if any(not 0 <= k <= 1 for k in known) or sum(known) > 1 or (whole and complete and sum(known) != 1):
        low.wrong("probabilities", span, total=f"{float(sum(known)):.6%}")
        return False
    return True


def warn_of_tie(low: Lowering, head: Head, options: Sequence[tuple[str, Expr | None]]) -> None:
    """Warns if several options are certain to be the likeliest: the central run takes the first of them by name.

    What is missing to 100 % is an option too, the last.
    """
    given = [amount(p, low.scope) for _, p in options if p is not None]
    known = [c[0] for c in given if c is not None]
    if len(known) < len(given):
        return
    left = 1 - sum(known, Decimal(0))
    shares = [(name, left if p is None else known.pop(0)) for name, p in options]
    if all(p is not None for _, p in options):
        shares.append((_NEVER, left))
    likeliest = max(share for _, share in shares)
    tied = [name for name, share in shares if share == likeliest]
    if len(tied) > 1:
        low.found.append(warning("central-tie", head.span, name=head.name, options=", ".join(tied), taken=tied[0]))


def choose(low: Lowering, u: Node, shares: list[Node]) -> list[Node]:
    """For each option whether it is taken: by the uniform in order of names, in the central run the likeliest."""
    build = low.build
    central = build.make("central")
    left = build.sub(build.const(1.0), build.total(shares))
    edge, taken, picks = build.const(0.0), build.const(0.0), []
    for i, share in enumerate(shares):
        edge = build.add(edge, share)
        drawn = build.both(build.less(u, edge), build.no(taken))
        taken = build.either(taken, drawn)
        best = build.at_most(left, share)
        for j, other in enumerate(shares):
            if j != i:
                best = build.both(best, build.less(other, share) if j < i else build.at_most(other, share))
        picks.append(build.select(central, best, drawn))
    return picks
