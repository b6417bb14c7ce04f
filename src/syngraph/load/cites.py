"""Reads what backs a record: quotes (`cite:`) and reasons (`why:`)."""

from syngraph.base.diagnostics import Label, error, warning
from syngraph.load import values
from syngraph.load.notes import Notes
from syngraph.model.records import Citation
from syngraph.syntax.nodes import Mapping, Node, Scalar, Sequence

FIELDS = ("source", "quote", "occurrence")
ALL = -1


def citations(node: Node, notes: Notes) -> tuple[Citation, ...]:
    """The quotes of a `cite:`: `{article: quote}`, `{source: …, quote: …}`, or a list of such maps."""
    items = node.items if isinstance(node, Sequence) else (node,)
    found: dict[tuple[str, str, int], Citation] = {}
    for citation in (c for item in items for c in _of_map(item, notes)):
        first = found.setdefault((citation.source, citation.quote, citation.occurrence), citation)
        if first is not citation:
            notes.wrong(warning("quote-twice", citation.span, labels=(Label(first.span, "first-here"),)))
    return tuple(found.values())


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
    occurrence = found.get("occurrence")
    short = [_short(e.key, e.value, occurrence, notes) for e in values.by_name(found) if e.key.text not in FIELDS]
    if not found.entries:
        notes.wrong(error("one-needed", found.span, known=", ".join(FIELDS), record="cite", paste="{article: …}"))
    return [q for q in (*short, _long(found, occurrence, notes)) if q is not None]


def _short(source: Scalar, quote: Node, occurrence: Node | None, notes: Notes) -> Citation | None:
    notes.refer("citation", source.text, span=source.span)
    return citation(source, quote, occurrence, notes)


def _long(node: Mapping, occurrence: Node | None, notes: Notes) -> Citation | None:
    source, quote = node.entry("source"), node.entry("quote")
    if source is None and quote is None:
        return None
    if source is None or quote is None:
        missing = "source" if source is None else "quote"
        notes.wrong(error("field-missing", node.span, field=missing, record="cite", paste=f"{missing}: …"))
        return None
    name = values.as_scalar(source.value, notes)
    if name is None:
        return None
    notes.refer("citation", name.text, span=name.span)
    return citation(name, quote.value, occurrence, notes)


def citation(source: Scalar, quote: Node, occurrence: Node | None, notes: Notes) -> Citation | None:
    """A quote from a source, and which of its places is meant."""
    text = values.as_scalar(quote, notes)
    if text is None:
        return None
    if not text.text.strip():
        notes.wrong(error("field-empty", source.span, field="quote"))
        return None
    return Citation(source.text, text.text, text.span, _occurrence(occurrence, notes))


def _occurrence(node: Node | None, notes: Notes) -> int:
    if node is None:
        return 0
    if isinstance(node, Scalar) and node.text == "all":
        return ALL
    return values.as_count(node, notes) or 0
