"""The verdict on every quote of a case: read in the text that is there, or else in the lock."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from syngraph.base.diagnostics import Diagnostic, error, warning
from syngraph.base.spans import Span
from syngraph.evidence.anchoring import (
    ALL,
    Anchor,
    Failure,
    Rung,
    Status,
    anchor,
)
from syngraph.evidence.clauses import Clauses
from syngraph.evidence.context import least_context, shifted
from syngraph.evidence.edges import Cut, cut_of
from syngraph.evidence.folding import BLANK_LINE
from syngraph.evidence.lock import IGNORED, NO_LOCK, Lock, LockedQuote, QuoteKey, text_digest
from syngraph.evidence.places import Place, line_starts, place_of
from syngraph.evidence.repair import Repair, propose
from syngraph.evidence.searched import Searched
from syngraph.evidence.wording import Wording

SHOWN = 60  # characters of a quote in a sentence
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation of a case: who cites what, the digest of the record, and the place in the case."""

    key: QuoteKey
    digest: str
    span: Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a quote. `code` names what is wrong, `entry` is what the lock holds or should hold of it.

    A quote that drifted or is contradicted has a `repair`: the passage most like it, which stands at `near`. One that
    is there may still leave out a denial or condition of its clause: its `cut`.
    """

    quote: Quote
    status: Status
    places: tuple[Place, ...] = ()
    rung: Rung | None = None
    snapshot: str = ""
    entry: LockedQuote | None = None
    code: str = ""
    matches: int = 0
    repair: Repair | None = None
    near: Place | None = None
    cut: Cut = Cut.NOTHING


@dataclass(frozen=True, slots=True)
class _Stored:
    """The lock, to be asked by quote."""

    lock: Lock
    by_key: Mapping[QuoteKey, LockedQuote]
    by_record: Mapping[tuple[QuoteKey, str], LockedQuote]


def verify(
    quotes: Sequence[Quote],
    texts: Mapping[str, str],
    *,
    lock: Lock = NO_LOCK,
    places: Mapping[str, Span] | None = None,
    wordings: Mapping[str, Wording] | None = None,
) -> tuple[tuple[Verdict, ...], tuple[Diagnostic, ...]]:
    """One verdict per quote, in their order, and what is wrong with them.

    `texts` are the sources that are present, `places` says where in the case each source is declared, `wordings` how it
    is read. A text that is present decides alone; the lock speaks only for absent ones.
    """
    read_as = wordings or {}
    stored = _Stored(lock, {q.key: q for q in lock.quotes}, {(q.key, q.digest): q for q in lock.quotes})
    verdicts: dict[Quote, Verdict] = {}
    for source, group in _by_source(quotes).items():
        text = texts.get(source)
        wording = read_as.get(source, Wording())
        judged = _from_lock(group, stored) if text is None else _from_text(group, text, stored, wording)
        verdicts.update(zip(group, judged, strict=True))
    ordered = tuple(verdicts[quote] for quote in quotes)
    found = [d for verdict in ordered if (d := finding(verdict))]
    return ordered, (*found, *doubts(ordered, texts), *changed_sources(texts, lock, places or {}))


def _by_source(quotes: Iterable[Quote]) -> dict[str, list[Quote]]:
    groups: dict[str, list[Quote]] = {}
    for quote in dict.fromkeys(quotes):
        groups.setdefault(quote.key.source, []).append(quote)
    return groups


def _from_lock(group: list[Quote], stored: _Stored) -> Iterator[Verdict]:
    source = stored.lock.source(group[0].key.source)
    for quote in group:
        entry = stored.by_record.get((quote.key, quote.digest))
        if source is None or entry is None:
            yield Verdict(quote, Status.UNVERIFIABLE, code="quote-unverifiable")
        else:
            places = tuple(Place(start, end) for start, end in entry.spans)
            cut = Cut(entry.cut)
            yield Verdict(quote, Status.SNAPSHOT, places, snapshot=source.sha256, entry=entry, cut=cut)


def _from_text(group: list[Quote], text: str, stored: _Stored, wording: Wording) -> Iterator[Verdict]:
    """Each quote read anew; the text is folded once, and only if a quote is not there as written."""
    snapshot, lines, searched, clauses = text_digest(text), line_starts(text), Searched(text), Clauses(text)
    for quote in group:
        key, entry = quote.key, stored.by_key.get(quote.key)
        start = entry.spans[0][0] if entry else None
        found = anchor(key.exact, text, occurrence=key.occurrence, start=start, searched=searched, same=wording.same)
        verdict = _verdict(quote, found, text, lines)
        if verdict.entry and entry and key.occurrence > 0 and _is_shifted(verdict.entry, entry, searched):
            verdict = Verdict(quote, Status.AMBIGUOUS, code="occurrence-shifted")
        if verdict.code == "quote-lost":
            verdict = _proposed(quote, searched, lines, wording)
        if verdict.entry is not None and key.section != IGNORED:
            verdict = _with_edges(verdict, verdict.entry, cut_of(clauses, verdict.entry.spans))
        yield replace(verdict, snapshot=snapshot)


def _verdict(quote: Quote, found: Anchor | Failure, text: str, lines: Sequence[int]) -> Verdict:
    match found:
        case Failure(status, code, matches):
            return Verdict(quote, status, code=code, matches=matches)
        case Anchor(rung, spans):
            places = tuple(place_of(span, lines) for span in spans)
            prefix, suffix = least_context(text, spans[0]) if quote.key.occurrence > 0 else ("", "")
            entry = LockedQuote(quote.key, quote.digest, spans, prefix, suffix)
            return Verdict(quote, Status.VERIFIED, places, rung, entry=entry, matches=len(spans))
        case _:
            assert_never(found)


def _with_edges(verdict: Verdict, entry: LockedQuote, cut: Cut) -> Verdict:
    """A quote that cuts away a word or its negation says something else; under a denial it says less."""
    match cut:
        case Cut.NEGATION:
            return Verdict(verdict.quote, Status.CONTRADICTED, verdict.places, code=cut.value)
        case Cut.WORD:
            return Verdict(verdict.quote, Status.LOST, verdict.places, code=cut.value)
        case Cut.DENIAL | Cut.NOTHING:
            return replace(verdict, cut=cut, entry=replace(entry, cut=cut.value))
        case _:
            assert_never(cut)


def _proposed(quote: Quote, source: Searched, lines: Sequence[int], wording: Wording) -> Verdict:
    """What to say of a quote that is not there: the passage most like it, if there is one, and whether it agrees."""
    repair = propose(quote.key.exact, source)
    if repair is None:
        return Verdict(quote, Status.LOST, code="quote-lost")
    near = place_of(repair.span, lines)
    if wording.same(quote.key.exact, repair.passage):
        return Verdict(quote, Status.DRIFTED, code="quote-drifted", repair=repair, near=near)
    return Verdict(quote, Status.CONTRADICTED, code="quote-contradicted", repair=repair, near=near)


def _is_shifted(now: LockedQuote, then: LockedQuote, source: Searched) -> bool:
    """Whether the n-th occurrence may no longer be the one that was locked."""
    every = anchor(now.key.exact, source.text, occurrence=ALL, searched=source)
    places = every.spans if isinstance(every, Anchor) else ()
    if len(now.spans) > 1:  # the pieces of a quote with gaps: the first tells where it stands
        first = source.text[slice(*now.spans[0])]
        places = tuple(place for place in places if source.text[slice(*place)] == first)
    return shifted(source.text, chosen=now.spans[0], places=places, context=(then.prefix, then.suffix))


def finding(verdict: Verdict) -> Diagnostic | None:
    """The diagnostic of a verdict that has something wrong with it."""
    if not verdict.code:
        return None
    key, repair, near = verdict.quote.key, verdict.repair, verdict.near
    say = warning if verdict.status is Status.UNVERIFIABLE else error
    fills = {"quote": shown(key.exact), "source": key.source}
    fills |= {"count": str(verdict.matches), "occurrence": str(key.occurrence)}
    paste = "occurrence: 1" if verdict.code == "quote-ambiguous" else ""
    if repair is not None and near is not None:
        paste = _one_line(repair.passage)
        place = f"{key.source}:{near.line}:{near.column}"
        fills |= {"passage": shown(repair.passage), "differing": str(repair.differing), "place": place}
    return say(verdict.code, verdict.quote.span, paste=paste, labels=(), **fills)


def shown(quote: str) -> str:
    """A quote as a sentence can hold it: on one line and not too long."""
    line = _one_line(quote)
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _one_line(quote: str) -> str:
    return " ".join(quote.split())


def doubts(verdicts: Iterable[Verdict], texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """A warning for each quote that joins paragraphs, and for each that is not what a screen shows of it."""
    for verdict in verdicts:
        key, span = verdict.quote.key, verdict.quote.span
        text = texts.get(key.source, "")
        if any(BLANK_LINE.search(text, place.start, place.end) for place in verdict.places):
            yield warning("quote-crosses-paragraphs", span, quote=shown(key.exact), source=key.source)
        hidden = dict.fromkeys(c for c in key.exact if is_hidden(c))
        if hidden:
            named = ", ".join(f"U+{ord(c):04X}" for c in hidden)
            yield warning("quote-hidden", span, quote=shown(key.exact), source=key.source, found=named)


def is_hidden(character: str) -> bool:
    """Whether a screen obeys a character instead of showing it: a control, or an order to turn the text around."""
    return (unicodedata.category(character) == "Cc" and not character.isspace()) or character in _TURNING


def changed_sources(texts: Mapping[str, str], lock: Lock, places: Mapping[str, Span]) -> tuple[Diagnostic, ...]:
    """A warning for each text that is not the one the lock was made with."""
    return tuple(
        warning("source-changed", places.get(locked.source), source=locked.source, locked=locked.sha256[:12])
        for locked in lock.sources
        if locked.source in texts and text_digest(texts[locked.source]) != locked.sha256
    )
