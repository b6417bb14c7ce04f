"""Reads where statements come from."""

from syngraph.load import cites, values
from syngraph.load.fields import Fields
from syngraph.model.records import Head
from syngraph.model.sources import Ignored, Source
from syngraph.syntax.nodes import Node, Scalar


def source(fields: Fields) -> Source:
    """A document and what the case leaves out of it."""
    return Source(
        file=fields.text("file", example="sources/article.txt"),
        language=fields.text("language", example="en"),
        region=fields.text("region"),
        published=fields.day("published"),
        license=fields.text("license"),
        defined=_defined(fields),
        ignored=_ignored(fields),
        supersedes=fields.refer("supersedes", "source"),
        head=fields.head(),
    )


def _defined(fields: Fields) -> tuple[tuple[str, str], ...]:
    terms = []
    for entry in fields.pairs("defined"):
        if scalar := values.as_scalar(entry.value, fields.notes):
            fields.notes.refer("party", scalar.text, span=scalar.span)
            terms.append((entry.key.text, scalar.text))
    return tuple(terms)


def _ignored(fields: Fields) -> tuple[Ignored, ...]:
    node = fields.take("ignore")
    items = values.as_list(node, fields.notes) if node else ()
    read = [_ignored_item(item, fields) for item in items]
    return tuple(i for i in read if i is not None)


def _ignored_item(item: Node, fields: Fields) -> Ignored | None:
    node = values.as_map(item, fields.notes)
    if node is None:
        return None
    inner = Fields(node, fields.notes, name=fields.name, section="sources.ignore", span=node.span)
    quote, why = inner.take("quote", example="…"), inner.text("why", example="…")
    occurrence = inner.take("occurrence")
    inner.finish()
    passage = cites.citation(Scalar(fields.name, node.span), quote, occurrence, fields.notes) if quote else None
    return Ignored(Head(inner.name, inner.section, inner.span, (passage,), (("", why),))) if passage else None
