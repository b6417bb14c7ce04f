"""Reads who takes part, and their organs."""

import re
from dataclasses import replace

from syngraph.base.diagnostics import Label, error
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.load.notes import Notes
from syngraph.load.tree import records
from syngraph.model.parties import FORMS, Body, Decides, Party
from syngraph.model.records import Head
from syngraph.syntax.nodes import Entry, Mapping, Scalar, Sequence

BASES = ("outstanding", "cast")
SELF = "self"

_YEAR_END = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def party(fields: Fields) -> Party:
    """A person, company, body, unit of a company or name for several."""
    plain = LocalText((("", fields.name.replace("_", " ")),))
    return Party(
        title=fields.local("name") or plain,
        form=fields.one_of("form", FORMS),
        members=fields.refers("members", "party"),
        part_of=fields.refer("part_of", "party"),
        aliases=tuple(s.text for s in fields.texts("aliases")),
        open=fields.flag("open") or False,
        float=fields.flag("float") or False,
        fiscal_year_end=_year_end(fields),
        head=fields.head(),
    )


def _year_end(fields: Fields) -> str:
    text = fields.text("fiscal_year_end")
    if text and not _YEAR_END.fullmatch(text):
        span = fields.entries["fiscal_year_end"].value.span
        fields.notes.wrong(error("not-a-year-end", span, found=text, paste="12-31"))
    return text


def organs(fields: Fields) -> tuple[Body | Decides, ...]:
    """The organs of one party, and what each of them decides."""
    fields.notes.refer("party", fields.name, span=fields.span)
    head = fields.head()
    names = [e.key.text for e in values.by_name(fields.node) if e.key.text not in ("decides", "cite", "why")]
    bodies = [body for name in names if (body := _body(fields, name, head))]
    return (*bodies, *_decides(fields))


def _body(fields: Fields, name: str, whole: Head) -> Body | None:
    inner = fields.inner(name)
    if inner is None:
        return None
    values.check_name(fields.entries[name].key, fields.notes)
    inner.name, inner.section = f"{fields.name}.{name}", "bodies"
    own = inner.head()
    rests = bool(own.cites or own.whys)
    head = own if rests else replace(own, cites=whole.cites, whys=whole.whys, why_span=whole.why_span)
    return Body(
        party=fields.name,
        seats=inner.count("seats"),
        filled_by=_filled_by(inner),
        standard=inner.text("standard"),
        of=inner.one_of("of", BASES),
        head=head,
    )


def _filled_by(fields: Fields) -> str:
    entry = fields.entries.get("filled_by")
    if entry and isinstance(entry.value, Scalar) and entry.value.text == SELF:
        return fields.text("filled_by")
    return fields.refer("filled_by", "party")


def _decides(fields: Fields) -> list[Decides]:
    decisions = []
    for entry in fields.pairs("decides"):
        scalars = values.as_scalars(entry.value, fields.notes)
        names = tuple(fields.notes.refer("body", f"{fields.name}.{s.text}", span=s.span) for s in scalars)
        decisions.append(Decides(fields.name, entry.key.text, names))
    return decisions


def check_parties(tree: Mapping, notes: Notes) -> None:
    """Notes an alias or name two parties bear, and groups and units that contain themselves."""
    parties = records(tree, "parties")
    seen: dict[str, tuple[str, Span]] = {}
    for entry in parties:
        for text, span in _calls(entry):
            owner, first = seen.setdefault(text, (entry.key.text, span))
            if owner != entry.key.text:
                labels = (Label(first, "first-here"),)
                notes.wrong(error("alias-twice", span, labels=labels, alias=text, first=owner, second=entry.key.text))
    above = {e.key.text: _above(e) for e in parties}
    for entry in parties:
        if _meets_itself(entry.key.text, above):
            notes.wrong(error("party-cycle", entry.key.span, name=entry.key.text))


def _calls(entry: Entry) -> list[tuple[str, Span]]:
    """Each name and alias of a party once."""
    if not isinstance(entry.value, Mapping):
        return []
    found: dict[str, Span] = {}
    for key in ("name", "aliases"):
        match entry.value.get(key):
            case Scalar() as one:
                found.setdefault(one.text, one.span)
            case Mapping(entries=entries):
                found.update({e.value.text: e.value.span for e in entries if isinstance(e.value, Scalar)})
            case Sequence(items=items):
                found.update({i.text: i.span for i in items if isinstance(i, Scalar)})
            case _:
                pass
    return list(found.items())


def _above(entry: Entry) -> tuple[str, ...]:
    if not isinstance(entry.value, Mapping):
        return ()
    nodes = (entry.value.get("members"), entry.value.get("part_of"))
    items = [i for n in nodes if n for i in (n.items if isinstance(n, Sequence) else (n,))]
    return tuple(i.text for i in items if isinstance(i, Scalar))


def _meets_itself(name: str, above: dict[str, tuple[str, ...]]) -> bool:
    seen, todo = set[str](), list(above.get(name, ()))
    while todo:
        at = todo.pop()
        if at == name:
            return True
        if at not in seen:
            seen.add(at)
            todo.extend(above.get(at, ()))
    return False
