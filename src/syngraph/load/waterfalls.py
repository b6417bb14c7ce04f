"""Reads how a pot is shared, tier by tier."""

from syngraph.base.dates import parse_edtf
from syngraph.base.diagnostics import error
from syngraph.base.spans import Span
from syngraph.expr.nodes import Expr
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.load.moments import active, moment
from syngraph.load.notes import Notes
from syngraph.model.agreements import Moment
from syngraph.model.records import Readings, single
from syngraph.model.waterfalls import (
    Capacity,
    EndsAt,
    Hurdle,
    Next,
    ProfitShare,
    Redirect,
    Redistribute,
    Target,
    Then,
    Tier,
    UpTo,
    Waterfall,
)
from syngraph.syntax.nodes import Entry, Mapping, Node, Scalar

ENDS = "ends"
Targets = tuple[Target, ...]


def waterfall(fields: Fields) -> Waterfall | None:
    """A waterfall with its tiers in their order."""
    of, pot = fields.refer("of", "person", example="…"), fields.readings("pot", example="max(profit, 0 USD)")
    spans, opening = active(fields), _amounts(fields, "opening", kind="account")
    tiers = fields.listed("tiers", _tier, example="[{name: all, share: {…: 100 %}}]")
    title, head = fields.local("title"), fields.head()
    return Waterfall(head, of, pot, spans, opening, tiers, title) if pot else None


def _tier(fields: Fields) -> Tier:
    shares = _amounts(fields, "share", kind="person", example="{…: 100 %}")
    return Tier(shares=shares, until=_until(fields), then=_then(fields), head=fields.head())


def _amounts(fields: Fields, key: str, *, kind: str, example: str = "") -> tuple[tuple[str, Expr], ...]:
    read = []
    for entry in fields.pairs(key, example=example):
        fields.notes.refer(kind, entry.key.text, span=entry.key.span)
        if amount := values.as_expr(entry.value, fields.notes):
            read.append((entry.key.text, amount))
    return tuple(read)


def _until(fields: Fields) -> Readings[Targets]:
    node = fields.take("until")
    read = values.as_readings(node, _targets, fields.notes) if node else None
    none: Targets = ()
    return read or single(none, fields.span)


def _targets(node: Node, notes: Notes) -> Targets | None:
    """A map from account to target, or a plain date or event."""
    match node:
        case Scalar():
            end = moment(node, notes)
            return (EndsAt(end),) if end else None
        case Mapping():
            read = [_target(entry, notes) for entry in values.by_name(node)]
            return tuple(t for t in read if t)
        case _:
            notes.wrong(error("map-expected", node.span))
            return None


def _target(entry: Entry, notes: Notes) -> Target | None:
    if entry.key.text == ENDS:
        end = _end(entry.value, notes)
        return EndsAt(end) if end else None
    account = notes.refer("account", entry.key.text, span=entry.key.span)
    if isinstance(entry.value, Mapping):
        return _special(entry, entry.value, account, notes)
    amount = values.as_expr(entry.value, notes)
    return UpTo(account, amount, entry.value.span) if amount else None


def _special(entry: Entry, node: Mapping, account: str, notes: Notes) -> Target | None:
    fields = Fields(node, notes, name=account, section="waterfalls.tiers.until", span=entry.key.span)
    kind = fields.only("capacity", "hurdle", "profit_share", example="capacity: 2 GW")
    amount = fields.expr(kind) if kind else None
    target: Target | None = None
    if kind == "hurdle":
        target = _hurdle(fields, account, amount, node.span)
    elif amount:
        make = Capacity if kind == "capacity" else ProfitShare
        target = make(account, amount, node.span)
    fields.finish()
    return target


def _hurdle(fields: Fields, account: str, rate: Expr | None, span: Span) -> Hurdle | None:
    contributions, opening = fields.expr("contributions", example="…"), fields.expr("opening")
    return Hurdle(account, rate, contributions, opening, span) if rate and contributions else None


def _end(node: Node, notes: Notes) -> Moment | None:
    """`{date: …}`, `{event: …}`, or either as a plain text."""
    if not isinstance(node, Mapping):
        return moment(node, notes)
    fields = Fields(node, notes, name=ENDS, section="waterfalls.tiers.until", span=node.span)
    kind = fields.only("date", "event", example="date: 2030-01-01")
    found = fields.take(kind) if kind else None
    fields.finish()
    if kind == "date" and isinstance(found, Scalar) and parse_edtf(found.text) is None:
        notes.wrong(error("not-a-date", found.span, found=found.text))
        return None
    return moment(found, notes) if found else None


def _then(fields: Fields) -> Then:
    match fields.node.get("then"):
        case Mapping():
            inner = fields.inner("then")
            return Redirect(inner.refer("redirect", "person", example="…") if inner else "")
        case _:
            word = fields.one_of("then", ("next", "redistribute"), default="next")
            return Redistribute() if word == "redistribute" else Next()
