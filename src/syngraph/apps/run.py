"""`syngraph run`: who is paid what and when, who supplies whom, and do the checks hold?"""

from importlib.util import find_spec
from pathlib import Path

from syngraph.api.run import Run, run_plan
from syngraph.apps.asking import ask, asked_by
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, PLAIN, AnswerFormat, FailOn, Plan, Question, Show, Texts
from syngraph.apps.terminal import answer_in, say
from syngraph.load.writing import write_whole
from syngraph.present.display import visible
from syngraph.present.parquet import parquet
from syngraph.present.words import Words, words


def run(
    case: Path = Path(),
    *,
    to: Path | None = None,
    plan: Plan = "base",
    question: Question = PLAIN,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
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
    found, code = ask(lambda: run_plan(asked_by(case, question, texts, show), plan), show, fail_on=fail_on)
    if found is None:
        return code
    if to is not None and not _written(found, to, said):
        return Exit.UNREADABLE
    answer_in(form, found, show.lang)
    return Exit.FINDINGS if any(c.failed for c in found.checks) else code


def _misused(to: Path) -> str:
    """What keeps a file from being written, before anything is computed: a key of the word files."""
    if to.suffix != ".parquet":
        return "run.to_suffix"
    return "" if find_spec("pyarrow") else "run.to_extra"


def _written(found: Run, to: Path, said: Words) -> bool:
    file = visible(str(to))
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        write_whole(to, parquet(found.rows(), found.stamp))
    except OSError as problem:
        say(said.text("run.to_unwritable", file=file, reason=problem.strerror or type(problem).__name__))
        return False
    say(said.text("run.to_written", file=file))
    return True
