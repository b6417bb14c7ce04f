"""Whether every quote of a case stands in its source and says what its record says, under all its plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from syngraph.analyses.agreement import NOTHING_AGREED, Agreed, agree, passages, with_sentences
from syngraph.analyses.library import NO_LIBRARY, Library, library
from syngraph.analyses.quotes import citing, quote_key, quotes
from syngraph.analyses.versions import in_newer_texts
from syngraph.base.diagnostics import Diagnostic, has_errors
from syngraph.evidence.anchoring import Status
from syngraph.evidence.lock import NO_LOCK, Lock, QuoteKey
from syngraph.evidence.renewal import Share, new_lock, quoted_share
from syngraph.evidence.verify import Verdict, verify
from syngraph.model.case import Case
from syngraph.model.records import Citation, Head

# errors of the lock that writing it anew sets right
_MENDED = frozenset({"lock-entries"})

_WEAKEST_FIRST = (
    Status.LOST,
    Status.CONTRADICTED,
    Status.DRIFTED,
    Status.AMBIGUOUS,
    Status.UNVERIFIABLE,
    Status.SNAPSHOT,
    Status.VERIFIED,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict per quote (a record that plans change is one quote for each of its versions), what is wrong with them,
    what records and quotes agree on, how much of each source the case gives away, the lock as it should be, and the
    sources as they were read."""

    verdicts: tuple[Verdict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    shares: tuple[Share, ...] = ()
    renewed: Lock = NO_LOCK
    agreed: Agreed = NOTHING_AGREED
    shelf: Library = field(default=NO_LIBRARY, compare=False, repr=False)


def verify_case(cases: Sequence[Case], texts: Mapping[str, str], *, lock: Lock = NO_LOCK) -> Evidence:
    """The evidence of a case under all its plans; `texts` are the sources that are present, by name."""
    places = {source.head.name: source.head.span for case in reversed(cases) for source in case.sources}
    shelf = library(cases, texts)
    cited = citing(cases)
    found, wrong = verify(quotes(cited), texts, lock=lock, places=places, wordings=shelf.wordings)
    said = passages(found, shelf)
    verdicts = with_sentences(found, said, shelf)
    agreed = agree(cited, said)
    shares = quoted_share(verdicts, texts, lock=lock)
    renewed = new_lock(verdicts, texts, lock=lock)
    diagnostics = (*wrong, *agreed.diagnostics, *in_newer_texts(cases, verdicts, shelf))
    return Evidence(verdicts, diagnostics, shares, renewed, agreed, shelf)


def may_renew(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether the lock may be written, given all findings of loading, sources, lock and quotes.

    With a quote in doubt or a record that was not read, its entries would be lost; a lock that cannot be read may hold
    what is known of absent texts.
    """
    return not has_errors(d for d in diagnostics if d.code not in _MENDED)


def statuses(evidence: Evidence) -> dict[QuoteKey, Status]:
    """The status of each quote, the weakest where versions of its record differ."""
    found: dict[QuoteKey, Status] = {}
    for verdict in evidence.verdicts:
        key = verdict.quote.key
        found[key] = min(found.get(key, Status.VERIFIED), verdict.status, key=_WEAKEST_FIRST.index)
    return found


def status_of(known: Mapping[QuoteKey, Status], head: Head, citation: Citation) -> Status:
    """How a citation of a record stands, given `statuses`; one nobody verified is unverifiable."""
    return known.get(quote_key(head, citation), Status.UNVERIFIABLE)
