"""What happens inside a period: each case has one number by hand, the same by years, quarters and months."""

import math

import numpy as np
import pytest
from scipy import stats

from runs import Figures, by_path, program
from syngraph.base.errors import RunStopped
from syngraph.ir.program import Fold
from syngraph.run import philox
from syngraph.run.executor import stops
from syngraph.run.results import simulate

STEPS = ("year", "quarter", "month")
TODAY = "2026-01-01"


def case(step: str, *sections: str, until: str = "2031-01-01", today: str = TODAY) -> str:
    """By default five years, each of length 1."""
    return f"""
case: stops
title: Stops
currency: USD
today: {today}
simulate: {{until: {until}, step: {step}, day_count: ACT/ACT}}
parties: {{firm: {{form: corporation}}, fund: {{form: corporation}}, bank: {{form: corporation}}}}
""" + "\n".join(sections)


def measures(**given: str) -> str:
    """Measures by name, each `kind: expression`."""
    lines = []
    for name, body in given.items():
        kind, _, formula = body.partition(": ")
        lines.append(f'  {name}: {{{kind}: "{formula}"}}')
    return "\n".join(["measures:", *lines])


def events(**given: str) -> str:
    return "\n".join(["events:", *(f"  {name}: {{{body}}}" for name, body in given.items())])


def terms(**given: str) -> str:
    """Payments of the firm to the fund, unless they say who pays whom."""
    lines = [
        f"      {name}: {{{'' if 'pays:' in body else 'pays: {from: firm, to: fund}, '}{body}}}"
        for name, body in given.items()
    ]
    return "\n".join(["agreements:", "  deal:", "    parties: [firm, fund, bank]", "    terms:", *lines])


def near(found: object, *wanted: float, relative: float = 1e-9) -> None:
    values = np.atleast_1d(np.asarray(found, dtype=float))
    np.testing.assert_allclose(values, wanted, rtol=relative, atol=relative)


UP = measures(up="stock: cum(over(100 USD/year), 0 USD)")
grids = pytest.mark.parametrize("step", STEPS)


# conditions that come and go


@grids
def test_an_exception_weighs_as_long_as_it_wins(step: str) -> None:
    """20 % of 100 a year for half a year, then 10 %."""
    fee = "amount: 10 USD/year, exceptions: {low: {when: up < 50 USD, amount: 20 USD/year}}"
    run = Figures(case(step, UP, terms(fee=fee)))
    near(run.flows("deal.fee.paid"), 15, 10, 10, 10, 10)


@grids
def test_two_contrary_conditions_never_hold_together(step: str) -> None:
    run = Figures(
        case(step, UP, events(e='when: "up >= 170 USD and up < 130 USD"'), terms(fee="amount: 10 USD/year, until: e"))
    )
    near(run.total("deal.fee.paid"), 50)
    assert math.isnan(run.day("e"))


DEADLINE = """
assumptions:
  target: {value: "uniform(100 USD, 300 USD)"}
"""


@grids
def test_an_event_before_a_deadline_has_its_probability(step: str) -> None:
    """The level reaches the target before day 2 after today iff the target is below 200: P = 1/2."""
    paths = 4096
    conditions = ("date < 2028-01-01", "not date >= 2028-01-01", "not (date >= 2028-01-01)")
    found = []
    for condition in conditions:
        text = case(step, DEADLINE, UP, events(e=f'when: "up >= target and {condition}"'))
        found.append(simulate(program(text), paths=paths, seed=5, chunk=4096))
    chance = found[0].get("happened(e)", Fold.YEAR_END).mean[-1]
    assert abs(chance - 0.5) <= 3 * math.sqrt(0.25 / paths)
    assert len({f.sha256 for f in found}) == 1
    kept = by_path(program(text), paths=paths, seed=5)
    target, day = kept["target", Fold.FINAL][0], kept["date(e)", Fold.FINAL][0]
    assert np.array_equal(np.isnan(day), ~(target < 200))
    np.testing.assert_allclose(day[target < 200], target[target < 200] / 100, rtol=1e-12)
    assert stats.kstest(day[target < 200], stats.uniform(1, 1).cdf).pvalue > 1e-3


