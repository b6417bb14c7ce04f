"""`syngraph run`: who is paid what and when, who supplies whom, and do the checks hold?"""

from pathlib import Path

from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, Draws, Scope, Show
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer, answer_json
from syngraph.present.answers import run_document, run_text
from syngraph.present.words import words

_ANY, _SOME = Scope(), Draws()


def run(case: Path = Path(), *, scope: Scope = _ANY, draws: Draws = _SOME, show: Show = AS_USUAL) -> int:
    """Run a case under a plan: payments by term and party, supply, dependence, events and checks.

    Parameters
    ----------
    case
        The folder of the case.
    """
    study, code = study_of(Asked(case, scope, draws, show, (scope.plan,)))
    if study is None:
        return code
    if show.format == "json":
        answer_json(run_document(study, study.first))
    else:
        answer(run_text(study, study.first, words(show.lang)))
    return Exit.FINDINGS if any(c.failed for c in study.first.checks) else code
