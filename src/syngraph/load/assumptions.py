"""Reads the modeller's choices, certain or uncertain, and how they move together."""

from dataclasses import fields as fields_of
from itertools import pairwise
from typing import get_args

from syngraph.base.diagnostics import error
from syngraph.expr.nodes import Argument, Call, Expr
from syngraph.expr.walk import walk
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.load.notes import Notes
from syngraph.model.assumptions import Assumption, Between, Certain, Correlation, Distribution, Draw, Family, OneOf
from syngraph.model.records import Readings
from syngraph.syntax.nodes import Entry, Mapping, Scalar, Sequence

_BY_NAME: dict[str, type[Family]] = {f.__name__.lower(): f for f in get_args(Family)}
# family: its parameters in the order they may be written without names
FAMILIES = {name: tuple(f.name for f in fields_of(family)) for name, family in _BY_NAME.items()}
# two plain numbers would be read by some as mu and sigma
NAMES_NEEDED = frozenset({"lognormal"})
DRAWN = frozenset({*FAMILIES, "between"})
REST = "rest"


def assumption(fields: Fields) -> Assumption | None:
    """A value, a distribution, a day in a range, or one of several values."""
    match fields.only("value", "readings", "one_of", example="value: 20 %"):
        case "one_of":
            draw: Draw | None = _one_of(fields)
        case "readings":
            draw = _certain(fields.readings_here(), fields.notes)
        case "value":
            draw = _value(fields)
        case _:
            draw = None
    head = fields.head()
    return Assumption(head, draw) if draw else None


def _value(fields: Fields) -> Draw | None:
    value = fields.readings("value")
    if value is None or value.ambiguous:
        return _certain(value, fields.notes)
    match value.chosen:
        case Call("between") as call:
            days = values.as_between(call, fields.notes)
            return Between(*days) if days else None
        case Call(function) as call if function in FAMILIES:
            return _distribution(call, fields.notes)
        case _:
            return _certain(value, fields.notes)


def _certain(value: Readings[Expr] | None, notes: Notes) -> Certain | None:
    if value is None:
        return None
    for _, option in value.options:
        _no_draw_inside(option, notes)
    return Certain(value)


def _no_draw_inside(expr: Expr, notes: Notes) -> None:
    for inner in walk(expr):
        if isinstance(inner, Call) and inner.function in DRAWN:
            notes.wrong(error("distribution-inside", inner.span, found=inner.function))


def _distribution(call: Call, notes: Notes) -> Distribution | None:
    expected = FAMILIES[call.function]
    given = {_keyword(a, i, call.function): a.value for i, a in enumerate(call.arguments)}
    if set(given) != set(expected) or len(call.arguments) != len(expected):
        parameters = ", ".join(f"{p} = …" if call.function in NAMES_NEEDED else p for p in expected)
        form = f"{call.function}({parameters})"
        notes.wrong(error("distribution-parameters", call.span, found=call.function, expected=form, paste=form))
        return None
    for value in given.values():
        _no_draw_inside(value, notes)
    return Distribution(_BY_NAME[call.function](**given), call.span)


def _keyword(argument: Argument, position: int, family: str) -> str:
    expected = FAMILIES[family]
    if argument.keyword or family in NAMES_NEEDED or position >= len(expected):
        return argument.keyword
    return expected[position]


def _one_of(fields: Fields) -> OneOf | None:
    span = fields.entries["one_of"].value.span
    pairs = fields.pairs("one_of")
    options = [o for o in (_option(e, fields.notes) for e in pairs) if o is not None]
    one_rest(pairs, fields.notes)
    if not pairs and isinstance(fields.node.get("one_of"), Mapping):
        fields.notes.wrong(error("field-empty", span, field="one_of", paste="one_of: {10 %: 30 %, 20 %: rest}"))
    return OneOf(tuple(options), span) if options and len(options) == len(pairs) else None


def _option(entry: Entry, notes: Notes) -> tuple[Expr, Expr | None] | None:
    value = values.as_expr(entry.key, notes)
    if value is None:
        return None
    if is_rest(entry):
        return value, None
    probability = values.as_expr(entry.value, notes)
    return (value, probability) if probability else None


def is_rest(entry: Entry) -> bool:
    """Whether the probability is what the others leave."""
    return isinstance(entry.value, Scalar) and entry.value.text == REST


def one_rest(entries: list[Entry], notes: Notes) -> None:
    """Notes a second `rest`."""
    for entry in [e for e in entries if is_rest(e)][1:]:
        notes.wrong(error("rest-twice", entry.value.span))


def correlations(tree: Mapping, notes: Notes) -> tuple[Correlation, ...]:
    """The correlations of a tree, by the names of their assumptions."""
    node = tree.get("correlations")
    items = values.as_list(node, notes) if node else ()
    read = [_correlation(m, notes) for m in (values.as_map(item, notes) for item in items) if m]
    pairs = sorted((c for c in read if c), key=lambda c: (sorted(c.of), c.span))
    for before, after in pairwise(pairs):
        if sorted(before.of) == sorted(after.of):
            name = " / ".join(after.of)
            notes.wrong(values.defined_twice(name, after.span, before.span))
    return tuple(pairs)


def _correlation(node: Mapping, notes: Notes) -> Correlation | None:
    fields = Fields(node, notes, name="", section="correlations", span=node.span)
    rank = fields.expr("rank", example="50 %")
    of = fields.refers("of", "assumption", example="[revenue_growth, demand_growth]")
    head = fields.head()
    fields.finish()
    written = node.get("of")
    if isinstance(written, Scalar | Sequence) and of and (len(of) != 2 or of[0] == of[1]):
        notes.wrong(error("two-needed", written.span, field="of", paste="of: [revenue_growth, demand_growth]"))
        return None
    return Correlation(node.span, (of[0], of[1]), rank, head.why(), head.cites) if len(of) == 2 and rank else None
