"""One pass of a program over lanes: every equation of a stretch once, each switch as soon as its gap is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from syngraph.base.errors import InternalError
from syngraph.ir.program import Equation, Program
from syngraph.run import philox
from syngraph.run.elementary import Floats
from syngraph.run.numpy.calendar import Calendar
from syngraph.run.numpy.kept import Plan
from syngraph.run.numpy.lanes import UNDEFINED, Lanes
from syngraph.run.numpy.operations import EQUAL, OPERATIONS
from syngraph.run.numpy.rows import Rows, allocate
from syngraph.run.numpy.windows import Indices
from syngraph.run.tables import BetaTable, beta_table

Pins = Mapping[str, float | Floats]
Points = tuple[Floats, ...]
_CLOSED = 3  # the point of a window at which the end of its stretch is over


@dataclass(frozen=True, slots=True)
class Machine:
    """A program made ready to run: its rows, tables, calendar, and what is kept of it."""

    program: Program
    rows: Rows
    tables: tuple[BetaTable, ...]
    plan: Plan
    calendar: Calendar

    @property
    def fixed(self) -> int:
        """How many rows `once` and `enter` have."""
        return sum(e.target in self.rows.row for e in (*self.program.once, *self.program.enter))


def machine(program: Program) -> Machine:
    """Prepares a program once for many blocks."""
    tables = tuple(beta_table(a, b) for a, b in program.betas)
    return Machine(program, allocate(program), tables, Plan(program), Calendar(program.calendar))


@dataclass(frozen=True, slots=True)
class Draws:
    """What a run draws from: a seed, or the middle of everything, and the inputs that are pinned, perhaps by path."""

    seed: int
    central: bool
    pins: Pins


class Watcher(Protocol):
    """What looks at each switch: its number, its truth, its gap at start, middle and end, and what that is against."""

    def __call__(self, index: int, on: Floats, gap: Points, against: Points) -> None: ...


class Pass:
    """A program bound to lanes. `run` works out a stretch of each; then `registers` holds its values.

    `zero` is how near 0 each switch's gap counts as 0 at the start, `rounding` how near it may be by rounding alone,
    `far` says where it is farther; `forced`, if given, puts switches on a side. `given`, if there, is what integrals
    are to be, else `noted`, if there, takes what they are.
    """

    def __init__(self, made: Machine, lanes: Lanes, draws: Draws, numbers: dict[int, Floats] | None = None) -> None:
        self.made, self.lanes, self.draws = made, lanes, draws
        rows = np.empty((made.rows.count - made.fixed, lanes.count))
        whole = [*lanes.fixed, *rows]
        self.numbers = {n: np.empty(()) for n in made.rows.numbers} if numbers is None else numbers
        self.registers: dict[int, Floats] = {r: whole[i] for r, i in made.rows.row.items()}
        self.registers |= self.numbers
        self.length = np.empty(lanes.count)
        self.zero = np.zeros((len(made.program.switches), lanes.count))
        self.rounding = np.zeros((len(made.program.switches), lanes.count))
        self.far = np.zeros((len(made.program.switches), lanes.count), bool)
        self.forced: Floats | None = None
        self.watch: Watcher | None = None
        self.given: dict[int, Floats] | None = None
        self.noted: dict[int, Floats] | None = None
        self.integrals = frozenset(made.program.integrals)
        if numbers is None:
            for equation in made.program.equations:
                if equation.target in self.numbers:
                    self._action(equation)()
        self.actions = tuple(self._step(s) for s in made.rows.steps if not self._is_number(s))

    def _is_number(self, step: object) -> bool:
        return isinstance(step, Equation) and step.target in self.made.rows.numbers

    def run(self, watch: Watcher, forced: Floats | None = None) -> None:
        """One pass, each lane from its clock to `until`."""
        self.watch, self.forced = watch, forced
        np.subtract(self.lanes.until, self.lanes.clock, out=self.length)
        for action in self.actions:
            action()

    def once(self) -> None:
        """Fills the rows that are drawn once per path, and the first value of each state."""
        for equation in self.made.program.once:
            if equation.target not in self.made.rows.numbers:
                self._action(equation)()
        for state, row in zip(self.made.program.states, self.lanes.states, strict=True):
            np.copyto(row, self.registers[state.first])

    def enter(self, lanes: Indices) -> None:
        """Fills the rows that change with the segment, for lanes that entered one."""
        program, segments = self.made.program, self.lanes.segment[lanes]
        known: dict[int, Floats] = {}

        def operand(register: int) -> Floats:
            if register not in known:
                row = self.registers[register]
                known[register] = row[lanes] if row.ndim else row
            return known[register]

        for equation in program.enter:
            if equation.target in self.made.rows.numbers:
                continue
            out = np.empty(len(lanes))
            match equation:
                case Equation(op="param", data=str() as column):
                    self.made_columns[column].take(segments, out=out)
                case Equation(op="shock", data=str() as name):
                    self._shock(name, segments, self.lanes.path[lanes], out)
                case Equation(op="beta", data=int() as table):
                    self.made.tables[table].value(operand(equation.operands[0]), out)
                case _:
                    OPERATIONS[equation.op](*(operand(o) for o in equation.operands), out=out)
            known[equation.target] = out
            self.registers[equation.target][lanes] = out

    @property
    def made_columns(self) -> dict[str, Floats]:
        """Each column of the segments."""
        return self.made.plan.columns

    def look(self, registers: tuple[int, ...], lanes: Indices) -> Floats:
        """The values of registers at some lanes, shape (registers, lanes)."""
        found = np.empty((len(registers), len(lanes)))
        for row, register in zip(found, registers, strict=True):
            values = self.registers[register]
            row[:] = values[lanes] if values.ndim else values
        return found

    # equations

    def _step(self, step: object) -> Callable[[], object]:
        if isinstance(step, Equation):
            action = self._action(step)
            return self._integral(step.target, action) if step.target in self.integrals else action
        index, switch = step.index, step.switch  # type: ignore[attr-defined]
        count = self.lanes.count
        on, *gap = (np.broadcast_to(self.registers[r], (count,)) for r in (switch.truth, *switch.gap))
        against = tuple(np.broadcast_to(self.registers[r], (count,)) for r in switch.against)

        def look() -> None:
            assert self.watch is not None
            self.watch(index, on, (gap[0], gap[1], gap[2]), against)

        return look

    def _integral(self, register: int, action: Callable[[], object]) -> Callable[[], object]:
        out = self.registers[register]

        def add_up() -> None:
            action()
            if self.given is not None:
                np.copyto(out, self.given[register])
            elif self.noted is not None:
                self.noted[register] = out.copy()

        return add_up

    def _action(self, equation: Equation) -> Callable[[], object]:
        """What one equation does, bound to its rows."""
        out = self.registers[equation.target]
        if equation.op in OPERATIONS and equation.op != "input":
            return self._operation(equation, out)
        match equation:
            case Equation(op="const", data=float() as value):
                return lambda: out.fill(value)
            case Equation(op="central"):
                return lambda: out.fill(float(self.draws.central))
            case Equation(op="clock"):
                return lambda: np.copyto(out, self.lanes.clock)
            case Equation(op="until"):
                return lambda: np.copyto(out, self.lanes.until)
            case Equation(op="length"):
                return lambda: np.copyto(out, self.length)
            case Equation(op="state", data=int() as index):
                return lambda: np.copyto(out, self.lanes.states[index])
            case Equation(op="window", data=(index, point)):
                return lambda: self._window(index, point, out)
            case Equation(op="uniform", data=str() as name):
                return lambda: self._uniform(name, out)
            case Equation(op="input", data=str() as name) if name in self.draws.pins:
                pinned = self.draws.pins[name]
                return lambda: np.copyto(out, pinned)
            case Equation(op="switch" | "stands" as op, data=int() as index):
                left, right = (self.registers[o] for o in equation.operands)
                return lambda: self._switch(index, left, right, out, now=op == "stands")
            case Equation(op="beta", data=int() as index):
                table, one = self.made.tables[index], self.registers[equation.operands[0]]
                return lambda: table.value(one, out)
            case Equation(op="anniversary"):
                day, after = (self.registers[o] for o in equation.operands)
                return lambda: np.copyto(out, self.made.calendar.anniversary(day, after))
            case Equation(op="input"):
                return self._operation(equation, out)
            case _:
                raise InternalError(f"no operation {equation.op} for {equation.origin.name}")

    def _operation(self, equation: Equation, out: Floats) -> Callable[[], object]:
        function = OPERATIONS[equation.op]
        operands = tuple(self.registers[o] for o in equation.operands)
        if len(operands) == 1:
            one = operands[0]
            return lambda: function(one, out=out)
        if len(operands) == 2:
            left, right = operands
            return lambda: function(left, right, out=out)
        return lambda: function(*operands, out=out)

    def _uniform(self, name: str, out: Floats) -> None:
        if self.draws.central:
            out.fill(0.5)
        else:
            philox.uniform_of(self.draws.seed, philox.stream_of(name), 0, self.lanes.path, out)

    def _shock(self, name: str, segments: Indices, paths: Indices, out: Floats) -> None:
        if self.draws.central:
            out.fill(0.5)
        else:
            periods = self.made.plan.periods[segments]
            philox.uniform_of(self.draws.seed, philox.stream_of(name), periods, paths, out)

    def _window(self, index: int, point: int, out: Floats) -> None:
        ring, opening = self.lanes.rings[index], self.registers[self.made.program.windows[index].opening]
        if point == 0:
            ring.move(self.lanes.clock)
        at = self.lanes.clock + self.length * (0.5 * min(point, 2))
        np.copyto(out, ring.value(at - ring.years, opening))
        if (stays := self.lanes.stays[index]) is not None:
            out -= stays.held(self.lanes.clock) if point < _CLOSED else stays.held_after(self.lanes.until)

    def _switch(self, index: int, left: Floats, right: Floats, out: Floats, *, now: bool) -> None:
        """On which side a switch is: that of its gap, near 0 the one it turned to (`now`: its operator's)."""
        gap = left - right
        zero = self.zero[index]
        if not now:
            np.multiply(np.abs(right), 2.0 * EQUAL, out=self.rounding[index])
            np.maximum(self.rounding[index], self.lanes.band[index], out=zero)
        far = np.greater(np.abs(gap), zero, out=self.far[index])
        np.copyto(out, gap > 0.0)
        if not far.all():
            at_zero = 0.0 if self.made.program.switches[index].strict else 1.0
            near = at_zero if now else np.where(self.lanes.band[index] > 0.0, self.lanes.side[index], at_zero)
            np.copyto(out, np.where(far, out, near))
        if self.lanes.lost:
            np.copyto(out, np.nan, where=self.lanes.side[index] == UNDEFINED)
        if self.forced is not None:
            put = (self.forced[index] >= 0.0) & ~(now & ~far)
            np.copyto(out, self.forced[index], where=put)
