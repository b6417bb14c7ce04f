"""What there is to say of one record by itself: its kind, its text, its figure, its quotes and reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from syngraph.analyses.figures import Figure, Figures, Fold, found
from syngraph.analyses.study import Study
from syngraph.base.dates import Interval
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.evidence.anchoring import Status
from syngraph.evidence.verify import Verdict
from syngraph.explain.origins import QuoteShown
from syngraph.graph.names import Unit
from syngraph.model.agreements import Payment
from syngraph.model.asked import Asked, DateOf
from syngraph.model.assumptions import Assumption, Between, Certain, Distribution, OneOf
from syngraph.model.events import Decision, Event, Never, OnCondition, OnDate
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.records import Head
from syngraph.model.waterfalls import Waterfall


@dataclass(frozen=True, slots=True)
class Told:
    """A unit by itself: a key of the words for what it is, its title, and where its formula stands, or its text."""

    kind: str
    title: LocalText | None = None
    formula: Span | None = None
    text: str = ""


def told(unit: Unit) -> Told:
    """What a unit is; the formula of a payment is made of several fields."""
    match unit:
        case Value(value=value):
            return Told("fact", formula=value.chosen.span)
        case Statement(says=says):
            return Told("fact", says)
        case Series(periods=periods):
            return Told("fact", text=", ".join(p.valid.text for p in periods))
        case Assumption(draw=Certain(value=value)):
            return Told("assumption", formula=value.chosen.span)
        case Assumption(draw=Distribution(span=span) | OneOf(span=span) | Between(span=span)):
            return Told("assumption", formula=span)
        case Assumption():
            return Told("assumption")
        case Measure(value=value):
            return Told("measure", formula=value.chosen.span)
        case Dependence(share=share):
            return Told("dependence", formula=share.chosen.span)
        case Payment(title=title):
            return Told("payment", title)
        case Waterfall(pot=pot):
            return Told("waterfall", formula=pot.chosen.span)
        case _:
            assert_never(unit)


def told_event(event: Event) -> Told:
    """What an event hangs on."""
    match event.trigger:
        case OnCondition(condition=condition):
            return Told("event", event.title, condition.chosen.span)
        case OnDate(when=Interval(text=text)) | Decision(date=OnDate(when=Interval(text=text))):
            return Told("event", event.title, text=text)
        case OnDate(when=Between(span=span)) | Decision(date=OnDate(when=Between(span=span))):
            return Told("event", event.title, span)
        case Decision(hazard=hazard) if hazard is not None:
            return Told("event", event.title, hazard.chosen.span)
        case Never():
            return Told("event", event.title, text="never")
        case OnDate() | Decision():
            return Told("event", event.title)
        case _:
            assert_never(event.trigger)


def sliced(texts: Mapping[str, str], span: Span) -> str:
    """What stands in a file at a place."""
    return texts.get(span.file, "")[span.start : span.end]


# figures


def figure_of(figures: Figures, asked: Asked, fold: Fold, *, column: int | None) -> Figure | None:
    """The figure in the column asked for, or at the end."""
    series = found(figures.run, asked, fold)
    if series is None:
        return None
    return figures.of(series, series.columns.index(column) if series.columns and column is not None else -1)


def event_figure(study: Study, figures: Figures, event: Event) -> Figure | None:
    """On how many paths an event comes, and when."""
    shown = figures.found(DateOf(event.head.name), Fold.FINAL)
    return None if shown is None else replace(shown, happens=shown.paths / study.paths)


# quotes


def quotes(study: Study, head: Head) -> Iterator[QuoteShown]:
    """The quotes of a record, and how each was verified."""
    for citation in head.cites:
        key = (head.section, head.name, citation.source, citation.quote)
        verdict = next((v for v in study.evidence.verdicts if _key(v) == key), None)
        if verdict is None:
            yield QuoteShown(citation.source, citation.quote, Status.UNVERIFIABLE.value)
            continue
        place = verdict.places[0] if verdict.places else None
        line, column = (place.line, place.column) if place else (0, 0)
        agrees = tuple(dict.fromkeys(_agreeing(study, head, verdict)))
        shown = citation.source, citation.quote, verdict.status.value, verdict.snapshot or ""
        yield QuoteShown(*shown, line, column, agrees)


def _key(verdict: Verdict) -> tuple[str, str, str, str]:
    quote = verdict.quote.key
    return quote.section, quote.record, quote.source, quote.exact


def _agreeing(study: Study, head: Head, verdict: Verdict) -> Iterator[str]:
    """The fields of a record that agree with a mention inside a quote."""
    for one in study.evidence.agreed.models:
        if (one.section, one.record, one.source) == (head.section, head.name, verdict.quote.key.source):
            mention = one.mention
            if any(place.start <= mention.start and mention.end <= place.end for place in verdict.places):
                yield one.field


def beside(study: Study, head: Head) -> tuple[str, ...]:
    """The parties a record names that stand in the sentences around its quotes."""
    nearby = study.evidence.agreed.nearby
    return tuple(dict.fromkeys(n.party for n in nearby if (n.section, n.record) == (head.section, head.name)))
