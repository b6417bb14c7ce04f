"""The sections that show what the case says: events, terms, positions, checks, inputs, sources."""

from collections.abc import Iterator

from syngraph.analyses.evidence import statuses
from syngraph.analyses.streams import found
from syngraph.analyses.study import PlanRun
from syngraph.base.dates import Interval
from syngraph.base.texts import LocalText
from syngraph.explain.tags import record_tag
from syngraph.ir.program import Fold
from syngraph.model.agreements import Agreement, Moment, Payment, Right
from syngraph.model.events import Event, OnDate
from syngraph.model.facts import Statement, Value
from syngraph.model.records import Head
from syngraph.present.answers import check_detail, mark
from syngraph.present.numbers import day_text
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.money import party_name, plan_title
from syngraph.present.report.view import View, grid, section
from syngraph.run.results import Series


def quotes(head: Head) -> tuple[Tag, ...]:
    """The quotes a record stands on."""
    return tuple(tag("q", c.quote) for c in head.cites)


def events(view: View) -> Tag:
    """What happened, and what may."""
    run = view.study.first
    rows = []
    for event in run.case.events:
        name = event.head.name
        series = [found(r, f"date({name})", Fold.FINAL) for r in view.study.runs]
        cells = [_chance(view, r, s) for r, s in zip(view.study.runs, series, strict=True)]
        past = all(s is None for s in series)
        when = [tag("td", _date(view, event))] * len(cells) if past else cells
        rows.append([tag("th", name, *_small(event.title, view), scope="row"), *when, tag("td", *quotes(event.head))])
    open_ones = sum(found(run, f"date({e.head.name})", Fold.FINAL) is not None for e in run.case.events)
    answer = view.words("events.answer", open=str(open_ones), all=str(len(run.case.events)))
    head = [view.words("events.event"), *(plan_title(view, r) for r in view.study.runs), view.words("quote")]
    return section(view, "events", answer, grid(head, rows))


def _date(view: View, event: Event) -> str:
    """The day of an event that needs no run, as precise as the case gives it; `a/b` is an unknown day between."""
    match event.trigger:
        case OnDate(when=Interval(exact=day, text=text)):
            return day_text(day, view.language) if day is not None else text
        case _:
            return view.words("events.known")


def _small(text: LocalText | None, view: View) -> tuple[Markup, ...]:
    return (tag("small", text.to(view.language)),) if text else ()


def _chance(view: View, run: PlanRun, series: Series | None) -> Tag:
    if series is None:
        return tag("td", "–")
    used = float(series.used[0])
    share = view.figure(run, series.name, used / view.study.paths, "")
    if not used:
        return tag("td", share)
    middle = view.number(float(series.quantiles[0, 2]), "date")
    return tag("td", share, tag("small", f"{middle} ({view.spread(series)})"))


def terms(view: View) -> Tag:
    """Agreements with their stages and terms."""
    run = view.study.first
    parts: list[Markup] = []
    head = [view.words("terms.term"), view.words("terms.says"), view.words("quote")]
    for agreement in run.case.agreements:
        parts += [tag("h3", agreement.head.name, " ", tag("small", _stages(view, agreement))), *quotes(agreement.head)]
        parts.append(grid(head, _terms(view, agreement)))
    rights = [
        [tag("th", r.head.name, scope="row"), tag("td", _right(view, r)), tag("td", *quotes(r.head))]
        for r in run.case.rights
    ]
    if rights:
        parts += [
            tag("h3", view.words("terms.rights")),
            grid(head, rights),
        ]
    loose = [a.head.name for a in run.case.agreements if a.binding is False]
    answer = (
        view.words("terms.loose", names=", ".join(loose))
        if loose
        else view.words("terms.answer", all=str(len(run.case.agreements)))
    )
    return section(view, "terms", answer, *parts)


def _stages(view: View, agreement: Agreement) -> str:
    parts = [f"{view.words('stages.' + stage)}: {_moment(view, m)}" for stage, m in agreement.stages]
    if agreement.binding is not None:
        parts.append(view.words("terms.binding" if agreement.binding else "terms.not_binding"))
    names = ", ".join(party_name(view, view.study.first, p) for p in agreement.parties)
    return "; ".join([names, *parts])


