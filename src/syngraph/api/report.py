"""All of it in one HTML file that needs no network."""

from dataclasses import dataclass, replace

from syngraph.analyses.study import Study
from syngraph.api.answers import Answer
from syngraph.api.studies import Asked, study_of
from syngraph.base.version import VERSION
from syngraph.present.report.page import render


@dataclass(frozen=True, slots=True)
class Report:
    """All plans on the same draws, on a page that leads with the first of them and opens in a language."""

    study: Study
    language: str

    @property
    def name(self) -> str:
        """The name of its case."""
        return self.study.first.case.name

    @property
    def html(self) -> str:
        """The page."""
        return render(self.study, version=VERSION, language=self.language)

    def text(self, language: str = "en") -> str:
        """The page, opened in a language."""
        return replace(self, language=language).html


def report_case(asked: Asked, plan: str, language: str) -> Answer[Report]:
    """The page of a case; `plan` is the one it leads with."""
    made = study_of(replace(asked, leading=plan))
    found = Report(made.study, language) if made.study is not None else None
    return Answer(found, made.diagnostics, made.files)
