"""Two plans compared again under every reading they do not use."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.compare import Compared, Difference, figures
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.diagnostics import in_order
from syngraph.base.errors import RunStopped
from syngraph.base.spans import Span
from syngraph.compile.case import Compiled, compile_plans
from syngraph.model.case import Case
from syngraph.model.readings import Ambiguity, ambiguities, reading


def under_readings(study: Study, a: PlanRun, b: PlanRun, wanted: Sequence[Compared]) -> tuple[Difference, ...]:
    """The same again under every reading of an ambiguous place that is not in use under both plans.

    One place changes at a time, under both plans that have it. A quantity only some readings have is left out there.
    """
    found: list[Difference] = []
    for place, name in _other_readings(a.case, b.case):
        cases = [_with(r.case, place, name) for r in (a, b)]
        first, second = _compiled_like(a.compiled, cases)
        found += figures(study, first, second, wanted, under=(place.record, name))
    return tuple(found)


def _other_readings(a: Case, b: Case) -> Iterator[tuple[Ambiguity, str]]:
    """Each reading of each place that one of the two cases does not use, once."""
    used: dict[Span, set[str]] = {}
    places: dict[Span, Ambiguity] = {}
    for place in (*ambiguities(a), *ambiguities(b)):
        used.setdefault(place.readings.span, set()).add(place.readings.use)
        places.setdefault(place.readings.span, place)
    for span, place in places.items():
        for name, _ in place.readings.options:
            if used[span] != {name}:
                yield place, name


def _with(case: Case, place: Ambiguity, name: str) -> Case:
    """The case with that reading in use, if it has the place."""
    own = next((p for p in ambiguities(case) if p.readings.span == place.readings.span), None)
    return case if own is None or name not in dict(own.readings.options) else reading(case, own, name)


def _compiled_like(made: Compiled, cases: Sequence[Case]) -> tuple[Compiled, ...]:
    """Cases compiled on the grid of another; RunStopped with what is wrong with them."""
    segments = made.program.segments if made.program is not None else ()
    compiled = compile_plans(cases, until=segments[-1].end, extra=[s.start for s in segments])
    wrong = tuple(d for c in compiled for d in c.diagnostics if c.program is None)
    if wrong:
        raise RunStopped(in_order(wrong))
    return compiled
