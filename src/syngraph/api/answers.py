"""An answer: what was asked for, or the findings that say why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from syngraph.base.diagnostics import Diagnostic, has_errors
from syngraph.base.errors import UndefinedValue
from syngraph.present.diagnostics import diagnostics_text
from syngraph.present.findings import Finding, findings
from syngraph.present.words import words


class Readable(Protocol):
    """What can be read as text in a language."""

    def text(self, language: str = "en") -> str:
        """The text."""


T = TypeVar("T", bound=Readable)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was found, None if nothing was, and what is to be said of the way there.

    `files` are the files the diagnostics point into, by name. Nothing a user wrote raises; asking for a value that
    does not exist does.
    """

    found: T | None
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> T:
        """What was found; UndefinedValue, with the diagnostics that say why, if nothing was."""
        if self.found is None:
            raise UndefinedValue(self.diagnostics)
        return self.found

    @property
    def ok(self) -> bool:
        """Whether something was found, and nothing is wrong."""
        return self.found is not None and not has_errors(self.diagnostics)

    def findings(self, language: str = "en") -> tuple[Finding, ...]:
        """The diagnostics in words, each with its place and its way out."""
        return findings(self.diagnostics, self._by_name(), words(language))

    def text(self, language: str = "en") -> str:
        """The answer as its command shows it; what was found wrong if there is none."""
        if self.found is not None:
            return self.found.text(language)
        return diagnostics_text(self.diagnostics, self._by_name(), words(language))

    def _by_name(self) -> Mapping[str, str]:
        return dict(self.files)

    def __str__(self) -> str:
        return self.text()


def refused(diagnostics: tuple[Diagnostic, ...], files: tuple[tuple[str, str], ...] = ()) -> Answer[T]:
    """The answer where there is none."""
    return Answer(None, diagnostics, files)
