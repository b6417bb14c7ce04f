"""Whether a case under each of its plans can be made into a program."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from syngraph.base.diagnostics import Diagnostic, Label, in_order
from syngraph.compile.case import Compiled, compile_plans
from syngraph.model.case import Case
from syngraph.model.readings import Ambiguity, ambiguities, other_readings


def unsound(cases: Sequence[Case]) -> tuple[Diagnostic, ...]:
    """What keeps the plans from being programs, each mistake once: `cases` are the bare case and then its plans.

    Readings that no plan uses must be sound too: each is tried in the first plan that has it, the others as they are.
    """
    others = tuple(_readings_not_used(cases))
    compiled = compile_plans([*cases, *(case for _, case in others)])
    found = findings(compiled[: len(cases)])
    seen = {(d.code, d.span) for d in found}
    for (place, _), other in zip(others, compiled[len(cases) :], strict=True):
        label = Label(place.readings.span, "under-reading")
        fresh = [d for d in other.diagnostics if (d.code, d.span) not in seen]
        found += tuple(replace(d, labels=(*d.labels, label)) for d in fresh)
        seen |= {(d.code, d.span) for d in fresh}
    return in_order(found)


def _readings_not_used(cases: Sequence[Case]) -> Iterator[tuple[Ambiguity, Case]]:
    """Every reading no plan uses, once, with the first case that has it and now uses it."""
    tried = {(a.readings.span, a.readings.use) for case in cases for a in ambiguities(case)}
    for case in cases:
        for place, name, other in other_readings(case):
            if (place.readings.span, name) not in tried:
                tried.add((place.readings.span, name))
                yield place, other


def findings(compiled: Sequence[Compiled]) -> tuple[Diagnostic, ...]:
    """What was found in compiling; what only a plan brings about names the plan that brought it first."""
    found = [d for first in compiled[:1] for d in first.diagnostics]
    seen = set(found)
    for plan in compiled[1:]:
        fresh = [d for d in plan.diagnostics if d not in seen]
        found.extend(_under(plan.case, d) for d in fresh)
        seen.update(fresh)
    return in_order(found)


def _under(case: Case, diagnostic: Diagnostic) -> Diagnostic:
    span = next((plan.head.span for plan in case.plans if plan.head.name == case.plan), None)
    return diagnostic if span is None else replace(diagnostic, labels=(*diagnostic.labels, Label(span, "under-plan")))
