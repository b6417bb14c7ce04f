"""How each check stands under a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

import numpy as np

from syngraph.analyses.alike import alike
from syngraph.analyses.study import CheckResult, Holding, PlanRun
from syngraph.base.units import FRACTION
from syngraph.compile.case import Compiled
from syngraph.compile.checks import Test
from syngraph.graph.constants import amount
from syngraph.graph.names import make_scope
from syngraph.ir.prune import prune
from syngraph.model.checks import Better, Chance, Check, Increasing, Level, Proven
from syngraph.run.elementary import Floats
from syngraph.run.normal import quantile
from syngraph.run.results import ROUNDING, Place, pair_of, pinned, together

POINTS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)  # of the input's distribution, at which `increasing` is tried
MOST_TRIED = 1_024  # paths at each of them: seven runs of all would cost more than all else a run answers


@dataclass(slots=True)
class Compares:
    """What plans are compared by: their values path by path, kept by their runs or made here, once. For one study."""

    plans: Sequence[Compiled]
    runs: Sequence[PlanRun]
    paths: int
    seed: int
    made: dict[tuple[str, Place], Floats] = field(default_factory=dict)

    def values(self, plan: Compiled, place: Place) -> Floats:
        """A value under a plan, path by path; a plan that was not run is run once."""
        key = plan.case.plan, place
        if key not in self.made:
            run = next((r for r in self.runs if r.case.plan == plan.case.plan), None)
            kept = dict(run.result.kept) if run is not None else {}
            self.made |= {(plan.case.plan, p): v for p, v in (kept if place in kept else self._ran(plan)).items()}
        return self.made[key]

    def _ran(self, plan: Compiled) -> dict[Place, Floats]:
        assert plan.program is not None
        places = compared_places(plan, self.plans)
        program = prune(plan.program, {(p.name, p.fold) for p in places})
        values = together([(program, {})], places, paths=self.paths, seed=self.seed)
        return dict(zip(places, values[:, 0], strict=True))


def compared_places(plan: Compiled, asking: Sequence[Compiled]) -> tuple[Place, ...]:
    """What a run of a plan must keep of every path, for the checks of these plans that compare it with another."""
    tests = {t.name: t for t in plan.tests}
    names = {
        check.head.name
        for one in asking
        for check in one.case.checks
        if isinstance(check.prop, Better) and plan.case.plan in (check.prop.plan, check.prop.than)
    }
    return tuple(_place(tests[name]) for name in sorted(names & tests.keys()))


def _place(test: Test) -> Place:
    return Place(test.series, test.fold)


def verdicts(run: PlanRun, compares: Compares) -> tuple[CheckResult, ...]:
    """All checks for this plan, in the order of names."""
    return tuple(
        _verdict(check, run, compares) for check in run.case.checks if not check.plans or run.case.plan in check.plans
    )


def _verdict(check: Check, run: PlanRun, compares: Compares) -> CheckResult:
    test = next((t for t in run.compiled.tests if t.name == check.head.name), None)
    match check.prop:
        case Proven():
            return _undecided(check, run, "needs-prover")
        case Chance() | Level():
            return _by_series(check, run, test) if test else _undecided(check, run, "not-reached")
        case Increasing(assumption=name):
            return _increasing(check, run, test, name, compares)
        case Better() as better:
            return _better(check, better, run, compares)
        case _:
            assert_never(check.prop)


def _undecided(check: Check, run: PlanRun, reason: str) -> CheckResult:
    return CheckResult(check.head.name, run.case.plan, Holding.UNDECIDED, failed=False, reason=reason)


def _decided(check: Check, run: PlanRun, *, holds: bool, figure: float, used: int, unit: str = FRACTION) -> CheckResult:
    """A breach that `breaks_in` expects is no failure; that it does not come is one."""
    expected = run.case.plan in check.breaks_in
    holding = Holding.HOLDS if holds else Holding.VIOLATED
    return CheckResult(check.head.name, run.case.plan, holding, holds == expected, expected, figure, unit, used)


def _by_series(check: Check, run: PlanRun, test: Test) -> CheckResult:
    series = run.result.get(test.series, test.fold)
    used = int(series.used[0])
    if used == 0:
        return _undecided(check, run, "never-asked")
    figure, unit = float(series.mean[0]), FRACTION if test.truth else series.unit
    if test.at_least is None and test.at_most is None:
        every = _decided(check, run, holds=figure == 1.0, figure=figure, used=used, unit=unit)
        return replace(every, at_least=1.0)
    holds = (test.at_least is None or figure >= test.at_least) and (test.at_most is None or figure <= test.at_most)
    kept = _decided(check, run, holds=holds, figure=figure, used=used, unit=unit)
    return replace(kept, shared=test.truth, at_least=test.at_least, at_most=test.at_most)


def _increasing(check: Check, run: PlanRun, test: Test | None, name: str, compares: Compares) -> CheckResult:
    """On every path tried, all other draws equal: the value falls nowhere from one point of the input to the next."""
    source = next((q for q in run.compiled.quantities if q.name == name), None)
    if test is None or source is None or run.compiled.program is None:
        return _undecided(check, run, "not-reached")
    places = (_place(test), Place(name, source.fold))
    program = prune(run.compiled.program, {(p.name, p.fold) for p in places})
    points = [float(quantile(share)) for share in POINTS]
    paths = min(compares.paths, MOST_TRIED)
    values, inputs = pinned(program, places, name=name, values=points, paths=paths, seed=compares.seed)
    rising = np.argsort(inputs.mean(axis=1), kind="stable")  # the options of a choice stand in the order of names
    lower, higher = values[rising[:-1]], values[rising[1:]]
    used = int((~np.isnan(higher - lower)).any(axis=0).sum())
    if used == 0:
        return _undecided(check, run, "never-asked")
    falls = lower - higher > ROUNDING * np.abs(lower)
    share = float(falls.any(axis=0).sum()) / used
    decided = replace(_decided(check, run, holds=share == 0, figure=1.0 - share, used=used), at_least=1.0)
    if share == 0:
        return decided
    first = int(np.argmax(falls.any(axis=1)))
    return replace(decided, falls_between=(POINTS[rising[first]], POINTS[rising[first + 1]]))


def _better(check: Check, better: Better, run: PlanRun, compares: Compares) -> CheckResult:
    plans = [next((p for p in compares.plans if p.case.plan == name), None) for name in (better.plan, better.than)]
    tests = [next((t for t in p.tests if t.name == check.head.name), None) if p is not None else None for p in plans]
    (first, second), (one, other) = plans, tests
    if first is None or second is None or one is None or other is None:
        return _undecided(check, run, "plans-not-run")
    values = compares.values(first, _place(one))
    others = values if _same(first, one, second, other) else compares.values(second, _place(other))
    both = min(len(values), len(others))
    pair = pair_of(values[:both], others[:both])
    if pair is None:
        return _undecided(check, run, "never-asked")
    least = amount(better.at_least, make_scope(run.case))
    holds = least is not None and pair.first_higher >= float(least[0])
    decided = _decided(check, run, holds=holds, figure=pair.first_higher, used=pair.used)
    return replace(decided, at_least=float(least[0]) if least is not None else None)


def _same(first: Compiled, one: Test, second: Compiled, other: Test) -> bool:
    """Whether two plans compute what they are compared by alike: then it is the same, wherever else paths stop."""
    pairs = ((first.program, one), (second.program, other))
    programs = [prune(program, {(test.series, test.fold)}) for program, test in pairs if program is not None]
    return len(programs) == 2 and alike(*programs)
