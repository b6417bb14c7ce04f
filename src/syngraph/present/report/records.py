"""The sections that show what the case says: events, terms, positions, checks, inputs, sources."""

from collections.abc import Iterator
from datetime import timedelta

from syngraph.analyses.figures import Fold, found
from syngraph.analyses.streams import known_day
from syngraph.analyses.study import CheckResult, PlanRun
from syngraph.base.dates import Interval, add_months
from syngraph.base.texts import LocalText
from syngraph.model.agreements import Agreement, Exemption, Moment, Payment, Right
from syngraph.model.asked import DateOf, PartOf
from syngraph.model.events import Decision, Event, Never
from syngraph.model.records import Head
from syngraph.present.checks import check_remarks, decided_by, mark
from syngraph.present.figures import range_text, share_text
from syngraph.present.numbers import day_text, month_text
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.view import View, grid, section


def quotes(head: Head) -> tuple[Tag, ...]:
    """The quotes a record stands on."""
    return tuple(tag("q", c.quote) for c in head.cites)


def _small(text: LocalText | None, view: View) -> tuple[Markup, ...]:
    return (tag("small", text.to(view.language)),) if text else ()


def events(view: View) -> Tag:
    """What happened, and what may."""
    runs = view.study.runs
    rows, undecided = [], 0
    for name in dict.fromkeys(e.head.name for r in runs for e in r.case.events):
        event = next(e for r in runs for e in r.case.events if e.head.name == name)
        cells = [_when(view, r, name) for r in runs]
        undecided += any(_undecided(r, name) for r in runs)
        rows.append([tag("th", *view.titled(event.title, name), scope="row"), *cells, tag("td", *quotes(event.head))])
    answer = view.said.count("open_events", undecided, all=f"{len(rows):,}")
    head = [view.words("events.event"), *(view.plan(r) for r in runs), view.words("quote")]
    return section(view, "events", answer, grid(head, rows))


def _undecided(run: PlanRun, name: str) -> bool:
    """Whether the run decides an event."""
    event = next((e for e in run.case.events if e.head.name == name), None)
    return event is not None and not isinstance(event.trigger, Never) and known_day(run, event) is None


def _when(view: View, run: PlanRun, name: str) -> Tag:
    """The day of an event under a plan, or how likely it is and when; and which way it goes."""
    event = next((e for e in run.case.events if e.head.name == name), None)
    if event is None or isinstance(event.trigger, Never):
        return tag("td", view.words("events.not_here"))
    outcomes = tuple(tag("small", shown) for shown in _outcomes(view, run, event))
    known, series = known_day(run, event), found(run, DateOf(name), Fold.FINAL)
    if known is not None or series is None:
        return tag("td", _day(view, known) if known else "–", *outcomes)
    shown = view.shown(run, series)
    share = share_text(shown.paths / view.study.paths, view.said)
    if not shown.paths:
        return tag("td", view.origin(run, series.name, share))
    spread = range_text(shown, view.said, view.clock) or view.number(shown)
    when = tag("small", view.words("events.around", day=view.number(shown), range=spread))
    return tag("td", view.origin(run, series.name, share, when), *outcomes)


def _day(view: View, when: Interval) -> str:
    """A day as precise as it is given: a day, a month, a year, or between which days it lies."""
    first, last = when.first, when.end - timedelta(days=1) if when.end else None
    if when.exact is not None:
        return day_text(when.exact, view.language)
    if first and when.end == add_months(first, 1):
        return month_text(first, view.language)
    if first and (first.month, when.end) == (1, add_months(first, 12)):
        return str(first.year)
    if first is None or last is None:
        key, day = ("since", first) if first else ("by", last)
        return view.words(f"events.{key}", day=day_text(day, view.language)) if day else when.text
    return f"{day_text(first, view.language)} – {day_text(last, view.language)}"


