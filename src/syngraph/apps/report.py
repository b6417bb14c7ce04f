"""`syngraph report`: everything in one file that opens by double click."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph import __version__
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, Draws, Scope, Show, Texts
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer, say
from syngraph.load.writing import write_whole
from syngraph.present.report.page import render
from syngraph.present.words import words

_ANY, _SOME = Scope(), Draws()


def report(
    case: Path = Path(),
    *,
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    texts: Texts = BESIDE,
    show: Show = AS_USUAL,
) -> int:
    """Write a report: one HTML file, English and Traditional Chinese, that needs no network.

    Parameters
    ----------
    case
        The folder of the case.
    output
        The file to write; by default build/NAME.html.
    """
    study, code = study_of(Asked(case, scope, draws, show, texts=texts))
    if study is None:
        return code
    path = output or Path("build") / f"{study.first.case.name}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, render(study, version=__version__).encode("utf-8"))
    except OSError as problem:
        say(words(show.lang).text("report.unwritable", file=str(path), reason=problem.strerror or str(problem)))
        return Exit.UNREADABLE
    answer(str(path))
    return code
