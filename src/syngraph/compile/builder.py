"""Builds equations: equal ones are shared, constants folded, and each is put where it varies least."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from syngraph.ir.program import Data, Equation, Guard, Origin, State

Node = int

_STEP = frozenset({"param", "state", "past", "shock"})


@dataclass(slots=True)
class _Pending:
    """A state whose next value is not known yet."""

    name: str
    first: Node
    following: Node | None = None
    kept: bool = False


@dataclass(slots=True)
class Builder:
    """Grows one program. A node is the number of its equation; `origin` is attached to what is made next."""

    origin: Origin = field(default_factory=lambda: Origin(""))
    equations: list[Equation] = field(default_factory=list)
    in_step: list[bool] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    columns: dict[str, tuple[float, ...]] = field(default_factory=dict)
    betas: list[tuple[float, float]] = field(default_factory=list)
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
        self.in_step.append(op in _STEP or any(self.in_step[o] for o in operands))
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

    def add(self, a: Node, b: Node) -> Node:
        """a + b"""
        if self.value(a) == 0:
            return b
        if self.value(b) == 0:
            return a
        return self.make("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        """a - b"""
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

    def total(self, nodes: Sequence[Node]) -> Node:
        """The sum, added in order."""
        result = self.const(0.0)
        for node in nodes:
            result = self.add(result, node)
        return result

    def state(self, name: str, first: Node, *, kept: bool = False) -> Node:
        """A new state with its first value; `hand_on` gives its next."""
        self._states.append(_Pending(name, first, kept=kept))
        return self.make("state", data=len(self._states) - 1)

    def hand_on(self, state: Node, following: Node) -> None:
        """What the state is in the next segment."""
        index = self.equations[state].data
        assert isinstance(index, int)
        self._states[index].following = following

    def keep(self, state: Node) -> int:
        """Makes every segment's start value of a state readable; gives its number."""
        index = self.equations[state].data
        assert isinstance(index, int)
        self._states[index].kept = True
        return index

    def guard(self, node: Node, code: str, *, other: Origin | None = None) -> None:
        """The run stops with `code` where the node is true."""
        if self.value(node) != 0:
            self.guards.append(Guard(node, code, self.origin, other))

    def states(self) -> tuple[State, ...]:
        """All states; one that was never handed on stays as it is."""
        return tuple(
            State(s.name, s.first, s.following if s.following is not None else s.first, s.kept) for s in self._states
        )


def _sign(data: Data) -> str:
    return str(data) if isinstance(data, float) else ""
