"""`syngraph explain`: why is this number what it is?"""

from pathlib import Path

from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, AnswerFormat, Draws, Scope, Show
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer, answer_json, answer_lines, say
from syngraph.base.nearest import nearest
from syngraph.explain.trace import names, trace
from syngraph.present.explanations import explanation_document, explanation_lines, explanation_text
from syngraph.present.words import words

_ANY, _SOME = Scope(), Draws()


def explain(
    name: str,
    case: Path = Path(),
    *,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """Explain a number: its equations, down to the quotes and reasons it rests on.

    Parameters
    ----------
    name
        A term, measure, fact, assumption or event, with @YEAR for one year (partnership.revenue_share.paid@2030).
    case
        The folder of the case.
    """
    said = words(show.lang)
    wanted, _, date = name.partition("@")
    year = int(date[:4]) if date[:4].isdecimal() else None
    if date and year is None:
        say(said.text("explain.no_year", found=date))
        return Exit.USAGE
    study, code = study_of(Asked(case, scope, draws, show, (scope.plan,)))
    if study is None:
        return code
    run = study.first
    root = trace(study, run, wanted, year)
    if root is None:
        known = names(study.first)
        say(said.text("explain.unknown", name=wanted, meant=nearest(wanted, known) or "–"))
        return Exit.FINDINGS
    if year is not None and root.figure is None:
        say(said.text("explain.no_such_year", name=wanted, year=str(year)))
        return Exit.FINDINGS
    match form:
        case "json":
            answer_json(explanation_document(root))
        case "jsonl":
            answer_lines(explanation_lines(root))
        case _:
            answer(explanation_text(root, said, clock=study.first.case.clock))
    return code
