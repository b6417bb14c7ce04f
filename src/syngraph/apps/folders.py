"""A case folder opened: its cases, the texts of its sources, its lock, and the evidence they make together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syngraph.analyses.evidence import Evidence, verify_case
from syngraph.base.diagnostics import Diagnostic, in_order
from syngraph.evidence.lock import NO_LOCK, Lock
from syngraph.load.case import Loaded, load_case
from syngraph.load.evidence import read_lock, read_sources


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands in a folder, and all that is wrong with it so far. Without cases nothing else was looked at."""

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    evidence: Evidence = field(default_factory=Evidence)
    lock: Lock = NO_LOCK


def open_folder(folder: Path, *, elsewhere: Mapping[str, Path] | None = None) -> Opened:
    """Loads a case folder and verifies its quotes; `elsewhere` are texts of sources kept outside of it."""
    loaded = load_case(folder)
    if not loaded.cases:
        return Opened(loaded, loaded.diagnostics)
    sources = {source.head.name: source for case in reversed(loaded.cases) for source in case.sources}
    texts, unread = read_sources(folder, tuple(sources.values()), elsewhere)
    lock, unlocked = read_lock(folder)
    evidence = verify_case(loaded.cases, texts, lock=lock)
    found = in_order((*loaded.diagnostics, *unread, *unlocked, *evidence.diagnostics))
    return Opened(loaded, found, evidence, lock)
