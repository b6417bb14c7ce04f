"""What `run` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from syngraph.analyses.figures import Figure, Figures, Fold, Series, Statistic
from syngraph.analyses.leading import first
from syngraph.analyses.rows import Row, rows
from syngraph.analyses.stamps import stamp
from syngraph.analyses.streams import Level, known_day, levels, payees, receipts, streams
from syngraph.analyses.study import PlanRun, Study
from syngraph.graph.names import UNDISTRIBUTED
from syngraph.model.asked import SHORTFALL, DateOf, Flow, Paid, PartOf, PresentValue, Received, text_of
from syngraph.model.events import Decision, Event
from syngraph.present.checks import check_detail, check_document, mark
from syngraph.present.display import visible
from syngraph.present.figures import labelled, mean_text, range_text, row, share_text, value_text
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.tables import fitted, paragraph
from syngraph.present.tagged import Tagged
from syngraph.present.words import Words

_SHOWN = 5  # years of a dependence


def run_text(study: Study, run: PlanRun, said: Words) -> str:
    """Who receives most; then payments by term and party, supply, dependence, events and checks of one plan."""
    told = _Told(study, run, said)
    parts = [told.heading(), told.answer(), told.parties(), *told.payments(), *told.levels()]
    parts += [*told.dependences(), told.events(), told.checks()]
    return "\n".join(p for p in parts if p) + said.text("run.digest", sha256=run.result.sha256) + "\n"


class _Told:
    """A plan being told in one language. It lives for one answer."""

    def __init__(self, study: Study, run: PlanRun, said: Words) -> None:
        self.study, self.run, self.said = study, run, said
        self.figures, self.tags = Figures(run), Tagged(study, run)
        self.clock = run.case.clock

    def heading(self) -> str:
        case = self.run.case
        title = visible(case.title.to(self.said.language))
        numbers = {"paths": f"{self.study.paths:,}", "seed": str(self.study.seed), "today": case.today.isoformat()}
        return f"{title}\n" + self.said.text("run.under", plan=case.plan, **numbers) + "\n"

    def answer(self) -> str:
        """Who receives most, if one does on more than half of the paths; else what the first two receive."""
        received = receipts(self.run)
        if not received:
            return paragraph(self.said.text("run.nothing"))
        best = first([(self.run, shown, Fold.CUMULATIVE) for _, shown in received]) if len(received) > 1 else None
        if best is not None:
            party, shown = received[best.index]
            share = share_text(best.share, self.said)
            return paragraph(self.said.text("run.most", share=share, **self._received(party, shown)))
        named = [self.said.text("run.receives", **self._received(*one)) for one in received[:2]]
        return paragraph(self.said.text("run.sentence", text=self.said.text("run.clause").join(named)))

    def _received(self, party: str, shown: Figure) -> dict[str, str]:
        record = next(p for p in self.run.case.parties if p.head.name == party)
        last = shown.period.last.isoformat() if shown.period is not None else ""
        amount = labelled(shown, self.said, self.clock, central=False)
        return {"party": visible(record.title.to(self.said.language)), "amount": amount, "day": last}

    def parties(self) -> str:
        """What each party receives, is worth to it, and pays over the whole run; units after their owners."""
        body = []
        for party in payees(self.run):
            got, gave = Received(party.head.name), Paid(party.head.name)
            asked = ((got, Fold.CUMULATIVE), (PresentValue(got), Fold.TOTAL), (gave, Fold.CUMULATIVE))
            for shown in (self.figures.found(*one) for one in asked):
                if shown is not None:
                    owner = self.said.text("run.within", owner=party.part_of) if party.part_of else ""
                    body.append([shown.name + owner, *self._row(shown), self.tags.text(shown.name, self.said)])
        whole = self.figures.whole
        if not body or whole is None:
            return ""
        title = self.said.text("run.parties", first=whole.days[0], last=whole.days[1])
        return f"{title}\n{fitted([['', *self._head()], *body])}"

    def _head(self) -> list[str]:
        return [self.said.text("figures.of.median"), "5–95 %", self.said.text("figures.of.mean")]

    def _row(self, shown: Figure) -> list[str]:
        return row(shown, self.said, self.clock)

    def _year(self, shown: Figure, year: int) -> str:
        """A year, marked where the run has only a part of it."""
        return self.said.text("run.part_year", year=str(year)) if shown.part else str(year)

    def payments(self) -> Iterator[str]:
        """Every stream by year, and what falls short of what was promised."""
        yield paragraph(self.said.text("run.payments"))
        for stream in streams(self.run):
            tag = self.tags.text(stream.name, self.said)
            yield f"{stream.name}  {stream.payer} → {stream.payee}  {tag}\n{self._flow(stream.asked)}"
        for quantity in self.run.compiled.quantities:
            asked = PartOf(quantity.unit, quantity.part)
            short = self.figures.found(asked, Fold.CUMULATIVE) if quantity.part == SHORTFALL else None
            if short is not None and short.mean:
                yield f"{quantity.name}  {self.said.text('run.shortfall')}\n{self._flow(asked)}"

    def _flow(self, asked: Flow) -> str:
        """A flow by year, in all since today, and its present value."""
        yearly, total = (self.run.result.found(text_of(asked), f) for f in (Fold.YEAR_SUM, Fold.CUMULATIVE))
        if yearly is None or total is None:
            return ""
        if not total.mean.any():
            return f"  {self.said.text('run.no_flow')}\n"
        body = [["", *self._head(), self.said.text("run.cumulative"), *self._head()[1:]]]
        for year, one, so_far in zip(yearly.columns, self.figures.all(yearly), self.figures.all(total), strict=True):
            body.append([self._year(one, year), *self._row(one), *self._row(so_far)])
        worth = self.figures.found(PresentValue(asked), Fold.TOTAL)
        if worth is not None:
            body.append([self.said.text("run.present_value"), *self._row(worth)])
        undefined = f"  {self.said.text('run.no_present_value')}\n"
        return fitted(body) + (undefined if worth is None and self.run.case.discount is None else "")

    def levels(self) -> Iterator[str]:
        """Who takes part in a level (in money: who has a claim), and what nobody takes, at the end of each year."""
        for level in levels(self.run):
            kind = "claims" if level.unit == self.run.case.currency else "supply"
            name, of = level.waterfall.head.name, level.waterfall.of
            tag = self.tags.text(level.parts[0][1].name, self.said)
            yield f"{name}  {self.said.text(f'run.{kind}', of=of)}  {tag}\n{self._parts(level, kind)}"

    def _parts(self, level: Level, kind: str) -> str:
        """Medians, then means, which add up to the whole."""
        rest = self.said.text(f"run.{kind}_rest")
        parts = [part if part != UNDISTRIBUTED else rest for part, _ in level.parts]
        shown = [list(self.figures.all(series)) for _, series in level.parts]
        tables = []
        for key, text in (("median", value_text), ("mean", mean_text)):
            body = [[self.said.text(f"figures.of.{key}"), *parts]]
            for i, year in enumerate(level.years):
                body.append([self._year(shown[0][i], year), *(text(one[i], self.said, self.clock) for one in shown)])
            tables.append(fitted(body))
        return "".join(tables)

    def dependences(self) -> Iterator[str]:
        """How much each party depends on another, in some years."""
        title = self.said.text("run.dependences") + "\n"
        for dependence in self.run.case.dependences:
            name = dependence.head.name
            quantity = next((q for q in self.run.compiled.quantities if q.name == name), None)
            series = self.run.result.found(name, quantity.fold) if quantity is not None else None
            if series is not None:
                tag = self.tags.text(name, self.said)
                yield f"{title}{name}  {dependence.of} → {dependence.on}  {tag}\n{self._some_years(series)}"
                title = ""

    def _some_years(self, series: Series) -> str:
        every = max(1, len(series.columns) // (_SHOWN - 1))
        shown = list(zip(series.columns, self.figures.all(series), strict=True))[::every]
        body = [[self._year(one, year), *self._row(one)] for year, one in shown]
        over = self.said.text(f"run.over.{shown[0][1].over}")
        return fitted([[over, *self._head()], *body])

    def events(self) -> str:
        """On how many paths each event comes and when; under a decision how often it goes which way."""
        body = []
        for event in self.run.case.events:
            dates = self.figures.found(DateOf(event.head.name), Fold.FINAL)
            if dates is not None:
                body += [[event.head.name, *self._coming(dates, event)], *self._outcomes(event)]
        if not body:
            return ""
        head = ["", self.said.text("run.happens"), self.said.text("run.median_day"), "5–95 %", ""]
        return f"{self.said.text('run.events')}\n{fitted([head, *body])}"

    def _coming(self, dates: Figure, event: Event) -> list[str]:
        known = known_day(self.run, event)
        when = [value_text(dates, self.said, self.clock), range_text(dates, self.said, self.clock)]
        when = [known.text, ""] if known is not None else when
        share = share_text(dates.paths / self.study.paths, self.said)
        return [share, *when, self.tags.text(event.head.name, self.said)]

    def _outcomes(self, event: Event) -> Iterator[list[str]]:
        outcomes = event.trigger.outcomes if isinstance(event.trigger, Decision) else ()
        for outcome in outcomes:
            shown = self.figures.found(PartOf(event.head.name, outcome.name), Fold.YEAR_END)
            if shown is not None and shown.value is not None:
                yield [f"  {shown.name}", share_text(shown.value, self.said), "", "", ""]

    def checks(self) -> str:
        """How each check stands."""
        body = [
            [mark(c), c.name, self.said.text(f"holdings.{c.holding.value}"), check_detail(c, self.said, self.clock)]
            for c in self.run.checks
        ]
        return f"{self.said.text('run.checks')}\n{fitted(body, left=4)}" if body else ""


# JSON


def run_document(study: Study, run: PlanRun) -> Object:
    """All series, events and checks of one plan."""
    figures, tags = Figures(run), Tagged(study, run)
    return {
        "format_version": FORMAT_VERSION,
        **asdict(stamp(study, run)),
        "shares": list(run.result.shares),
        "series": [_series(run, list(figures.all(s)), s, _tag(tags, s.name)) for s in run.result.series],
        "checks": [check_document(c, _tag(tags, c.name)) for c in run.checks],
    }


def run_lines(study: Study, run: PlanRun) -> Iterator[Object]:
    """The same line by line: the run, each series in each year, each check."""
    tags = Tagged(study, run)
    yield line("run", asdict(stamp(study, run)))
    yield from (line("series", _line(r, _tag(tags, r.series))) for r in rows(run))
    yield from (line("check", check_document(c, _tag(tags, c.name))) for c in run.checks)


def _tag(tags: Tagged, name: str) -> str | None:
    tag = tags.of(name)
    return None if tag is None else tag.value


def _named(shown: Figure, fold: Fold, tag: str | None) -> Object:
    """What a series is: of which plan, what of its periods, and which of its statistics is the figure."""
    named = {"name": shown.name, "plan": shown.plan, "fold": fold.name.lower(), "over": shown.over}
    return {**named, "unit": shown.unit, "statistic": shown.statistic.value, "tag": tag}


def _line(row: Row, tag: str | None) -> Object:
    """A series in one year, or as a whole."""
    shown = row.figure
    period = None if shown.period is None else list(shown.period.days)
    own = {shown.statistic.value: shown.value} if shown.statistic is not Statistic.MEAN else {}
    return {**_named(shown, row.how, tag), "year": row.year, "period": period, **own, **dict(row.statistics)}


def _series(run: PlanRun, shown: Sequence[Figure], series: Series, tag: str | None) -> Object:
    """One series: by column (years, or one) its period, figure, mean, quantiles, central value and paths counted."""
    central = run.central.get(series.name, series.fold)
    return {
        **_named(shown[0], series.fold, tag),
        "columns": list(series.columns),
        "periods": [None if s.period is None else list(s.period.days) for s in shown],
        shown[0].statistic.value: [s.value for s in shown],
        "range": [None if s.low is None else [s.low, s.high] for s in shown],
        "mean": series.mean.tolist(),
        "quantiles": series.quantiles.tolist(),
        "central": central.tolist(),
        "paths": series.used.tolist(),
    }
