"""`increasing` is tried over the whole range of its input, path by path, and says where it breaks."""

import numpy as np
import pytest

from runs import compiled
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.studies import run_study
from syngraph.analyses.study import CheckResult, Holding
from syngraph.present.checks import check_detail, check_document
from syngraph.present.words import words
from syngraph.run import philox

PATHS = 600
HEAD = """\
case: rising
title: {en: A test}
currency: USD
today: 2026-01-01
simulate: {until: 2028-01-01, step: year}
parties: {a: {form: corporation}}
"""


def decided(
    quantity: str, *, draw: str = '{value: "uniform(0, 1)", why: x}', more: str = "", at: str = ""
) -> CheckResult:
    """How `increasing: quantity, in: drawn` stands."""
    text = f"{HEAD}assumptions:\n  drawn: {draw}\n  other: {{value: 'uniform(0, 1)', why: x}}\n{more}"
    text += f'checks:\n  rises: {{increasing: "{quantity}", in: drawn{at}}}\n'
    study = run_study(tuple(compiled(text).values()), folder="", texts=(), evidence=Evidence(), paths=PATHS, seed=5)
    (check,) = study.first.checks
    return check


@pytest.mark.parametrize("quantity", ["drawn", "2 * drawn - other", "5 + 0 * drawn", "exp(drawn * other)"])
def test_what_rises_or_stays_holds(quantity: str) -> None:
    check = decided(quantity)
    assert (check.holding, check.figure, check.used, check.falls_between) == (Holding.HOLDS, 1.0, PATHS, None)


@pytest.mark.parametrize(
    ("quantity", "between"),
    [
        ("0 - drawn", (0.01, 0.1)),
        ("drawn if drawn < 0.3 or drawn > 0.6 else drawn - 0.4", (0.25, 0.5)),  # 0.25, then 0.1; at last higher again
        ("drawn if drawn > 0.05 else 1", (0.01, 0.1)),
        ("drawn if drawn < 0.95 else 0.8", (0.9, 0.99)),
        ("drawn * (1 - drawn)", (0.5, 0.75)),
    ],
)
def test_a_fall_is_found_wherever_it_is(quantity: str, between: tuple[float, float]) -> None:
    check = decided(quantity)
    assert (check.holding, check.failed, check.figure) == (Holding.VIOLATED, True, 0.0)
    assert check.falls_between == between


def test_what_rounding_takes_away_is_no_fall() -> None:
    """1.1 * 1.1 is 1.2100000000000002, an ulp above 1.21; a millionth is a fall."""
    assert decided("1.1 * 1.1 if drawn < 0.6 else 1.21").holding is Holding.HOLDS
    assert decided("1.21 if drawn < 0.6 else 1.209999").falls_between == (0.5, 0.75)


def test_one_path_is_enough_and_the_share_is_counted() -> None:
    """Only where the other input is 0.9 or more does the quantity fall."""
    check = decided("drawn if other < 0.9 or drawn < 0.6 else 0")
    falling = int((philox.uniform(5, philox.stream_of("other"), 0, 0, PATHS) >= 0.9).sum())
    assert 0 < falling < PATHS and check.holding is Holding.VIOLATED
    assert check.figure == pytest.approx(1 - falling / PATHS, rel=1e-12)
    assert check.falls_between == (0.5, 0.75)


def test_the_options_of_a_choice_are_tried_by_value_not_in_the_order_of_names() -> None:
    draw = "{one_of: {9: 30 %, 10: 40 %, 8: 30 %}, why: x}"
    assert decided("drawn", draw=draw).holding is Holding.HOLDS
    assert decided("0 - drawn", draw=draw).holding is Holding.VIOLATED


def test_only_paths_on_which_it_is_asked_at_two_points_count() -> None:
    """The event comes only with an input over 0.8 on half of the paths: at the 90 and 99 % points, on none else."""
    event = "events:\n  comes: {when: drawn > 0.8 and other > 0.5}\n"
    check = decided("drawn", more=event, at=", at: comes")
    asked = int((philox.uniform(5, philox.stream_of("other"), 0, 0, PATHS) > 0.5).sum())
    assert (check.holding, check.used) == (Holding.HOLDS, asked)
    never = decided("drawn", more="events:\n  comes: {when: drawn > 2}\n", at=", at: comes")
    assert (never.holding, never.reason) == (Holding.UNDECIDED, "never-asked")


def test_the_two_points_are_said_in_both_languages() -> None:
    check = decided("drawn if drawn < 0.95 else 0.8")
    assert check_detail(check, words("en")) == (
        "on 0% of the paths, at least 100% (falls first between the 90% and the 99% point of its input)"
    )
    assert "90%" in check_detail(check, words("zh-Hant")) and "99%" in check_detail(check, words("zh-Hant"))
    assert np.allclose(check_document(check, None)["falls_between"], [0.9, 0.99])  # type: ignore[arg-type]