@grids
def test_a_stream_that_ends_at_its_own_total_never_reaches_a_higher_goal(step: str) -> None:
    total = measures(total="stock: cum(deal.fee.paid, 0 USD)")
    both = events(stop="when: total >= 130 USD", goal="when: total >= 145 USD")
    run = Figures(case(step, total, both, terms(fee="amount: 100 USD/year, until: stop")))
    near(run.total("deal.fee.paid"), 130, relative=1e-12)
    near(run.day("stop"), 1.3, relative=1e-12)
    assert math.isnan(run.day("goal"))


@grids
def test_what_an_event_sets_off_is_seen_by_the_next(step: str) -> None:
    """100 a year until 120 at 1.2, then ten times as much: 210 at 1.29."""
    total = measures(total="stock: cum(over(1000 USD/year if happened(boom) else 100 USD/year), 0 USD)")
    both = events(boom="when: total >= 120 USD", goal="when: total >= 210 USD")
    run = Figures(case(step, total, both))
    near([run.day("boom"), run.day("goal")], 1.2, 1.29, relative=1e-12)
    near(run.end("total"), 120 + 1000 * 3.8, relative=1e-12)


@grids
def test_what_begins_when_a_capped_fee_is_paid(step: str) -> None:
    """23 m at 10 m a year are paid at 2.3; 1.7 years at 10 m a year are left to the end of 2029."""
    total = measures(total="stock: cum(deal.fee.paid, 0 USD)")
    fee = "amount: 10 m USD/year, cap: 23 m USD, opening: 0 USD"
    following = "amount: 10 m USD/year, from: done, until: 2030-01-01"
    run = Figures(case(step, total, events(done="when: total >= 23 m USD"), terms(fee=fee, following=following)))
    near(run.total("deal.following.paid"), 17e6, relative=1e-12)
    near(run.total("deal.fee.paid"), 23e6, relative=1e-12)


@grids
def test_a_condition_that_has_a_name_is_the_condition(step: str) -> None:
    """1.5 years of 10 bn, whether the exception asks for the event or for a status that does."""
    total = "stock: cum(over(1 bn USD/year), 0 USD)"
    texts = [
        case(
            step,
            measures(total=total, gone="status: happened(stop)"),
            events(stop="when: total >= 1.5 bn USD"),
            terms(fee=f"amount: 10 bn USD/year, exceptions: {{x: {{when: {when}, amount: 0 USD/year}}}}"),
        )
        for when in ("gone", "happened(stop)")
    ]
    runs = [Figures(text) for text in texts]
    for run in runs:
        near(run.total("deal.fee.paid"), 15e9, relative=1e-12)
    assert len({simulate(r.program, paths=64, seed=1).sha256 for r in runs}) == 1


@grids
def test_conditions_that_come_and_go_are_counted_while_they_hold(step: str) -> None:
    """A level goes up for 1.3 years and down again: between 40 and 90 on the way up and on the way down."""
    level = measures(
        turned="status: t >= 1.3",
        level="stock: cum(over(-50 USD/year if turned else 100 USD/year), 0 USD)",
        within="status: level >= 40 USD and not level >= 90 USD",
    )
    run = Figures(case(step, level, terms(fee="amount: 10 USD/year if within else 0 USD/year")))
    # up: 0.4 to 0.9; the top is 130 at 1.3; 90 is met again at 2.1, 40 at 3.1
    near(run.total("deal.fee.paid"), 10 * (0.5 + 1.0), relative=1e-12)
    near(run.flows("deal.fee.paid"), 5, 0, 9, 1, 0)


# at the very moment


TURNS = measures(
    level="stock: cum(over((100 USD/year if t < 1 else AFTER) if t < 3 else 0 USD/year), 0 USD)",
    under="status: level < 100 USD",
)


