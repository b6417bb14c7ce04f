"""Merges the top-level maps of all files into one tree of sections."""

from collections.abc import Iterable
from collections.abc import Sequence as Several
from dataclasses import dataclass, field

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.nearest import nearest
from syngraph.base.spans import whole_file
from syngraph.load import values
from syngraph.load.notes import Notes
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

SINGLE = ("case", "title", "currency", "today", "simulate", "discount")
LISTS = ("correlations",)
RECORDS = tuple(
    "sources parties bodies facts assumptions measures dependences events agreements rights waterfalls "
    "positions disputes offers plans checks".split()
)
SECTIONS = (*SINGLE, *RECORDS, *LISTS)


@dataclass(slots=True)
class _Merged:
    """The sections so far: where each began, its records by name, its items."""

    singles: dict[str, Entry] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    records: dict[str, dict[str, Entry]] = field(default_factory=dict)
    items: dict[str, list[Node]] = field(default_factory=dict)


def merge(roots: Iterable[Mapping]) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """One map of sections, records by name; what is defined twice or in no known section is noted."""
    notes, merged = Notes(), _Merged()
    files = tuple(roots)
    for root in files:
        for entry in root.entries:
            _add(merged, entry, notes)
    sections = tuple(sorted(_sections(merged), key=lambda e: e.key.text))
    return Mapping(sections, whole_file(_home(files))), tuple(notes.found)


def no_one_case(roots: Several[Mapping]) -> Diagnostic | None:
    """That files describe no case at all, or more than one: then nothing else is to be said of them."""
    entries = [entry for root in roots for entry in root.entries]
    if entries and not any(entry.key.text in SECTIONS for entry in entries):
        files = ", ".join(sorted({entry.key.span.file for entry in entries}))
        return error("case-missing", None, files=files, found=", ".join(entry.key.text for entry in entries))
    first: dict[str, Scalar] = {}
    for entry in entries:
        if entry.key.text == "case":
            first.setdefault(_folder(entry.key.span.file), entry.key)
    if len(first) < 2:
        return None
    one, other, *_ = first.values()
    labels, folders = (Label(one.span, "first-here"),), ", ".join(first)
    return error("several-cases", other.span, labels=labels, folders=folders)


def _folder(file: str) -> str:
    """The folder of a file, as seen from that of the case."""
    return file.rpartition("/")[0] or "."


def _home(files: tuple[Mapping, ...]) -> str:
    """The file that says what the case is, where a missing section is best added."""
    homes = [root.span.file for root in files if any(e.key.text in SINGLE for e in root.entries)]
    return (homes or [root.span.file for root in files] or [""])[0]


def records(tree: Mapping, section: str) -> tuple[Entry, ...]:
    """The records of a section, none if it is absent or not a map."""
    node = tree.get(section)
    return node.entries if isinstance(node, Mapping) else ()


def _add(merged: _Merged, entry: Entry, notes: Notes) -> None:
    section = entry.key.text
    if section in SINGLE:
        _add_single(merged, entry, notes)
    elif section not in SECTIONS:
        meant = nearest(section, SECTIONS)
        known = ", ".join(SECTIONS)
        notes.wrong(error("unknown-section", entry.key.span, found=section, known=known, meant=meant, paste=meant))
    elif not values.is_blank(entry.value):
        merged.keys.setdefault(section, entry.key)
        if section in LISTS:
            merged.items.setdefault(section, []).extend(values.as_list(entry.value, notes))
        elif node := values.as_map(entry.value, notes):
            _add_records(merged.records.setdefault(section, {}), node, notes)


def _add_single(merged: _Merged, entry: Entry, notes: Notes) -> None:
    first = merged.singles.setdefault(entry.key.text, entry)
    if first is not entry:
        notes.wrong(values.defined_twice(entry.key.text, entry.key.span, first.key.span))


def _add_records(known: dict[str, Entry], node: Mapping, notes: Notes) -> None:
    for record in node.entries:
        first = known.setdefault(record.key.text, record)
        if first is not record:
            notes.wrong(values.defined_twice(record.key.text, record.key.span, first.key.span))


def _sections(merged: _Merged) -> Iterable[Entry]:
    yield from merged.singles.values()
    for section, found in merged.records.items():
        entries = tuple(sorted(found.values(), key=lambda e: e.key.text))
        yield Entry(merged.keys[section], Mapping(entries, merged.keys[section].span))
    for section, items in merged.items.items():
        yield Entry(merged.keys[section], Sequence(tuple(items), merged.keys[section].span))
