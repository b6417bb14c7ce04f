"""Why is this number what it is?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from syngraph.analyses.periods import WHOLE, WITHIN, Period, asked_period, period_of
from syngraph.analyses.study import PlanRun, Study
from syngraph.api.answers import Answer, refused
from syngraph.api.studies import Asked, study_of
from syngraph.api.unknown import figure_unknown, period_unread
from syngraph.explain.origins import Explanation
from syngraph.explain.trace import explained, names
from syngraph.present.explanations import explanation_document, explanation_lines, explanation_text
from syngraph.present.formats import Object
from syngraph.present.words import words


@dataclass(frozen=True, slots=True)
class Explained:
    """A number with all it rests on, in a period."""

    study: Study
    run: PlanRun
    explanation: Explanation
    period: Period

    def text(self, language: str = "en") -> str:
        """A tree down to quotes and reasons."""
        return explanation_text(self.explanation, self.period, words(language), clock=self.run.case.clock)

    def document(self) -> Object:
        """All of it as one JSON object."""
        return explanation_document(self.explanation, self.period)

    def lines(self) -> Iterator[Object]:
        """All of it as JSON objects, one a line."""
        return explanation_lines(self.explanation, self.period)


def explain_name(asked: Asked, name: str, plan: str) -> Answer[Explained]:
    """What a name, or NAME@DATE, rests on under a plan."""
    wanted, at, day = name.partition("@")
    period = asked_period(day) if at else WHOLE
    if period is None:
        return refused((period_unread(day),))
    made = study_of(replace(asked, plans=(plan,), period=period))
    if made.study is None:
        return refused(made.diagnostics, made.files)
    run = made.study.first
    within = period_of(run.compiled.program, period) if run.compiled.program is not None else None
    told = explained(made.study, run, wanted, column=WITHIN, period=within)
    if told is None or within is None:
        return refused(made.refusing(figure_unknown(wanted, names(run))).diagnostics, made.files)
    return Answer(Explained(made.study, run, told, within), made.diagnostics, made.files)
