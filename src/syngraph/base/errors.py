"""The few exceptions of the Python API.

SyngraphError
├─ InternalError      a state the code holds impossible; names the equation
├─ UndefinedValue     a value that does not exist was asked for; carries the diagnostics that say why
├─ RunStopped         a run met a value that is no number, or a broken guard; carries the diagnostic
├─ Interrupted        a run was stopped; says how far it came
└─ MissingExtra       a package that comes with an optional extra is not installed; names the extra
"""

from syngraph.base.diagnostics import Diagnostic


class SyngraphError(Exception):
    """The root of all of them."""


def _said(diagnostic: Diagnostic) -> str:
    """A finding as one word, and where it is: exceptions speak no language."""
    return f"{diagnostic.code} at {diagnostic.span.place()}" if diagnostic.span else diagnostic.code


class InternalError(SyngraphError):
    """An impossible state: a defect of the program, not of the case."""


class UndefinedValue(SyngraphError):
    """A value that does not exist was asked for."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(", ".join(map(_said, diagnostics)))
        self.diagnostics = diagnostics


class RunStopped(SyngraphError):
    """A run met a value that is no number, or a broken guard: it has no result."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(", ".join(map(_said, diagnostics)))
        self.diagnostics = diagnostics


class Interrupted(SyngraphError):
    """A run was stopped before its end."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total}")
        self.done, self.total = done, total


class MissingExtra(SyngraphError):
    """A package that comes with an optional extra is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"pip install 'syngraph[{extra}]'")
        self.extra = extra
