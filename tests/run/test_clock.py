"""The loop on programs written by hand: switches, jumps, windows and slides against closed forms."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import PLACE, Draft, years

from syngraph.base.dates import Clock
from syngraph.base.errors import RunStopped
from syngraph.compile.nodes.grid import make_grid
from syngraph.ir.program import NONE, Closing, Fold, Origin, Output, Program, Segment, Turn, Window
from syngraph.run import philox
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine, stops
from syngraph.run.numpy.calendar import Calendar
from syngraph.run.numpy.clock import MOST_STOPS
from syngraph.run.numpy.lanes import Lanes
from syngraph.run.numpy.roots import NEVER, Gap, first_turn


def kept(program: Program, *, count: int = 1, seed: int = 1, first: int = 0) -> dict[tuple[str, Fold], Floats]:
    """Values by name and fold."""
    blocks = execute(machine(program), seed=seed, first=first, count=count)
    return {(o.name, o.fold): values for o, (values, _) in zip(program.outputs, blocks, strict=True)}


def code(program: Program) -> tuple[str, dict[str, str]]:
    """What stops a run."""
    with pytest.raises(RunStopped) as stop:
        kept(program)
    (found,) = stop.value.diagnostics
    return found.code, dict(found.fills)


# switches


def two_speeds(segments: tuple[Segment, ...], bound: float, *, strict: bool = False) -> Program:
    """A total that rises by 2 a year until it reaches a bound, then by 1/2, or falls by 3 once it is at 2.4 times it."""
    draft = Draft()
    zero, limit, top = (draft.number(v) for v in (0.0, bound, 2.4 * bound))
    fast, slow, back = (draft.number(v) for v in (2.0, 0.5, -3.0))
    total, fell = draft.state("total", zero), draft.state("fell", zero, truth=True)
    reached = draft.switch(total, limit, strict=strict, name="reached")
    over = draft.switch(total, top, strict=strict, name="over")
    rate = draft.each("select", fell, back, draft.each("select", reached, slow, fast))
    points = draft.rising(total, rate)
    for truth, goal in ((reached, limit), (over, top)):
        draft.gap(truth, draft.less(points, goal), (goal, goal, goal))
    due = draft.each("and", over, draft.each("not", fell))
    draft.jump(Turn.EVENT, due, sets=draft.sets((fell, draft.number(1.0))))
    draft.outputs.append(Output("total", points[2], Fold.YEAR_END))
    draft.outputs.append(Output("paid", draft.flows(rate), Fold.YEAR_SUM))
    return draft.made(segments)


def after(at: float, bound: float) -> float:
    """That total: 2 a year to the bound, then 1/2 a year to 2.4 times it, then down by 3 a year."""
    first = bound / 2
    second = first + 1.4 * bound / 0.5
    if at <= first:
        return 2 * at
    return bound + 0.5 * (at - first) if at <= second else 2.4 * bound - 3 * (at - second)


@pytest.mark.parametrize("parts", [1, 4, 12])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("bound", [1.0, 0.9, 1e-3, 50.0, 4.0])
def test_a_switch_turns_where_its_gap_is_nought(bound: float, parts: int, strict: bool) -> None:
    program = two_speeds(years(5 * parts, parts=parts), bound, strict=strict)
    levels = kept(program)["total", Fold.YEAR_END][:, 0]
    wanted = [after(i, bound) for i in range(1, 6)]
    np.testing.assert_allclose(levels, wanted, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(kept(program)["paid", Fold.YEAR_SUM][:, 0], np.diff([0, *wanted]), atol=1e-12)


def test_the_central_path_tells_where_it_stopped_and_why() -> None:
    log = stops(two_speeds(years(5), 0.9))
    assert [(s.kind, s.index, s.on) for s in log] == [
        ("turn", 0, True),
        ("turn", 1, True),
        ("jump", 0, False),
        ("turn", 1, False),
        ("turn", 0, False),
    ]
    wanted = [0.45, 0.45 + 2.52, 0.45 + 2.52, 0.45 + 2.52, 0.45 + 2.52 + 1.26 / 3]
    np.testing.assert_allclose([s.at for s in log], wanted, rtol=1e-14)


def parabola(c: float, strict: bool, *, segments: int = 1, length: float = 1.0) -> Program:
    """A level (t - 1/2)² + c at each moment, and how long it is above 0."""
    draft = Draft()
    zero, half, shift = draft.number(0.0), draft.number(0.5), draft.number(c)
    clock, until = draft.each("clock"), draft.each("until")
    middle = draft.each("mul", half, draft.each("add", clock, until))

    def level(at: int) -> int:
        away = draft.each("sub", at, half)
        return draft.each("add", draft.each("mul", away, away), shift)

    points = (level(clock), level(middle), level(until))
    truth = draft.switch(points[0], zero, strict=strict)
    draft.gap(truth, points, (zero, zero, zero))
    on = draft.each("mul", truth, draft.each("length"))
    draft.outputs.append(Output("on", on, Fold.TOTAL))
    ends = tuple(
        Segment(date(2026, 1, 1), date(2027, 1, 1), i * length / segments, (i + 1) * length / segments, 0, 2026)
        for i in range(segments)
    )
    return draft.made(ends)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("segments", [1, 2, 3, 4])
@pytest.mark.parametrize("c", [-0.09, -1e-4, -1e-8, 0.0, 1e-10, 0.01, -0.25, -0.3])
def test_a_gap_that_comes_back_in_one_stretch_turns_twice(c: float, segments: int, strict: bool) -> None:
    """Below nought for 2 √-c around the middle, as far as that lies in the year; what only touches has no effect."""
    found = kept(parabola(c, strict, segments=segments))["on", Fold.TOTAL].item()
    below = 0.0 if c >= 0 else min(2 * np.sqrt(-c), 1.0)
    assert abs(found - (1 - below)) <= 1e-9


POINTS = st.floats(-1.0, 1.0).map(lambda x: round(x, 3))


@given(POINTS, POINTS, POINTS)
def test_the_first_turn_is_the_first_root(start: float, middle: float, end: float) -> None:
    """Of the parabola through three points, looked for on a fine grid and by its formula."""
    start = abs(start) + 1e-3
    arrays = [np.array([v]) for v in (start, middle, end)]
    gap = Gap(*arrays, np.zeros(1), np.zeros(1), np.ones(1, bool))
    (found,) = first_turn(gap)
    shares = np.linspace(0.0, 1.0, 200_001)
    curve = start + (4 * middle - 3 * start - end) * shares + (2 * (start + end) - 4 * middle) * shares**2
    low = np.flatnonzero(curve < 0.0)
    if len(low):
        assert shares[low[0] - 1] - 1e-9 <= found <= shares[low[0]] + 1e-9
    else:
        assert found == NEVER or abs(np.interp(found, shares, curve)) < 1e-9


# jumps


def queue(keys: list[dict[str, object]]) -> Program:
    """Jumps that are all due at 0.3; each notes how many came before it."""
    draft = Draft()
    zero, one, never = draft.number(0.0), draft.number(1.0), draft.number(1.0)
    moment = draft.number(0.3)
    draft.days.append(moment)
    came = draft.each("le", moment, draft.each("clock"))
    count = draft.state("count", zero)
    more = draft.each("add", count, one)
    for i, key in enumerate(keys):
        done = draft.state(f"done {i}", zero, truth=True)
        place = draft.state(f"place {i}", zero)
        due = draft.each("and", came, draft.each("not", done))
        fields = {k: v for k, v in key.items() if k not in ("stands", "day")}
        stands = never if key.get("stands", True) else zero
        day = draft.number(float(str(key["day"]))) if "day" in key else NONE
        sets = draft.sets((done, one), (place, more), (count, more))
        draft.jump(due=due, sets=sets, stands=stands, day=day, **({"turn": Turn.EVENT} | fields))  # type: ignore[arg-type]
        draft.outputs.append(Output(f"place {i}", place, Fold.FINAL))
    return draft.made(years(1))


ORDERED = [
    {"turn": Turn.SUM},
    {"rank": -1},
    {},
    {"day": 0.1},
    {"day": 0.2},
    {"rates": True},
    {"stands": False},
    {"rank": 1, "day": 0.05},
]
"""Sums; then by rank, what holds at this instant, what watches no rate, days by date, and place in the program."""
PLACES = (1, 2, 5, 3, 4, 6, 7, 8)


@given(st.permutations(range(len(ORDERED))))
def test_of_what_is_due_at_one_moment_the_first_happens(order: list[int]) -> None:
    found = kept(queue([ORDERED[i] for i in order]))
    places = {i: found[f"place {at}", Fold.FINAL].item() for at, i in enumerate(order)}
    assert [places[i] for i in range(len(ORDERED))] == list(PLACES)


def test_jumps_alike_come_in_the_order_of_the_program_and_sums_together() -> None:
    found = kept(queue([{"rank": 2}, {"rank": 2}, {"rank": 2}, {"turn": Turn.SUM}, {"turn": Turn.SUM, "rank": 5}]))
    assert [found[f"place {i}", Fold.FINAL].item() for i in range(5)] == [2, 3, 4, 1, 1]


def test_a_sum_is_paid_where_it_is_due() -> None:
    """One at a moment inside the second year; another that a stretch ending on the first year's end makes due."""
    draft = Draft()
    zero, one, moment, year = (draft.number(v) for v in (0.0, 1.0, 1.25, 1.0))
    draft.days += [moment, year]
    done = draft.state("done", zero, truth=True)
    level = draft.state("level", zero)
    came = draft.each("and", draft.each("le", moment, draft.each("clock")), draft.each("not", done))
    amount = draft.each("add", draft.each("clock"), draft.number(5.0))
    flow = draft.flows(draft.number(10.0))
    posted = draft.each("select", came, amount, zero)
    draft.jump(Turn.SUM, came, sets=draft.sets((done, one)))
    closes = draft.each("eq", draft.each("until"), year)
    flow = draft.each("add", flow, draft.each("select", closes, draft.number(3.0), zero))
    end = draft.each("add", level, flow)
    draft.moves(level, end)
    draft.states[draft.at(level)] = replace(draft.states[draft.at(level)], posted=posted)
    draft.closings.append(Closing(closes, Origin("late", PLACE)))
    draft.outputs += [Output("paid", flow, Fold.YEAR_SUM, posted=posted), Output("level", end, Fold.YEAR_END)]
    made = draft.made(years(3))
    found = kept(made)
    assert found["paid", Fold.YEAR_SUM][:, 0].tolist() == [13.0, 16.25, 10.0]
    assert found["level", Fold.YEAR_END][:, 0].tolist() == [13.0, 29.25, 39.25]
    assert [(s.at, s.kind) for s in stops(made)] == [(1.0, "closing"), (1.25, "day"), (1.25, "jump")]