def _moment(view: View, moment: Moment) -> str:
    if moment.day is None:
        return moment.name
    return day_text(moment.day.exact, view.language) if moment.day.exact else moment.day.text


def _terms(view: View, agreement: Agreement) -> list[list[Tag]]:
    rows = []
    for term in agreement.terms:
        match term:
            case Payment(payer=payer, payee=payee):
                names = {
                    "payer": party_name(view, view.study.first, payer.chosen),
                    "payee": party_name(view, view.study.first, payee.chosen),
                }
                says = view.words("terms.pays", **names)
            case Right():
                says = _right(view, term)
        span = [_moment(view, m) for m in term.active.ends]
        until = (tag("small", view.words("terms.until", when=", ".join(span))),) if span else ()
        rest = tuple(_exception(view, e.head.name, e.limited) for e in term.exceptions)
        name = term.head.name.rpartition(".")[2]
        rows.append([tag("th", name, scope="row"), tag("td", says, *until, *rest), tag("td", *quotes(term.head))])
    return rows


def _exception(view: View, name: str, limited: LocalText | None) -> Tag:
    text = f": {limited.to(view.language)}" if limited else ""
    return tag("small", view.words("terms.exception", name=name.rpartition(".")[2]) + text)


def _right(view: View, right: Right) -> str:
    run = view.study.first
    fills = {"holder": party_name(view, run, right.holder.chosen), "bearer": party_name(view, run, right.bearer.chosen)}
    extra = [view.words(f"terms.{k}") for k, on in (("exclusive", right.exclusive), ("priority", right.priority)) if on]
    matter = f" ({', '.join([right.matter, *extra])})" if right.matter or extra else ""
    return view.words("terms.right", kind=view.words(f"rights.{right.kind}"), **fills) + matter


def stances(view: View) -> Tag:
    """Positions, disputes and offers."""
    run = view.study.first
    rows = []
    for position in run.case.positions:
        who = ", ".join(party_name(view, run, p) for p in position.by)
        subject = position.subject.to(view.language) if isinstance(position.subject, LocalText) else position.subject
        says = view.words(f"stances.{position.stands}", who=who, subject=subject)
        rows.append(_stance(view, position.head, says, position.ground))
    for dispute in run.case.disputes:
        sides = [", ".join(party_name(view, run, p) for p in side) for side in dispute.between]
        says = view.words("stances.dispute", sides=" – ".join(sides), over=", ".join(dispute.over))
        rows.append(_stance(view, dispute.head, says, dispute.ground))
    for offer in run.case.offers:
        fills = {"who": party_name(view, run, offer.by), "target": party_name(view, run, offer.target)}
        rows.append(
            _stance(
                view, offer.head, view.words("stances.offer", amount=_offer(view, run, offer.amount), **fills), None
            )
        )
    counts = {"positions": str(len(run.case.positions)), "disputes": str(len(run.case.disputes))}
    answer = view.words("stances.answer", offers=str(len(run.case.offers)), **counts)
    return section(view, "stances", answer, grid(["", view.words("terms.says"), view.words("quote")], rows))


def _stance(view: View, head: Head, says: str, ground: LocalText | None) -> list[Tag]:
    return [tag("th", head.name, scope="row"), tag("td", says, *_small(ground, view)), tag("td", *quotes(head))]


def _offer(view: View, run: PlanRun, amount: str) -> str:
    series = found(run, amount, Fold.YEAR_END)
    return view.number(float(series.mean[-1]), series.unit) if series is not None else amount


