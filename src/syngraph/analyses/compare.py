"""Two plans on the same draws, quantity by quantity."""

from collections.abc import Sequence
from dataclasses import dataclass

from syngraph.analyses.streams import found
from syngraph.analyses.study import PlanRun, Study
from syngraph.compile.case import Compiled
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold
from syngraph.ir.prune import prune
from syngraph.run.results import Pair, Place, pairs


@dataclass(frozen=True, slots=True)
class Compared:
    """A series to compare: one of its years, or its end."""

    name: str
    fold: Fold
    unit: str
    year: int | None = None


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
    """The series to compare, and the first name asked for that neither plan has."""
    if not asked:
        return _usual(a, b), ""
    chosen = []
    for text in asked:
        name, _, year = text.partition("@")
        one = _series(a, name, int(year) if year.isdecimal() else None) if not year or year.isdecimal() else None
        if one is None or not _has(b, one):
            return (), text
        chosen.append(one)
    return tuple(chosen), ""


def _series(run: PlanRun, name: str, year: int | None) -> Compared | None:
    quantity = next((q for q in run.compiled.quantities if q.name in (name, f"{name}.paid")), None)
    if quantity is not None:
        fold = Fold.CUMULATIVE if quantity.kind is Kind.FLOW and year is None else quantity.fold
        return _checked(run, quantity.name, fold, year)
    folds = (Fold.CUMULATIVE if year is None else Fold.YEAR_SUM, Fold.TOTAL, Fold.FINAL, Fold.YEAR_END)
    return next((c for f in folds if (c := _checked(run, name, f, year)) is not None), None)


def _checked(run: PlanRun, name: str, fold: Fold, year: int | None) -> Compared | None:
    series = found(run, name, fold)
    if series is None or (year is not None and year not in series.columns):
        return None
    return Compared(name, fold, series.unit, year)


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
    """The same of two compiled plans; series one of them does not have are left out."""
    kept = [w for w in wanted if _kept(a, w) and _kept(b, w)]
    names = {(one.name, one.fold) for one in kept}
    programs = [prune(c.program, names) for c in (a, b) if c.program is not None]
    years = programs[0].years
    places = [Place(w.name, w.fold, -1 if w.year is None else years.index(w.year)) for w in kept]
    paired = pairs(programs, places, paths=study.paths, seed=study.seed)
    return tuple(Difference(one, pair, under) for one, pair in zip(kept, paired, strict=True))


def _kept(one: Compiled, what: Compared) -> bool:
    outputs = one.program.outputs if one.program is not None else ()
    return any(o.name == what.name and o.fold is what.fold for o in outputs)
