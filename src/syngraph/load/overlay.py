"""Applies the changes of a plan to the raw tree, before anything is read from it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.located import part
from syngraph.base.spans import Span
from syngraph.load.guesses import Guesses
from syngraph.load.notes import Notes
from syngraph.load.plans import Change
from syngraph.load.tree import SECTIONS
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

FIXED = frozenset({"case", "title", "currency", "today", "simulate", "plans", "sources"})
MAX_PARTS = 40
# maps that an `add` brings into being when the record has none yet
_MADE_BY_ADD = frozenset({"terms", "exceptions", "effects", "outcomes", "opening", "why"})


@dataclass(slots=True)
class _Map:
    """A map under change."""

    entries: dict[str, tuple[Scalar, "_Part"]]
    span: Span


@dataclass(slots=True)
class _List:
    """A list under change, its items by `name`; a removed one leaves None."""

    items: list["_Part | None"]
    places: dict[str, int]
    span: Span


_Part = Scalar | Mapping | Sequence | _Map | _List


def overlay(tree: Mapping, changes: Iterable[Change], *, guesses: Guesses) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """The tree with the changes applied one after the other, and those that could not be."""
    listed = tuple(changes)
    if not listed:
        return tree, ()
    root, notes = _open_map(tree), Notes()
    for change in listed:
        wrong = _apply(root, change, guesses)
        if wrong:
            notes.wrong(wrong)
    frozen = _freeze(root)
    return (frozen if isinstance(frozen, Mapping) else tree), tuple(notes.found)


def _apply(root: _Map, change: Change, guesses: Guesses) -> Diagnostic | None:
    keys = change.path.text.split(".")
    if len(keys) > MAX_PARTS:
        return error("path-too-long", change.path.span, limit=str(MAX_PARTS))
    if keys[0] in FIXED:
        return error("plan-fixed", _key_span(change.path, keys, 0), found=keys[0])
    at: _Map | _List = root
    for index, key in enumerate(keys[:-1]):
        below = _open(at, key)
        if below is None and _may_make(change, keys, index) and isinstance(at, _Map):
            below = _Map({}, change.node.span)
            at.entries[key] = (_key(change.path, keys, index), below)
        if below is None and _get(at, key) is not None:
            return _unknown(change.path, keys, index + 1, (), guesses)
        if below is None:
            return _unknown(change.path, keys, index, _known(at), guesses)
        at = below
    return _act(at, change, keys, guesses)


def _act(at: _Map | _List, change: Change, keys: list[str], guesses: Guesses) -> Diagnostic | None:
    name, index = keys[-1], len(keys) - 1
    present = _get(at, name)
    if change.action == "add":
        if present is not None:
            labels = (Label(_place(at, name), "first-here"),)
            return error("path-exists", _key_span(change.path, keys, index), path=change.path.text, labels=labels)
        if index == 0 and name not in SECTIONS:
            return _unknown(change.path, keys, index, SECTIONS, guesses)
        _put(at, _key(change.path, keys, index), change.node)
        return None
    if present is None:
        return _unknown(change.path, keys, index, _known(at), guesses)
    if change.was is not None and plain(change.was) != plain(_freeze(present)):
        return _differs(change, change.was, _freeze(present), _place(at, name))
    if change.action == "remove":
        _drop(at, name)
    else:
        _put(at, _key(change.path, keys, index), change.node)
    return None


def _may_make(change: Change, keys: list[str], index: int) -> bool:
    """Whether `add` may make a map that is missing: a section, or one such as `terms` just above what is added."""
    if change.action != "add":
        return False
    return (index == 0 and keys[0] in SECTIONS) or (index == len(keys) - 2 and keys[index] in _MADE_BY_ADD)


def _known(at: _Map | _List) -> Collection[str]:
    return at.entries if isinstance(at, _Map) else at.places


def _unknown(path: Scalar, keys: list[str], index: int, known: Collection[str], guesses: Guesses) -> Diagnostic:
    above = ".".join(keys[:index])
    meant = guesses.nearest(keys[index], known, kind=f"path {above}")
    paste = ".".join([*keys[:index], meant, *keys[index + 1 :]]) if meant else ""
    span = _key_span(path, keys, index)
    return error("path-unknown", span, paste=paste, path=path.text, found=keys[index], above=above, meant=meant)


def _differs(change: Change, was: Node, now: Node, place: Span) -> Diagnostic:
    found, expected, labels = brief(now), brief(was), (Label(place, "stands-here"),)
    paste = f"was: {found}" if isinstance(now, Scalar) else ""
    path = change.path.text
    return error("was-differs", was.span, paste=paste, labels=labels, found=found, expected=expected, path=path)


def _key_span(path: Scalar, keys: list[str], index: int) -> Span:
    start = sum(len(k) + 1 for k in keys[:index])
    return part(path, start, start + len(keys[index]))


def _key(path: Scalar, keys: list[str], index: int) -> Scalar:
    return Scalar(keys[index], _key_span(path, keys, index))


def _open(at: _Map | _List, name: str) -> _Map | _List | None:
    """The map or list below, made ready for changes; None if there is none."""
    child = _get(at, name)
    match child:
        case Mapping():
            opened: _Map | _List = _open_map(child)
        case Sequence():
            opened = _open_list(child)
        case _Map() | _List():
            return child
        case _:
            return None
    match at:
        case _Map():
            at.entries[name] = (at.entries[name][0], opened)
        case _List():
            at.items[at.places[name]] = opened
    return opened


def _open_map(node: Mapping) -> _Map:
    return _Map({e.key.text: (e.key, e.value) for e in node.entries}, node.span)


def _open_list(node: Sequence) -> _List:
    names = [item.get("name") if isinstance(item, Mapping) else None for item in node.items]
    places = {name.text: i for i, name in reversed(list(enumerate(names))) if isinstance(name, Scalar)}
    return _List(list(node.items), places, node.span)


def _get(at: _Map | _List, name: str) -> _Part | None:
    match at:
        case _Map(entries=entries):
            return entries[name][1] if name in entries else None
        case _List(items=items, places=places):
            return items[places[name]] if name in places else None


def _place(at: _Map | _List, name: str) -> Span:
    match at:
        case _Map(entries=entries):
            return entries[name][0].span
        case _List(items=items, places=places):
            item = items[places[name]]
            return item.span if item else at.span


def _put(at: _Map | _List, key: Scalar, node: Node) -> None:
    match at:
        case _Map(entries=entries):
            entries[key.text] = (key, node)
        case _List(items=items, places=places):
            if key.text in places:
                items[places[key.text]] = _named(node, key)
            else:
                places[key.text] = len(items)
                items.append(_named(node, key))


def _named(node: Node, key: Scalar) -> Node:
    """A new item of a list, with the name its path gives it."""
    if isinstance(node, Mapping) and node.get("name") is None:
        return Mapping((Entry(Scalar("name", key.span), key), *node.entries), node.span)
    return node


def _drop(at: _Map | _List, name: str) -> None:
    match at:
        case _Map(entries=entries):
            del entries[name]
        case _List(items=items, places=places):
            items[places.pop(name)] = None


def _freeze(found: _Part) -> Node:
    match found:
        case _Map(entries=entries, span=span):
            return Mapping(tuple(Entry(key, _freeze(value)) for key, value in entries.values()), span)
        case _List(items=items, span=span):
            return Sequence(tuple(_freeze(item) for item in items if item is not None), span)
        case node:
            return node


def plain(node: Node) -> object:
    """What a node says, without places, white space or the order of keys."""
    match node:
        case Scalar(text=text):
            return " ".join(text.split())
        case Sequence(items=items):
            return tuple(plain(item) for item in items)
        case Mapping(entries=entries):
            return frozenset((e.key.text, plain(e.value)) for e in entries)


def brief(node: Node) -> str:
    """A node on one line, shortened."""
    match node:
        case Scalar(text=text):
            return text if len(text) <= 60 else f"{text[:59]}…"
        case Sequence():
            return "[…]"
        case Mapping():
            return "{…}"
