"""Gives every register of a program a row of memory, used again as soon as its value is dead."""

from collections.abc import Iterator
from dataclasses import dataclass

from syngraph.ir.opcodes import OPCODES, Varies
from syngraph.ir.program import NONE, Equation, Program, Switch


@dataclass(frozen=True, slots=True)
class Watch:
    """The place in a pass where all of a switch is known."""

    index: int
    switch: Switch


Step = Equation | Watch


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each register lives: a row of lanes, or (`numbers`) a single number that is the same on all paths.

    `steps` are the equations of a pass, and each switch as soon as its gap is known, in order.
    """

    row: dict[int, int]
    numbers: frozenset[int]
    count: int
    steps: tuple[Step, ...]


def allocate(program: Program) -> Rows:
    """Rows by liveness: values of `once` and `enter` live on, those of a stretch until last used in it."""
    numbers = _numbers(program)
    steps = tuple(_steps(program))
    row: dict[int, int] = {}
    for equation in (*program.once, *program.enter):
        if equation.target not in numbers:
            row[equation.target] = len(row)
    count = len(row)
    last = _last_use(program, steps)
    free: list[int] = []
    for index, step in enumerate(steps):
        if isinstance(step, Equation) and step.target not in numbers:
            if not free:
                free.append(count)
                count += 1
            row[step.target] = free.pop()
        free.extend(row[r] for r in {*_used(step)} if last.get(r) == index and r in row)
    return Rows(row, numbers, count, steps)


def _numbers(program: Program) -> frozenset[int]:
    """What is the same on all paths: numbers, and what is made of them."""
    found: set[int] = set()
    for equation in program.equations:
        if OPCODES[equation.op].varies <= Varies.RUN and found.issuperset(equation.operands):
            found.add(equation.target)
    return frozenset(found)


def _steps(program: Program) -> Iterator[Step]:
    waiting: dict[int, list[int]] = {}
    places = {e.target: i for i, e in enumerate(program.stretch)}
    for index, switch in enumerate(program.switches):
        ready = max(places.get(r, 0) for r in (switch.truth, *switch.gap, *switch.against))
        waiting.setdefault(ready, []).append(index)
    for i, equation in enumerate(program.stretch):
        yield equation
        for index in waiting.get(i, ()):
            yield Watch(index, program.switches[index])


def _used(step: Step) -> tuple[int, ...]:
    match step:
        case Equation(target=target, operands=operands):
            return (*operands, target)
        case Watch(switch=switch):
            return (switch.truth, *switch.gap, *switch.against)


def _last_use(program: Program, steps: tuple[Step, ...]) -> dict[int, int]:
    """The last step of a pass that needs a register of it; what is looked at after the pass is never freed."""
    last = {e.target: 0 for e in program.stretch}
    for index, step in enumerate(steps):
        for register in _used(step):
            if register in last:
                last[register] = index
    for register in looked_at(program):
        if register in last:
            last[register] = len(steps)
    return last


def looked_at(program: Program) -> Iterator[int]:
    """What the loop reads once a pass is done."""
    for state in program.states:
        yield from (state.following, state.renewed, state.posted)
    for jump in program.jumps:
        yield from (jump.due, jump.stands, jump.day, *(r for _, r in jump.sets))
    for window in program.windows:
        yield from (*window.flow, window.opening, *window.posted)
    for output in program.outputs:
        yield from (output.register, output.where, output.over, output.posted)
    yield from (c.due for c in program.closings)
    yield from (g.register for g in program.guards)
    yield NONE
