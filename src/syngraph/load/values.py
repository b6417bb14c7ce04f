"""From a node to a value of one field: texts, days, amounts, readings."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar, assert_never

from syngraph.base.dates import Interval, parse_day, parse_edtf
from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.nearest import nearest
from syngraph.base.spans import Span
from syngraph.base.texts import LANGUAGES, LocalText
from syngraph.expr.nodes import Argument, Call, Day, Expr
from syngraph.expr.parser import parse
from syngraph.load.notes import Notes
from syngraph.model.records import Readings, single
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

T = TypeVar("T")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DOTTED = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")
_FLAGS = {"true": True, "false": False}
_FLAGS_MEANT = {"yes": "true", "on": "true", "y": "true", "1": "true"} | {"no": "false", "off": "false"}
_FLAGS_MEANT |= {"n": "false", "0": "false", "true": "true", "false": "false"}


def is_blank(node: Node) -> bool:
    """Whether a key stands there with nothing behind it."""
    return isinstance(node, Scalar) and (not node.text.strip() or (not node.quoted and node.text in ("~", "null")))


def is_dotted_name(text: str) -> bool:
    """Whether a text can be the name of something."""
    return _DOTTED.fullmatch(text) is not None


def check_name(key: Scalar, notes: Notes) -> None:
    """Notes a name that is not snake_case."""
    if _NAME.fullmatch(key.text):
        return
    better = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.text).lower()).strip("_")
    paste = better if _NAME.fullmatch(better) else ""
    notes.wrong(error("bad-name", key.span, name=key.text, paste=paste))


def as_scalar(node: Node, notes: Notes) -> Scalar | None:
    """The text itself; a map or list is noted."""
    match node:
        case Scalar():
            return node
        case Mapping() | Sequence():
            notes.wrong(error("text-expected", node.span))
            return None
        case _:
            assert_never(node)


def as_scalars(node: Node, notes: Notes) -> tuple[Scalar, ...]:
    """One text or a list of texts."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(s for s in (as_scalar(item, notes) for item in items) if s is not None)


def as_map(node: Node, notes: Notes) -> Mapping | None:
    """The map itself; anything else is noted."""
    if isinstance(node, Mapping):
        return node
    notes.wrong(error("map-expected", node.span))
    return None


def as_list(node: Node, notes: Notes) -> tuple[Node, ...]:
    """The items of a list; anything else is noted."""
    if isinstance(node, Sequence):
        return node.items
    notes.wrong(error("list-expected", node.span))
    return ()


def by_name(node: Mapping) -> list[Entry]:
    """The entries in the order of their keys, so that the order in the file changes nothing."""
    return sorted(node.entries, key=lambda e: e.key.text)


def as_expr(node: Node, notes: Notes) -> Expr | None:
    """The expression a text is."""
    scalar = as_scalar(node, notes)
    if scalar is None:
        return None
    match parse(scalar):
        case Diagnostic() as wrong:
            notes.wrong(wrong)
            return None
        case expr:
            notes.formulas.append(expr)
            return expr


def as_day(node: Node, notes: Notes) -> date | None:
    """A day such as 2030-01-31."""
    scalar = as_scalar(node, notes)
    if scalar is None:
        return None
    day = parse_day(scalar.text)
    if day is None:
        notes.wrong(error("not-a-day", scalar.span, found=scalar.text))
    return day


def as_interval(node: Node, notes: Notes) -> Interval | None:
    """A date that may be imprecise."""
    scalar = as_scalar(node, notes)
    if scalar is None:
        return None
    interval = parse_edtf(scalar.text)
    if interval is None:
        notes.wrong(error("not-a-date", scalar.span, found=scalar.text))
    return interval


def as_flag(node: Node, notes: Notes) -> bool | None:
    """`true` or `false`, never `yes`, `no`, `on` or `off`."""
    scalar = as_scalar(node, notes)
    if scalar is None:
        return None
    if scalar.text in _FLAGS:
        return _FLAGS[scalar.text]
    meant = _FLAGS_MEANT.get(scalar.text.lower(), "")
    notes.wrong(error("not-a-boolean", scalar.span, found=scalar.text, paste=meant))
    return None


