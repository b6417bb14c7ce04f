"""What was asked for and is not there."""

from collections.abc import Iterable

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.nearest import closest, nearest


def figure_unknown(name: str, known: Iterable[str]) -> Diagnostic:
    """That nothing is called so, and the names most like it."""
    listed = tuple(known)
    near = ", ".join(closest(name, listed)) or "–"
    return error("figure-unknown", None, paste=nearest(name, listed), name=name, meant=near)


def period_unread(found: str) -> Diagnostic:
    """That what stands behind the @ is no period."""
    return error("period-unread", None, found=found)
