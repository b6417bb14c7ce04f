"""The small model in PySD: stocks and flows of a Vensim model, a run a path."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pysd

from bench.model import (
    CAP,
    DISCOUNT,
    DT,
    GROWTH_MU,
    GROWTH_SIGMA,
    REVENUE,
    SHARE_HIGH,
    SHARE_LOW,
    VOLATILITY,
    YEARS,
    Answer,
)

PATHS = 50
OFFERS = "system dynamics: feedback loops and delays, models drawn in Vensim or Stella"


_VENSIM = f"""{{UTF-8}}
growth = 0.3 ~~|
share = 0.2 ~~|
walk = INTEG(step change / TIME STEP, 0) ~~|
step change = RANDOM NORMAL(-10, 10, 0, {DT**0.5!r}, 0) ~~|
middle = Time + TIME STEP / 2 ~~|
noise = EXP({VOLATILITY!r} * (walk + step change) - {VOLATILITY**2 / 2!r} * (Time + TIME STEP)) ~~|
revenue = {REVENUE!r} * (1 + growth) ^ middle * noise ~~|
paid = MIN(share * revenue, ({CAP!r} - running) / TIME STEP) ~~|
running = INTEG(paid, 0) ~~|
present = INTEG(paid * {1 + DISCOUNT!r} ^ (-middle), 0) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = {YEARS} ~~|
TIME STEP = {DT!r} ~~|
SAVEPER = {YEARS} ~~|
"""


def simulate(paths: int) -> Answer:
    """One run a path, with its growth and its share."""
    random = np.random.default_rng(1)
    model, ends = _model(), []
    for _ in range(paths):
        drawn = {
            "growth": np.exp(GROWTH_MU + GROWTH_SIGMA * random.standard_normal()),
            "share": random.uniform(SHARE_LOW, SHARE_HIGH),
        }
        ends.append(model.run(params=drawn, return_columns=["running", "present"]).iloc[-1])
    return Answer(*(float(np.mean([end[name] for end in ends])) for name in ("running", "present")))


@cache
def _model() -> Any:
    """The model translated to Python, which PySD does into a file beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "share.mdl"
        path.write_text(_VENSIM, "utf-8")
        return pysd.read_vensim(str(path))
