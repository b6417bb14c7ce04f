"""Reads the fields of one record, one by one; what is left at the end is unknown."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from syngraph.base.dates import Interval
from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.nearest import nearest
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.load import cites, values
from syngraph.load.notes import Notes
from syngraph.model.records import Head, Readings, single
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar

T = TypeVar("T")


class Fields:
    """A map being read: which keys are known so far, and where mistakes and references are noted."""

    def __init__(self, node: Mapping, notes: Notes, *, name: str, section: str, span: Span) -> None:
        self.node, self.notes, self.name, self.section, self.span = node, notes, name, section, span
        self.entries = {e.key.text: e for e in node.entries}
        self.known: dict[str, None] = {}
        self.inners: list[Fields] = []

    def has(self, *keys: str) -> bool:
        """Whether one of the keys stands there."""
        return any(key in self.entries for key in keys)

    def take(self, key: str, *, example: str = "") -> Node | None:
        """The value at a key; with an example it is needed, and the example is what to paste."""
        self.known[key] = None
        entry = self.entries.get(key)
        paste = f"{key}: {example}" if example else ""
        if entry is None:
            if example:
                code = "field-missing" if self.section else "section-missing"
                self.notes.wrong(error(code, self.span, field=key, record=self.name, paste=paste))
            return None
        if values.is_blank(entry.value):
            self.notes.wrong(error("field-empty", entry.key.span, field=key, paste=paste))
            return None
        return entry.value

    def only(self, *keys: str, example: str) -> str:
        """Which one of several keys stands there; none or two are noted, with an example of one."""
        self.known.update(dict.fromkeys(keys))
        present = [key for key in keys if key in self.entries]
        if not present:
            known = ", ".join(keys)
            self.notes.wrong(error("one-needed", self.span, known=known, record=self.name, paste=example))
            return ""
        self.not_both(*present)
        return present[0]

    def not_both(self, *keys: str) -> None:
        """Notes keys that exclude each other."""
        present = [self.entries[key].key for key in keys if key in self.entries]
        for other in present[1:]:
            first = present[0]
            label = Label(first.span, "first-here")
            self.notes.wrong(error("both-given", other.span, first=first.text, second=other.text, labels=(label,)))

    def text(self, key: str, *, example: str = "") -> str:
        """A text as it stands."""
        node = self.take(key, example=example)
        scalar = values.as_scalar(node, self.notes) if node else None
        return scalar.text if scalar else ""

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """A text or a list of them."""
        node = self.take(key)
        return values.as_scalars(node, self.notes) if node else ()

    def refer(self, key: str, kind: str, *, example: str = "") -> str:
        """The name of something, to be looked up later."""
        node = self.take(key, example=example)
        scalar = values.as_scalar(node, self.notes) if node else None
        return self.notes.refer(kind, scalar.text, span=scalar.span) if scalar else ""

    def referred(self, key: str, kind: str, *, example: str = "") -> Readings[str]:
        """The name of something, or several readings of it; the empty name if there is none."""

        def read(node: Node, notes: Notes) -> str | None:
            scalar = values.as_scalar(node, notes)
            return notes.refer(kind, scalar.text, span=scalar.span) if scalar else None

        node = self.take(key, example=example)
        found = values.as_readings(node, read, self.notes) if node else None
        return found or single("", self.span)

    def refers(self, key: str, kind: str, *, example: str = "") -> tuple[str, ...]:
        """A name or a list of names, to be looked up later."""
        node = self.take(key, example=example)
        scalars = values.as_scalars(node, self.notes) if node else ()
        return tuple(self.notes.refer(kind, s.text, span=s.span) for s in scalars)

    def local(self, key: str, *, example: str = "") -> LocalText | None:
        """A text, perhaps one per language."""
        node = self.take(key, example=example)
        return values.as_local(node, self.notes) if node else None

    def title(self) -> LocalText:
        """The `title`, or the name in plain words."""
        plain = self.name.rpartition(".")[2].replace("_", " ")
        return self.local("title") or LocalText((("", plain),))

    def flag(self, key: str) -> bool | None:
        """`true`, `false`, or not said."""
        node = self.take(key)
        return values.as_flag(node, self.notes) if node else None

    def count(self, key: str) -> int | None:
        """A whole number."""
        node = self.take(key)
        return values.as_count(node, self.notes) if node else None

    def day(self, key: str, *, example: str = "") -> date | None:
        """A day."""
        node = self.take(key, example=example)
        return values.as_day(node, self.notes) if node else None

    def interval(self, key: str, *, example: str = "") -> Interval | None:
        """A date that may be imprecise."""
        node = self.take(key, example=example)
        return values.as_interval(node, self.notes) if node else None

    def one_of(self, key: str, options: tuple[str, ...], *, default: str = "", example: str = "") -> str:
        """One of a few words, or the default when nothing is said."""
        node = self.take(key, example=example)
        return values.as_one_of(node, options, self.notes) or default if node else default

    def expr(self, key: str, *, example: str = "") -> Expr | None:
        """An expression."""
        node = self.take(key, example=example)
        return values.as_expr(node, self.notes) if node else None

    def readings(self, key: str, *, example: str = "") -> Readings[Expr] | None:
        """An expression, or several readings of one."""
        node = self.take(key, example=example)
        return values.as_readings(node, values.as_expr, self.notes) if node else None

    def readings_here(self) -> Readings[Expr] | None:
        """`readings:` and `use:` as fields of this record."""
        self.known.update(readings=None, use=None)
        options = self.entries.get("readings")
        return values.read_options(options, self.entries.get("use"), values.as_expr, self.notes) if options else None

    def inner(self, key: str, *, example: str = "") -> "Fields | None":
        """A map that belongs to this record, such as `pays: {from: …, to: …}`; finished with it."""
        node = self.take(key, example=example)
        found = values.as_map(node, self.notes) if node else None
        if found is None:
            return None
        inner = Fields(found, self.notes, name=self.name, section=self.section, span=self.entries[key].key.span)
        self.inners.append(inner)
        return inner

    def pairs(self, key: str, *, example: str = "") -> list[Entry]:
        """The entries of a map, by key."""
        node = self.take(key, example=example)
        found = values.as_map(node, self.notes) if node else None
        return values.by_name(found) if found else []

    def children(self, key: str, build: "Build[T]") -> tuple[T, ...]:
        """The records of a map inside this one, by name: the terms of an agreement."""
        section = f"{self.section}.{key}"
        built = [read_record(e, build, self.notes, section=section, prefix=self.name) for e in self.pairs(key)]
        return tuple(b for b in built if b is not None)

    def listed(self, key: str, build: "Build[T]", *, example: str = "") -> tuple[T, ...]:
        """The records of a list inside this one, each with its `name`: the tiers of a waterfall."""
        node = self.take(key, example=example)
        seen: dict[str, Scalar] = {}
        built = []
        for item in values.as_list(node, self.notes) if node else ():
            entry = self._named(item, key)
            if entry and entry.key.text in seen:
                self.notes.wrong(values.defined_twice(entry.key.text, entry.key.span, seen[entry.key.text].span))
            elif entry:
                seen[entry.key.text] = entry.key
                built.append(read_record(entry, build, self.notes, section=f"{self.section}.{key}", prefix=self.name))
        return tuple(b for b in built if b is not None)

    def _named(self, item: Node, key: str) -> Entry | None:
        found = values.as_map(item, self.notes)
        name = found and found.get("name")
        if isinstance(name, Scalar) and name.text:
            return Entry(name, item)
        if found:
            self.notes.wrong(error("field-missing", item.span, field="name", record=key, paste="name: first"))
        return None

    def head(self) -> Head:
        """Name, place, quotes, reasons and the fields of the record as written."""
        cite, why = self.take("cite"), self.take("why")
        quotes = cites.citations(cite, self.notes) if cite else ()
        reasons = cites.reasons(why, self.notes) if why else ()
        return Head(self.name, self.section, self.span, quotes, reasons, why.span if why else None, tuple(self.entries))

    def finish(self) -> None:
        """Notes the keys nobody asked for, and reasons given for fields that are none."""
        known = tuple(self.known)
        for key, entry in self.entries.items():
            if key not in self.known:
                self.notes.wrong(values.unknown_field(entry.key, known, record=self.section or "case"))
        for inner in self.inners:
            inner.finish()
            known += tuple(inner.known)
        why = self.entries.get("why")
        if why and isinstance(why.value, Mapping) and "why" in self.known:
            for entry in why.value.entries:
                if entry.key.text not in known:
                    self.notes.wrong(_unknown_why(entry.key, known))


def _unknown_why(key: Scalar, known: tuple[str, ...]) -> Diagnostic:
    meant = nearest(key.text, known)
    fields = ", ".join(known)
    return error("unknown-why", key.span, found=key.text, known=fields, meant=meant, paste=meant)


Build = Callable[[Fields], T | None]


def read_record(entry: Entry, build: Build[T], notes: Notes, *, section: str, prefix: str = "") -> T | None:
    """The value that `build` makes of a named map, its unknown keys noted."""
    values.check_name(entry.key, notes)
    node = values.as_map(entry.value, notes)
    if node is None:
        return None
    name = f"{prefix}.{entry.key.text}" if prefix else entry.key.text
    fields = Fields(node, notes, name=name, section=section, span=entry.key.span)
    if section.endswith(".tiers"):
        fields.known["name"] = None
    value = build(fields)
    fields.finish()
    return value
