"""Keeps of a program only what its outputs, and the guards on the way to them, need."""

from collections.abc import Collection
from dataclasses import replace

from syngraph.ir.program import Equation, Fold, Guard, Program


def prune(program: Program, wanted: Collection[tuple[str, Fold]] | None = None) -> Program:
    """The program for the wanted outputs (all of them by default); states are numbered anew.

    A guard stays if its register is needed, or is made of nothing but what is needed.
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
    kept = []
    for guard in program.guards:
        if keep_all or set(equations[guard.register].operands) & needed:
            _reach(program, equations, [guard.register], needed, states)
            kept.append(guard)
    return tuple(kept)


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
