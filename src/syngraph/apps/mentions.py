"""`syngraph mentions`: which quantities, dates and names does a text mention?"""

from pathlib import Path

from syngraph.api.mentions import mentions_in
from syngraph.apps.asking import ask
from syngraph.apps.exits import DOCUMENT
from syngraph.apps.options import AS_USUAL, AnswerFormat, Show
from syngraph.apps.terminal import answer_in, say


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
    found, code = ask(lambda: mentions_in(file, language=language, region=region), show, unreadable=DOCUMENT)
    if found is None:
        return code
    if guesses := found.guesses(show.lang):
        say(guesses)
    answer_in(form, found, show.lang)
    return code
