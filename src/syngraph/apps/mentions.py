"""`syngraph mentions`: which quantities, dates and names does a text mention?"""

from pathlib import Path

from syngraph.analyses.documents import document, listing
from syngraph.apps.exits import Exit
from syngraph.apps.findings import tell
from syngraph.apps.options import AS_USUAL, AnswerFormat, Show
from syngraph.apps.terminal import answer_in, say
from syngraph.base.diagnostics import Diagnostic
from syngraph.load.evidence import read_document
from syngraph.present.mentions import guesses_text, listing_document, listing_lines, listing_text
from syngraph.present.words import words


def mentions(
    file: Path,
    *,
    language: str = "",
    region: str = "",
    form: AnswerFormat = "text",
    show: Show = AS_USUAL,
) -> int:
    """List what a text mentions: quantities, dates, and words that look like names.

    Parameters
    ----------
    file
        Any text.
    language
        The language of the text; by default told by its letters: zh-Hant or zh-Hans where every tenth is Han, else en.
    region
        Where a bare $, ¥, 元 and 兆 are at home; by default TW for zh-Hant, CN for zh-Hans, US for en.
    """
    said = words(show.lang)
    read = read_document(file, file.stem)
    if isinstance(read, Diagnostic):
        tell((read,), {}, show)
        return Exit.UNREADABLE
    found = listing(document(str(file), read, language=language, region=region))
    if guesses := guesses_text(found.document, said):
        say(guesses)
    answer_in(
        form,
        text=lambda: listing_text(found, said),
        document=lambda: listing_document(found),
        lines=lambda: listing_lines(found),
    )
    return Exit.OK