def as_count(node: Node, notes: Notes) -> int | None:
    """A whole number, not negative."""
    scalar = as_scalar(node, notes)
    if scalar is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", scalar.text):
        return int(scalar.text)
    notes.wrong(error("not-a-count", scalar.span, found=scalar.text))
    return None


def as_one_of(node: Node, options: tuple[str, ...], notes: Notes) -> str:
    """One of a few words."""
    scalar = as_scalar(node, notes)
    if scalar is None or scalar.text in options:
        return scalar.text if scalar else ""
    meant = nearest(scalar.text, options)
    known = ", ".join(options)
    notes.wrong(error("not-one-of", scalar.span, found=scalar.text, known=known, meant=meant, paste=meant))
    return ""


def as_local(node: Node, notes: Notes) -> LocalText | None:
    """A text for every language, or a map with one per language."""
    if isinstance(node, Scalar):
        return LocalText((("", node.text),))
    node_map = as_map(node, notes)
    if node_map is None:
        return None
    texts = {}
    for entry in node_map.entries:
        if entry.key.text not in LANGUAGES:
            known, meant = ", ".join(LANGUAGES), nearest(entry.key.text, LANGUAGES)
            notes.wrong(error("unknown-language", entry.key.span, found=entry.key.text, known=known, paste=meant))
        elif text := as_scalar(entry.value, notes):
            texts[entry.key.text] = text.text
    return LocalText(tuple((language, texts[language]) for language in LANGUAGES if language in texts))


def as_between(expr: Expr | None, notes: Notes) -> tuple[date, date, Span] | None:
    """The two days of `between(first, end)`, the first earlier than the end."""
    match expr:
        case Call("between", (Argument("", Day(first)), Argument("", Day(end))), span) if first < end:
            return first, end, span
        case None:
            return None
        case _:
            notes.wrong(error("between-days", expr.span, paste="between(2026-01-01, 2026-07-01)"))
            return None


def as_readings(node: Node, read: Callable[[Node, Notes], T | None], notes: Notes) -> Readings[T] | None:
    """What `read` gives, or several readings of it: `{readings: {a: …, b: …}, use: a}`."""
    if isinstance(node, Mapping) and (options := node.entry("readings")):
        for entry in node.entries:
            if entry.key.text not in ("readings", "use"):
                notes.wrong(unknown_field(entry.key, ("readings", "use"), record="readings"))
        return read_options(options, node.entry("use"), read, notes)
    value = read(node, notes)
    return None if value is None else single(value, node.span)


def read_options(
    options: Entry, use: Entry | None, read: Callable[[Node, Notes], T | None], notes: Notes
) -> Readings[T] | None:
    """The readings by name and the one in use."""
    node = as_map(options.value, notes)
    if node is None:
        return None
    values: list[tuple[str, T]] = []
    for entry in by_name(node):
        check_name(entry.key, notes)
        if (value := read(entry.value, notes)) is not None:
            values.append((entry.key.text, value))
    if len(values) != len(node.entries):
        return None
    chosen = _use(use, tuple(name for name, _ in values), options.key.span, notes)
    return Readings(tuple(values), chosen, node.span) if chosen else None


def _use(use: Entry | None, names: tuple[str, ...], span: Span, notes: Notes) -> str:
    if use is None or is_blank(use.value):
        paste = f"use: {names[0]}" if names else ""
        notes.wrong(error("field-missing", span, field="use", record="readings", paste=paste))
        return ""
    scalar = as_scalar(use.value, notes)
    if scalar is None or scalar.text in names:
        return scalar.text if scalar else ""
    meant = nearest(scalar.text, names)
    known = ", ".join(names)
    notes.wrong(error("unknown-reading", scalar.span, found=scalar.text, known=known, meant=meant, paste=meant))
    return ""


def unknown_field(key: Scalar, known: tuple[str, ...], *, record: str) -> Diagnostic:
    """A key nobody knows, with the one most likely meant and all there are."""
    meant = nearest(key.text, known)
    fields = ", ".join(known)
    return error("unknown-field", key.span, found=key.text, record=record, known=fields, meant=meant, paste=meant)


def defined_twice(name: str, second: Span, first: Span) -> Diagnostic:
    """One name for two things, with both places."""
    return error("defined-twice", second, name=name, labels=(Label(first, "first-here"),))
