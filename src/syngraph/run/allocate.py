"""Gives every register of a program a row of memory, used again as soon as its value is dead."""

from dataclasses import dataclass

from syngraph.ir.program import Equation, Program

_NUMBERS = frozenset({"const", "param", "central"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each register lives: a row of paths, or (`numbers`) a single number that is the same on all paths."""

    row: dict[int, int]
    numbers: frozenset[int]
    count: int


def allocate(program: Program) -> Rows:
    """Rows by liveness: values of `once` live to the end, those of a segment until last used in it."""
    numbers = _numbers(program)
    row: dict[int, int] = {}
    count = 0
    for equation in program.once:
        if equation.target not in numbers:
            row[equation.target] = count
            count += 1
    last = _last_use(program)
    free: list[int] = []
    for index, equation in enumerate(program.step):
        if equation.target not in numbers:
            if free:
                row[equation.target] = free.pop()
            else:
                row[equation.target] = count
                count += 1
        for operand in {*equation.operands, equation.target}:
            if last.get(operand) == index and operand in row:
                free.append(row[operand])
    return Rows(row, numbers, count)


def _numbers(program: Program) -> frozenset[int]:
    found: set[int] = set()
    for equation in (*program.once, *program.step):
        if equation.op in _NUMBERS or (_plain(equation) and all(o in found for o in equation.operands)):
            found.add(equation.target)
    return frozenset(found)


def _plain(equation: Equation) -> bool:
    return bool(equation.operands) and equation.op not in ("input", "beta")


def _last_use(program: Program) -> dict[int, int]:
    """The last equation of a segment that needs a register of it; what is kept for its end is never freed."""
    last = {e.target: i for i, e in enumerate(program.step)}
    for index, equation in enumerate(program.step):
        for operand in equation.operands:
            if operand in last:
                last[operand] = max(last[operand], index)
    kept = [s.following for s in program.states] + [g.register for g in program.guards]
    kept += [o.register for o in program.outputs] + [o.where for o in program.outputs]
    for register in kept:
        if register in last:
            last[register] = len(program.step)
    return last
