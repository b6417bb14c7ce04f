"""The sections about money: headline answers, plans side by side, payments, supply and dependence."""

from syngraph.analyses.streams import found, streams
from syngraph.analyses.study import PlanRun
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold
from syngraph.present.report.charts import fan, round_ticks
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.view import View, grid, section
from syngraph.run.results import Series


def party_name(view: View, run: PlanRun, name: str) -> str:
    """A party as its title says."""
    party = next((p for p in run.case.parties if p.head.name == name), None)
    return party.title.to(view.language) if party else name


def receipts(run: PlanRun) -> list[tuple[str, Series]]:
    """What each party receives in all, the most first."""
    rows = [
        (p.head.name, s) for p in run.case.parties if (s := found(run, f"received({p.head.name})", Fold.CUMULATIVE))
    ]
    return sorted(rows, key=lambda r: -float(r[1].mean[-1]))


def summary(view: View) -> Tag:
    """Who receives most, and four key numbers."""
    run = view.study.first
    rows = receipts(run)
    cards = [_card(view, run, party, series) for party, series in rows[:4]]
    if not rows:
        return section(view, "summary", view.words("summary.nothing"))
    top, series = rows[0]
    amount = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    known = {"party": party_name(view, run, top), "range": view.spread(series), "year": str(series.columns[-1])}
    answer = view.sentence("summary.answer", amount=amount, **known)
    return section(view, "summary", answer, tag("div", *cards, class_="cards"))


def _card(view: View, run: PlanRun, party: str, series: Series) -> Tag:
    number = view.figure(run, series.name, float(series.mean[-1]), series.unit)
    label = view.words("summary.received", party=party_name(view, run, party))
    worth = found(run, f"present_value(received({party}))", Fold.TOTAL)
    worn = view.weakest(run, series.name)
    value: tuple[Markup, ...] = ()
    if worth is not None:
        figure = view.figure(run, worth.name, float(worth.mean[0]), worth.unit)
        value = (tag("small", view.words("summary.present_value"), " ", figure),)
    return tag("div", tag("p", label), tag("p", number, class_="big"), tag("small", view.spread(series)), *value, *worn)


def plans(view: View) -> Tag:
    """Every plan beside the others, on the same draws."""
    runs = view.study.runs
    rows: list[list[Tag]] = []
    for name, label, fold, column in _compared(view):
        cells = [view.cell(r, found(r, name, fold), column) for r in runs]
        rows.append([tag("th", label, scope="row"), *cells])
    head = [view.words("plans.quantity"), *(plan_title(view, r) for r in runs)]
    if len(runs) < 2:
        return section(view, "plans", view.words("plans.one"), grid(head, rows))
    return section(view, "plans", _plans_answer(view), tag("p", view.words("plans.same")), grid(head, rows))


def plan_title(view: View, run: PlanRun) -> str:
    """A plan as its title says."""
    plan = next((p for p in run.case.plans if p.head.name == run.case.plan), None)
    return plan.title.to(view.language) if plan else run.case.plan


def _plans_answer(view: View) -> str | tuple[Markup, ...]:
    """Under which plan the party that receives most receives most."""
    party, _ = receipts(view.study.first)[0] if receipts(view.study.first) else ("", None)
    name = f"present_value(received({party}))"
    rows = [(float(s.mean[0]), r) for r in view.study.runs if (s := found(r, name, Fold.TOTAL)) is not None]
    if not rows:
        return view.words("plans.no_discount")
    best = max(rows, key=lambda r: r[0])
    amount = view.figure(best[1], name, best[0], view.study.first.case.currency)
    return view.sentence(
        "plans.answer", party=party_name(view, best[1], party), plan=plan_title(view, best[1]), amount=amount
    )


def _compared(view: View) -> list[tuple[str, str, Fold, int]]:
    run = view.study.first
    rows = [
        (f"present_value(received({p}))", view.words("plans.worth", party=party_name(view, run, p)), Fold.TOTAL, 0)
        for p, _ in receipts(run)
    ]
    for measure in run.case.measures:
        series = found(run, measure.head.name, Fold.YEAR_END)
        if measure.kind == "stock" and series is not None and series.unit == run.case.currency:
            label = view.words("plans.at_end", name=measure.head.name, year=str(series.columns[-1]))
            rows.append((measure.head.name, label, Fold.YEAR_END, -1))
    for event in run.case.events:
        if any(found(r, f"happened({event.head.name})", Fold.YEAR_END) for r in view.study.runs):
            label = view.words("plans.chance", name=event.head.name)
            rows.append((f"happened({event.head.name})", label, Fold.YEAR_END, -1))
    return rows


