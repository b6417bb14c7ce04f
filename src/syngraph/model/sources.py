"""Where statements come from."""

from dataclasses import dataclass
from datetime import date

from syngraph.model.records import Head


@dataclass(frozen=True, slots=True)
class Ignored:
    """A passage the case leaves out on purpose: the quote and the reason in its head, under the name of its source."""

    head: Head


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its file beside the case, language, day of publication; `defined` are its own words for parties.

    It is the newer text of the source it `supersedes`.
    """

    head: Head
    file: str
    language: str
    region: str = ""
    published: date | None = None
    license: str = ""
    ignored: tuple[Ignored, ...] = ()
    defined: tuple[tuple[str, str], ...] = ()
    supersedes: str = ""
