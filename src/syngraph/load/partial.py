"""The part of a case that nothing is wrong with, so that a mistake in one record does not hide those in others."""

from collections.abc import Iterator, Sequence

from syngraph.base.spans import Span
from syngraph.load.build import Shelf, build_case, leaves_open
from syngraph.load.tree import RECORDS
from syngraph.model.case import Case
from syngraph.model.plans import BASE
from syngraph.syntax.nodes import Entry, Mapping

MOST_ROUNDS = 20
_PLANS, _AGREEMENTS, _TERMS = "plans", "agreements", "terms"


def sound_part(tree: Mapping, shelf: Shelf) -> Case | None:
    """The bare case without the records and terms that something is wrong with, and without what names one of those.

    None where what is wrong stands in no record, or so much rests on it that the rest says little.
    """
    left = Mapping(tuple(e for e in tree.entries if e.key.text != _PLANS), tree.span)
    for _ in range(MOST_ROUNDS):
        case, found = build_case(left, BASE, shelf, alone=True)
        places = [d.span for d in found if leaves_open(d) and d.span is not None]
        if not places:
            return case
        smaller = Mapping(tuple(_section(entry, places) for entry in left.entries), left.span)
        if smaller == left:
            return None
        left = smaller
    return None


def _section(section: Entry, places: Sequence[Span]) -> Entry:
    """A section without the records that hold one of the places."""
    if section.key.text not in RECORDS or not isinstance(section.value, Mapping):
        return section
    if section.key.text == _AGREEMENTS:
        kept = tuple(_agreements(section.value, places))
        return Entry(section.key, Mapping(kept, section.value.span))
    return Entry(section.key, _without(section.value, places))


def _without(node: Mapping, places: Sequence[Span]) -> Mapping:
    return Mapping(tuple(e for e in node.entries if not any(_holds(e, place) for place in places)), node.span)


def _agreements(node: Mapping, places: Sequence[Span]) -> Iterator[Entry]:
    """The agreements without the terms that hold a place; one that holds a place elsewhere is left out."""
    for entry in node.entries:
        terms = entry.value.get(_TERMS) if isinstance(entry.value, Mapping) else None
        inner = terms.entries if isinstance(terms, Mapping) else ()
        own = [p for p in places if _holds(entry, p) and not any(_holds(term, p) for term in inner)]
        if not own:
            yield _narrowed(entry, places)


def _narrowed(agreement: Entry, places: Sequence[Span]) -> Entry:
    node = agreement.value
    if not isinstance(node, Mapping):
        return agreement
    entries = (
        Entry(e.key, _without(e.value, places)) if e.key.text == _TERMS and isinstance(e.value, Mapping) else e
        for e in node.entries
    )
    made = Mapping(tuple(entries), node.span)
    return agreement if made == node else Entry(agreement.key, made)


def _holds(entry: Entry, place: Span) -> bool:
    """Whether a place lies in an entry: in its key, or in its value."""
    spans = (entry.key.span, entry.value.span)
    return any(s.file == place.file and s.start <= place.start and place.end <= s.end for s in spans)