@grids
@pytest.mark.parametrize(
    ("after", "at_least", "more", "equal"),
    [
        ("-20 USD/year", math.nan, math.nan, math.nan),  # it touches 100 and turns
        ("0 USD/year", 1.0, math.nan, 1.0),  # it stays at 100
        ("20 USD/year", 1.0, 1.0, math.nan),
    ],
)
def test_what_holds_for_an_instant_only_does_not_count(
    after: str, at_least: float, more: float, equal: float, step: str
) -> None:
    watched = events(
        least='when: "level >= 100 USD"',
        more='when: "level > 100 USD"',
        other='when: "not under"',
        equal='when: "level >= 100 USD and level <= 100 USD"',
    )
    run = Figures(case(step, TURNS.replace("AFTER", after), watched))
    np.testing.assert_equal(
        [run.day(n) for n in ("least", "more", "other", "equal")], [at_least, more, at_least, equal]
    )


@grids
@pytest.mark.parametrize(("operator", "happens"), [(">=", True), (">", False)])
def test_an_account_that_stops_at_its_cap_is_at_it_and_never_above(operator: str, happens: bool, step: str) -> None:
    total = measures(total="stock: cum(deal.fee.paid, 3 USD)")
    watched = events(full=f'when: "total {operator} 123.4 USD"')
    run = Figures(case(step, total, watched, terms(fee="amount: 100 USD/year, cap: 123.4 USD, opening: 3 USD")))
    near(run.total("deal.fee.paid"), 120.4, relative=1e-12)
    near([run.day("full")], 1.204 if happens else math.nan, relative=1e-12)


@grids
def test_what_flows_at_a_moment_is_asked_before_what_watches_it_happens(step: str) -> None:
    """An event on the level comes at 1.5 and halves the rate; what watches the rate comes then too, and no sooner."""
    flow = measures(pace="rate: 50 USD/year if happened(half) else 100 USD/year", up="stock: cum(over(pace), 0 USD)")
    watched = events(
        half="when: up >= 150 USD", slow="when: pace < 60 USD/year", last="when: happened(slow) and up >= 150 USD"
    )
    run = Figures(case(step, flow, watched))
    near([run.day(n) for n in ("half", "slow", "last")], 1.5, 1.5, 1.5, relative=1e-12)


@grids
@pytest.mark.parametrize(
    ("one", "two", "came"),
    [
        ("when: up >= 150 USD", "when: up >= 150 USD and not happened(one)", {"one"}),  # by name
        ("when: up >= 150 USD, rank: 1", "when: up >= 150 USD and not happened(one)", {"one", "two"}),
        ("when: up >= 150 USD and not happened(two)", "when: up >= 150 USD", {"one", "two"}),
        ("when: up >= 150 USD and not happened(two)", "date: 2027-07-02", {"two"}),  # dates before conditions
        ("when: up >= 150 USD and not happened(two)", "date: 2027-07-02, rank: 1", {"one", "two"}),
        ("when: up >= 150 USD and pace > 0 USD/year", "when: up >= 150 USD and not happened(one)", {"one", "two"}),
    ],
)
def test_of_two_events_at_one_moment_the_first_may_prevent_the_other(
    one: str, two: str, came: set[str], step: str
) -> None:
    """By rank, what watches no rate first, dates before conditions, then by name; what was prevented stays so."""
    flow = measures(pace="rate: 100 USD/year", up=f"stock: cum(over(pace), {150 - 100 * (1 + 182 / 365)} USD)")
    run = Figures(
        case(
            step,
            flow,
            events(one=one, two=two),
            terms(a="amount: 1 USD/year, until: one", b="amount: 1 USD/year, until: two"),
        )
    )
    moment = 1 + 182 / 365
    for name, term in (("one", "a"), ("two", "b")):
        near(run.total(f"deal.{term}.paid"), moment if name in came else 5, relative=1e-12)


@grids
def test_a_condition_at_the_end_of_the_run_is_not_in_it(step: str) -> None:
    """The run ends before the moment at which the level is 500."""
    run = Figures(case(step, UP, events(late="when: up >= 500 USD", just="when: up >= 499.999 USD")))
    assert math.isnan(run.day("late")) and not math.isnan(run.day("just"))


@grids
def test_today_is_a_moment_like_others(step: str) -> None:
    run = Figures(
        case(
            step,
            UP,
            events(now="when: up >= 0 USD", above="when: up > 0 USD"),
            terms(fee="amount: 10 USD/year, until: now"),
        )
    )
    near([run.day("now"), run.day("above"), run.total("deal.fee.paid")], 0, 0, 0)


