"""Whether records say what their quotes say, field by field, and which words of a source each field models."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from syngraph.analyses.claims import Named, claims, named_parties
from syngraph.analyses.library import Library
from syngraph.analyses.quotes import Citing
from syngraph.base.dates import Interval
from syngraph.base.diagnostics import Diagnostic, error, warning
from syngraph.evidence.agreement import Agreement, Amount, Claim, Stretch, compare
from syngraph.evidence.anchoring import Status
from syngraph.evidence.edges import Cut
from syngraph.evidence.gaps import pieces
from syngraph.evidence.lock import IGNORED, LockedQuote, text_digest
from syngraph.evidence.mentions.mention import Mention
from syngraph.evidence.parties import Alias, party_mentions
from syngraph.evidence.read import Read
from syngraph.evidence.verify import Quote, Verdict, shown
from syngraph.evidence.wording import Wording, value_text
from syngraph.model.case import Case
from syngraph.model.records import Citation, Head
from syngraph.model.stances import Dispute, Offer, Position

Members = Mapping[str, frozenset[str]]
Published = Mapping[str, date]
Version = tuple[str, str, str]
"""A record as it stands: its section, its name, and its digest."""

_NOT_STATED = frozenset({"alleged", "denied"})
_DOUBTS = frozenset({"unparsed-mention"})  # what cannot be read is no contradiction


@dataclass(frozen=True, slots=True)
class Models:
    """A field of a record, and the words of a source that say what it claims.

    `placed` is false where the text is not there: the mention was read in the quote alone.
    """

    section: str
    record: str
    field: str
    source: str
    mention: Mention
    placed: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """A field that names a party its quotes do not name, but the sentence around them does."""

    section: str
    record: str
    field: str
    party: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the fields of a case model, which parties stand beside their quotes, and all that does not agree.

    `supported` are the records, by section, name and digest, that claim nothing which a quote of theirs does not say.
    """

    models: tuple[Models, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    supported: frozenset[Version] = frozenset()


NOTHING_AGREED = Agreed()


@dataclass(frozen=True, slots=True)
class Passage:
    """What a quote says: mentions, parties, those its sentence adds, and a number it cuts."""

    verdict: Verdict
    said: tuple[Mention, ...]
    named: frozenset[str]
    beside: frozenset[str]
    cut: Mention | None
    placed: bool

    @property
    def source(self) -> str:
        """The source it is from."""
        return self.verdict.quote.key.source


Passages = Mapping[Quote, Passage]


def passages(verdicts: Iterable[Verdict], shelf: Library) -> dict[Quote, Passage]:
    """What each quote says that is verified, or of which nobody can tell."""
    judged = (v for v in verdicts if v.status.quoted or v.status is Status.UNVERIFIABLE)
    return {v.quote: passage for v in judged if (passage := _passage(v, shelf)) is not None}


def with_sentences(verdicts: Iterable[Verdict], said: Passages, shelf: Library) -> tuple[Verdict, ...]:
    """The verdicts, with what the lock is to hold: the parties the sentence of a quote names beside it, and of a
    passage that is ignored one place only."""
    return tuple(_with_sentence(v, said.get(v.quote), shelf.reads.get(v.quote.key.source)) for v in verdicts)


def _with_sentence(verdict: Verdict, passage: Passage | None, read: Read | None) -> Verdict:
    if read is None or verdict.entry is None:
        return verdict
    if verdict.quote.key.section == IGNORED:  # one place proves it; where a word recurs is the text's own
        return replace(verdict, entry=replace(verdict.entry, spans=verdict.entry.spans[:1]))
    if passage is None:
        return verdict
    start = verdict.places[0].start
    said = tuple(replace(m, start=m.start - start, end=m.end - start, text="") for m in passage.said)
    entry = replace(verdict.entry, said=said)
    if passage.beside:
        sentences = "\n".join(read.text[slice(*read.sentence((p.start, p.end)))] for p in verdict.places)
        entry = replace(entry, named=tuple(sorted(passage.beside)), sentence=text_digest(sentences))
    return replace(verdict, entry=entry)


def agree(cited: Sequence[Citing], said: Passages) -> Agreed:
    """Every record held against what its quotes say.

    What a plan changes in a record without quoting anew is a supposition, and is not compared.
    """
    known = {id(one.case): one.case for one in cited}
    about = {place: (_members(case), _published(case)) for place, case in known.items()}
    found = [
        _held(one, quotes, *about[id(one.case)])
        for one in _first_versions(cited)
        if (quotes := tuple(said[q] for q in one.quotes if q in said))
    ]
    return Agreed(
        tuple(dict.fromkeys(m for one in found for m in one.models)),
        tuple(dict.fromkeys(n for one in found for n in one.nearby)),
        tuple(dict.fromkeys(d for one in found for d in one.diagnostics)),
        frozenset().union(*(one.supported for one in found)),
    )


def _first_versions(cited: Iterable[Citing]) -> Iterator[Citing]:
    """Each record with its quotes once, as the first plan has it."""
    seen: set[tuple[str, str, tuple[Citation, ...]]] = set()
    for one in cited:
        key = one.head.section, one.head.name, one.head.cites
        if key not in seen:
            seen.add(key)
            yield one


def _members(case: Case) -> Members:
    """For each name that stands for others, those it names: the members of a group, the party of a body."""
    bodies = {body.head.name: frozenset({body.party}) for body in case.bodies}
    return bodies | {p.head.name: frozenset(p.members) for p in case.parties if p.members}


def _passage(verdict: Verdict, shelf: Library) -> Passage | None:
    source = verdict.quote.key.source
    read, wording = shelf.reads.get(source), shelf.wordings.get(source)
    if read is not None:
        return _placed(verdict, read)
    return _alone(verdict, wording, shelf.aliases) if wording is not None else None


def _placed(verdict: Verdict, read: Read) -> Passage:
    """What a quote says where it stands: words just before it may make its number a limit."""
    spans = [(place.start, place.end) for place in verdict.places]
    said = tuple(m for span in spans for m in read.said(span))
    named = frozenset(m.party for span in spans for m in read.named(span))
    around = frozenset(m.party for span in spans for m in read.named(read.sentence(span)))
    cut = next((m for span in spans if (m := read.cut(span))), None)
    return Passage(verdict, said, named, around - named, cut, placed=True)


def _alone(verdict: Verdict, wording: Wording, aliases: Sequence[Alias]) -> Passage:
    """What a quote says by itself, its text not being there; the lock knows which parties its sentence names."""
    exact, entry = verdict.quote.key.exact, verdict.entry
    known = entry is not None and entry.said is not None
    said = tuple(_as_locked(exact, entry) if entry is not None and known else _said_alone(exact, entry, wording))
    named = frozenset(m.party for m in party_mentions(exact, aliases))
    return Passage(verdict, said, named, frozenset(entry.named if entry else ()), None, placed=False)


def _as_locked(exact: str, entry: LockedQuote) -> Iterator[Mention]:
    """The mentions of a quote as they were read where it stands; of one with gaps without their words."""
    start = entry.spans[0][0]
    for mention in entry.said or ():
        words = exact[mention.start : mention.end] if len(pieces(exact)) == 1 else ""
        yield replace(mention, start=start + mention.start, end=start + mention.end, text=words)


def _said_alone(exact: str, entry: LockedQuote | None, wording: Wording) -> Iterator[Mention]:
    """The mentions of a quote, of each piece for itself, where the lock knows it to have stood."""
    parts, spans = pieces(exact), entry.spans if entry is not None else ()
    in_pieces = len(parts) <= len(spans) or not spans
    starts = [start for start, _ in spans] + [0] * len(parts)
    for part, start in zip(parts if in_pieces else (exact,), starts, strict=False):
        for mention in wording.mentions(part):
            yield replace(mention, start=start + mention.start, end=start + mention.end)


def _held(one: Citing, quotes: Sequence[Passage], members: Members, published: Published) -> Agreed:
    """One record: its claims against all its quotes together; a passage quoted twice counts once."""
    head, record = one.head, one.record
    said = list({(q.source, m.start, m.end): (m, q) for q in quotes for m in q.said}.values())
    mentions = [m for m, _ in said]
    models: list[Models] = []
    wrong: list[Diagnostic] = [*_cut(quotes), *_denied(head, record, quotes)]
    unsaid: list[tuple[str, str]] = []
    stated = (claim for claim in claims(record, head) if not _by_publication(claim, quotes, published))
    for agreement in (compare(claim, mentions) for claim in stated):
        claim, mention = agreement.claim, agreement.mention
        quoted = next((q for m, q in said if m is mention), None)
        if quoted is None or mention is None:
            unsaid.append((claim.field, claim.written))
        elif agreement.code:
            wrong.append(_disagreement(head, agreement, mention, quoted))
        elif quoted.verdict.status.quoted:
            models.append(Models(head.section, head.name, claim.field, quoted.source, mention, quoted.placed))
    nearby: tuple[Nearby, ...] = ()
    if _all_verified(quotes):
        nearby, absent = _parties(head, record, quotes, members)
        unsaid += [(one.field, one.party) for one in absent]
    if unsaid and _all_verified(quotes) and len(quotes) == len(one.quotes):
        wrong.append(_not_in_quote(head, unsaid))
    here = frozenset({(head.section, head.name, one.quotes[0].digest)})
    return Agreed(tuple(models), nearby, tuple(wrong), frozenset() if wrong or unsaid else here)


def _published(case: Case) -> Published:
    """The day after each source was published."""
    return {s.head.name: s.published + timedelta(days=1) for s in case.sources if s.published is not None}


def _by_publication(claim: Claim, quotes: Iterable[Passage], published: Published) -> bool:
    """Whether a claim says no more than that something had happened when a text that reports it was published."""
    match claim.content:
        case Stretch(Interval(first=None, end=end)):
            return end is not None and any(end == published.get(q.source) for q in quotes)
        case _:
            return False


def _not_in_quote(head: Head, unsaid: Sequence[tuple[str, str]]) -> Diagnostic:
    """A warning for what a record claims that none of its quotes says: it is assumed, and wants a reason."""
    fields = tuple(dict.fromkeys(field for field, _ in unsaid))
    claimed = ", ".join(dict.fromkeys(what for _, what in unsaid))
    paste = f"why: {{{', '.join(f'{field}: …' for field in fields)}}}"
    return warning("not-in-quote", head.span, paste=paste, name=head.name, fields=", ".join(fields), claimed=claimed)


def _denied(head: Head, record: Any, quotes: Iterable[Passage]) -> Iterator[Diagnostic]:
    """A warning for each quote out of a clause that denies it or sets a condition, unless the record says so.

    A stance is what somebody alleges.
    """
    dating = getattr(record, "dating", None)
    doubted = dating is not None and dating.status in _NOT_STATED
    if doubted or head.whys or isinstance(record, Position | Dispute | Offer):
        return
    for quoted in quotes:
        if quoted.verdict.cut is Cut.DENIAL:
            key = quoted.verdict.quote.key
            yield warning(Cut.DENIAL.value, quoted.verdict.quote.span, quote=shown(key.exact), source=key.source)


def _all_verified(quotes: Iterable[Passage]) -> bool:
    """Whether the sentences of all quotes are known, as names are looked for there too."""
    return all(q.verdict.status.quoted for q in quotes)


def _disagreement(head: Head, agreement: Agreement, mention: Mention, quoted: Passage) -> Diagnostic:
    say = warning if agreement.code in _DOUBTS else error
    claim = agreement.claim
    bound = claim.content.bound if isinstance(claim.content, Amount) else "exact"
    return say(
        agreement.code,
        claim.span,
        name=head.name,
        field=claim.field,
        claimed=claim.written if bound == "exact" else f"{claim.written} ({bound})",
        words=mention.text,
        said=value_text(mention),
        source=quoted.source,
        quote=shown(quoted.verdict.quote.key.exact),
    )


def _cut(quotes: Iterable[Passage]) -> Iterator[Diagnostic]:
    for quoted in quotes:
        if quoted.cut is not None:
            key = quoted.verdict.quote.key
            yield error("quote-cuts-number", quoted.verdict.quote.span, quote=shown(key.exact), source=key.source)


def _parties(
    head: Head, record: Any, quotes: Sequence[Passage], members: Members
) -> tuple[tuple[Nearby, ...], tuple[Named, ...]]:
    """The named parties that only the sentence names, and those it does not name either."""
    named = _with_members((p for q in quotes for p in q.named), members)
    beside = _with_members((p for q in quotes for p in q.beside), members)
    absent = [n for n in named_parties(record, head) if not _is_named(n, named, members)]
    nearby = tuple(
        Nearby(head.section, head.name, n.field, n.party) for n in absent if _is_named(n, beside | named, members)
    )
    return nearby, tuple(n for n in absent if not _is_named(n, beside | named, members))


def _with_members(parties: Iterable[str], members: Members) -> frozenset[str]:
    """Parties, and those a name for several names."""
    found = set(parties)
    return frozenset(found.union(*(members.get(p, frozenset()) for p in found)))


def _is_named(one: Named, named: frozenset[str], members: Members) -> bool:
    """Whether a party is among the named; an organ is where its party is."""
    return one.party in named or ("." in one.party and members.get(one.party, frozenset()) <= named)
