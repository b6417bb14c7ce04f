"""What is kept of the paths of a block: sums and levels by column, put together into an output when it is asked for."""

from collections.abc import Callable, Hashable, Iterator

import numpy as np

from syngraph.ir.program import NONE, Fold, Output, Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.lanes import Lanes
from syngraph.run.numpy.windows import Indices

Look = Callable[[tuple[int, ...], Indices], Floats]
"""Reads registers at some lanes, shape (registers, lanes)."""

_YEARLY = frozenset({Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.YEAR_RATIO, Fold.YEAR_END, Fold.CUMULATIVE})
_BY_YEAR = frozenset({Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.YEAR_RATIO, Fold.CUMULATIVE})


def columns(program: Program, output: Output) -> tuple[int, ...]:
    """The years an output has a column for; none if it is a single value."""
    return program.years if output.fold in _YEARLY else ()


class Plan:
    """Which registers a program sums up, by year or in all, and which it looks at when, each once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        years = program.years
        ends = [s.year for s in program.segments[1:]]
        self.column = np.array([years.index(s.year) for s in program.segments])
        self.closes = np.array([s.year != e for s, e in zip(program.segments, [*ends, None], strict=True)])
        self.closes[-1] = True
        self.lengths = np.array([sum(s.t1 - s.t0 for s in program.segments if s.year == y) for y in years])
        by_year = [s for o in program.outputs if o.fold in _BY_YEAR for s in (_summed(o), (o.over, NONE))]
        self.by_year = tuple(s for s in dict.fromkeys(by_year) if s[0] != NONE)
        table = np.array(program.params, dtype=float).reshape(len(program.segments), len(program.columns))
        self.columns = {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(program.columns)}
        self.periods = np.array([s.period for s in program.segments], dtype=np.uint64)
        self.in_all = tuple(dict.fromkeys(_summed(o) for o in program.outputs if o.fold is Fold.TOTAL))
        self.levels = tuple(dict.fromkeys(o.register for o in program.outputs if o.fold is Fold.YEAR_END))
        final = [o.register for o in program.outputs if o.fold is Fold.FINAL]
        self.final = tuple(dict.fromkeys([*final, *(o.where for o in program.outputs if o.where != NONE)]))
        made = {e.target: e for e in program.stretch}
        self.day_states = {d: int(str(made[d].data)) for d in program.days if d in made}
        self.at: dict[int, list[int]] = {}
        for output in program.outputs:
            if output.fold is Fold.SEGMENT:
                self.at.setdefault(output.segment, []).append(output.register)

    @property
    def sums(self) -> tuple[tuple[int, int], ...]:
        """What is summed up over stretches, and what of sums at moments: first by year, then in all."""
        return (*self.by_year, *self.in_all)


def _summed(output: Output) -> tuple[int, int]:
    return output.register, output.posted


class Kept:
    """The columns of a block of paths, in the order given."""

    def __init__(self, plan: Plan, paths: Indices) -> None:
        self.plan, self.paths, self.count = plan, paths, len(paths)
        count = self.count
        years = len(plan.lengths)
        self.by_year = np.zeros((len(plan.by_year), years, count))
        self.in_all = np.zeros((len(plan.in_all), count))
        self.levels = np.zeros((len(plan.levels), years, count))
        self.final = np.zeros((len(plan.final), count))
        self.at = {(s, r): np.zeros(count) for s, registers in plan.at.items() for r in registers}

    def close(self, lanes: Lanes, ended: Indices, look: Look) -> None:
        """Takes what lanes have that ended a segment; their sums of the year begin anew where it ends a year."""
        plan = self.plan
        segments = lanes.segment[ended]
        yearly = plan.closes[segments]
        at, path = ended[yearly], lanes.slot[ended[yearly]]
        if len(at):
            place = plan.column[segments[yearly]] * self.count + path
            for kept, summed in zip(self.by_year, lanes.sums[: len(plan.by_year)], strict=True):
                kept.reshape(-1)[place] = summed[at]
                summed[at] = 0.0
            for kept, level in zip(self.levels, look(plan.levels, at), strict=True):
                kept.reshape(-1)[place] = level
        for segment, registers in plan.at.items():
            here = ended[segments == segment]
            if len(here):
                for register, values in zip(registers, look(tuple(registers), here), strict=True):
                    self.at[segment, register][lanes.slot[here]] = values
        last = ended[segments == len(plan.program.segments) - 1]
        if len(last):
            path = lanes.slot[last]
            for kept, summed in zip(self.in_all, lanes.sums[len(plan.by_year) :], strict=True):
                kept[path] = summed[last]
            for kept, level in zip(self.final, look(plan.final, last), strict=True):
                kept[path] = level

    def series(self) -> Iterator[tuple[Floats, Floats]]:
        """For each output in turn its values (columns, paths), and the truth (columns or 1, paths) of what counts."""
        for output in self.plan.program.outputs:
            values = self._values(output)
            used = np.ones((1, self.count))
            if output.where != NONE:
                used = self._found(self.plan.final, self.final, output.where)[None, :]
            elif output.fold is Fold.YEAR_RATIO:
                used = (self._found(self.plan.by_year, self.by_year, (output.over, NONE)) != 0.0).astype(np.float64)
            yield values, used

    def _values(self, output: Output) -> Floats:
        plan = self.plan
        match output.fold:
            case Fold.YEAR_SUM:
                return self._found(plan.by_year, self.by_year, _summed(output))
            case Fold.CUMULATIVE:
                total: Floats = np.cumsum(self._found(plan.by_year, self.by_year, _summed(output)), axis=0)
                return total
            case Fold.YEAR_MEAN:
                mean: Floats = self._found(plan.by_year, self.by_year, _summed(output)) / plan.lengths[:, None]
                return mean
            case Fold.YEAR_RATIO:
                over = self._found(plan.by_year, self.by_year, (output.over, NONE))
                summed = self._found(plan.by_year, self.by_year, _summed(output))
                quotient: Floats = summed / np.where(over == 0.0, 1.0, over)
                return quotient
            case Fold.TOTAL:
                return self._found(plan.in_all, self.in_all, _summed(output))[None, :]
            case Fold.YEAR_END:
                return self._found(plan.levels, self.levels, output.register)
            case Fold.FINAL:
                return self._found(plan.final, self.final, output.register)[None, :]
            case Fold.SEGMENT:
                return self.at[output.segment, output.register][None, :]

    @staticmethod
    def _found(known: tuple[Hashable, ...], arrays: Floats, one: Hashable) -> Floats:
        found: Floats = arrays[known.index(one)]
        return found
