"""Two plans on the same draws, quantity by quantity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from syngraph.analyses.periods import WITHIN, asked_period, within
from syngraph.analyses.streams import found
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.dates import Interval
from syngraph.base.errors import RunStopped
from syngraph.compile.case import Compiled
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold, Program
from syngraph.ir.prune import prune
from syngraph.run.results import Pair, Place, pairs

_WHOLE = (Fold.CUMULATIVE, Fold.TOTAL, Fold.FINAL, Fold.YEAR_END)
_WITHIN = (Fold.YEAR_SUM, Fold.YEAR_END, Fold.YEAR_MEAN)


@dataclass(frozen=True, slots=True)
class Compared:
    """A series to compare: in one period, or at the end of the run."""

    name: str
    fold: Fold
    unit: str
    period: Interval | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A compared series with its paired figures; None where no path has it under both plans.

    `under` is the record and the reading in use instead of the usual one, None for the case as it stands.
    """

    what: Compared
    pair: Pair | None
    under: tuple[str, str] | None = None

    @property
    def differs(self) -> bool:
        """Whether the plans differ on any path."""
        return self.pair is not None and bool(self.pair.first_higher or self.pair.second_higher)


def compared(a: PlanRun, b: PlanRun, asked: Sequence[str]) -> tuple[tuple[Compared, ...], str]:
    """The series to compare, and the first name asked for that neither plan has, or has no such period."""
    if not asked:
        return _usual(a, b), ""
    chosen = []
    for text in asked:
        name, at, date = text.partition("@")
        period = asked_period(date) if at else None
        one = _series(a, name, period) if period is not None or not at else None
        if one is None or not _has(b, one):
            return (), text
        chosen.append(one)
    return tuple(chosen), ""


def _series(run: PlanRun, name: str, period: Interval | None) -> Compared | None:
    quantity = next((q for q in run.compiled.quantities if q.name in (name, f"{name}.paid")), None)
    if quantity is not None:
        fold = Fold.CUMULATIVE if quantity.kind is Kind.FLOW and period is None else quantity.fold
        return _checked(run, quantity.name, fold, period)
    folds = _WHOLE if period is None else _WITHIN
    return next((c for f in folds if (c := _checked(run, name, f, period)) is not None), None)


def _checked(run: PlanRun, name: str, fold: Fold, period: Interval | None) -> Compared | None:
    series = found(run, name, fold)
    return Compared(name, fold, series.unit, period) if series is not None else None


def _has(run: PlanRun, one: Compared) -> bool:
    return found(run, one.name, one.fold) is not None


def _usual(a: PlanRun, b: PlanRun) -> tuple[Compared, ...]:
    """What each party receives (at present value, if there is a discount rate), and the stocks of money at the end."""
    start, fold = ("received(", Fold.CUMULATIVE) if a.case.discount is None else ("present_value(received(", Fold.TOTAL)
    usual = [Compared(s.name, s.fold, s.unit) for s in a.result.series if s.name.startswith(start) and s.fold is fold]
    currency = a.case.currency
    measures = {m.head.name for m in a.case.measures if m.kind == "stock"}
    usual += [
        Compared(s.name, s.fold, s.unit)
        for s in a.result.series
        if s.name in measures and s.fold is Fold.YEAR_END and s.unit == currency
    ]
    return tuple(u for u in usual if _has(b, u))


def differences(study: Study, a: PlanRun, b: PlanRun, wanted: Sequence[Compared]) -> tuple[Difference, ...]:
    """The paired figures of each series, first plan against second."""
    return figures(study, a.compiled, b.compiled, wanted)


def figures(
    study: Study, a: Compiled, b: Compiled, wanted: Sequence[Compared], *, under: tuple[str, str] | None = None
) -> tuple[Difference, ...]:
    """The same of two compiled plans; series one of them does not have are left out.

    RunStopped if the grid does not have a period that is asked for.
    """
    kept = [w for w in wanted if _kept(a, w) and _kept(b, w)]
    paired: dict[Compared, Pair | None] = {}
    for period in dict.fromkeys(w.period for w in kept):
        group = [w for w in kept if w.period == period]
        programs, column = _programs((a, b), group, period)
        places = [Place(w.name, w.fold, column) for w in group]
        paired |= zip(group, pairs(programs, places, paths=study.paths, seed=study.seed), strict=True)
    return tuple(Difference(one, paired[one], under) for one in kept)


def _programs(
    plans: Sequence[Compiled], group: Sequence[Compared], period: Interval | None
) -> tuple[list[Program], int]:
    """What is to run, and the column of the period: the last one of the whole run."""
    names = {(one.name, one.fold) for one in group}
    pruned = [replace(c, program=prune(c.program, names)) for c in plans if c.program is not None]
    cut, wrong = within(pruned, period) if period is not None else (pruned, ())
    if wrong:
        raise RunStopped(wrong)
    programs = [c.program for c in cut if c.program is not None]
    return programs, -1 if period is None else programs[0].years.index(WITHIN)


def _kept(one: Compiled, what: Compared) -> bool:
    outputs = one.program.outputs if one.program is not None else ()
    return any(o.name == what.name and o.fold is what.fold for o in outputs)
