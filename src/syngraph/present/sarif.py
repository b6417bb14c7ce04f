"""Findings as a SARIF 2.1.0 log, for editors and code scanners."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote

from syngraph.base.diagnostics import Severity
from syngraph.base.version import VERSION
from syngraph.present.findings import Finding, Place, Remark
from syngraph.present.formats import Object
from syngraph.present.words import Words

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_document(found: Sequence[Finding], said: Words, *, folder: PurePath) -> Object:
    """One run with its rules and results; files are named from where the command was given, through `folder`."""
    codes = sorted({f.code for f in found})
    rules = [{"id": code, "shortDescription": {"text": said.sentence(code, {})}} for code in codes]
    driver = {"name": "Syngraph", "semanticVersion": VERSION, "rules": rules}
    results = [_result(f, codes.index(f.code), folder) for f in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int, folder: PurePath) -> Object:
    text = "\n".join(part for part in (finding.message, finding.help, finding.paste) if part)
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": list(_locations((Remark("", finding.place),), folder)),
        "relatedLocations": list(_locations(finding.labels, folder)),
    }


def _locations(remarks: Iterable[Remark], folder: PurePath) -> Iterable[Object]:
    for remark in remarks:
        if remark.place.file is not None:
            said: Object = {"message": {"text": remark.message}} if remark.message else {}
            yield {"physicalLocation": _physical(remark.place, folder / remark.place.file), **said}


def _physical(place: Place, path: PurePath) -> Object:
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
    where: Object = {"artifactLocation": {"uri": uri}}
    return where if place.line is None else where | {"region": _region(place)}


def _region(place: Place) -> Object:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
