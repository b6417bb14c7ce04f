"""How each check stands under a plan."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

import numpy as np

from syngraph.analyses.study import CheckResult, Holding, PlanRun
from syngraph.compile.case import Compiled
from syngraph.compile.checks import Test
from syngraph.compile.constants import amount
from syngraph.compile.scope import make_scope
from syngraph.ir.prune import prune
from syngraph.model.checks import Better, Chance, Check, Increasing, Level, Proven
from syngraph.run.normal import quantile
from syngraph.run.results import Place, paired, together

POINTS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)  # of the input's distribution, at which `increasing` is tried
MOST_TRIED = 8_192  # paths at each of them: seven runs of all would cost more than all else a run answers
ROUNDING = 1e-9  # what sums of the same amounts in other parts may differ by


def verdicts(run: PlanRun, plans: Sequence[Compiled], *, paths: int, seed: int) -> tuple[CheckResult, ...]:
    """All checks for this plan, in the order of names; `plans` are all plans, which some checks compare."""
    return tuple(
        _verdict(check, run, plans, paths=paths, seed=seed)
        for check in run.case.checks
        if not check.plans or run.case.plan in check.plans
    )


def _verdict(check: Check, run: PlanRun, plans: Sequence[Compiled], *, paths: int, seed: int) -> CheckResult:
    test = next((t for t in run.compiled.tests if t.name == check.head.name), None)
    match check.prop:
        case Proven():
            return _undecided(check, run, "needs-prover")
        case Chance() | Level():
            return _by_series(check, run, test) if test else _undecided(check, run, "not-reached")
        case Increasing(assumption=name):
            return _increasing(check, run, test, name, paths=paths, seed=seed)
        case Better() as better:
            return _better(check, better, run, plans, paths=paths, seed=seed)
        case _:
            assert_never(check.prop)


def _undecided(check: Check, run: PlanRun, reason: str) -> CheckResult:
    return CheckResult(check.head.name, run.case.plan, Holding.UNDECIDED, failed=False, reason=reason)


def _decided(check: Check, run: PlanRun, *, holds: bool, figure: float, used: int, unit: str = "") -> CheckResult:
    """A breach that `breaks_in` expects is no failure; that it does not come is one. Without a unit it is a share."""
    expected = run.case.plan in check.breaks_in
    holding = Holding.HOLDS if holds else Holding.VIOLATED
    return CheckResult(check.head.name, run.case.plan, holding, holds == expected, expected, figure, unit, used)


def _by_series(check: Check, run: PlanRun, test: Test) -> CheckResult:
    series = run.result.get(test.series, test.fold)
    used = int(series.used[0])
    if used == 0:
        return _undecided(check, run, "never-asked")
    figure, unit = float(series.mean[0]), series.unit
    if test.at_least is None and test.at_most is None:
        return _decided(check, run, holds=figure == 1.0, figure=figure, used=used, unit=unit)
    holds = (test.at_least is None or figure >= test.at_least) and (test.at_most is None or figure <= test.at_most)
    return _decided(check, run, holds=holds, figure=figure, used=used, unit=unit)


def _increasing(check: Check, run: PlanRun, test: Test | None, name: str, *, paths: int, seed: int) -> CheckResult:
    """On every path tried, all other draws equal: the value falls nowhere from one point of the input to the next."""
    source = next((q for q in run.compiled.quantities if q.name == name), None)
    if test is None or source is None or run.compiled.program is None:
        return _undecided(check, run, "not-reached")
    places = (Place(test.series, test.fold), Place(name, source.fold))
    program = prune(run.compiled.program, {(p.name, p.fold) for p in places})
    pinned = [(program, {name: float(quantile(share))}) for share in POINTS]
    values, inputs = together(pinned, places, paths=min(paths, MOST_TRIED), seed=seed)
    rising = np.argsort(inputs.mean(axis=1), kind="stable")  # the options of a choice stand in the order of names
    lower, higher = values[rising[:-1]], values[rising[1:]]
    used = int((~np.isnan(higher - lower)).any(axis=0).sum())
    if used == 0:
        return _undecided(check, run, "never-asked")
    falls = lower - higher > ROUNDING * np.abs(lower)
    share = float(falls.any(axis=0).sum()) / used
    decided = _decided(check, run, holds=share == 0, figure=1.0 - share, used=used)
    if share == 0:
        return decided
    first = int(np.argmax(falls.any(axis=1)))
    return replace(decided, falls_between=(POINTS[rising[first]], POINTS[rising[first + 1]]))


def _better(
    check: Check, better: Better, run: PlanRun, plans: Sequence[Compiled], *, paths: int, seed: int
) -> CheckResult:
    programs = [next((c for c in plans if c.case.plan == p), None) for p in (better.plan, better.than)]
    tests = [next((t for t in c.tests if t.name == check.head.name), None) for c in programs if c]
    if len(tests) < 2 or None in tests or any(c is None or c.program is None for c in programs):
        return _undecided(check, run, "plans-not-run")
    test = tests[0]
    assert test is not None
    pruned = [prune(c.program, {(test.series, test.fold)}) for c in programs if c and c.program]
    pair = paired(pruned, name=test.series, fold=test.fold, paths=paths, seed=seed)
    least = amount(better.at_least, make_scope(run.case))
    holds = least is not None and pair.first_higher >= float(least[0])
    return _decided(check, run, holds=holds, figure=pair.first_higher, used=pair.used)
