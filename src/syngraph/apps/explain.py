"""`syngraph explain`: why is this number what it is?"""

from pathlib import Path

from syngraph.api.explain import explain_name
from syngraph.apps.asking import ask, asked_by
from syngraph.apps.options import AS_USUAL, BESIDE, PLAIN, AnswerFormat, FailOn, Plan, Question, Show, Texts
from syngraph.apps.terminal import answer_in


def explain(
    name: str,
    case: Path = Path(),
    *,
    plan: Plan = "base",
    question: Question = PLAIN,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
    fail_on: FailOn = "error",
) -> int:
    """Explain a number: its equations, down to the quotes and reasons it rests on.

    Parameters
    ----------
    name
        A term, measure, fact, assumption, event or check, over the whole run. With @DATE in a year (@2030), quarter
        (@2030-Q2) or month (@2030-06). On a day (@2030-06-30) a level is that at its end; for what flows the day stands
        for the reporting period that holds it.
    case
        The folder of the case.
    """
    asked = asked_by(case, question, texts, show)
    found, code = ask(lambda: explain_name(asked, name, plan), show, fail_on=fail_on)
    if found is not None:
        answer_in(form, found, show.lang)
    return code
