"""Reads the named exceptions of a term."""

from syngraph.base.diagnostics import error
from syngraph.base.nearest import nearest
from syngraph.load.fields import Fields
from syngraph.model.agreements import Exemption
from syngraph.model.facts import BOUNDS
from syngraph.syntax.nodes import Mapping, Scalar


def amounts(term: Fields) -> tuple[Exemption, ...]:
    """The exceptions of a payment: each may set another amount."""
    _check_over(term)
    return term.children("exceptions", _amount)


def limits(term: Fields) -> tuple[Exemption, ...]:
    """The exceptions of a right: each may limit it, or change how exclusive it is and in what."""
    _check_over(term)
    return term.children("exceptions", _limit)


def _amount(fields: Fields) -> Exemption | None:
    when = fields.readings("when", example="happened(…)")
    amount = fields.readings("amount", example="0 USD/year")
    over, bound = fields.text("over"), fields.one_of("bound", BOUNDS, default="exact")
    limited, head = fields.local("limited"), fields.head()
    return Exemption(head, when, amount, over, bound, limited) if when else None


def _limit(fields: Fields) -> Exemption | None:
    when = fields.readings("when", example="happened(…)")
    changes = ("limited", "exclusive", "priority", "matter")
    if not fields.has(*changes):
        known = ", ".join(changes)
        fields.notes.wrong(error("one-needed", fields.span, known=known, record=fields.name, paste="limited: …"))
    exemption = Exemption(
        condition=when,  # type: ignore[arg-type]
        over=fields.text("over"),
        bound=fields.one_of("bound", BOUNDS, default="exact"),
        limited=fields.local("limited"),
        exclusive=fields.flag("exclusive"),
        priority=fields.flag("priority"),
        matter=fields.text("matter"),
        head=fields.head(),
    )
    return exemption if when else None


def _check_over(term: Fields) -> None:
    """Notes an `over:` that names no other exception of the same term."""
    node = term.node.get("exceptions")
    entries = node.entries if isinstance(node, Mapping) else ()
    names = {e.key.text for e in entries}
    for entry in entries:
        over = entry.value.get("over") if isinstance(entry.value, Mapping) else None
        if isinstance(over, Scalar) and (over.text not in names or over.text == entry.key.text):
            meant = nearest(over.text, names - {entry.key.text})
            expected = f"{term.name}.exceptions"
            wrong = error("unknown-name", over.span, paste=meant, name=over.text, expected=expected, meant=meant)
            term.notes.wrong(wrong)
