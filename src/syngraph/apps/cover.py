"""`syngraph cover`: how much of a source is modelled, and what is left out?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.analyses.cover import cover as coverage_of
from syngraph.apps.exits import Exit, exit_of
from syngraph.apps.findings import tell
from syngraph.apps.folders import open_folder
from syngraph.apps.options import AS_USUAL, BESIDE, AnswerFormat, Show, Texts
from syngraph.apps.terminal import answer_in, say
from syngraph.base.diagnostics import Severity
from syngraph.present.coverage import coverage_document, coverage_lines, coverage_text
from syngraph.present.words import words

_EXPECTED = frozenset({"stub"})  # what a draft leaves to do; the counts show it


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
        List what is modelled or quoted too, not only what is ignored or open.
    exit_code
        Exit with 1 if something is open, or the case has errors.
    """
    said = words(show.lang)
    opened = open_folder(case, elsewhere=texts.paths)
    wrong = tuple(d for d in opened.diagnostics if d.severity is Severity.ERROR and d.code not in _EXPECTED)
    tell(wrong, dict(opened.loaded.texts), show)
    if not opened.loaded.cases:
        return exit_of(opened.diagnostics)
    covered = coverage_of(opened.loaded.cases, opened.evidence)
    if not covered:
        say(said.text("cover.no_text"))
        return Exit.UNREADABLE
    answer_in(
        form,
        text=lambda: coverage_text(covered, said, everything=everything),
        document=lambda: coverage_document(covered),
        lines=lambda: coverage_lines(covered),
    )
    left = wrong or any(c.open for c in covered)
    return Exit.FINDINGS if exit_code and left else Exit.OK
