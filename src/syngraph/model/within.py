"""What a value of the model holds that may be, or hold, a record or readings."""

from datetime import date
from types import NoneType
from typing import Any, get_args

from syngraph.base.dates import Interval
from syngraph.base.parts import parts
from syngraph.base.quantities import Quantity
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.records import Head

Step = str | int

# They hold neither: a walk through a case goes past them, and most of a case is expressions.
_PLAIN = frozenset({Head, Span, Interval, LocalText, Quantity, NoneType, bool, date, int, str, *get_args(Expr)})


def within(value: Any) -> tuple[tuple[Step, Any], ...]:
    """The items of a tuple or the fields of a record, each with the step that leads to it."""
    kind = type(value)
    if kind in _PLAIN:
        return ()
    held = enumerate(value) if kind is tuple else parts(value)
    return tuple((step, part) for step, part in held if type(part) not in _PLAIN)