def payments(view: View) -> Tag:
    """Every stream of money by year, with its range."""
    run = view.study.first
    parts: list[Markup] = []
    largest = ("", 0.0, "")
    for name, giver, taker in streams(run):
        yearly, total = found(run, name, Fold.YEAR_SUM), found(run, name, Fold.CUMULATIVE)
        if yearly is None or total is None:
            continue
        if float(total.mean[-1]) > largest[1]:
            largest = (name, float(total.mean[-1]), total.unit)
        parts += _stream(view, run, name, giver, taker, yearly, total)
    if not largest[0]:
        return section(view, "payments", view.words("payments.nothing"), *parts)
    amount = view.figure(run, *largest)
    return section(view, "payments", view.sentence("payments.answer", name=largest[0], amount=amount), *parts)


def _stream(view: View, run: PlanRun, name: str, giver: str, taker: str, yearly: Series, total: Series) -> list[Markup]:
    names = (party_name(view, run, giver), party_name(view, run, taker))
    high = float(total.quantiles[:, -1].max())
    low = float(total.quantiles[:, 0].min())
    ticks = [(t, view.number(t, total.unit)) for t in round_ticks(low, high)]
    chart = fan(total, view.words("payments.chart", name=name), [str(y) for y in total.columns], ticks)
    head = ["", *(str(y) for y in yearly.columns)]
    rows = [
        [tag("th", view.words("payments.year"), scope="row")]
        + [view.cell(run, yearly, i) for i in range(len(yearly.columns))],
        [tag("th", view.words("payments.total"), scope="row")]
        + [view.cell(run, total, i) for i in range(len(total.columns))],
    ]
    shown: list[Markup] = [tag("div", chart, class_="chart", tabindex="0")] if high > low else []
    return [tag("h3", f"{name} ", tag("small", f"{names[0]} → {names[1]}")), *shown, grid(head, rows)]


def supply(view: View) -> Tag | None:
    """Levels shared among suppliers, and what nobody supplies."""
    run = view.study.first
    parts: list[Markup] = []
    answer: tuple[Markup, ...] = ()
    for waterfall in run.case.waterfalls:
        levels = [q for q in run.compiled.quantities if q.unit == waterfall.head.name and q.kind is Kind.STOCK]
        series = [(q.part, s) for q in levels if (s := found(run, q.name, Fold.YEAR_END)) is not None]
        if not series:
            continue
        years = series[0][1].columns
        rows = [
            [tag("th", view.words("supply.unmet") if p == "undistributed" else party_name(view, run, p), scope="row")]
            + [view.cell(run, s, i) for i in range(len(years))]
            for p, s in series
        ]
        unmet = next((s for p, s in series if p == "undistributed"), None)
        if unmet is not None and not answer and float(unmet.mean[-1]) > 0:
            amount = view.figure(run, unmet.name, float(unmet.mean[-1]), unmet.unit)
            answer = view.sentence("supply.answer", name=waterfall.head.name, amount=amount, year=str(years[-1]))
        parts += [tag("h3", waterfall.head.name), grid(["", *(str(y) for y in years)], rows)]
    if not parts:
        return None
    return section(view, "supply", answer or view.words("supply.all_met"), *parts)


def dependence(view: View) -> Tag | None:
    """How much each party depends on another."""
    run = view.study.first
    rows = []
    head: list[str] = []
    for one in run.case.dependences:
        quantity = next((q for q in run.compiled.quantities if q.name == one.head.name), None)
        series = found(run, one.head.name, quantity.fold) if quantity else None
        if series is not None:
            head = ["", *(str(y) for y in series.columns)]
            label = f"{party_name(view, run, one.of)} → {party_name(view, run, one.on)}"
            cells = [view.cell(run, series, i) for i in range(len(series.columns))]
            rows.append((series, [tag("th", one.head.name, tag("small", label), scope="row"), *cells], label))
    if not rows:
        return None
    top = max(rows, key=lambda r: float(r[0].mean[-1]))
    share = view.figure(run, top[0].name, float(top[0].mean[-1]), "")
    answer = view.sentence("dependence.answer", parties=top[2], share=share, year=str(top[0].columns[-1]))
    return section(view, "dependence", answer, grid(head, [r[1] for r in rows]))
