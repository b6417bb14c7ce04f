"""What `run` answers, as text and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict

from syngraph.analyses.figures import Fold, Series, found
from syngraph.analyses.rows import Row, rows
from syngraph.analyses.stamps import stamp
from syngraph.analyses.streams import known_day, levels, streams
from syngraph.analyses.study import CheckResult, Holding, PlanRun, Study
from syngraph.graph.names import UNDISTRIBUTED
from syngraph.model.asked import SHORTFALL, DateOf, Flow, Paid, PartOf, PresentValue, Received
from syngraph.present.display import visible
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.numbers import figure, interval
from syngraph.present.tables import fitted
from syngraph.present.words import Words


def run_text(study: Study, run: PlanRun, said: Words) -> str:
    """Payments by term and party, supply, dependence, events and checks of one plan."""
    parts = [_heading(study, run, said), *_payments(run, said), _parties(run, said), *_levels(run, said)]
    parts += [_dependences(run, said), _events(study, run, said), _checks(run, said)]
    return "\n".join(p for p in parts if p) + said.text("run.digest", sha256=run.result.sha256) + "\n"


def _heading(study: Study, run: PlanRun, said: Words) -> str:
    case = run.case
    title = visible(case.title.to(said.language))
    numbers = {"paths": f"{study.paths:,}", "seed": str(study.seed), "today": case.today.isoformat()}
    return f"{title}\n" + said.text("run.under", plan=case.plan, **numbers) + "\n"


def _range(series: Series, column: int, run: PlanRun, said: Words) -> str:
    low, high = float(series.quantiles[column, 0]), float(series.quantiles[column, -1])
    return interval(low, high, series.unit, said.language, clock=run.case.clock)


def _mean(series: Series, column: int, run: PlanRun, said: Words) -> str:
    return figure(float(series.mean[column]), series.unit, said.language, clock=run.case.clock)


def _year(run: PlanRun, year: int, said: Words) -> str:
    """A year, marked where the run has only a part of it."""
    segments = [s for s in run.compiled.program.segments if s.year == year] if run.compiled.program else []
    part = segments and ((segments[0].start.month, segments[0].start.day) != (1, 1) or segments[-1].end.year == year)
    return said.text("run.part_year", year=str(year)) if part else str(year)


def _flow(run: PlanRun, asked: Flow, said: Words) -> str:
    """A flow by year, cumulative, and its present value."""
    yearly, total = found(run, asked, Fold.YEAR_SUM), found(run, asked, Fold.CUMULATIVE)
    if yearly is None or total is None:
        return ""
    rows = [["", said.text("run.mean"), "5–95 %", said.text("run.cumulative"), "5–95 %"]]
    for i, year in enumerate(yearly.columns):
        paid = [_mean(yearly, i, run, said), _range(yearly, i, run, said)]
        rows.append([_year(run, year, said), *paid, _mean(total, i, run, said), _range(total, i, run, said)])
    text = fitted(rows)
    worth = found(run, PresentValue(asked), Fold.TOTAL)
    if worth is None:
        undefined = f"  {said.text('run.no_present_value')}\n"
        return text + undefined if run.case.discount is None else text
    return text + f"  {said.text('run.present_value')} {_mean(worth, 0, run, said)} ({_range(worth, 0, run, said)})\n"


def _payments(run: PlanRun, said: Words) -> Iterator[str]:
    yield said.text("run.payments") + "\n"
    for stream in streams(run):
        yield f"{stream.name}  {stream.payer} → {stream.payee}\n{_flow(run, stream.asked, said)}"
    for quantity in run.compiled.quantities:
        asked = PartOf(quantity.unit, quantity.part)
        short = found(run, asked, Fold.CUMULATIVE) if quantity.part == SHORTFALL else None
        if short is not None and float(short.mean[-1]) > 0:
            yield f"{quantity.name}  {said.text('run.shortfall')}\n{_flow(run, asked, said)}"


def _parties(run: PlanRun, said: Words) -> str:
    rows = [["", said.text("run.received"), "5–95 %", said.text("run.paid"), "5–95 %", said.text("run.present_value")]]
    for party in run.case.parties:
        name = party.head.name
        got, gave = (found(run, asked, Fold.CUMULATIVE) for asked in (Received(name), Paid(name)))
        if got is None and gave is None:
            continue
        cells = []
        for series in (got, gave):
            cells += ["–", ""] if series is None else [_mean(series, -1, run, said), _range(series, -1, run, said)]
        worth = found(run, PresentValue(Received(name)), Fold.TOTAL)
        rows.append([name, *cells, "–" if worth is None else _mean(worth, 0, run, said)])
    return f"{said.text('run.parties')}\n{fitted(rows)}" if len(rows) > 1 else ""


def _levels(run: PlanRun, said: Words) -> Iterator[str]:
    """Who takes part in a level (in money: who has a claim), and what nobody takes, at the end of each year."""
    for level in levels(run):
        kind = "claims" if level.unit == run.case.currency else "supply"
        rest = said.text(f"run.{kind}_rest")
        rows = [["", *(part if part != UNDISTRIBUTED else rest for part, _ in level.parts)]]
        for i, year in enumerate(level.years):
            rows.append([str(year), *(_mean(s, i, run, said) for _, s in level.parts)])
        name, of = level.waterfall.head.name, level.waterfall.of
        yield f"{name}  {said.text(f'run.{kind}', of=of)}\n{fitted(rows)}"


def _dependences(run: PlanRun, said: Words) -> str:
    rows = []
    for dependence in run.case.dependences:
        quantity = next((q for q in run.compiled.quantities if q.name == dependence.head.name), None)
        series = found(run, PartOf(dependence.head.name), quantity.fold) if quantity else None
        if series is not None:
            years = [f"{y} {_mean(series, i, run, said)}" for i, y in enumerate(series.columns)]
            rows.append(
                [dependence.head.name, f"{dependence.of} → {dependence.on}", *years[:: max(1, len(years) // 4)]]
            )
    return f"{said.text('run.dependences')}\n{fitted(rows, left=2)}" if rows else ""


def _events(study: Study, run: PlanRun, said: Words) -> str:
    rows = []
    for event in run.case.events:
        dates = found(run, DateOf(event.head.name), Fold.FINAL)
        if dates is None:
            continue
        used, known = int(dates.used[0]), known_day(run, event)
        middle = figure(float(dates.quantiles[0, 2]), "date", said.language, clock=run.case.clock)
        when = [middle, _range(dates, 0, run, said)] if used else ["–", ""]
        when = [known.text, ""] if known is not None else when
        rows.append([event.head.name, f"{used / study.paths:.0%}", *when])
    if not rows:
        return ""
    head = ["", said.text("run.happens"), said.text("run.median_day"), "5–95 %"]
    return f"{said.text('run.events')}\n{fitted([head, *rows])}"


def _checks(run: PlanRun, said: Words) -> str:
    rows = [[mark(c), c.name, said.text(f"holdings.{c.holding.value}"), check_detail(c, said)] for c in run.checks]
    return f"{said.text('run.checks')}\n{fitted(rows, left=4)}" if rows else ""


def mark(check: CheckResult) -> str:
    """✓ as it should be, ✗ failed, ? undecided."""
    if check.holding is Holding.UNDECIDED:
        return "?"
    return "✗" if check.failed else "✓"


def check_detail(check: CheckResult, said: Words) -> str:
    """The figure that decided a check, or why nothing did."""
    if check.reason:
        return said.text(f"reasons.{check.reason}")
    parts = [] if check.figure is None else [figure(check.figure, check.unit, said.language)]
    return " ".join([*parts, *check_remarks(check, said)])


def check_remarks(check: CheckResult, said: Words) -> list[str]:
    """What else is to be said of a decided check: where it breaks, and that this was expected."""
    remarks = []
    if check.falls_between is not None:
        low, high = (f"{share:.0%}" for share in check.falls_between)
        remarks.append(said.text("run.falls_between", low=low, high=high))
    if check.expected_breach:
        remarks.append(said.text("run.expected_breach"))
    return remarks


# JSON


def run_document(study: Study, run: PlanRun) -> Object:
    """All series, events and checks of one plan."""
    return {
        "format_version": FORMAT_VERSION,
        **asdict(stamp(study, run)),
        "shares": list(run.result.shares),
        "series": [series_document(run, s) for s in run.result.series],
        "checks": [check_document(c) for c in run.checks],
    }


def run_lines(study: Study, run: PlanRun) -> Iterator[Object]:
    """The same line by line: the run, each series in each year, each check."""
    yield line("run", asdict(stamp(study, run)))
    yield from (line("series", row_document(r)) for r in rows(run))
    yield from (line("check", check_document(c)) for c in run.checks)


def row_document(row: Row) -> Object:
    """A series in one year, or as a whole."""
    return {"name": row.series, "fold": row.fold, "unit": row.unit, "year": row.year, **dict(row.statistics)}


def series_document(run: PlanRun, series: Series) -> Object:
    """One series: by column (years, or one) the mean, quantiles, central value and paths counted."""
    return {
        "name": series.name,
        "fold": series.fold.name.lower(),
        "unit": series.unit,
        "columns": list(series.columns),
        "mean": series.mean.tolist(),
        "quantiles": series.quantiles.tolist(),
        "central": run.central.get(series.name, series.fold).tolist(),
        "paths": series.used.tolist(),
    }


def check_document(check: CheckResult) -> Object:
    """A check as it stands."""
    return {
        "name": check.name,
        "plan": check.plan,
        "holding": check.holding.value,
        "failed": check.failed,
        "expected_breach": check.expected_breach,
        "figure": check.figure,
        "unit": check.unit,
        "paths": check.used,
        "reason": check.reason,
        "falls_between": check.falls_between,
    }
