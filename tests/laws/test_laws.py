"""The laws of a run, each over generated cases."""

import math
import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import Draft, days, drafts

from runs import by_path, by_segment, compiled, draws_of, program, programs
from syngraph.base.errors import RunStopped
from syngraph.ir.program import Fold, Output, Program
from syngraph.ir.spec import problems
from syngraph.run.results import simulate

PATHS = 64
PARTIES = ("firm", "fund", "bank", "aid")
SHARED = ("shares.fund", "shares.firm", "shares.bank", "shares.aid", "shares.undistributed")
few = settings(max_examples=12, deadline=None, derandomize=True)
some = settings(max_examples=25, deadline=None, derandomize=True)


def present(made: Program, names: tuple[str, ...]) -> list[str]:
    known = {o.name for o in made.outputs}
    return [n for n in names if n in known]


def bits(made: Program) -> str:
    return simulate(made, paths=PATHS, seed=3, chunk=4096).sha256


@some
@given(drafts())
def test_every_program_is_legal(draft: Draft) -> None:
    for plan in compiled(draft.text()).values():
        assert plan.program is not None and problems(plan.program) == ()


@some
@given(drafts())
def test_paid_is_received(draft: Draft) -> None:
    """On every path and in every segment, and both are what terms and waterfalls move."""
    made = program(draft.text())
    paid = present(made, tuple(f"paid({p})" for p in PARTIES))
    received = present(made, tuple(f"received({p})" for p in PARTIES))
    moved = present(made, ("deal.fee.paid", "deal.rent.paid", "deal.loan.paid", *SHARED[:-1]))
    found = by_segment(made, [*paid, *received, *moved], paths=PATHS)
    given_away, got, terms = (sum(found[n] for n in names) for names in (paid, received, moved))
    scale = np.maximum(np.abs(terms), 1.0)
    assert np.all(np.abs(given_away - got) <= 1e-9 * scale)
    assert np.all(np.abs(given_away - terms) <= 1e-9 * scale)
    assert np.any(terms > 0)


@some
@given(drafts())
def test_payouts_and_the_rest_are_the_pot(draft: Draft) -> None:
    made = program(draft.text())
    found = by_segment(made, [*present(made, SHARED), "pot"], paths=PATHS)
    shared = sum(v for n, v in found.items() if n != "pot")
    pot = found["pot"]
    assert all(np.all(v >= -1e-6) for v in found.values())
    slack = 1e-9 * np.maximum(pot, 1.0)
    key, _, moment = draft.span.removeprefix(", ").partition(": ")
    if moment == "launch":
        assert np.all(shared <= pot + slack)
    else:
        day = date.fromisoformat(moment) if moment else date.min
        on = np.array([[(s.start >= day) != (key == "until")] for s in made.segments])
        assert np.all(np.abs(shared - pot * on) <= slack)
    level = by_path(made, paths=PATHS)
    parts = [n for n, _ in level if n.startswith("supply.")]
    total = sum(level[n, Fold.YEAR_END] for n in parts)
    np.testing.assert_allclose(total, level["demand", Fold.YEAR_END], rtol=1e-9)


@some
@given(drafts())
def test_nobody_is_above_a_cap(draft: Draft) -> None:
    made = program(draft.text())
    kept = by_path(made, paths=PATHS)
    most = [(f"shares.{p}", goal * 1e6) for p, goal in draft.goals]
    if draft.cap is not None:
        most.append(("deal.fee.paid", (draft.cap - 1) * 1e6))
    paid_in = float(kept["paid_in", Fold.YEAR_END][0, 0])
    for name, cap in [*most, ("deal.loan.paid", 0.1 * paid_in)]:
        assert np.all(kept[name, Fold.CUMULATIVE] <= cap * (1 + 1e-11)), name
    assert np.all(kept["supply.fund", Fold.YEAR_END] <= 1.9e9 * (1 + 1e-12))


