"""Keeps of a program only what its outputs, and the guards on the way to them, need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from syngraph.ir.opcodes import OPCODES
from syngraph.ir.program import NONE, Equation, Fold, Guard, Jump, Program, Switch, Window

_FREE = frozenset({"number", "column", ""})


def prune(program: Program, wanted: Collection[tuple[str, Fold]] | None = None) -> Program:
    """The program for the wanted outputs (all of them by default); states, switches and windows are numbered anew.

    A guard stays if its register is needed, or can be computed from what the wanted outputs need; all stay if
    nothing is left out.
    """
    outputs = tuple(o for o in program.outputs if wanted is None or (o.name, o.fold) in wanted)
    need = _Need(program)
    need.reach([r for o in outputs for r in (o.register, o.where, o.over, o.posted)])
    guards = need.guards(keep_all=wanted is None)
    numbers = {kind: {old: new for new, old in enumerate(sorted(found))} for kind, found in need.read.items()}
    once, enter, stretch = (
        tuple(_renumbered(e, numbers) for e in part if e.target in need.registers)
        for part in (program.once, program.enter, program.stretch)
    )
    return replace(
        program,
        once=once,
        enter=enter,
        stretch=stretch,
        states=tuple(program.states[i] for i in sorted(need.read["state"])),
        switches=_twins([program.switches[i] for i in sorted(need.read["switch"])]),
        windows=tuple(_of_state(program, i, numbers["state"]) for i in sorted(need.read["window"])),
        days=tuple(d for d in program.days if d in need.registers),
        jumps=tuple(_kept(program.jumps[i], numbers["state"]) for i in sorted(need.jumps)),
        closings=tuple(c for c in program.closings if c.due in need.registers),
        outputs=outputs,
        guards=guards,
        integrals=tuple(r for r in program.integrals if r in need.registers),
    )


def _of_state(program: Program, index: int, states: dict[int, int]) -> Window:
    window = program.windows[index]
    return replace(window, total=states[window.total])


def _twins(switches: list[Switch]) -> tuple[Switch, ...]:
    """Switches of one gap find each other again when some of them are left out."""
    first: dict[int, tuple[int, bool]] = {}
    found = []
    for index, switch in enumerate(switches):
        twin, turned = first.setdefault(switch.twin, (index, switch.turned))
        found.append(replace(switch, twin=twin, turned=switch.turned is not turned))
    return tuple(found)


def _kept(jump: Jump, states: dict[int, int]) -> Jump:
    """A jump without the states that nobody asks for."""
    return replace(jump, sets=tuple((states[s], r) for s, r in jump.sets if s in states))


@dataclass(slots=True)
class _Need:
    """What is needed so far: registers, and what they read (states, switches, windows) and are changed by."""

    program: Program
    registers: set[int] = field(default_factory=set)
    read: dict[str, set[int]] = field(default_factory=lambda: {"state": set(), "switch": set(), "window": set()})
    jumps: set[int] = field(default_factory=set)
    made_by: dict[int, Equation] = field(default_factory=dict)
    setters: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.made_by = {e.target: e for e in self.program.equations}
        for i, jump in enumerate(self.program.jumps):
            for state, _ in jump.sets:
                self.setters.setdefault(state, []).append(i)

    def reach(self, registers: Iterable[int]) -> None:
        """Adds everything the registers are computed from, through states, switches, windows and jumps too."""
        work = [r for r in registers if r != NONE]
        while work:
            register = work.pop()
            if register in self.registers:
                continue
            self.registers.add(register)
            equation = self.made_by[register]
            work.extend(equation.operands)
            work.extend(self._behind(equation))

    def _behind(self, equation: Equation) -> list[int]:
        found = read_by(equation)
        if found is None:
            return []
        kind, index = found
        if index in self.read[kind]:
            return []
        self.read[kind].add(index)
        match kind:
            case "switch":
                switch = self.program.switches[index]
                return [switch.truth, *switch.gap, *switch.against]
            case "window":
                window = self.program.windows[index]
                return [
                    r for r in (*window.flow, window.opening, *window.posted, *self._state(window.total)) if r != NONE
                ]
            case _:
                return self._moves(index)

    def _state(self, index: int) -> list[int]:
        if index in self.read["state"]:
            return []
        self.read["state"].add(index)
        return self._moves(index)

    def _moves(self, index: int) -> list[int]:
        """What a state becomes: along a stretch, and by a jump."""
        state = self.program.states[index]
        found = [r for r in (state.first, state.following, state.renewed, state.posted) if r != NONE]
        for jump in self.setters.get(index, ()):
            found += [r for s, r in self.program.jumps[jump].sets if s == index]
            found += self._of_jump(jump)
        return found

    def _of_jump(self, index: int) -> list[int]:
        """When a jump comes; what stops it from coming again is set with it."""
        if index in self.jumps:
            return []
        self.jumps.add(index)
        jump = self.program.jumps[index]
        return [r for r in (jump.due, jump.stands, jump.day) if r != NONE]

    def guards(self, *, keep_all: bool) -> tuple[Guard, ...]:
        """The guards that stay, and all they need."""
        made = self._made_of()
        kept = tuple(g for g in self.program.guards if keep_all or g.register in made)
        self.reach([g.register for g in kept])
        return kept

    def _made_of(self) -> set[int]:
        """The registers that numbers and what is needed already suffice to compute."""
        made: set[int] = set()
        for target, equation in self.made_by.items():  # operands come before what is made of them
            found = read_by(equation)
            if found is not None:
                known = found[1] in self.read[found[0]]
            else:
                known = OPCODES[equation.op].reads in _FREE and made.issuperset(equation.operands)
            if known or target in self.registers:
                made.add(target)
        return made


def read_by(equation: Equation) -> tuple[str, int] | None:
    """The state, switch or window an equation reads, by kind and number."""
    reads = OPCODES[equation.op].reads
    match equation.data:
        case int() as index if reads in ("state", "switch"):
            return reads, index
        case (int() as index, _) if reads == "window":
            return reads, index
        case _:
            return None


def _renumbered(equation: Equation, numbers: dict[str, dict[int, int]]) -> Equation:
    found = read_by(equation)
    if found is None:
        return equation
    new = numbers[found[0]][found[1]]
    match equation.data:
        case (_, point):
            return replace(equation, data=(new, point))
        case _:
            return replace(equation, data=new)
