"""Which events fall on one day so that their order decides what comes out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from syngraph.base.diagnostics import Diagnostic, Label, warning
from syngraph.graph.edges import event_edges
from syngraph.graph.names import Scope, make_scope
from syngraph.graph.order import reached
from syngraph.model.case import Case
from syngraph.model.events import Become, Event, Never

When = tuple[date | None, date | None]


def order_by_name(case: Case) -> Iterator[Diagnostic]:
    """A warning where two events of one day and rank turn a party into different forms: the later name wins.

    All else that events do is on from the same moment, whichever comes first. Days that are drawn do not tie, and an
    event that waits for the other, through however many others, comes after it.
    """
    dated = sorted((e for e in case.events if _when(e) is not None), key=lambda e: e.head.name)
    tied = [(a, b) for a, b in combinations(dated, 2) if (_when(a), a.rank) == (_when(b), b.rank) and _clash(a, b)]
    scope = make_scope(case) if tied else None
    waits = {e.head.name: _waited_for(scope, e) for e in case.events} if scope is not None else {}
    for first, second in tied:
        names = first.head.name, second.head.name
        if names[1] not in reached(names[0], waits) and names[0] not in reached(names[1], waits):
            yield from (_warning(first, second, one, other) for one, other in _clash(first, second))


def _when(event: Event) -> When | None:
    """The day, or the stretch of days of an imprecise past."""
    return (event.given.first, event.given.end) if event.given is not None else None


def _waited_for(scope: Scope, event: Event) -> tuple[str, ...]:
    """The events one waits for; one that only asks for another in its condition or probabilities does not wait."""
    return tuple(edge.to for edge in event_edges(scope, replace(event, trigger=Never())))


def _clash(first: Event, second: Event) -> list[tuple[Become, Become]]:
    """The effects that make different things of one party."""
    pairs = ((one, other) for one in first.effects for other in second.effects)
    return [(one, other) for one, other in pairs if one.party == other.party and one.form != other.form]


def _warning(first: Event, second: Event, one: Become, other: Become) -> Diagnostic:
    fills = {"first": first.head.name, "second": second.head.name, "party": other.party, "form": other.form}
    return warning("tie-order", other.head.span, labels=(Label(one.head.span, "first-here"),), paste="rank: 1", **fills)
