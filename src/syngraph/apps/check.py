"""`syngraph check`: is the description sound, and does every quote stand in its source?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.api.check import Checked, check_case
from syngraph.apps.exits import exit_of
from syngraph.apps.options import AS_USUAL, BESIDE, FailOn, FindingsFormat, Show, Texts
from syngraph.apps.terminal import answer, answer_lines, say, use_color
from syngraph.load.evidence import LOCK_FILE
from syngraph.present.display import visible
from syngraph.present.findings import findings
from syngraph.present.formats import json_text
from syngraph.present.sarif import sarif_document
from syngraph.present.words import words
from syngraph.present.workflow import workflow_commands

MOST_SHOWN = 100


def check(
    case: Path = Path(),
    *,
    update: Annotated[bool, Parameter(negative=())] = False,
    texts: Texts = BESIDE,
    everything: Annotated[bool, Parameter(name="--all", negative=())] = False,
    form: FindingsFormat = "text",
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
) -> int:
    """Check a case: its files, its names, and every quote against its source.

    Parameters
    ----------
    case
        The folder of the case.
    update
        Write the lock file: what was verified, against which text.
    everything
        Print every finding, not the 100 gravest only; the other formats always have all.
    """
    checked = check_case(case, update=update, sources=texts.paths).value
    if form == "text":
        most = None if everything else MOST_SHOWN
        answer(checked.text(show.lang, color=use_color(show), most=most))
    else:
        _answer(checked, form, show)
    if checked.written:
        say(words(show.lang).text("check.lock_written", file=visible(str(case / LOCK_FILE))))
    return exit_of(checked.diagnostics, fail_on=fail_on)


def _answer(checked: Checked, form: FindingsFormat, show: Show) -> None:
    """All findings for a program; scanners look for a file from where they were started."""
    loaded, said = checked.opened.loaded, words(show.lang)
    found = findings(checked.diagnostics, dict(loaded.texts), said)
    match form:
        case "jsonl":
            answer_lines(checked.lines(show.lang))
        case "sarif":
            answer(json_text(sarif_document(found, said, folder=Path(loaded.folder))))
        case "github":
            answer(workflow_commands(found, folder=Path(loaded.folder)))
        case _:
            answer(json_text(checked.document(show.lang)))