def test_a_jump_on_a_rate_sees_what_switches_that_turn_at_once_make_of_it() -> None:
    """The rate falls to nought where the total is 1; what watches the rate happens then, not before."""
    draft = Draft()
    zero, one, speed = (draft.number(v) for v in (0.0, 1.0, 0.8))
    total, done, day = draft.state("total", zero), draft.state("done", zero, truth=True), draft.state("day", zero)
    full = draft.switch(total, one)
    rate = draft.each("select", full, zero, speed)
    points = draft.rising(total, rate)
    draft.gap(full, draft.less(points, one), (one, one, one))
    due = draft.each("and", draft.each("le", rate, zero), draft.each("not", done))
    draft.jump(Turn.EVENT, due, sets=draft.sets((done, one), (day, draft.each("clock"))), rates=True)
    draft.outputs += [Output("day", day, Fold.FINAL), Output("total", points[2], Fold.FINAL)]
    found = kept(draft.made(years(3)))
    assert abs(found["day", Fold.FINAL].item() - 1.25) <= 1e-14
    assert abs(found["total", Fold.FINAL].item() - 1.0) <= 1e-14


# windows


@pytest.mark.parametrize("parts", [1, 2, 12])
@pytest.mark.parametrize("window", [0.5, 1.0, 1.7])
def test_a_window_is_the_total_one_window_ago(window: float, parts: int) -> None:
    """The flow is 4 a year until a day, then 1 + 2 t; before today 3 came in a window, evenly."""
    day, count = 0.7, 4

    def total(at: float) -> float:
        if at <= 0:
            return 3.0 * at / window
        return 4 * min(at, day) + max(at - day, 0) + max(at**2 - day**2, 0) + max(at**3 - day**3, 0)

    draft = Draft()
    zero, one, two, four, turn = (draft.number(v) for v in (0.0, 1.0, 2.0, 4.0, day))
    draft.days.append(turn)
    clock, until, length = draft.each("clock"), draft.each("until"), draft.each("length")
    middle = draft.each("mul", draft.number(0.5), draft.each("add", clock, until))
    early = draft.each("lt", clock, turn)

    def speed(at: int) -> int:
        bent = draft.each("mul", draft.number(3.0), draft.each("mul", at, at))
        return draft.each("add", draft.each("add", one, draft.each("mul", two, at)), bent)

    flow = tuple(draft.each("select", early, four, speed(at)) for at in (clock, middle, until))
    state = draft.state("total", zero)
    mean = draft.each("mean", *flow)
    draft.moves(state, draft.each("add", state, draft.each("mul", length, mean)))
    ago = [draft.each("window", data=(0, point)) for point in range(3)]
    draft.windows.append(
        Window((flow[0], flow[1], flow[2]), 0, window, draft.number(3.0), (NONE, NONE), draft.states_origin())
    )
    checks = draft.state("wrong", zero)
    draft.moves(checks, draft.each("max", checks, zero))
    for i in range(count * parts):
        draft.outputs += [
            Output(f"{point} {i}", register, Fold.SEGMENT, segment=i)
            for point, register in (("ago", ago[2]), ("start", clock))
        ]
    segments = years(count * parts, parts=parts)
    found = kept(draft.made(segments))
    for i, segment in enumerate(segments):
        wanted = total(segment.t1 - window)
        assert abs(found[f"ago {i}", Fold.SEGMENT].item() - wanted) <= 1e-12 * max(1.0, abs(wanted))


