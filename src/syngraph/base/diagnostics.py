"""What a user wrote wrong: a code, a place, what fills its sentence, and a way out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from syngraph.base.spans import Span


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the answer, a warning does not, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that belongs to a diagnostic; `key` names its words."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. The sentence stands in the word files under `code`; `fills` fill its blanks."""

    code: str
    span: Span | None
    fills: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR
    labels: tuple[Label, ...] = ()
    paste: str = ""

    def fill(self, name: str) -> str:
        """The text of blank `name`, empty if the diagnostic has none."""
        return dict(self.fills).get(name, "")


def error(code: str, span: Span | None, *, paste: str = "", labels: tuple[Label, ...] = (), **fills: str) -> Diagnostic:
    """An error with the blanks of its sentence given by name."""
    return Diagnostic(code, span, tuple(sorted(fills.items())), Severity.ERROR, labels, paste)


def warning(
    code: str, span: Span | None, *, paste: str = "", labels: tuple[Label, ...] = (), **fills: str
) -> Diagnostic:
    """A warning with the blanks of its sentence given by name."""
    return replace(error(code, span, paste=paste, labels=labels, **fills), severity=Severity.WARNING)


def note(code: str, span: Span | None, *, paste: str = "", labels: tuple[Label, ...] = (), **fills: str) -> Diagnostic:
    """A note with the blanks of its sentence given by name."""
    return replace(error(code, span, paste=paste, labels=labels, **fills), severity=Severity.NOTE)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, by file and place."""

    def key(d: Diagnostic) -> tuple[str, int, int, str]:
        return (d.span.file, d.span.start, d.span.end, d.code) if d.span else ("", 0, 0, d.code)

    return tuple(sorted(dict.fromkeys(diagnostics), key=key))
