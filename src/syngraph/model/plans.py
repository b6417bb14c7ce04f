"""Overlays on a case."""

from dataclasses import dataclass

from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.model.records import Head

BASE = "base"


@dataclass(frozen=True, slots=True)
class Plan:
    """A named overlay; `changed` are the paths it changes, each with its place."""

    head: Head
    title: LocalText
    base: str = ""
    proposed: str = ""
    dropped: str = ""
    changed: tuple[tuple[str, Span], ...] = ()
