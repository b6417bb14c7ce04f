"""What a run has: its streams of money, the levels it shares out, and the days known before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from syngraph.analyses.figures import Figure, Figures, Fold, Series, found
from syngraph.analyses.leading import ranked
from syngraph.analyses.study import PlanRun
from syngraph.base.dates import Interval
from syngraph.base.texts import LocalText
from syngraph.graph.kinds import Kind
from syngraph.model.agreements import Payment
from syngraph.model.asked import PAID, DateOf, PartOf, Received, text_of
from syngraph.model.events import Event
from syngraph.model.parties import Party
from syngraph.model.waterfalls import Waterfall


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of money: what is asked of its term or waterfall, who gives, who takes, and its title."""

    asked: PartOf
    payer: str
    payee: str
    title: LocalText | None = None

    @property
    def name(self) -> str:
        """The name of its series."""
        return text_of(self.asked)


@dataclass(frozen=True, slots=True)
class Level:
    """A level that a waterfall shares out: who takes part (`undistributed`: nobody), at each year's end."""

    waterfall: Waterfall
    parts: tuple[tuple[str, Series], ...]

    @property
    def unit(self) -> str:
        """The unit of all parts."""
        return self.parts[0][1].unit

    @property
    def years(self) -> tuple[int, ...]:
        """The columns of all parts."""
        return self.parts[0][1].columns


def payees(run: PlanRun) -> tuple[Party, ...]:
    """The parties in the order of the case, each followed by its units."""
    parties = {p.head.name: p for p in run.case.parties}
    found: dict[str, Party] = {}
    waiting = [p for p in reversed(run.case.parties) if p.part_of not in parties]
    while waiting:
        party = waiting.pop()
        found[party.head.name] = party
        waiting += [p for p in reversed(run.case.parties) if p.part_of == party.head.name]
    return tuple(found.values())


def receipts(run: PlanRun) -> list[tuple[str, Figure]]:
    """What each party receives in all, the most first; a unit counts within its owner."""
    figures = Figures(run)
    named = {text_of(got): got.party for p in run.case.parties if not p.part_of for got in (Received(p.head.name),)}
    found = (figures.found(Received(party), Fold.CUMULATIVE) for party in named.values())
    return [(named[f.name], f) for f in ranked(f for f in found if f is not None)]


def known_day(run: PlanRun, event: Event) -> Interval | None:
    """The day the case gives for an event that stands from the beginning of the run on; None if the run decides it."""
    if event.given is None:
        return None
    hit = found(run, DateOf(event.head.name), Fold.FINAL)
    decided = hit is not None and (hit.used[0] < run.result.paths or bool(hit.quantiles[0, -1] > 0))
    return None if decided else event.given


def streams(run: PlanRun) -> Iterator[Stream]:
    """Every stream of money, terms before waterfalls."""
    for agreement in run.case.agreements:
        for term in agreement.terms:
            match term:
                case Payment(payer=payer, payee=payee, head=head, title=title):
                    yield Stream(PartOf(head.name, PAID), payer.chosen, payee.chosen, title)
                case _:
                    pass
    for waterfall in run.case.waterfalls:
        for quantity in run.compiled.quantities:
            if quantity.unit == waterfall.head.name and quantity.kind is Kind.FLOW:
                asked = PartOf(quantity.unit, quantity.part)
                yield Stream(asked, waterfall.of, quantity.part, waterfall.title)


def levels(run: PlanRun) -> Iterator[Level]:
    """Every level that is shared out."""
    for waterfall in run.case.waterfalls:
        quantities = [q for q in run.compiled.quantities if q.unit == waterfall.head.name and q.kind is Kind.STOCK]
        ends = ((q.part, found(run, PartOf(q.unit, q.part), Fold.YEAR_END)) for q in quantities)
        parts = tuple((part, series) for part, series in ends if series is not None)
        if parts:
            yield Level(waterfall, parts)
