"""Programs written by hand for the tests of the executor, and an interpreter of one path to hold it against."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from syngraph.base.spans import Span
from syngraph.ir.program import (
    NONE,
    Closing,
    Data,
    Equation,
    Fold,
    Guard,
    Jump,
    Origin,
    Output,
    Program,
    Segment,
    State,
    Switch,
    Turn,
    Window,
)
from syngraph.ir.spec import problems
from syngraph.run import elementary, normal, philox, tables
from syngraph.run.numpy.operations import EQUAL, SERIES_BELOW
from syngraph.run.numpy.turns import TOGETHER

PLACE = Span("case.yaml", 3, 9, 1, 4)
PARTS = {"once": 0, "enter": 1000, "stretch": 2000}
"""Where the registers of each part begin to count, so that any of them can grow."""


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
        self.parts: dict[str, list[Equation]] = {part: [] for part in PARTS}
        self.states: list[State] = []
        self.switches: list[Switch] = []
        self.days: list[int] = []
        self.windows: list[Window] = []
        self.jumps: list[Jump] = []
        self.closings: list[Closing] = []
        self.outputs: list[Output] = []
        self.guards: list[Guard] = []
        self.columns: dict[str, Sequence[float]] = {}
        self.betas: list[tuple[float, float]] = []

    def before(self, op: str, *operands: int, data: Data = None, name: str = "") -> int:
        """A register of `once`."""
        return self._add("once", op, operands, data, name)

    def period(self, op: str, *operands: int, data: Data = None, name: str = "") -> int:
        """A register of `enter`."""
        return self._add("enter", op, operands, data, name)

    def each(self, op: str, *operands: int, data: Data = None, name: str = "") -> int:
        """A register of `stretch`."""
        return self._add("stretch", op, operands, data, name)

    def number(self, value: float) -> int:
        """A constant."""
        return self.before("const", data=value)

    def _add(self, part: str, op: str, operands: tuple[int, ...], data: Data, name: str) -> int:
        target = PARTS[part] + len(self.parts[part])
        self.parts[part].append(Equation(target, op, operands, data, Origin(name or f"{op}{target}", PLACE)))
        return target

    def state(self, name: str, first: int, *, truth: bool = False) -> int:
        """A state that stays as it is until `moves` says how it moves."""
        self.states.append(State(name, first, truth=truth))
        return self.each("state", data=len(self.states) - 1, name=name)

    def moves(self, state: int, following: int, *, renewed: int = NONE) -> None:
        """What the state is after the stretch."""
        at = self.at(state)
        held = self.states[at]
        self.states[at] = State(held.name, held.first, following, renewed, held.posted, held.truth)

    def at(self, state: int) -> int:
        """The number of a state."""
        return int(str(self.parts["stretch"][state - PARTS["stretch"]].data))

    def sets(self, *pairs: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        """What a jump sets: states and the registers they become."""
        return tuple((self.at(state), value) for state, value in pairs)

    def switch(self, left: int, right: int, *, strict: bool = False, bend: bool = False, name: str = "switch") -> int:
        """Whether left >= right; `gap` says later how the gap goes over the stretch."""
        index = len(self.switches)
        truth = self.each("switch", left, right, data=index, name=name)
        none = (truth, truth, truth)
        self.switches.append(Switch(truth, none, none, strict, bend, index, False, Origin(name, PLACE)))
        return truth

    def gap(self, truth: int, gap: tuple[int, int, int], against: tuple[int, int, int]) -> None:
        """The three points of a switch's gap and of what is compared with."""
        for i, one in enumerate(self.switches):
            if one.truth == truth:
                self.switches[i] = Switch(truth, gap, against, one.strict, one.bend, one.twin, one.turned, one.origin)

    def jump(self, turn: Turn, due: int, **more: object) -> None:
        """What happens where `due` holds."""
        fields = {"stands": due, "rank": 0, "rates": False, "day": NONE, "sets": ()} | more
        self.jumps.append(Jump(turn, due, origin=Origin("jump", PLACE), **fields))  # type: ignore[arg-type]

    def flows(self, rate: int) -> int:
        """What an even flow comes to over the stretch."""
        return self.each("mul", self.each("length"), rate)

    def rising(self, state: int, rate: int) -> tuple[int, int, int]:
        """The three points of a state that rises evenly; it is handed on."""
        half = self.each("mul", self.number(0.5), self.flows(rate))
        end = self.each("add", state, self.flows(rate))
        self.moves(state, end)
        return state, self.each("add", state, half), end

    def less(self, points: tuple[int, int, int], other: int) -> tuple[int, int, int]:
        """Three points less a number."""
        start, middle, end = (self.each("sub", p, other) for p in points)
        return start, middle, end

    def states_origin(self) -> Origin:
        """Where what has no equation of its own comes from."""
        return Origin("window", PLACE)

    def made(self, segments: tuple[Segment, ...]) -> Program:
        """The program, held to the rules."""
        rows = tuple(tuple(float(c[i]) for c in self.columns.values()) for i in range(len(segments)))
        program = Program(
            once=tuple(self.parts["once"]),
            enter=tuple(self.parts["enter"]),
            stretch=tuple(self.parts["stretch"]),
            states=tuple(self.states),
            switches=tuple(self.switches),
            days=tuple(self.days),
            windows=tuple(self.windows),
            jumps=tuple(self.jumps),
            closings=tuple(self.closings),
            outputs=tuple(self.outputs),
            guards=tuple(self.guards),
            segments=segments,
            columns=tuple(self.columns),
            params=rows,
            betas=tuple(self.betas),
        )
        assert problems(program) == ()
        return program


