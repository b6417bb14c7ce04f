"""Whether a case under each of its plans can be made into a program, and what in it deserves a look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from syngraph.analyses.netting import half_netted
from syngraph.analyses.reasons import unreasoned
from syngraph.analyses.ties import order_by_name
from syngraph.analyses.undecided import true_before
from syngraph.base.diagnostics import Diagnostic, Label, in_order
from syngraph.base.spans import Span
from syngraph.compile.case import Compiled, compile_plans
from syngraph.model.case import Case
from syngraph.model.readings import Ambiguity, ambiguities, reading

_LOOKS = (unreasoned, half_netted, true_before, order_by_name)


def unsound(cases: Sequence[Case]) -> tuple[Diagnostic, ...]:
    """What keeps the plans from being programs, each mistake once: `cases` are the bare case and then its plans.

    Readings that no plan uses must be sound too.
    """
    others = tuple(_readings_not_used(cases))
    together = tuple(_together(others))
    compiled = compile_plans([*cases, *together])
    found = findings(compiled[: len(cases)])
    known = {(d.code, d.span) for d in found}
    if all((d.code, d.span) in known for one in compiled[len(cases) :] for d in one.diagnostics):
        return found
    return in_order((*found, *_one_by_one(cases, others, known)))


Other = tuple[Case, Ambiguity, str]


def _readings_not_used(cases: Sequence[Case]) -> Iterator[Other]:
    """Every reading no plan uses, once, with the first case that has its place."""
    tried = {(a.readings.span, a.readings.use) for case in cases for a in ambiguities(case)}
    for case in cases:
        for place in ambiguities(case):
            for name in place.others:
                if (place.readings.span, name) not in tried:
                    tried.add((place.readings.span, name))
                    yield case, place, name


def _together(others: Sequence[Other]) -> Iterator[Case]:
    """As few cases as can be in which each of the readings is in use once."""
    left = list(others)
    while left:
        base = left[0][0]
        changed, used, later = base, set[Span](), []
        for case, place, name in left:
            if case is base and place.readings.span not in used:
                used.add(place.readings.span)
                changed = reading(changed, place, name)
            else:
                later.append((case, place, name))
        yield changed
        left = later


def _one_by_one(
    cases: Sequence[Case], others: Sequence[Other], known: set[tuple[str, Span | None]]
) -> Iterator[Diagnostic]:
    """What is wrong under each reading alone: two that are sound each may not go together, which nobody asked for."""
    compiled = compile_plans([*cases, *(reading(case, place, name) for case, place, name in others)])
    seen = set(known)
    for (_, place, _), other in zip(others, compiled[len(cases) :], strict=True):
        label = Label(place.readings.span, "under-reading")
        fresh = [d for d in other.diagnostics if (d.code, d.span) not in seen]
        seen |= {(d.code, d.span) for d in fresh}
        yield from (replace(d, labels=(*d.labels, label)) for d in fresh)


def remarks(cases: Sequence[Case]) -> tuple[Diagnostic, ...]:
    """What keeps no plan from running but deserves a look, in the order of places."""
    return _over_plans((case, [d for look in _LOOKS for d in look(case)]) for case in cases)


def findings(compiled: Sequence[Compiled]) -> tuple[Diagnostic, ...]:
    """What was found in compiling, under each plan."""
    return _over_plans((plan.case, plan.diagnostics) for plan in compiled)


def _over_plans(plans: Iterable[tuple[Case, Sequence[Diagnostic]]]) -> tuple[Diagnostic, ...]:
    """Each finding once, the bare case first; what only a plan brings about names the plan that brought it first."""
    found: list[Diagnostic] = []
    seen: set[Diagnostic] = set()
    for position, (case, diagnostics) in enumerate(plans):
        fresh = [d for d in diagnostics if d not in seen]
        found.extend(_under(case, d) if position else d for d in fresh)
        seen.update(fresh)
    return in_order(found)


def _under(case: Case, diagnostic: Diagnostic) -> Diagnostic:
    span = next((plan.head.span for plan in case.plans if plan.head.name == case.plan), None)
    return diagnostic if span is None else replace(diagnostic, labels=(*diagnostic.labels, Label(span, "under-plan")))
