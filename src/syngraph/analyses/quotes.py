"""The citations of a case as quotes to be verified."""

from collections.abc import Iterable, Iterator

from syngraph.evidence.lock import QuoteKey, record_digest
from syngraph.evidence.verify import Quote
from syngraph.model.case import Case
from syngraph.model.citations import citations
from syngraph.model.records import Citation, Head

IGNORED = "sources.ignore"  # the section of passages a case leaves out on purpose


def quotes(cases: Iterable[Case]) -> tuple[Quote, ...]:
    """Each quote of each version of a record once, in the order of the cases."""
    return tuple(dict.fromkeys(quote for case in cases for quote in _quotes(case)))


def _quotes(case: Case) -> Iterator[Quote]:
    for cited in citations(case):
        yield Quote(quote_key(cited.head, cited.citation), record_digest(cited.record), cited.citation.span)


def quote_key(head: Head, citation: Citation) -> QuoteKey:
    """What identifies a citation of a record."""
    return QuoteKey(head.section, head.name, citation.source, citation.quote, citation.occurrence)
