"""Runs a program over a block of paths: the reference executor, one array operation per equation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.errors import InternalError, RunStopped
from syngraph.ir.program import Equation, Fold, Guard, Origin, Output, Program, Segment
from syngraph.run import philox
from syngraph.run.allocate import Rows, allocate
from syngraph.run.elementary import Floats
from syngraph.run.operations import OPERATIONS
from syngraph.run.tables import BetaTable, beta_table

Pins = Mapping[str, float]
_YEARLY = frozenset({Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.YEAR_END, Fold.CUMULATIVE})


def columns(program: Program, output: Output) -> tuple[int, ...]:
    """The years an output has a column for; none if it is a single value."""
    return program.years if output.fold in _YEARLY else ()


@dataclass(frozen=True, slots=True)
class Machine:
    """A program made ready to run: its rows and tables."""

    program: Program
    rows: Rows
    tables: tuple[BetaTable, ...]


def machine(program: Program) -> Machine:
    """Prepares a program once for many blocks."""
    return Machine(program, allocate(program), tuple(beta_table(a, b) for a, b in program.betas))


def execute(
    made: Machine,
    *,
    seed: int,
    first: int,
    count: int,
    central: bool = False,
    pins: Pins | None = None,
) -> tuple[tuple[Floats, Floats], ...]:
    """For each output its values (columns, count) and the truth (count,) of the paths it counts on.

    Paths are numbered `first` to `first + count - 1`. RunStopped if a value is not finite or a guard is broken.
    """
    with np.errstate(all="ignore"):
        return _Block(made, seed, first, count, central, pins or {}).run()


class _Block:
    """One block of paths on its way through the segments."""

    def __init__(self, made: Machine, seed: int, first: int, count: int, central: bool, pins: Pins) -> None:
        self.made, self.program = made, made.program
        self.seed, self.first, self.count, self.central, self.pins = seed, first, count, central, pins
        rows = np.empty((max(made.rows.count, 1), count))
        self.registers: dict[int, Floats] = {r: rows[i] for r, i in made.rows.row.items()}
        self.registers |= {n: np.empty(()) for n in made.rows.numbers}
        self.states = [np.empty(count) for _ in self.program.states]
        self.history: list[list[Floats]] = [[] for _ in self.program.states]
        self.segment: Segment | None = None
        self.params: Mapping[str, float] = {}

    def run(self) -> tuple[tuple[Floats, Floats], ...]:
        program = self.program
        for action in [self.action(e) for e in program.once]:
            action()
        for state, values in zip(program.states, self.states, strict=True):
            np.copyto(values, self.registers[state.first])
        step = [self.action(e) for e in program.step]
        kept = [np.zeros((max(1, len(columns(program, o))), self.count)) for o in program.outputs]
        used = [np.ones(self.count) for _ in program.outputs]
        watched = self.watched()
        for index, segment in enumerate(program.segments):
            self.segment = segment
            self.params = dict(zip(program.columns, program.params[index], strict=True))
            self.remember()
            for action in step:
                action()
            self.check(segment, watched)
            for output, into, where in zip(program.outputs, kept, used, strict=True):
                self.fold(output, index, segment, into, where)
            self.hand_on()
        self.check_results(kept, used)
        return tuple(zip(kept, used, strict=True))

    # equations

    def action(self, equation: Equation) -> Callable[[], object]:
        """What one equation does, bound to its rows."""
        out = self.registers[equation.target]
        match equation:
            case Equation(op="const", data=float() as value):
                return lambda: out.fill(value)
            case Equation(op="central"):
                return lambda: out.fill(float(self.central))
            case Equation(op="param", data=str() as column):
                return lambda: out.fill(self.params[column])
            case Equation(op="state", data=int() as index):
                return lambda: np.copyto(out, self.states[index])
            case Equation(op="past", data=(state, pair)):
                return lambda: self.past(state, pair, out)
            case Equation(op="uniform" | "shock" as op, data=str() as name):
                return lambda: self.draw(name, op, out)
            case Equation(op="input", data=str() as name) if name in self.pins:
                pinned = self.pins[name]
                return lambda: out.fill(pinned)
            case Equation(op="beta", data=int() as index):
                table, operand = self.made.tables[index], self.registers[equation.operands[0]]
                return lambda: table.value(operand, out)
            case _:
                return self.operation(equation, out)

    def operation(self, equation: Equation, out: Floats) -> Callable[[], object]:
        function = OPERATIONS.get(equation.op)
        if function is None:
            raise InternalError(f"no operation {equation.op} for {equation.origin.name}")
        operands = tuple(self.registers[o] for o in equation.operands)
        if len(operands) == 1:
            one = operands[0]
            return lambda: function(one, out=out)
        if len(operands) == 2:
            left, right = operands
            return lambda: function(left, right, out=out)
        return lambda: function(*operands, out=out)

    def draw(self, name: str, op: str, out: Floats) -> None:
        if self.central:
            out.fill(0.5)
            return
        period = self.segment.period if op == "shock" and self.segment is not None else 0
        philox.uniform(self.seed, philox.stream_of(name), period, self.first, self.count, out)

    def past(self, state: int, pair: int, out: Floats) -> None:
        """The state's value at an earlier moment, on the straight line between two segment starts."""
        index, share = int(self.params[f"past{pair}.index"]), self.params[f"past{pair}.share"]
        before = self.history[state][max(index, 0)]
        if share == 0.0 or index < 0:  # before today: as it was today
            np.copyto(out, before)
            return
        np.subtract(self.history[state][index + 1], before, out=out)
        out *= share
        out += before

    def remember(self) -> None:
        for state, values, history in zip(self.program.states, self.states, self.history, strict=True):
            if state.kept:
                history.append(values.copy())

    def hand_on(self) -> None:
        for state, values in zip(self.program.states, self.states, strict=True):
            np.copyto(values, self.registers[state.following])

    # results

    def fold(self, output: Output, index: int, segment: Segment, into: Floats, where: Floats) -> None:
        value = self.registers[output.register]
        years = self.program.years
        match output.fold:
            case Fold.YEAR_SUM:
                into[years.index(segment.year)] += value
            case Fold.YEAR_MEAN:
                into[years.index(segment.year)] += value * ((segment.t1 - segment.t0) / self.year_length(segment.year))
            case Fold.YEAR_END:
                into[years.index(segment.year)] = value
            case Fold.CUMULATIVE:
                into[years.index(segment.year) :] += value
            case Fold.TOTAL:
                into[0] += value
            case Fold.FINAL:
                into[0] = value
            case Fold.SEGMENT:
                if index == output.segment:
                    into[0] = value
        if output.where >= 0 and (output.fold is not Fold.SEGMENT or index == output.segment):
            np.copyto(where, self.registers[output.where])

    def year_length(self, year: int) -> float:
        return sum(s.t1 - s.t0 for s in self.program.segments if s.year == year)

    def watched(self) -> tuple[int, ...]:
        """The registers that must be finite in every segment: guards, the next states, outputs or what masks them."""
        registers = [g.register for g in self.program.guards]
        registers += [s.following for s in self.program.states]
        registers += [o.register if o.where < 0 else o.where for o in self.program.outputs]
        return tuple(dict.fromkeys(registers))

    def check(self, segment: Segment, watched: tuple[int, ...]) -> None:
        """Stops at the first broken guard or value that is no finite number."""
        for guard in self.program.guards:
            broken = np.atleast_1d(self.registers[guard.register] == 1.0)
            if broken.any():
                raise RunStopped((self.guard_broken(guard, segment, int(np.argmax(broken))),))
        for register in watched:
            wrong = ~np.isfinite(np.atleast_1d(self.registers[register]))
            if wrong.any():
                equations = {e.target: e for e in (*self.program.once, *self.program.step)}
                raise RunStopped((self.not_a_number(equations[register].origin, segment, int(np.argmax(wrong))),))

    def check_results(self, kept: list[Floats], used: list[Floats]) -> None:
        """Stops at a result that is not finite on a path it counts: a masked value, or a sum that overflowed."""
        for output, values, where in zip(self.program.outputs, kept, used, strict=True):
            broken = ~np.isfinite(values).all(axis=0) & (where != 0.0)
            if broken.any():
                equations = {e.target: e for e in (*self.program.once, *self.program.step)}
                segment = self.program.segments[output.segment if output.fold is Fold.SEGMENT else -1]
                raise RunStopped(
                    (self.not_a_number(equations[output.register].origin, segment, int(np.argmax(broken))),)
                )

    def not_a_number(self, origin: Origin, segment: Segment, path: int) -> Diagnostic:
        fills = self.fills(origin, segment, path)
        return error("not-a-number", origin.span, labels=(), **fills)

    def guard_broken(self, guard: Guard, segment: Segment, path: int) -> Diagnostic:
        other = (Label(guard.other.span, "other-place"),) if guard.other and guard.other.span else ()
        return error(guard.code, guard.origin.span, labels=other, **self.fills(guard.origin, segment, path))

    def fills(self, origin: Origin, segment: Segment, path: int) -> dict[str, str]:
        number = "central" if self.central else str(self.first + path)
        return {"name": origin.name, "path": number, "date": segment.start.isoformat()}
