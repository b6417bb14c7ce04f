"""`syngraph compare`: which plan is better, for whom, and how surely?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.analyses.compare import Compared, Difference, compared, differences, periods_asked
from syngraph.analyses.study import PlanRun, Study
from syngraph.analyses.sweep import under_readings
from syngraph.apps.exits import Exit
from syngraph.apps.findings import unknown
from syngraph.apps.options import AS_USUAL, BESIDE, AnswerFormat, Draws, Scope, Show, Texts
from syngraph.apps.studies import Asked, ended_early, study_of
from syngraph.apps.terminal import answer_in
from syngraph.base.errors import Interrupted, RunStopped
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
    readings: Annotated[bool, Parameter(negative=())] = False,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    texts: Texts = BESIDE,
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
        A quantity, or NAME@DATE (@2030-Q2, @2030-06-30); repeatable. Without it: what parties receive, stocks of money.
    exit_code
        Exit with 1 if the plans differ in any of them.
    readings
        Ask again under every reading of an ambiguous passage that is not in use, one at a time.
    """
    given = Asked(case, scope, draws, show, (plan_a, plan_b), texts=texts, others=periods_asked(measure))
    study, code = study_of(given)
    if study is None:
        return code
    ends = [study.plan(p) or study.first for p in (plan_a, plan_b)]
    wanted, missing = compared(ends[0], ends[1], measure)
    if missing:
        return unknown(missing, [q.name for q in ends[0].compiled.quantities], show)
    try:
        rows = _rows(study, ends, wanted, readings=readings)
    except (RunStopped, Interrupted) as ended:
        return ended_early(ended, dict(study.texts), show)
    answer_in(
        form,
        text=lambda: comparison_text(study, ends, rows, words(show.lang)),
        document=lambda: comparison_document(study, ends, rows),
        lines=lambda: comparison_lines(study, ends, rows),
    )
    return Exit.FINDINGS if exit_code and any(r.differs for r in rows) else code


def _rows(
    study: Study, ends: Sequence[PlanRun], wanted: Sequence[Compared], *, readings: bool
) -> tuple[Difference, ...]:
    asked = differences(study, ends[0], ends[1], wanted)
    return (*asked, *under_readings(study, ends[0], ends[1], wanted)) if readings else asked
