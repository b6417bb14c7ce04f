"""Growth, shares, caps, sunsets and events inside a segment against the one continuous-time number."""

import math
from datetime import date

import numpy as np
import pytest
from scipy import integrate, optimize

from runs import Figures

STEPS = ("year", "quarter", "month")
TODAY, UNTIL = date(2026, 2, 10), date(2034, 7, 1)


def head(step: str, *, today: date = TODAY, until: date = UNTIL, more: str = "", count: str = "ACT/365F") -> str:
    return f"""
case: closed_form
title: Closed form
currency: USD
today: {today}
simulate: {{until: {until}, step: {step}, day_count: {count}}}
{more}
parties:
  firm: {{form: corporation}}
  fund: {{form: corporation}}
  aid: {{form: nonprofit}}
"""


def years(day: date, since: date = TODAY) -> float:
    return (day - since).days / 365


def grown(rate: float, growth: float, first: float, last: float) -> float:
    """∫ rate (1 + growth)^t dt."""
    if growth == 0:
        return rate * (last - first)
    log = math.log1p(growth)
    return rate * math.exp(log * first) * math.expm1(log * (last - first)) / log


def near(found: float, wanted: float, relative: float = 1e-12) -> None:
    assert abs(found - wanted) <= relative * abs(wanted), (found, wanted, found / wanted - 1)


def share_case(step: str, growth: str, term: str) -> str:
    return (
        head(step)
        + f"""
measures:
  revenue: {{rate: "grow(10 bn USD/year, {growth})", of: firm}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share: {{pays: {{from: firm, to: fund}}, amount: 20 % * revenue, {term}}}
"""
    )


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("growth", [0.0, 1e-9, 0.35, -0.2])
def test_a_share_of_growing_revenue_until_a_sunset_off_the_grid(step: str, growth: float) -> None:
    sunset = date(2031, 5, 17)
    run = Figures(share_case(step, f"{growth:.9f}", f"until: {sunset}"))
    near(run.total("deal.share.paid"), grown(2e9, growth, 0, years(sunset)))
    near(run.total("received(fund)"), grown(2e9, growth, 0, years(sunset)))


@pytest.mark.parametrize("step", STEPS)
def test_a_share_from_and_until_dates_off_the_grid(step: str) -> None:
    first, last = date(2028, 2, 29), date(2032, 11, 3)
    run = Figures(share_case(step, "30 %", f"from: {first}, until: {last}"))
    near(run.total("deal.share.paid"), grown(2e9, 0.3, years(first), years(last)))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("opening", [0.0, 3e9])
def test_a_cap_is_met_exactly(step: str, opening: float) -> None:
    run = Figures(share_case(step, "30 %", f"cap: 15 bn USD, opening: {opening:.0f} USD, until: 2030-03-03"))
    near(run.total("deal.share.paid"), min(15e9 - opening, grown(2e9, 0.3, 0, years(date(2030, 3, 3)))))
    run = Figures(share_case(step, "30 %", f"cap: 9 bn USD, opening: {opening:.0f} USD"))
    near(run.total("deal.share.paid"), 9e9 - opening)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_paid_is_gone_from_a_running_total(step: str) -> None:
    text = share_case(step, "30 %", "until: 2031-05-17") + ""
    text = text.replace(
        "agreements:", '  kept: {stock: "cum(over(25 % * revenue) - deal.share.paid, 7 bn USD)", of: firm}\nagreements:'
    )
    run = Figures(text)
    wanted = 7e9 + grown(2.5e9, 0.3, 0, years(UNTIL)) - grown(2e9, 0.3, 0, years(date(2031, 5, 17)))
    near(run.end("kept"), wanted)


def stopping(step: str, *, growth: str, profit: str, until: date = UNTIL) -> str:
    return (
        head(step, until=until)
        + f"""
measures:
  revenue: {{rate: "grow(10 bn USD/year, {growth})", of: firm}}
  profit: {{flow: "{profit} - deal.share.paid", of: firm}}
  made: {{stock: "cum(profit, 0 USD)", of: firm}}
events:
  reached: {{when: made >= 7 bn USD}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share: {{pays: {{from: firm, to: fund}}, amount: 20 % * revenue, until: reached}}
"""
    )


@pytest.mark.parametrize("step", STEPS)
def test_an_event_in_mid_segment_stops_the_share_it_watches(step: str) -> None:
    """Profit m R - s R reaches K at K / ((m - s) R), so s K / (m - s) is paid."""
    run = Figures(stopping(step, growth="0 %", profit="over(30 % * revenue)"))
    near(run.day("reached"), 7e9 / 1e9)
    near(run.total("deal.share.paid"), 0.2 * 7e9 / 0.1)


