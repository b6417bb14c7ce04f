"""Reads YAML into located nodes from the parser's events, checking the limits as they arrive."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, assert_never

import yaml

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.spans import Span, whole_file
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 40
MAX_NODES = 100_000

_TOO_DEEP = "exceeded maximum nesting depth"  # libyaml reads ahead of the events and has a limit of its own since 0.2.6
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not been read yet."""

    is_map: bool
    flow: bool
    start: Any
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None
    seen: dict[str, Scalar] = field(default_factory=dict)


class _Stop(Exception):
    """Reading cannot go on; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def read_yaml(text: str, file: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The top-level map of `text`, None when it is empty or cannot be read, and what was wrong with it."""
    reader = _Reader(text, file)
    try:
        root = reader.read()
    except _Stop as stop:
        return None, (*reader.found, stop.diagnostic)
    except yaml.YAMLError as problem:
        return None, (*reader.found, _syntax_error(problem, file, text))
    return root, tuple(reader.found)


def _syntax_error(problem: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    mark = getattr(problem, "problem_mark", None)
    said = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "unreadable"
    if mark is not None:
        start = min(mark.index, len(text))
        span = Span(file, start, start + 1, mark.line + 1, mark.column + 1)
        if said == _TOO_DEEP:
            return error("too-deep", span, limit=str(MAX_DEPTH))
        return error("yaml-syntax", span, problem=str(said))
    position = getattr(problem, "position", None)
    if isinstance(position, int):
        before = text[:position]
        line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
        return error("yaml-syntax", Span(file, position, position + 1, line, column), problem=str(said))
    return error("yaml-syntax", whole_file(file), problem=str(said))


class _Reader:
    """The state of reading one file: the open lists and maps, and what was found wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.found: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.nodes = 0

    def read(self) -> Mapping | None:
        for event in _events(self.text):
            self.take(event)
        if self.root is None or (isinstance(self.root, Scalar) and self.root.text == ""):
            return None
        if not isinstance(self.root, Mapping):
            raise _Stop(error("not-a-map", self.root.span))
        return self.root

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                if self.root is not None:
                    raise _Stop(error("second-document", self.span(event)))
            case yaml.AliasEvent():
                self.found.append(error("alias", self.span(event), name=str(event.anchor)))
                self.place(Scalar("", self.span(event)))
            case yaml.ScalarEvent():
                self.count(event)
                self.place(self.scalar(event))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self.count(event)
                self.open(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self.close(event)
            case _:
                pass

    def count(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Stop(error("too-many-nodes", self.span(event), limit=f"{MAX_NODES:,}"))
        if event.anchor is not None:
            self.found.append(error("anchor", self.span(event), name=str(event.anchor)))
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self.found.append(error("tag", self.span(event), name=str(tag)))

    def open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _Stop(error("too-deep", self.span(event), limit=str(MAX_DEPTH)))
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), bool(event.flow_style), event.start_mark))

    def close(self, event: yaml.Event) -> None:
        done = self.stack.pop()
        span = self.between(done.start, event.end_mark)
        if done.is_map:
            self.place(Mapping(tuple(done.entries), span))
        else:
            self.place(Sequence(tuple(done.items), span))

    def place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_map:
            top.items.append(node)
        elif top.key is None:
            top.key = self.as_key(node)
        else:
            key, top.key = top.key, None
            self.add(top, key, node)

    def as_key(self, node: Node) -> Scalar:
        match node:
            case Scalar():
                return node
            case Mapping() | Sequence():
                self.found.append(error("key-not-text", node.span))
                return Scalar("", node.span)
            case _:
                assert_never(node)

    def add(self, top: _Open, key: Scalar, value: Node) -> None:
        if top.flow and top.entries and isinstance(value, Scalar) and not value.quoted and value.text == "":
            self.mend_comma(top, key)
            return
        if key.text in top.seen:
            first = Label(top.seen[key.text].span, "first-here")
            self.found.append(error("duplicate-key", key.span, name=key.text, labels=(first,)))
            return
        top.seen[key.text] = key
        top.entries.append(Entry(key, value))

    def mend_comma(self, top: _Open, rest: Scalar) -> None:
        """A comma cut an unquoted text in `{…}`: say so, print it with quotes, and go on with the whole text."""
        last = top.entries[-1]
        if not isinstance(last.value, Scalar):
            self.found.append(error("empty-value", rest.span, name=rest.text))
            return
        first = last.value
        start = first.span.start
        whole = self.text[start : rest.span.end]
        span = Span(self.file, start, rest.span.end, first.span.line, first.span.column)
        paste = f'{last.key.text}: "{whole.strip(chr(34))}"'
        self.found.append(error("comma-cut", span, text=whole, paste=paste))
        top.entries[-1] = Entry(last.key, Scalar(whole, span, quoted=True, offsets=tuple(range(start, rest.span.end))))

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        span = self.between(event.start_mark, event.end_mark)
        quoted = event.style in ("'", '"', "|", ">")
        return Scalar(event.value, span, quoted, _offsets(self.text, span, event.value, quoted))

    def span(self, event: yaml.Event) -> Span:
        return self.between(event.start_mark, event.end_mark)

    def between(self, start: Any, end: Any) -> Span:
        return Span(self.file, start.index, max(end.index, start.index), start.line + 1, start.column + 1)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _PARSER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _offsets(text: str, span: Span, value: str, quoted: bool) -> tuple[int, ...]:
    """For each character of a scalar's value, where it stands in the file (folded and escaped ones nearest)."""
    at = span.start + (1 if quoted and text[span.start : span.start + 1] in "'\"" else 0)
    if text[at : at + len(value)] == value:
        return tuple(range(at, at + len(value)))
    offsets = []
    for character in value:
        while at < span.end - 1 and text[at] != character and not (character in " \n" and text[at] in " \n\t"):
            at += 1
        offsets.append(at)
        at = min(at + 1, span.end - 1)
        if character in " \n":
            while at < span.end - 1 and text[at] in " \n\t":
                at += 1
    return tuple(offsets)
