"""What every question that computes asks first: open the folder, pick the plans, compile, run."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from syngraph.analyses.periods import cuts, within
from syngraph.analyses.soundness import findings
from syngraph.analyses.studies import chosen_plan, compiled_plans, known_by, not_yet_known, run_study, sound
from syngraph.analyses.study import Progress, Study
from syngraph.api.folders import Given, Opened, opened
from syngraph.base.dates import Interval
from syngraph.base.diagnostics import Diagnostic, error, has_errors, in_order
from syngraph.base.errors import RunStopped
from syngraph.compile.case import Compiled
from syngraph.model.case import Case
from syngraph.run.sums import BLOCK

MOST_PATHS = 2**32


@dataclass(frozen=True, slots=True)
class Draws:
    """How it is simulated."""

    paths: int = 4_000
    seed: int = 0
    chunk: int | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the case and what was known when, the draws, the plans (all of them if none is named).

    `leading` is the plan that comes first. Results are by year, or for one period if that is asked for; `others` are
    periods that will be asked of them.
    """

    case: Given
    draws: Draws
    as_of: date | None = None
    known: date | None = None
    sources: Mapping[str, str | Path] | None = None
    plans: tuple[str, ...] = ()
    leading: str = ""
    period: Interval | None = None
    others: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A study, or why there is none, with what else was found on the way."""

    study: Study | None
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[tuple[str, str], ...] = ()

    def refusing(self, *found: Diagnostic) -> "Made":
        """No study after all."""
        return Made(None, in_order((*self.diagnostics, *found)), self.files)


def study_of(asked: Asked) -> Made:
    """The study, or nothing with the reasons."""
    if misused := _misused(asked.draws):
        return Made(None, misused)
    read = opened(asked.case, asked.sources)
    if not read.loaded.cases or has_errors(read.diagnostics):
        return Made(None, read.diagnostics, read.loaded.texts)
    compiled, plans, found = _compiled(asked, read)
    if found:
        return Made(None, found, read.loaded.texts)
    return _run(asked, read, compiled, plans)


def _misused(draws: Draws) -> tuple[Diagnostic, ...]:
    """What of the options for drawing cannot be."""
    if not 1 <= draws.paths <= MOST_PATHS:
        return (error("paths-out-of-range", None, found=f"{draws.paths:,}"),)
    if draws.chunk is not None and (draws.chunk <= 0 or draws.chunk % BLOCK):
        return (error("chunk-uneven", None, found=f"{draws.chunk:,}"),)
    return () if 0 <= draws.seed < 2**64 else (error("seed-out-of-range", None, found=str(draws.seed)),)


def _compiled(asked: Asked, read: Opened) -> tuple[tuple[Compiled, ...], tuple[str, ...], tuple[Diagnostic, ...]]:
    """All plans compiled and the names of those asked for, or what is wrong."""
    cases = read.loaded.cases
    if asked.known is not None:
        cases = tuple(known_by(c, asked.known) for c in cases)
    plans, unknown = _chosen(cases, asked.plans)
    unknown += _chosen(cases, (asked.leading,))[1] if asked.leading else ()
    if unknown:
        return (), (), unknown
    days = cuts((*asked.others, *((asked.period,) if asked.period is not None else ())))
    compiled, found = compiled_plans(cases, as_of=asked.as_of, extra=days)
    if not sound(compiled):
        found = findings(compiled) or found
        if asked.known is not None:
            found = not_yet_known(found, read.loaded.cases, cases, asked.known)
        return (), (), found
    if asked.period is None:
        return compiled, plans, ()
    compiled, found = within(compiled, asked.period)
    return compiled, plans, found


def _chosen(cases: tuple[Case, ...], plans: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The names of the plans asked for, and those there are not."""
    found = [chosen_plan(cases, plan) for plan in plans]
    return tuple(case.plan for case, _ in found if case), tuple(d for _, wrong in found for d in wrong)


def _run(asked: Asked, read: Opened, compiled: tuple[Compiled, ...], plans: tuple[str, ...]) -> Made:
    found = in_order((*read.diagnostics, *(d for c in compiled for d in c.diagnostics)))
    made = Made(None, found, read.loaded.texts)
    try:
        study = run_study(
            compiled,
            folder=read.loaded.folder,
            plans=plans,
            texts=read.loaded.texts,
            evidence=read.evidence,
            paths=asked.draws.paths,
            seed=asked.draws.seed,
            chunk=asked.draws.chunk,
            progress=asked.draws.progress,
        )
    except RunStopped as ended:
        return made.refusing(*ended.diagnostics)
    return Made(_led(study, asked.leading), found, read.loaded.texts)


def _led(study: Study, leading: str) -> Study:
    """The study with that plan first."""
    return replace(study, runs=tuple(sorted(study.runs, key=lambda r: r.case.plan != leading)))
