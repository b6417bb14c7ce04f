"""`syngraph compare`: which plan is better, for whom, and how surely?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.api.compare import compare_plans
from syngraph.apps.asking import ask, asked_by
from syngraph.apps.exits import Exit
from syngraph.apps.options import AS_USUAL, BESIDE, PLAIN, AnswerFormat, FailOn, Question, Show, Texts
from syngraph.apps.terminal import answer_in


def compare(
    plan_a: str,
    plan_b: str,
    case: Path = Path(),
    *,
    measure: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    exit_code: Annotated[bool, Parameter(negative=())] = False,
    readings: Annotated[bool, Parameter(negative=())] = False,
    question: Question = PLAIN,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
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
    asked, plans = asked_by(case, question, texts, show), (plan_a, plan_b)
    found, code = ask(lambda: compare_plans(asked, plans, measure, readings=readings), show, fail_on=fail_on)
    if found is None:
        return code
    answer_in(form, found, show.lang)
    return Exit.FINDINGS if exit_code and found.differs else code
