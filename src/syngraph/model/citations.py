"""Every quote of a case with the record that cites it, and that record as one canonical text."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from syngraph.base.errors import InternalError
from syngraph.base.spans import Span
from syngraph.base.units import Unit
from syngraph.model.case import Case
from syngraph.model.records import Citation, Head, Readings
from syngraph.model.within import within


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, the head of the record that makes it, and the record's canonical parts."""

    head: Head
    citation: Citation
    record: tuple[str, ...]


def citations(case: Case) -> tuple[Cited, ...]:
    """All citations, section by section; a part (a term, tier, exception, ignored passage …) cites for itself."""
    found: list[Cited] = []
    for head, record in records(case):
        if head.cites:
            parts = canonical(record)
            found.extend(Cited(head, citation, parts) for citation in head.cites)
    return tuple(found)


def records(case: Case) -> Iterator[tuple[Head, Any]]:
    """Everything in a case that has a head, parts after the record they belong to."""
    waiting: list[Any] = [case]
    while waiting:
        value = waiting.pop()
        head = _head(value)
        if head:
            yield head, value
        waiting.extend(part for _, part in reversed(within(value)))


def canonical(record: Any) -> tuple[str, ...]:
    """What a record says, as texts: the same wherever it stands in its file and whatever quotes it has.

    Parts with a head of their own count by name only. A field that has its default value is left out, and what can be
    read in one way only counts as its value, so that a field or readings added to the vocabulary later change no record
    that does not use them.
    """
    parts: list[str] = []
    waiting: list[Any] = [record]
    while waiting:
        value = waiting.pop()
        inner = _head(value)
        if inner and value is not record:
            parts.append(f"-> {inner.name}")
        else:
            said, below = _said(value)
            parts.append(said)
            waiting.extend(reversed(below))
    return tuple(parts)


def _said(value: Any) -> tuple[str, tuple[Any, ...]]:
    """A value's own text, and the values it is made of."""
    match value:
        case None | bool() | int() | Decimal() | date():
            return str(value), ()
        case str():
            return f"'{value}", ()
        case tuple():
            return f"({len(value)}", value
        case Span():
            return "", ()
        case Unit():
            return value.text, ()
        case Readings() if not value.ambiguous:
            return _said(value.chosen)
        case Head():
            return "Head", (value.section, value.name, tuple(sorted(value.whys)))
        case _ if is_dataclass(value):
            used = [f for f in fields(value) if _counts(f, getattr(value, f.name))]
            names = " ".join(f.name for f in used)
            return f"{type(value).__name__} {names}", tuple(getattr(value, f.name) for f in used)
        case _:
            raise InternalError(f"{type(value).__name__} in a record of the model")


def _counts(field: "Field[Any]", value: Any) -> bool:
    return not isinstance(value, Span) and (field.default is MISSING or value != field.default)


def _head(value: Any) -> Head | None:
    head = getattr(value, "head", None)
    return head if isinstance(head, Head) else None
