"""Reads what sources say: values, statements and series."""

from datetime import date

from syngraph.base.diagnostics import error
from syngraph.base.spans import Span
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.model.facts import (
    BOUNDS,
    CONFIDENCES,
    RANKS,
    STATUSES,
    TODO,
    Dating,
    Fact,
    Period,
    Series,
    Statement,
    Value,
)
from syngraph.syntax.nodes import Node


def fact(fields: Fields) -> Fact | None:
    """A value (perhaps with readings), a sentence, or a value that changes with time."""
    match fields.only("value", "readings", "says", "series", example="value: 13 bn USD"):
        case "value":
            return _value(fields)
        case "readings":
            return _value(fields)
        case "says":
            return _statement(fields)
        case "series":
            return _series(fields)
        case _:
            _common(fields)
            fields.head()
            return None


def _value(fields: Fields) -> Value | None:
    value = fields.readings("value") if fields.has("value") else fields.readings_here()
    said = _common(fields)
    head = fields.head()
    return Value(head, value, *said) if value else None


def _statement(fields: Fields) -> Statement | None:
    says = fields.local("says")
    said = _common(fields)
    head = fields.head()
    return Statement(head, says, *said) if says else None


def _series(fields: Fields) -> Series:
    node = fields.take("series")
    items = values.as_list(node, fields.notes) if node else ()
    read = [_period(item, fields) for item in items]
    periods = tuple(sorted((p for p in read if p), key=lambda p: p.valid.first or date.min))
    said = _common(fields)
    return Series(fields.head(), periods, *said)


def _period(item: Node, fields: Fields) -> Period | None:
    node = values.as_map(item, fields.notes)
    if node is None:
        return None
    span: Span = node.entries[0].key.span if node.entries else node.span
    inner = Fields(node, fields.notes, name=fields.name, section="facts.series", span=span)
    valid, value = inner.interval("valid", example="2024"), inner.expr("value", example="13 bn USD")
    inner.name = f"{fields.name}.{valid.text}" if valid else fields.name
    head = inner.head()
    inner.finish()
    return Period(valid, value, head) if valid and value else None


def _common(fields: Fields) -> tuple[str, Dating, tuple[str, ...], str]:
    """Bound, dating, the parties it is about, and what a stub will become."""
    dating = Dating(
        valid=fields.interval("valid"),
        as_of=fields.interval("as_of"),
        status=fields.one_of("status", STATUSES, default="stated"),
        rank=fields.one_of("rank", RANKS, default="normal"),
        confidence=fields.one_of("confidence", CONFIDENCES),
        said_by=fields.refer("said_by", "party"),
    )
    bound, about = fields.one_of("bound", BOUNDS, default="exact"), fields.refers("about", "party")
    term = fields.text("term")
    if term == TODO:
        fields.notes.wrong(error("stub", fields.span, name=fields.name))
    return bound, dating, about, term
