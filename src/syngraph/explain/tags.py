"""How much a record rests on quotes."""

from collections.abc import Mapping

from syngraph.analyses.agreement import Agreed
from syngraph.analyses.evidence import status_of
from syngraph.analyses.study import Tag
from syngraph.evidence.anchoring import Status
from syngraph.evidence.lock import QuoteKey, record_digest
from syngraph.model.assumptions import Assumption
from syngraph.model.citations import canonical
from syngraph.model.readings import own_ambiguities
from syngraph.model.records import Head

_PLAIN = frozenset({"facts", "facts.series"})  # sections whose records are a number or a day, and nothing else
ORDER = (Tag.QUOTED, Tag.SNAPSHOT, Tag.READ, Tag.DERIVED, Tag.ASSUMED)
"""The strongest first."""


def _quoted_tag(record: object, head: Head, known: Mapping[QuoteKey, Status], agreed: Agreed) -> Tag:
    """A record is quoted if all its quotes verify, say all that it claims, and no reason marks it as an interpretation.

    What is no number or day (who pays, what a party may do) is as its author read it. What a plan changes without
    quoting anew is assumed.
    """
    if not head.cites or head.whys:
        return Tag.ASSUMED
    if (head.section, head.name, record_digest(canonical(record))) not in agreed.supported:
        return Tag.ASSUMED
    found = [status_of(known, head, c) for c in head.cites]
    if not all(s.quoted for s in found):
        return Tag.ASSUMED
    if head.section not in _PLAIN or not any((m.section, m.record) == (head.section, head.name) for m in agreed.models):
        return Tag.READ
    return Tag.SNAPSHOT if Status.SNAPSHOT in found else Tag.QUOTED


def record_tag(record: object, head: Head, known: Mapping[QuoteKey, Status], agreed: Agreed) -> Tag:
    """The tag of a record of its own; a formula without a quote is derived, whatever it is made of."""
    match record:
        case Assumption():
            return Tag.ASSUMED
        case _ if own_ambiguities(record, head):
            return Tag.ASSUMED
        case _ if head.section in ("measures", "dependences") and not head.whys:
            return Tag.DERIVED
        case _:
            return _quoted_tag(record, head, known, agreed)
