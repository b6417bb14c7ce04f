"""What every command that computes does first: open the folder, pick the plans, compile, run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syngraph.analyses.periods import cuts, within
from syngraph.analyses.soundness import findings
from syngraph.analyses.studies import chosen_plan, compiled_plans, known_by, not_yet_known, run_study, sound
from syngraph.analyses.study import Study
from syngraph.apps.exits import Exit, exit_of
from syngraph.apps.findings import tell
from syngraph.apps.folders import Opened, open_folder
from syngraph.apps.options import BESIDE, Draws, Scope, Show, Texts
from syngraph.apps.progress import progress_on
from syngraph.apps.terminal import say
from syngraph.base.dates import Interval
from syngraph.base.diagnostics import Diagnostic, has_errors, in_order
from syngraph.base.errors import Interrupted, RunStopped
from syngraph.compile.case import Compiled
from syngraph.present.words import Words, words
from syngraph.run.sums import BLOCK

MOST_PATHS = 2**32


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for: the folder, its options, the plans (all of them if none is named), where texts are.

    Results are by year, or for one period if that is asked for; `others` are periods that will be asked of them.
    """

    folder: Path
    scope: Scope
    draws: Draws
    show: Show
    plans: tuple[str, ...] = ()
    texts: Texts = BESIDE
    period: Interval | None = None
    others: tuple[Interval, ...] = ()


def study_of(asked: Asked) -> tuple[Study | None, Exit]:
    """The study, or nothing with the exit code and the reasons on standard error."""
    if (misused := _misused(asked.draws)) is not None:
        say(_words(asked).text(misused[0], found=misused[1]))
        return None, Exit.USAGE
    opened = open_folder(asked.folder, elsewhere=asked.texts.paths)
    cases = opened.loaded.cases
    if not cases or has_errors(opened.diagnostics):
        return _refused(asked, opened, opened.diagnostics)
    if asked.scope.known is not None:
        cases = tuple(known_by(c, asked.scope.known) for c in cases)
    unknown: tuple[Diagnostic, ...] = ()
    names = []
    for plan in asked.plans:
        case, wrong = chosen_plan(cases, plan)
        unknown += wrong
        names += [case.plan] if case else []
    if unknown:
        return _refused(asked, opened, unknown)
    days = cuts((*asked.others, *((asked.period,) if asked.period is not None else ())))
    compiled, found = compiled_plans(cases, as_of=asked.scope.as_of, extra=days)
    if not sound(compiled):
        found = findings(compiled) or found
        if asked.scope.known is not None:
            found = not_yet_known(found, opened.loaded.cases, cases, asked.scope.known)
        return _refused(asked, opened, found)
    if asked.period is not None:
        compiled, found = within(compiled, asked.period)
        if found:
            return _refused(asked, opened, found)
    return _run(asked, opened, compiled, tuple(names))


def _misused(draws: Draws) -> tuple[str, str] | None:
    """What of the options for drawing cannot be."""
    if not 1 <= draws.paths <= MOST_PATHS:
        return "run.paths", f"{draws.paths:,}"
    if draws.chunk is not None and (draws.chunk <= 0 or draws.chunk % BLOCK):
        return "run.chunk", f"{draws.chunk:,}"
    return None if 0 <= draws.seed < 2**64 else ("run.seed", str(draws.seed))


def _run(
    asked: Asked, opened: Opened, compiled: tuple[Compiled, ...], plans: tuple[str, ...]
) -> tuple[Study | None, Exit]:
    said = words(asked.show.lang)
    found = in_order((*opened.diagnostics, *(d for c in compiled for d in c.diagnostics)))
    tell(found, dict(opened.loaded.texts), asked.show)
    try:
        study = run_study(
            compiled,
            folder=str(asked.folder),
            plans=plans,
            texts=opened.loaded.texts,
            evidence=opened.evidence,
            paths=asked.draws.paths,
            seed=asked.draws.seed,
            chunk=asked.draws.chunk,
            progress=progress_on(said),
        )
    except (RunStopped, Interrupted) as ended:
        return None, ended_early(ended, dict(opened.loaded.texts), asked.show)
    return study, exit_of(opened.diagnostics, fail_on=asked.show.fail_on)


def ended_early(ended: RunStopped | Interrupted, texts: Mapping[str, str], show: Show) -> Exit:
    """Says on standard error why a run came to no result; `texts` are the files its diagnostics point into."""
    match ended:
        case RunStopped(diagnostics=found):
            tell(found, texts, show)
            return exit_of(found)
        case Interrupted(done=done, total=total):
            say(words(show.lang).text("run.interrupted", done=f"{done:,}", total=f"{total:,}"))
            return Exit.INTERRUPTED


def _words(asked: Asked) -> Words:
    return words(asked.show.lang)


def _refused(asked: Asked, opened: Opened, found: tuple[Diagnostic, ...]) -> tuple[None, Exit]:
    tell(found, dict(opened.loaded.texts), asked.show)
    return None, exit_of(found)
