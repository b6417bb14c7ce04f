"""The figures of a run, by what is asked of it; and the values they come as, for the layers that show them."""

from syngraph.analyses.study import PlanRun
from syngraph.ir.program import Fold
from syngraph.model.asked import Asked, text_of
from syngraph.run.results import Pair, Series

__all__ = ["Fold", "Pair", "Series", "found"]


def found(run: PlanRun, asked: Asked, fold: Fold) -> Series | None:
    """A series of a run, if it has it."""
    return run.result.found(text_of(asked), fold)
