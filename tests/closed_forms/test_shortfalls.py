"""What falls short of a minimum or a commitment, when it is due, and what checks see: numbers by hand."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from runs import Figures
from syngraph.base.dates import Clock
from syngraph.base.errors import RunStopped
from syngraph.ir.program import Fold

STEPS = ("year", "quarter", "month")
TODAY, UNTIL = date(2026, 1, 1), date(2031, 1, 1)
CLOCK = Clock(TODAY, "ACT/ACT")
grids = pytest.mark.parametrize("step", STEPS)


def case(step: str, term: str, *, agreement: str = "", more: str = "", until: date = UNTIL) -> str:
    stages = f", {agreement}" if agreement else ""
    return f"""
case: shortfalls
title: Shortfalls
currency: USD
today: {TODAY}
simulate: {{until: {until}, step: {step}, day_count: ACT/ACT}}
parties: {{firm: {{form: corporation}}, fund: {{form: corporation}}, bank: {{form: corporation}}}}
{more}
agreements:
  deal: {{parties: [firm, fund], terms: {{fee: {{pays: {{from: firm, to: fund}}, {term}}}}}{stages}}}
"""


UP = 'measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}}\n'


def near(found: object, *wanted: float) -> None:
    np.testing.assert_allclose(np.atleast_1d(np.asarray(found, dtype=float)), wanted, rtol=1e-12, atol=1e-12)


def years(first: date, last: date) -> float:
    return CLOCK.years_to(last) - CLOCK.years_to(first)


LOW = "amount: 2 USD/year, minimum: 3 USD/year"


@grids
def test_without_a_date_the_contract_year_is_the_calendar_year(step: str) -> None:
    """What is due at the end of a year belongs to it, the last at the end of the run too."""
    run = Figures(case(step, LOW))
    near(run.flows("deal.fee.shortfall"), 1, 1, 1, 1, 1)
    near(run.flows("deal.fee.paid"), 2, 2, 2, 2, 2)


@grids
@pytest.mark.parametrize(
    "stage", ["effective: 2025-10-01", "signed: 2025-10-01", "effective: 2025-10-01, signed: 2025-03-03"]
)
def test_the_contract_year_begins_when_it_is_effective_or_else_signed(stage: str, step: str) -> None:
    """A part year counts by its days; a year that is not over at the end of the run has none."""
    run = Figures(case(step, LOW, agreement=stage))
    ends = [TODAY, *(date(y, 10, 1) for y in range(2026, 2031))]
    near(run.flows("deal.fee.shortfall"), *(years(a, b) for a, b in pairwise(ends)))


@grids
def test_a_contract_year_of_29_february_ends_on_it_in_leap_years(step: str) -> None:
    """On the 28th in the others: each anniversary is counted from the first day, not from the one before."""
    run = Figures(case(step, LOW, agreement="effective: 2024-02-29"))
    ends = [TODAY, *(date(y, 2, 29 if y == 2028 else 28) for y in range(2026, 2031))]
    near(run.flows("deal.fee.shortfall"), *(years(a, b) for a, b in pairwise(ends)))


@grids
def test_or_else_where_the_term_begins(step: str) -> None:
    run = Figures(case(step, f"{LOW}, from: 2027-05-05"))
    ends = [date(y, 5, 5) for y in range(2027, 2031)]
    near(run.flows("deal.fee.shortfall"), 0, 0, *(years(a, b) for a, b in pairwise(ends)))


@grids
def test_a_year_begins_at_the_moment_of_an_event(step: str) -> None:
    """At 1.3, noon of 20 April 2027; a year on it is noon of 20 April 2028, a leap year."""
    run = Figures(case(step, f"{LOW}, from: e", more=UP + "events: {e: {when: up >= 130 USD}}"))
    ends = [1.3, 2 + 110.5 / 366, 3 + 109.5 / 365, 4 + 109.5 / 365]
    near(run.flows("deal.fee.shortfall"), 0, 0, *np.diff(ends))


@grids
def test_within_a_year_more_makes_up_for_less(step: str) -> None:
    """7 a year until 1.2 (8.4 in all), then nothing: 7 of 3, then 1.4 of 3, then nothing of 3."""
    run = Figures(case(step, 'amount: "7 USD/year if up < 120 USD else 0 USD/year", minimum: 3 USD/year', more=UP))
    near(run.flows("deal.fee.shortfall"), 0, 1.6, 3, 3, 3)


@grids
@pytest.mark.parametrize(
    ("end", "at", "flows"),
    [
        ("2028-01-01", None, (1, 1, 0, 0, 0)),  # it belongs to the year that ends there
        ("2028-03-01", None, (1, 1, 60 / 366, 0, 0)),
        ("e", 1.3, (1, 0.3, 0, 0, 0)),
        ("[e, 2027-02-01]", 31 / 365 + 1, (1, 31 / 365, 0, 0, 0)),
    ],
)
def test_what_is_missing_is_due_when_the_term_ends(
    end: str, at: float | None, flows: tuple[float, ...], step: str
) -> None:
    """And nothing is owed from then on."""
    more = UP + "events: {e: {when: up >= 130 USD}}"
    run = Figures(case(step, f"{LOW}, until: {end}", more=more))
    near(run.flows("deal.fee.shortfall"), *flows)
    near(run.total("deal.fee.paid"), 2 * (at if at is not None else CLOCK.years_to(date.fromisoformat(end))))


@grids
def test_what_is_missing_when_a_term_ends_is_due_in_the_period_that_ends_there(step: str) -> None:
    """Where no contract year ends: that of 1 April 2027 is cut short at the end of the year."""
    run = Figures(case(step, f"{LOW}, until: 2028-01-01", agreement="effective: 2026-04-01"))
    near(run.flows("deal.fee.shortfall"), 0, 90 / 365 + 275 / 365 + 275 / 365, 0, 0, 0)


@grids
def test_a_term_that_ends_on_an_uncertain_day_is_settled_in_its_period(step: str) -> None:
    """Drawn on 1 January 2028, it belongs to 2027 as a known day does."""
    more = 'assumptions: {last: {value: "between(2027-01-01, 2029-01-01)"}}\n'
    run = Figures(case(step, f"{LOW}, until: last", more=more), central=True)
    near(run.total("deal.fee.shortfall"), 2)
    near(run.flows("deal.fee.shortfall"), 1, 1, 0, 0, 0)


@grids
@pytest.mark.parametrize(
    ("by", "flows"),
    [
        ("2028-01-01", (0, 6, 0, 0, 0)),  # its period is the one that ends there
        ("2028-01-02", (0, 0, 6 - 2 / 366, 0, 0)),
        ("2031-01-01", (0, 0, 0, 0, 0)),
        ("2026-01-01", (0, 0, 0, 0, 0)),  # history
        ("2032-01-01", (0, 0, 0, 0, 0)),
    ],
)
def test_a_commitment_is_looked_at_where_its_day_begins(by: str, flows: tuple[float, ...], step: str) -> None:
    run = Figures(case(step, f"amount: 2 USD/year, commitment: {{amount: 10 USD, by: {by}}}"))
    near(run.flows("deal.fee.shortfall"), *flows)


@grids
def test_of_a_commitment_what_ended_before_is_missing(step: str) -> None:
    run = Figures(
        case(
            step,
            "amount: 20 USD/year, until: e, commitment: {amount: 30 USD, by: 2028-07-01}, opening: 1 USD",
            more=UP + "events: {e: {when: up >= 130 USD}}",
        )
    )
    near(run.flows("deal.fee.shortfall"), 0, 0, 3, 0, 0)


# who reads it


@grids
def test_a_shortfall_adds_up_where_it_is_due(step: str) -> None:
    """A total of it jumps at the ends of years; an event that watches the total comes there."""
    more = (
        'measures: {short: {stock: "cum(2 * deal.fee.shortfall, 5 USD)"}, both: {flow: deal.fee.paid + deal.fee.shortfall}}\n'
        "events: {much: {when: short >= 9 USD}, more: {when: short >= 9.5 USD}}"
    )
    run = Figures(case(step, LOW, more=more))
    near(run.flows("both"), 3, 3, 3, 3, 3)
    near(run.kept["short", Fold.YEAR_END][:, 0], 7, 9, 11, 13, 15)
    near([run.day("much"), run.day("more")], 2, 3)


@grids
def test_a_shortfall_is_poured_through_tiers_like_a_flow(step: str) -> None:
    """100 at the end of each year: 130 to the fund, then a fifth; as a flow of 100 a year would by then."""
    more = """
