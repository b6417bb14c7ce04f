"""Cases written as text in a test: compiled, held to the rules of programs, and run path by path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from syngraph.base.diagnostics import Severity
from syngraph.compile.case import Compiled, compile_plans
from syngraph.ir.program import Fold, Output, Program
from syngraph.ir.spec import problems
from syngraph.load.case import load_texts
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine
from syngraph.run.results import RunResult, simulate

Texts = str | Sequence[tuple[str, str]]
Kept = dict[tuple[str, Fold], Floats]


def compiled(text: Texts, *, extra: Iterable[date] = ()) -> dict[str, Compiled]:
    """Every plan of a case that must load and compile without an error, by name; the bare case first."""
    loaded = load_texts([("case.yaml", text)] if isinstance(text, str) else list(text))
    wrong = [(d.code, d.fills) for d in loaded.diagnostics if d.severity is Severity.ERROR]
    assert not wrong and loaded.cases, (wrong, text)
    plans = compile_plans(loaded.cases, extra=extra)
    for plan in plans:
        found = [(d.code, d.fills) for d in plan.diagnostics if d.severity is Severity.ERROR]
        assert not found and plan.program is not None, (found, text)
        assert problems(plan.program) == ()
    return {p.case.plan: p for p in plans}


def programs(text: Texts, *, extra: Iterable[date] = ()) -> dict[str, Program]:
    """The program of every plan by name."""
    return {name: c.program for name, c in compiled(text, extra=extra).items() if c.program is not None}


def program(text: Texts, *, extra: Iterable[date] = ()) -> Program:
    """The program of the bare case."""
    return next(iter(programs(text, extra=extra).values()))


def run_yaml(text: Texts, *, paths: int = 1, seed: int = 1, chunk: int = 4096) -> RunResult:
    """The bare case, simulated."""
    return simulate(program(text), paths=paths, seed=seed, chunk=chunk)


def by_path(
    made: Program, *, paths: int = 1, seed: int = 1, central: bool = False, pins: Mapping[str, float] | None = None
) -> Kept:
    """For each output its values, shape (columns, paths); not a number where a path does not count."""
    blocks = execute(machine(made), seed=seed, first=0, count=paths, central=central, pins=pins)
    kept = {}
    for output, (values, used) in zip(made.outputs, blocks, strict=True):
        kept[output.name, output.fold] = np.where(used != 0.0, values, np.nan)
    return kept


class Figures:
    """What one central or simulated path gives, asked by name."""

    def __init__(self, text: Texts, *, plan: str = "", extra: Iterable[date] = (), **how: object) -> None:
        made = programs(text, extra=extra)
        self.program = made[plan or next(iter(made))]
        self.kept = by_path(self.program, **how)  # type: ignore[arg-type]

    def total(self, name: str) -> float:
        """A flow over the whole run, on the first path."""
        return float(self.kept[name, Fold.CUMULATIVE][-1, 0])

    def flows(self, name: str) -> Floats:
        """A flow in each year, on the first path."""
        return self.kept[name, Fold.YEAR_SUM][:, 0]

    def end(self, name: str) -> float:
        """A level at the end of the run, on the first path."""
        return float(self.kept[name, Fold.YEAR_END][-1, 0])

    def day(self, event: str) -> float:
        """When an event happened, in years since today, on the first path; not a number if it did not."""
        return float(self.kept[f"date({event})", Fold.FINAL][0, 0])

    def present(self, name: str) -> float:
        """A present value, on the first path."""
        return float(self.kept[f"present_value({name})", Fold.TOTAL][0, 0])


def by_segment(
    made: Program, names: Sequence[str], *, paths: int = 1, seed: int = 1, central: bool = False
) -> dict[str, Floats]:
    """What each named series comes to (a flow) or is at the end (a level) in every segment of every path."""
    apart = tuple(replace(s, year=i) for i, s in enumerate(made.segments))
    kept = by_path(replace(made, segments=apart), paths=paths, seed=seed, central=central)
    return {name: kept[name, Fold.YEAR_SUM if (name, Fold.YEAR_SUM) in kept else Fold.YEAR_END] for name in names}


def draws_of(made: Program, *, paths: int, seed: int = 1) -> dict[tuple[str, int], Floats]:
    """Every uniform of a run by name and reporting period (0 for one drawn once)."""
    outputs, keys = [], []
    for equation in (*made.once, *made.enter):
        if equation.op == "uniform":
            outputs.append(Output(str(equation.data), equation.target, Fold.FINAL))
            keys.append((str(equation.data), 0))
        elif equation.op == "shock":
            for index, segment in enumerate(made.segments):
                outputs.append(Output(str(equation.data), equation.target, Fold.SEGMENT, segment=index))
                keys.append((str(equation.data), segment.period))
    watched = replace(made, outputs=tuple(outputs), guards=())
    blocks = execute(machine(watched), seed=seed, first=0, count=paths)
    found: dict[tuple[str, int], Floats] = {}
    for key, (values, _) in zip(keys, blocks, strict=True):
        assert key not in found or np.array_equal(found[key], values[0]), f"{key} is two numbers"
        found[key] = values[0]
    return found
