"""Reads who stands where: positions, disputes and offers."""

from syngraph.base.diagnostics import error
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.model.stances import Dispute, Offer, Position, Subject
from syngraph.syntax.nodes import Scalar

STANDS = ("for", "against")


def position(fields: Fields) -> Position | None:
    """Parties for or against something."""
    by = fields.refers("by", "party", example="[…]")
    stands = fields.only(*STANDS, example="for: …")
    subject = _subject(fields, stands) if stands else None
    ground, head = fields.local("ground"), fields.head()
    return Position(head, by, stands, subject, ground) if subject else None


def _subject(fields: Fields, key: str) -> Subject | None:
    """The name of a record, or a sentence."""
    node = fields.take(key)
    if isinstance(node, Scalar) and values.is_dotted_name(node.text):
        return fields.refer(key, "subject")
    return fields.local(key) if node else None


def dispute(fields: Fields) -> Dispute:
    """Two sides and what they dispute."""
    return Dispute(
        between=_sides(fields),
        over=fields.refers("over", "subject", example="[…]"),
        ground=fields.local("ground"),
        filed=fields.refer("filed", "happening"),
        decided=fields.refer("decided", "happening"),
        head=fields.head(),
    )


def _sides(fields: Fields) -> tuple[tuple[str, ...], ...]:
    node = fields.take("between", example="[[…], […]]")
    sides = values.as_list(node, fields.notes) if node else ()
    if node and len(sides) != 2:
        fields.notes.wrong(error("two-needed", node.span, field="between", paste="between: [[…], […]]"))
    read = [values.as_scalars(side, fields.notes) for side in sides]
    return tuple(tuple(fields.notes.refer("party", s.text, span=s.span) for s in side) for side in read)


def offer(fields: Fields) -> Offer:
    """A bid and how it went."""
    return Offer(
        by=fields.refer("by", "party", example="…"),
        target=fields.refer("for", "party", example="…"),
        amount=fields.refer("amount", "value"),
        solicited=fields.flag("solicited"),
        made=fields.refer("made", "happening"),
        answered=fields.refer("answered", "happening"),
        head=fields.head(),
    )
