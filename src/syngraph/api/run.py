"""Who is paid what and when, who supplies whom, and do the checks hold?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from syngraph.analyses.dataset import dataset
from syngraph.analyses.rows import Row, rows
from syngraph.analyses.stamps import Stamp, stamp
from syngraph.analyses.study import CheckResult, PlanRun, Study
from syngraph.api.answers import Answer
from syngraph.api.studies import Asked, study_of
from syngraph.present.answers import run_document, run_lines, run_text
from syngraph.present.formats import Object
from syngraph.present.words import words

if TYPE_CHECKING:
    import xarray


@dataclass(frozen=True, slots=True)
class Run:
    """A plan that was run."""

    study: Study
    run: PlanRun

    @property
    def plan(self) -> str:
        """Its name."""
        return self.run.case.plan

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """How each check stands."""
        return self.run.checks

    @property
    def stamp(self) -> Stamp:
        """Enough to make the result again, and to see that it is the same."""
        return stamp(self.study, self.run)

    def dataset(self) -> "xarray.Dataset":
        """Every series with its unit, over `time` (calendar years) and `quantile`; MissingExtra without xarray.

        A series is named with its fold: `deal.fee.paid.year_sum`; beside it stand `….mean`, `….central`, `….paths`.
        """
        return dataset(self.study, self.run)

    def rows(self) -> Iterator[Row]:
        """Every series in every year, one at a time."""
        return rows(self.run)

    def text(self, language: str = "en") -> str:
        """Payments by term and party, supply, dependence, events and checks."""
        return run_text(self.study, self.run, words(language))

    def document(self) -> Object:
        """All of it as one JSON object."""
        return run_document(self.study, self.run)

    def lines(self) -> Iterator[Object]:
        """All of it as JSON objects, one a line."""
        return run_lines(self.study, self.run)


def run_plan(asked: Asked, plan: str) -> Answer[Run]:
    """One plan, run."""
    made = study_of(replace(asked, plans=(plan,)))
    found = Run(made.study, made.study.first) if made.study is not None else None
    return Answer(found, made.diagnostics, made.files)
