"""The lock file: what was verified against which text, as values and as text."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from syngraph.base.diagnostics import Diagnostic, error, warning
from syngraph.base.spans import Span, whole_file
from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.mentions.mention import Mention
from syngraph.evidence.said import said_entry, said_of

FORMAT_VERSION = 2
OLDER = frozenset({1})  # without what quotes say in their context
IGNORED = "sources.ignore"  # the section of passages a case leaves out on purpose
_CUTS = ("", "quote-under-denial")


@dataclass(frozen=True, slots=True, order=True)
class QuoteKey:
    """What identifies a quote: the record that cites, the source, the words and the occurrence."""

    section: str
    record: str
    source: str
    exact: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class LockedQuote:
    """A quote that was verified: the record's digest then, the places found, and the context of the one chosen.

    `named` are the parties its sentence names outside the quote, `sentence` the digest of that sentence. `said` is how
    its numbers and days are read where it stands, places counted from the start of the quote; None if a lock of an
    older format does not know. `cut` is the denial or condition of its clause that it leaves out, as a code.
    """

    key: QuoteKey
    digest: str
    spans: tuple[Stretch, ...]
    prefix: str = ""
    suffix: str = ""
    named: tuple[str, ...] = ()
    sentence: str = ""
    said: tuple[Mention, ...] | None = ()
    cut: str = ""


@dataclass(frozen=True, slots=True, order=True)
class LockedSource:
    """A text that was read: its sha256 (of the text as UTF-8) and its length in code points."""

    source: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Lock:
    """All of them, in order."""

    sources: tuple[LockedSource, ...] = ()
    quotes: tuple[LockedQuote, ...] = ()
    older: bool = field(default=False, compare=False)

    def source(self, name: str) -> LockedSource | None:
        """The text a source name was locked with."""
        return next((source for source in self.sources if source.source == name), None)


NO_LOCK = Lock()


def make_lock(sources: Iterable[LockedSource], quotes: Iterable[LockedQuote], *, older: bool = False) -> Lock:
    """A lock in the order it is written in."""
    ordered = sorted(set(quotes), key=lambda q: (q.key, q.digest, q.spans, q.prefix, q.suffix))
    return Lock(tuple(sorted(set(sources))), tuple(ordered), older=older)


def text_digest(text: str) -> str:
    """The sha256 of a text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def record_digest(parts: Iterable[str]) -> str:
    """The sha256 of a record's canonical text; where one part ends and the next begins matters."""
    digest = hashlib.sha256()
    for part in parts:
        written = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(written))
        digest.update(written)
    return digest.hexdigest()


def lock_text(lock: Lock) -> str:
    """The lock as JSON with a line for each source and each quote."""
    sources = [_line({"source": s.source, "sha256": s.sha256, "length": s.length}) for s in lock.sources]
    quotes = [_line(_quote_entry(q)) for q in lock.quotes]
    return f'{{\n"format_version": {FORMAT_VERSION},\n"sources": {_lines(sources)},\n"quotes": {_lines(quotes)}\n}}\n'


def _quote_entry(quote: LockedQuote) -> dict[str, object]:
    key = quote.key
    beside: dict[str, object] = {"named": quote.named, "sentence": quote.sentence} if quote.named else {}
    if quote.said != ():
        beside["said"] = None if quote.said is None else [said_entry(m) for m in quote.said]
    if quote.cut:
        beside["cut"] = quote.cut
    return {
        "section": key.section,
        "record": key.record,
        "source": key.source,
        "exact": key.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "spans": quote.spans,
        "occurrence": key.occurrence,
        "digest": quote.digest,
        **beside,
    }


def _lines(entries: list[str]) -> str:
    return "[\n" + ",\n".join(entries) + "\n]" if entries else "[]"


