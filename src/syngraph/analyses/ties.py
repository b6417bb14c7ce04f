"""Which events fall on one day so that their order decides what comes out."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from syngraph.base.diagnostics import Diagnostic, Label, warning
from syngraph.model.case import Case
from syngraph.model.events import Become, Event

When = tuple[date | None, date | None]


def order_by_name(case: Case) -> Iterator[Diagnostic]:
    """A warning where two events of one day and rank turn a party into different forms: the later name wins.

    All else that events do is on from the same moment, whichever comes first. Days that are drawn do not tie, and an
    event that waits for the other comes after it.
    """
    dated = sorted((e for e in case.events if _when(e) is not None), key=lambda e: e.head.name)
    for first, second in combinations(dated, 2):
        if (_when(first), first.rank) == (_when(second), second.rank) and not _waits(first, second):
            yield from _clashes(first, second)


def _when(event: Event) -> When | None:
    """The day, or the stretch of days of an imprecise past."""
    return (event.given.first, event.given.end) if event.given is not None else None


def _waits(first: Event, second: Event) -> bool:
    return any(_names(name, second) for name in first.after) or any(_names(name, first) for name in second.after)


def _names(name: str, event: Event) -> bool:
    return name == event.head.name or name.rpartition(".")[0] == event.head.name


def _clashes(first: Event, second: Event) -> Iterator[Diagnostic]:
    for one in first.effects:
        for other in second.effects:
            if one.party == other.party and one.form != other.form:
                yield _warning(first, second, one, other)


def _warning(first: Event, second: Event, one: Become, other: Become) -> Diagnostic:
    fills = {"first": first.head.name, "second": second.head.name, "party": other.party, "form": other.form}
    return warning("tie-order", other.head.span, labels=(Label(one.head.span, "first-here"),), paste="rank: 1", **fills)
