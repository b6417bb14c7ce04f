"""The exit codes of all commands."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

from syngraph.base.diagnostics import Diagnostic, Severity

UNREADABLE = frozenset({"case-not-found", "case-empty", "file-unreadable", "folder-unwritable", "no-text"})
MISUSED = frozenset({"paths-out-of-range", "chunk-uneven", "seed-out-of-range", "period-unread", "no-source"})
# of a text that is all there is to read
DOCUMENT = frozenset({"source-unreadable", "source-encoding", "source-too-large"})


FailOn = Literal["error", "warning"]


class Exit(IntEnum):
    """What a command ends with."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    FAILURE = 4
    INTERRUPTED = 130


def exit_of(
    diagnostics: Iterable[Diagnostic], *, fail_on: FailOn = "error", unreadable: frozenset[str] = UNREADABLE
) -> Exit:
    """The exit code for findings: 2 and 3 if they are of that kind, 1 if one is as bad as `fail_on`."""
    found = tuple(diagnostics)
    if any(d.code in MISUSED for d in found):
        return Exit.USAGE
    if any(d.code in unreadable for d in found):
        return Exit.UNREADABLE
    bad = {Severity.ERROR, Severity.WARNING} if fail_on == "warning" else {Severity.ERROR}
    return Exit.FINDINGS if any(d.severity in bad for d in found) else Exit.OK
