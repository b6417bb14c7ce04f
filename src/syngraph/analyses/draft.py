"""A case in waiting, made of texts alone: a stub for each value they mention, and never a guess at what it means."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from syngraph.analyses.claims import claims
from syngraph.analyses.documents import Document, read_as
from syngraph.base.dates import Interval, parse_edtf
from syngraph.base.diagnostics import Diagnostic
from syngraph.base.located import Scalar
from syngraph.base.spans import whole_file
from syngraph.base.texts import LocalText
from syngraph.base.units import CURRENCIES
from syngraph.evidence.agreement import compare
from syngraph.evidence.anchoring import ALL, ONLY, Anchor, Stretch, anchor
from syngraph.evidence.clauses import Clauses
from syngraph.evidence.han import han_names
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.parties import candidates, defined_terms
from syngraph.evidence.places import Place
from syngraph.evidence.read import Read
from syngraph.evidence.wording import amount_text
from syngraph.expr.nodes import Expr
from syngraph.expr.parser import parse
from syngraph.model.facts import TODO, Dating, Fact, Statement, Value
from syngraph.model.records import Head, Readings

_NOWHERE = whole_file("")
_SHARES = frozenset({"", "%", "pp"})
_YEAR, _PER_YEAR = "year", "per_year"  # the flag of an amount whose words speak of a year
_ROUNDED = 10**4  # a fraction that no decimal ends, two thirds, has four decimals


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to quote, and which of their places is meant if there are several (0: there is one)."""

    quote: str
    occurrence: int = ONLY


@dataclass(frozen=True, slots=True)
class Content:
    """What a stub states: a value (or the two ends of a range, by name) with its bound, or when something held."""

    values: tuple[tuple[str, str], ...] = ()
    bound: str = "exact"
    valid: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention with its place and, where it has a value that some passage shows, the stub it makes."""

    place: Place
    mention: Mention
    content: Content | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class DraftedSource:
    """A text under the name of a source, all it mentions in order, and the terms it defines."""

    name: str
    document: Document
    mentioned: tuple[Mentioned, ...]
    defined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The sources, the currency they speak of most (empty if of none), and words that look like names, counted."""

    sources: tuple[DraftedSource, ...]
    currency: str
    names: tuple[tuple[str, int], ...]

    @property
    def stubs(self) -> int:
        """How many there are."""
        return sum(m.content is not None for source in self.sources for m in source.mentioned)

    @property
    def left(self) -> int:
        """How many mentions make no stub."""
        return sum(m.content is None for source in self.sources for m in source.mentioned)


def draft(documents: Sequence[tuple[str, Document]]) -> Draft:
    """The draft of a case from documents by name."""
    sources = tuple(_source(name, document) for name, document in documents)
    units = Counter(m.mention.unit.split("/")[0] for source in sources for m in source.mentioned)
    currency = next((unit for unit, _ in units.most_common() if unit in CURRENCIES), "")
    names = Counter(name for source in sources for name in _names(source.document.text))
    return Draft(sources, currency, tuple(names.most_common()))


def _names(text: str) -> Iterator[str]:
    """The words of a text that look like names, each place once."""
    han = han_names(text)
    yield from (text[start:end] for start, end in han)
    yield from (c.text for c in candidates(text, han))


def _source(name: str, document: Document) -> DraftedSource:
    text = _Text(read_as(document))
    mentioned = tuple(_mentioned(m, text) for m in text.read.mentions)
    return DraftedSource(name, document, mentioned, tuple(t.words for t in defined_terms(document.text, ())))


class _Text:
    """A document as it is read, with its clauses and the places of passages; what is found is kept."""

    def __init__(self, read: Read) -> None:
        self.read, self.clauses = read, Clauses(read.text)
        self._places: dict[str, tuple[Stretch, ...]] = {}

    def places(self, words: str) -> tuple[Stretch, ...]:
        """Where a passage stands, by the rules for quotes."""
        if words not in self._places:
            found = anchor(words, self.read.text, occurrence=ALL)
            self._places[words] = found.spans if isinstance(found, Anchor) else ()
        return self._places[words]


def _mentioned(mention: Mention, text: _Text) -> Mentioned:
    """A stub only if it will pass: its quote stands there, and says the value in the text and by itself."""
    read = text.read
    place = read.place(mention.start, mention.end)
    for content in _contents(mention):
        fact = _fact(content)
        if fact is None:
            continue
        for passage, span in _passages((mention.start, mention.end), text):
            alone = read.wording.mentions(passage.quote)
            if read.cut(span) is None and _says(fact, read.said(span)) and _says(fact, alone):
                return Mentioned(place, mention, content, passage)
    return Mentioned(place, mention)


def _contents(mention: Mention) -> Iterator[Content]:
    """What a mention may be written as, the exact first; nothing for one without a plain value."""
    match mention:
        case Mention(bound="vague"):
            return
        case Mention(kind=Kind.QUANTITY, value=Fraction() as value, unit=unit, bound=bound):
            rounded = Fraction(round(value * _ROUNDED), _ROUNDED)
            for one in _units(unit, mention.flags):
                yield Content((("", amount_text(value, one)),), bound)
                yield Content((("", amount_text(rounded, one)),), bound)
        case Mention(kind=Kind.QUANTITY, value=Range(low, high), unit=unit, bound=bound):
            for one in _units(unit, mention.flags):
                yield Content((("low", amount_text(low, one)), ("high", amount_text(high, one))), bound)
        case Mention(kind=Kind.DATE, days=Interval() as days, span=span):
            yield Content(valid=_valid(days, span))


def _units(unit: str, flags: frozenset[str]) -> tuple[str, ...]:
    """The unit, a year first where the text says so; a share that grows by the year is written as a share."""
    return (f"{unit}/{_YEAR}", unit) if _PER_YEAR in flags and unit not in _SHARES else (unit,)


def _valid(days: Interval, span: str) -> str:
    """The days as EDTF, open where the text says since, until, before or after; before takes the days themselves in."""
    match span:
        case "since":
            return f"{days.text}/.."
        case "until" | "before":
            return f"../{days.text}"
        case "after" if days.end:
            return f"{days.end}/.."
        case _:
            return days.text


def _fact(content: Content) -> Fact | None:
    """The content as the fact it would be read as; None if it could not be read."""
    head = Head("", "facts", _NOWHERE)
    if not content.values:
        valid = parse_edtf(content.valid)
        return Statement(head, LocalText(()), "exact", Dating(valid), term=TODO) if valid else None
    options: list[tuple[str, Expr]] = []
    for name, text in content.values:
        match parse(Scalar(text, _NOWHERE)):
            case Diagnostic():
                return None
            case expr:
                options.append((name, expr))
    readings = Readings(tuple(options), options[0][0], _NOWHERE)
    return Value(head, readings, content.bound, Dating(), term=TODO)


def _says(fact: Fact, said: Sequence[Mention]) -> bool:
    """Whether mentions say all that a fact claims, which is something."""
    compared = [compare(claim, said) for claim in claims(fact, fact.head)]
    return bool(compared) and all(a.mention and not a.code for a in compared)


def _passages(span: Stretch, text: _Text) -> Iterator[tuple[Passage, Stretch]]:
    """The clauses that hold a stretch and stand in the text once, the shortest first; then those that recur."""
    repeated: list[tuple[Passage, Stretch]] = []
    for clause in text.clauses.holding(span):
        words = text.read.text[slice(*clause)]
        places = text.places(words)
        if places == (clause,):
            yield Passage(words), clause
        elif clause in places:
            repeated.append((Passage(words, places.index(clause) + 1), clause))
    yield from repeated
