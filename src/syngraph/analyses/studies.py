"""Makes a study: compiles the plans on one grid, runs them on the same draws, and decides their checks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from syngraph.analyses.evidence import Evidence
from syngraph.analyses.leading import kept_places
from syngraph.analyses.study import PlanRun, Progress, Study
from syngraph.analyses.verdicts import Compares, compared_places, verdicts
from syngraph.base.diagnostics import Diagnostic, error, has_errors, in_order
from syngraph.base.nearest import nearest
from syngraph.compile.case import Compiled, compile_plans
from syngraph.ir.prune import prune
from syngraph.model.case import Case
from syngraph.run.results import central, simulate

Text = tuple[str, str]


def compiled_plans(
    cases: Sequence[Case], *, as_of: date | None = None, extra: Iterable[date] = ()
) -> tuple[tuple[Compiled, ...], tuple[Diagnostic, ...]]:
    """All plans compiled, and every finding once; `as_of` ends the run at the end of that day, `extra` are cuts."""
    until = as_of + timedelta(days=1) if as_of is not None else None
    if until is not None and cases and until <= cases[0].today:
        span = cases[0].horizon.span
        today = cases[0].today.isoformat()
        return (), (error("as-of-before-today", span, date=str(as_of), today=today),)
    compiled = compile_plans(cases, until=until, extra=extra)
    return compiled, in_order(d for c in compiled for d in c.diagnostics)


def chosen_plan(cases: Sequence[Case], plan: str) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """The case under the plan of that name; `base` is the bare case whatever it is called."""
    names = [c.plan for c in cases]
    if plan in names:
        return cases[names.index(plan)], ()
    if plan == "base" and cases:
        return cases[0], ()
    return None, (error("plan-unknown", None, name=plan, meant=nearest(plan, names), known=", ".join(names)),)


def known_by(case: Case, day: date) -> Case:
    """The case with only the facts that sources published up to and on a day state."""
    published = {s.head.name: s.published for s in case.sources}

    def known(sources: Iterable[str]) -> bool:
        days = [published.get(s) for s in sources]
        return not days or any(d is not None and d <= day for d in days)

    facts = tuple(f for f in case.facts if known(c.source for c in f.head.cites))
    return replace(case, facts=facts)


def not_yet_known(
    found: Iterable[Diagnostic], before: Sequence[Case], after: Sequence[Case], day: date
) -> tuple[Diagnostic, ...]:
    """The findings, with names that `known_by` took away said to be not known yet."""
    kept = {f.head.name for c in after for f in c.facts}
    hidden = {f.head.name for c in before for f in c.facts} - kept
    return tuple(
        error("not-known", d.span, name=d.fill("name"), date=day.isoformat()) if d.fill("name") in hidden else d
        for d in found
    )


def run_study(
    compiled: Sequence[Compiled],
    *,
    folder: str,
    plans: Collection[str] = (),
    texts: tuple[Text, ...],
    evidence: Evidence,
    paths: int,
    seed: int,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> Study:
    """Runs the named plans (all if none is named) on the same draws. Every plan must have a program."""
    runs = []
    chosen = [c for c in compiled if not plans or c.case.plan in plans]
    total = paths * len(chosen)
    for i, one in enumerate(chosen):
        assert one.program is not None
        program = prune(one.program)
        done = i * paths

        def report(now: int, _: int, done: int = done) -> None:
            if progress is not None:
                progress(done + now, total)

        keep = tuple(dict.fromkeys((*compared_places(one, chosen), *kept_places(one, paths))))
        result = simulate(program, paths=paths, seed=seed, chunk=chunk, keep=keep, progress=report)
        runs.append(PlanRun(one, result, central(program, seed=seed)))
    compares = Compares(compiled, runs, paths, seed)
    decided = [replace(r, checks=verdicts(r, compares)) for r in runs]
    return Study(folder, texts, tuple(decided), evidence, paths, seed)


def sound(compiled: Sequence[Compiled]) -> bool:
    """Whether every plan has a program and nothing is wrong with it."""
    return bool(compiled) and all(c.program is not None and not has_errors(c.diagnostics) for c in compiled)
