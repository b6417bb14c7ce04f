"""A text by itself, before it is the source of a case: its language, what it mentions, and what looks like a name."""

from dataclasses import dataclass

from syngraph.evidence.languages import guessed_language, home_region
from syngraph.evidence.mentions.mention import Mention
from syngraph.evidence.parties import Candidate, candidates
from syngraph.evidence.places import Place
from syngraph.evidence.read import Read
from syngraph.evidence.wording import Wording


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the language and region it is read in; `guessed` are those of the two that nobody gave."""

    name: str
    text: str
    language: str
    region: str
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A document's mentions and the names nobody declared, both in order and with their places."""

    document: Document
    mentions: tuple[tuple[Place, Mention], ...]
    candidates: tuple[tuple[Place, Candidate], ...]


def document(name: str, text: str, *, language: str = "", region: str = "") -> Document:
    """A text with its language, told by its letters if it is not given, and its region, by default the language's."""
    spoken = language or guessed_language(text)
    given = (("language", language), ("region", region))
    return Document(name, text, spoken, region or home_region(spoken), tuple(what for what, told in given if not told))


def read_as(one: Document) -> Read:
    """The document as it is read: no party is known yet."""
    return Read(one.text, Wording(one.language, one.region))


def listing(one: Document) -> Listing:
    """Everything a document mentions."""
    read = read_as(one)
    return Listing(
        one,
        tuple((read.place(m.start, m.end), m) for m in read.mentions),
        tuple((read.place(c.start, c.end), c) for c in candidates(one.text, ())),
    )
