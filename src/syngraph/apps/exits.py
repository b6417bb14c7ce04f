"""The exit codes of all commands."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

from syngraph.base.diagnostics import Diagnostic, Severity

_UNREADABLE = frozenset({"case-not-found", "case-empty", "file-unreadable"})


class Exit(IntEnum):
    """What a command ends with."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    FAILURE = 4
    INTERRUPTED = 130


def exit_of(diagnostics: Iterable[Diagnostic], *, fail_on: Literal["error", "warning"] = "error") -> Exit:
    """The exit code for findings: 3 if there was nothing to read, 1 if one is as bad as `fail_on`."""
    found = tuple(diagnostics)
    if any(d.code in _UNREADABLE for d in found):
        return Exit.UNREADABLE
    bad = {Severity.ERROR, Severity.WARNING} if fail_on == "warning" else {Severity.ERROR}
    return Exit.FINDINGS if any(d.severity in bad for d in found) else Exit.OK
