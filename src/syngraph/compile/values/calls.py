"""The arguments of a call, or what is wrong with them."""

from syngraph.compile.nodes.lowering import Lowering
from syngraph.expr.nodes import Call, Expr, Name


def arguments(low: Lowering, expr: Call, least: int, most: int) -> tuple[Expr, ...] | None:
    """The arguments of a call, all by position, or None with a diagnostic."""
    if any(a.keyword for a in expr.arguments) or not least <= len(expr.arguments) <= most:
        wanted = str(least) if least == most else f"{least}-{most}"
        low.wrong("wrong-arguments", expr.span, name=expr.function, wanted=wanted, found=str(len(expr.arguments)))
        return None
    return tuple(a.value for a in expr.arguments)


def named(low: Lowering, expr: Call) -> Name | None:
    """The one argument of a call, which must be a name."""
    given = arguments(low, expr, 1, 1)
    if given is None:
        return None
    if not isinstance(given[0], Name):
        low.wrong("name-wanted", given[0].span, name=expr.function)
        return None
    return given[0]
