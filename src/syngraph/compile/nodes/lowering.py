"""The state of compiling one case: nodes made so far, values found, switches, days and jumps, diagnostics."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.spans import Span
from syngraph.compile.nodes.builder import Builder, Node
from syngraph.compile.nodes.grid import Grid
from syngraph.compile.nodes.values import START, TRIALS, UNKNOWN, WHOLE, Moment, Value, When
from syngraph.expr.nodes import Expr
from syngraph.graph.edges import How, asked
from syngraph.graph.fractions import Fractions
from syngraph.graph.names import Scope, Unit
from syngraph.graph.order import Order
from syngraph.graph.typing import Types
from syngraph.ir.opcodes import Varies
from syngraph.ir.program import Closing, Jump, Origin
from syngraph.model.assumptions import Assumption
from syngraph.model.facts import Series as FactSeries
from syngraph.model.facts import Statement
from syngraph.model.facts import Value as FactValue

Evaluate = Callable[["Lowering", Unit, Moment], dict[str, Value]]
Lower = Callable[["Lowering", Expr, Moment], Value]
Sides = Callable[[], tuple[Value, Value] | None]


@dataclass(frozen=True, slots=True)
class Builders:
    """What builds units and expressions: the rooms below ask it for what they need of each other."""

    unit: Evaluate
    expression: Lower


@dataclass(slots=True)
class Latch:
    """An event in the run: whether it has happened, as others see it; its day, and its outcomes by name.

    `decided` is false for what is known from dates, so that nothing happens in the run. `happened` and `taken` are
    the states themselves, `closed` that of a decision that was taken, with whatever outcome.
    """

    on: Node
    decided: bool = False
    happened: Node | None = None
    closed: Node | None = None
    day: Node | None = None
    outcomes: dict[str, Node] = field(default_factory=dict)
    taken: dict[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    """A comparison or bend of what varies, whose gap over the stretch is still to be worked out."""

    truth: Node
    strict: bool
    bend: bool
    sides: Sides
    twin: int
    turned: bool
    origin: Origin


@dataclass(slots=True)
class Level:
    """A level that lives from stretch to stretch: its state, its value before the first, what it adds up."""

    state: Node
    first: Value
    expr: Expr | None
    kind: str
    span: Span


@dataclass(slots=True)
class Lowering:
    """Everything one compilation knows. Its lifetime is one call of `compile_case`."""

    scope: Scope
    grid: Grid
    order: Order
    builders: Builders
    types: Types
    fractions: Fractions
    build: Builder = field(default_factory=Builder)
    found: list[Diagnostic] = field(default_factory=list)
    memo: dict[tuple[str, Moment], dict[str, Value]] = field(default_factory=dict)
    doing: dict[str, Moment] = field(default_factory=dict)
    latches: dict[str, Latch] = field(default_factory=dict)
    standing: dict[tuple[str, Moment], Value] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    before: dict[str, Node] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    switches: dict[tuple[Node, Node, bool], int] = field(default_factory=dict)
    twins: dict[tuple[Node, Node], tuple[int, Node]] = field(default_factory=dict)
    sides: dict[tuple[str, int], tuple[Value, Value]] = field(default_factory=dict)
    days: dict[Node, None] = field(default_factory=dict)
    integrals: set[Node] = field(default_factory=set)
    jumps: list[Jump] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    correlated: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    proving: bool = False

    def wrong(
        self, code: str, span: Span | None, *, paste: str = "", labels: tuple[Label, ...] = (), **fills: str
    ) -> Value:
        """Notes a mistake and goes on with an unknown value; the name most likely meant is what to paste."""
        self.found.append(error(code, span, paste=paste or fills.get("meant", ""), labels=labels, **fills))
        return UNKNOWN

    def at(self, name: str, span: Span | None) -> None:
        """What is made next comes from here."""
        self.build.origin = Origin(name, span)

    def value(self, expr: Expr, moment: Moment) -> Value:
        """What an expression is worth."""
        return self.builders.expression(self, expr, moment)

    def ask(self, unit: Unit, moment: Moment) -> dict[str, Value]:
        """All parts of a unit, worked out once for each moment."""
        name = unit.head.name
        moment = self._own(name, moment)
        if (name, moment) not in self.memo:
            if self.doing.get(name) == moment:
                return {}
            before, origin = self.doing.get(name), self.build.origin
            self.doing[name] = moment
            self.at(name, unit.head.span)
            self.memo[name, moment] = self.builders.unit(self, unit, moment)
            self.build.origin = origin
            if before is None:
                del self.doing[name]
            else:
                self.doing[name] = before
        return self.memo[name, moment]

    def summed(self, expr: Expr) -> bool:
        """Whether sums that the end of a period makes due bear on an expression."""
        edges = asked(self.scope, (expr,))
        return bool(self.order.summed) and any(e.to in self.order.summed for e in edges if e.how is not How.BEFORE)

    def ended(self, unit: Unit) -> dict[str, Value]:
        """All parts of a unit as a stretch leaves them."""
        return {part: value.ending for part, value in self.ask(unit, WHOLE).items()}

    def _own(self, name: str, moment: Moment) -> Moment:
        """Over a whole stretch a unit whose level feeds its own flow is found in rounds; others are there at once."""
        if isinstance(self.scope.units[name], Assumption | Statement | FactValue | FactSeries):
            return START
        if moment.when is not When.WHOLE:
            return moment
        if name in self.order.loops:
            return Moment(When.WHOLE, TRIALS) if moment.trial < 0 else moment
        return WHOLE

    def moment_of(self, name: str) -> Moment:
        """A whole stretch as it counts in the end for a unit."""
        return self._own(name, WHOLE)

    def earlier(self, moment: Moment) -> Moment:
        """The moment at which a level asks for its flow: in a loop the round before, at first the flow at the start."""
        if moment.trial < 0:
            return WHOLE
        return Moment(When.WHOLE, moment.trial - 1) if moment.trial > 1 else START

    # the clock

    def length(self) -> Node:
        """The length of the stretch in years."""
        return self.build.make("length")

    def clock(self) -> Node:
        """The start of the stretch in years since today."""
        return self.build.make("clock")

    def until(self) -> Node:
        """The end of the stretch in years since today."""
        return self.build.make("until")

    def middle(self) -> Node:
        """The middle of the stretch."""
        return self.build.add(self.clock(), self.build.mul(self.build.const(0.5), self.length()))

    def amount(self, flow: Value) -> Node:
        """What a flow or rate comes to over the stretch."""
        return self.integral(self.build.mul(self.length(), self.build.mean(*flow.points())))

    def integral(self, node: Node) -> Node:
        """The node, as one that adds up what flows in a stretch."""
        if self.build.varies[node] is Varies.STRETCH:
            self.integrals.add(node)
        return node

    def varies(self, node: Node) -> bool:
        """Whether a node changes within a segment."""
        return self.build.varies[node] is Varies.STRETCH

    def jump(self, jump: Jump) -> int:
        """A new jump; gives its number."""
        self.jumps.append(jump)
        return len(self.jumps) - 1

    def sets(self, jump: int, state: Node, value: Node) -> None:
        """The jump sets a state too."""
        one = self.jumps[jump]
        self.jumps[jump] = replace(one, sets=(*one.sets, (self.build.index(state), value)))

    def stop_at(self, day: Node) -> None:
        """A path stops on that day, unless every path does."""
        known = self.build.value(day)
        if known is None or all(known not in (s.t0, s.t1) for s in self.grid.segments):
            self.days[day] = None
