"""The quotes of a case for other programs, as W3C Web Annotations."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syngraph.api.answers import Answer, refused
from syngraph.api.folders import Given, Opened, opened
from syngraph.base.version import VERSION
from syngraph.present.annotations import annotations_document
from syngraph.present.formats import Object, json_text


@dataclass(frozen=True, slots=True)
class Annotations:
    """Every quote that has a place, with its place and the record that cites it."""

    opened: Opened

    def document(self) -> Object:
        """All of it as one JSON-LD object."""
        return annotations_document(self.opened.loaded.cases, self.opened.evidence, version=VERSION)

    def text(self, language: str = "en") -> str:
        """The same as text; it speaks no language."""
        return json_text(self.document())


def annotate(given: Given, *, sources: Mapping[str, str | Path] | None) -> Answer[Annotations]:
    """The annotations of a case."""
    read = opened(given, sources)
    if not read.loaded.cases:
        return refused(read.diagnostics, read.loaded.texts)
    return Answer(Annotations(read), read.diagnostics, read.loaded.texts)
