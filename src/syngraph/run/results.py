"""Results of a run: means, quantiles and counts of every series, the same bits however the paths are split."""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from syngraph.base.errors import Interrupted, UndefinedValue
from syngraph.ir.program import Fold, Output, Program
from syngraph.run.elementary import Floats
from syngraph.run.executor import Machine, Pins, columns, execute, machine
from syngraph.run.quantiles import (
    ExactQuantiles,
    HistogramQuantiles,
    QuantileCollector,
    Singles,
    budget,
    nearest_rank,
)
from syngraph.run.sums import BLOCK, block_partials, fold

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
CHUNK, AT_ONCE = 2 * BLOCK, 3 * BLOCK
ROUNDING = 1e-9  # of their size: two values so near differ by how their paths were cut, if at all
HELD = 256 * 2**20  # bytes of what a chunk holds until its end
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


@dataclass(frozen=True, slots=True)
class Place:
    """One column of an output: the last one by default."""

    name: str
    fold: Fold
    column: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """All series of a run in the order of names and folds, and the SHA-256 of their arrays.

    `kept` are the places that were asked for path by path, shape (paths,), not a number where a path has none.
    """

    paths: int
    seed: int
    shares: tuple[float, ...]
    series: tuple[Series, ...]
    sha256: str
    kept: tuple[tuple[Place, Floats], ...] = ()

    def found(self, name: str, how: Fold) -> Series | None:
        """The series of that name and fold, if there is one."""
        at = bisect_left(self.series, (name, how.name), key=_key)
        one = self.series[at] if at < len(self.series) else None
        return one if one is not None and (one.name, one.fold) == (name, how) else None

    def get(self, name: str, how: Fold) -> Series:
        """The series of that name and fold; LookupError if there is none."""
        if (one := self.found(name, how)) is None:
            raise LookupError(f"no series {name} ({how.value})")
        return one


def _key(series: Series) -> tuple[str, str]:
    return series.name, series.fold.name


@dataclass(frozen=True, slots=True, eq=False)
class CentralResult:
    """The central path: for each output its columns, in the order of names and folds."""

    values: tuple[tuple[str, Fold, Floats], ...]

    def get(self, name: str, how: Fold) -> Floats:
        """The columns of that name and fold; LookupError if there is none."""
        at = bisect_left(self.values, (name, how.name), key=_central_key)
        if at < len(self.values) and self.values[at][:2] == (name, how):
            return self.values[at][2]
        raise LookupError(f"no series {name} ({how.value})")


def _central_key(value: tuple[str, Fold, Floats]) -> tuple[str, str]:
    return value[0], value[1].name


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs on the same draws: each with its mean and quantiles, their difference, and who is higher how often.

    The difference (second - first) is of the `used` paths that both have; each run is told of all its own, `counted`.
    On a path on which they differ by rounding alone they do not differ. `error` is the standard error of the mean
    difference, `errors` those of the two means.
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
    counted: tuple[int, int]
    each: tuple[tuple[float, ...], tuple[float, ...]]

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
        self.partials.append(block_partials(values if counted.all() else np.where(counted, values, 0.0)))
        self.used.append(block_partials(used))
        self.collected.add(values, counted)


def simulate(
    program: Program,
    *,
    paths: int,
    seed: int,
    chunk: int | None = None,
    shares: tuple[float, ...] = SHARES,
    keep: Sequence[Place] = (),
    progress: Progress | None = None,
) -> RunResult:
    """Runs `paths` paths, `chunk` (a multiple of 4,096) at a time; memory does not grow with the number of blocks.

    Without a chunk as many paths are run at a time as keep little. The values of `keep` are kept of every path.
    """
    made = machine(program)
    size = _fitting(made, paths) if chunk is None else _checked(chunk)
    widths = [max(1, len(columns(program, o))) for o in program.outputs]
    exact = budget(paths, sum(widths))
    gathered = [_Collected(w, ExactQuantiles(w) if exact else HistogramQuantiles(w)) for w in widths]
    kept = _ByPath(program, keep, paths)
    done = 0
    try:
        for first in range(0, paths, size):
            count = min(size, paths - first)
            blocks = execute(made, seed=seed, first=first, count=count)
            for i, (one, (values, used)) in enumerate(zip(gathered, blocks, strict=True)):
                one.add(values, used)
                kept.add(i, first, values, used)
            done = first + count
            if progress is not None:
                progress(done, paths)
    except KeyboardInterrupt as stop:
        raise Interrupted(done, paths) from stop
    series = [_series(program, o, g, shares) for o, g in zip(program.outputs, gathered, strict=True)]
    ordered = tuple(sorted(series, key=_key))
    return RunResult(paths, seed, shares, ordered, _digest(ordered), tuple(zip(keep, kept.values, strict=True)))


class _ByPath:
    """Columns of outputs path by path, shape (places, paths), while blocks come in."""

    def __init__(self, program: Program, places: Sequence[Place], paths: int) -> None:
        self.places = places
        self.values = np.empty((len(places), paths))
        self.of: dict[int, list[int]] = {}
        outputs = {(o.name, o.fold): i for i, o in enumerate(program.outputs)} if places else {}
        for row, place in enumerate(places):
            if (place.name, place.fold) not in outputs:
                raise LookupError(f"no output {place.name} ({place.fold.value})")
            self.of.setdefault(outputs[place.name, place.fold], []).append(row)

    def add(self, output: int, first: int, values: Floats, used: Floats) -> None:
        for row in self.of.get(output, ()):
            column = self.places[row].column
            counted = used[column if len(used) > 1 else 0] != 0.0
            self.values[row, first : first + values.shape[1]] = np.where(counted, values[column], np.nan)


