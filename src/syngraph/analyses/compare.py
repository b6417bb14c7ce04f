"""Two plans on the same draws, quantity by quantity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from syngraph.analyses.alike import alike
from syngraph.analyses.figures import OVER, Figure, Figures, Fold, Pair, days_of, found, measured, statistic_of
from syngraph.analyses.periods import WITHIN, Period, asked_period, fold_within, period_of, whole, within
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.dates import Interval
from syngraph.base.errors import RunStopped
from syngraph.base.units import FRACTION
from syngraph.compile.case import Compiled
from syngraph.graph.kinds import Kind
from syngraph.ir.program import Program
from syngraph.ir.prune import prune
from syngraph.model.asked import PAID, Asked, PartOf, PresentValue, Received, asked_of, text_of
from syngraph.run.results import Place, pair_of, pairs, together

_WHOLE = (Fold.CUMULATIVE, Fold.TOTAL, Fold.FINAL, Fold.YEAR_END)
_WITHIN = (Fold.YEAR_SUM, Fold.YEAR_END, Fold.YEAR_MEAN)
MOST_LOOKED_AT = 300
_YEARLY = frozenset({Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.YEAR_RATIO, Fold.YEAR_END, Fold.CUMULATIVE})


@dataclass(frozen=True, slots=True)
class Compared:
    """A series to compare: in one period, or at the end of the run."""

    asked: Asked
    fold: Fold
    unit: str
    period: Interval | None = None

    @property
    def name(self) -> str:
        """The name of the series."""
        return text_of(self.asked)

    @property
    def asked_as(self) -> str:
        """The name, with the period if there is one."""
        return self.name if self.period is None else f"{self.name}@{self.period.text}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A compared series with its paired figures; None where no path has it under both plans.

    `plans` are their names, `days` what it is of; `ran` is what the runs of the plans say of it, if they know its days;
    `under` is the record and the reading in use instead of the usual one, None for the case as it stands.
    """

    what: Compared
    pair: Pair | None
    plans: tuple[str, str]
    days: Period | None
    under: tuple[str, str] | None = None
    ran: tuple[Figure, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What each plan gives, as a run of it says; nothing where no path has it under both."""
        if self.pair is None or self.ran:
            return self.ran if self.pair is not None else ()
        what, pair = self.what, self.pair
        about = self.days, OVER[what.fold], what.unit, statistic_of(what.unit)
        empty = (Figure(what.asked, p, *about, None, paths=n) for p, n in zip(self.plans, pair.counted, strict=True))
        return tuple(measured(*one) for one in zip(empty, pair.means, pair.each, strict=True))

    @property
    def gap(self) -> Figure | None:
        """The difference, second plan against first, on the paths that both have."""
        if self.pair is None:
            return None
        what, statistic = self.what, statistic_of(self.what.unit)
        unit = FRACTION if what.unit == "truth" else what.unit
        empty = Figure(what.asked, "", self.days, OVER[what.fold], unit, statistic, None, paths=self.pair.used)
        return measured(empty, self.pair.difference, self.pair.quantiles)

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
        one = _series(a, text)
        if one is None or not _has(b, one):
            return (), text
        chosen.append(one)
    return tuple(chosen), ""


def periods_asked(asked: Sequence[str]) -> tuple[Interval, ...]:
    """The periods of what is asked for as NAME@DATE; what is no period is left out."""
    given = (_parted(text)[1] for text in asked)
    return tuple(period for period in given if period is not None)


def _parted(text: str) -> tuple[str, Interval | None, bool]:
    """The name, the period, and whether one was meant."""
    name, at, date = text.partition("@")
    return name, asked_period(date) if at else None, bool(at)


def _series(run: PlanRun, text: str) -> Compared | None:
    name, period, meant = _parted(text)
    if meant and period is None:
        return None
    quantities = {q.name: q for q in run.compiled.quantities}
    quantity = quantities.get(name) or quantities.get(text_of(PartOf(name, PAID)))
    if quantity is not None:
        fold = Fold.CUMULATIVE if quantity.kind is Kind.FLOW and period is None else quantity.fold
        return _checked(run, PartOf(quantity.unit, quantity.part), fold, period)
    folds = _WHOLE if period is None else _WITHIN
    return next((c for f in folds if (c := _checked(run, asked_of(name), f, period)) is not None), None)


def _checked(run: PlanRun, asked: Asked, fold: Fold, period: Interval | None) -> Compared | None:
    series = found(run, asked, fold)
    return Compared(asked, fold, series.unit, period) if series is not None else None


def _has(run: PlanRun, one: Compared) -> bool:
    return found(run, one.asked, one.fold) is not None


def _usual(a: PlanRun, b: PlanRun) -> tuple[Compared, ...]:
    """What each party receives (at present value, if there is a discount rate), and the stocks of money at the end."""
    got = [Received(p.head.name) for p in a.case.parties]
    if a.case.discount is None:
        usual = [_checked(a, asked, Fold.CUMULATIVE, None) for asked in got]
    else:
        usual = [_checked(a, PresentValue(asked), Fold.TOTAL, None) for asked in got]
    stocks = [PartOf(m.head.name) for m in a.case.measures if m.kind == "stock"]
    levels = [_checked(a, asked, Fold.YEAR_END, None) for asked in stocks]
    usual += [level for level in levels if level is not None and level.unit == a.case.currency]
    return tuple(u for u in usual if u is not None and _has(b, u))


def differences(study: Study, a: PlanRun, b: PlanRun, wanted: Sequence[Compared]) -> tuple[Difference, ...]:
    """The paired figures of each series, first plan against second."""
    ends = Figures(a), Figures(b)
    rows = figures(study, a.compiled, b.compiled, wanted)
    return tuple(replace(row, ran=tuple(_ran(ends, row.what))) for row in rows)


def _ran(ends: Sequence[Figures], what: Compared) -> Iterator[Figure]:
    """What both runs say of the end, or of the calendar year asked for; nothing of other days."""
    for end in ends:
        series = found(end.run, what.asked, what.fold)
        if series is None:
            continue
        if what.period is None:
            yield end.of(series)
        else:
            yield from (end.of(series, i) for i, y in enumerate(series.columns) if what.period.text == str(y))


def figures(
    study: Study, a: Compiled, b: Compiled, wanted: Sequence[Compared], *, under: tuple[str, str] | None = None
) -> tuple[Difference, ...]:
    """The same of two compiled plans; series one of them does not have are left out.

    RunStopped if the grid does not have a period that is asked for.
    """
    kept = [w for w in wanted if _kept(a, w) and _kept(b, w)]
    paired: dict[Compared, Pair | None] = {}
    days: dict[Compared, Period | None] = {}
    for period in dict.fromkeys(w.period for w in kept):
        group = [w for w in kept if w.period == period]
        programs, column = _programs((a, b), group, period)
        places = [_place(w, column) for w in group]
        paired |= zip(group, _paired(study, programs, places), strict=True)
        days |= {one: _days(one, programs[0]) for one in group}
    plans = a.case.plan, b.case.plan
    return tuple(Difference(one, paired[one], plans, days[one], under) for one in kept)


def _days(what: Compared, program: Program) -> Period | None:
    """The days a series is compared in: those asked for, or the last year, or all."""
    if what.period is not None:
        own = period_of(program, what.period)
        return own.end if what.fold is Fold.YEAR_END else own
    last = whole([s for s in program.segments if s.year == program.years[-1]])
    return days_of(what.fold, last if what.fold in _YEARLY else None, whole(program.segments))


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


def _paired(study: Study, programs: Sequence[Program], places: Sequence[Place]) -> list[Pair | None]:
    """The figures of each place. What both plans compute alike is run once, the same wherever else their paths stop."""
    same = [p for p in places if alike(*(prune(one, {(p.name, p.fold)}) for one in programs))] if _few(places) else []
    apart = [p for p in places if p not in same]
    found: dict[Place, Pair | None] = {}
    if same:
        program = prune(programs[0], {(p.name, p.fold) for p in same})
        values = together([(program, {})], same, paths=study.paths, seed=study.seed)[:, 0]
        found |= {place: pair_of(row, row) for place, row in zip(same, values, strict=True)}
    if apart:
        left = [prune(one, {(p.name, p.fold) for p in apart}) for one in programs]
        found |= zip(apart, pairs(left, apart, paths=study.paths, seed=study.seed), strict=True)
    return [found[place] for place in places]


def _few(places: Sequence[Place]) -> bool:
    """Whether there are so few that to look at the program of each takes less time than to run them."""
    return len(places) <= MOST_LOOKED_AT


def _place(what: Compared, column: int) -> Place:
    """Where a series stands; one that is a single value has one column."""
    fold = fold_within(what.fold, what.period)
    return Place(what.name, fold, column if fold in _YEARLY else -1)


def _kept(one: Compiled, what: Compared) -> bool:
    outputs = one.program.outputs if one.program is not None else ()
    return any(o.name == what.name and o.fold is what.fold for o in outputs)
