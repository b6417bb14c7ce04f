"""The segments of time: calendar-aligned, half-open, cut at known days, measured by the day count."""

import itertools
from calendar import isleap
from datetime import date, timedelta

import pytest
from compile_samples import SOUND
from hypothesis import given
from hypothesis import strategies as st

from syngraph.compile.case import compile_plans
from syngraph.compile.nodes.grid import Grid, make_grid
from syngraph.graph.days import known_dates
from syngraph.load.case import load_texts

STEPS = {"month": 1, "quarter": 3, "year": 12}
DAYS = st.dates(date(1999, 1, 1), date(2012, 12, 31))


@st.composite
def grids(draw: st.DrawFn) -> tuple[Grid, str, set[date]]:
    today, until = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
    step, dates = draw(st.sampled_from(sorted(STEPS))), draw(st.sets(DAYS, max_size=5))
    count = draw(st.sampled_from(["ACT/365F", "ACT/ACT"]))
    return make_grid(today, until, step, count, dates), step, dates


def actual(first: date, end: date) -> float:
    """ACT/ACT (ISDA) day by day: each day is one part of its own year."""
    days = (first + timedelta(days=i) for i in range((end - first).days))
    parts = [isleap(day.year) for day in days]
    return parts.count(True) / 366 + parts.count(False) / 365


@given(grids())
def test_segments_are_half_open_and_leave_nothing_out(made: tuple[Grid, str, set[date]]) -> None:
    grid = made[0]
    assert all(s.start < s.end for s in grid.segments)
    assert all(a.end == b.start and a.t1 == b.t0 for a, b in itertools.pairwise(grid.segments))
    assert (grid.segments[0].start, grid.segments[0].t0) == (grid.today, 0.0)
    for segment in grid.segments:
        index = grid.ending(segment.end)
        assert index is not None and grid.segments[index] == segment
        if segment.end - segment.start > timedelta(days=1):
            assert grid.ending(segment.end - timedelta(days=1)) is None
    assert grid.ending(grid.today) is None


@given(grids())
def test_cuts_are_the_calendar_and_the_given_days_and_nothing_else(made: tuple[Grid, str, set[date]]) -> None:
    grid, step, dates = made
    until = grid.segments[-1].end
    inside = [grid.today + timedelta(days=i) for i in range(1, (until - grid.today).days)]
    aligned = {d for d in inside if d.day == 1 and (d.month - 1) % STEPS[step] == 0}
    assert {s.start for s in grid.segments} == {grid.today} | aligned | (dates & set(inside))


