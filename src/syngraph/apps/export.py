"""`syngraph export`: a case for other programs."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from syngraph import __version__
from syngraph.apps.exits import Exit, exit_of
from syngraph.apps.findings import tell
from syngraph.apps.folders import open_folder
from syngraph.apps.options import AS_USUAL, BESIDE, Show, Texts
from syngraph.apps.terminal import answer, json_text, say
from syngraph.load.writing import write_whole
from syngraph.present.annotations import annotations_document
from syngraph.present.words import words


def export(
    case: Path = Path(),
    *,
    to: Literal["annotations"],
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    texts: Texts = BESIDE,
    show: Show = AS_USUAL,
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
    opened = open_folder(case, elsewhere=texts.paths)
    tell(opened.diagnostics, dict(opened.loaded.texts), show)
    if not opened.loaded.cases:
        return exit_of(opened.diagnostics)
    document = annotations_document(opened.loaded.cases, opened.evidence, version=__version__)
    if output is None:
        answer(json_text(document))
        return exit_of(opened.diagnostics, fail_on=show.fail_on)
    said = words(show.lang)
    try:
        write_whole(output, json_text(document).encode("utf-8"))
    except OSError as problem:
        say(said.text("run.to_unwritable", file=str(output), reason=problem.strerror or str(problem)))
        return Exit.UNREADABLE
    answer(said.text("run.to_written", file=str(output)))
    return exit_of(opened.diagnostics, fail_on=show.fail_on)