waterfalls:
  w:
    of: firm
    pot: deal.fee.shortfall
    opening: {fund: 0 USD}
    tiers: [{name: a, share: {fund: 100 %}, until: {fund: 130 USD}}, {name: b, share: {fund: 20 %, bank: 80 %}}]
"""
    run = Figures(case(step, "amount: 20 USD/year, minimum: 120 USD/year", more=more))
    near(run.flows("w.fund"), 100, 30 + 14, 20, 20, 20)
    near(run.flows("w.bank"), 0, 56, 80, 80, 80)
    near(run.flows("w.undistributed"), 0, 0, 0, 0, 0)


@grids
@pytest.mark.parametrize("order", ["[2026-03-01, 2027-05-01]", "[2027-05-01, 2026-03-01]"])
def test_of_several_beginnings_the_first_to_come_counts(order: str, step: str) -> None:
    run = Figures(case(step, f"{LOW}, from: {order}"))
    ends = [date(y, 3, 1) for y in range(2026, 2031)]
    near(run.flows("deal.fee.shortfall"), 0, *(years(a, b) for a, b in pairwise(ends)))


@grids
@pytest.mark.parametrize("order", ["[e, 2027-05-01]", "[2027-05-01, e]"])
def test_of_an_event_and_a_day_too(order: str, step: str) -> None:
    run = Figures(case(step, f"{LOW}, from: {order}", more=UP + "events: {e: {when: up >= 130 USD}}"))
    ends = [1.3, 2 + 110.5 / 366, 3 + 109.5 / 365, 4 + 109.5 / 365]
    near(run.flows("deal.fee.shortfall"), 0, 0, *np.diff(ends))


@grids
@pytest.mark.parametrize("stage", ["signed: 2027-01-01", "effective: 2027-01-01"])
def test_what_runs_before_the_contract_years_goes_by_calendar_years(stage: str, step: str) -> None:
    """7 are paid in 2026, which is more than 3; from 2027 on nothing."""
    term = 'from: 2026-01-01, amount: "7 USD/year if up < 100 USD else 0 USD/year", minimum: 3 USD/year'
    near(Figures(case(step, term, agreement=stage, more=UP)).flows("deal.fee.shortfall"), 0, 3, 3, 3, 3)
    near(Figures(case(step, f"{LOW}, from: 2026-01-01", agreement=stage)).flows("deal.fee.shortfall"), 1, 1, 1, 1, 1)


@grids
def test_where_contract_years_begin_what_is_missing_until_then_is_due(step: str) -> None:
    """Signed at 1.3: the calendar year 2026, then 0.3 years; years from noon of 20 April on."""
    more = UP + "events: {e: {when: up >= 130 USD}}"
    run = Figures(case(step, f"{LOW}, from: 2026-01-01", agreement="signed: e", more=more))
    ends = [1.3, 2 + 110.5 / 366, 3 + 109.5 / 365, 4 + 109.5 / 365]
    near(run.flows("deal.fee.shortfall"), 1, 0.3, *np.diff(ends))
    never = UP + "events: {e: {when: up >= 9000 USD}}"
    run = Figures(case(step, f"{LOW}, from: 2026-01-01", agreement="signed: e", more=never))
    near(run.flows("deal.fee.shortfall"), 1, 1, 1, 1, 1)


@grids
@pytest.mark.parametrize("end", ["e", "2027-04-21"])
def test_a_sum_counts_towards_the_minimum_of_the_term_that_pays_it(end: str, step: str) -> None:
    """Of the first 1 and then 0.3 (or what is missing by the morning after) come; the second owes 1 a year."""
    owed = "}, owed: {pays: {from: fund, to: firm}, amount: deal.fee.shortfall, minimum: 1 USD/year"
    run = Figures(case(step, f"{LOW}, until: {end}{owed}", more=UP + "events: {e: {when: up >= 130 USD}}"))
    part = 0.3 if end == "e" else 110 / 365
    near(run.flows("deal.owed.paid"), 1, part, 0, 0, 0)
    near(run.flows("deal.owed.shortfall"), 0, 1 - part, 1, 1, 1)


@grids
@pytest.mark.parametrize("end", ["e", "2027-05-01"])
def test_what_is_due_at_the_moment_a_term_ends_is_paid(end: str, step: str) -> None:
    """By the term and through the waterfall that end with it."""
    more = (
        UP
        + f"""
