"""Keeps of a program only what its outputs, and the guards on the way to them, need."""

from collections.abc import Collection
from dataclasses import replace

from syngraph.ir.program import Equation, Fold, Guard, Program


def prune(program: Program, wanted: Collection[tuple[str, Fold]] | None = None) -> Program:
    """The program for the wanted outputs (all of them by default); states are numbered anew.

    A guard stays if its register is needed, or can be computed from what the wanted outputs need; all stay if
    nothing is left out.
    """
    outputs = tuple(o for o in program.outputs if wanted is None or (o.name, o.fold) in wanted)
    equations = {e.target: e for e in (*program.once, *program.step)}
    needed: set[int] = set()
    states: set[int] = set()
    _reach(program, equations, [o.register for o in outputs] + [o.where for o in outputs], needed, states)
    guards = _guards(program, equations, needed, states, keep_all=wanted is None)
    numbers = {old: new for new, old in enumerate(sorted(states))}
    return replace(
        program,
        once=tuple(_renumbered(e, numbers) for e in program.once if e.target in needed),
        step=tuple(_renumbered(e, numbers) for e in program.step if e.target in needed),
        states=tuple(program.states[i] for i in sorted(states)),
        outputs=outputs,
        guards=guards,
    )


def _reach(
    program: Program, equations: dict[int, Equation], open_ends: list[int], needed: set[int], states: set[int]
) -> None:
    """Adds everything the registers are computed from, through the states too."""
    work = [r for r in open_ends if r >= 0]
    while work:
        register = work.pop()
        if register in needed:
            continue
        needed.add(register)
        equation = equations[register]
        work.extend(equation.operands)
        state = state_of(equation)
        if state is not None and state not in states:
            states.add(state)
            work.extend((program.states[state].first, program.states[state].following))


def _guards(
    program: Program, equations: dict[int, Equation], needed: set[int], states: set[int], *, keep_all: bool
) -> tuple[Guard, ...]:
    made = _made_of(equations, needed, states)
    kept = tuple(g for g in program.guards if keep_all or g.register in made)
    _reach(program, equations, [g.register for g in kept], needed, states)
    return kept


def _made_of(equations: dict[int, Equation], needed: set[int], states: set[int]) -> set[int]:
    """The registers that numbers, needed registers and needed states suffice to compute."""
    made: set[int] = set()
    for target, equation in equations.items():  # operands come before what is made of them
        match equation.op:
            case "const" | "param" | "central":
                known = True
            case "state" | "past":
                known = state_of(equation) in states
            case _:
                known = bool(equation.operands) and made.issuperset(equation.operands)
        if known or target in needed:
            made.add(target)
    return made


def state_of(equation: Equation) -> int | None:
    """The state an equation reads."""
    match equation:
        case Equation(op="state", data=int() as index):
            return index
        case Equation(op="past", data=(int() as index, _)):
            return index
        case _:
            return None


def _renumbered(equation: Equation, numbers: dict[int, int]) -> Equation:
    match equation:
        case Equation(op="state", data=int() as index):
            return replace(equation, data=numbers[index])
        case Equation(op="past", data=(int() as index, pair)):
            return replace(equation, data=(numbers[index], pair))
        case _:
            return equation