@given(grids())
def test_parts_of_a_period_share_its_number_and_length(made: tuple[Grid, str, set[date]]) -> None:
    grid, step, _ = made
    months = STEPS[step]
    for segment, length, start in zip(grid.segments, grid.period_lengths, grid.period_starts, strict=True):
        month = (segment.start.month - 1) // months * months + 1
        first = date(segment.start.year, month, 1)
        after = date(first.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
        assert segment.end <= after
        assert segment.period == first.year * (12 // months) + (month - 1) // months
        assert segment.year == segment.start.year
        begins, ends = max(first, grid.today), min(after, grid.segments[-1].end)  # the part of it that is run
        wanted = (ends - begins).days / 365 if grid.day_count == "ACT/365F" else actual(begins, ends)
        assert length == pytest.approx(wanted, rel=1e-13)
        assert start == grid.years_to(begins)


@given(grids())
def test_years_are_counted_by_the_day_count(made: tuple[Grid, str, set[date]]) -> None:
    grid = made[0]
    for segment in grid.segments:
        days = (segment.end - grid.today).days
        wanted = days / 365 if grid.day_count == "ACT/365F" else actual(grid.today, segment.end)
        assert segment.t1 == pytest.approx(wanted, rel=1e-13)
        assert grid.years_to(segment.end) == segment.t1
    assert grid.years_to(grid.today) == 0


@given(grids(), DAYS)
def test_days_before_today_are_negative_years(made: tuple[Grid, str, set[date]], day: date) -> None:
    grid = made[0]
    first, end = sorted((day, grid.today))
    years = (end - first).days / 365 if grid.day_count == "ACT/365F" else actual(first, end)
    if day < grid.today:
        assert grid.years_to(day) == pytest.approx(-years, rel=1e-13)


def test_a_quarter_cut_twice() -> None:
    grid = make_grid(date(2025, 9, 12), date(2026, 4, 1), "quarter", "ACT/365F", [date(2026, 2, 10), date(2025, 1, 1)])
    assert [str(s.start) for s in grid.segments] == ["2025-09-12", "2025-10-01", "2026-01-01", "2026-02-10"]
    assert [s.t1 * 365 for s in grid.segments] == pytest.approx([19, 111, 151, 201], rel=1e-14)
    assert [s.period - 2025 * 4 for s in grid.segments] == [2, 3, 4, 4]
    assert [x * 365 for x in grid.period_lengths] == pytest.approx([19, 92, 90, 90], rel=1e-14)
    assert [x * 365 for x in grid.period_starts] == pytest.approx([0, 19, 111, 111], rel=1e-14)


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_ends_early_has_the_last_period_of_its_case(step: str) -> None:
    """So that a walk rises in it as it does in the whole run."""
    today, whole, early = date(2025, 9, 12), date(2027, 8, 20), date(2027, 5, 9)
    long = make_grid(today, whole, step, "ACT/ACT", [early])
    short = make_grid(today, early, step, "ACT/ACT", [], horizon=whole)
    count = len(short.segments)
    assert short.segments == long.segments[:count]
    assert (short.period_starts, short.period_lengths) == (long.period_starts[:count], long.period_lengths[:count])


@given(grids())
def test_the_calendar_knows_when_years_begin_from_a_leap_day_before_today_to_one_beyond_the_run(
    made: tuple[Grid, str, set[date]],
) -> None:
    grid = made[0]
    years = range(max(grid.today.year - 8, 1), grid.segments[-1].end.year + 3)
    assert len(grid.calendar) == len(years)
    for year, (start, day, leap) in zip(years, grid.calendar, strict=True):
        assert start == grid.years_to(date(year, 1, 1)) and leap is isleap(year)
        assert day == pytest.approx(1 / 365 if grid.day_count == "ACT/365F" else 1 / (365 + leap), rel=1e-9)


def test_days_of_every_plan_and_reading_cut_all_plans() -> None:
    more = (
        "facts:\n  d: {readings: {one: 2026-02-03, two: 2026-03-04}, use: one}\n"
        "plans:\n  p: {changes: [{path: facts.end_day.value, value: 2026-05-06}]}\n"
        "checks:\n  c: {value: saved, at: 2026-07-08, at_least: 0 USD}\n"
    )
    cases = load_texts([("a.yaml", SOUND), ("b.yaml", more)]).cases
    after = date(2026, 7, 9)  # a check asks for the end of its day
    wanted = {date(2026, 2, 3), date(2026, 3, 4), date(2026, 5, 6), after, date(2027, 1, 1)}
    assert wanted <= known_dates(cases)
    first, second = compile_plans(cases, extra=[date(2026, 8, 9)])
    assert first.program is not None
    assert second.program is not None
    assert first.program.segments == second.program.segments
    assert wanted | {date(2026, 8, 9)} <= {s.start for s in first.program.segments}


def test_a_run_can_end_earlier_but_not_later() -> None:
    cases = load_texts([("a.yaml", SOUND)]).cases
    for until, end in ((date(2026, 3, 4), date(2026, 3, 4)), (date(2050, 1, 1), date(2028, 1, 1))):
        (result,) = compile_plans(cases, until=until)
        assert result.program is not None
        assert result.program.segments[-1].end == end
