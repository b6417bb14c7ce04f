"""Whether two programs compute the same, however their registers, states and switches are numbered."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from syngraph.ir.opcodes import OPCODES
from syngraph.ir.program import NONE, Equation, Jump, Program


def alike(a: Program, b: Program) -> bool:
    """Whether two programs, each pruned to what is asked of it, are the same but for numbering and places in the case.

    Guards do not count: they stop a run, and change no value of one that goes on. States go by their names, so that
    what one hands to the next need not be followed round and round.
    """
    forms: dict[Hashable, int] = {}
    return _Form(a, forms).whole() == _Form(b, forms).whole()


@dataclass(slots=True)
class _Form:
    """A program with each register as the number of what it computes; `forms` numbers that, for both programs."""

    program: Program
    forms: dict[Hashable, int]
    of: dict[int, int] = field(default_factory=lambda: {NONE: NONE})

    def whole(self) -> Hashable:
        """All that decides what the program gives; only jumps stand in an order that matters."""
        for equation in self.program.equations:  # operands come before what is made of them
            operands = self._all(equation.operands)
            key = equation.op, operands, self._data(equation)
            self.of[equation.target] = self.forms.setdefault(key, len(self.forms))
        program = self.program
        if len({s.name for s in program.states}) < len(program.states):
            return object()  # by name they cannot be told apart
        return (
            frozenset(
                (s.name, *self._all((s.first, s.following, s.renewed, s.posted)), s.truth) for s in program.states
            ),
            frozenset(self._switch(i) for i in range(len(program.switches))),
            frozenset(
                (*self._all((*w.flow, w.opening, *w.posted)), program.states[w.total].name, w.years)
                for w in program.windows
            ),
            frozenset(self._all(program.days)),
            frozenset(self._all(program.integrals)),
            tuple(self._jump(j) for j in program.jumps),
            frozenset(
                (o.name, o.fold, o.segment, *self._all((o.register, o.where, o.over, o.posted)))
                for o in program.outputs
            ),
            program.segments,
            program.calendar,
        )

    def _all(self, registers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self.of[r] for r in registers)

    def _data(self, equation: Equation) -> Hashable:
        """What an equation reads, without the numbers of its program."""
        program = self.program
        match OPCODES[equation.op].reads, equation.data:
            case "state", int(index):
                return program.states[index].name
            case "switch", int(index):
                return program.switches[index].strict
            case "window", (int(index), point):
                window = program.windows[index]
                return program.states[window.total].name, window.years, point
            case "table", int(index):
                return program.betas[index]
            case "column", str(name):
                at = program.columns.index(name)
                return name, tuple(row[at] for row in program.params)
            case _, data:
                return data

    def _switch(self, index: int) -> Hashable:
        switch = self.program.switches[index]
        twin = self.program.switches[switch.twin].truth
        registers = (switch.truth, *switch.gap, *switch.against, twin)
        return (*self._all(registers), switch.strict, switch.bend, switch.turned)

    def _jump(self, jump: Jump) -> Hashable:
        sets = frozenset((self.program.states[s].name, self.of[r]) for s, r in jump.sets)
        return (jump.turn, jump.rank, jump.rates, *self._all((jump.due, jump.stands, jump.day)), sets)
