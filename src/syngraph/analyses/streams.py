"""What a run has: its series by name, its streams of money, the levels it shares out, and the days known before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from syngraph.analyses.study import PlanRun
from syngraph.base.dates import Interval
from syngraph.base.texts import LocalText
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold
from syngraph.model.agreements import Payment
from syngraph.model.events import Event
from syngraph.model.waterfalls import Waterfall
from syngraph.run.results import Series


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of money: the term or waterfall, the name of its series, who gives, who takes, and its title."""

    record: str
    series: str
    payer: str
    payee: str
    title: LocalText | None = None


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


def found(run: PlanRun, name: str, fold: Fold) -> Series | None:
    """A series of a run, if it has it."""
    return next((s for s in run.result.series if s.name == name and s.fold is fold), None)


def known_day(run: PlanRun, event: Event) -> Interval | None:
    """The day the case gives for an event that stands from the beginning of the run on; None if the run decides it."""
    if event.given is None:
        return None
    hit = found(run, f"date({event.head.name})", Fold.FINAL)
    decided = hit is not None and (hit.used[0] < run.result.paths or bool(hit.quantiles[0, -1] > 0))
    return None if decided else event.given


def streams(run: PlanRun) -> Iterator[Stream]:
    """Every stream of money, terms before waterfalls."""
    for agreement in run.case.agreements:
        for term in agreement.terms:
            match term:
                case Payment(payer=payer, payee=payee, head=head, title=title):
                    yield Stream(head.name, f"{head.name}.paid", payer.chosen, payee.chosen, title)
                case _:
                    pass
    for waterfall in run.case.waterfalls:
        for quantity in run.compiled.quantities:
            if quantity.unit == waterfall.head.name and quantity.kind is Kind.FLOW:
                yield Stream(waterfall.head.name, quantity.name, waterfall.of, quantity.part, waterfall.title)


def levels(run: PlanRun) -> Iterator[Level]:
    """Every level that is shared out."""
    for waterfall in run.case.waterfalls:
        quantities = [q for q in run.compiled.quantities if q.unit == waterfall.head.name and q.kind is Kind.STOCK]
        parts = tuple((q.part, s) for q in quantities if (s := found(run, q.name, Fold.YEAR_END)) is not None)
        if parts:
            yield Level(waterfall, parts)
