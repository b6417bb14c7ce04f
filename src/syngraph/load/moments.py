"""Reads when something begins or ends: a date, a name, or a list meaning the first of them."""

from syngraph.base.dates import Interval, parse_edtf
from syngraph.base.diagnostics import error
from syngraph.base.spans import Span
from syngraph.load import values
from syngraph.load.fields import Fields
from syngraph.load.notes import Notes
from syngraph.model.agreements import Active, Moment
from syngraph.syntax.nodes import Node, Scalar


def active(fields: Fields) -> Active:
    """The span of a term: `from:` and `until:`."""
    return Active(moments(fields, "from"), moments(fields, "until"))


def moments(fields: Fields, key: str) -> tuple[Moment, ...]:
    """The moments a field names."""
    read = [moment(scalar, fields.notes) for scalar in fields.texts(key)]
    return tuple(m for m in read if m is not None)


def moment(node: Node, notes: Notes) -> Moment | None:
    """A date (imprecise only in the past) or a name."""
    scalar = values.as_scalar(node, notes)
    if scalar is None:
        return None
    interval = parse_edtf(scalar.text)
    if interval is not None:
        past_or_exact(interval, scalar, notes)
        return Moment(scalar.span, interval)
    if not values.is_dotted_name(scalar.text):
        notes.wrong(error("not-a-moment", scalar.span, found=scalar.text))
        return None
    return Moment(scalar.span, name=notes.refer("moment", scalar.text, span=scalar.span))


def past_or_exact(interval: Interval, scalar: Scalar, notes: Notes) -> None:
    """Notes an imprecise date that is not over by the end of `today`."""
    today = notes.today
    if interval.exact is None and today and (interval.end is None or (interval.end - today).days > 1):
        first = max(interval.first or today, today)
        paste = f"between({first.isoformat()}, {interval.end.isoformat()})" if interval.end else ""
        notes.wrong(error("imprecise-future", scalar.span, found=scalar.text, today=today.isoformat(), paste=paste))


def place_of(fields: Fields, key: str) -> Span:
    """Where a field stands, or the record if it does not."""
    entry = fields.entries.get(key)
    return entry.key.span if entry else fields.span
