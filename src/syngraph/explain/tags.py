"""How much a record rests on quotes."""

from collections.abc import Mapping

from syngraph.analyses.evidence import status_of
from syngraph.analyses.study import Tag
from syngraph.evidence.anchoring import Status
from syngraph.evidence.lock import QuoteKey
from syngraph.model.assumptions import Assumption
from syngraph.model.readings import own_ambiguities
from syngraph.model.records import Head

ORDER = (Tag.QUOTED, Tag.SNAPSHOT, Tag.DERIVED, Tag.ASSUMED)
"""The strongest first."""


def head_tag(head: Head, known: Mapping[QuoteKey, Status]) -> Tag:
    """A record is quoted if all its quotes verify and no reason marks it as an interpretation."""
    if not head.cites or head.whys:
        return Tag.ASSUMED
    found = [status_of(known, head, c) for c in head.cites]
    if not all(s.quoted for s in found):
        return Tag.ASSUMED
    return Tag.SNAPSHOT if Status.SNAPSHOT in found else Tag.QUOTED


def record_tag(record: object, head: Head, known: Mapping[QuoteKey, Status]) -> Tag:
    """The tag of a record of its own; a formula without a quote is derived, whatever it is made of."""
    match record:
        case Assumption():
            return Tag.ASSUMED
        case _ if own_ambiguities(record, head):
            return Tag.ASSUMED
        case _ if head.section in ("measures", "dependences") and not head.whys:
            return Tag.DERIVED
        case _:
            return head_tag(head, known)