events: {{e: {{when: up >= 130 USD}}}}
waterfalls: {{w: {{of: firm, pot: deal.fee.shortfall, until: {end}, tiers: [{{name: all, share: {{bank: 100 %}}}}]}}}}
"""
    )
    owed = f"}}, owed: {{pays: {{from: fund, to: firm}}, amount: deal.fee.shortfall, until: {end}"
    run = Figures(case(step, f"{LOW}, until: {end}{owed}", more=more))
    for name in ("deal.fee.shortfall", "deal.owed.paid", "w.bank"):
        near(run.flows(name), 1, 0.3 if end == "e" else 120 / 365, 0, 0, 0)


@grids
def test_exceptions_that_differ_in_their_sums_only_conflict(step: str) -> None:
    exceptions = (
        "a: {when: up >= 10 USD, amount: deal.fee.shortfall}, b: {when: up >= 10 USD, amount: 2 * deal.fee.shortfall}"
    )
    owed = f"}}, owed: {{pays: {{from: fund, to: firm}}, amount: 0 USD/year, exceptions: {{{exceptions}}}"
    with pytest.raises(RunStopped) as stop:
        Figures(case(step, LOW + owed, more=UP))
    assert [d.code for d in stop.value.diagnostics] == ["exception-conflict"]


@grids
@pytest.mark.parametrize("end", ["2031-01-01", "e"])
def test_a_pot_takes_no_negative_sum(end: str, step: str) -> None:
    """At the end of a year, or at the event that ends the fee (when nothing is missing at the end of a year)."""
    more = (
        UP
        + """
