"""Whether a case under each of its plans can be made into a program."""

from collections.abc import Sequence
from dataclasses import replace

from syngraph.base.diagnostics import Diagnostic, Label, in_order
from syngraph.compile.case import Compiled, compile_plans
from syngraph.model.case import Case


def unsound(cases: Sequence[Case]) -> tuple[Diagnostic, ...]:
    """What keeps the plans from being programs, each mistake once: `cases` are the bare case and then its plans."""
    return findings(compile_plans(cases))


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