def checks(view: View) -> Tag:
    """Which properties hold under which plan."""
    runs = view.study.runs
    names = list(dict.fromkeys(c.name for r in runs for c in r.checks))
    rows = []
    for name in names:
        cells = []
        for run in runs:
            check = next((c for c in run.checks if c.name == name), None)
            if check is None:
                cells.append(tag("td", view.words("checks.not_asked")))
                continue
            verdict = f"{mark(check)} {view.said.text('holdings.' + check.holding.value)}"
            cells.append(tag("td", verdict, tag("small", check_detail(check, view.said)), class_=check.holding.value))
        rows.append([tag("th", name, scope="row"), *cells])
    failed = sum(c.failed for r in runs for c in r.checks)
    undecided = sum(c.holding.value == "undecided" for c in runs[0].checks)
    key = "checks.failed" if failed else "checks.answer"
    answer = view.words(key, failed=str(failed), undecided=str(undecided), all=str(len(names)))
    return section(view, "checks", answer, grid(["", *(plan_title(view, r) for r in runs)], rows))


def inputs(view: View) -> Tag:
    """Facts and assumptions."""
    run = view.study.first
    rows = list(_facts(view, run))
    assumed = [
        [
            tag("th", a.head.name, scope="row"),
            _value(view, run, a.head.name),
            tag("td", tag("span", view.said.text("tags.assumed"), class_="assumed")),
            tag("td", *quotes(a.head), *(tag("small", w) for _, w in a.head.whys)),
        ]
        for a in run.case.assumptions
    ]
    unreasoned = sum(not a.head.whys and not a.head.cites for a in run.case.assumptions)
    fills = {"facts": str(len(run.case.facts)), "assumptions": str(len(run.case.assumptions)), "bare": str(unreasoned)}
    head = ["", view.words("inputs.value"), view.words("inputs.tag"), view.words("inputs.ground")]
    return section(
        view,
        "inputs",
        view.words("inputs.answer", **fills),
        tag("h3", view.words("inputs.facts")),
        grid(head, rows),
        tag("h3", view.words("inputs.assumptions")),
        grid(head, assumed),
    )


def _value(view: View, run: PlanRun, name: str) -> Tag:
    for fold in (Fold.FINAL, Fold.YEAR_END, Fold.YEAR_MEAN):
        series = found(run, name, fold)
        if series is not None:
            return view.cell(run, series)
    return tag("td", "–")


def _facts(view: View, run: PlanRun) -> Iterator[list[Tag]]:
    evidence = statuses(view.study.evidence)
    for fact in run.case.facts:
        own = record_tag(fact, fact.head, evidence).name.lower()
        shown = tag("span", view.said.text(f"tags.{own}"), class_=own)
        match fact:
            case Statement(says=says):
                value = tag("td", says.to(view.language))
            case Value(value=readings, bound=bound):
                cell = _value(view, run, fact.head.name)
                extra: list[Markup] = [tag("small", view.words(f"bounds.{bound}"))] if bound != "exact" else []
                if readings.ambiguous:
                    names = ", ".join(n for n, _ in readings.options)
                    extra.append(tag("small", view.said.text("explain.reading", use=readings.use, all=names)))
                value = Tag("td", (), (*cell.children, *extra))
            case _:
                value = _value(view, run, fact.head.name)
        yield [tag("th", fact.head.name, scope="row"), value, tag("td", shown), tag("td", *quotes(fact.head))]


def sources(view: View) -> Tag:
    """What the case cites, how much of it, and whether every quote stands there."""
    evidence = view.study.evidence
    rows = []
    for source in view.study.first.case.sources:
        name = source.head.name
        share = next((s for s in evidence.shares if s.source == name), None)
        quoted = f"{share.quoted / share.total:.1%}" if share and share.total else "–"
        verdicts = [v for v in evidence.verdicts if v.quote.key.source == name]
        good = sum(v.status.quoted for v in verdicts)
        published = day_text(source.published, view.language) if source.published else "–"
        cells = [published, source.license or "–", quoted, f"{good} / {len(verdicts)}"]
        rows.append([tag("th", name, scope="row"), *(tag("td", c) for c in cells)])
    good = sum(v.status.quoted for v in evidence.verdicts)
    answer = view.words("sources.answer", good=str(good), all=str(len(evidence.verdicts)))
    head = ["", *(view.words(f"sources.{k}") for k in ("published", "license", "share", "verified"))]
    return section(view, "sources", answer, grid(head, rows))
