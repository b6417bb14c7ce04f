"""Reads properties that must hold."""

from syngraph.base.dates import parse_day
from syngraph.base.diagnostics import error
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.model.checks import At, Better, Chance, Check, Increasing, Level, Property, Proven
from syngraph.syntax.nodes import Sequence

ONE_CONDITION = ("always", "never", "possible")
KINDS = (*ONE_CONDITION, "leads_to", "probability", "value", "increasing", "better")


def check(fields: Fields) -> Check | None:
    """A property and the plans it is for."""
    kind = fields.only(*KINDS, example="never: …")
    prop = _property(fields, kind)
    plans, breaks_in = fields.refers("plans", "plan"), fields.refers("breaks_in", "plan")
    head = fields.head()
    if not kind:
        fields.known.update(dict.fromkeys(fields.entries))
    return Check(head, prop, plans, breaks_in) if prop else None


def _property(fields: Fields, kind: str) -> Property | None:
    match kind:
        case "always" | "never" | "possible":
            condition = fields.expr(kind)
            return Proven(kind, (condition,)) if condition else None
        case "leads_to":
            return _leads_to(fields)
        case "probability":
            return _chance(fields)
        case "value":
            return _level(fields)
        case "increasing":
            return _increasing(fields)
        case "better":
            return _better(fields)
        case _:
            return None


def _leads_to(fields: Fields) -> Proven | None:
    node = fields.take("leads_to")
    if node is None:
        return None
    if not isinstance(node, Sequence) or len(node.items) != 2:
        fields.notes.wrong(
            error("two-needed", node.span, field="leads_to", paste="leads_to: [happened(…), happened(…)]")
        )
        return None
    read = [values.as_expr(item, fields.notes) for item in node.items]
    conditions = tuple(c for c in read if c)
    return Proven("leads_to", conditions) if len(conditions) == 2 else None


def _chance(fields: Fields) -> Chance | None:
    condition, at = fields.expr("probability"), _at(fields)
    at_least, at_most = fields.expr("at_least"), fields.expr("at_most")
    if not fields.has("at_least", "at_most"):
        known = "at_least, at_most"
        fields.notes.wrong(error("one-needed", fields.span, known=known, record=fields.name, paste="at_least: 95 %"))
    return Chance(condition, at, at_least, at_most) if condition else None


def _level(fields: Fields) -> Level | None:
    value, at = fields.expr("value"), _at(fields)
    at_least, at_most = fields.expr("at_least"), fields.expr("at_most")
    return Level(value, at, at_least, at_most) if value else None


def _increasing(fields: Fields) -> Increasing | None:
    value, at = fields.expr("increasing"), _at(fields)
    assumption = fields.refer("in", "assumption", example="…")
    return Increasing(value, at, assumption) if value else None


def _better(fields: Fields) -> Better | None:
    value, at = fields.expr("better"), _at(fields)
    plan, than = fields.refer("plan", "plan", example="…"), fields.refer("than", "plan", example="base")
    at_least = fields.expr("at_least", example="60 %")
    return Better(value, at, plan, than, at_least) if value and at_least else None


def _at(fields: Fields) -> At:
    """A day, an event, `ever`, `always`, or nothing: the end."""
    node = fields.take("at")
    scalar = values.as_scalar(node, fields.notes) if node else None
    if scalar is None:
        return At(fields.span)
    if scalar.text in ("ever", "always"):
        return At(scalar.span, ever=scalar.text == "ever", always=scalar.text == "always")
    if day := parse_day(scalar.text):
        return At(scalar.span, day=day)
    if not values.is_dotted_name(scalar.text):
        fields.notes.wrong(error("not-a-moment", scalar.span, found=scalar.text))
        return At(scalar.span)
    return At(scalar.span, event=fields.notes.refer("happening", scalar.text, span=scalar.span))