def test_a_path_stops_where_the_far_edge_of_a_window_passes_a_stop_of_its_flow() -> None:
    """A flow that begins on a day leaves its window from one window later on; stretches are never longer than that."""
    draft = Draft()
    zero, one, day = (draft.number(v) for v in (0.0, 1.0, 0.3))
    draft.days.append(day)
    flow = draft.each("select", draft.each("le", day, draft.each("clock")), one, zero)
    state, count = draft.state("total", zero), draft.state("count", zero)
    draft.moves(state, draft.each("add", state, draft.flows(flow)))
    stretches = draft.each("add", count, one)
    draft.moves(count, stretches)
    ago = draft.each("window", data=(0, 2))
    draft.windows.append(Window((flow, flow, flow), 0, 0.5, zero, (NONE, NONE), draft.states_origin()))
    draft.outputs += [Output("count", stretches, Fold.YEAR_END), Output("ago", ago, Fold.YEAR_END)]
    found = kept(draft.made(years(2)))
    # 0 to 0.3, the edge of today at 0.5, the edge of the flow at 0.8, 1.0; then 1.5 as the window is half a year
    assert found["count", Fold.YEAR_END][:, 0].tolist() == [4.0, 6.0]
    np.testing.assert_allclose(found["ago", Fold.YEAR_END][:, 0], [0.2, 1.2], rtol=1e-14)


