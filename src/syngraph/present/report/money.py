"""The sections about money: headline answers, plans side by side, payments, levels and dependence."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.figures import Figure, Fold, Series, found
from syngraph.analyses.leading import First, first, ranked
from syngraph.analyses.streams import Level, Stream, levels, receipts, streams
from syngraph.analyses.study import PlanRun
from syngraph.base.texts import LANGUAGES
from syngraph.graph.names import UNDISTRIBUTED
from syngraph.model.asked import Asked, Happened, PartOf, PresentValue, Received
from syngraph.present.figures import share_text
from syngraph.present.numbers import day_text, figure
from syngraph.present.report.charts import Tick, fan, round_ticks
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.view import Row, View, by_plan, by_year, grid, section


def summary(view: View) -> Tag:
    """What is received most, if that can be said, and four key numbers."""
    run = view.study.first
    rows = receipts(run)
    if not rows:
        return section(view, "summary", view.words("summary.nothing"))
    best = first([(run, shown, Fold.CUMULATIVE) for _, shown in rows]) if len(rows) > 1 else None
    party, shown = rows[best.index if best is not None else 0]
    fills = {"party": view.party(party), "day": _last_day(view, shown), "amount": view.figure(run, shown)}
    answer = _most(view, "summary", best, plan=view.plan(run), **fills)
    cards = [_card(view, run, party, shown) for party, shown in rows[:4]]
    return section(view, "summary", answer, tag("div", *cards, class_="cards"))


def _most(view: View, key: str, best: First | None, **fills: Markup) -> tuple[Markup, ...]:
    """The sentence that names the first with its share of the paths, or the one that only names a figure."""
    if best is None:
        return view.sentence(f"{key}.plain", **fills)
    return view.sentence(f"{key}.answer", share=share_text(best.share, view.said), **fills)


def _last_day(view: View, shown: Figure) -> str:
    return day_text(shown.period.last, view.language) if shown.period is not None else ""


def _card(view: View, run: PlanRun, party: str, shown: Figure) -> Tag:
    worth = view.origins.figures(run).found(PresentValue(Received(party)), Fold.TOTAL)
    value: tuple[Markup, ...] = ()
    if worth is not None:
        value = (tag("small", view.words("summary.present_value"), " ", view.figure(run, worth)),)
    units = [view.party(p.head.name) for p in run.case.parties if p.part_of == party]
    key = "summary.received_with" if units else "summary.received"
    label = tag("p", view.words(key, party=view.party(party), units=view.listed(units)))
    number = tag("p", view.origin(run, shown.name, view.number(shown)), class_="big")
    spread = view.origin(run, shown.name, tag("small", view.words("summary.median")), *view.beside(shown))
    return tag("div", label, number, spread, *value, *view.weakest(run, shown.name))


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
    """Under which plan the party that receives most receives most, if that is so on more than half of the paths."""
    rows = receipts(view.study.first)
    asked = PresentValue(Received(rows[0][0] if rows else ""))
    worths = [(r, f, Fold.TOTAL) for r in view.study.runs if (f := view.origins.figures(r).found(asked, Fold.TOTAL))]
    best = first(worths)
    if best is None:
        return view.words("plans.plain" if worths else "plans.no_discount")
    run, shown, _ = worths[best.index]
    share = share_text(best.share, view.said)
    fills = {"party": view.party(rows[0][0]), "plan": view.plan(run), "amount": view.figure(run, shown)}
    return view.sentence("plans.answer", share=share, **fills)


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
    named = {s.name: s for s in streams(run)}
    totals = ranked(f for s in named.values() if (f := view.origins.figures(run).found(s.asked, Fold.CUMULATIVE)))
    if not totals or not totals[0].mean:
        return section(view, "payments", view.words("payments.nothing"))
    best = first([(run, shown, Fold.CUMULATIVE) for shown in totals]) if len(totals) > 1 else None
    shown = totals[best.index if best is not None else 0]
    stream = named[shown.name]
    parties = {"payer": view.party(stream.payer), "payee": view.party(stream.payee)}
    fills = {"plan": view.plan(run), "day": _last_day(view, shown), "amount": view.figure(run, shown)}
    answer = _most(view, "payments", best, **parties, **fills)
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
        amount = view.figure(run, view.shown(run, series))
        fills = {"party": view.party(level.waterfall.of), "year": str(level.years[-1]), "plan": view.plan(run)}
        answer = view.sentence("supply.answer", amount=amount, **fills)
    return section(view, "supply", answer, *by_plan(view, "supply", lambda r: _levels(view, r, "supply", _supplied(r))))


def claims(view: View) -> Tag | None:
    """Levels of money: who would have a claim on what."""
    run = view.study.first
    shares = [(level, p, s) for level in _claimed(run) for p, s in level.parts if p != UNDISTRIBUTED]
    if not shares:
        return None
    named = {series.name: (level, party) for level, party, series in shares}
    claimed = ranked(view.shown(run, series) for _, _, series in shares)
    best = first([(run, shown, Fold.YEAR_END) for shown in claimed]) if len(claimed) > 1 else None
    shown = claimed[best.index if best is not None else 0]
    level, party = named[shown.name]
    fills = {"party": view.party(party), "of": view.party(level.waterfall.of), "year": str(level.years[-1])}
    answer = _most(view, "claims", best, amount=view.figure(run, shown), plan=view.plan(run), **fills)
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
    named = {series.name: (parties, series) for (_, parties), series in rows}
    shares = ranked(view.shown(run, series) for _, series in rows)
    best = first([(run, shown, named[shown.name][1].fold) for shown in shares]) if len(shares) > 1 else None
    shown = shares[best.index if best is not None else 0]
    parties, series = named[shown.name]
    fills = {"parties": parties, "year": str(series.columns[-1]), "plan": view.plan(run)}
    answer = _most(view, "dependence", best, amount=view.figure(run, shown), **fills)
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
