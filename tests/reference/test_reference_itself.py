"""The reference against numbers worked out by hand, from moments, sides and straight lines; nothing of the engine."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from reference.clock import by_year, years
from reference.exact import Result, simulate
from reference.model import (
    AtEvent,
    Between,
    Case,
    Choice,
    Commitment,
    Compare,
    Condition,
    DayCompare,
    Event,
    Every,
    Exemption,
    Happened,
    Highest,
    Known,
    Level,
    LevelMix,
    LevelOf,
    Lowest,
    Moment,
    Named,
    Not,
    OnceUncertain,
    OnUncertain,
    Paid,
    Payment,
    Rate,
    RateMix,
    Some,
    Total,
    Trailing,
    Unclear,
)
from reference.small import NOTHING, ONE, TODAY, UNTIL, case, days, fee, is_, near, paid, rising, steady

# days


def test_a_year_fraction_counts_each_year_by_its_length() -> None:
    assert years(date(2026, 1, 1), date(2027, 7, 1)) == 1 + Fraction(181, 365)
    assert years(date(2027, 7, 1), date(2028, 2, 1)) == Fraction(184, 365) + Fraction(31, 366)
    half = years(date(2027, 7, 1), date(2029, 1, 1))
    assert by_year(date(2027, 7, 1), Fraction(0), half) == [(2027, Fraction(184, 365)), (2028, ONE)]


def test_after_a_day_is_the_day_after() -> None:
    asked = ((">=", date(2027, 1, 2)), (">", date(2027, 1, 1)))
    events = tuple(Event(f"ev_{i}", DayCompare(o, day)) for i, (o, day) in enumerate(asked))
    before = tuple(
        Event(f"not_{i}", Not(DayCompare(o, day)))
        for i, (o, day) in enumerate((("<", asked[0][1]), ("<=", asked[1][1])))
    )
    assert set(days(simulate(rising(events=(*events, *before)))).values()) == {1 + 1 / 365}


def test_so_much_a_year_is_so_much_each_year() -> None:
    run = simulate(case(today=date(2027, 7, 1), payments=(fee(steady(60)),)))
    near(paid(run), 60 * 184 / 365, 60, 60)


# switches


def test_a_share_that_falls_when_a_level_is_reached() -> None:
    """20 % of 100 for half a year, then 10 %."""
    lower = Exemption("lower", Not(is_("up", "<", 50)), steady(10))
    near(paid(simulate(rising(payments=(fee(steady(20), exceptions=(lower,)),))))[0], 15.0)
    share = RateMix(((ONE, Choice(steady(20), is_("up", "<", 50), steady(10))),))
    near(paid(simulate(rising(payments=(fee(share),))))[0], 15.0)


def test_what_no_level_can_be_never_happens() -> None:
    both = Every((is_("up", ">=", 170), is_("up", "<", 130)))
    assert days(simulate(rising(events=(Event("odd", both),)))) == {"odd": None}


def test_a_stream_that_ends_at_a_total_never_passes_it() -> None:
    stops, goal, more = (Event(n, is_("up", o, k)) for n, o, k in (("a", ">=", 130), ("b", ">=", 145), ("c", ">", 130)))
    run = simulate(
        case(
            payments=(fee(steady(100), end=(AtEvent("a"),)),),
            totals=(Total("up", Paid("fee")),),
            events=(stops, goal, more),
        )
    )
    assert days(run) == {"a": 1.3, "b": None, "c": None}
    near(run.end("up"), 130)


def test_a_stream_that_grows_tenfold() -> None:
    """120 at 1.2, the other 90 at 1,000 a year."""
    rate = Choice(steady(1000), Happened("boom"), steady(100))
    events = (Event("boom", is_("up", ">=", 120)), Event("goal", is_("up", ">=", 210)))
    run = simulate(case(totals=(Total("up", rate),), events=events))
    near(days(run)["boom"], 1.2)
    near(days(run)["goal"], 1.29)


# touching, staying, leaving


def level_that(after: float) -> Case:
    """A level that rises to 200 until 2028, and goes on at another pace."""
    turns = Choice(steady(after), DayCompare(">=", date(2028, 1, 1)), steady(100))
    asked = (("at_least", ">="), ("more", ">"))
    return case(totals=(Total("up", turns),), events=tuple(Event(n, is_("up", o, 200)) for n, o in asked))


@pytest.mark.parametrize(("after", "wanted"), [(-1, (None, None)), (0, (2.0, None)), (1, (2.0, 2.0))])
def test_touching_does_not_count_and_staying_is_for_the_operator(
    after: float, wanted: tuple[float | None, ...]
) -> None:
    assert tuple(days(simulate(level_that(after))).values()) == wanted


def test_what_stands_at_its_threshold_today() -> None:
    asked = [("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<")]
    events = tuple(Event(n, is_("up", o, 0)) for n, o in asked)
    assert days(simulate(rising(events=events))) == {"ge": 0.0, "gt": 0.0, "le": None, "lt": None}
    assert days(simulate(rising(0, events=events))) == {"ge": 0.0, "gt": None, "le": 0.0, "lt": None}


# the order of a moment


def both_reach(first: Event, second: Event) -> Result:
    """The first to happen ends the stream both watch."""
    ends = (AtEvent(first.name), AtEvent(second.name))
    payments = (fee(steady(100), end=ends),)
    return simulate(case(payments=payments, totals=(Total("up", Paid("fee")),), events=(second, first)))


def test_as_things_stand_comes_before_the_next_instant_and_rank_before_both() -> None:
    reached, passed = Event("z", is_("up", ">=", 50)), Event("a", is_("up", ">", 50))
    assert days(both_reach(reached, passed)) == {"z": 0.5, "a": None}
    assert days(both_reach(replace(reached, rank=1), passed)) == {"z": 0.5, "a": 0.5}


def test_days_come_before_conditions_of_one_moment() -> None:
    """On 2028-01-01 the level has 200 and the stream ends: first the day, then what asks for 200 and what for more."""
    dated = Event("on_day", date(2028, 1, 1))
    assert days(both_reach(dated, Event("a", is_("up", ">=", 200)))) == {"on_day": 2.0, "a": 2.0}
    assert days(both_reach(dated, Event("a", is_("up", ">", 200)))) == {"on_day": 2.0, "a": None}
    ranked = both_reach(replace(dated, rank=1), Event("a", is_("up", ">", 200)))
    assert days(ranked) == {"a": 2.0, "on_day": 2.0}


def test_what_holds_no_more_does_not_happen() -> None:
    """The first sends the level down; the second asks for what was."""
    back = Choice(steady(-40), Happened("first"), steady(100))
    events = (Event("first", is_("up", ">=", 50)), Event("second", is_("up", ">", 50)))
    assert days(simulate(case(totals=(Total("up", back),), events=events))) == {"first": 0.5, "second": None}


def test_events_may_make_each_other_happen_at_one_moment() -> None:
    chain = (Event("c", date(2027, 1, 1)), Event("b", Happened("c")), Event("a", Every((Happened("b"), Named("calm")))))
    run = simulate(rising(statuses=(("calm", is_("up", "<", 300)),), events=chain))
    assert days(run) == {"c": 1.0, "b": 1.0, "a": 1.0}


# caps


def test_a_second_stream_that_starts_when_a_cap_is_met() -> None:
    """23 at 10 a year by 2.3; from there 1.7 years until 2030."""
    second = Payment("second", steady(10), start=(AtEvent("full"),), end=(UNTIL,))
    events = (Event("full", is_("sum", ">=", 23)), Event("above", is_("sum", ">", 23)))
    payments = (fee(steady(10), cap=Known(Fraction(23))), second)
    run = simulate(case(payments=payments, totals=(Total("sum", Paid("fee")),), events=events))
    near(run.total("deal.second.paid"), 17.0)
    near(paid(run), 10, 10, 3, 0)
    assert days(run) == {"full": 2.3, "above": None}


def test_an_account_begins_at_its_opening() -> None:
    near(
        simulate(case(payments=(fee(steady(10), cap=Known(Fraction(23)), opening=Fraction(4)),))).total(
            "deal.fee.paid"
        ),
        19,
    )


def test_an_account_follows_a_cap_that_grows() -> None:
    """30 a year meets 5 + 20 a year at 0.5; the cap rests in 2027, and leaps ahead at 60 a year from 2028."""
    sales = Choice(
        steady(100), DayCompare("<", date(2027, 1, 1)), Choice(steady(300), DayCompare(">=", date(2028, 1, 1)), NOTHING)
    )
    cap = LevelMix(((ONE, Known(Fraction(5))), (Fraction(1, 5), LevelOf("sold"))))
    run = simulate(case(totals=(Total("sold", sales),), payments=(fee(steady(30), cap=cap),)))
    near(paid(run), 25, 0, 30, 30)


# sliding


def cash(*terms: Payment, inflow: Rate | None = None, **records: object) -> Result:
    parts = ((ONE, inflow or steady(100)), *((-ONE, Paid(t.name)) for t in terms))
    return simulate(case(payments=terms, totals=(Total("cash", RateMix(parts)),), **records))


def test_cash_above_a_threshold_is_paid_out_as_it_comes() -> None:
    """50 after half a year, then all 100 a year; the threshold is reached, and never passed."""
    pays = fee(Choice(steady(250), is_("cash", ">=", 50), NOTHING))
    run = cash(pays, events=(Event("at", is_("cash", ">=", 50)), Event("above", is_("cash", ">", 50))))
    near(paid(run), 50, 100, 100, 100)
    assert days(run) == {"at": 0.5, "above": None}
    assert run.slid


def test_of_two_thresholds_the_second_slides() -> None:
    """To 50 in 0.5, to 70 in another 0.5 at 40 a year; there the second pays the half of its 80."""
    first = Payment("first", Choice(steady(60), is_("cash", ">=", 50), NOTHING))
    second = Payment("second", Choice(steady(80), is_("cash", ">=", 70), NOTHING))
    run = cash(first, second)
    near(paid(run, "first"), 30, 60, 60, 60)
    near(paid(run, "second"), 0, 40, 40, 40)


def test_sliding_ends_when_one_side_leads_away() -> None:
    """From 2028 on 300 come in a year, and 250 do not hold it."""
    more = Choice(steady(300), DayCompare(">=", date(2028, 1, 1)), steady(100))
    run = cash(
        fee(Choice(steady(250), is_("cash", ">=", 50), NOTHING)),
        inflow=more,
        events=(Event("above", is_("cash", ">", 50)),),
    )
    near(paid(run), 50, 100, 250, 250)
    near(run.end("cash"), 150)
    assert days(run) == {"above": 2.0}


def test_a_status_gives_the_same_as_its_condition_while_it_slides() -> None:
    plain = cash(fee(Choice(steady(250), is_("cash", ">=", 50), NOTHING)))
    named = cash(fee(Choice(steady(250), Named("rich"), NOTHING)), statuses=(("rich", Not(is_("cash", "<", 50))),))
    assert (plain.flows, plain.ends) == (named.flows, named.ends)


# windows, least and greatest


def test_a_window_forgets_evenly_and_its_opening_too() -> None:
    """10 a year in 2026 alone, 6 in the year before: 6 + 4 t, then 10 (2 - t)."""
    rate = Choice(steady(10), DayCompare("<", date(2027, 1, 1)), NOTHING)
    events = (
        Event("eight", is_("last", ">=", 8)),
        Event("five", is_("last", "<", 5)),
        Event("none", is_("last", "<=", 0)),
    )
    run = simulate(case(trailings=(Trailing("last", rate, 12, Fraction(6)),), events=events))
    assert days(run) == {"eight": 0.5, "five": 1.5, "none": 2.0}
    assert run.end("last") == 0
    bare = simulate(case(trailings=(Trailing("last", rate, 24),), events=events[:2]))
    assert days(bare) == {"eight": 0.8, "five": 0.0}
    unwatched = simulate(
        case(trailings=(Trailing("last", Choice(steady(10), DayCompare("<", date(2028, 5, 5)), NOTHING)),))
    )
    assert unwatched.end("last") == 0


def test_a_window_that_holds_what_it_forgets() -> None:
    """At its threshold the rate becomes what leaves the window: 12 a year of the opening, then what it was itself."""
    rate = Choice(steady(30), is_("last", "<", 15), steady(8))
    run = simulate(case(trailings=(Trailing("last", rate, 12, Fraction(12)),), totals=(Total("sum", rate),)))
    near(run.end("last"), 15)
    assert run.slid


def test_the_least_and_the_greatest_of_two_levels() -> None:
    """100 t and 150 + 50 t meet at 3; the least is 200 at 2, the greatest at 1."""
    other = Total("other", steady(50), Fraction(150))
    pair = (LevelOf("up"), LevelOf("other"))
    limit: Level = Known(Fraction(200))
    asked = (("least", Lowest(pair), limit), ("most", Highest(pair), limit), ("met", LevelOf("up"), Highest(pair)))
    events = tuple(Event(n, Compare(a, ">=", b)) for n, a, b in asked)
    run = simulate(case(totals=(Total("up", steady(100)), other), events=events))
    assert days(run) == {"least": 2.0, "most": 1.0, "met": 3.0}


def test_of_two_levels_that_part_the_one_that_will_count() -> None:
    """Both are at nought today: the least falls, the greatest rises."""
    pair = (LevelOf("up"), LevelOf("down"))
    events = (
        Event("least", Compare(Lowest(pair), ">=", Known(Fraction(0)))),
        Event("most", Compare(Highest(pair), ">", Known(Fraction(0)))),
    )
    run = simulate(case(totals=(Total("up", steady(100)), Total("down", steady(-1))), events=events))
    assert days(run) == {"least": None, "most": 0.0}


# terms


def test_a_term_runs_from_the_first_of_its_moments_to_the_first_of_its_ends() -> None:
    ends: tuple[Moment, ...] = (AtEvent("late"), date(2028, 7, 1))
    payment = Payment("fee", steady(10), (date(2029, 1, 1), AtEvent("early")), ends)
    run = simulate(
        rising(payments=(payment,), events=(Event("early", is_("up", ">=", 25)), Event("late", is_("up", ">", 180))))
    )
    near(paid(run), 7.5, 8, 0, 0)


def test_an_exception_weighs_as_long_as_it_wins() -> None:
    """20, but 5 while the level is between 50 and 150, and nothing from 2027 to mid-2027 over that."""
    low = Exemption("low", Every((is_("up", ">=", 50), is_("up", "<", 150))), steady(5))
    span = Every((DayCompare(">=", date(2027, 1, 1)), DayCompare("<", date(2027, 7, 2))))
    off = Exemption("off", span, NOTHING, over="low")
    run = simulate(rising(payments=(fee(steady(20), exceptions=(low, off)),)))
    near(paid(run), 12.5, 5 * (0.5 - 182 / 365) + 10, 20, 20)
    with pytest.raises(Unclear, match="conflict"):
        simulate(rising(payments=(fee(steady(20), exceptions=(low, replace(off, over=""))),)))


def test_what_is_missing_of_a_promise() -> None:
    promise = Commitment(Fraction(50), date(2028, 1, 1))
    run = simulate(case(payments=(fee(steady(10), commitment=promise),)))
    assert run.shortfalls == (("deal.fee.shortfall", 30.0),)


@pytest.mark.parametrize("condition", [Not(Not(OnceUncertain("day"))), Some((OnceUncertain("day"), is_("up", "<", 0)))])
def test_a_drawn_day_is_a_day(condition: Condition) -> None:
    """That falls on a known one."""
    span = Between(date(2026, 3, 1), date(2028, 3, 1))
    known, drawn = date(2027, 5, 5), {"day": years(TODAY, date(2027, 5, 5)), "ev": years(TODAY, date(2027, 5, 5))}
    more = Exemption("more", condition, steady(30))
    uncertain = rising(
        uncertain=(("day", span),),
        events=(Event("ev", span),),
        payments=(fee(steady(10), OnUncertain("day"), exceptions=(more,)),),
    )
    certain = replace(
        uncertain,
        uncertain=(),
        events=(Event("ev", known),),
        payments=(fee(steady(10), known, exceptions=(replace(more, when=DayCompare(">=", known)),)),),
    )
    assert simulate(uncertain, drawn) == simulate(certain)
