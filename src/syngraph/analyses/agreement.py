"""Whether records say what their quotes say, field by field, and which words of a source each field models."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from syngraph.analyses.claims import Named, claims, named_parties
from syngraph.analyses.library import Library
from syngraph.analyses.quotes import IGNORED, Citing
from syngraph.base.diagnostics import Diagnostic, error, warning
from syngraph.evidence.agreement import Agreement, Amount, compare
from syngraph.evidence.anchoring import Status, Stretch
from syngraph.evidence.gaps import pieces
from syngraph.evidence.lock import text_digest
from syngraph.evidence.mentions.mention import Mention
from syngraph.evidence.parties import Alias, party_mentions
from syngraph.evidence.read import Read
from syngraph.evidence.verify import Quote, Verdict, shown
from syngraph.evidence.wording import Wording, value_text
from syngraph.model.case import Case
from syngraph.model.records import Citation, Head

Members = Mapping[str, frozenset[str]]

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
    """What the fields of a case model, which parties stand beside their quotes, and all that does not agree."""

    models: tuple[Models, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


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
    if passage is None or not passage.beside:
        return verdict
    sentences = "\n".join(read.text[slice(*read.sentence((p.start, p.end)))] for p in verdict.places)
    entry = replace(verdict.entry, named=tuple(sorted(passage.beside)), sentence=text_digest(sentences))
    return replace(verdict, entry=entry)


def agree(cited: Sequence[Citing], said: Passages) -> Agreed:
    """Every record held against what its quotes say.

    What a plan changes in a record without quoting anew is a supposition, and is not compared.
    """
    members = {id(case): _members(case) for case in {id(one.case): one.case for one in cited}.values()}
    found = [
        _held(one.head, one.record, quotes, members[id(one.case)])
        for one in _first_versions(cited)
        if (quotes := tuple(said[q] for q in one.quotes if q in said))
    ]
    return Agreed(
        tuple(dict.fromkeys(m for one in found for m in one.models)),
        tuple(dict.fromkeys(n for one in found for n in one.nearby)),
        tuple(dict.fromkeys(d for one in found for d in one.diagnostics)),
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
    said = tuple(_said_alone(exact, entry.spans if entry else (), wording))
    named = frozenset(m.party for m in party_mentions(exact, aliases))
    return Passage(verdict, said, named, frozenset(entry.named if entry else ()), None, placed=False)


def _said_alone(exact: str, spans: Sequence[Stretch], wording: Wording) -> Iterator[Mention]:
    """The mentions of a quote, of each piece for itself, where the lock knows it to have stood."""
    parts = pieces(exact)
    in_pieces = len(parts) <= len(spans) or not spans
    starts = [start for start, _ in spans] + [0] * len(parts)
    for part, start in zip(parts if in_pieces else (exact,), starts, strict=False):
        for mention in wording.mentions(part):
            yield replace(mention, start=start + mention.start, end=start + mention.end)


def _held(head: Head, record: Any, quotes: Sequence[Passage], members: Members) -> Agreed:
    """One record: its claims against all its quotes together; a passage quoted twice counts once."""
    said = list({(q.source, m.start, m.end): (m, q) for q in quotes for m in q.said}.values())
    mentions = [m for m, _ in said]
    models: list[Models] = []
    wrong: list[Diagnostic] = []
    for agreement in (compare(claim, mentions) for claim in claims(record, head)):
        quoted = next((q for m, q in said if m is agreement.mention), None)
        if quoted is None or agreement.mention is None:
            continue
        if agreement.code:
            wrong.append(_disagreement(head, agreement, agreement.mention, quoted))
        elif quoted.verdict.status.quoted:
            field = agreement.claim.field
            models.append(Models(head.section, head.name, field, quoted.source, agreement.mention, quoted.placed))
    nearby, missing = _parties(head, record, quotes, members) if _all_verified(quotes) else ((), ())
    return Agreed(tuple(models), nearby, (*_cut(quotes), *wrong, *missing))


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
) -> tuple[tuple[Nearby, ...], tuple[Diagnostic, ...]]:
    """The named parties that only the sentence names, and a warning for those it does not name either."""
    named = _with_members((p for q in quotes for p in q.named), members)
    beside = _with_members((p for q in quotes for p in q.beside), members)
    absent = [n for n in named_parties(record, head) if not _is_named(n, named, members)]
    nearby = tuple(
        Nearby(head.section, head.name, n.field, n.party) for n in absent if _is_named(n, beside | named, members)
    )
    missing = [n for n in absent if not _is_named(n, beside | named, members)]
    if not missing:
        return nearby, ()
    fields = ", ".join(dict.fromkeys(n.field for n in missing))
    parties = ", ".join(dict.fromkeys(n.party for n in missing))
    paste = f"why: {{{', '.join(dict.fromkeys(f'{n.field}: …' for n in missing))}}}"
    return nearby, (warning("not-in-quote", head.span, paste=paste, name=head.name, fields=fields, parties=parties),)


def _with_members(parties: Iterable[str], members: Members) -> frozenset[str]:
    """Parties, and those a name for several names."""
    found = set(parties)
    return frozenset(found.union(*(members.get(p, frozenset()) for p in found)))


def _is_named(one: Named, named: frozenset[str], members: Members) -> bool:
    """Whether a party is among the named; an organ is where its party is."""
    return one.party in named or ("." in one.party and members.get(one.party, frozenset()) <= named)
