"""What is legal in a program; tests hold every compiled program to it."""

from collections.abc import Iterator

from syngraph.ir.opcodes import OPCODES, Varies
from syngraph.ir.program import NONE, Equation, Program

_PARTS = {"once": Varies.PATH, "enter": Varies.SEGMENT, "stretch": Varies.STRETCH}


def problems(program: Program) -> tuple[str, ...]:
    """Each breach of the rules, in words; none for a legal program."""
    return (*_equations(program), *_references(program), *_moments(program), *_tables(program))


def _equations(program: Program) -> Iterator[str]:
    known: set[int] = set()
    for part, equations in (("once", program.once), ("enter", program.enter), ("stretch", program.stretch)):
        for equation in equations:
            yield from _equation(part, equation, known, program)
            known.add(equation.target)


def _equation(part: str, equation: Equation, known: set[int], program: Program) -> Iterator[str]:
    opcode = OPCODES.get(equation.op)
    if opcode is None:
        yield f"{part}: no operation {equation.op}"
        return
    if len(equation.operands) != opcode.operands:
        yield f"{part}: {equation.op} takes {opcode.operands} operands, not {len(equation.operands)}"
    if opcode.varies > _PARTS[part]:
        yield f"{part}: {equation.op} changes more often"
    if equation.target in known:
        yield f"{part}: register {equation.target} assigned twice"
    for operand in equation.operands:
        if operand not in known:
            yield f"{part}: register {operand} used before it is assigned"
    match opcode.reads, equation.data:
        case ("state" | "switch" as kind, int() as index) | ("window" as kind, (int() as index, _)):
            held = {"state": program.states, "switch": program.switches, "window": program.windows}[kind]
            if not 0 <= index < len(held):
                yield f"{part}: no {kind} {index}"
        case _:
            pass


def _references(program: Program) -> Iterator[str]:
    once = {e.target for e in program.once}
    known = {e.target for e in program.equations}
    for state in program.states:
        if state.first not in once:
            yield f"state {state.name}: its first value is not known before the first segment"
        if not {state.following, state.renewed, state.posted} <= known | {NONE}:
            yield f"state {state.name}: its next value is never computed"
    for output in program.outputs:
        if output.register not in known or not {output.where, output.over, output.posted} <= known | {NONE}:
            yield f"output {output.name}: its register is never computed"
    for guard in program.guards:
        if guard.register not in known:
            yield f"guard {guard.code}: its register is never computed"


def _moments(program: Program) -> Iterator[str]:
    known = {e.target: e for e in program.equations}
    before = {e.target for e in (*program.once, *program.enter)}
    for switch in program.switches:
        if not {switch.truth, *switch.gap, *switch.against} <= known.keys():
            yield f"switch {switch.origin.name}: its gap is never computed"
    for window in program.windows:
        if not {*window.flow, window.opening, *window.posted} - {NONE} <= known.keys() or not 0 <= window.total < len(
            program.states
        ):
            yield f"window {window.origin.name}: its flow is never computed"
    if not set(program.integrals) <= {e.target for e in program.stretch}:
        yield "an integral is never computed in a stretch"
    for day in program.days:
        if day not in before and (day not in known or known[day].op != "state"):
            yield f"register {day}: a day is known before its stretch"
    for jump in program.jumps:
        used = {jump.due, jump.stands, *(r for _, r in jump.sets)}
        if not used <= known.keys() or jump.day not in {*known, NONE}:
            yield f"jump {jump.origin.name}: its register is never computed"
        if not all(0 <= state < len(program.states) for state, _ in jump.sets):
            yield f"jump {jump.origin.name}: no such state"
    for closing in program.closings:
        if closing.due not in known:
            yield f"closing {closing.origin.name}: its register is never computed"


def _tables(program: Program) -> Iterator[str]:
    if len(program.params) != len(program.segments):
        yield "there is not one row of columns for each segment"
    if any(len(row) != len(program.columns) for row in program.params):
        yield "a row of columns is too long or too short"
