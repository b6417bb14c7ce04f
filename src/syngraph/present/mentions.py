"""The mentions of a text, as a table for people and as JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from fractions import Fraction

from syngraph.analyses.documents import Document, Listing
from syngraph.base.dates import Interval
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.parties import Candidate
from syngraph.evidence.places import Place
from syngraph.evidence.wording import decimal_text, value_text
from syngraph.present.display import visible
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.tables import table
from syngraph.present.words import Words


def listing_text(listing: Listing, words: Words) -> str:
    """A line for each mention: where, what kind, its words, what they are read as; then the candidates with counts."""
    rows = [_row(place, mention, words) for place, mention in listing.mentions]
    found = table(rows, left=5, indent="")
    counts = Counter(c.text for _, c in listing.candidates)
    first = {c.text: place for place, c in reversed(listing.candidates)}
    names = [(_where(first[name]), _shown(name), words.count("time", n)) for name, n in counts.most_common()]
    if not names:
        return found or words.text("mentions.none")
    return f"{found}\n{words.text('mentions.candidates')}\n{table(names, left=3, indent='')}"


def _row(place: Place, mention: Mention, words: Words) -> tuple[str, ...]:
    flags = words.text("findings.separator").join(words.text(f"mentions.flags.{f}") for f in sorted(mention.flags))
    kind = words.text(f"mentions.kinds.{mention.kind.value}")
    return _where(place), kind, _shown(mention.text), reading(mention, words), flags


def reading(mention: Mention, words: Words) -> str:
    """The value of a mention, or why it has none."""
    if mention.reason:
        return words.text(f"mentions.reasons.{mention.reason}")
    if mention.kind in (Kind.FISCAL, Kind.RELATIVE):
        return words.text(f"mentions.without_value.{mention.kind.value}")
    return value_text(mention)


def _where(place: Place) -> str:
    return f"{place.line}:{place.column}"


def _shown(text: str) -> str:
    """A stretch of text on one line."""
    return visible(" ".join(text.split()))


def guesses_text(document: Document, words: Words) -> str:
    """What was taken for granted because nobody said it; empty if nothing was."""
    if not document.guessed:
        return ""
    key = "_".join(document.guessed) if document.region else "homeless"
    fills = {"file": document.name, "language": document.language, "region": document.region}
    return visible(words.text(f"mentions.guessed.{key}", **fills))


def listing_document(listing: Listing) -> Object:
    """All of it as one JSON document."""
    return {
        "format_version": FORMAT_VERSION,
        **_document(listing.document),
        "mentions": [_mention(place, mention) for place, mention in listing.mentions],
        "candidates": [_candidate(place, candidate) for place, candidate in listing.candidates],
    }


def listing_lines(listing: Listing) -> Iterator[Object]:
    """All of it as JSON Lines: the text, then a line for each mention and candidate."""
    yield line("document", _document(listing.document))
    yield from (line("mention", _mention(place, mention)) for place, mention in listing.mentions)
    yield from (line("candidate", _candidate(place, candidate)) for place, candidate in listing.candidates)


def _document(document: Document) -> Object:
    return {
        "file": document.name,
        "characters": len(document.text),
        "language": document.language,
        "region": document.region,
        "guessed": list(document.guessed),
    }


def _mention(place: Place, mention: Mention) -> Object:
    return {
        **asdict(place),
        "kind": mention.kind.value,
        "text": mention.text,
        "value": _value(mention.value),
        "unit": mention.unit,
        "noun": mention.noun,
        "bound": mention.bound,
        "days": _days(mention.days),
        "span": mention.span,
        "flags": sorted(mention.flags),
        "reason": mention.reason,
    }


def _value(value: Fraction | Range | None) -> object:
    """An exact value as a text, `13000000000` or `2/3`: a JSON number would round it."""
    match value:
        case Range(low, high):
            return {"low": decimal_text(low), "high": decimal_text(high)}
        case Fraction():
            return decimal_text(value)
        case None:
            return None


def _days(days: Interval | None) -> Object | None:
    return {"text": days.text, "first": _iso(days.first), "end": _iso(days.end)} if days else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _candidate(place: Place, candidate: Candidate) -> Object:
    return {**asdict(place), "text": candidate.text}