@pytest.mark.parametrize("step", STEPS)
def test_an_event_on_growing_revenue_with_a_fixed_cost(step: str) -> None:
    """At the root of the continuous-time equation: constant growth has its exact mean, so the total is exact."""
    cost, horizon = 0.6e9, 8.0

    def made(at: float) -> float:
        return grown(0.1 * 10e9, 0.25, 0, at) - cost * at

    hit = optimize.brentq(lambda at: made(at) - 7e9, 0.0, horizon, xtol=1e-14, rtol=1e-15)
    checked, _ = integrate.quad(lambda at: 1e9 * 1.25**at - cost, 0, hit)
    near(checked, 7e9, 1e-9)
    run = Figures(stopping(step, growth="25 %", profit="over(30 % * revenue) - over(0.6 bn USD/year)"))
    near(run.total("deal.share.paid"), grown(2e9, 0.25, 0, hit))
    near(run.day("reached"), hit)


TWO = """
measures:
  total: {{stock: "cum(over(1 bn USD/year), 0 USD)", of: firm}}
events:
  first: {{when: "total >= {a} m USD"}}
  second: {{when: "total >= {b} m USD"}}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share:
        pays: {{from: firm, to: fund}}
        amount: 100 m USD/year
        exceptions:
          more: {{when: happened(first) and not happened(second), amount: 300 m USD/year}}
          both: {{when: happened(first) and happened(second), amount: 700 m USD/year}}
      other: {{pays: {{from: firm, to: aid}}, amount: 50 m USD/year, from: second, until: 2030-06-01}}
"""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("a", "b"), [(2150, 2600), (2600, 2150), (2150, 2190), (2400, 2400), (300, 6000)])
def test_two_events_in_one_segment_in_either_order(step: str, a: int, b: int) -> None:
    run = Figures(head(step) + TWO.format(a=a, b=b))
    first, second, end = a / 1000, b / 1000, years(UNTIL)
    middle = max(second - first, 0.0)
    both = end - max(first, second)
    wanted = 1e8 * (end - both - middle) + 3e8 * middle + 7e8 * both
    near(run.total("deal.share.paid"), wanted)
    near(run.total("deal.other.paid"), 5e7 * max(years(date(2030, 6, 1)) - second, 0.0))


@pytest.mark.parametrize("step", STEPS)
def test_a_price_that_halves_and_a_volume_that_doubles_at_a_hit(step: str) -> None:
    text = (
        head(step)
        + """
measures:
  made: {stock: "cum(over(1 bn USD/year), 0 USD)", of: firm}
  price: {stock: 5 USD/tonne if happened(cut) else 10 USD/tonne}
  volume: {rate: 200 m tonne/year if happened(cut) else 100 m tonne/year}
  sales: {flow: over(price * volume), of: firm}
events:
  cut: {when: made >= 2345 m USD}
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share: {pays: {from: firm, to: fund}, amount: 30 % * sales}
"""
    )
    run = Figures(text)
    near(run.total("sales"), 1e9 * years(UNTIL))
    near(run.total("deal.share.paid"), 3e8 * years(UNTIL))


@pytest.mark.parametrize("step", STEPS)
def test_an_uncertain_day_ends_a_term_within_the_segment(step: str) -> None:
    text = (
        share_case(step, "0 %", "until: last_day")
        + "assumptions:\n  last_day: {value: 'between(2028-01-01, 2031-01-01)'}\n"
    )
    run = Figures(text, central=True)
    middle = (years(date(2028, 1, 1)) + years(date(2031, 1, 1))) / 2
    near(run.total("deal.share.paid"), 2e9 * middle)


@pytest.mark.parametrize("step", STEPS)
def test_an_agreement_that_ends_at_an_event_ends_its_terms_within_the_segment(step: str) -> None:
    text = (
        head(step)
        + """
measures:
  total: {stock: "cum(over(1 bn USD/year), 0 USD)", of: firm}
events:
  over: {when: total >= 2345 m USD}
agreements:
  deal:
    parties: [firm, fund]
    effective: 2026-05-05
    ended: over
    terms:
      share: {pays: {from: firm, to: fund}, amount: 1 bn USD/year}
"""
    )
    run = Figures(text)
    near(run.total("deal.share.paid"), 1e9 * (2.345 - years(date(2026, 5, 5))))


@pytest.mark.parametrize("step", STEPS)
def test_the_amount_of_the_last_while(step: str) -> None:
    """Of constant revenue after a year exactly a year's; before, what came in plus the part of the year given before today."""
    text = (
        head(step)
        + """
measures:
  steady: {rate: 10 bn USD/year}
  year: {stock: "trailing(over(steady), 1 year, 6 bn USD)"}
  eighteen: {stock: "trailing(over(steady), 18 months)"}
  early: {stock: "trailing(over(steady), 20 years, 100 bn USD)"}
"""
    )
    run = Figures(text)
    near(run.end("year"), 10e9)
    near(run.end("eighteen"), 15e9)
    at = years(UNTIL)
    near(run.end("early"), 10e9 * at + 100e9 * (20 - at) / 20)
    from syngraph.ir.program import Fold

    first = years(date(2027, 1, 1))
    near(float(run.kept["year", Fold.YEAR_END][0, 0]), 10e9 * first + 6e9 * (1 - first))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("cuts", [(), (date(2028, 2, 29), date(2034, 6, 30))])