events: {e: {when: up >= 30 USD}}
waterfalls: {w: {of: firm, pot: 0 USD - deal.fee.shortfall, tiers: [{name: all, share: {bank: 100 %}}]}}
"""
    )
    with pytest.raises(RunStopped) as stop:
        Figures(case(step, f"{LOW}, until: {end}", more=more))
    assert [d.code for d in stop.value.diagnostics] == ["pot-negative"]


SLIDES = """
measures:
  cash: {stock: "cum(deal.inc.paid - deal.fee.paid, 5 USD)"}
  bound: {stock: "max(cash, 5 USD)"}
  rich: {status: cash >= 5 USD}
"""


def sliding(step: str, fee: str, more: str = "") -> Figures:
    """Cash that 3 a year fill and a fee of 4 a year empties stays at 5, so that 3 a year are paid."""
    inc = "}, inc: {pays: {from: bank, to: firm}, amount: 3 USD/year"
    return Figures(case(step, f'amount: "4 USD/year if cash >= 5 USD else 0 USD/year"{fee}{inc}', more=SLIDES + more))


@grids
def test_what_is_due_where_something_slides_is_reckoned_on_what_slides(step: str) -> None:
    """3 a year meet a minimum of 3 and a commitment of 6 by the end of 2027, and miss one of 4 by 1 a year."""
    near(sliding(step, ", minimum: 3 USD/year").flows("deal.fee.shortfall"), 0, 0, 0, 0, 0)
    near(sliding(step, ", minimum: 4 USD/year").flows("deal.fee.shortfall"), 1, 1, 1, 1, 1)
    run = sliding(step, ", commitment: {amount: 6 USD, by: 2028-01-01}, opening: 0 USD")
    near(run.flows("deal.fee.shortfall"), 0, 0, 0, 0, 0)
    more = """
waterfalls:
  w:
    of: firm
    pot: deal.fee.paid + deal.fee.shortfall
    opening: {fund: 0 USD}
    tiers: [{name: a, share: {fund: 100 %}, until: {fund: 3.5 USD}}, {name: b, share: {bank: 100 %}}]
"""
    run = sliding(step, ", minimum: 4 USD/year", more)
    near(run.flows("w.fund"), 3.5, 0, 0, 0, 0)
    near(run.flows("w.bank"), 0.5, 4, 4, 4, 4)


@grids
def test_a_payment_that_slides_along_its_cap_misses_nothing_of_a_minimum_it_meets(step: str) -> None:
    """The cap rises by 2 a year."""
    run = Figures(case(step, "amount: 4 USD/year, cap: up / 50, opening: 0 USD, minimum: 2 USD/year", more=UP))
    near(run.flows("deal.fee.paid"), 2, 2, 2, 2, 2)
    near(run.flows("deal.fee.shortfall"), 0, 0, 0, 0, 0)


@grids
def test_levels_made_of_what_slides_are_where_it_slides(step: str) -> None:
    """Cash is 5 all along: what is bounded by it is 5 too, in the table, in a check and by name."""
    checks = """
checks:
  a: {value: "max(cash, 5 USD)", at: 2026-12-31, at_least: 0 USD}
  b: {probability: cash >= 5 USD, at: 2026-12-31, at_least: 0 %}
  c: {probability: rich, at: 2026-12-31, at_least: 0 %}
  d: {probability: cash >= 4.5 USD, at: 2026-12-31, at_least: 0 %}
