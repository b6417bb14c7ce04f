"""What the lock should hold, how far the one at hand is from it, and how much of each source it gives away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from syngraph.base.diagnostics import Diagnostic, note
from syngraph.base.spans import whole_file
from syngraph.evidence.anchoring import Status, Stretch
from syngraph.evidence.lock import Lock, LockedQuote, LockedSource, make_lock, text_digest
from syngraph.evidence.verify import Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """How many characters of a source stand in the case, as quotes or their context, and how many it has."""

    source: str
    quoted: int
    total: int


def new_lock(verdicts: Sequence[Verdict], texts: Mapping[str, str], *, lock: Lock) -> Lock:
    """The lock after `check --update`: the quotes verified now, and the old entries of texts that are not there.

    A source with a shifted occurrence keeps its old entries, so that a second update cannot hide the doubt.
    """
    held = {v.quote.key.source for v in verdicts if v.code == "occurrence-shifted"}
    renewed = texts.keys() - held
    cited = {v.quote.key for v in verdicts}
    kept = [q for q in lock.quotes if q.key in cited and q.key.source not in renewed]
    fresh = [v.entry for v in verdicts if v.entry and v.status is Status.VERIFIED and v.quote.key.source in renewed]
    needed = {q.key.source for q in kept}
    sources = [LockedSource(name, text_digest(texts[name]), len(texts[name])) for name in renewed]
    return make_lock([*sources, *(s for s in lock.sources if s.source in needed)], [*fresh, *kept])


def staleness(lock: Lock, renewed: Lock, *, file: str) -> tuple[Diagnostic, ...]:
    """A note when `check --update` would change the lock, with the number of its lines that are affected."""
    if lock == renewed:
        return ()
    old, new = dict(_lines(lock)), dict(_lines(renewed))
    added, removed = new.keys() - old.keys(), old.keys() - new.keys()
    changed = [key for key in new.keys() & old.keys() if new[key] != old[key]]
    span = whole_file(file)
    return (note("lock-stale", span, added=str(len(added)), removed=str(len(removed)), changed=str(len(changed))),)


def _lines(lock: Lock) -> Iterator[tuple[object, LockedSource | LockedQuote]]:
    yield from ((source.source, source) for source in lock.sources)
    yield from (((quote.key, quote.digest), quote) for quote in lock.quotes)


def quoted_share(verdicts: Iterable[Verdict], texts: Mapping[str, str], *, lock: Lock) -> tuple[Share, ...]:
    """By source, in order of names: the union of its quotes with their context, and its length, in characters.

    Of a text that is not there both come from the lock.
    """
    totals = {s.source: s.length for s in lock.sources} | {name: len(text) for name, text in texts.items()}
    stretches: dict[str, list[Stretch]] = {name: [] for name in totals}
    for entry in {v.entry for v in verdicts if v.entry}:
        stretches.setdefault(entry.key.source, []).extend(_with_context(entry))
    return tuple(Share(name, min(_union(stretches[name]), total), total) for name, total in sorted(totals.items()))


def _with_context(entry: LockedQuote) -> Iterator[Stretch]:
    for start, end in entry.spans:
        yield max(0, start - len(entry.prefix)), end + len(entry.suffix)


def _union(stretches: Iterable[Stretch]) -> int:
    covered, reached = 0, 0
    for start, end in sorted(stretches):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered
