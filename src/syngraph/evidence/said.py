"""How a quote's numbers and days are read where it stands, as entries of the lock: values, never more words."""

from collections.abc import Mapping
from fractions import Fraction

from syngraph.base.dates import parse_edtf
from syngraph.evidence.mentions.mention import Kind, Mention, Range


def said_entry(mention: Mention) -> dict[str, object]:
    """A mention as JSON, without what is as usual."""
    value: object = None
    match mention.value:
        case Fraction() as one:
            value = str(one)
        case Range(low, high):
            value = [str(low), str(high)]
        case None:
            pass
    whole = {
        "at": [mention.start, mention.end],
        "kind": mention.kind.value,
        "value": value,
        "unit": mention.unit,
        "noun": mention.noun,
        "bound": mention.bound,
        "days": mention.days.text if mention.days is not None else "",
        "span": mention.span,
        "flags": sorted(mention.flags),
        "reason": mention.reason,
    }
    return {k: v for k, v in whole.items() if v not in (None, "", [], "exact")}


def said_of(entries: object) -> tuple[Mention, ...] | None:
    """The mentions of a quote from their entries, without their words; None if one makes no sense."""
    if not isinstance(entries, list):
        return None
    found = [_mention(entry) for entry in entries]
    return None if None in found else tuple(m for m in found if m is not None)


def _mention(entry: object) -> Mention | None:
    match entry:
        case {"at": [int(start), int(end)], "kind": str(kind), **others} if 0 <= start < end:
            known = {k.value: k for k in Kind}
            fields = {str(k): v for k, v in others.items()}
            if kind not in known or not _are_texts(fields):
                return None
            days = parse_edtf(str(fields["days"])) if "days" in fields else None
            value = _value(fields.get("value"))
            if ("value" in fields and value is None) or ("days" in fields and days is None):
                return None
            flags = fields.get("flags", [])
            told = {n: str(fields.get(n, usual)) for n, usual in _USUAL}
            assert isinstance(flags, list)
            return Mention(known[kind], start, end, "", value, days=days, flags=frozenset(flags), **told)
        case _:
            return None


_USUAL = (("unit", ""), ("noun", ""), ("bound", "exact"), ("span", ""), ("reason", ""))


def _are_texts(fields: Mapping[str, object]) -> bool:
    flags = fields.get("flags", [])
    texts = [fields.get(n, "") for n in ("unit", "noun", "bound", "days", "span", "reason")]
    return isinstance(flags, list) and all(isinstance(t, str) for t in (*texts, *flags))


def _value(value: object) -> Fraction | Range | None:
    match value:
        case str(one):
            return _number(one)
        case [str(low), str(high)]:
            first, last = _number(low), _number(high)
            return Range(first, last) if first is not None and last is not None else None
        case _:
            return None


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
