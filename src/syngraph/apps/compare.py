"""`syngraph compare`: which plan is better, for whom, and how surely?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.analyses.compare import compared, differences
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, AnswerFormat, Draws, Scope, Show
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer, answer_json, answer_lines, say
from syngraph.base.nearest import nearest
from syngraph.present.comparisons import comparison_document, comparison_lines, comparison_text
from syngraph.present.words import words

_ANY, _SOME = Scope(), Draws()


def compare(
    plan_a: str,
    plan_b: str,
    case: Path = Path(),
    *,
    measure: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    exit_code: Annotated[bool, Parameter(negative=())] = False,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """Compare two plans on the same draws: each one's value, the difference with its range, who is higher how often.

    Parameters
    ----------
    plan_a
        The first plan.
    plan_b
        The second plan.
    case
        The folder of the case.
    measure
        A quantity, with @YEAR for one year; can be given several times. Without it: what each party receives, and
        every measure of money, at the end.
    exit_code
        Exit with 1 if the plans differ in any of them.
    """
    said = words(show.lang)
    study, code = study_of(Asked(case, scope, draws, show, (plan_a, plan_b)))
    if study is None:
        return code
    ends = [study.plan(p) or study.first for p in (plan_a, plan_b)]
    wanted, unknown = compared(ends[0], ends[1], measure)
    if unknown:
        known = [q.name for q in ends[0].compiled.quantities]
        say(said.text("explain.unknown", name=unknown, meant=nearest(unknown, known) or "–"))
        return Exit.FINDINGS
    rows = differences(study, ends[0], ends[1], wanted)
    match form:
        case "json":
            answer_json(comparison_document(study, ends, rows))
        case "jsonl":
            answer_lines(comparison_lines(study, ends, rows))
        case _:
            answer(comparison_text(study, ends, rows, said))
    differ = any(r.pair.difference != 0 or r.pair.first_higher or r.pair.second_higher for r in rows)
    return Exit.FINDINGS if exit_code and differ else code
