"""Reads overlays: what each plan changes."""

from dataclasses import dataclass
from typing import Literal

from syngraph.base.diagnostics import error
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.load.notes import Notes
from syngraph.model.plans import Plan
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar

ACTIONS = ("value", "add", "remove")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the path, what is done there, the new content, and what the old one must be."""

    path: Scalar
    action: Literal["value", "add", "remove"]
    node: Node
    was: Node | None = None


def plan(fields: Fields) -> Plan:
    """A plan; its changes are applied elsewhere, here only their paths are kept."""
    listed = read_changes(fields)
    return Plan(
        title=fields.title(),
        base=fields.refer("base", "plan"),
        proposed=fields.refer("proposed", "happening"),
        dropped=fields.refer("dropped", "happening"),
        changed=tuple((c.path.text, c.path.span) for c in listed),
        head=fields.head(),
    )


def changes_of(entry: Entry) -> tuple[Change, ...]:
    """The well-formed changes of a plan; its mistakes are noted when the plan itself is read."""
    if not isinstance(entry.value, Mapping):
        return ()
    return read_changes(Fields(entry.value, Notes(), name=entry.key.text, section="plans", span=entry.key.span))


def base_of(entry: Entry) -> str:
    """The plan another is built on."""
    base = entry.value.get("base") if isinstance(entry.value, Mapping) else None
    return base.text if isinstance(base, Scalar) else ""


def read_changes(fields: Fields) -> tuple[Change, ...]:
    """The changes of a plan in their order."""
    node = fields.take("changes")
    items = values.as_list(node, fields.notes) if node else ()
    read = [_change(item, fields) for item in items]
    return tuple(c for c in read if c)


def _change(item: Node, plan_fields: Fields) -> Change | None:
    node = values.as_map(item, plan_fields.notes)
    if node is None:
        return None
    fields = Fields(node, plan_fields.notes, name=plan_fields.name, section="plans.changes", span=node.span)
    path = fields.take("path", example="assumptions.….value")
    action = fields.only(*ACTIONS, example="value: …")
    content = fields.take(action) if action else None
    was = fields.take("was")
    fields.head()
    fields.finish()
    scalar = values.as_scalar(path, fields.notes) if path else None
    if scalar is None or content is None or sum(a in fields.entries for a in ACTIONS) != 1:
        return None
    return _known_action(action, scalar, content, was, fields)


def _known_action(action: str, path: Scalar, content: Node, was: Node | None, fields: Fields) -> Change | None:
    match action:
        case "value":
            return Change(path, "value", content, was)
        case "add" if was is None:
            return Change(path, "add", content)
        case "add":
            fields.not_both("add", "was")
            return None
        case _ if values.as_flag(content, fields.notes):
            return Change(path, "remove", content, was)
        case _:
            if isinstance(content, Scalar) and content.text == "false":
                fields.notes.wrong(error("remove-not-true", content.span, paste="remove: true"))
            return None
