"""The verdict on every quote of a case: read in the text that is there, or else in the lock."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from syngraph.base.diagnostics import Diagnostic, error, warning
from syngraph.base.spans import Span
from syngraph.evidence.anchoring import (
    ALL,
    Anchor,
    Failure,
    Rung,
    Status,
    Stretch,
    anchor,
)
from syngraph.evidence.context import least_context, shifted
from syngraph.evidence.folding import Folded, fold
from syngraph.evidence.lock import NO_LOCK, Lock, LockedQuote, QuoteKey, text_digest

SHOWN = 60  # characters of a quote in a sentence


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation of a case: who cites what, the digest of the record, and the place in the case."""

    key: QuoteKey
    digest: str
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a source in code points; line and column start at 1, and are 0 when the text is not there."""

    start: int
    end: int
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a quote. `code` names what is wrong, `entry` is what the lock holds or should hold of it."""

    quote: Quote
    status: Status
    places: tuple[Place, ...] = ()
    rung: Rung | None = None
    snapshot: str = ""
    entry: LockedQuote | None = None
    code: str = ""
    matches: int = 0


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
) -> tuple[tuple[Verdict, ...], tuple[Diagnostic, ...]]:
    """One verdict per quote, in their order, and what is wrong with them.

    `texts` are the sources that are present, `places` says where in the case each source is declared. A text that is
    present decides alone; the lock speaks only for absent ones.
    """
    stored = _Stored(lock, {q.key: q for q in lock.quotes}, {(q.key, q.digest): q for q in lock.quotes})
    verdicts: dict[Quote, Verdict] = {}
    for source, group in _by_source(quotes).items():
        text = texts.get(source)
        judged = _from_lock(group, stored) if text is None else _from_text(group, text, stored)
        verdicts.update(zip(group, judged, strict=True))
    ordered = tuple(verdicts[quote] for quote in quotes)
    found = [d for verdict in ordered if (d := finding(verdict))]
    return ordered, (*found, *changed_sources(texts, lock, places or {}))


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
            yield Verdict(quote, Status.SNAPSHOT, places, snapshot=source.sha256, entry=entry)


def _from_text(group: list[Quote], text: str, stored: _Stored) -> Iterator[Verdict]:
    """Each quote read anew; the text is folded once, and only if a quote is not there as written."""
    snapshot, lines, folded = text_digest(text), _line_starts(text), cache(lambda: fold(text))
    for quote in group:
        key, entry = quote.key, stored.by_key.get(quote.key)
        start = entry.spans[0][0] if entry else None
        found = anchor(key.exact, text, occurrence=key.occurrence, start=start, folded=folded)
        verdict = _verdict(quote, found, text, lines)
        if verdict.entry and entry and key.occurrence > 0 and _is_shifted(verdict.entry, entry, text, folded):
            verdict = Verdict(quote, Status.AMBIGUOUS, code="occurrence-shifted")
        yield replace(verdict, snapshot=snapshot)


def _verdict(quote: Quote, found: Anchor | Failure, text: str, lines: Sequence[int]) -> Verdict:
    match found:
        case Failure(status, code, matches):
            return Verdict(quote, status, code=code, matches=matches)
        case Anchor(rung, spans):
            places = tuple(_place(span, lines) for span in spans)
            prefix, suffix = least_context(text, spans[0]) if quote.key.occurrence > 0 else ("", "")
            entry = LockedQuote(quote.key, quote.digest, spans, prefix, suffix)
            return Verdict(quote, Status.VERIFIED, places, rung, entry=entry, matches=len(spans))
        case _:
            assert_never(found)


def _is_shifted(now: LockedQuote, then: LockedQuote, text: str, folded: Callable[[], Folded]) -> bool:
    """Whether the n-th occurrence may no longer be the one that was locked."""
    every = anchor(now.key.exact, text, occurrence=ALL, folded=folded)
    places = every.spans if isinstance(every, Anchor) else ()
    return shifted(text, chosen=now.spans[0], places=places, context=(then.prefix, then.suffix))


def _line_starts(text: str) -> tuple[int, ...]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def _place(span: Stretch, lines: Sequence[int]) -> Place:
    line = bisect_right(lines, span[0])
    return Place(span[0], span[1], line, span[0] - lines[line - 1] + 1)


def finding(verdict: Verdict) -> Diagnostic | None:
    """The diagnostic of a verdict that has something wrong with it."""
    if not verdict.code:
        return None
    key = verdict.quote.key
    say = warning if verdict.status is Status.UNVERIFIABLE else error
    return say(
        verdict.code,
        verdict.quote.span,
        paste="occurrence: 1" if verdict.code == "quote-ambiguous" else "",
        quote=_shown(key.exact),
        source=key.source,
        count=str(verdict.matches),
        occurrence=str(key.occurrence),
    )


def _shown(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def changed_sources(texts: Mapping[str, str], lock: Lock, places: Mapping[str, Span]) -> tuple[Diagnostic, ...]:
    """A warning for each text that is not the one the lock was made with."""
    return tuple(
        warning("source-changed", places.get(locked.source), source=locked.source, locked=locked.sha256[:12])
        for locked in lock.sources
        if locked.source in texts and text_digest(texts[locked.source]) != locked.sha256
    )
