"""`syngraph draft`: a case in waiting, made from texts alone."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from syngraph.analyses.documents import Document, document
from syngraph.analyses.draft import draft as draft_of
from syngraph.apps.exits import Exit
from syngraph.apps.findings import tell
from syngraph.apps.options import AS_USUAL, Show
from syngraph.apps.terminal import answer, say
from syngraph.apps.writing import write_case
from syngraph.base.diagnostics import Diagnostic
from syngraph.load.cites import FIELDS
from syngraph.load.evidence import read_document
from syngraph.present.display import visible
from syngraph.present.drafts import Opening, draft_text
from syngraph.present.mentions import guesses_text
from syngraph.present.words import Words, words

GITIGNORE = "sources/\n"


def draft(
    *sources: Path,
    output: Annotated[Path, Parameter(name=("--output", "-o"))],
    published: date | None = None,
    language: str = "",
    region: str = "",
    show: Show = AS_USUAL,
) -> int:
    """Make a new case from texts: a stub for each quantity and date, to be named, given a meaning, or deleted.

    Parameters
    ----------
    sources
        One or more texts; copies go to FOLDER/sources/, which is kept out of git.
    output
        The new folder.
    published
        The day the texts were published; the case is told on it.
    language
        The language of the texts; by default told by their letters, as in `mentions`.
    region
        Where a bare $, ¥, 元 and 兆 are at home; by default that of the language.
    """
    said = words(show.lang)
    if not sources:
        say(said.text("draft.no_source"))
        return Exit.USAGE
    read = [(name, path, read_document(path, name)) for name, path in _named(sources)]
    if wrong := [text for _, _, text in read if isinstance(text, Diagnostic)]:
        tell(wrong, {}, show)
        return Exit.UNREADABLE
    documents = [
        (name, document(str(path), text, language=language, region=region))
        for name, path, text in read
        if isinstance(text, str)
    ]
    return _write(output, documents, published, said)


def _write(folder: Path, documents: list[tuple[str, Document]], published: date | None, said: Words) -> int:
    made = draft_of(documents)
    title = folder.resolve().name
    opening = Opening(_slug(title) or "draft", title or "draft", date.today(), published)
    files = {
        "case.yaml": draft_text(made, opening, said),
        ".gitignore": GITIGNORE,
        **{f"sources/{name}.txt": one.text for name, one in documents},
    }
    failed = write_case(folder, {name: text.encode("utf-8") for name, text in files.items()}, said)
    if failed is not None:
        return failed
    for _, one in documents:
        if guesses := guesses_text(one, said):
            say(guesses)
    stubs, left = said.count("stub", made.stubs), f"{made.left:,}"
    answer(said.text("draft.written", folder=visible(str(folder)), stubs=stubs, left=left))
    return Exit.OK


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