def _outcomes(view: View, run: PlanRun, event: Event) -> Iterator[Markup]:
    """The ways a decision goes, each with its share of all paths; a certain one by its name alone."""
    if not isinstance(event.trigger, Decision):
        return
    for outcome in event.trigger.outcomes:
        series = found(run, PartOf(event.head.name, outcome.name), Fold.YEAR_END)
        share = float(series.mean[-1]) if series is not None else 0.0
        if share == 1.0:
            yield view.origin(run, event.head.name, outcome.name)
        elif share > 0.0:
            yield view.origin(run, event.head.name, f"{outcome.name} {share_text(share, view.said)}")


def terms(view: View) -> Tag:
    """Agreements with their stages and terms."""
    case = view.study.first.case
    parts: list[Markup] = []
    head = [view.words("terms.term"), view.words("terms.says"), view.words("quote")]
    for agreement in case.agreements:
        title = view.titled(agreement.title, agreement.head.name)
        parts += [tag("h3", *title, tag("small", _stages(view, agreement))), *quotes(agreement.head)]
        if agreement.terms:
            parts.append(grid(head, _terms(view, agreement), texts=True))
    rights = [
        [tag("th", *view.titled(r.title, r.head.name), scope="row"), tag("td", _right(view, r)), _quoted(r.head)]
        for r in case.rights
    ]
    if rights:
        parts += [tag("h3", view.words("terms.rights")), grid(head, rights, texts=True)]
    loose = [view.titled(a.title, a.head.name)[0] for a in case.agreements if a.binding is False]
    names = view.listed([str(name) for name in loose])
    answer = view.words("terms.loose", names=names) if loose else view.said.count("agreements", len(case.agreements))
    return section(view, "terms", answer, *parts)


def _quoted(head: Head) -> Tag:
    return tag("td", *quotes(head))


def _stages(view: View, agreement: Agreement) -> str:
    """Parties, stages, and whether it binds."""
    parts = [view.listed([view.party(p) for p in agreement.parties])]
    parts += [
        view.words("terms.stage", stage=view.words(f"stages.{s}"), when=_moment(view, m)) for s, m in agreement.stages
    ]
    if agreement.binding is not None:
        parts.append(view.words("terms.binding" if agreement.binding else "terms.not_binding"))
    return view.words("clause").join(parts)


def _moment(view: View, moment: Moment) -> str:
    return _day(view, moment.day) if moment.day is not None else moment.name


def _terms(view: View, agreement: Agreement) -> list[list[Tag]]:
    rows = []
    for term in agreement.terms:
        match term:
            case Payment(payer=payer, payee=payee):
                says = view.words("terms.pays", payer=view.party(payer.chosen), payee=view.party(payee.chosen))
            case Right():
                says = _right(view, term)
        ends = [_moment(view, m) for m in term.active.ends]
        until = (tag("small", view.words("terms.until", when=view.listed(ends))),) if ends else ()
        rest = tuple(_exception(view, e) for e in term.exceptions)
        name = view.titled(term.title, term.head.name.rpartition(".")[2])
        rows.append([tag("th", *name, scope="row"), tag("td", says, *until, *rest), _quoted(term.head)])
    return rows


def _exception(view: View, exemption: Exemption) -> Tag:
    name = exemption.head.name.rpartition(".")[2]
    if exemption.limited is None:
        return tag("small", view.words("terms.exception", name=name))
    return tag("small", view.words("terms.limited", name=name, how=exemption.limited.to(view.language)))


def _right(view: View, right: Right) -> str:
    fills = {"holder": view.party(right.holder.chosen), "bearer": view.party(right.bearer.chosen)}
    says = view.words("terms.right", kind=view.words(f"rights.{right.kind}"), **fills)
    extra = [view.words(f"terms.{k}") for k, on in (("exclusive", right.exclusive), ("priority", right.priority)) if on]
    about = [*([right.matter] if right.matter else []), *extra]
    return view.words("terms.about", says=says, about=view.listed(about)) if about else says


