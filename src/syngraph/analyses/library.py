"""The sources of a case as they are to be read: in their own language, with the names of the case's parties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from syngraph.evidence.parties import Alias
from syngraph.evidence.read import Read
from syngraph.evidence.wording import Wording
from syngraph.model.case import Case
from syngraph.model.sources import Source


@dataclass(frozen=True, slots=True)
class Library:
    """The sources of a case as they are to be read: texts that are there, the wording of each, names of parties."""

    reads: Mapping[str, Read]
    wordings: Mapping[str, Wording]
    aliases: tuple[Alias, ...] = ()


NO_LIBRARY = Library({}, {})


def library(cases: Sequence[Case], texts: Mapping[str, str]) -> Library:
    """The sources of a case with their texts, as far as these are there."""
    sources = {s.head.name: s for case in reversed(cases) for s in case.sources}
    aliases = _aliases(cases)
    wordings = {name: _wording(source, aliases) for name, source in sources.items()}
    reads = {
        name: Read(text, wordings[name], (*aliases, *(Alias(words, party) for words, party in sources[name].defined)))
        for name, text in texts.items()
        if name in sources
    }
    return Library(reads, wordings, aliases)


def _wording(source: Source, aliases: Iterable[Alias]) -> Wording:
    """How a source is read; the digits in a party's name are no amount."""
    numbered = sorted({a.words for a in aliases if any(c.isdigit() for c in a.words)})
    return Wording(source.language, source.region, tuple(numbered))


def _aliases(cases: Iterable[Case]) -> tuple[Alias, ...]:
    """Every name and alias of every party, in all languages."""
    parties = {(p.head.name, p.title, p.aliases) for case in cases for p in case.parties}
    found = {Alias(w, name) for name, title, aliases in parties for w in (*(t for _, t in title.entries), *aliases)}
    return tuple(sorted(found, key=lambda a: (a.party, a.words)))
