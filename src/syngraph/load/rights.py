"""Reads typed entitlements, as terms of an agreement or on their own."""

from syngraph.base.diagnostics import error
from syngraph.expr.nodes import Expr
from syngraph.load.exceptions import limits
from syngraph.load.fields import Fields
from syngraph.load.moments import active
from syngraph.model.agreements import MODES, RIGHT_KINDS, Right
from syngraph.model.records import Readings
from syngraph.syntax.nodes import Mapping

_POWERS = frozenset({"vote", "appoint", "remove", "manage", "asserted", "consent", "first_refusal"})
_DUTIES = frozenset({"undertaking"})
EXAMPLE = "{holder: …, bearer: …, kind: license}"


def right(fields: Fields) -> Right:
    """A right that stands on its own in `rights:`."""
    return _right(fields, fields)


def term_right(fields: Fields) -> Right | None:
    """A term that is a right: its fields stand under `right:`, dates and exceptions beside it."""
    inner = fields.inner("right", example=EXAMPLE)
    return _right(fields, inner) if inner else None


def _right(term: Fields, inner: Fields) -> Right:
    holder = inner.referred("holder", "person", example="…")
    bearer = inner.referred("bearer", "person", example="…")
    kind = inner.one_of("kind", RIGHT_KINDS, example="license")
    return Right(
        holder=holder,
        bearer=bearer,
        kind=kind,
        active=active(term),
        matter=inner.text("matter"),
        mode=inner.one_of("mode", MODES, default=_usual_mode(kind)),
        by=inner.refers("by", "person"),
        amount=_amount(inner),
        seats=inner.count("seats"),
        exclusive=inner.flag("exclusive") or False,
        priority=inner.flag("priority") or False,
        event=inner.refer("event", "event"),
        when=_when(term, inner),
        over=term.refer("over", "term"),
        exceptions=limits(term),
        title=term.local("title"),
        head=term.head(),
    )


def _usual_mode(kind: str) -> str:
    if kind in _DUTIES:
        return "must"
    return "power" if kind in _POWERS else "may"


def _when(term: Fields, inner: Fields) -> Readings[Expr] | None:
    """The condition, under `right:` or beside the dates."""
    inside, beside = inner.readings("when"), None if term is inner else term.readings("when")
    if inside and beside:
        span = term.entries["when"].key.span
        term.notes.wrong(error("both-given", span, first="right.when", second="when"))
    return inside or beside


def _amount(inner: Fields) -> tuple[Expr, ...]:
    """One expression, or the two ends of `{min: …, max: …}`."""
    if not isinstance(inner.node.get("amount"), Mapping):
        amount = inner.expr("amount")
        return (amount,) if amount else ()
    limited = inner.inner("amount")
    if limited is None:
        return ()
    ends = limited.expr("min", example="20 %"), limited.expr("max", example="30 %")
    return tuple(e for e in ends if e is not None)
