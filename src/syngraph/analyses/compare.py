"""Two plans on the same draws, quantity by quantity."""

from collections.abc import Sequence
from dataclasses import dataclass

from syngraph.analyses.study import PlanRun, Study
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold
from syngraph.ir.prune import prune
from syngraph.run.results import Pair, paired


@dataclass(frozen=True, slots=True)
class Compared:
    """A series to compare: one of its years, or its end."""

    name: str
    fold: Fold
    unit: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A compared series with its paired figures; None where no path has it under both plans."""

    what: Compared
    pair: Pair


def compared(a: PlanRun, b: PlanRun, asked: Sequence[str]) -> tuple[tuple[Compared, ...], str]:
    """The series to compare, and the first name asked for that neither plan has."""
    if not asked:
        return _usual(a, b), ""
    found = []
    for text in asked:
        name, _, year = text.partition("@")
        one = _series(a, name, int(year) if year.isdecimal() else None) if not year or year.isdecimal() else None
        if one is None or not _has(b, one):
            return (), text
        found.append(one)
    return tuple(found), ""


def _series(run: PlanRun, name: str, year: int | None) -> Compared | None:
    quantity = next((q for q in run.compiled.quantities if q.name in (name, f"{name}.paid")), None)
    if quantity is not None:
        fold = Fold.CUMULATIVE if quantity.kind is Kind.FLOW and year is None else quantity.fold
        return _checked(run, quantity.name, fold, year)
    folds = (Fold.CUMULATIVE if year is None else Fold.YEAR_SUM, Fold.TOTAL, Fold.FINAL, Fold.YEAR_END)
    return next((c for f in folds if (c := _checked(run, name, f, year)) is not None), None)


def _checked(run: PlanRun, name: str, fold: Fold, year: int | None) -> Compared | None:
    for series in run.result.series:
        if series.name == name and series.fold is fold:
            known = year is None or year in series.columns
            return Compared(name, fold, series.unit, year) if known else None
    return None


def _has(run: PlanRun, one: Compared) -> bool:
    return any(s.name == one.name and s.fold is one.fold for s in run.result.series)


def _usual(a: PlanRun, b: PlanRun) -> tuple[Compared, ...]:
    """What each party receives (at present value, if there is a discount rate), and the stocks of money at the end."""
    start, fold = ("received(", Fold.CUMULATIVE) if a.case.discount is None else ("present_value(received(", Fold.TOTAL)
    found = [Compared(s.name, s.fold, s.unit) for s in a.result.series if s.name.startswith(start) and s.fold is fold]
    currency = a.case.currency
    measures = {m.head.name for m in a.case.measures if m.kind == "stock"}
    found += [
        Compared(s.name, s.fold, s.unit)
        for s in a.result.series
        if s.name in measures and s.fold is Fold.YEAR_END and s.unit == currency
    ]
    return tuple(f for f in found if _has(b, f))


def differences(study: Study, a: PlanRun, b: PlanRun, wanted: Sequence[Compared]) -> tuple[Difference, ...]:
    """The paired figures of each series, first plan against second."""
    return tuple(Difference(one, _pair(study, a, b, one)) for one in wanted)


def _pair(study: Study, a: PlanRun, b: PlanRun, one: Compared) -> Pair:
    programs = [prune(r.compiled.program, {(one.name, one.fold)}) for r in (a, b) if r.compiled.program is not None]
    column = programs[0].years.index(one.year) if one.year is not None else -1
    return paired(programs, name=one.name, fold=one.fold, paths=study.paths, seed=study.seed, column=column)
