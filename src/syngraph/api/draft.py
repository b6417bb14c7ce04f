"""A case in waiting, made from texts alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from syngraph.analyses.documents import document
from syngraph.analyses.draft import Draft, draft
from syngraph.api.answers import Answer, refused
from syngraph.api.written import write_files
from syngraph.base.diagnostics import Diagnostic, error
from syngraph.load.cites import FIELDS
from syngraph.load.evidence import read_document
from syngraph.present.display import visible
from syngraph.present.drafts import Opening, draft_text
from syngraph.present.mentions import guesses_text
from syngraph.present.words import words

GITIGNORE = "sources/\n"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was written."""

    folder: Path
    draft: Draft

    def guesses(self, language: str = "en") -> str:
        """What was taken for granted of each text because nobody said it; empty if nothing was."""
        said = words(language)
        told = (guesses_text(source.document, said) for source in self.draft.sources)
        return "\n".join(guess for guess in told if guess)

    def text(self, language: str = "en") -> str:
        """How many stubs there are, and what comes next."""
        said = words(language)
        stubs, left = said.count("stub", self.draft.stubs), f"{self.draft.left:,}"
        return said.text("draft.written", folder=visible(str(self.folder)), stubs=stubs, left=left) + "\n"


def draft_case(
    texts: Sequence[Path],
    folder: Path,
    *,
    published: date | None,
    language: str,
    region: str,
    comments: str,
) -> Answer[Drafted]:
    """Writes a draft of a case from texts; its comments are in the language `comments`."""
    if not texts:
        return refused((error("no-source", None),))
    read = [(name, path, read_document(path, name)) for name, path in _named(texts)]
    if wrong := tuple(text for _, _, text in read if isinstance(text, Diagnostic)):
        return refused(wrong)
    documents = [
        (name, document(str(path), text, language=language, region=region))
        for name, path, text in read
        if isinstance(text, str)
    ]
    made, title = draft(documents), folder.resolve().name
    opening = Opening(_slug(title) or "draft", title or "draft", date.today(), published)
    files = {
        "case.yaml": draft_text(made, opening, words(comments)),
        ".gitignore": GITIGNORE,
        **{f"sources/{name}.txt": one.text for name, one in documents},
    }
    unwritten = write_files(folder, {name: text.encode("utf-8") for name, text in files.items()})
    return refused(unwritten) if unwritten else Answer(Drafted(folder, made))


def _named(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Each path with the name of its source: that of the file, with a number if another has it."""
    taken = set(FIELDS)  # a cite takes them for its own
    for path in paths:
        stem = _slug(path.stem) or "text"
        name = next(n for n in _numbered(stem) if n not in taken)
        taken.add(name)
        yield name, path


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1


def _slug(text: str) -> str:
    """The text in snake_case; empty if it has no Latin letter to begin with."""
    return re.sub(r"^[^a-z]+|_+$", "", re.sub(r"[^a-z0-9]+", "_", text.lower()))
