"""The records of a case that cite, and their citations as quotes to be verified."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from syngraph.evidence.lock import QuoteKey, record_digest
from syngraph.evidence.verify import Quote
from syngraph.model.case import Case
from syngraph.model.citations import canonical, records
from syngraph.model.records import Citation, Head


@dataclass(frozen=True, slots=True)
class Citing:
    """A version of a record that has quotes, in the order of its citations, and the first case that has it."""

    head: Head
    record: Any
    quotes: tuple[Quote, ...]
    case: Case


def citing(cases: Sequence[Case]) -> tuple[Citing, ...]:
    """Every record with quotes under every plan; one that plans share stands there once."""
    return tuple(_citing(cases))


def _citing(cases: Sequence[Case]) -> Iterator[Citing]:
    seen: set[int] = set()  # records that plans share are one value, which the cases keep alive
    for case in cases:
        for head, record in records(case):
            if head.cites and id(record) not in seen:
                seen.add(id(record))
                digest = record_digest(canonical(record))
                yield Citing(head, record, tuple(Quote(quote_key(head, c), digest, c.span) for c in head.cites), case)


def quotes(found: Iterable[Citing]) -> tuple[Quote, ...]:
    """Each quote of each version of a record once."""
    return tuple(dict.fromkeys(quote for one in found for quote in one.quotes))


def quote_key(head: Head, citation: Citation) -> QuoteKey:
    """What identifies a citation of a record."""
    return QuoteKey(head.section, head.name, citation.source, citation.quote, citation.occurrence)
