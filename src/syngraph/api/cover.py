"""How much of each source is modelled, and what is left out?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from syngraph.analyses.cover import Coverage, cover
from syngraph.api.answers import Answer, refused
from syngraph.api.folders import Given, opened
from syngraph.base.diagnostics import Severity, error
from syngraph.present.coverage import coverage_document, coverage_lines, coverage_text
from syngraph.present.formats import Object
from syngraph.present.words import words

_EXPECTED = frozenset({"stub"})  # what a draft leaves to do; the counts show it


@dataclass(frozen=True, slots=True)
class Covered:
    """What of each source is modelled, quoted, ignored with a reason, or open."""

    sources: tuple[Coverage, ...]

    @property
    def open(self) -> bool:
        """Whether something is."""
        return any(source.open for source in self.sources)

    def text(self, language: str = "en", *, everything: bool = False) -> str:
        """The counts, and below them what is open or ignored; on demand the rest."""
        return coverage_text(self.sources, words(language), everything=everything)

    def document(self) -> Object:
        """All of it as one JSON object."""
        return coverage_document(self.sources)

    def lines(self) -> Iterator[Object]:
        """All of it as JSON objects, one a line."""
        return coverage_lines(self.sources)


def cover_case(given: Given, *, sources: Mapping[str, str | Path] | None) -> Answer[Covered]:
    """The coverage of each source whose text is there."""
    read = opened(given, sources)
    wrong = tuple(d for d in read.diagnostics if d.severity is Severity.ERROR and d.code not in _EXPECTED)
    if not read.loaded.cases:
        return refused(read.diagnostics, read.loaded.texts)
    covered = tuple(cover(read.loaded.cases, read.evidence))
    if not covered:
        return refused((*wrong, error("no-text", None)), read.loaded.texts)
    return Answer(Covered(covered), wrong, read.loaded.texts)
