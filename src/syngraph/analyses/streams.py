"""What a run has: its series by name, and its streams of money."""

from collections.abc import Iterator

from syngraph.analyses.study import PlanRun
from syngraph.compile.values import Kind
from syngraph.ir.program import Fold
from syngraph.model.agreements import Payment
from syngraph.run.results import Series


def found(run: PlanRun, name: str, fold: Fold) -> Series | None:
    """A series of a run, if it has it."""
    return next((s for s in run.result.series if s.name == name and s.fold is fold), None)


def streams(run: PlanRun) -> Iterator[tuple[str, str, str]]:
    """Every stream of money: name of its series, who gives, who takes."""
    for agreement in run.case.agreements:
        for term in agreement.terms:
            match term:
                case Payment(payer=payer, payee=payee, head=head):
                    yield f"{head.name}.paid", payer.chosen, payee.chosen
                case _:
                    pass
    for waterfall in run.case.waterfalls:
        for quantity in run.compiled.quantities:
            if quantity.unit == waterfall.head.name and quantity.kind is Kind.FLOW:
                yield quantity.name, waterfall.of, quantity.part
