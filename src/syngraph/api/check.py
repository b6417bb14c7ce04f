"""Is the description sound, and does every quote stand in its source?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from syngraph.analyses.evidence import may_renew
from syngraph.analyses.soundness import remarks, unsound
from syngraph.api.answers import Answer
from syngraph.api.folders import Given, Opened, open_folder, opened
from syngraph.base.diagnostics import Diagnostic, Severity, in_order, warning
from syngraph.base.spans import whole_file
from syngraph.evidence.renewal import Share, staleness
from syngraph.load.evidence import LOCK_FILE, write_lock
from syngraph.model.citations import records
from syngraph.present.diagnostics import Look, counted, diagnostics_document, diagnostics_lines, diagnostics_text
from syngraph.present.findings import findings
from syngraph.present.formats import Object, line
from syngraph.present.shares import shares_text
from syngraph.present.words import words


@dataclass(frozen=True, slots=True)
class Checked:
    """All there is to say about a case folder; `written`: its lock was."""

    opened: Opened
    diagnostics: tuple[Diagnostic, ...]
    written: bool = False

    @property
    def shares(self) -> tuple[Share, ...]:
        """How much of each source the case quotes."""
        return self.opened.evidence.shares

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """What was read, by what it is."""
        files = (("file", len(self.opened.loaded.texts)),)
        cases = self.opened.loaded.cases
        if not cases:
            return files
        quotes = {verdict.quote.key for verdict in self.opened.evidence.verdicts}
        return *files, ("record", sum(1 for _ in records(cases[0]))), ("quote", len(quotes)), ("plan", len(cases))

    def text(self, language: str = "en", *, color: bool = False, most: int | None = None) -> str:
        """The findings, at most so many, the share of each source that is quoted, and what was read."""
        said = words(language)
        shown = _gravest(self.diagnostics, most)
        listed = diagnostics_text(shown, dict(self.opened.loaded.texts), said, look=Look(color=color))
        if left := len(self.diagnostics) - len(shown):
            listed += f"{said.text('check.more', count=f'{left:,}')}\n"
        return f"{listed}{shares_text(self.shares, said)}{counted(self.counts, self.diagnostics, said)}\n"

    def document(self, language: str = "en") -> Object:
        """All of it as one JSON object."""
        found = findings(self.diagnostics, dict(self.opened.loaded.texts), words(language))
        return {**diagnostics_document(found), **self._summary(), "sources": self._sources()}

    def lines(self, language: str = "en") -> Iterator[Object]:
        """The findings, the sources, and what was read, as JSON objects."""
        yield from diagnostics_lines(findings(self.diagnostics, dict(self.opened.loaded.texts), words(language)))
        yield from (line("source", source) for source in self._sources())
        yield line("summary", self._summary())

    def _summary(self) -> Object:
        return {"counts": dict(self.counts), "lock_written": self.written}

    def _sources(self) -> list[Object]:
        return [{"source": s.source, "quoted": s.quoted, "characters": s.total} for s in self.shares]


def _gravest(found: tuple[Diagnostic, ...], most: int | None) -> tuple[Diagnostic, ...]:
    """At most so many findings, in order of place: a warning is left out before an error is."""
    weights = tuple(Severity)
    return in_order(sorted(found, key=lambda d: weights.index(d.severity))[:most])


def check_folder(folder: Path, *, update: bool = False, elsewhere: Mapping[str, Path] | None = None) -> Checked:
    """Loads a folder, verifies its quotes, compiles its plans, and with `update` writes its lock if that is safe."""
    return checked(open_folder(folder, elsewhere=elsewhere), update=update)


def checked(read: Opened, *, update: bool = False) -> Checked:
    """All findings about a folder that was opened; with `update` its lock is written and it is read again."""
    found = _found(read, update=update)
    if not update or not read.loaded.cases or not may_renew(read.diagnostics):
        return found
    folder = Path(read.loaded.folder)
    if unwritten := write_lock(folder, read.evidence.renewed):
        return Checked(read, in_order((*found.diagnostics, *unwritten)))
    renewed = _found(open_folder(folder, elsewhere=dict(read.elsewhere)), update=True)
    return Checked(renewed.opened, renewed.diagnostics, written=True)


def _found(read: Opened, *, update: bool) -> Checked:
    if not read.loaded.cases:
        part = unsound((read.loaded.part,)) if read.loaded.part is not None else ()
        return Checked(read, in_order((*read.diagnostics, *part)))
    found = (*unsound(read.loaded.cases), *remarks(read.loaded.cases), *_about_lock(read, update=update))
    return Checked(read, in_order((*read.diagnostics, *found)))


def _about_lock(read: Opened, *, update: bool) -> tuple[Diagnostic, ...]:
    """That the lock was not written although asked for, or that it should be."""
    if not may_renew(read.diagnostics):
        return (warning("lock-kept", whole_file(LOCK_FILE)),) if update else ()
    return () if update else staleness(read.lock, read.evidence.renewed, file=LOCK_FILE)


def check_case(given: Given, *, update: bool, sources: Mapping[str, str | Path] | None) -> Answer[Checked]:
    """All findings of a case."""
    found = checked(opened(given, sources), update=update)
    return Answer(found, found.diagnostics, found.opened.loaded.texts)