# sides that push against each other


@grids
def test_a_dividend_out_of_what_is_above_a_floor_pays_what_comes_in(step: str) -> None:
    """100 a year come in; from 150 on everything is paid out, since 300 a year could be."""
    cash = measures(cash="stock: cum(over(100 USD/year) - deal.div.paid, 0 USD)")
    div = terms(div='amount: "300 USD/year if cash >= 150 USD else 0 USD/year"')
    run = Figures(case(step, cash, events(full="when: cash >= 150 USD", over="when: cash > 150 USD"), div))
    near([run.total("deal.div.paid"), run.end("cash"), run.day("full")], 350, 150, 1.5, relative=1e-12)
    assert math.isnan(run.day("over"))


@grids
def test_a_slide_ends_when_a_side_leads_away(step: str) -> None:
    """From the third year on 400 a year come in: more than can be paid."""
    cash = measures(
        come="rate: 400 USD/year if t >= 3 else 100 USD/year", cash="stock: cum(over(come) - deal.div.paid, 0 USD)"
    )
    div = terms(div='amount: "300 USD/year if cash >= 150 USD else 0 USD/year"')
    run = Figures(case(step, cash, div, events(over="when: cash > 150 USD")))
    near([run.total("deal.div.paid"), run.end("cash"), run.day("over")], 150 + 600, 150 + 200, 3, relative=1e-12)


@grids
def test_two_slides_at_once_have_one_share_each(step: str) -> None:
    """Two floors, each held by its own dividend out of its own income."""
    two = measures(
        a="stock: cum(over(100 USD/year) - deal.one.paid, 0 USD)",
        b="stock: cum(over(60 USD/year) - deal.two.paid, 0 USD)",
    )
    both = terms(
        one='amount: "300 USD/year if a >= 150 USD else 0 USD/year"',
        two='amount: "80 USD/year if b >= 120 USD else 0 USD/year"',
    )
    run = Figures(case(step, two, both))
    near([run.total("deal.one.paid"), run.total("deal.two.paid")], 350, 180, relative=1e-12)
    near([run.end("a"), run.end("b")], 150, 120, relative=1e-12)


@grids
def test_a_cap_that_grows_is_followed(step: str) -> None:
    """20 and 3 a year more, against 10 a year: met at 20/7, then 3 a year are paid."""
    run = Figures(
        case(
            step,
            measures(lim="stock: cum(over(3 USD/year), 20 USD)"),
            terms(fee="amount: 10 USD/year, cap: lim, opening: 0 USD"),
        )
    )
    near(run.total("deal.fee.paid"), 35, relative=1e-12)


@grids
def test_a_cap_that_falls_takes_nothing_back(step: str) -> None:
    """30 less 4 a year against 10 a year: met at 30/14 with 21.43; nothing is paid from then on, and nothing returned."""
    lim = measures(lim="stock: cum(over(-4 USD/year), 30 USD)")
    run = Figures(case(step, lim, terms(fee="amount: 10 USD/year, cap: lim, opening: 0 USD")))
    near(run.total("deal.fee.paid"), 300 / 14, relative=1e-12)
    assert np.all(run.flows("deal.fee.paid") >= 0)


# waterfalls, windows, totals


@grids
def test_a_tier_ends_where_its_target_is_met_and_who_watches_sees_the_moment(step: str) -> None:
    shares = """
waterfalls:
  w:
    of: firm
    pot: over(100 USD/year)
    opening: {fund: 0 USD}
    tiers: [{name: a, share: {fund: 100 %}, until: {fund: 130 USD}}, {name: b, share: {fund: 20 %, bank: 80 %}}]
"""
    got = measures(got="stock: cum(w.fund, 0 USD)")
    watched = events(met="when: got >= 130 USD", above="when: got > 130 USD", later="when: got >= 150 USD")
    run = Figures(case(step, shares, got, watched))
    near([run.total("w.fund"), run.total("w.bank")], 204, 296, relative=1e-12)
    near([run.day(n) for n in ("met", "above", "later")], 1.3, 1.3, 2.3, relative=1e-12)


