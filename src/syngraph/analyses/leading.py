"""What comes first in an answer, and on which share of the paths it does: no superlative holds by its median alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from syngraph.analyses.figures import Figure, Fold
from syngraph.analyses.study import PlanRun
from syngraph.compile.case import Compiled
from syngraph.graph.kinds import Kind
from syngraph.model.asked import SHORTFALL, PresentValue, Received, text_of
from syngraph.run.elementary import Floats
from syngraph.run.results import ROUNDING, Place

HELD = 16 * 2**20
"""Bytes of what is kept path by path to see who is first."""


@dataclass(frozen=True, slots=True)
class First:
    """The one that is first on more than half of the paths, by its place in the list, and on how many."""

    index: int
    share: float


def kept_places(plan: Compiled, paths: int) -> tuple[Place, ...]:
    """What is kept of every path to see who is first, what parties receive before all else, as far as there is room."""
    outputs = {(o.name, o.fold) for o in plan.program.outputs} if plan.program is not None else set()
    places = dict.fromkeys(p for p in _places(plan) if (p.name, p.fold) in outputs)
    return tuple(places)[: HELD // (8 * paths)]


def _places(plan: Compiled) -> Iterable[Place]:
    """What each party receives, each stream of money, each part of a level, each dependence."""
    received = [Received(party.head.name) for party in plan.case.parties]
    yield from (Place(text_of(got), Fold.CUMULATIVE) for got in received)
    yield from (Place(text_of(PresentValue(got)), Fold.TOTAL) for got in received)
    dependences = {d.head.name for d in plan.case.dependences}
    for quantity in plan.quantities:
        if quantity.name in dependences or (quantity.part and quantity.kind is Kind.STOCK):
            yield Place(quantity.name, quantity.fold)
        elif quantity.part and quantity.part != SHORTFALL and quantity.kind is Kind.FLOW:
            yield Place(quantity.name, Fold.CUMULATIVE)


def ranked(figures: Iterable[Figure]) -> list[Figure]:
    """The highest first, by median, then by mean."""
    return sorted(figures, key=lambda f: (f.value or 0.0, f.mean or 0.0), reverse=True)


def first(among: Sequence[tuple[PlanRun, Figure, Fold]]) -> First | None:
    """Which of these figures is the highest on more than half of the paths; None if none is, or it was not kept."""
    rows = [dict(run.result.kept).get(Place(figure.name, fold)) for run, figure, fold in among]
    kept = [row for row in rows if row is not None]
    if len(kept) != len(rows) or not kept:
        return None
    shares = _shares(np.stack(kept))
    best = int(np.argmax(shares))
    return First(best, float(shares[best])) if shares[best] > 0.5 else None


def _shares(values: Floats) -> Floats:
    """On which share of the paths each row is higher than all others, by more than rounding."""
    values = np.where(np.isnan(values), -np.inf, values)
    if len(values) == 1:
        return np.ones(1)
    ordered = np.sort(values, axis=0)
    with np.errstate(invalid="ignore"):
        alone = ordered[-1] - ordered[-2] > ROUNDING * np.abs(ordered[-1])
    winners = np.argmax(values, axis=0)[alone]
    shares: Floats = np.bincount(winners, minlength=len(values)) / values.shape[1]
    return shares