def test_prev_is_the_end_of_the_last_reporting_period(step: str, cuts: tuple[date, ...]) -> None:
    """Whatever days cut the periods."""
    text = (
        head(step)
        + """
measures:
  level: {stock: "grow(2 GW, 40 %)"}
  before: {stock: "prev(level, 1 GW)"}
  steps: {stock: "prev(steps_next, 0)"}
  steps_next: {stock: "steps + 1"}
"""
    )
    run = Figures(text, extra=cuts)
    begun = {s.period: s.t0 for s in reversed(run.program.segments)}
    near(run.end("before"), 2e9 * 1.4 ** max(begun.values()))
    assert run.end("steps_next") == len(begun) == len(run.program.segments) - len(cuts)


@pytest.mark.parametrize("step", STEPS)
def test_minimum_and_commitment_fall_short(step: str) -> None:
    """The minimum is owed per segment; a commitment is looked at on its day."""
    text = (
        head(step)
        + """
agreements:
  deal:
    parties: [firm, fund]
    terms:
      low: {pays: {from: firm, to: fund}, amount: 2 bn USD/year, minimum: 3 bn USD/year, until: 2030-06-06}
      high: {pays: {from: firm, to: fund}, amount: 4 bn USD/year, minimum: 3 bn USD/year}
      pledge: {pays: {from: firm, to: aid}, amount: 2 bn USD/year, commitment: {amount: 20 bn USD, by: 2031-03-03}, opening: 1 bn USD}
      kept: {pays: {from: firm, to: aid}, amount: 2 bn USD/year, commitment: {amount: 4 bn USD, by: 2031-03-03}}
"""
    )
    run = Figures(text)
    near(run.total("deal.low.shortfall"), 1e9 * years(date(2030, 6, 6)))
    assert run.total("deal.high.shortfall") == 0
    near(run.total("deal.pledge.shortfall"), 20e9 - 1e9 - 2e9 * years(date(2031, 3, 3)))
    assert run.total("deal.kept.shortfall") == 0
    year = run.program.years.index(2031)
    assert np.count_nonzero(run.flows("deal.pledge.shortfall")) == 1 and run.flows("deal.pledge.shortfall")[year] > 0


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("rate", [0.0, 0.08, -0.03])
def test_the_present_value_of_an_even_payment(step: str, rate: float) -> None:
    """A constant payment is worth its rate times (v^a - v^b) / ln(1 + r), at any grid."""
    first, last = date(2027, 3, 3), date(2032, 11, 3)
    run = Figures(
        head(step, more=f"discount: {rate}")
        + f"""
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share: {{pays: {{from: firm, to: fund}}, amount: 2 bn USD/year, from: {first}, until: {last}}}
"""
    )
    wanted = grown(2e9, 1 / (1 + rate) - 1, years(first), years(last))
    near(run.present("deal.share.paid"), wanted)
    near(run.present("received(fund)"), wanted)


@pytest.mark.parametrize("step", STEPS)
def test_actual_actual_counts_each_year_by_its_own_length(step: str) -> None:
    first, last = date(2028, 2, 29), date(2029, 3, 31)
    run = Figures(
        head(step, count="ACT/ACT")
        + f"""
agreements:
  deal:
    parties: [firm, fund]
    terms:
      share: {{pays: {{from: firm, to: fund}}, amount: 2 bn USD/year, from: {first}, until: {last}}}
"""
    )
    wanted = (date(2029, 1, 1) - first).days / 366 + (last - date(2029, 1, 1)).days / 365
    near(run.total("deal.share.paid"), 2e9 * wanted)


@pytest.mark.parametrize("step", STEPS)
def test_a_day_named_in_a_cap_or_a_minimum_cuts_the_grid(step: str) -> None:
    text = (
        head(step)
        + """
agreements:
  deal:
    parties: [firm, fund]
    terms:
      capped: {pays: {from: firm, to: fund}, amount: 2 bn USD/year, cap: "4 bn USD if date < 2030-05-05 else 5 bn USD"}
      least: {pays: {from: firm, to: fund}, amount: 2 bn USD/year, minimum: "8 bn USD/year if date < 2031-06-07 else 0 USD/year"}
"""
    )
    run = Figures(text)
    near(run.total("deal.capped.paid"), 5e9)
    last = date(2031, 1, 1)  # in 2031 8 bn a year are owed until the day, and 2 bn a year paid all along
    near(run.total("deal.least.shortfall"), 6e9 * years(last) + 8e9 * years(date(2031, 6, 7), last) - 2e9)
