"""Reads quantities over time and dependences."""

from syngraph.load.fields import Fields
from syngraph.model.measures import KINDS, Dependence, Measure


def measure(fields: Fields) -> Measure | None:
    """A quantity of the kind its key names: rate, flow, stock or status."""
    kind = fields.only(*KINDS, example="rate: grow(revenue_now, revenue_growth)")
    value = fields.readings(kind) if kind else None
    of, title, head = fields.refer("of", "party"), fields.local("title"), fields.head()
    return Measure(head, kind, value, of, title) if value else None


def dependence(fields: Fields) -> Dependence | None:
    """How much a party depends on another."""
    share = fields.readings("share", example="…")
    of, on = fields.refer("of", "party", example="…"), fields.refer("on", "party", example="…")
    title, head = fields.local("title"), fields.head()
    return Dependence(head, of, on, share, title) if share else None