"""
    run = sliding(step, "", checks)
    near(run.kept["bound", Fold.YEAR_END][:, 0], 5, 5, 5, 5, 5)
    near(run.kept["rich", Fold.YEAR_END][:, 0], 1, 1, 1, 1, 1)
    near([check(run, n) for n in "abcd"], 5, 1, 1, 1)


@grids
def test_sums_that_are_due_together_are_poured_as_one(step: str) -> None:
    """100 of one fee and 50 of another at the end of each year: 130 to the fund, a fifth of the rest."""
    more = """
waterfalls:
  w:
    of: firm
    pot: deal.fee.shortfall + deal.toll.shortfall
    opening: {fund: 0 USD}
    tiers: [{name: a, share: {fund: 100 %}, until: {fund: 130 USD}}, {name: b, share: {fund: 20 %, bank: 80 %}}]
measures:
  both: {stock: "cum(deal.fee.shortfall + deal.toll.shortfall, 7 USD)"}
  before: {stock: "prev(both, 0 USD)"}
"""
    toll = "}, toll: {pays: {from: firm, to: fund}, amount: 10 USD/year, minimum: 60 USD/year"
    run = Figures(case(step, "amount: 20 USD/year, minimum: 120 USD/year" + toll, more=more))
    near(run.flows("w.fund"), 134, 30, 30, 30, 30)
    near(run.flows("w.bank"), 16, 120, 120, 120, 120)
    near(run.kept["both", Fold.YEAR_END][:, 0], 157, 307, 457, 607, 757)
    if step == "year":
        near(run.kept["before", Fold.YEAR_END][:, 0], 0, 157, 307, 457, 607)


@grids
def test_sums_that_are_due_together_at_an_event_are_poured_as_one(step: str) -> None:
    """The event ends both fees at 1.3: 30 and 15 are missing of 2027; 150 came before."""
    more = (
        UP
        + """
events: {e: {when: up >= 130 USD}}
waterfalls:
  w:
    of: firm
    pot: deal.fee.shortfall + deal.toll.shortfall
    opening: {fund: 0 USD}
    tiers: [{name: a, share: {fund: 100 %}, until: {fund: 160 USD}}, {name: b, share: {fund: 20 %, bank: 80 %}}]
"""
    )
    toll = "}, toll: {pays: {from: firm, to: fund}, amount: 10 USD/year, minimum: 60 USD/year, until: e"
    run = Figures(case(step, "amount: 20 USD/year, minimum: 120 USD/year, until: e" + toll, more=more))
    near(run.flows("deal.fee.shortfall"), 100, 30, 0, 0, 0)
    near(run.flows("w.fund"), 150, 10 + 7, 0, 0, 0)
    near(run.flows("w.bank"), 0, 28, 0, 0, 0)


@grids
def test_a_minimum_and_a_commitment_are_due_together(step: str) -> None:
    """At the end of 2026 a year's minimum misses 1, the commitment of 10 misses 8."""
    run = Figures(case(step, f"{LOW}, commitment: {{amount: 10 USD, by: 2027-01-01}}, opening: 0 USD"))
    near(run.flows("deal.fee.shortfall"), 9, 1, 1, 1, 1)


@grids
def test_a_sum_under_a_cap_is_paid_up_to_it(step: str) -> None:
    """1 is missing each year, and of it 2.5 times is owed, up to 6 in all; a day, too, can end what is paid."""
    owed = "}, owed: {pays: {from: fund, to: firm}, amount: 2.5 * deal.fee.shortfall, cap: 6 USD, opening: 0 USD"
    once = "}, once: {pays: {from: fund, to: firm}, amount: 2.5 * deal.fee.shortfall, until: 2028-01-01"
    run = Figures(case(step, LOW + owed + once))
    near(run.flows("deal.owed.paid"), 2.5, 2.5, 1, 0, 0)
    near(run.flows("deal.once.paid"), 2.5, 2.5, 0, 0, 0)


@grids
def test_an_exception_decides_what_is_paid_of_a_sum(step: str) -> None:
    """Half of what is missing; all of it from 2028 on."""
    owed = (
        "}, owed: {pays: {from: fund, to: firm}, amount: deal.fee.shortfall / 2, "
        "exceptions: {whole: {when: date >= 2028-01-01, amount: deal.fee.shortfall}}"
    )
    run = Figures(case(step, LOW + owed))
    near(run.flows("deal.owed.paid"), 0.5, 0.5, 1, 1, 1)


