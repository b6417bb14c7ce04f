"""`syngraph cover`: how much of a source is modelled, and what is left out?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.api.cover import cover_case
from syngraph.apps.asking import ask
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, AnswerFormat, Show, Texts
from syngraph.apps.terminal import answer, answer_in


def cover(
    case: Path = Path(),
    *,
    everything: Annotated[bool, Parameter(name="--all", negative=())] = False,
    exit_code: Annotated[bool, Parameter(negative=())] = False,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """Show what of each source is modelled, quoted, ignored with a reason, or open: quantities, dates and names.

    Parameters
    ----------
    case
        The folder of the case.
    everything
        List what is modelled or quoted too, not only what is ignored or open; the other formats always have all.
    exit_code
        Exit with 1 if something is open, or the case has errors.
    """
    found, code = ask(lambda: cover_case(case, sources=texts.paths), show)
    if found is None:
        return code
    if form == "text":
        answer(found.text(show.lang, everything=everything))
    else:
        answer_in(form, found, show.lang)
    return Exit.FINDINGS if exit_code and (code or found.open) else Exit.OK
