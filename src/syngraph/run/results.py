"""Results of a run: means, quantiles and counts of every series, the same bits however the paths are split."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from syngraph.base.errors import Interrupted, UndefinedValue
from syngraph.ir.program import Fold, Output, Program
from syngraph.run.elementary import Floats
from syngraph.run.executor import Machine, Pins, columns, execute, machine
from syngraph.run.quantiles import ExactQuantiles, HistogramQuantiles, QuantileCollector, budget, nearest_rank
from syngraph.run.sums import BLOCK, block_partials, fold

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
CHUNK = 8_192
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One output: (columns,) means, (columns, shares) quantiles, (columns,) paths counted; columns are years or one."""

    name: str
    fold: Fold
    unit: str
    columns: tuple[int, ...]
    mean: Floats
    quantiles: Floats
    used: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """All series of a run in the order of names, and the SHA-256 of their arrays."""

    paths: int
    seed: int
    shares: tuple[float, ...]
    series: tuple[Series, ...]
    sha256: str

    def get(self, name: str, how: Fold) -> Series:
        """The series of that name and fold; LookupError if there is none."""
        for one in self.series:
            if one.name == name and one.fold is how:
                return one
        raise LookupError(f"no series {name} ({how.value})")


@dataclass(frozen=True, slots=True, eq=False)
class CentralResult:
    """The central path: for each output its columns."""

    values: tuple[tuple[str, Fold, Floats], ...]

    def get(self, name: str, how: Fold) -> Floats:
        """The columns of that name and fold; LookupError if there is none."""
        for one, one_fold, array in self.values:
            if one == name and one_fold is how:
                return array
        raise LookupError(f"no series {name} ({how.value})")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs on the same draws: means, difference (second - first) with its range, and who is higher how often.

    `error` is the standard error of the difference, `errors` those of the two means.
    """

    paths: int
    used: int
    means: tuple[float, float]
    difference: float
    error: float
    quantiles: tuple[float, ...]
    first_higher: float
    second_higher: float
    errors: tuple[float, float]

    @property
    def ties(self) -> float:
        """On which share of the paths both are equal."""
        return round(self.used * (1.0 - self.first_higher - self.second_higher)) / self.used


class _Collected:
    """What is gathered of one output while blocks come in."""

    def __init__(self, width: int, collected: QuantileCollector) -> None:
        self.partials: list[Floats] = []
        self.used: list[Floats] = []
        self.collected = collected
        self.width = width

    def add(self, values: Floats, used: Floats) -> None:
        counted = used != 0.0
        self.partials.append(block_partials(np.where(counted, values, 0.0)))
        self.used.append(block_partials(used))
        self.collected.add(values, counted)


def simulate(
    program: Program,
    *,
    paths: int,
    seed: int,
    chunk: int = CHUNK,
    shares: tuple[float, ...] = SHARES,
    progress: Progress | None = None,
) -> RunResult:
    """Runs `paths` paths, `chunk` (a multiple of 4,096) at a time; memory does not grow with the number of blocks."""
    made = machine(program)
    widths = [max(1, len(columns(program, o))) for o in program.outputs]
    exact = budget(paths, sum(widths))
    gathered = [_Collected(w, ExactQuantiles(w) if exact else HistogramQuantiles(w)) for w in widths]
    done = 0
    try:
        for first in range(0, paths, _checked(chunk)):
            count = min(chunk, paths - first)
            for one, (values, used) in zip(gathered, execute(made, seed=seed, first=first, count=count), strict=True):
                one.add(values, used)
            done = first + count
            if progress is not None:
                progress(done, paths)
    except KeyboardInterrupt as stop:
        raise Interrupted(done, paths) from stop
    series = [_series(program, o, g, shares) for o, g in zip(program.outputs, gathered, strict=True)]
    ordered = tuple(sorted(series, key=lambda s: (s.name, s.fold.name)))
    return RunResult(paths, seed, shares, ordered, _digest(ordered))


def _checked(chunk: int) -> int:
    if chunk <= 0 or chunk % BLOCK:
        raise ValueError(f"chunk is a multiple of {BLOCK}, not {chunk}")
    return chunk


def _series(program: Program, output: Output, gathered: _Collected, shares: tuple[float, ...]) -> Series:
    used = fold(np.concatenate(gathered.used))
    total = fold(np.concatenate(gathered.partials, axis=-1))
    counted = np.full(gathered.width, float(used))
    with np.errstate(all="ignore"):
        mean = np.where(counted > 0, total / counted, 0.0)
    quantiles = np.nan_to_num(gathered.collected.quantiles(shares))
    for array in (mean, quantiles, counted):
        array.setflags(write=False)
    return Series(output.name, output.fold, output.unit, columns(program, output), mean, quantiles, counted)


def _digest(series: Sequence[Series]) -> str:
    digest = hashlib.sha256()
    for one in series:
        for array in (one.mean, one.quantiles, one.used):
            digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()


def central(program: Program, *, seed: int = 0) -> CentralResult:
    """The central run: every uniform at one half, the likeliest outcomes. It is not the median result."""
    blocks = execute(machine(program), seed=seed, first=0, count=1, central=True)
    kept = []
    for output, (values, _) in zip(program.outputs, blocks, strict=True):
        column = values[:, 0].copy()
        column.setflags(write=False)
        kept.append((output.name, output.fold, column))
    return CentralResult(tuple(kept))


@dataclass(frozen=True, slots=True)
class Place:
    """One column of an output: the last one by default."""

    name: str
    fold: Fold
    column: int = -1


def paired(
    programs: Sequence[Program],
    *,
    name: str,
    fold: Fold,
    paths: int,
    seed: int,
    column: int = -1,
    chunk: int = CHUNK,
    shares: tuple[float, ...] = SHARES,
) -> Pair:
    """One column of two programs on the same draws; UndefinedValue if no path has it under both."""
    place = Place(name, fold, column)
    (pair,) = pairs(programs, (place,), paths=paths, seed=seed, chunk=chunk, shares=shares)
    if pair is None:
        raise UndefinedValue(())
    return pair


def pairs(
    programs: Sequence[Program],
    places: Sequence[Place],
    *,
    paths: int,
    seed: int,
    chunk: int = CHUNK,
    shares: tuple[float, ...] = SHARES,
) -> tuple[Pair | None, ...]:
    """Columns of two programs on the same draws, path by path, each program run once; None where no path has it."""
    both = together([(p, {}) for p in programs], places, paths=paths, seed=seed, chunk=chunk)
    return tuple(_pair(a, b, paths, shares) for a, b in both)


def together(
    runs: Sequence[tuple[Program, Pins]], places: Sequence[Place], *, paths: int, seed: int, chunk: int = CHUNK
) -> Floats:
    """Columns of several runs on the same draws, (places, runs, paths); not a number on a path that has none."""
    made = [(machine(p), [_index(p, place.name, place.fold) for place in places], pins) for p, pins in runs]
    kept = np.empty((len(places), len(made), paths))
    done = 0
    try:
        for first in range(0, paths, _checked(chunk)):
            count = min(chunk, paths - first)
            for i, (one, where, pins) in enumerate(made):
                blocks = execute(one, seed=seed, first=first, count=count, pins=pins)
                for j, place in enumerate(places):
                    values, used = blocks[where[j]]
                    kept[j, i, first : first + count] = np.where(used != 0.0, values[place.column], np.nan)
            done += count
    except KeyboardInterrupt as stop:
        raise Interrupted(done, paths) from stop
    return kept


def _index(program: Program, name: str, how: Fold) -> int:
    for i, output in enumerate(program.outputs):
        if output.name == name and output.fold is how:
            return i
    raise LookupError(f"no output {name} ({how.value})")


def _pair(first: Floats, second: Floats, paths: int, shares: tuple[float, ...]) -> Pair | None:
    both = ~(np.isnan(first) | np.isnan(second))
    a, b = first[both], second[both]
    used = len(a)
    if used == 0:
        return None
    gap = b - a
    means = (_mean(a), _mean(b))
    difference = _mean(gap)
    ordered = np.sort(gap)
    ranks = tuple(float(ordered[nearest_rank(q, used) - 1]) for q in shares)
    higher = float(np.count_nonzero(a > b)) / used, float(np.count_nonzero(b > a)) / used
    errors = _error(a, means[0]), _error(b, means[1])
    return Pair(paths, used, means, difference, _error(gap, difference), ranks, *higher, errors)


def _error(values: Floats, mean: float) -> float:
    """The standard error of a mean."""
    return float(np.sqrt(_mean((values - mean) ** 2) / len(values)))


def _mean(values: Floats) -> float:
    return float(fold(block_partials(values))) / len(values)


__all__ = [
    "CentralResult",
    "Machine",
    "Pair",
    "Place",
    "Progress",
    "RunResult",
    "Series",
    "central",
    "paired",
    "pairs",
    "simulate",
    "together",
]
