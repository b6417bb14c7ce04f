"""Which quantities, dates and names does a text mention?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syngraph.analyses.documents import Listing, document, listing
from syngraph.api.answers import Answer, refused
from syngraph.base.diagnostics import Diagnostic
from syngraph.load.evidence import read_document
from syngraph.present.formats import Object
from syngraph.present.mentions import guesses_text, listing_document, listing_lines, listing_text
from syngraph.present.words import words


@dataclass(frozen=True, slots=True)
class Mentioned:
    """All that a text mentions, in order and with its places."""

    listing: Listing

    def guesses(self, language: str = "en") -> str:
        """What was taken for granted because nobody said it; empty if nothing was."""
        return guesses_text(self.listing.document, words(language))

    def text(self, language: str = "en") -> str:
        """A line for each mention; then the words that look like names, counted."""
        return listing_text(self.listing, words(language))

    def document(self) -> Object:
        """All of it as one JSON object."""
        return listing_document(self.listing)

    def lines(self) -> Iterator[Object]:
        """All of it as JSON objects, one a line."""
        return listing_lines(self.listing)


def mentions_in(file: Path, *, language: str, region: str) -> Answer[Mentioned]:
    """What the text in a file mentions."""
    read = read_document(file, file.stem)
    if isinstance(read, Diagnostic):
        return refused((read,))
    return Answer(Mentioned(listing(document(str(file), read, language=language, region=region))))