@some
@given(drafts())
def test_ended_terms_pay_nothing(draft: Draft) -> None:
    made = program(draft.text())
    flows = by_segment(made, ["deal.fee.paid", "deal.loan.paid"], paths=PATHS)
    starts = np.array([[s.t0] for s in made.segments])
    ending = date.fromisoformat(dict(draft.records["facts"])["ending"].removeprefix("{value: ").removesuffix("}"))
    loan_over = np.broadcast_to(np.array([[s.start >= ending] for s in made.segments]), flows["deal.loan.paid"].shape)
    assert np.all(flows["deal.loan.paid"][loan_over] == 0.0)
    assert np.any(flows["deal.loan.paid"][~loan_over] > 0.0)
    kept = by_path(made, paths=PATHS)
    last = np.full(PATHS, np.inf)
    for name in draft.fee_ends.strip("[]").split(", "):
        match name:
            case "ending":
                last = np.minimum(last, (ending - draft.today).days / 365)
            case "reached":
                last = np.fmin(last, kept["date(reached)", Fold.FINAL][0])
            case "someday":
                last = np.minimum(last, kept["someday", Fold.FINAL][0])
            case _:
                opened = dict(draft.records["events"])["opened"].removeprefix("{date: ").removesuffix("}")
                last = np.minimum(last, (date.fromisoformat(opened) - draft.today).days / 365)
    over = starts >= last + 1e-9
    assert np.all(flows["deal.fee.paid"][over] == 0.0)


def speed_of(draft: Draft) -> float:
    """How fast rates of money change, per year: by growth, discounting and the hurdle."""
    growth = growth_of(draft)
    return abs(math.log1p(growth)) + math.log(1.07) + (math.log(1.08) if draft.hurdle else 0.0)


def growth_of(draft: Draft) -> float:
    facts = dict(draft.records["assumptions"])
    return float(facts["growth"].removeprefix("{value: ").removesuffix(" %}")) / 100


def differences(a: Program, b: Program) -> dict[str, float]:
    """The largest difference of every amount of money or day between two programs on the central path."""
    first, second = by_path(a, central=True), by_path(b, central=True)
    units = {(o.name, o.fold): o.unit for o in a.outputs}
    folds = (Fold.CUMULATIVE, Fold.TOTAL, Fold.YEAR_END)
    money = [k for k in first if units[k] == "USD" and k[1] in folds]
    days_ = [k for k in first if units[k] == "date" and k[0].startswith("date(")]
    return {
        f"{k[0]} {k[1].name}": float(np.nanmax(np.abs(first[k] - second[k]), initial=0.0)) for k in (*money, *days_)
    }


def alike(draft: Draft, a: Program, b: Program, length: float) -> None:
    """Two grids differ by the fourth order of a stretch, days not at all; present values by the second, since what is
    paid in a stretch is taken to be even (a twelfth of what the amount changes in it times what its worth does)."""
    growth = growth_of(draft)
    years = a.segments[-1].t1
    rate = 100e6 * max(1.0, (1 + growth) ** years)
    order = (speed_of(draft) * length) ** 4 / 200
    even = abs(math.log1p(growth)) * math.log(1.07) * length**2 / 12 * years
    for name, gap in differences(a, b).items():
        bound = 1e-11 if name.startswith("date(") else order * rate
        if name.startswith("present_value"):
            bound += even * rate
        assert gap <= bound + 1e-11 * rate * (not name.startswith("date(")), (name, gap, bound)


@some
@given(drafts(certain=True))
def test_a_finer_grid_moves_results_by_the_discretisation_error(draft: Draft) -> None:
    year, quarter, month = (program(draft.text(step=s)) for s in ("year", "quarter", "month"))
    alike(draft, year, quarter, 1.0)
    alike(draft, quarter, month, 0.26)


@some
@given(drafts(certain=True), st.data())
def test_a_cut_moves_results_by_the_discretisation_error(draft: Draft, data: st.DataObject) -> None:
    """At any day, and near the hit, where a cut could do most."""
    plain = program(draft.text(step="quarter"))
    hit = float(by_path(plain, central=True)["date(reached)", Fold.FINAL][0, 0])
    cuts = [data.draw(days(draft.today, draft.until))]
    if not math.isnan(hit):
        cuts.append(draft.today + timedelta(days=max(1, round(365 * hit) + data.draw(st.integers(-30, 30)))))
    for day in cuts:
        alike(draft, plain, program(draft.text(step="quarter"), extra=[day]), 0.26)


