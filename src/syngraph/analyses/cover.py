"""How much of a source a case models: every quantity, date and name in it, and what became of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from syngraph.analyses.agreement import Models
from syngraph.analyses.evidence import Evidence
from syngraph.evidence.lock import IGNORED, QuoteKey
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.parties import candidates
from syngraph.evidence.places import Place
from syngraph.evidence.read import Read
from syngraph.evidence.verify import Verdict
from syngraph.evidence.wording import value_text
from syngraph.model.case import Case

_WITHOUT_VALUE = frozenset({Kind.FISCAL, Kind.RELATIVE})
_FEW_FIELDS = frozenset({Kind.DURATION, Kind.COUNT})  # most have no field to state them, so they count once one does


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
    """A verified quote in the text: its place and the records that cite it; an ignored one has the reason `why`."""

    place: Place
    records: tuple[str, ...]
    ignored: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A source that is present: its text, what it mentions, and what is quoted of it.

    `apart` are the dates without a value by themselves, and the durations and counts that no field states.
    """

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
        tuple(_quoted(source, evidence.verdicts, _whys(source, cases))),
    )


def _field(one: Models) -> str:
    return f"{one.record}.{one.field}"


def _quoted(source: str, verdicts: Iterable[Verdict], whys: Mapping[tuple[str, int], str]) -> Iterator[Stretched]:
    """Every verified stretch once, with the records that cite it; `whys` are the reasons for those ignored."""
    cited: dict[tuple[Place, bool], list[QuoteKey]] = {}
    for verdict in verdicts:
        key = verdict.quote.key
        if key.source == source and verdict.status.quoted:
            for place in verdict.places:
                cited.setdefault((place, key.section == IGNORED), []).append(key)
    for (place, ignored), keys in sorted(cited.items(), key=lambda item: (item[0][0].start, item[0][0].end)):
        why = whys.get((keys[-1].exact, keys[-1].occurrence), "") if ignored else ""
        yield Stretched(place, tuple(dict.fromkeys(key.record for key in keys)), ignored, why)


def _whys(source: str, cases: Sequence[Case]) -> dict[tuple[str, int], str]:
    """The reason for each passage a case ignores."""
    return {
        (citation.quote, citation.occurrence): ignored.head.why()
        for case in reversed(cases)
        for one in case.sources
        if one.head.name == source
        for ignored in one.ignored
        for citation in ignored.head.cites
    }


def _covered(name: str, read: Read, licence: str, known: _Known) -> Coverage:
    alone = {(m.start, m.end) for m in read.mentions if _stands_apart(m, known)}
    valued = [m for m in read.mentions if (m.start, m.end) not in alone]
    seen = [_mention(m, read.place(m.start, m.end), known) for m in valued]
    seen += [
        Seen(Topic.PARTY, read.place(p.start, p.end), p.text, p.party, State.MODELLED, (p.party,)) for p in read.parties
    ]
    taken = [(p.start, p.end) for p in read.parties] + [(m.start, m.end) for m in read.mentions]
    seen += [
        _otherwise(Topic.PARTY, read.place(c.start, c.end), c.text, "", known) for c in candidates(read.text, taken)
    ]
    apart = tuple(
        Seen(_topic(m), read.place(m.start, m.end), m.text, value_text(m), State.OPEN)
        for m in read.mentions
        if (m.start, m.end) in alone
    )
    ordered = tuple(sorted(seen, key=lambda s: (s.place.start, s.place.end)))
    return Coverage(name, read.text, licence, ordered, apart, known.quoted)


def _stands_apart(mention: Mention, known: _Known) -> bool:
    """Whether a mention is only listed: a case has nothing, or as yet nothing, to say of it."""
    unstated = mention.kind in _FEW_FIELDS and (mention.start, mention.end) not in known.models
    return mention.kind in _WITHOUT_VALUE or unstated


def _mention(mention: Mention, place: Place, known: _Known) -> Seen:
    topic = _topic(mention)
    fields = known.models.get((mention.start, mention.end))
    if fields:
        return Seen(topic, place, mention.text, value_text(mention), State.MODELLED, fields)
    return _otherwise(topic, place, mention.text, value_text(mention), known)


def _topic(mention: Mention) -> Topic:
    return Topic.DATE if mention.kind is Kind.DATE or mention.kind in _WITHOUT_VALUE else Topic.QUANTITY


def _otherwise(topic: Topic, place: Place, words: str, said: str, known: _Known) -> Seen:
    """A mention no field models: ignored with a reason, only quoted, or open."""
    around = [q for q in known.quoted if q.place.start <= place.start and place.end <= q.place.end]
    ignored = next((q for q in around if q.ignored), None)
    if ignored is not None:
        return Seen(topic, place, words, said, State.IGNORED, why=ignored.why)
    records = tuple(dict.fromkeys(r for q in around for r in q.records))
    return Seen(topic, place, words, said, State.QUOTED if around else State.OPEN, records)
