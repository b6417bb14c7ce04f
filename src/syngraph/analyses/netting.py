"""Which measures take some payments of a party into account and leave out others."""

from collections.abc import Iterable, Iterator, Mapping

from syngraph.base.diagnostics import Diagnostic, note
from syngraph.compile.references import expressions, unit_names
from syngraph.compile.scope import Scope, make_scope
from syngraph.expr.nodes import Arithmetic, Call, Expr, Negative
from syngraph.expr.walk import children, names
from syngraph.model.agreements import Payment
from syngraph.model.case import Case
from syngraph.model.measures import Measure

Uses = Mapping[str, frozenset[str]]


def half_netted(case: Case) -> Iterator[Diagnostic]:
    """A note for each measure that takes off some payments its party makes, or adds some it gets, and not the others.

    Only a rate or a flow that itself does so is meant to be net; a payment that hangs on the measure cannot be netted
    in it. A `why:` for the formula says that the others are left out on purpose.
    """
    scope = make_scope(case)
    payments = [unit for unit in scope.units.values() if isinstance(unit, Payment)]
    uses = {name: frozenset(_used(scope, expressions(unit))) for name, unit in scope.units.items()}
    for measure in case.measures:
        if measure.of and measure.kind in ("rate", "flow") and measure.kind not in dict(measure.head.whys):
            left_out = ", ".join(sorted(_left_out(scope, measure, payments, uses)))
            if left_out:
                span, name = measure.value.chosen.span, measure.head.name
                yield note("measure-ignores-payment", span, name=name, party=measure.of, payments=left_out)


def _left_out(scope: Scope, measure: Measure, payments: list[Payment], uses: Uses) -> Iterator[str]:
    name, party = measure.head.name, measure.of
    made = {p.head.name for p in payments if p.payer.chosen == party}
    got = {p.head.name for p in payments if p.payee.chosen == party}
    terms = tuple(_summed(measure.value.chosen, 0))
    for own, sign in ((made, -1), (got, 1)):
        netted = own & set(_used(scope, (term for term, s in terms if s == sign)))
        if netted:
            yield from (p for p in own - _behind(name, uses) if name not in _behind(p, uses))


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


def _used(scope: Scope, formulas: Iterable[Expr]) -> Iterator[str]:
    """The units formulas use, those `prev` looks back on too."""
    for formula in formulas:
        yield from unit_names(scope, [formula])
        for name in names(formula):
            if (found := scope.unit(name.text)) is not None:
                yield found[0].head.name


def _behind(name: str, uses: Uses) -> frozenset[str]:
    """The units a unit uses, through however many others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = uses.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)