@grids
def test_the_far_edge_of_a_window_is_a_moment(step: str) -> None:
    """10 a year until 1.3, 4 in the year before today: below 5 for good when half a year is left of it, at 1.8."""
    flow = measures(
        pace="rate: 10 USD/year if t < 1.3 else 0 USD/year", last="stock: trailing(over(pace), 1 year, 4 USD)"
    )
    watched = events(
        low='when: "t > 1 and last < 5 USD"', none='when: "t > 1 and last <= 0 USD"', full="when: last >= 10 USD"
    )
    run = Figures(case(step, flow, watched))
    near([run.day(n) for n in ("full", "low", "none")], 1.0, 1.8, 2.3, relative=1e-12)


@grids
def test_a_window_before_today_is_even(step: str) -> None:
    """Of 12 in the year before today 12 (1 - t) are left, and 6 t came in."""
    flow = measures(last="stock: trailing(over(6 USD/year), 1 year, 12 USD)")
    run = Figures(case(step, flow, events(low="when: last < 9 USD", settled="when: last <= 6 USD")))
    near([run.day("low"), run.day("settled")], 0.5, 1.0, relative=1e-12)


@grids
def test_a_level_may_feed_its_own_flow(step: str) -> None:
    """Interest of 5 % a year that is paid all the time: 100 exp(t / 20), to the fourth order of a period."""
    bal = measures(bal="stock: cum(over(5 %/year * bal), 100 USD)")
    run = Figures(case(step, bal, terms(fee="amount: 10 %/year * bal"), events(e="when: bal >= 110 USD")))
    length = {"year": 1.0, "quarter": 0.25, "month": 1 / 12}[step]
    order = (0.05 * length) ** 4
    near(run.end("bal") / (100 * math.exp(0.25)), 1, relative=order)
    near(run.total("deal.fee.paid") / (200 * math.expm1(0.25)), 1, relative=order)
    near(run.day("e") / (20 * math.log(1.1)), 1, relative=order)


@grids
def test_a_debt_paid_down_out_of_what_is_left_of_it(step: str) -> None:
    """Two levels in a loop: what goes out of one by 30 % a year comes into the other."""
    two = measures(
        a="stock: cum(-over(30 %/year * a), 100 USD)",
        b="stock: cum(over(30 %/year * a) - over(10 %/year * b), 0 USD)",
    )
    run = Figures(case(step, two))
    length = {"year": 1.0, "quarter": 0.25, "month": 1 / 12}[step]
    order = 4 * (0.3 * length) ** 4
    near(run.end("a") / (100 * math.exp(-1.5)), 1, relative=order)
    near(run.end("b") / (100 * 0.3 / 0.2 * (math.exp(-0.5) - math.exp(-1.5))), 1, relative=order)


# hazards, uncertain days, delayed effects


@grids
def test_a_hazard_adds_up_to_its_draw(step: str) -> None:
    """From the moment its prerequisite is met, at 0.7: 30 % a year, and 90 % a year once a level is 150."""
    body = [
        UP,
        events(
            go="when: up >= 70 USD",
            hit='by: firm, after: go, hazard: "90 %/year if up >= 150 USD else 30 %/year"',
        ),
    ]
    kept = by_path(program(case(step, *body)), paths=512, seed=9)
    waits = -np.log(philox.uniform(9, philox.stream_of("hit.hazard"), 0, 0, 512))
    first = 0.3 * 0.8
    wanted = np.where(waits <= first, 0.7 + waits / 0.3, 1.5 + (waits - first) / 0.9)
    day = kept["date(hit)", Fold.FINAL][0]
    assert np.array_equal(np.isnan(day), wanted >= 5)
    np.testing.assert_allclose(day[wanted < 5], wanted[wanted < 5], rtol=1e-12)


@grids
@pytest.mark.parametrize(("met", "above"), [("a", "b"), ("b", "a")])
def test_what_holds_at_the_instant_comes_before_what_the_next_makes_true(met: str, above: str, step: str) -> None:
    """At 1.3 the level is 130, not yet above it: the event that asks for as much is first, whatever its name."""
    body = events(**{met: f'when: "up >= 130 USD and not happened({above})"', above: "when: up > 130 USD"})
    run = Figures(case(step, UP, body))
    near([run.day(met), run.day(above)], 1.3, 1.3)