def growth(segments: tuple[Segment, ...], rates: Sequence[float]) -> Program:
    """A stock that begins at 100 and grows by a column of rates in each segment."""
    draft = Draft()
    draft.columns["rate"] = rates
    first, one = draft.number(100.0), draft.number(1.0)
    factor = draft.period("add", one, draft.period("param", data="rate"))
    stock = draft.state("stock", first)
    end = draft.each("mul", stock, factor, name="stock")
    draft.moves(stock, end)
    draft.outputs += [
        Output("stock", end, f, "USD", over=stock if f is Fold.YEAR_RATIO else NONE)
        for f in Fold
        if f is not Fold.SEGMENT
    ]
    draft.outputs.append(Output("stock", end, Fold.SEGMENT, segment=1))
    return draft.made(segments)


@dataclass(frozen=True)
class Stretch:
    """What every register of one path was in one stretch of a segment."""

    segment: int
    start: float
    value: dict[int, float]


def interpreted(
    program: Program, seed: int, path: int, *, central: bool = False, pins: Mapping[str, float] | None = None
) -> list[Stretch]:
    """One path of a program without switches, jumps and windows: plain Python from the opcode table."""
    assert not (program.switches or program.jumps or program.windows)
    value: dict[int, float] = {}
    states: list[float] = []
    clock, found = program.segments[0].t0, []

    def leaf(op: str, data: object, segment: Segment, until: float) -> float:
        match op, data:
            case "param", name:
                return program.params[program.segments.index(segment)][program.columns.index(str(name))]
            case "central", _:
                return float(central)
            case "clock", _:
                return clock
            case "until", _:
                return until
            case "length", _:
                return until - clock
            case "state", int() as index:
                return states[index]
            case "uniform" | "shock", name:
                period = segment.period if op == "shock" else 0
                drawn = philox.uniform(seed, philox.stream_of(str(name)), period, path, 1)[0]
                return 0.5 if central else float(drawn)
        return float(data)  # type: ignore[arg-type]

    def run(equations: Sequence[Equation], segment: Segment, until: float) -> None:
        for e in equations:
            v = [value[o] for o in e.operands]
            if e.op == "input":
                value[e.target] = (pins or {}).get(str(e.data), v[0])
            elif e.op == "beta":
                value[e.target] = float(tables.beta_table(*program.betas[int(str(e.data))]).value(v[0]))
            else:
                value[e.target] = MEANING[e.op](*v) if v else leaf(e.op, e.data, segment, until)

    for i, segment in enumerate(program.segments):
        if i == 0:
            run(program.once, segment, clock)
            states = [value[s.first] for s in program.states]
        run(program.enter, segment, clock)
        last = i + 1 == len(program.segments) or program.segments[i + 1].period != segment.period
        while clock != segment.t1:
            later = [value[d] for d in program.days if clock < value[d] < segment.t1 - TOGETHER]
            until = min([*later, segment.t1])
            run(program.stretch, segment, until)
            found.append(Stretch(i, clock, dict(value)))
            for place, state in enumerate(program.states):
                if state.following != NONE:
                    states[place] = value[state.following]
                if state.renewed != NONE and last and until == segment.t1:
                    states[place] = value[state.renewed]
            clock = until
    return found


def _divided(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(a) / np.float64(b))


def _swell(a: float) -> float:
    return 1.0 + a * (0.5 + a * (1.0 / 6.0)) if abs(a) < SERIES_BELOW else _divided(float(elementary.expm1(a)), a)


def _compared(holds: bool, a: float, b: float) -> float:
    return float(holds) if _finite(a, b) else math.nan


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
    "swell": _swell,
    "mean": lambda a, b, c: (a + 4 * b + c) / 6,
    "midway": lambda a, b, c: (5 * a + 8 * b - c) / 24,
    "carry": lambda a, b, c, d: 2 * c - d if a == 0 and b == 0 else _divided(a, b),
    "lt": lambda a, b: _compared(a < b, a, b),
    "le": lambda a, b: _compared(a <= b, a, b),
    "eq": lambda a, b: _compared(a == b, a, b),
    "meets": lambda a, b: _compared(a - b >= -(abs(a) + abs(b)) * EQUAL, a, b),
    "tops": lambda a, b: _compared(a - b > (abs(a) + abs(b)) * EQUAL, a, b),
    "min": lambda a, b: min(a, b) + 0.0 if _finite(a, b) else math.nan,
    "max": lambda a, b: max(a, b) + 0.0 if _finite(a, b) else math.nan,
    "not": lambda a: _number({True: False, False: True, None: None}[_truth(a)]),
    "and": lambda a, b: _number(_both(_truth(a), _truth(b))),
    "or": lambda a, b: _number(_either(_truth(a), _truth(b))),
    "select": lambda a, b, c: _chosen({True: b, False: c, None: math.nan}[_truth(a)]),
}
# how many of the first operands are truths, and which operations give one
TRUTHS = {"not": 1, "and": 2, "or": 2, "select": 1}
COMPARED = ("lt", "le", "eq", "meets", "tops")


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
