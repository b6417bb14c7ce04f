"""Waterfalls of the reference by hand, what it refuses, and its random cases, texts and comparison."""

import math
from datetime import date
from fractions import Fraction

import pytest

from reference.compare import compare
from reference.exact import Result, simulate
from reference.model import (
    AtEvent,
    Choice,
    Ends,
    Event,
    Happened,
    Known,
    LevelMix,
    LevelOf,
    Not,
    Paid,
    Payment,
    RateMix,
    RateOf,
    Received,
    Some,
    Tier,
    Total,
    Unclear,
    UpTo,
    Waterfall,
)
from reference.random_cases import drawn_case, drawn_days, random_case
from reference.random_logic import random_logic
from reference.small import NOTHING, ONE, case, days, fee, is_, near, rising, steady
from reference.yaml_text import decimal, yaml_text

# waterfalls


def pour(*tiers: Tier, **more: object) -> Result:
    """10 a year."""
    money = Waterfall("money", steady(10), tiers, **more)  # type: ignore[arg-type]
    watched = Total("got", Received("money", "anna"))
    return simulate(case(waterfalls=(money,), totals=(watched,), events=(Event("goal", is_("got", ">=", 12)),)))


AB = (("anna", 60), ("bert", 40))


@pytest.mark.parametrize(
    ("then", "until", "anna", "bert", "rest"),
    [
        ("next", (12, 12), (6, 6, 0, 0), (4, 4, 0, 0), (0, 0, 10, 10)),
        ("redistribute", (12, 12), (6, 6, 0, 0), (4, 4, 4, 0), (0, 0, 6, 10)),
        ("carl", (12, 10), (6, 6, 0, 0), (4, 4, 2, 0), (0, 0, 5, 10)),
    ],
)
def test_a_tier_ends_by_its_targets(
    then: str, until: tuple[int, int], anna: tuple[float, ...], bert: tuple[float, ...], rest: tuple[float, ...]
) -> None:
    """Anna has 12 at 2.0. Then the tier ends; or Bert takes all; or Carl her 60 %, until Bert has 10 at 2.5."""
    goals = (UpTo("anna", Fraction(until[0])), UpTo("bert", Fraction(until[1])))
    run = pour(Tier("first", AB, goals, then))
    near(dict(run.flows)["money.anna"], *anna)
    near(dict(run.flows)["money.bert"], *bert)
    near(dict(run.flows)["money.undistributed"], *rest)
    if then == "carl":
        near(dict(run.flows)["money.carl"], 0, 0, 3, 0)
    assert days(run) == {"goal": 2.0}


def test_a_tier_ends_at_a_day_an_event_or_by_what_went_through() -> None:
    day, sole = (Ends(date(2026, 7, 2)),), (("anna", 100),)
    tiers = (
        Tier("a", sole, day),
        Tier("b", AB, (UpTo("pot", Fraction(15)),)),
        Tier("c", sole, (Ends(AtEvent("goal")),)),
    )
    run = pour(*tiers)  # half a year by days, then 60 % until 1.5, then all until she has 12
    near(dict(run.flows)["money.anna"], *_anna())
    near(days(run)["goal"], sum(_anna()) / 10 + 0.4 * (1.5 - 182 / 365))


def _anna() -> tuple[float, ...]:
    first = 10 * 182 / 365
    year = first + 6 * 183 / 365
    return year, 3 + (12 - year - 3), 0.0, 0.0


def test_what_a_party_had_before_counts() -> None:
    run = pour(Tier("a", AB, (UpTo("anna", Fraction(12)),)), opening=(("anna", Fraction(6)),))
    near(dict(run.flows)["money.anna"], 6, 0, 0, 0)


# what the specification does not settle


def test_what_has_no_one_answer_is_unclear() -> None:
    away = Choice(steady(5), is_("up", ">", 0), steady(-5))
    with pytest.raises(Unclear, match="two-ways"):
        simulate(case(totals=(Total("up", away),)))
    with pytest.raises(Unclear, match="at-the-end"):
        simulate(rising(events=(Event("ev", is_("up", ">=", 400)),)))
    capped = fee(steady(50), cap=LevelMix(((Fraction(1, 10), LevelOf("cash")),)))
    pays = Payment("pays", Choice(steady(250), is_("cash", ">=", 50), NOTHING))
    parts = ((ONE, steady(100)), (-ONE, Paid("pays")))
    with pytest.raises(Unclear, match="slides-at-cap"):
        simulate(case(payments=(capped, pays), totals=(Total("cash", RateMix(parts)),)))


# random cases


@pytest.mark.parametrize("seed", range(40))
def test_random_cases_pay_what_they_pour_and_keep_their_caps(seed: int) -> None:
    found = drawn_case(seed)
    assert random_case(seed) == found.case
    run, flows = simulate(found.case, drawn_days(found.case, Fraction(1, 2))), dict(found.result.flows)
    assert run == found.result
    for payment in found.case.payments:
        if isinstance(payment.cap, Known):
            assert run.total(f"deal.{payment.name}.paid") <= float(payment.cap.value - payment.opening) + 1e-9
    for total in found.case.totals:
        if isinstance(total.rate, Paid):
            near(run.end(total.name), float(total.opening) + sum(flows[f"deal.{total.rate.payment}.paid"]))


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_a_condition_spelled_otherwise_gives_the_same(seed: int) -> None:
    logic = random_logic(seed)
    plain = simulate(logic.plain)
    for other in (logic.rewritten, logic.named):
        assert other != logic.plain
        found = simulate(other)
        assert (found.flows, found.ends, found.dates) == (plain.flows, plain.ends, plain.dates)


# text and comparison


def test_the_text_of_a_case() -> None:
    rate = Choice(steady(2.5), Some((is_("up", ">=", 50), Not(Happened("ev")))), RateOf("pace"))
    cap = LevelMix(((Fraction(1, 5), LevelOf("up")),))
    small = rising(
        rates=(("pace", steady(4)),),
        events=(Event("ev", date(2027, 2, 1), 2),),
        payments=(fee(rate, AtEvent("ev"), cap=cap),),
    )
    text = yaml_text(small, step="month", unit="m USD")
    assert "simulate: {until: 2030-01-01, step: month, day_count: ACT/ACT}\n" in text
    assert "  ev: {date: 2027-02-01, rank: 2}\n" in text
    amount = "(2.5 m USD/year if (up >= 50 m USD) or (not (happened(ev))) else pace)"
    assert f'fee: {{pays: {{from: firm, to: fund}}, amount: "{amount}", from: ev, cap: "(0.2 * up)"}}' in text
    assert [decimal(Fraction(n)) for n in ("-0.05", "12", "3/8")] == ["-0.05", "12", "0.375"]


def test_a_disagreement_is_found() -> None:
    events = (Event("goal", is_("up", ">=", 130)), Event("never", is_("up", "<", 0)))
    small = rising(payments=(fee(steady(10)),), events=events)
    right: dict[str, float | list[float]] = {
        "deal.fee.paid": [10e6] * 4,
        "up": 400e6,
        "date(goal)": 1.3,
        "date(never)": math.nan,
    }
    assert compare(small, lambda _: right, unit="m USD") == []
    for name, wrong in (
        ("up", 400.001e6),
        ("date(goal)", math.nan),
        ("date(never)", 0.0),
        ("deal.fee.paid", [10e6, 10e6, 9e6, 11e6]),
    ):
        assert compare(small, lambda _, n=name, w=wrong: {**right, n: w}, unit="m USD")  # type: ignore[misc]
    assert len(compare(small, lambda _: {}, unit="m USD")) == 4
