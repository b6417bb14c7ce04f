"""`syngraph report`: everything in one file that opens by double click."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.api.report import report_case
from syngraph.apps.asking import ask, asked_by
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, PLAIN, FailOn, Question, Show, Texts
from syngraph.apps.terminal import answer, say
from syngraph.load.writing import write_whole
from syngraph.present.display import visible
from syngraph.present.words import words


def report(
    case: Path = Path(),
    *,
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    plan: str = "base",
    question: Question = PLAIN,
    texts: Texts = BESIDE,
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
) -> int:
    """Write a report: one HTML file, English and Traditional Chinese, that needs no network; it opens in `--lang`.

    Parameters
    ----------
    case
        The folder of the case.
    output
        The file to write; by default build/NAME.html.
    plan
        The plan the report leads with, by name; it has them all.
    """
    asked = asked_by(case, question, texts, show)
    found, code = ask(lambda: report_case(asked, plan, show.lang), show, fail_on=fail_on)
    if found is None:
        return code
    path = output or Path("build") / f"{found.name}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, found.html.encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        say(words(show.lang).text("report.unwritable", file=visible(str(path)), reason=reason))
        return Exit.UNREADABLE
    answer(visible(str(path)))
    return code
