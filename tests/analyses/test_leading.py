"""Who is first, and on which share of the paths: probabilities by hand."""

import pytest

from syngraph.analyses.evidence import Evidence
from syngraph.analyses.figures import Figures, Fold
from syngraph.analyses.leading import First, first
from syngraph.analyses.studies import compiled_plans, run_study
from syngraph.load.case import load_texts
from syngraph.model.asked import Received

PATHS = 20_000
ERROR = 5 * (0.25 / PATHS) ** 0.5  # five standard errors of a share of the paths


def leader(*amounts: str) -> First | None:
    """The one of some parties that is paid these amounts who receives most."""
    names = [f"p{i}" for i in range(len(amounts))]
    text = f"""
case: leading
title: Leading
currency: USD
today: 2026-01-01
simulate: {{until: 2027-01-01, step: year}}
parties: {{firm: {{form: corporation}}, {", ".join(f"{n}: {{form: corporation}}" for n in names)}}}
assumptions: {{{", ".join(f"a{n}: {{value: '{a}', why: x}}" for n, a in zip(names, amounts, strict=True))}}}
agreements:
  deal:
    parties: [firm, {", ".join(names)}]
    terms: {{{", ".join(f"t{n}: {{pays: {{from: firm, to: {n}}}, amount: a{n}}}" for n in names)}}}
"""
    made, _ = compiled_plans(load_texts([("case.yaml", text)]).cases)
    (run,) = run_study(made, folder="", texts=(), evidence=Evidence(), paths=PATHS, seed=1).runs
    shown = [Figures(run).found(Received(n), Fold.CUMULATIVE) for n in names]
    return first([(run, figure, Fold.CUMULATIVE) for figure in shown if figure is not None])


@pytest.mark.parametrize(
    ("amounts", "index", "share"),
    [
        (("10 USD/year", "uniform(0 USD/year, 16 USD/year)"), 0, 10 / 16),
        (("uniform(0 USD/year, 16 USD/year)", "4 USD/year"), 0, 12 / 16),
        # the largest of two such draws and 12: P(both below 12) = (12 / 16)²
        (("uniform(0 USD/year, 16 USD/year)", "uniform(0 USD/year, 16 USD/year)", "12 USD/year"), 2, 0.5625),
        # a draw on [0, 16] against one on [0, 10]: 1 - 10 / (2 · 16)
        (("uniform(0 USD/year, 10 USD/year)", "uniform(0 USD/year, 16 USD/year)"), 1, 1 - 10 / 32),
    ],
)
def test_the_first_is_so_on_its_share_of_the_paths(amounts: tuple[str, ...], index: int, share: float) -> None:
    found = leader(*amounts)
    assert found is not None and found.index == index
    assert found.share == pytest.approx(share, abs=ERROR)


def test_nobody_is_first_where_nobody_is_on_half_of_the_paths() -> None:
    """Three of a kind are first on a third each; two that are paid the same on none."""
    assert leader(*["uniform(0 USD/year, 16 USD/year)"] * 3) is None
    assert leader("5 USD/year", "5 USD/year") is None
