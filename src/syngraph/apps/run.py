"""`syngraph run`: who is paid what and when, who supplies whom, and do the checks hold?"""

from importlib.util import find_spec
from pathlib import Path

from syngraph.analyses.rows import rows
from syngraph.analyses.stamps import stamp
from syngraph.analyses.study import Study
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, AnswerFormat, Draws, Scope, Show, Texts
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer_in, say
from syngraph.load.writing import write_whole
from syngraph.present.answers import run_document, run_lines, run_text
from syngraph.present.display import visible
from syngraph.present.parquet import parquet
from syngraph.present.words import Words, words

_ANY, _SOME = Scope(), Draws()


def run(
    case: Path = Path(),
    *,
    to: Path | None = None,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """Run a case under a plan: payments by term and party, supply, dependence, events and checks.

    Parameters
    ----------
    case
        The folder of the case.
    to
        A file to write all series into as well, FILE.parquet: one long table.
    """
    said = words(show.lang)
    if to is not None and (wrong := _misused(to)):
        say(said.text(wrong, file=visible(str(to))))
        return Exit.USAGE
    study, code = study_of(Asked(case, scope, draws, show, (scope.plan,), texts=texts))
    if study is None:
        return code
    if to is not None and not _written(study, to, said):
        return Exit.UNREADABLE
    answer_in(
        form,
        text=lambda: run_text(study, study.first, said),
        document=lambda: run_document(study, study.first),
        lines=lambda: run_lines(study, study.first),
    )
    return Exit.FINDINGS if any(c.failed for c in study.first.checks) else code


def _misused(to: Path) -> str:
    """What keeps a file from being written, before anything is computed: a key of the word files."""
    if to.suffix != ".parquet":
        return "run.to_suffix"
    return "" if find_spec("pyarrow") else "run.to_extra"


def _written(study: Study, to: Path, said: Words) -> bool:
    file = visible(str(to))
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        write_whole(to, parquet(rows(study.first), stamp(study, study.first)))
    except OSError as problem:
        say(said.text("run.to_unwritable", file=file, reason=problem.strerror or type(problem).__name__))
        return False
    say(said.text("run.to_written", file=file))
    return True