def stances(view: View) -> Tag:
    """Positions, disputes and offers."""
    case = view.study.first.case
    rows = []
    for position in case.positions:
        who = view.listed([view.party(p) for p in position.by])
        subject = position.subject
        about = subject.to(view.language) if isinstance(subject, LocalText) else _called(view, subject)
        says = view.words(f"stances.{position.stands}", who=who, subject=about)
        rows.append(_stance(view, position.head, (says,), position.ground))
    for dispute in case.disputes:
        sides = [view.listed([view.party(p) for p in side]) for side in dispute.between]
        over = view.listed([_called(view, name) for name in dispute.over])
        says = view.words("stances.dispute", sides=" – ".join(sides), over=over)
        rows.append(_stance(view, dispute.head, (says,), dispute.ground))
    for offer in case.offers:
        fills = {"who": view.party(offer.by), "target": view.party(offer.target)}
        bid = view.sentence("stances.offer", amount=_offer(view, offer.amount), **fills)
        rows.append(_stance(view, offer.head, bid, None))
    counted = (("positions", case.positions), ("disputes", case.disputes), ("offers", case.offers))
    answer = view.listed([view.said.count(key, len(records)) for key, records in counted])
    return section(view, "stances", answer, grid(["", view.words("terms.says"), view.words("quote")], rows, texts=True))


def _called(view: View, name: str) -> str:
    """An agreement, event or plan by its title; another record by its name."""
    case = view.study.first.case
    titles: dict[str, LocalText | None] = {a.head.name: a.title for a in case.agreements}
    titles |= {e.head.name: e.title for e in case.events} | {p.head.name: p.title for p in case.plans}
    title = titles.get(name)
    return title.to(view.language) if title else name


def _stance(view: View, head: Head, says: tuple[Markup, ...], ground: LocalText | None) -> list[Tag]:
    return [tag("th", head.name, scope="row"), tag("td", *says, *_small(ground, view)), _quoted(head)]


def _offer(view: View, amount: str) -> Markup:
    run = view.study.first
    series = found(run, PartOf(amount), Fold.YEAR_END) or found(run, PartOf(amount), Fold.FINAL)
    return view.figure(run, view.shown(run, series)) if series is not None else amount


def checks(view: View) -> Tag:
    """Which properties hold under which plan."""
    runs = view.study.runs
    names = list(dict.fromkeys(c.name for r in runs for c in r.checks))
    rows = [[tag("th", name, scope="row"), *(_check(view, r, name) for r in runs)] for name in names]
    failed = sum(c.failed for r in runs for c in r.checks)
    waiting = len({c.name for r in runs for c in r.checks if c.reason == "needs-prover"})
    answer = view.said.count("failed_checks", failed) if failed else view.words("checks.answer")
    if waiting and not failed:
        answer = view.said.count("waiting_checks", waiting, all=f"{len(names):,}")
    return section(view, "checks", answer, grid(["", *(view.plan(r) for r in runs)], rows))


def _check(view: View, run: PlanRun, name: str) -> Tag:
    check = next((c for c in run.checks if c.name == name), None)
    if check is None:
        return tag("td", view.words("checks.not_asked"))
    verdict = f"{mark(check)} {view.said.text('holdings.' + check.holding.value)}"
    return tag("td", verdict, *_ground(view, run, check), class_=check.holding.value)


def _ground(view: View, run: PlanRun, check: CheckResult) -> Iterator[Markup]:
    """The figure that decided a check with its tag, or why nothing did."""
    if check.reason:
        yield tag("small", view.said.text(f"reasons.{check.reason}"))
    if check.figure is not None:
        figure = view.origin(run, check.name, decided_by(check, view.said, view.clock))
        yield tag("small", figure, " ", *view.weakest(run, check.name))
    yield from (tag("small", remark) for remark in check_remarks(check, view.said))


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
    answer = view.said.count("verified_quotes", good, all=f"{len(evidence.verdicts):,}")
    head = ["", *(view.words(f"sources.{k}") for k in ("published", "license", "share", "verified"))]
    return section(view, "sources", answer, grid(head, rows))
