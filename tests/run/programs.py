"""Programs written by hand for the tests of the executor, and an interpreter of one path to hold it against."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from syngraph.base.spans import Span
from syngraph.ir.program import Data, Equation, Fold, Guard, Origin, Output, Program, Segment, State
from syngraph.ir.spec import problems
from syngraph.run import elementary, normal, philox, tables

PLACE = Span("case.yaml", 3, 9, 1, 4)


def years(count: int, *, parts: int = 1, first: int = 2026) -> tuple[Segment, ...]:
    """`count` segments, `parts` to a year; the reporting period is the year's number."""
    made = []
    for i in range(count):
        start, end = (date(first + j // parts, 1 + 12 // parts * (j % parts), 1) for j in (i, i + 1))
        made.append(Segment(start, end, i / parts, (i + 1) / parts, start.year - first, start.year))
    return tuple(made)


class Draft:
    """A program that grows equation by equation; every name is the origin of its register."""

    def __init__(self) -> None:
        self.once: list[Equation] = []
        self.step: list[Equation] = []
        self.states: list[State] = []
        self.outputs: list[Output] = []
        self.guards: list[Guard] = []
        self.columns: dict[str, Sequence[float]] = {}
        self.betas: list[tuple[float, float]] = []

    def before(self, op: str, *operands: int, data: Data = None, name: str = "") -> int:
        """A register of `once`."""
        return self._add(self.once, op, operands, data, name)

    def each(self, op: str, *operands: int, data: Data = None, name: str = "") -> int:
        """A register of `step`."""
        return self._add(self.step, op, operands, data, name)

    def _add(self, part: list[Equation], op: str, operands: tuple[int, ...], data: Data, name: str) -> int:
        # `once` counts from 0, `step` from 1000, so that either can grow
        target = len(part) + (1000 if part is self.step else 0)
        part.append(Equation(target, op, operands, data, Origin(name or f"{op}{target}", PLACE)))
        return target

    def made(self, segments: tuple[Segment, ...]) -> Program:
        """The program, held to the rules."""
        rows = tuple(tuple(float(c[i]) for c in self.columns.values()) for i in range(len(segments)))
        program = Program(
            tuple(self.once),
            tuple(self.step),
            tuple(self.states),
            tuple(self.outputs),
            tuple(self.guards),
            segments,
            tuple(self.columns),
            rows,
            tuple(self.betas),
        )
        assert problems(program) == ()
        return program


def growth(segments: tuple[Segment, ...], rates: Sequence[float]) -> Program:
    """A stock that begins at 100 and grows by a column of rates."""
    draft = Draft()
    draft.columns["rate"] = rates
    first = draft.before("const", data=100.0)
    one = draft.before("const", data=1.0)
    stock = draft.each("state", data=0)
    factor = draft.each("add", one, draft.each("param", data="rate"))
    end = draft.each("mul", stock, factor, name="stock")
    draft.states.append(State("stock", first, end))
    draft.outputs += [Output("stock", end, f, "USD") for f in Fold if f is not Fold.SEGMENT]
    draft.outputs.append(Output("stock", end, Fold.SEGMENT, segment=1))
    return draft.made(segments)


def interpreted(
    program: Program, seed: int, path: int, *, central: bool = False, pins: Mapping[str, float] | None = None
) -> dict[tuple[int, int], float]:
    """Every register of one path in every segment, by (segment, register): plain Python from the opcode table."""
    found: dict[tuple[int, int], float] = {}
    states: list[list[float]] = [[] for _ in program.states]
    once: dict[int, float] = {}
    for i, segment in enumerate(program.segments):
        value = dict(once)
        row = dict(zip(program.columns, program.params[i], strict=True))

        def leaf(op: str, data: object, row: dict[str, float] = row, segment: Segment = segment) -> float:
            match op, data:
                case "param", name:
                    return row[str(name)]
                case "central", _:
                    return float(central)
                case "state", int() as index:
                    return states[index][-1]
                case "past", (index, pair):
                    place, share = int(row[f"past{pair}.index"]), row[f"past{pair}.share"]
                    a, b = states[index][max(place, 0)], states[index][max(place + (share > 0), 0)]
                    return (b - a) * share + a
                case "uniform" | "shock", name:
                    period = segment.period if op == "shock" else 0
                    drawn = philox.uniform(seed, philox.stream_of(str(name)), period, path, 1)[0]
                    return 0.5 if central else float(drawn)
            return float(data)  # type: ignore[arg-type]

        for e in (*(program.once if i == 0 else ()), *program.step):
            v = [value[o] for o in e.operands]
            if e.op == "input":
                value[e.target] = (pins or {}).get(str(e.data), v[0])
            elif e.op == "beta":
                value[e.target] = float(tables.beta_table(*program.betas[int(str(e.data))]).value(v[0]))
            else:
                value[e.target] = MEANING[e.op](*v) if v else leaf(e.op, e.data)
            if e is program.once[-1]:
                once = dict(value)
                for state, history in zip(program.states, states, strict=True):
                    history.append(value[state.first])
        following = [value[s.following] for s in program.states]
        for history, number in zip(states, following, strict=True):
            history.append(number)
        found |= {(i, register): number for register, number in value.items()}
    return found


def _divided(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(a) / np.float64(b))


MEANING = {
    "quantile": lambda a: float(normal.quantile(a)),
    "phi": lambda a: float(normal.cdf(a)),
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": _divided,
    "neg": lambda a: -a,
    "sqrt": lambda a: math.sqrt(a) if a >= 0 else math.nan,
    "exp": lambda a: float(elementary.exp(a)),
    "log": lambda a: float(elementary.log(a)),
    "expm1": lambda a: float(elementary.expm1(a)),
    "log1p": lambda a: float(elementary.log1p(a)),
    "lt": lambda a, b: float(a < b) if _finite(a, b) else math.nan,
    "le": lambda a, b: float(a <= b) if _finite(a, b) else math.nan,
    "eq": lambda a, b: float(a == b) if _finite(a, b) else math.nan,
    "min": lambda a, b: min(a, b) + 0.0 if _finite(a, b) else math.nan,
    "max": lambda a, b: max(a, b) + 0.0 if _finite(a, b) else math.nan,
    "not": lambda a: _number({True: False, False: True, None: None}[_truth(a)]),
    "and": lambda a, b: _number(_both(_truth(a), _truth(b))),
    "or": lambda a, b: _number(_either(_truth(a), _truth(b))),
    "select": lambda a, b, c: _chosen({True: b, False: c, None: math.nan}[_truth(a)]),
}
# how many of the first operands are truths, and which operations give one
TRUTHS = {"not": 1, "and": 2, "or": 2, "select": 1}
COMPARED = ("lt", "le", "eq")


def _finite(*numbers: float) -> bool:
    return all(math.isfinite(n) for n in numbers)


def _chosen(number: float) -> float:
    return number if math.isfinite(number) else math.nan


def _truth(number: float) -> bool | None:
    """Yes, no or unknown."""
    if math.isnan(number):
        return None
    assert number in (0.0, 1.0)
    return number == 1.0


def _number(truth: bool | None) -> float:
    return math.nan if truth is None else float(truth)


def _both(a: bool | None, b: bool | None) -> bool | None:
    """Kleene's `and` (Introduction to Metamathematics, 1952, §64): false decides, else an unknown is unknown."""
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def _either(a: bool | None, b: bool | None) -> bool | None:
    """Kleene's `or`: true decides, else an unknown is unknown."""
    if a is True or b is True:
        return True
    return None if a is None or b is None else False
