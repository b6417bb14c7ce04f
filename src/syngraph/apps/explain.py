"""`syngraph explain`: why is this number what it is?"""

from pathlib import Path

from syngraph.analyses.periods import WHOLE, WITHIN, asked_period, period_of
from syngraph.apps.exits import Exit
from syngraph.apps.findings import unknown
from syngraph.apps.options import AS_USUAL, BESIDE, AnswerFormat, Draws, Scope, Show, Texts
from syngraph.apps.studies import Asked, study_of
from syngraph.apps.terminal import answer_in, say
from syngraph.explain.trace import explained, names
from syngraph.present.explanations import explanation_document, explanation_lines, explanation_text
from syngraph.present.words import words

_ANY, _SOME = Scope(), Draws()


def explain(
    name: str,
    case: Path = Path(),
    *,
    scope: Scope = _ANY,
    draws: Draws = _SOME,
    texts: Texts = BESIDE,
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
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
    said = words(show.lang)
    wanted, at, date = name.partition("@")
    asked = asked_period(date) if at else WHOLE
    if asked is None:
        say(said.text("explain.no_period", found=date))
        return Exit.USAGE
    study, code = study_of(Asked(case, scope, draws, show, (scope.plan,), period=asked, texts=texts))
    if study is None:
        return code
    run = study.first
    program = run.compiled.program
    period = period_of(program, asked) if program is not None else None
    told = explained(study, run, wanted, column=WITHIN, period=period)
    if told is None or period is None:
        return unknown(wanted, names(run), show)
    answer_in(
        form,
        text=lambda: explanation_text(told, period, said, clock=run.case.clock),
        document=lambda: explanation_document(told, period),
        lines=lambda: explanation_lines(told, period),
    )
    return code