@grids
def test_what_is_due_at_the_end_of_a_period_is_in_what_is_made_of_it(step: str) -> None:
    """Conditions, extremes and products of the total, at the end of each year."""
    more = """
measures:
  short: {stock: "cum(deal.fee.shortfall, 0 USD)"}
  bound: {stock: "max(short, 2 USD)"}
  stepped: {stock: "3 USD if short >= 3 USD else 1 USD"}
  many: {status: short >= 3 USD}
"""
    run = Figures(case(step, LOW, more=more))
    near(run.kept["bound", Fold.YEAR_END][:, 0], 2, 2, 3, 4, 5)
    near(run.kept["stepped", Fold.YEAR_END][:, 0], 1, 1, 3, 3, 3)
    near(run.kept["many", Fold.YEAR_END][:, 0], 0, 0, 1, 1, 1)


@grids
def test_at_the_end_of_a_year_a_window_of_a_year_holds_the_sums_of_that_year(step: str) -> None:
    """As its table of sums has it; a condition sees the sum of the year before until the next is due."""
    more = """
measures:
  last: {stock: "trailing(deal.fee.shortfall, 12 months)"}
  up: {stock: "cum(over(100 USD/year), 0 USD)"}
events: {low: {when: "t > 1.1 and last < 0.9 USD"}, high: {when: last > 1.1 USD}, full: {when: last >= 0.9 USD}}
"""
    run = Figures(case(step, LOW, more=more))
    near(run.kept["last", Fold.YEAR_END][:, 0], *run.flows("deal.fee.shortfall"))
    assert np.isnan([run.day("low"), run.day("high")]).all()
    near(run.day("full"), 1)


@grids
def test_a_sum_is_in_a_window_for_a_calendar_year(step: str) -> None:
    """1 is due at the end of 2026, 0.3 at 1.3, noon of 20 April: it leaves at noon of 20 April 2028, a leap year."""
    more = (
        'measures: {up: {stock: "cum(over(100 USD/year), 0 USD)"}, '
        'last: {stock: "trailing(deal.fee.shortfall, 1 year)"}}\n'
        "events: {e: {when: up >= 130 USD}, one: {when: last >= 1 USD}, more: {when: last > 1.2 USD}, "
        'less: {when: "t > 1.5 and last < 1 USD"}, none: {when: "t > 1.5 and last <= 0 USD"}}'
    )
    run = Figures(case(step, f"{LOW}, until: e", more=more))
    near([run.day(n) for n in ("one", "more", "less", "none")], 1, 1.3, 2, 2 + 110.5 / 366)
    near(run.kept["last", Fold.YEAR_END][:, 0], 1, 0.3, 0, 0, 0)


# checks


def check(run: Figures, name: str) -> float:
    found = [v for (n, _), v in run.kept.items() if n == f"check {name}"]
    (values,) = found
    return float(values[-1, 0])


@grids
def test_a_check_looks_at_the_end_of_its_day(step: str) -> None:
    """At a day, after an event, at the end of the run; of a flow it takes what it has come to since today."""
    more = UP + (
        "events: {e: {when: up >= 130 USD}}\n"
        "checks:\n"
        "  short: {value: deal.fee.shortfall, at: 2026-12-31, at_least: 0 USD}\n"
        "  day: {value: up, at: 2027-06-30, at_least: 0 USD}\n"
        "  so_far: {value: deal.fee.paid, at: 2027-06-30, at_least: 0 USD}\n"
        "  after: {value: up, at: e, at_least: 0 USD}\n"
        "  paid_by: {value: deal.fee.paid, at: e, at_least: 0 USD}\n"
        "  all: {value: deal.fee.paid, at_least: 0 USD}\n"
        '  once: {probability: "up > 129 USD and up < 131 USD", at: ever, at_least: 0 %}\n'
        '  touch: {probability: "up >= 130 USD and up <= 130 USD", at: ever, at_least: 0 %}\n'
        '  kept: {probability: "up < 130 USD or happened(e)", at: always, at_least: 0 %}\n'
    )
    run = Figures(case(step, f"{LOW}, until: 2030-01-01", more=more))
    half = CLOCK.years_to(date(2027, 7, 1))
    near([check(run, "day"), check(run, "so_far")], 100 * half, 2 * half)
    near(check(run, "short"), 1)
    near([check(run, "after"), check(run, "paid_by"), check(run, "all")], 130, 2.6, 8)
    near([check(run, "once"), check(run, "touch"), check(run, "kept")], 1, 0, 1)