@few
@given(drafts(), st.data())
def test_a_cut_changes_no_draw(draft: Draft, data: st.DataObject) -> None:
    """Neither as a day of its own nor as an event nothing asks for; both cut the same."""
    day = data.draw(days(draft.today, draft.until))
    plain, cut = program(draft.text()), program(draft.text(), extra=[day])
    event = program(draft.also("events", ("idle", f"{{date: {day}}}")).text())
    assert cut.segments == event.segments
    assert day in {s.start for s in cut.segments}
    equal_draws(draws_of(plain, paths=PATHS), draws_of(cut, paths=PATHS))
    equal_draws(draws_of(plain, paths=PATHS), draws_of(event, paths=PATHS))
    if draft.noisy:
        walks(plain, cut)


def walks(plain: Program, cut: Program) -> None:
    """A walk is where it was at the end of every reporting period."""
    assert {p for _, p in draws_of(plain, paths=1)} > {0}
    ends = [{s.end: i for i, s in enumerate(p.segments)} for p in (plain, cut)]
    steps = [next(i for i, s in enumerate(p.states) if s.name == "walk revenue") for p in (plain, cut)]
    levels = []
    for made, index in zip((plain, cut), steps, strict=True):
        output = Output("walk", made.states[index].following, Fold.YEAR_END)
        levels.append(by_segment(replace(made, outputs=(output,)), ["walk"], paths=PATHS)["walk"])
    for day, place in ends[0].items():
        np.testing.assert_allclose(levels[0][place], levels[1][ends[1][day]], atol=1e-12)


def equal_draws(a: dict[tuple[str, int], np.ndarray], b: dict[tuple[str, int], np.ndarray]) -> None:  # type: ignore[type-arg]
    assert a and a.keys() == b.keys()
    for key, values in a.items():
        assert np.array_equal(values, b[key]), key


@few
@given(drafts(), st.randoms(use_true_random=False))
def test_file_and_section_order_change_nothing(draft: Draft, shuffled: random.Random) -> None:
    """With two more payments that always flow, so that the order of sums would show."""
    more = (
        f"{n}: {{pays: {{from: firm, to: fund}}, amount: {a} m USD/year}}"
        for n, a in (("tip", 0.123457), ("toll", 7.654321))
    )
    draft = replace(draft, terms=(*draft.terms, *more)).shuffled(random.Random(0))
    sections = []
    for name, records in draft.shuffled(shuffled).records.items():
        mixed = list(records)
        shuffled.shuffle(mixed)
        sections.append(draft.section(name, mixed))
    shuffled.shuffle(sections)
    cut = shuffled.randrange(len(sections))
    files = [("a.yaml", "".join(sections[cut:])), ("b.yaml", "".join(sections[:cut]) + draft.head())]
    assert bits(program(draft.text())) == bits(program(files))


@few
@given(drafts())
def test_an_unused_assumption_changes_nothing(draft: Draft) -> None:
    more = draft.also("assumptions", ("aaa", '{value: "normal(5 %, 1 %)"}'), ("zzz", "{one_of: {1: 50 %, 2: rest}}"))
    plain, longer = (simulate(program(d.text()), paths=PATHS, seed=3, chunk=4096) for d in (draft, more))
    added = {s.name for s in longer.series} - {s.name for s in plain.series}
    assert added == {"aaa", "zzz"}
    for one in plain.series:
        other = longer.get(one.name, one.fold)
        assert one.mean.tobytes() == other.mean.tobytes() and one.quantiles.tobytes() == other.quantiles.tobytes()


CHANGES = (
    "agreements.deal.terms.fee.until, value: {day}",
    "agreements.deal.terms.loan.until, value: {day}",
    "events.opened.date, value: {day}",
    "events.reached.when, value: never",
    "agreements.deal.terms.rent.amount, value: 3 m USD/year",
    'events.shown.date, value: "between({day}, {later})"',
)


@few
@given(drafts(), st.sampled_from(CHANGES), st.data())
def test_plans_that_differ_in_one_term_have_equal_draws(draft: Draft, change: str, data: st.DataObject) -> None:
    day = data.draw(days(draft.today, draft.until))
    path = change.format(day=day, later=day + timedelta(days=30))
    both = programs(draft.also("plans", ("other", f"{{title: Other, changes: [{{path: {path}}}]}}")).text())
    assert list(both) == ["base", "other"]
    plain = draws_of(program(draft.text()), paths=PATHS)
    first, second = (draws_of(p, paths=PATHS) for p in both.values())
    equal_draws(plain, first)
    equal_draws(first, second)
    assert both["base"].segments == both["other"].segments
    assert day in {s.start for s in both["base"].segments} or f"value: {day}" not in path