def _checked(chunk: int) -> int:
    if chunk <= 0 or chunk % BLOCK:
        raise ValueError(f"chunk is a multiple of {BLOCK}, not {chunk}")
    return chunk


def _fitting(made: Machine, paths: int) -> int:
    """As many blocks at a time as take at most `HELD` bytes until their end, but at least one; few paths at once."""
    plan = made.plan
    yearly = (len(plan.by_year) + len(plan.levels)) * len(plan.lengths)
    once = len(plan.in_all) + len(plan.final) + sum(len(registers) for registers in plan.at.values())
    numbers = yearly + once + len(plan.sums) + made.rows.count
    most = CHUNK if paths > AT_ONCE else AT_ONCE
    return max(BLOCK, min(most, HELD // (8 * max(1, numbers)) // BLOCK * BLOCK))


def _series(program: Program, output: Output, gathered: _Collected, shares: tuple[float, ...]) -> Series:
    used = fold(np.concatenate(gathered.used, axis=-1))
    total = fold(np.concatenate(gathered.partials, axis=-1))
    counted = np.broadcast_to(used, (gathered.width,)).copy()
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
    return CentralResult(tuple(sorted(kept, key=_central_key)))


def paired(
    programs: Sequence[Program],
    *,
    name: str,
    fold: Fold,
    paths: int,
    seed: int,
    column: int = -1,
    chunk: int | None = None,
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
    chunk: int | None = None,
    shares: tuple[float, ...] = SHARES,
) -> tuple[Pair | None, ...]:
    """Columns of two programs on the same draws, path by path, each program run once; None where no path has it."""
    both = together([(p, {}) for p in programs], places, paths=paths, seed=seed, chunk=chunk)
    return tuple(pair_of(a, b, shares=shares) for a, b in both)


def together(
    runs: Sequence[tuple[Program, Pins]],
    places: Sequence[Place],
    *,
    paths: int,
    seed: int,
    chunk: int | None = None,
) -> Floats:
    """Columns of several runs on the same draws, (places, runs, paths); not a number on a path that has none."""
    kept = [_ByPath(program, places, paths) for program, _ in runs]
    made = [(machine(program), pins) for program, pins in runs]
    size = min((_fitting(m, paths) for m, _ in made), default=CHUNK) if chunk is None else _checked(chunk)
    done = 0
    try:
        for first in range(0, paths, size):
            count = min(size, paths - first)
            for (one, pins), rows in zip(made, kept, strict=True):
                for i, (values, used) in enumerate(execute(one, seed=seed, first=first, count=count, pins=pins)):
                    rows.add(i, first, values, used)
            done += count
    except KeyboardInterrupt as stop:
        raise Interrupted(done, paths) from stop
    return np.stack([k.values for k in kept], axis=1)


def pinned(
    program: Program, places: Sequence[Place], *, name: str, values: Sequence[float], paths: int, seed: int
) -> Floats:
    """Columns of a program on the same draws but for one uncertain input, (places, values, paths): its normal at each.

    Not a number on a path that has none.
    """
    numbers = np.tile(np.arange(paths), len(values))
    pins = {name: np.repeat(np.array(values, dtype=float), paths)}
    kept = _ByPath(program, places, len(numbers))
    for i, (found, used) in enumerate(execute(machine(program), seed=seed, paths=numbers, pins=pins)):
        kept.add(i, 0, found, used)
    return kept.values.reshape(len(places), len(values), paths)


def pair_of(first: Floats, second: Floats, *, shares: tuple[float, ...] = SHARES) -> Pair | None:
    """Two runs on the same draws, path by path (paths,); None if no path has a number under both."""
    both = ~(np.isnan(first) | np.isnan(second))
    a, b = first[both], second[both]
    used = len(a)
    if used == 0:
        return None
    gap = b - a
    gap[np.abs(gap) <= ROUNDING * np.maximum(np.abs(a), np.abs(b))] = 0.0
    higher = float(np.count_nonzero(gap < 0.0)) / used, float(np.count_nonzero(gap > 0.0)) / used
    own = first[~np.isnan(first)], second[~np.isnan(second)]
    means = (_mean(own[0]), _mean(own[1]))
    return Pair(
        len(first),
        used,
        means,
        difference := _mean(gap),
        _error(gap, difference),
        _ranks(gap, shares),
        *higher,
        errors=(_error(own[0], means[0]), _error(own[1], means[1])),
        counted=(len(own[0]), len(own[1])),
        each=(_ranks(own[0].astype(np.float32), shares), _ranks(own[1].astype(np.float32), shares)),
    )


def _ranks(values: Floats | Singles, shares: Sequence[float]) -> tuple[float, ...]:
    """Quantiles by nearest rank; of a run by itself in single precision, as its series has them."""
    ordered = np.sort(values)
    return tuple(float(ordered[nearest_rank(q, len(values)) - 1]) for q in shares)


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
    "pair_of",
    "paired",
    "pairs",
    "simulate",
    "together",
]
