"""How the reference asks the engine: the figures of one simulated path, by name."""

import numpy as np

from runs import by_path, program
from syngraph.ir.program import Fold

_TAKEN = (Fold.FINAL, Fold.YEAR_END, Fold.CUMULATIVE, Fold.YEAR_SUM)


def answers(text: str) -> dict[str, object]:
    """Flows by year, levels at the end, days of events and of drawn days; None for an event that never came."""
    made = program(text)
    found: dict[str, object] = {}
    for (name, fold), values in by_path(made, paths=1, seed=1).items():
        row = values[:, 0]
        match fold:
            case Fold.YEAR_SUM:
                found[name] = [float(v) for v in row]
            case Fold.YEAR_END:
                found[name] = float(row[-1])
            case Fold.FINAL:
                found[name] = None if np.isnan(row[-1]) else float(row[-1])
                found[f"day:{name}"] = found[name]
            case _:
                pass
    return found