@few
@given(drafts())
def test_an_overlay_of_nothing_changes_nothing(draft: Draft) -> None:
    margin = dict(draft.records["assumptions"])["margin"].removeprefix("{value: ").removesuffix("}")
    plans = [
        ("plain", "{title: Plain, changes: []}"),
        ("again", "{title: Again, base: plain, changes: []}"),
        ("same", f"{{title: Same, changes: [{{path: assumptions.margin.value, value: {margin}}}]}}"),
    ]
    found = programs(draft.also("plans", *plans).text())
    alone = bits(program(draft.text()))
    assert sorted(found) == ["again", "plain", "same"] and {bits(p) for p in found.values()} == {alone}


@settings(max_examples=3, deadline=None, derandomize=True)
@given(drafts())
def test_the_bits_do_not_depend_on_the_chunks(draft: Draft) -> None:
    made = program(draft.text())
    paths = 6 * 4096 + 100
    found = {simulate(made, paths=paths, seed=5, chunk=chunk * 4096).sha256 for chunk in (7, 4, 1)}
    assert len(found) == 1


@few
@given(drafts())
def test_the_same_seed_gives_the_same_bits_and_another_does_not(draft: Draft) -> None:
    made, again = program(draft.text()), program(draft.text())
    assert bits(made) == bits(again)
    assert simulate(made, paths=PATHS, seed=4, chunk=4096).sha256 != bits(made)


BROKEN = ("log(limit - t)", "sqrt(limit - t)", "(t - limit) / max(0, limit - t)")


@few
@given(drafts(), st.sampled_from(BROKEN), st.integers(200, 700), st.booleans())
def test_a_not_a_number_stops_the_run_and_is_named(draft: Draft, formula: str, after: int, read: bool) -> None:
    """A level that is told at the ends of years, with a path and the segment of the first end at which it is none."""
    more = draft.also("assumptions", ("limit", f'{{value: "uniform({after / 365:.6f}, {after / 365 + 0.6:.6f})"}}'))
    limits = by_path(program(more.text()), paths=PATHS, seed=3)["limit", Fold.FINAL][0]
    body = f'{{stock: "{formula}"}}' if not read else f'{{stock: "exp({formula})"}}'
    broken = program(more.also("measures", ("aa_broken", body)).text())
    told = [
        s
        for s, after in zip(broken.segments, (*broken.segments[1:], None), strict=True)
        if after is None or after.year != s.year
    ]
    with pytest.raises(RunStopped) as stopped:
        simulate(broken, paths=PATHS, seed=3, chunk=4096)
    (found,) = stopped.value.diagnostics
    assert found.code == "not-a-number"
    assert found.fill("name") == "aa_broken" and found.span is not None
    limit = limits[int(found.fill("path"))]
    assert found.fill("date") == next(s for s in told if s.t1 > limit).start.isoformat()


@few
@given(drafts(), st.sampled_from(BROKEN), st.integers(200, 700))
def test_a_not_a_number_that_is_added_up_is_named_where_it_is(draft: Draft, formula: str, after: int) -> None:
    """The first path in the first segment at whose end the limit is passed, found from the limit alone."""
    more = draft.also("assumptions", ("limit", f'{{value: "uniform({after / 365:.6f}, {after / 365 + 0.6:.6f})"}}'))
    limits = by_path(program(more.text()), paths=PATHS, seed=3)["limit", Fold.FINAL][0]
    broken = program(more.also("measures", ("aa_broken", f'{{rate: "1 USD/year * ({formula})"}}')).text())
    with pytest.raises(RunStopped) as stopped:
        simulate(broken, paths=PATHS, seed=3, chunk=4096)
    (found,) = stopped.value.diagnostics
    limit = limits[int(found.fill("path"))]
    assert (found.code, found.fill("name")) == ("not-a-number", "aa_broken")
    segment = next(s for s in broken.segments if s.t1 > limit)
    assert segment.start.isoformat() <= found.fill("date") < segment.end.isoformat()
