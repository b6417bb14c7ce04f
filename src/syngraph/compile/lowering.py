"""The state of compiling one case: nodes made so far, values found, events placed, diagnostics."""

from dataclasses import dataclass, field

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.spans import Span
from syngraph.compile.builder import Builder, Node
from syngraph.compile.grid import Grid
from syngraph.compile.scope import Scope
from syngraph.compile.values import UNKNOWN, Kind, Value, flat, stock
from syngraph.compile.worlds import View, World
from syngraph.expr.nodes import Expr
from syngraph.ir.program import Origin

NEVER = 2.0


@dataclass(slots=True)
class Latch:
    """An event in the run: whether it is on at the start, its share of the segment when it hits, by outcome too."""

    on: Node
    hit: Node | None = None
    outcomes: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    delayed: bool = False
    day: Node | None = None


@dataclass(slots=True)
class Cuts:
    """A group of events that meet in some quantity: where their hits cut the segment, in order."""

    starts: tuple[Node, ...]
    lengths: tuple[Node, ...]


@dataclass(slots=True)
class Running:
    """A running total or other value that lives from segment to segment, and what still has to be handed on."""

    state: Node
    expr: Expr | None
    kind: str
    span: Span
    first: Value = UNKNOWN


@dataclass(slots=True)
class Lowering:
    """Everything one compilation knows. Its lifetime is one call of `compile_case`."""

    scope: Scope
    grid: Grid
    build: Builder = field(default_factory=Builder)
    found: list[Diagnostic] = field(default_factory=list)
    memo: dict[tuple[str, World], dict[str, Value]] = field(default_factory=dict)
    doing: list[str] = field(default_factory=list)
    latches: dict[str, Latch] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    edges: dict[str, set[str]] = field(default_factory=dict)
    rights: dict[str, tuple[str, ...]] = field(default_factory=dict)
    standing: dict[tuple[str, World], Value] = field(default_factory=dict)
    ahead: bool = False
    groups: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unit_group: dict[str, str] = field(default_factory=dict)
    cuts: dict[str, Cuts] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    proving: bool = False
    past_pairs: int = 0
    correlated: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    def wrong(
        self, code: str, span: Span | None, *, paste: str = "", labels: tuple[Label, ...] = (), **fills: str
    ) -> Value:
        """Notes a mistake and goes on with an unknown value; the name most likely meant is what to paste."""
        self.found.append(error(code, span, paste=paste or fills.get("meant", ""), labels=labels, **fills))
        return UNKNOWN

    def at(self, name: str, span: Span | None) -> None:
        """What is made next comes from here."""
        self.build.origin = Origin(name, span)

    # columns of the grid

    def dt(self) -> Node:
        """The segment's length in years."""
        return self.build.column("dt", [s.t1 - s.t0 for s in self.grid.segments])

    def t0(self) -> Node:
        """The segment's start in years since today."""
        return self.build.column("t0", [s.t0 for s in self.grid.segments])

    def t1(self) -> Node:
        """The segment's end in years since today."""
        return self.build.column("t1", [s.t1 for s in self.grid.segments])

    # parts of a segment

    def length(self, world: World) -> Node:
        """The share of the segment a world covers."""
        if world.view is View.PART:
            return self.cuts[world.group].lengths[world.part]
        return self.build.const(1.0)

    def parts(self, group: str) -> tuple[World, ...]:
        """The worlds of a group, in order of time."""
        return tuple(World(View.PART, group, k) for k in range(len(self.cuts[group].lengths)))

    def put_together(self, values: list[Value], group: str) -> Value:
        """The value over the whole segment of what was worked out part by part."""
        first = values[0]
        lengths = self.cuts[group].lengths
        build = self.build
        zero = build.const(0.0)
        match first.kind:
            case Kind.FLOW:
                counted = [build.select(build.less(zero, w), v.mid, zero) for v, w in zip(values, lengths, strict=True)]
                return flat(Kind.FLOW, first.dimension, build.total(counted))
            case Kind.RATE:
                weighted = [
                    build.select(build.less(zero, w), build.mul(w, v.mid), zero)
                    for v, w in zip(values, lengths, strict=True)
                ]
                return flat(Kind.RATE, first.dimension, build.total(weighted))
            case _:
                return stock(build, first.dimension, first.start, values[-1].end)

    def share_of(self, value: Value, world: World) -> Value:
        """A value of the whole segment as a part sees it: flows in proportion to its length."""
        if value.kind is Kind.FLOW and world.view is View.PART:
            return flat(Kind.FLOW, value.dimension, self.build.mul(value.mid, self.length(world)))
        if value.kind in (Kind.STOCK, Kind.STATUS) and world.view is View.START:
            return flat(value.kind, value.dimension, value.start)
        if value.kind is Kind.STOCK and world.view is View.AT:
            return flat(Kind.STOCK, value.dimension, self.between(value, world))
        return value

    def between(self, value: Value, world: World) -> Node:
        """A level at the moment an event hits, on the straight line between its two ends."""
        latch = self.latches[world.group]
        if latch.hit is None or value.start == value.end:
            return value.start
        build = self.build
        share = build.smaller(latch.hit, build.const(1.0))
        return build.add(value.start, build.mul(share, build.sub(value.end, value.start)))
