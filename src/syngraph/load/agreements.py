"""Reads contracts and papers: their stages and terms."""

from syngraph.load import values
from syngraph.load.exceptions import amounts
from syngraph.load.fields import Fields
from syngraph.load.moments import active, moment
from syngraph.load.rights import EXAMPLE, term_right
from syngraph.model.agreements import STAGES, Agreement, Moment, Payment, Pledge, Term
from syngraph.model.records import single
from syngraph.syntax.nodes import Mapping


def agreement(fields: Fields) -> Agreement:
    """An agreement, its stages in their order, its terms by name."""
    return Agreement(
        parties=fields.refers("parties", "party", example="[…, …]"),
        stages=_stages(fields),
        binding=fields.flag("binding"),
        terms=fields.children("terms", term),
        title=fields.local("title"),
        head=fields.head(),
    )


def _stages(fields: Fields) -> tuple[tuple[str, Moment], ...]:
    taken = [(stage, fields.take(stage)) for stage in STAGES]
    read = [(stage, moment(node, fields.notes)) for stage, node in taken if node]
    return tuple((stage, m) for stage, m in read if m)


def term(fields: Fields) -> Term | None:
    """One typed effect: a payment (`pays:`) or a right (`right:`)."""
    match fields.only("pays", "right", example=f"right: {EXAMPLE}"):
        case "pays":
            return _payment(fields)
        case "right":
            return term_right(fields)
        case _:
            fields.known.update(dict.fromkeys(fields.entries))
            return None


def _payment(fields: Fields) -> Payment | None:
    pays = fields.inner("pays", example="{from: …, to: …}")
    nobody = single("", fields.span)
    exceptions = amounts(fields)
    needed = not exceptions and not fields.has("commitment")
    payment = Payment(
        payer=pays.referred("from", "person", example="…") if pays else nobody,
        payee=pays.referred("to", "person", example="…") if pays else nobody,
        amount=fields.readings("amount", example="1 bn USD/year" if needed else ""),
        active=active(fields),
        cap=fields.readings("cap"),
        opening=fields.expr("opening"),
        commitment=_commitment(fields),
        minimum=fields.expr("minimum"),
        exceptions=exceptions,
        title=fields.local("title"),
        head=fields.head(),
    )
    return payment if pays else None


def _commitment(fields: Fields) -> Pledge | None:
    inner = fields.inner("commitment")
    if inner is None:
        return None
    amount, by = inner.expr("amount", example="10 bn USD"), inner.day("by", example="2030-01-01")
    return Pledge(amount, by, inner.node.span) if amount and by else None


def stages_of(node: Mapping) -> tuple[str, ...]:
    """The stages of an agreement as written."""
    return tuple(e.key.text for e in node.entries if e.key.text in STAGES and not values.is_blank(e.value))
