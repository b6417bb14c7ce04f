"""Which measures take some payments of a party into account and leave out others."""

from collections.abc import Iterable, Iterator, Mapping

from syngraph.base.diagnostics import Diagnostic, note
from syngraph.expr.nodes import Arithmetic, Call, Expr, Negative
from syngraph.expr.walk import children
from syngraph.graph.edges import UNITS, asked, targets, unit_edges
from syngraph.graph.names import Scope, make_scope
from syngraph.graph.order import reached
from syngraph.model.agreements import Payment
from syngraph.model.case import Case
from syngraph.model.measures import Measure

Uses = Mapping[str, frozenset[str]]


def half_netted(case: Case) -> Iterator[Diagnostic]:
    """A note for each measure that takes off some payments its party makes, or adds some it gets, and not the others.

    Only a rate or a flow that itself does so is meant to be net, and not if another such measure of the party goes on
    from it. A payment that hangs on the measure cannot be netted in it. A `why:` for the formula says that the others
    are left out on purpose.
    """
    scope = make_scope(case)
    uses = {name: frozenset(targets(unit_edges(scope, unit), UNITS)) for name, unit in scope.units.items()}
    users = _turned(uses)
    net = {measure.head.name: (measure, due) for measure, due in _net(scope, case.measures)}
    for name, (measure, due) in net.items():
        goes_on = any(net[user][0].of == measure.of for user in users.get(name, frozenset()) & net.keys())
        if goes_on or measure.kind in dict(measure.head.whys):
            continue
        left_out = due - reached(name, uses) - reached(name, users)
        if left_out:
            span, payments = measure.value.chosen.span, ", ".join(sorted(left_out))
            yield note("measure-ignores-payment", span, name=name, party=measure.of, payments=payments)


def _net(scope: Scope, measures: Iterable[Measure]) -> Iterator[tuple[Measure, frozenset[str]]]:
    """The measures that net a payment of their party, and all payments they would net if they netted every one."""
    payments: dict[tuple[str, int], set[str]] = {}
    for unit in scope.units.values():
        if isinstance(unit, Payment):
            payments.setdefault((unit.payer.chosen, -1), set()).add(unit.head.name)
            payments.setdefault((unit.payee.chosen, 1), set()).add(unit.head.name)
    for measure in measures:
        if measure.of and measure.kind in ("rate", "flow"):
            terms = tuple(_summed(measure.value.chosen, 0))
            due = [
                own
                for sign in (-1, 1)
                if (own := payments.get((measure.of, sign), set()))
                & set(targets(asked(scope, (term for term, s in terms if s == sign)), UNITS))
            ]
            if due:
                yield measure, frozenset().union(*due)


def _summed(formula: Expr, sign: int) -> Iterator[tuple[Expr, int]]:
    """The smallest parts of a formula: added 1, taken off -1, and 0 for what is no part of a sum."""
    match formula:
        case Arithmetic(operator="+" | "-" as operator, left=left, right=right):
            yield from _summed(left, sign or 1)
            yield from _summed(right, (sign or 1) * (1 if operator == "+" else -1))
        case Negative(operand=operand):
            yield from _summed(operand, -(sign or 1))
        case Call(function="paid" | "received"):
            yield formula, sign
        case _ if parts := children(formula):
            for part in parts:
                yield from _summed(part, sign)
        case _:
            yield formula, sign


def _turned(uses: Uses) -> Uses:
    """By which units each unit is used."""
    users: dict[str, set[str]] = {}
    for user, used in uses.items():
        for name in used:
            users.setdefault(name, set()).add(user)
    return {name: frozenset(found) for name, found in users.items()}
