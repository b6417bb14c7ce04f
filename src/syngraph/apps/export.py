"""`syngraph export`: a case for other programs."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from syngraph.api.annotations import annotate
from syngraph.apps.asking import ask
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, FailOn, Show, Texts
from syngraph.apps.terminal import answer, say
from syngraph.load.writing import write_whole
from syngraph.present.display import visible
from syngraph.present.words import words


def export(
    case: Path = Path(),
    *,
    to: Literal["annotations"],
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    texts: Texts = BESIDE,
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
) -> int:
    """Export the quotes of a case, each with its place in its source and the record that cites it.

    Parameters
    ----------
    case
        The folder of the case.
    to
        `annotations`: W3C Web Annotations, as JSON-LD.
    output
        The file to write; by default standard output.
    """
    found, code = ask(lambda: annotate(case, sources=texts.paths), show, fail_on=fail_on)
    if found is None:
        return code
    if output is None:
        answer(found.text())
        return code
    said, file = words(show.lang), visible(str(output))
    try:
        write_whole(output, found.text().encode("utf-8"))
    except OSError as problem:
        say(said.text("run.to_unwritable", file=file, reason=problem.strerror or str(problem)))
        return Exit.UNREADABLE
    answer(said.text("run.to_written", file=file))
    return code
