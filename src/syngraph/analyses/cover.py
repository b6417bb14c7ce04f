"""How much of a source a case models: every quantity, date and name in it, and what became of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from syngraph.analyses.agreement import Models
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.quotes import IGNORED
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.parties import candidates
from syngraph.evidence.read import Read
from syngraph.evidence.verify import Place, Verdict, line_starts, place_of
from syngraph.evidence.wording import value_text
from syngraph.model.case import Case

_WITHOUT_VALUE = frozenset({Kind.FISCAL, Kind.RELATIVE})


class Topic(Enum):
    """What is counted apart."""

    QUANTITY = "quantity"
    DATE = "date"
    PARTY = "party"


class State(Enum):
    """What became of a mention, the most first."""

    MODELLED = "modelled"
    IGNORED = "ignored"
    QUOTED = "quoted"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention of a source: its words and what they are read as, what became of it, and where in the case.

    `records` are the fields that model it or the records that quote it, `why` is the reason for ignoring it.
    """

    topic: Topic
    place: Place
    words: str
    said: str
    state: State
    records: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stretched:
    """A verified quote in the text: its place and the records that cite it."""

    place: Place
    records: tuple[str, ...]
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """A source that is present: its text, all it mentions, what has no value by itself, and what is quoted of it."""

    source: str
    text: str
    license: str
    seen: tuple[Seen, ...]
    apart: tuple[Seen, ...]
    quoted: tuple[Stretched, ...]

    def count(self, topic: Topic, state: State) -> int:
        """How many mentions of a topic became that."""
        return sum(1 for s in self.seen if s.topic is topic and s.state is state)

    @property
    def open(self) -> tuple[Seen, ...]:
        """What the case leaves out without a word."""
        return tuple(s for s in self.seen if s.state is State.OPEN)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the case has of one source, to be asked by place."""

    models: Mapping[tuple[int, int], tuple[str, ...]]
    quoted: tuple[Stretched, ...]
    whys: Mapping[tuple[int, int], str]


def cover(cases: Sequence[Case], evidence: Evidence) -> tuple[Coverage, ...]:
    """The coverage of every source whose text was there to be verified, in order of names."""
    licenses = {s.head.name: s.license for case in reversed(cases) for s in case.sources}
    return tuple(
        _covered(name, read, licenses.get(name, ""), _known(name, cases, evidence))
        for name, read in sorted(evidence.shelf.reads.items())
    )


def _known(source: str, cases: Sequence[Case], evidence: Evidence) -> _Known:
    stubs = {f.head.name for case in cases for f in case.facts if f.stub}
    models: dict[tuple[int, int], list[str]] = {}
    for one in evidence.agreed.models:
        if one.source == source and one.placed and one.record not in stubs:
            models.setdefault((one.mention.start, one.mention.end), []).append(_field(one))
    return _Known(
        {span: tuple(dict.fromkeys(fields)) for span, fields in models.items()},
        tuple(_quoted(source, evidence.verdicts)),
        dict(_whys(source, cases, evidence.verdicts)),
    )


def _field(one: Models) -> str:
    return f"{one.record}.{one.field}"


def _quoted(source: str, verdicts: Iterable[Verdict]) -> Iterator[Stretched]:
    """Every verified stretch once, with the records that cite it."""
    cited: dict[tuple[Place, bool], list[str]] = {}
    for verdict in verdicts:
        key = verdict.quote.key
        if key.source == source and verdict.status.quoted:
            for place in verdict.places:
                cited.setdefault((place, key.section == IGNORED), []).append(key.record)
    for (place, ignored), records in sorted(cited.items(), key=lambda item: (item[0][0].start, item[0][0].end)):
        yield Stretched(place, tuple(dict.fromkeys(records)), ignored)


def _whys(source: str, cases: Sequence[Case], verdicts: Iterable[Verdict]) -> Iterator[tuple[tuple[int, int], str]]:
    """The reason for each ignored stretch."""
    reasons = {
        (citation.quote, citation.occurrence): ignored.head.why()
        for case in reversed(cases)
        for one in case.sources
        if one.head.name == source
        for ignored in one.ignored
        for citation in ignored.head.cites
    }
    for verdict in verdicts:
        key = verdict.quote.key
        if key.section == IGNORED and key.source == source:
            for place in verdict.places:
                yield (place.start, place.end), reasons.get((key.exact, key.occurrence), "")


def _covered(name: str, read: Read, licence: str, known: _Known) -> Coverage:
    lines = line_starts(read.text)
    valued = [m for m in read.mentions if m.kind not in _WITHOUT_VALUE]
    seen = [_mention(m, place_of((m.start, m.end), lines), known) for m in valued]
    seen += [
        Seen(Topic.PARTY, place_of((p.start, p.end), lines), p.text, p.party, State.MODELLED, (p.party,))
        for p in read.parties
    ]
    taken = [(p.start, p.end) for p in read.parties] + [(m.start, m.end) for m in read.mentions]
    for candidate in candidates(read.text, taken):
        place = place_of((candidate.start, candidate.end), lines)
        seen.append(_otherwise(Topic.PARTY, place, candidate.text, "", known))
    apart = tuple(
        Seen(Topic.DATE, place_of((m.start, m.end), lines), m.text, value_text(m), State.OPEN)
        for m in read.mentions
        if m.kind in _WITHOUT_VALUE
    )
    ordered = tuple(sorted(seen, key=lambda s: (s.place.start, s.place.end)))
    return Coverage(name, read.text, licence, ordered, apart, known.quoted)


def _mention(mention: Mention, place: Place, known: _Known) -> Seen:
    topic = Topic.DATE if mention.kind is Kind.DATE else Topic.QUANTITY
    fields = known.models.get((mention.start, mention.end))
    if fields:
        return Seen(topic, place, mention.text, value_text(mention), State.MODELLED, fields)
    return _otherwise(topic, place, mention.text, value_text(mention), known)


def _otherwise(topic: Topic, place: Place, words: str, said: str, known: _Known) -> Seen:
    """A mention no field models: ignored with a reason, only quoted, or open."""
    around = [q for q in known.quoted if q.place.start <= place.start and place.end <= q.place.end]
    for quote in around:
        if quote.ignored:
            why = known.whys.get((quote.place.start, quote.place.end), "")
            return Seen(topic, place, words, said, State.IGNORED, why=why)
    records = tuple(dict.fromkeys(r for q in around for r in q.records))
    return Seen(topic, place, words, said, State.QUOTED if around else State.OPEN, records)
