"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request."""

from collections.abc import Iterable
from pathlib import PurePath

from syngraph.base.diagnostics import Severity
from syngraph.present.display import visible
from syngraph.present.findings import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_TEXT | {":": "%3A", ",": "%2C"}


def workflow_commands(found: Iterable[Finding], *, folder: PurePath) -> str:
    """A command a finding; files are named from where the command was given, through `folder`."""
    return "".join(f"{_command(f, folder)}\n" for f in found)


def _command(finding: Finding, folder: PurePath) -> str:
    place = finding.place
    properties = {
        "file": visible((folder / place.file).as_posix()) if place.file is not None else None,
        "line": place.line,
        "col": place.column,
        "title": finding.code,
    }
    written = ",".join(f"{n}={_escaped(str(v), _IN_PROPERTY)}" for n, v in properties.items() if v is not None)
    text = "\n".join(visible(part) for part in (finding.message, finding.help, finding.paste) if part)
    return f"::{_COMMANDS[finding.severity]} {written}::{_escaped(text, _IN_TEXT)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(c, c) for c in text)
