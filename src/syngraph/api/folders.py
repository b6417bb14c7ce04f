"""A case folder opened: its cases, the texts of its sources, its lock, and the evidence they make together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syngraph.analyses.evidence import Evidence, verify_case
from syngraph.api.answers import Answer
from syngraph.base.diagnostics import Diagnostic, in_order
from syngraph.base.errors import UndefinedValue
from syngraph.evidence.lock import NO_LOCK, Lock
from syngraph.load.case import Loaded, load_case
from syngraph.load.evidence import read_lock, read_sources
from syngraph.model.case import Case


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands in a folder, and all that is wrong with it so far. Without cases only the quotes of its sound part
    were looked at.

    `elsewhere` are texts of sources kept outside of it.
    """

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    evidence: Evidence = field(default_factory=Evidence)
    lock: Lock = NO_LOCK
    elsewhere: tuple[tuple[str, Path], ...] = ()

    @property
    def case(self) -> Case:
        """The bare case; UndefinedValue, with the diagnostics that say why, if there is none."""
        if not self.loaded.cases:
            raise UndefinedValue(self.diagnostics)
        return self.loaded.cases[0]

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans by name, the bare case first."""
        return tuple(case.plan for case in self.loaded.cases)

    def text(self, language: str = "en") -> str:
        """Its title and its plans; the path of its folder if it has none."""
        if not self.loaded.cases:
            return f"{self.loaded.folder}\n"
        return f"{self.case.title.to(language)}: {', '.join(self.plans)}\n"


Given = str | Path | Answer[Opened]
"""A case as a caller gives it: its folder, or what `open` answered."""


def open_folder(folder: Path, *, elsewhere: Mapping[str, Path] | None = None) -> Opened:
    """Loads a case folder and verifies its quotes; `elsewhere` are texts of sources kept outside of it."""
    loaded = load_case(folder)
    kept = tuple((elsewhere or {}).items())
    cases = loaded.cases or ((loaded.part,) if loaded.part is not None else ())
    if not cases:
        return Opened(loaded, loaded.diagnostics, elsewhere=kept)
    sources = {source.head.name: source for case in reversed(cases) for source in case.sources}
    given = {name: path for name, path in kept if loaded.cases or name in sources}
    texts, unread = read_sources(folder, tuple(sources.values()), given)
    lock, unlocked = read_lock(folder)
    evidence = verify_case(cases, texts, lock=lock)
    found = in_order((*loaded.diagnostics, *unread, *unlocked, *evidence.diagnostics))
    if not loaded.cases:
        return Opened(loaded, found, elsewhere=kept)
    return Opened(loaded, found, evidence, lock, kept)


def opened(given: Given, sources: Mapping[str, str | Path] | None = None) -> Opened:
    """The folder opened, unless it was; `sources` are paths of texts kept elsewhere, by the name of their source."""
    if isinstance(given, Answer):
        return given.value
    return open_folder(Path(given), elsewhere={name: Path(path) for name, path in (sources or {}).items()})
