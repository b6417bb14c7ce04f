"""Builds equations: equal ones are shared, constants folded, and each is put where it varies least."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from syngraph.ir.opcodes import OPCODES, Varies
from syngraph.ir.program import NONE, Data, Equation, Guard, Origin, State, Window

Node = int


@dataclass(slots=True)
class _Pending:
    """A state whose next value is not known yet."""

    name: str
    first: Node
    following: Node = NONE
    renewed: Node = NONE
    posted: Node = NONE
    truth: bool = False


@dataclass(slots=True)
class Builder:
    """Grows one program. A node is the number of its equation; `origin` is attached to what is made next."""

    origin: Origin = field(default_factory=lambda: Origin(""))
    equations: list[Equation] = field(default_factory=list)
    varies: list[Varies] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    columns: dict[str, tuple[float, ...]] = field(default_factory=dict)
    betas: list[tuple[float, float]] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    _states: list[_Pending] = field(default_factory=list)
    _known: dict[tuple[object, ...], Node] = field(default_factory=dict)
    _values: dict[Node, float] = field(default_factory=dict)

    def make(self, op: str, *operands: Node, data: Data = None) -> Node:
        """The node of `op` on `operands`, shared with an equal one made before."""
        key = (op, operands, type(data), data, _sign(data))
        if key in self._known:
            return self._known[key]
        node = len(self.equations)
        self.equations.append(Equation(node, op, operands, data, self.origin))
        self.varies.append(max(OPCODES[op].varies, *(self.varies[o] for o in operands), Varies.NEVER))
        self._known[key] = node
        if op == "const" and isinstance(data, float):
            self._values[node] = data
        return node

    def const(self, value: float) -> Node:
        """A number."""
        return self.make("const", data=float(value))

    def column(self, name: str, values: Sequence[float]) -> Node:
        """A number per segment, the same for all paths; a constant one is a constant."""
        row = tuple(float(v) for v in values)
        if row and all(v == row[0] for v in row):
            return self.const(row[0])
        self.columns.setdefault(name, row)
        return self.make("param", data=name)

    def value(self, node: Node) -> float | None:
        """The number a node is, if it is a constant."""
        return self._values.get(node)

    def written(self, node: Node) -> float | None:
        """The number a node is as the case has it: a constant, or an input that is one unless it is pinned."""
        equation = self.equations[node]
        return self.value(equation.operands[0] if equation.op == "input" else node)

    def add(self, a: Node, b: Node) -> Node:
        """a + b"""
        if self.value(a) == 0:
            return b
        if self.value(b) == 0:
            return a
        return self.make("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        """a - b"""
        if a == b and self.value(a) is not None:
            return self.const(0.0)
        return a if self.value(b) == 0 else self.make("sub", a, b)

    def mul(self, a: Node, b: Node) -> Node:
        """a * b"""
        if self.value(a) == 1:
            return b
        if self.value(b) == 1:
            return a
        if self.value(a) == 0 or self.value(b) == 0:
            return self.const(0.0)
        return self.make("mul", a, b)

    def div(self, a: Node, b: Node) -> Node:
        """a / b"""
        return a if self.value(b) == 1 else self.make("div", a, b)

    def neg(self, a: Node) -> Node:
        """-a"""
        return self.make("neg", a)

    def minus(self, a: Node) -> Node:
        """-a, of a number at once."""
        known = self.value(a)
        return self.neg(a) if known is None else self.const(0.0 - known)

    def smaller(self, a: Node, b: Node) -> Node:
        """The smaller of two."""
        return a if a == b else self.make("min", a, b)

    def larger(self, a: Node, b: Node) -> Node:
        """The larger of two."""
        return a if a == b else self.make("max", a, b)

    def less(self, a: Node, b: Node) -> Node:
        """a < b"""
        return self.make("lt", a, b)

    def at_most(self, a: Node, b: Node) -> Node:
        """a <= b"""
        return self.make("le", a, b)

    def both(self, a: Node, b: Node) -> Node:
        """a and b"""
        known = (self.value(a), self.value(b))
        if 0.0 in known:
            return self.const(0.0)
        if known[0] == 1:
            return b
        return a if known[1] == 1 or a == b else self.make("and", a, b)

    def either(self, a: Node, b: Node) -> Node:
        """a or b"""
        known = (self.value(a), self.value(b))
        if 1.0 in known:
            return self.const(1.0)
        if known[0] == 0:
            return b
        return a if known[1] == 0 or a == b else self.make("or", a, b)

    def no(self, a: Node) -> Node:
        """not a"""
        known = self.value(a)
        return self.make("not", a) if known is None else self.const(1.0 - known)

    def select(self, condition: Node, then: Node, otherwise: Node) -> Node:
        """then where the condition holds, else otherwise"""
        known = self.value(condition)
        if known is not None:
            return then if known else otherwise
        return self.make("select", condition, then, otherwise)

    def mean(self, start: Node, middle: Node, end: Node) -> Node:
        """The mean of a stretch with those three points."""
        return start if start == middle == end else self.make("mean", start, middle, end)

    def midway(self, start: Node, middle: Node, end: Node) -> Node:
        """What three points add up to by the middle of a stretch of length 1: (5 start + 8 middle - end) / 24."""
        if start == middle == end:
            return self.mul(self.const(0.5), start)
        return self.make("midway", start, middle, end)

    def total(self, nodes: Sequence[Node]) -> Node:
        """The sum, added in order."""
        result = self.const(0.0)
        for node in nodes:
            result = self.add(result, node)
        return result

    def state(self, name: str, first: Node, *, truth: bool = False) -> Node:
        """A new state with its first value; `hand_on` gives its next."""
        self._states.append(_Pending(name, first, truth=truth))
        return self.make("state", data=len(self._states) - 1)

    def hand_on(self, state: Node, following: Node = NONE, *, renewed: Node = NONE) -> None:
        """What the state is after the stretch, and what where a reporting period ends."""
        pending = self._states[self.index(state)]
        pending.following, pending.renewed = following, renewed

    def post(self, state: Node, posted: Node) -> None:
        """What sums that come where a stretch begins add to a state."""
        self._states[self.index(state)].posted = posted

    def index(self, state: Node) -> int:
        """The number of a state."""
        index = self.equations[state].data
        assert isinstance(index, int)
        return index

    def window(self, window: Window) -> None:
        """A new window; `fill_window` says which flow it is of."""
        self.windows.append(window)

    def fill_window(self, index: int, flow: tuple[Node, Node, Node], posted: tuple[Node, Node]) -> None:
        """What adds up to the total that a window looks back on, and the sums that come and go."""
        self.windows[index] = replace(self.windows[index], flow=flow, posted=posted)

    def guard(self, node: Node, code: str, *, other: Origin | None = None) -> None:
        """The run stops with `code` where the node is true."""
        if self.value(node) != 0:
            self.guards.append(Guard(node, code, self.origin, other))

    def states(self) -> tuple[State, ...]:
        """All states; one that was never handed on stays as it is."""
        return tuple(State(s.name, s.first, s.following, s.renewed, s.posted, s.truth) for s in self._states)

    def part(self, least: Varies, most: Varies) -> tuple[Equation, ...]:
        """The equations whose values change as often as that."""
        return tuple(e for e, v in zip(self.equations, self.varies, strict=True) if least <= v <= most)


def _sign(data: Data) -> str:
    return str(data) if isinstance(data, float) else ""
