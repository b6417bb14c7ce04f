"""The sections about money: headline answers, plans side by side, payments, levels and dependence."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.figures import Fold, Series, found
from syngraph.analyses.streams import Level, Stream, levels, streams
from syngraph.analyses.study import PlanRun
from syngraph.base.texts import LANGUAGES
from syngraph.graph.names import UNDISTRIBUTED
from syngraph.model.asked import Asked, Happened, PartOf, PresentValue, Received, text_of
from syngraph.present.numbers import figure
from syngraph.present.report.charts import Tick, fan, round_ticks
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.view import Row, View, by_plan, by_year, grid, section


def receipts(run: PlanRun) -> list[tuple[str, Series]]:
    """What each party receives in all, the most first."""
    parties = [p.head.name for p in run.case.parties]
    rows = [(party, s) for party in parties if (s := found(run, Received(party), Fold.CUMULATIVE))]
    return sorted(rows, key=lambda r: -float(r[1].mean[-1]))


def summary(view: View) -> Tag:
    """Who receives most, and four key numbers."""
    run = view.study.first
    rows = receipts(run)
    if not rows:
        return section(view, "summary", view.words("summary.nothing"))
    top, series = rows[0]
    fills = {"party": view.party(top), "year": str(series.columns[-1])}
    amount = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    answer = view.sentence("summary.answer", amount=amount, range=view.range(run, series), **fills)
    cards = [_card(view, run, party, series) for party, series in rows[:4]]
    return section(view, "summary", answer, tag("div", *cards, class_="cards"))


def _card(view: View, run: PlanRun, party: str, series: Series) -> Tag:
    number = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    worth = found(run, PresentValue(Received(party)), Fold.TOTAL)
    value: tuple[Markup, ...] = ()
    if worth is not None:
        shown = view.figure(run, worth.name, float(worth.mean[0]), worth.unit)
        value = (tag("small", view.words("summary.present_value"), " ", shown),)
    label = tag("p", view.words("summary.received", party=view.party(party)))
    spread = tag("small", view.range(run, series))
    return tag("div", label, tag("p", number, class_="big"), spread, *value, *view.weakest(run, series.name))


def plans(view: View) -> Tag:
    """Every plan beside the others, on the same draws."""
    runs = view.study.runs
    rows: list[list[Tag]] = []
    for asked, label, fold, column in _compared(view):
        cells = [view.cell(r, found(r, asked, fold), column) for r in runs]
        rows.append([tag("th", label, scope="row"), *cells])
    table = grid([view.words("plans.quantity"), *(view.plan(r) for r in runs)], rows)
    if len(runs) < 2:
        return section(view, "plans", view.words("plans.one"), table)
    return section(view, "plans", _plans_answer(view), tag("p", view.words("plans.same")), table)


def _plans_answer(view: View) -> str | tuple[Markup, ...]:
    """Under which plan the party that receives most receives most."""
    rows = receipts(view.study.first)
    asked = PresentValue(Received(rows[0][0] if rows else ""))
    worths = [(float(s.mean[0]), r, s.unit) for r in view.study.runs if (s := found(r, asked, Fold.TOTAL)) is not None]
    if not worths:
        return view.words("plans.no_discount")
    worth, best, unit = max(worths, key=lambda w: w[0])
    amount = view.figure(best, text_of(asked), worth, unit)
    return view.sentence("plans.answer", party=view.party(rows[0][0]), plan=view.plan(best), amount=amount)


def _compared(view: View) -> Iterator[tuple[Asked, str, Fold, int]]:
    """The series of the table of plans: what is asked for, label, fold and column."""
    run = view.study.first
    for party, _ in receipts(run):
        label = view.words("plans.worth", party=view.party(party))
        yield PresentValue(Received(party)), label, Fold.TOTAL, 0
    for measure in run.case.measures:
        asked = PartOf(measure.head.name)
        series = found(run, asked, Fold.YEAR_END)
        if measure.kind == "stock" and series is not None and series.unit == run.case.currency:
            name = view.name(measure.title, measure.head.name)
            label = view.words("plans.at_end", name=name, year=str(series.columns[-1]))
            yield asked, label, Fold.YEAR_END, -1
    for event in run.case.events:
        happened = Happened(event.head.name)
        if any(found(r, happened, Fold.YEAR_END) for r in view.study.runs):
            title = view.name(event.title, event.head.name)
            yield happened, view.words("plans.chance", name=title), Fold.YEAR_END, -1


def payments(view: View) -> Tag:
    """Every stream of money by year, with its range, under every plan."""
    run = view.study.first
    totals = [(s, t) for s in streams(run) if (t := found(run, s.asked, Fold.CUMULATIVE)) is not None]
    stream, total = max(totals, key=lambda t: float(t[1].mean[-1]), default=(None, None))
    if stream is None or total is None or float(total.mean[-1]) <= 0:
        return section(view, "payments", view.words("payments.nothing"))
    amount = view.figure(run, stream.name, float(total.mean[-1]), total.unit)
    parties = {"payer": view.party(stream.payer), "payee": view.party(stream.payee)}
    answer = view.sentence("payments.answer", amount=amount, **parties)
    return section(view, "payments", answer, *by_plan(view, "payments", lambda r: _streams(view, r)))


def _streams(view: View, run: PlanRun) -> list[Markup]:
    """What flows under a plan, as a table and as charts; then what does not."""
    flows: list[Row] = []
    charts: list[Tag] = []
    none: list[Markup] = []
    for stream in streams(run):
        yearly, total = found(run, stream.asked, Fold.YEAR_SUM), found(run, stream.asked, Fold.CUMULATIVE)
        if yearly is None or total is None:
            continue
        if not total.mean.any():
            none.append(view.origin(run, stream.name, _name(view, stream)))
            continue
        parties = tag("small", f"{view.party(stream.payer)} → {view.party(stream.payee)}")
        flows.append(Row((_name(view, stream), parties), yearly, total))
        charts += _chart(view, stream, total)
    idle = [part for one in none for part in (view.words("separator"), one)][1:]
    nothing = (tag("p", *view.sentence("payments.none", names=tag("span", *idle))),) if idle else ()
    table = (by_year(view, run, flows, total=view.words("payments.total")),) if flows else ()
    return [*table, tag("div", *charts, class_="charts"), *nothing]


def _name(view: View, stream: Stream) -> str:
    return view.name(stream.title, stream.name)


def _chart(view: View, stream: Stream, total: Series) -> Iterator[Tag]:
    if float(total.quantiles[:, -1].max()) > float(total.quantiles[:, 0].min()):
        name = _name(view, stream)
        chart = fan(view.drawings, total, view.words("payments.chart", name=name), _ticks(view, total), _index(view))
        yield tag("figure", tag("figcaption", name), chart)


def _index(view: View) -> int:
    return LANGUAGES.index(view.language)


def _ticks(view: View, series: Series) -> list[Tick]:
    values = round_ticks(float(series.quantiles[:, 0].min()), float(series.quantiles[:, -1].max()))
    return [(v, tuple(figure(v, series.unit, language, clock=view.clock) for language in LANGUAGES)) for v in values]


def supply(view: View) -> Tag | None:
    """Capacities shared among suppliers, and what nobody supplies."""
    run = view.study.first
    if not any(_supplied(run)):
        return None
    missing = [(level, s) for level in _supplied(run) for p, s in level.parts if p == UNDISTRIBUTED and s.mean[-1] > 0]
    answer: str | tuple[Markup, ...] = view.words("supply.all_met")
    if missing:
        level, series = missing[0]
        amount = view.figure(run, series.name, float(series.mean[-1]), series.unit)
        fills = {"party": view.party(level.waterfall.of), "year": str(level.years[-1])}
        answer = view.sentence("supply.answer", amount=amount, **fills)
    return section(view, "supply", answer, *by_plan(view, "supply", lambda r: _levels(view, r, "supply", _supplied(r))))


def claims(view: View) -> Tag | None:
    """Levels of money: who would have a claim on what."""
    run = view.study.first
    shares = [(level, p, s) for level in _claimed(run) for p, s in level.parts if p != UNDISTRIBUTED]
    if not shares:
        return None
    level, party, series = max(shares, key=lambda s: float(s[2].mean[-1]))
    amount = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    fills = {"party": view.party(party), "of": view.party(level.waterfall.of), "year": str(level.years[-1])}
    answer = view.sentence("claims.answer", amount=amount, **fills)
    return section(view, "claims", answer, *by_plan(view, "claims", lambda r: _levels(view, r, "claims", _claimed(r))))


def _supplied(run: PlanRun) -> list[Level]:
    return [level for level in levels(run) if level.unit != run.case.currency]


def _claimed(run: PlanRun) -> list[Level]:
    return [level for level in levels(run) if level.unit == run.case.currency]


def _levels(view: View, run: PlanRun, key: str, shown: Sequence[Level]) -> list[Markup]:
    parts: list[Markup] = []
    for level in shown:
        rows = [Row((view.party(part, f"{key}.rest"),), series) for part, series in level.parts]
        title = view.name(level.waterfall.title, level.waterfall.head.name)
        parts += [tag("h3", title), by_year(view, run, rows)]
    return parts


def dependence(view: View) -> Tag | None:
    """How much each party depends on another."""
    run = view.study.first
    rows = _dependences(view, run)
    if not rows:
        return None
    (_, parties), series = max(rows, key=lambda r: float(r[1].mean[-1]))
    share = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    answer = view.sentence("dependence.answer", parties=parties, share=share, year=str(series.columns[-1]))
    return section(view, "dependence", answer, *by_plan(view, "dependence", lambda r: _dependence_table(view, r)))


def _dependence_table(view: View, run: PlanRun) -> list[Markup]:
    return [by_year(view, run, [Row((n, tag("small", p)), s) for (n, p), s in _dependences(view, run)])]


def _dependences(view: View, run: PlanRun) -> list[tuple[tuple[str, str], Series]]:
    """Name, who depends on whom, and the share over time."""
    rows = []
    for one in run.case.dependences:
        quantity = next((q for q in run.compiled.quantities if q.name == one.head.name), None)
        series = found(run, PartOf(one.head.name), quantity.fold) if quantity else None
        if series is not None:
            name = view.name(one.title, one.head.name)
            rows.append(((name, f"{view.party(one.of)} → {view.party(one.on)}"), series))
    return rows