# the calendar


COUNTS = st.sampled_from(["ACT/ACT", "ACT/365F"])


@given(st.dates(date(2024, 1, 1), date(2033, 12, 31)), COUNTS, st.floats(0, 0.999), st.integers(0, 60))
def test_some_months_later_is_the_same_day_and_hour(day: date, count: str, part: float, months: int) -> None:
    """Or the last day of a month that has no such day. An anniversary is twelve months later, year by year."""
    today = date(2023, 11, 30)
    calendar = Calendar(make_grid(today, date(2039, 1, 1), "year", count, []).calendar)
    clock = Clock(today, count)

    def moment(at: date) -> float:
        length = clock.years_to(at + timedelta(days=1)) - clock.years_to(at)
        return clock.years_to(at) + part * length

    def after(count: int) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    (found,) = calendar.later(np.array([moment(day)]), months)
    assert abs(found - moment(after(months))) <= 1e-12
    (next_,) = calendar.anniversary(np.array([moment(day)]), np.array([moment(after(months))]))
    assert abs(next_ - moment(after(months // 12 * 12 + 12))) <= 1e-12


# slides


def pushed(up: float, down: float, *, level: float = 1.5, segments: int = 3) -> Program:
    """A total that rises by `up` below a level and falls by `down` at it."""
    draft = Draft()
    zero, limit, rises, falls = (draft.number(v) for v in (0.0, level, up, -down))
    total = draft.state("total", zero)
    over = draft.switch(total, limit, name="over")
    rate = draft.each("select", over, falls, rises)
    points = draft.rising(total, rate)
    draft.gap(over, draft.less(points, limit), (limit, limit, limit))
    paid = draft.flows(draft.each("select", over, draft.number(up + down), zero))
    draft.outputs += [Output("total", points[2], Fold.YEAR_END), Output("paid", paid, Fold.YEAR_SUM)]
    return draft.made(years(segments))


@pytest.mark.parametrize(("up", "down"), [(1.0, 2.0), (2.0, 0.5), (0.7, 0.7)])
def test_sides_that_push_against_each_other_are_mixed(up: float, down: float) -> None:
    """From where the total meets the level it stays there: what is paid is what comes in."""
    found = kept(pushed(up, down))
    met = 1.5 / up
    totals = [min(up * i, 1.5) for i in (1, 2, 3)]
    np.testing.assert_allclose(found["total", Fold.YEAR_END][:, 0], totals, rtol=1e-12)
    paid = [up * max(i - max(met, i - 1), 0) for i in (1, 2, 3)]
    np.testing.assert_allclose(found["paid", Fold.YEAR_SUM][:, 0], paid, rtol=1e-12, atol=1e-12)


# what never ends


def saw(teeth: float) -> Program:
    """A total that rises by 1 a year and is set to nought where it reaches a tooth."""
    draft = Draft()
    zero, one, limit = draft.number(0.0), draft.number(1.0), draft.number(1.0 / teeth)
    total = draft.state("total", zero)
    full = draft.switch(total, limit, name="full")
    points = draft.rising(total, one)
    draft.gap(full, draft.less(points, limit), (limit, limit, limit))
    draft.jump(Turn.EVENT, full, sets=draft.sets((total, zero)))
    draft.outputs.append(Output("total", points[2], Fold.FINAL))
    return draft.made(years(1))


def test_a_path_that_stops_too_often_in_a_segment_stops_the_run() -> None:
    """A tooth takes two stops, a turn and a jump that leaves the total far on the other side."""
    assert abs(kept(saw(500.5))["total", Fold.FINAL].item() - 0.5 / 500.5) < 1e-12
    found, fills = code(saw(501.5))
    assert found == "turns-for-ever" and fills["most"] == str(MOST_STOPS) == "1000"
    assert fills["names"] == "full" and fills["path"] == "0" and fills["date"] == "2026-12-31"


# lanes


def test_every_array_of_the_lanes_is_taken_and_put_back() -> None:
    """A lane that is worked out apart leaves nothing behind."""
    from syngraph.run.numpy.lanes import at_the_start

    made = two_speeds(years(2), 1.0)
    lanes = at_the_start(made, Calendar(made.calendar), np.arange(5), fixed=2, sums=1)
    for i, name in enumerate(n for n in Lanes.__dataclass_fields__ if isinstance(getattr(lanes, n), np.ndarray)):
        array = getattr(lanes, name)
        array[...] = np.arange(array.size).reshape(array.shape) % (2 if array.dtype == bool else 7 + i)
    some = np.array([1, 3])
    taken = lanes.take(some)
    before = {
        n: getattr(lanes, n).copy() for n in Lanes.__dataclass_fields__ if isinstance(getattr(lanes, n), np.ndarray)
    }
    for name, array in before.items():
        assert np.array_equal(getattr(taken, name), array[..., some]), name
        getattr(lanes, name)[..., some] = 0
    lanes.put(some, taken)
    for name, array in before.items():
        assert np.array_equal(getattr(lanes, name), array), name


def test_each_path_goes_by_its_own_clock() -> None:
    """Paths whose rates differ stop at moments of their own; alone and together they are the same bits."""
    draft = Draft()
    zero, limit = draft.number(0.0), draft.number(1.0)
    total = draft.state("total", zero)
    rate = draft.before("add", draft.before("uniform", data="u"), draft.number(0.1))
    full = draft.switch(total, limit)
    points = draft.rising(total, draft.each("select", full, draft.number(0.25), rate))
    draft.gap(full, draft.less(points, limit), (limit, limit, limit))
    draft.outputs.append(Output("total", points[2], Fold.YEAR_END))
    program = draft.made(years(6))
    together = kept(program, count=64, first=100)["total", Fold.YEAR_END]
    u = philox.uniform(1, philox.stream_of("u"), 0, 100, 64) + 0.1
    met = 1.0 / u
    at = np.arange(1, 7)[:, None]
    np.testing.assert_allclose(together, np.where(at <= met, u * at, 1.0 + 0.25 * (at - met)), rtol=1e-13)
    for i in range(0, 64, 9):
        alone = kept(program, count=1, first=100 + i)["total", Fold.YEAR_END]
        assert alone.tobytes() == together[:, i : i + 1].tobytes()


def test_a_segment_ends_every_lane_that_is_as_good_as_there() -> None:
    """A day within 1e-11 years of an end is the end."""
    draft = Draft()
    zero, one = draft.number(0.0), draft.number(1.0)
    draft.days += [draft.number(1.0 - 5e-12), draft.number(1.5)]
    count = draft.state("count", zero)
    more = draft.each("add", count, one)
    draft.moves(count, more)
    draft.outputs.append(Output("count", more, Fold.YEAR_END))
    assert kept(draft.made(years(2)))["count", Fold.YEAR_END][:, 0].tolist() == [1.0, 3.0]
