"""A draft as the file of a case: stubs as records, and as comments all that only its author can say."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from syngraph.analyses.draft import Draft, DraftedSource, Mentioned
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.model.facts import TODO
from syngraph.present.display import visible
from syngraph.present.mentions import reading
from syngraph.present.words import Words

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*")
_YEARS = 10
_USUAL_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a draft says of itself: its name and title, the day it was made, and the day its texts were published."""

    name: str
    title: str
    made: date
    published: date | None = None


def draft_text(draft: Draft, opening: Opening, words: Words) -> str:
    """The file of the case, with comments in the language of the words."""
    parts = (
        _opening(draft, opening, words),
        ["sources:", *(line for s in draft.sources for line in _source(s, opening, words))],
        _parties(draft, words),
        ["facts:", *_facts(draft, words)],
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _opening(draft: Draft, opening: Opening, words: Words) -> list[str]:
    today = opening.published or opening.made
    until = date(min(today.year + _YEARS + 1, date.max.year), 1, 1)
    day = "today" if opening.published else "today_made"
    currency = "currency" if draft.currency else "no_currency"
    return [
        *(f"# {line}" for line in words.text("draft.comments.head").splitlines()),
        f"case: {opening.name}",
        f"title: {yaml_text(opening.title)}",
        f"currency: {draft.currency or _USUAL_CURRENCY}  # {words.text(f'draft.comments.{currency}')}",
        f"today: {today}  # {words.text(f'draft.comments.{day}')}",
        f"simulate: {{until: {until}, step: quarter}}",
    ]


def _source(source: DraftedSource, opening: Opening, words: Words) -> Iterator[str]:
    yield f"  {source.name}:"
    yield f"    file: sources/{source.name}.txt  # {words.text('draft.comments.file')}"
    yield f"    language: {yaml_text(source.document.language)}"
    if source.document.region:
        yield f"    region: {yaml_text(source.document.region)}"
    if opening.published:
        yield f"    published: {opening.published}"
    if source.defined:
        yield f"    # {words.text('draft.comments.defined')}"
        yield from (f"    # defined: {{{yaml_text(term)}: {TODO}}}" for term in dict.fromkeys(source.defined))


def _parties(draft: Draft, words: Words) -> list[str]:
    if not draft.names:
        return []
    listed = [f"#   {visible(' '.join(name.split()))} × {n:,}" for name, n in draft.names]
    return ["# parties:", f"# {words.text('draft.comments.parties')}", *listed]


def _facts(draft: Draft, words: Words) -> Iterator[str]:
    number = 0
    for source in draft.sources:
        for mentioned in source.mentioned:
            if mentioned.content is None:
                yield f"  # {_where(source, mentioned)} – {_left(mentioned.mention, words)}"
            else:
                number += 1
                yield f"  todo_{number}:  # {_where(source, mentioned)}"
                yield from (f"    {field}" for field in _fields(source, mentioned))


def _left(mention: Mention, words: Words) -> str:
    """Why a mention makes no stub."""
    said = reading(mention, words)
    plain = mention.kind in (Kind.QUANTITY, Kind.DATE) and mention.bound != "vague"
    return words.text("draft.comments.not_alone", said=said) if plain else said


def _where(source: DraftedSource, mentioned: Mentioned) -> str:
    words = visible(" ".join(mentioned.mention.text.split()))
    return f"{source.name}:{mentioned.place.line}:{mentioned.place.column} {words}"


def _fields(source: DraftedSource, mentioned: Mentioned) -> Iterator[str]:
    content, passage = mentioned.content, mentioned.passage
    if content is None or passage is None:
        return
    match content.values:
        case ():
            yield f"says: {TODO}"
            yield f"valid: {content.valid}"
        case ((_, value),):
            yield f"value: {value}"
        case several:
            yield f"readings: {{{', '.join(f'{name}: {value}' for name, value in several)}}}"
            yield f"use: {several[0][0]}"
    if content.bound != "exact":
        yield f"bound: {content.bound}"
    place = f", occurrence: {passage.occurrence}" if passage.occurrence else ""
    yield f"cite: {{{source.name}: {_quoted(passage.quote)}{place}}}"
    yield f"term: {TODO}"


def yaml_text(text: str) -> str:
    """A text as YAML reads it back: plain if it is a word, else in quotation marks."""
    return text if _PLAIN.fullmatch(text) and text != "null" else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    """A character of a double-quoted scalar; what YAML forbids or a screen would hide is written as its number."""
    if character in '"\\\n\t\r':
        return json.dumps(character)[1:-1]
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return f"\\U{ord(character):08x}"