@grids
def test_an_effect_that_waits_for_the_next_period(step: str) -> None:
    """What happens at 0.6 ends the fee where the next period begins; what falls on a beginning ends it at once."""
    body = [
        UP,
        events(e="when: up >= 60 USD, effect: next", f="when: up >= 200 USD, effect: next", other="when: up >= 63 USD"),
    ]
    run = Figures(case(step, *body, terms(fee="amount: 10 USD/year, until: e", other="amount: 10 USD/year, until: f")))
    ends = {"year": 1.0, "quarter": 0.75, "month": 8 / 12}[step]
    if step == "month":
        ends = (31 + 28 + 31 + 30 + 31 + 30 + 31 + 31) / 365
    if step == "quarter":
        ends = (365 - 92) / 365
    near([run.day("e"), run.total("deal.fee.paid"), run.total("deal.other.paid")], 0.6, 10 * ends, 20, relative=1e-12)


@grids
def test_prev_and_noise_do_not_see_stops_or_days(step: str) -> None:
    """A first-order process looks back to the end of the last reporting period, whatever happens in between."""
    process = measures(
        up="stock: cum(over(100 USD/year), 0 USD)",
        ar="stock: 60 % * prev(ar, 0) + noise(ar)",
        gap="stock: dt + 0 * t",
    )
    stopped = events(**{f"e{k}": f"when: up >= {k} USD" for k in (13, 87, 144, 261, 300, 433)})
    plain = program(case(step, process))
    cut = program(case(step, process, stopped, "facts:\n  d: {value: 2027-03-03}\n"))
    a, b = by_path(plain, paths=200, seed=3), by_path(cut, paths=200, seed=3)
    x = a["ar", Fold.YEAR_END]
    np.testing.assert_allclose(x, b["ar", Fold.YEAR_END], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(a["gap", Fold.YEAR_END], b["gap", Fold.YEAR_END], rtol=1e-12)
    rest = x[1:] - (0.6 ** {"year": 1, "quarter": 4, "month": 12}[step]) * x[:-1]
    part = {"year": 1, "quarter": 4, "month": 12}[step]
    spread = sum(0.36 ** (part - 1 - i) for i in range(part)) / part  # periods of a year are nearly alike
    assert abs(np.var(rest) / spread - 1) < 5 * math.sqrt(2 / rest.size) + 0.02


# what the central path tells


def test_the_central_path_tells_its_stops() -> None:
    fee = "amount: 10 USD/year, exceptions: {low: {when: up < 50 USD, amount: 20 USD/year}}, until: e"
    log = stops(program(case("year", UP, events(e="when: up >= 123 USD"), terms(fee=fee))))
    assert [(s.kind, round(s.at, 12)) for s in log] == [("turn", 0.5), ("turn", 1.23), ("jump", 1.23)]


def swing(pull: float) -> str:
    """A speed of 1 that is pulled back towards nought by so much a year: it turns every 2 / pull years."""
    return measures(
        place="stock: cum(over(100 %/year * v), 0 USD)",
        v=f"stock: cum(over(-{pull} USD/year if place > 0 USD else {pull} USD/year), 1 USD)",
    )


def test_a_thousand_stops_in_a_period_are_too_many() -> None:
    """995 turns a year are a triangle wave; 1,005 are too many for a period of a year and not for a quarter."""
    few = Figures(case("year", swing(1990), until="2028-01-01"))
    left = 2 % (4 / 1990)  # since the last time it went up through nought
    wanted = 1 - 1990 * left if left < 2 / 1990 else -1 + 1990 * (left - 2 / 1990)
    near([few.end("v")], wanted, relative=1e-6)
    assert abs(few.end("place")) < 1e-3
    assert Figures(case("quarter", swing(2010), until="2028-01-01")).end("place") < 1e-3
    with pytest.raises(RunStopped) as stop:
        by_path(program(case("year", swing(2010), until="2028-01-01")))
    (found,) = stop.value.diagnostics
    assert (found.code, found.fill("names"), found.fill("most")) == ("turns-for-ever", "v", "1000")
    assert (found.fill("path"), found.fill("date")) == ("0", "2026-12-30")
