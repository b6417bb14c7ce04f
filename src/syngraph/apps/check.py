"""`syngraph check`: is the description sound, and does every quote stand in its source?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.analyses.evidence import may_renew
from syngraph.analyses.soundness import remarks, unsound
from syngraph.apps.exits import exit_of
from syngraph.apps.folders import Opened, open_folder
from syngraph.apps.options import AS_USUAL, BESIDE, FindingsFormat, Show, Texts
from syngraph.apps.terminal import answer, answer_json, answer_lines, say, use_color
from syngraph.base.diagnostics import Diagnostic, Severity, in_order, warning
from syngraph.base.spans import whole_file
from syngraph.evidence.renewal import Share, staleness
from syngraph.load.evidence import LOCK_FILE, write_lock
from syngraph.model.citations import records
from syngraph.present.diagnostics import Look, counted, diagnostics_document, diagnostics_lines, diagnostics_text
from syngraph.present.findings import Finding, findings
from syngraph.present.formats import Object, line
from syngraph.present.sarif import sarif_document
from syngraph.present.words import Words, words
from syngraph.present.workflow import workflow_commands

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """All there is to say about a case folder."""

    opened: Opened
    diagnostics: tuple[Diagnostic, ...]
    written: bool = False


def check(
    case: Path = Path(),
    *,
    update: Annotated[bool, Parameter(negative=())] = False,
    texts: Texts = BESIDE,
    everything: Annotated[bool, Parameter(name="--all", negative=())] = False,
    form: FindingsFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """Check a case: its files, its names, and every quote against its source.

    Parameters
    ----------
    case
        The folder of the case.
    update
        Write the lock file: what was verified, against which text.
    everything
        Print every finding, not the 100 gravest only; the other formats always have all.
    """
    checked = check_folder(case, update=update, elsewhere=texts.paths)
    said = words(show.lang)
    if form == "text":
        most = None if everything else MOST_SHOWN
        answer(_text(checked, said, Look(color=use_color(show)), most))
    else:
        _answer(checked, said, form)
    if checked.written:
        say(said.text("check.lock_written", file=str(case / LOCK_FILE)))
    return exit_of(checked.diagnostics, fail_on=show.fail_on)


def _answer(checked: Checked, said: Words, form: FindingsFormat) -> None:
    """All findings for a program; scanners look for a file from where they were started."""
    loaded = checked.opened.loaded
    found = findings(checked.diagnostics, dict(loaded.texts), said)
    match form:
        case "jsonl":
            answer_lines(_lines(checked, found))
        case "sarif":
            answer_json(sarif_document(found, said, folder=Path(loaded.folder)))
        case "github":
            answer(workflow_commands(found, folder=Path(loaded.folder)))
        case _:
            answer_json(_document(checked, found))


def check_folder(folder: Path, *, update: bool = False, elsewhere: Mapping[str, Path] | None = None) -> Checked:
    """Loads a folder, verifies its quotes, compiles its plans, and with `update` writes its lock if that is safe."""
    opened = open_folder(folder, elsewhere=elsewhere)
    if not opened.loaded.cases:
        return Checked(opened, opened.diagnostics)
    found = (*unsound(opened.loaded.cases), *remarks(opened.loaded.cases))
    if not update or not may_renew(opened.diagnostics):
        return Checked(opened, in_order((*opened.diagnostics, *found, *_about_lock(opened, update=update))))
    if unwritten := write_lock(folder, opened.evidence.renewed):
        return Checked(opened, in_order((*opened.diagnostics, *found, *unwritten)))
    renewed = open_folder(folder, elsewhere=elsewhere)
    return Checked(renewed, in_order((*renewed.diagnostics, *found)), written=True)


def _about_lock(opened: Opened, *, update: bool) -> tuple[Diagnostic, ...]:
    """That the lock was not written although asked for, or that it should be."""
    if not may_renew(opened.diagnostics):
        return (warning("lock-kept", whole_file(LOCK_FILE)),) if update else ()
    return staleness(opened.lock, opened.evidence.renewed, file=LOCK_FILE)


def _text(checked: Checked, said: Words, look: Look, most: int | None) -> str:
    texts = dict(checked.opened.loaded.texts)
    shown = _gravest(checked.diagnostics, most)
    listed = diagnostics_text(shown, texts, said, look=look)
    if left := len(checked.diagnostics) - len(shown):
        listed += f"{said.text('check.more', count=f'{left:,}')}\n"
    shares = "".join(f"{_share_text(share, said)}\n" for share in checked.opened.evidence.shares)
    return f"{listed}{shares}{counted(_counts(checked), checked.diagnostics, said)}\n"


def _gravest(found: tuple[Diagnostic, ...], most: int | None) -> tuple[Diagnostic, ...]:
    """At most so many findings, in order of place: a warning is left out before an error is."""
    weights = tuple(Severity)
    return in_order(sorted(found, key=lambda d: weights.index(d.severity))[:most])


def _share_text(share: Share, said: Words) -> str:
    numbers = {"quoted": f"{share.quoted:,}", "total": f"{share.total:,}", "share": f"{_percent(share):.1f}"}
    return said.text("check.share", source=share.source, **numbers)


def _percent(share: Share) -> float:
    return 100 * share.quoted / share.total if share.total else 0.0


def _counts(checked: Checked) -> tuple[tuple[str, int], ...]:
    """What was read, in the order of the closing line."""
    files = (("file", len(checked.opened.loaded.texts)),)
    cases = checked.opened.loaded.cases
    if not cases:
        return files
    quotes = {verdict.quote.key for verdict in checked.opened.evidence.verdicts}
    return *files, ("record", sum(1 for _ in records(cases[0]))), ("quote", len(quotes)), ("plan", len(cases))


def _document(checked: Checked, found: Sequence[Finding]) -> Object:
    return {**diagnostics_document(found), **_summary(checked), "sources": _sources(checked)}


def _lines(checked: Checked, found: Sequence[Finding]) -> Iterator[Object]:
    """The findings, the sources, and what was read, line by line."""
    yield from diagnostics_lines(found)
    yield from (line("source", source) for source in _sources(checked))
    yield line("summary", _summary(checked))


def _summary(checked: Checked) -> Object:
    return {"counts": dict(_counts(checked)), "lock_written": checked.written}


def _sources(checked: Checked) -> list[Object]:
    shares = checked.opened.evidence.shares
    return [{"source": s.source, "quoted": s.quoted, "characters": s.total} for s in shares]
