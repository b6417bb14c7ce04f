"""`syngraph draft`: a case in waiting, made from texts alone."""

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.api.draft import draft_case
from syngraph.apps.asking import ask
from syngraph.apps.exits import DOCUMENT, UNREADABLE
from syngraph.apps.options import AS_USUAL, Show
from syngraph.apps.terminal import answer, say


def draft(
    *sources: Path,
    output: Annotated[Path, Parameter(name=("--output", "-o"))],
    published: date | None = None,
    language: str = "",
    region: str = "",
    show: Show = AS_USUAL,
) -> int:
    """Make a new case from texts: a stub for each quantity and date, to be named, given a meaning, or deleted.

    Parameters
    ----------
    sources
        One or more texts; copies go to FOLDER/sources/, which is kept out of git.
    output
        The new folder.
    published
        The day the texts were published; the case is told on it.
    language
        The language of the texts; by default told by their letters, as in `mentions`.
    region
        Where a bare $, ¥, 元 and 兆 are at home; by default that of the language.
    """
    found, code = ask(
        lambda: draft_case(sources, output, published=published, language=language, region=region, comments=show.lang),
        show,
        unreadable=UNREADABLE | DOCUMENT,
    )
    if found is None:
        return code
    if guesses := found.guesses(show.lang):
        say(guesses)
    answer(found.text(show.lang))
    return code
