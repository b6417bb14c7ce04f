"""The central path through a period, stretch by stretch: what each quantity and part of a formula is on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from syngraph.analyses.periods import WITHIN
from syngraph.analyses.stops import day_of
from syngraph.analyses.study import PlanRun
from syngraph.compile.traces import TierTrace, Trace
from syngraph.ir.program import NONE
from syngraph.run.executor import Passed, followed

Points = tuple[float, float, float]
"""A value at the start, in the middle and at the end of a stretch; of what flows, per year."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch: the days in which it begins and ends, its start in years since today, its length in years.

    `slid`: conditions pushed against each other in it, so that amounts are a mix of what holds on either side.
    """

    first: date
    end: date
    start: float
    length: float
    slid: bool


@dataclass(frozen=True, slots=True)
class Along:
    """A value in each stretch, and the sums where each begins and ends, if there are any; what `flows` is per year."""

    points: tuple[Points, ...]
    unit: str = ""
    sums: tuple[tuple[float, float], ...] = ()
    flows: bool = False

    @property
    def steady(self) -> bool:
        """Whether it is one number all along."""
        return len({value for points in self.points for value in points}) <= 1


@dataclass(frozen=True, slots=True)
class ShareAlong:
    """What a party gets of a tier: its weight as it is in force, and what it is paid there."""

    party: str
    weight: Along
    paid: Along


@dataclass(frozen=True, slots=True)
class TargetAlong:
    """What a tier runs up to: where the account of a party, or its balance, must be (of a level: what it can take)."""

    account: str
    kind: str
    goal: Along
    standing: Along | None


@dataclass(frozen=True, slots=True)
class TierAlong:
    """A tier: where the pot goes to it, its shares and its targets; then (`next`, `redirect` to whom, …)."""

    name: str
    then: str
    to: str
    open: Along
    shares: tuple[ShareAlong, ...]
    targets: tuple[TargetAlong, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The stretches of a period, and the values in them, by the name they are shown under.

    `finer`: the path stops more often than that of a run, so that its figures differ by what curves within a stretch.
    """

    stretches: tuple[Stretch, ...]
    named: Mapping[str, Along]
    pots: Mapping[str, Along]
    tiers: Mapping[str, tuple[TierAlong, ...]]
    from_today: bool
    whole: bool
    finer: bool

    def amount(self, along: Along) -> float:
        """What a flow comes to in the period."""
        means = ((start + 4 * middle + end) / 6 for start, middle, end in along.points)
        even = sum(mean * s.length for mean, s in zip(means, self.stretches, strict=True))
        return even + sum(begun + due for begun, due in along.sums)

    def at_end(self, along: Along, day: date | None) -> float:
        """What it is at the end of the period, or of a day in it."""
        inside = [p for p, s in zip(along.points, self.stretches, strict=True) if day is None or s.first <= day]
        return inside[-1][2]


def course(run: PlanRun, names: Iterable[str]) -> Course | None:
    """The course of some names, and of the tiers of those that are waterfalls; of what the run is cut to."""
    program, traces = run.compiled.program, run.compiled.traces
    if program is None:
        return None
    wanted = tuple(dict.fromkeys(names))
    named = {n: traces.named[n] for n in wanted if n in traces.named}
    pots = {n: traces.pots[n] for n in wanted if n in traces.pots}
    tiers = {n: traces.tiers[n] for n in wanted if n in traces.tiers}
    registers = [r for t in (*named.values(), *pots.values()) for r in t.registers]
    registers += [r for found in tiers.values() for tier in found for r in _registers(tier)]
    path = followed(program, registers)
    columns = {s.year for s in program.segments}
    cut = WITHIN in columns
    inside = tuple(p for p in path.passed if not cut or program.segments[p.segment].year == WITHIN)
    values = _Values(inside, {register: i for i, register in enumerate(path.registers)})
    return Course(
        tuple(_stretch(run, p) for p in inside),
        {n: values.along(t) for n, t in named.items()},
        {n: values.along(t) for n, t in pots.items()},
        {n: tuple(values.tier(t) for t in found) for n, found in tiers.items()},
        bool(inside) and inside[0].start == 0.0,
        len(inside) == len(path.passed),
        path.finer,
    )


def _registers(tier: TierTrace) -> Iterable[int]:
    yield from tier.open.registers
    for share in tier.shares:
        yield from (*share.weight.registers, *share.paid.registers)
    for target in tier.targets:
        yield from (*target.goal.registers, *(target.standing.registers if target.standing else ()))


def _stretch(run: PlanRun, passed: Passed) -> Stretch:
    first, end = (day_of(at, run.case.clock) for at in (passed.start, passed.end))
    return Stretch(first, end, passed.start, passed.end - passed.start, passed.slid)


@dataclass(frozen=True, slots=True)
class _Values:
    """What registers were in each stretch."""

    passed: tuple[Passed, ...]
    place: Mapping[int, int]

    def along(self, trace: Trace) -> Along:
        """A value in each stretch."""
        start, middle, end = (self.place[r] for r in trace.points)
        points = tuple((p.values[start], p.values[middle], p.values[end]) for p in self.passed)
        if NONE in trace.sums:
            return Along(points, trace.unit, flows=trace.flows)
        begun, due = (self.place[r] for r in trace.sums)
        return Along(points, trace.unit, tuple((p.begun[begun], p.values[due]) for p in self.passed), trace.flows)

    def tier(self, tier: TierTrace) -> TierAlong:
        """A tier in each stretch."""
        along = self.along
        shares = tuple(ShareAlong(s.party, along(s.weight), along(s.paid)) for s in tier.shares)
        targets = tuple(
            TargetAlong(t.account, t.kind, along(t.goal), along(t.standing) if t.standing else None)
            for t in tier.targets
        )
        return TierAlong(tier.name, tier.then, tier.to, along(tier.open), shares, targets)
