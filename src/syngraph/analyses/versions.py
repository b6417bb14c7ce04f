"""How the quotes of a source that was superseded stand in the newer text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from syngraph.analyses.library import Library
from syngraph.base.diagnostics import Diagnostic, Label, error, note, warning
from syngraph.evidence.anchoring import Rung, Status
from syngraph.evidence.lock import Lock
from syngraph.evidence.verify import Verdict, finding, verify
from syngraph.model.case import Case
from syngraph.model.sources import Source

Sources = Mapping[str, Source]

# a quote that fails in the text it is from is not looked for in another
_SOUND = frozenset({Status.VERIFIED, Status.SNAPSHOT, Status.UNVERIFIABLE})
_CODES = {
    Status.DRIFTED: "version-changed",
    Status.CONTRADICTED: "version-contradicted",
    Status.AMBIGUOUS: "version-ambiguous",
    Status.LOST: "version-vanished",
}


def in_newer_texts(cases: Sequence[Case], verdicts: Iterable[Verdict], shelf: Library) -> tuple[Diagnostic, ...]:
    """For each superseded source how its quotes stand in the newest of its later versions that is there.

    One note counts those that still stand; each other has a warning where it is cited. A circle of versions, or two of
    one source, is an error, and then nothing is compared.
    """
    sources = {source.head.name: source for case in reversed(cases) for source in case.sources}
    wrong = (*_circles(sources), *_forks(sources))
    if wrong:
        return wrong
    later = {source.supersedes: name for name, source in sources.items() if source.supersedes}
    found: list[Diagnostic] = []
    for older in sorted(later):
        newer = [name for name in _chain(older, later) if name in shelf.reads]
        if newer:
            sound = [v for v in verdicts if v.quote.key.source == older and v.status in _SOUND]
            found.extend(_compared(sources[older], newer[-1], sound, shelf))
    return tuple(found)


def _chain(name: str, following: Mapping[str, str]) -> Iterator[str]:
    """What follows a source, one after the other, up to the end or around a circle to the source itself."""
    seen = {name}
    while following.get(name):
        name = following[name]
        yield name
        if name in seen:
            return
        seen.add(name)


def _circles(sources: Sources) -> Iterator[Diagnostic]:
    """Each circle once, where the first of its sources is declared."""
    earlier = {name: source.supersedes for name, source in sources.items()}
    for name in sorted(sources):
        chain = list(_chain(name, earlier))
        if name in chain and name == min(chain):
            yield error("supersedes-cycle", sources[name].head.span, sources=", ".join([name, *chain]))


def _forks(sources: Sources) -> Iterator[Diagnostic]:
    """Each source that two others supersede."""
    first: dict[str, str] = {}
    for name in sorted(n for n in sources if sources[n].supersedes):
        older = sources[name].supersedes
        other = first.setdefault(older, name)
        if other != name:
            label = Label(sources[other].head.span, "first-here")
            span = sources[name].head.span
            yield error("superseded-twice", span, labels=(label,), source=older, first=other, second=name)


def _compared(older: Source, newer: str, verdicts: Sequence[Verdict], shelf: Library) -> Iterator[Diagnostic]:
    """The quotes of a source read in a newer text, as if they were cited from it."""
    quotes = {v.quote.key: replace(v.quote, key=replace(v.quote.key, source=newer)) for v in verdicts}
    entries = (v.entry for v in verdicts if v.entry)
    lock = Lock(quotes=tuple(replace(entry, key=replace(entry.key, source=newer)) for entry in entries))
    texts = {newer: shelf.reads[newer].text}
    found, _ = verify(tuple(quotes.values()), texts, lock=lock, wordings=shelf.wordings)
    standing = [v for v in found if v.status is Status.VERIFIED]
    if standing:
        same = sum(v.rung is Rung.SAME_PLACE for v in standing)
        moved = len(standing) - same
        span, name = older.head.span, older.head.name
        yield note("version-moved", span, source=name, newer=newer, same=f"{same:,}", moved=f"{moved:,}")
    for verdict in found:
        if (wrong := finding(verdict)) and verdict.code != "quote-empty":
            fills = dict(wrong.fills) | {"source": older.head.name, "newer": newer}
            yield warning(
                _CODES[verdict.status], wrong.span, paste=wrong.paste if verdict.repair else "", labels=(), **fills
            )
