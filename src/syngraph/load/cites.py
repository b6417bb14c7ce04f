"""Reads what backs a record: quotes (`cite:`) and reasons (`why:`)."""

from dataclasses import replace

from syngraph.base.diagnostics import error
from syngraph.load import values
from syngraph.load.notes import Notes
from syngraph.model.records import Citation
from syngraph.syntax.nodes import Mapping, Node, Scalar, Sequence

FIELDS = ("source", "quote", "occurrence")
ALL = -1


def citations(node: Node, notes: Notes) -> tuple[Citation, ...]:
    """The quotes of a `cite:`: `{article: quote}`, `{source: …, quote: …}`, or a list of such maps."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(c for item in items for c in _of_map(item, notes))


def reasons(node: Node, notes: Notes) -> tuple[tuple[str, str], ...]:
    """The reasons of a `why:`, by field; a plain text is one for the whole record."""
    if isinstance(node, Scalar):
        return (("", node.text),)
    found = values.as_map(node, notes)
    texts = [(e.key.text, values.as_scalar(e.value, notes)) for e in values.by_name(found)] if found else []
    return tuple((field, text.text) for field, text in texts if text)


def _of_map(node: Node, notes: Notes) -> list[Citation]:
    found = values.as_map(node, notes)
    if found is None:
        return []
    short = [_short(e.key, e.value, notes) for e in values.by_name(found) if e.key.text not in FIELDS]
    quotes = [q for q in (*short, _long(found, notes)) if q is not None]
    if not quotes and not found.entries:
        notes.wrong(error("one-needed", found.span, known=", ".join(FIELDS), record="cite", paste="{article: …}"))
    occurrence = found.get("occurrence")
    number = _occurrence(occurrence, notes) if occurrence else 0
    return [replace(q, occurrence=number) for q in quotes]


def _short(source: Scalar, quote: Node, notes: Notes) -> Citation | None:
    notes.refer("citation", source.text, span=source.span)
    text = values.as_scalar(quote, notes)
    return _citation(source, text, notes)


def _long(node: Mapping, notes: Notes) -> Citation | None:
    source, quote = node.entry("source"), node.entry("quote")
    if source is None and quote is None:
        return None
    if source is None or quote is None:
        missing = "source" if source is None else "quote"
        notes.wrong(error("field-missing", node.span, field=missing, record="cite", paste=f"{missing}: …"))
        return None
    name, text = values.as_scalar(source.value, notes), values.as_scalar(quote.value, notes)
    if name is None:
        return None
    notes.refer("citation", name.text, span=name.span)
    return _citation(name, text, notes)


def _citation(source: Scalar, quote: Scalar | None, notes: Notes) -> Citation | None:
    if quote is None:
        return None
    if not quote.text.strip():
        notes.wrong(error("field-empty", source.span, field="quote"))
        return None
    return Citation(source.text, quote.text, quote.span)


def _occurrence(node: Node, notes: Notes) -> int:
    if isinstance(node, Scalar) and node.text == "all":
        return ALL
    return values.as_count(node, notes) or 0