def _line(entry: dict[str, object]) -> str:
    """One line of JSON; what a screen would not show (bidi controls, line separators) is escaped."""
    line = json.dumps(entry, ensure_ascii=False)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def parse_lock(text: str, file: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """The lock a text holds, without the entries that make no sense, and what was wrong with it."""
    try:
        whole: object = json.loads(text)
    except json.JSONDecodeError as problem:
        span = Span(file, problem.pos, problem.pos + 1, problem.lineno, problem.colno)
        return NO_LOCK, (error("lock-unreadable", span),)
    except (ValueError, RecursionError):
        return NO_LOCK, (error("lock-unreadable", whole_file(file)),)
    match whole:
        case {"format_version": int(version)} if isinstance(version, bool) or version not in {FORMAT_VERSION, *OLDER}:
            return NO_LOCK, (_other_version(version, file),)
        case {"format_version": int(version), "sources": list(sources), "quotes": list(quotes)}:
            return _entries(sources, quotes, file, older=version in OLDER)
        case _:
            return NO_LOCK, (error("lock-unreadable", whole_file(file)),)


def _other_version(version: int, file: str) -> Diagnostic:
    return error("lock-version", whole_file(file), found=json.dumps(version)[:20], known=str(FORMAT_VERSION))


def _entries(
    sources: list[object], quotes: list[object], file: str, *, older: bool
) -> tuple[Lock, tuple[Diagnostic, ...]]:
    known: dict[str, LockedSource] = {}
    for source in map(_source, sources):
        if source and source.source not in known:
            known[source.source] = source
    kept: dict[tuple[QuoteKey, str], LockedQuote] = {}
    for entry in quotes:
        quote = _quote(entry, older=older)
        if quote and _fits(quote, known) and (quote.key, quote.digest) not in kept:
            kept[quote.key, quote.digest] = quote
    dropped = len(sources) - len(known) + len(quotes) - len(kept)
    found = [error("lock-entries", whole_file(file), count=str(dropped))] if dropped else []
    if older:
        found.append(warning("lock-older", whole_file(file)))
    return make_lock(known.values(), kept.values(), older=older), tuple(found)


def _fits(quote: LockedQuote, known: Mapping[str, LockedSource]) -> bool:
    """Whether a quote is from a source of the lock and lies in it."""
    source = known.get(quote.key.source)
    return source is not None and all(end <= source.length for _, end in quote.spans)


def _source(entry: object) -> LockedSource | None:
    match entry:
        case {"source": str(name), "sha256": str(sha256), "length": int(length)} if _is_digest(sha256):
            return LockedSource(name, sha256, length) if _is_count(length) else None
        case _:
            return None


def _quote(entry: object, *, older: bool) -> LockedQuote | None:
    match entry:
        case {
            "section": str(section),
            "record": str(record),
            "source": str(source),
            "exact": str(exact),
            "prefix": str(prefix),
            "suffix": str(suffix),
            "spans": list(pairs),
            "occurrence": int(occurrence),
            "digest": str(digest),
            **others,
        } if _is_digest(digest) and not isinstance(occurrence, bool):
            spans = tuple(_spans(pairs))
            key = QuoteKey(section, record, source, exact, occurrence)
            more = {str(k): v for k, v in others.items()}
            unknown = older or more.get("said", []) is None
            beside, said, cut = _beside(more), None if unknown else said_of(more.get("said", [])), more.get("cut", "")
            senseless = beside is None or (said is None and not unknown) or cut not in _CUTS
            if beside is None or senseless or not len(spans) == len(pairs) > 0:
                return None
            return LockedQuote(key, digest, spans, prefix, suffix, *beside, said, str(cut))
        case _:
            return None


def _beside(entry: Mapping[str, object]) -> tuple[tuple[str, ...], str] | None:
    """The parties of the sentence and its digest, where an entry has them; None if they make no sense."""
    match entry.get("named", []), entry.get("sentence", ""):
        case [], "":
            return (), ""
        case [_, *_] as names, str(sentence) if _is_digest(sentence) and all(isinstance(n, str) for n in names):
            return tuple(str(n) for n in names), sentence
        case _:
            return None


def _spans(pairs: list[object]) -> Iterator[Stretch]:
    for pair in pairs:
        match pair:
            case [int(start), int(end)] if _is_count(start) and _is_count(end) and start < end:
                yield start, end
            case _:
                return


def _is_count(value: int) -> bool:
    return not isinstance(value, bool) and 0 <= value < 2**53


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)
