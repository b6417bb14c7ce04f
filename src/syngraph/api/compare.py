"""Which plan is better, for whom, and how surely?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from syngraph.analyses.compare import Compared, Difference, compared, differences, periods_asked
from syngraph.analyses.dataset import differences_dataset
from syngraph.analyses.periods import asked_period
from syngraph.analyses.study import PlanRun, Study
from syngraph.analyses.sweep import under_readings
from syngraph.api.answers import Answer, refused
from syngraph.api.run import Run
from syngraph.api.studies import Asked, Made, study_of
from syngraph.api.unknown import figure_unknown, period_unread
from syngraph.base.errors import RunStopped
from syngraph.present.comparisons import comparison_document, comparison_lines, comparison_text
from syngraph.present.formats import Object
from syngraph.present.words import words

if TYPE_CHECKING:
    import xarray


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans on the same draws, quantity by quantity."""

    study: Study
    ends: tuple[PlanRun, PlanRun]
    differences: tuple[Difference, ...]

    @property
    def runs(self) -> tuple[Run, Run]:
        """Each plan by itself."""
        first, second = self.ends
        return Run(self.study, first), Run(self.study, second)

    @property
    def differs(self) -> bool:
        """Whether the plans differ in any of them."""
        return any(d.differs for d in self.differences)

    def dataset(self) -> "xarray.Dataset":
        """Every difference over `quantity` and `quantile`, with both means; MissingExtra without xarray."""
        return differences_dataset(self.study, self.ends, self.differences)

    def text(self, language: str = "en") -> str:
        """A row a quantity."""
        return comparison_text(self.study, self.ends, self.differences, words(language))

    def document(self) -> Object:
        """All of it as one JSON object."""
        return comparison_document(self.study, self.ends, self.differences)

    def lines(self) -> Iterator[Object]:
        """All of it as JSON objects, one a line."""
        return comparison_lines(self.study, self.ends, self.differences)


def compare_plans(
    asked: Asked, plans: tuple[str, str], measures: Sequence[str], *, readings: bool
) -> Answer[Comparison]:
    """The second plan against the first: the measures named, or what parties receive and the stocks of money."""
    unread = [day for _, at, day in (m.partition("@") for m in measures) if at and asked_period(day) is None]
    if unread:
        return refused(tuple(period_unread(day) for day in unread))
    made = study_of(replace(asked, plans=plans, others=periods_asked(measures)))
    if made.study is None:
        return refused(made.diagnostics, made.files)
    ends = _end(made.study, plans[0]), _end(made.study, plans[1])
    wanted, missing = compared(*ends, measures)
    if missing:
        unknown = figure_unknown(missing, (q.name for q in ends[0].compiled.quantities))
        return refused(made.refusing(unknown).diagnostics, made.files)
    return _compared(made, made.study, ends, wanted, readings=readings)


def _end(study: Study, plan: str) -> PlanRun:
    return study.plan(plan) or study.first


def _compared(
    made: Made, study: Study, ends: tuple[PlanRun, PlanRun], wanted: Sequence[Compared], *, readings: bool
) -> Answer[Comparison]:
    try:
        found = differences(study, *ends, wanted)
        found += under_readings(study, *ends, wanted) if readings else ()
    except RunStopped as ended:
        return refused(made.refusing(*ended.diagnostics).diagnostics, made.files)
    return Answer(Comparison(study, ends, found), made.diagnostics, made.files)
