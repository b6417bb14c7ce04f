"""A not-a-number is never lost in a comparison, a condition or a choice; what is not chosen is ignored."""

import pytest

from runs import by_path, program
from syngraph.base.errors import RunStopped
from syngraph.ir.program import Fold
from syngraph.run.results import simulate

HEAD = """
case: not-a-number
title: {en: A test}
currency: USD
today: 2026-01-01
simulate: {until: 2030-01-01, step: year}
parties: {a: {form: corporation}, b: {form: corporation}}
assumptions:
  rate: {value: 10 USD/year, why: test}
"""
UNDEFINED = "log(0 - 1 - t)"  # of a negative number on every day
LATER = "1 / (2.5 - t)"  # infinite in the middle of the third year


def case(*sections: str) -> str:
    """The head with more sections."""
    return HEAD + "\n".join(sections)


def measured(expression: str) -> list[float]:
    """A measure's value at the end of each year."""
    made = program(case("measures:", f'  answer: {{stock: "({expression}) + 0 * t"}}'))
    return by_path(made)["answer", Fold.YEAR_END][:, 0].tolist()


def stopped(text: str) -> tuple[str, str, str]:
    """Code, name and date of what stops the run."""
    with pytest.raises(RunStopped) as stop:
        simulate(program(text), paths=1, seed=1)
    (found,) = stop.value.diagnostics
    assert found.span is not None
    return found.code, found.fill("name"), found.fill("date")


@pytest.mark.parametrize(
    "expression",
    [
        f"1 if {UNDEFINED} > 0 else 2",
        f"1 if {UNDEFINED} <= 0 else 2",
        f"2 if {UNDEFINED} > 0 else 2",
        f"1 if not {UNDEFINED} > 0 else 2",
        f"1 if true and {UNDEFINED} > 0 else 2",
        f"1 if t >= 0 and {UNDEFINED} > 0 else 2",
        f"1 if t < 0 or {UNDEFINED} > 0 else 2",
        f"min(1, {UNDEFINED})",
        f"max({UNDEFINED}, 1)",
        f"min(0 - {UNDEFINED}, 1)",
        "1 if log(0 * t) < 0 else 2",
        "min(1, exp(1000 + t))",
    ],
)
def test_what_rests_on_no_number_stops_the_run(expression: str) -> None:
    text = case("measures:", f'  answer: {{stock: "({expression}) + 0 * t"}}')
    assert stopped(text) == ("not-a-number", "answer", "2026-01-01")


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        (f"{LATER} if t < 2 else 5", [1 / 1.5, 2.0, 5.0, 5.0]),
        (f"{UNDEFINED} if t < 0 else 5", [5.0] * 4),
        (f"min(1, {UNDEFINED}) if t < 0 else 5", [5.0] * 4),
        (f"3 if t < 2 and {LATER} >= 1 else 5", [5.0, 3.0, 5.0, 5.0]),  # from 1.5 on
        (f"3 if t >= 2 or {LATER} >= 1 else 5", [5.0, 3.0, 3.0, 3.0]),
        (f"3 if not (t < 2 and {LATER} >= 1) else 5", [3.0, 5.0, 3.0, 3.0]),
        (f"3 if t < 0 and {UNDEFINED} > 0 else 5", [5.0] * 4),
        (f"3 if {UNDEFINED} > 0 and t < 0 else 5", [5.0] * 4),
        (f"3 if {UNDEFINED} > 0 or t >= 0 else 5", [3.0] * 4),
    ],
)
def test_what_does_not_count_may_be_no_number(expression: str, values: list[float]) -> None:
    assert measured(expression) == pytest.approx(values, rel=1e-12)


def test_a_condition_that_is_no_number_decides_no_event() -> None:
    event = f'  hit: {{when: "{UNDEFINED} > 0"}}'
    assert stopped(case("events:", event)) == ("not-a-number", "hit", "2026-01-01")


def test_an_event_whose_condition_does_not_ask_yet_may_wait() -> None:
    """From the third year on the second part is asked, and it is true."""
    made = program(case("events:", '  hit: {when: "t >= 2 and log(t - 1) >= 0"}'))
    assert by_path(made)["date(hit)", Fold.FINAL].tolist() == [[2.0]]


@pytest.mark.parametrize("at", ["ever", "always", "2027-01-01", "hit"])
@pytest.mark.parametrize("kind", ["value", "probability"])
def test_a_check_of_no_number_is_not_decided(kind: str, at: str) -> None:
    limit = ", at_least: 50 %" if kind == "probability" else ""
    check = f'  sure: {{{kind}: "{UNDEFINED} > 0", at: {at}{limit}}}'
    text = case("events:", "  hit: {when: t >= 1.5}", "checks:", check)
    assert stopped(text)[:2] == ("not-a-number", "sure")


def test_an_exception_that_cannot_be_decided_stops_the_run() -> None:
    exception = f'low: {{when: "{UNDEFINED} > 0", amount: 1 USD/year}}'
    term = f"      fee: {{pays: {{from: a, to: b}}, amount: rate, exceptions: {{{exception}}}}}"
    text = case("agreements:", "  deal:", "    parties: [a, b]", "    terms:", term)
    assert stopped(text)[0] == "not-a-number"


@pytest.mark.parametrize("span", ["until: 2028-01-01", "until: hit"])
def test_a_term_that_has_ended_is_not_worked_out(span: str) -> None:
    """The amount is no number in the fourth year, when nothing is owed any more."""
    term = f'      fee: {{pays: {{from: a, to: b}}, amount: "rate / sqrt(2.75 - t)", {span}}}'
    hit = "  hit: {when: t >= 2}"
    made = program(case("events:", hit, "agreements:", "  deal:", "    parties: [a, b]", "    terms:", term))
    paid = by_path(made)["deal.fee.paid", Fold.YEAR_SUM][:, 0]
    assert (paid[:2] > 0).all() and paid[2:].tolist() == [0.0, 0.0]
