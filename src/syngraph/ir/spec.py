"""What is legal in a program; tests hold every compiled program to it."""

from collections.abc import Iterator

from syngraph.ir.opcodes import OPCODES
from syngraph.ir.program import Equation, Program


def problems(program: Program) -> tuple[str, ...]:
    """Each breach of the rules, in words; none for a legal program."""
    return (*_equations(program), *_references(program), *_tables(program))


def _equations(program: Program) -> Iterator[str]:
    known: set[int] = set()
    for part, equations in (("once", program.once), ("step", program.step)):
        for equation in equations:
            yield from _equation(part, equation, known)
            known.add(equation.target)


def _equation(part: str, equation: Equation, known: set[int]) -> Iterator[str]:
    opcode = OPCODES.get(equation.op)
    if opcode is None:
        yield f"{part}: no operation {equation.op}"
    elif len(equation.operands) != opcode.operands:
        yield f"{part}: {equation.op} takes {opcode.operands} operands, not {len(equation.operands)}"
    if equation.target in known:
        yield f"{part}: register {equation.target} assigned twice"
    for operand in equation.operands:
        if operand not in known:
            yield f"{part}: register {operand} used before it is assigned"
    if part == "once" and equation.op in ("param", "state", "past", "shock"):
        yield f"once: {equation.op} changes with the segment"


def _references(program: Program) -> Iterator[str]:
    once = {e.target for e in program.once}
    known = once | {e.target for e in program.step}
    for state in program.states:
        if state.first not in once:
            yield f"state {state.name}: its first value is not known before the first segment"
        if state.following not in known:
            yield f"state {state.name}: its next value is never computed"
    for output in program.outputs:
        if output.register not in known or (output.where >= 0 and output.where not in known):
            yield f"output {output.name}: its register is never computed"
    for guard in program.guards:
        if guard.register not in known:
            yield f"guard {guard.code}: its register is never computed"


def _tables(program: Program) -> Iterator[str]:
    if len(program.params) != len(program.segments):
        yield "there is not one row of columns for each segment"
    if any(len(row) != len(program.columns) for row in program.params):
        yield "a row of columns is too long or too short"
