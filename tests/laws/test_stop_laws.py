"""The laws of stops: what happens inside a period does not hang on the grid, the spelling, or the other paths."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import GRIDS, Draft, days, drafts

from runs import Kept, by_path, program
from syngraph.ir.program import Fold, Program
from syngraph.run import normal
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine

PATHS, MANY = 64, 500
YEARLY = (Fold.YEAR_SUM, Fold.YEAR_END, Fold.CUMULATIVE, Fold.YEAR_RATIO, Fold.YEAR_MEAN)
few = settings(max_examples=12, deadline=None, derandomize=True)
some = settings(max_examples=25, deadline=None, derandomize=True)


def equal(a: Kept, b: Kept, *, relative: float, names: set[str] | None = None) -> None:
    """Two runs are alike but for rounding: relative to each number, or to the least that is paid in these cases."""
    shared = [k for k in a if k in b and (names is None or k[0] in names)]
    assert shared
    for key in shared:
        atol = relative if key[0].startswith("date(") else relative * 1e6
        np.testing.assert_allclose(a[key], b[key], rtol=relative, atol=atol, err_msg=str(key))


@some
@given(drafts(steady=True))
def test_with_constant_rates_every_grid_gives_the_same(draft: Draft) -> None:
    """On each of its paths: sums, levels, days and present values, by years, quarters and months."""
    year, quarter, month = (by_path(program(draft.text(step=s)), paths=PATHS, seed=2) for s in GRIDS)
    looking_back = "looked" if "prev" in dict(draft.records["measures"])["looked"] else ""  # to the period's end
    names = {name for name, _ in year} - {looking_back}
    equal(year, quarter, relative=1e-9, names=names)
    equal(quarter, month, relative=1e-9, names=names)


# what an event says has happened


def watched(draft: Draft) -> tuple[str, float, bool]:
    """The level that `reached` watches, its threshold in USD, and whether `opened` must have happened too."""
    when = dict(draft.records["events"])["reached"].removeprefix('{when: "').removesuffix('"}')
    level, _, rest = when.partition(" >= ")
    return level, float(rest.split(" ")[0]) * 1e6, "opened" in rest


@some
@given(drafts())
def test_an_event_has_happened_only_where_its_level_was_reached(draft: Draft) -> None:
    """And where the level was reached for some time, with what else it asks for, it has happened."""
    level, goal, both = watched(draft)
    asked = f"{level} >= {goal:.0f} USD" + (" and happened(opened)" if both else "")
    more = draft.also(
        "checks",
        ("there", f"{{value: {level}, at: reached, at_least: 0 USD}}"),
        ("ever_there", f'{{probability: "{asked}", at: ever, at_least: 0 %}}'),
        ("at_the_end", f"{{value: {level}, at_least: 0 USD}}"),
    )
    kept = by_path(program(more.text()), paths=PATHS)
    came = ~np.isnan(kept["date(reached)", Fold.FINAL][0])
    assert np.array_equal(came, kept["check ever_there", Fold.FINAL][0] == 1.0)
    there, end = kept["check there", Fold.FINAL][0], kept["check at_the_end", Fold.FINAL][0]
    assert np.array_equal(np.isnan(there), ~came)
    assert np.all(there[came] >= goal * (1 - 1e-11))
    if not both:
        assert np.all(there[came] <= max(goal, 50e6) * (1 + 1e-9))  # at the moment itself, or at today's opening
        assert np.all(end[~came] < goal * (1 + 1e-11))


@some
@given(drafts())
def test_no_condition_sees_anybody_above_a_cap(draft: Draft) -> None:
    """What watches an account that stops at its cap sees it there, and never above."""
    capped = [(f"shares.{party}", 0.0, goal) for party, goal in draft.goals]
    if draft.cap is not None:
        capped.append(("deal.fee.paid", 1.0, draft.cap))
    measures, events = [], []
    for i, (name, opening, most) in enumerate(capped):
        measures.append((f"account_{i}", f'{{stock: "cum({name}, {opening} m USD)"}}'))
        events.append((f"above_{i}", f"{{when: account_{i} > {most} m USD}}"))
        events.append((f"full_{i}", f"{{when: account_{i} >= {most} m USD}}"))
    more = draft.also("measures", *measures).also("events", *events)
    kept = by_path(program(more.text()), paths=PATHS)
    for i, (_, _, most) in enumerate(capped):
        assert np.isnan(kept[f"date(above_{i})", Fold.FINAL]).all()
        full = ~np.isnan(kept[f"date(full_{i})", Fold.FINAL][0])
        end = kept[f"account_{i}", Fold.YEAR_END][-1]
        assert np.array_equal(full, end >= most * 1e6 * (1 - 1e-11))


@some
@given(drafts())
def test_what_ends_inside_a_period_is_paid_up_to_its_end(draft: Draft) -> None:
    """The rent flows evenly from its first day; the fee stops with what ends it, and nothing flows after."""
    made = program(draft.text())
    kept = by_path(made, paths=PATHS)
    rent = next(t for t in draft.terms if t.startswith("rent"))
    rate = float(rent.partition("amount: ")[2].split(" ")[0]) * 1e6
    first = rent.partition("}, ")[2].partition("from: ")[2].split(",")[0]
    end = made.segments[-1].t1
    match first:
        case "reached" | "launch":
            began = np.nan_to_num(kept[f"date({first})", Fold.FINAL][0], nan=end)
        case "someday":
            began = np.minimum(kept["someday", Fold.FINAL][0], end)
        case _:
            began = np.full(PATHS, (date.fromisoformat(first) - draft.today).days / 365)
    np.testing.assert_allclose(kept["deal.rent.paid", Fold.CUMULATIVE][-1], rate * (end - began), rtol=1e-9, atol=1e-3)


# a day is a day


def pinned(first: date, end: date, day: date) -> float:
    """The standard normal at which a day between two is drawn."""
    share = (day - first) / (end - first)
    return float(normal.quantile(np.array(share)))


@few
@given(drafts(noise=False), st.booleans(), st.data())
def test_an_uncertain_day_that_falls_on_a_day_is_that_day(draft: Draft, cut: bool, data: st.DataObject) -> None:
    """Of an assumption, and of an event; where the grid is cut there it is a day of the grid."""
    first = data.draw(days(draft.today, draft.until - timedelta(days=250)))
    end = first + timedelta(days=200)
    day, other = (data.draw(days(first, end)) for _ in range(2))
    between = f'"between({first}, {end})"'
    records = dict(draft.records["events"])

    def written(someday: str, shown: str) -> Draft:
        facts = tuple((n, f"{{value: {someday}}}" if n == "someday" else b) for n, b in draft.records["assumptions"])
        happens = tuple((n, f"{{date: {shown}}}" if n == "shown" else b) for n, b in records.items())
        fee = ("bonus", "{pays: {from: firm, to: aid}, amount: 3 m USD/year, from: someday, until: shown}")
        changed = {**draft.records, "assumptions": facts, "events": happens}
        terms = (*draft.terms, f"{fee[0]}: {fee[1]}")
        return replace(draft, records=changed, terms=terms).shuffled(random.Random(1))

    known = program(written(str(day), str(other)).text())
    drawn = program(written(between, between).text(), extra=[day, other] if cut else [])
    pins = {"someday": pinned(first, end, day), "shown.date": pinned(first, end, other)}
    a, b = by_path(known, paths=PATHS), by_path(drawn, paths=PATHS, pins=pins)
    if cut:
        assert known.segments == drawn.segments
        equal(a, b, relative=1e-12)
    else:
        growth = {"revenue", "looked"} | {n for n, _ in a if n.startswith("present_value")}
        equal(a, b, relative=1e-5, names={n for n, _ in a} - growth)


@few
@given(drafts(steady=True), st.data())
def test_an_uncertain_day_off_the_grid_is_the_day_too(draft: Draft, data: st.DataObject) -> None:
    """With constant rates, where a cut of the grid moves nothing."""
    first = data.draw(days(draft.today, draft.until - timedelta(days=250)))
    day = data.draw(days(first, first + timedelta(days=200)))
    records = dict(draft.records["assumptions"])
    if "prev" in dict(draft.records["measures"])["looked"]:
        return

    def written(someday: str) -> str:
        facts = tuple((n, someday if n == "someday" else b) for n, b in records.items())
        return replace(draft, records={**draft.records, "assumptions": facts}).text()

    end = first + timedelta(days=200)
    known, drawn = program(written(f"{{value: {day}}}")), program(written(f'{{value: "between({first}, {end})"}}'))
    a = by_path(known, paths=PATHS)
    b = by_path(drawn, paths=PATHS, pins={"someday": pinned(first, end, day)})
    equal(a, b, relative=1e-9)


# with whom a path is computed


def rows(made: Program, first: int, count: int, *, central: bool = False) -> list[tuple[Floats, Floats]]:
    return list(execute(machine(made), seed=3, first=first, count=count, central=central))


@settings(max_examples=8, deadline=None, derandomize=True)
@given(drafts(), st.integers(90, 400), st.data())
def test_with_whom_a_path_is_computed_changes_no_bit(draft: Draft, size: int, data: st.DataObject) -> None:
    """All at once (so many that lanes are moved together on the way), in blocks of another size, and each alone."""
    made = program(draft.text())
    together = rows(made, 0, MANY)
    blocks = [rows(made, first, min(size, MANY - first)) for first in range(0, MANY, size)]
    for i, (values, used) in enumerate(together):
        assert values.tobytes() == np.concatenate([b[i][0] for b in blocks], axis=1).tobytes()
        assert used.tobytes() == np.concatenate([b[i][1] for b in blocks], axis=1).tobytes()
    for path in data.draw(st.lists(st.integers(0, MANY - 1), min_size=2, max_size=2)):
        for (values, _), (alone, _) in zip(together, rows(made, path, 1), strict=True):
            assert values[:, path : path + 1].tobytes() == alone.tobytes()


# spelling


def respelled(condition: str, order: random.Random) -> str:
    """The same condition by `and`, `or`, `not`, another way round."""
    parts = condition.split(" and ")
    contrary = [_contrary(p) for p in parts]
    kinds = ["not", "twice", "or"] if len(parts) > 1 else ["not", "twice"]
    match order.choice(kinds):
        case "not":
            return " and ".join(f"not ({c})" for c in contrary)
        case "twice":
            return f"not (not ({condition}))"
        case _:
            return f"not ({' or '.join(f'({c})' for c in contrary)})"


def _contrary(condition: str) -> str:
    if condition.startswith("not "):
        return condition.removeprefix("not ")
    return condition.replace(" >= ", " < ") if " >= " in condition else f"not {condition}"


CONDITIONS = ("sold >= 120 m USD", "happened(opened) and not happened(launch)", "ruling.yes_", "happened(ruling)")


@few
@given(drafts(), st.randoms(use_true_random=False), st.booleans())
def test_a_condition_spelled_otherwise_or_named_changes_no_bit(draft: Draft, order: random.Random, named: bool) -> None:
    """Of events, and of the exceptions of a term."""
    level, goal, both = watched(draft)
    condition = f"{level} >= {goal / 1e6:.0f} m USD" + (" and happened(opened)" if both else "")
    told: list[tuple[str, str]] = []

    def other(text: str) -> str:
        spelled = respelled(text, order)
        if not named:
            return spelled
        told.append((f"told_{len(told)}", f'{{status: "{spelled}"}}'))
        return told[-1][0]

    happens = tuple((n, f'{{when: "{other(condition)}"}}' if n == "reached" else b) for n, b in draft.records["events"])
    terms = []
    for term in draft.terms:
        changed = term
        for one in CONDITIONS:
            if f"when: {one}," in changed:
                changed = changed.replace(f"when: {one},", f'when: "{other(one)}",')
        terms.append(changed)
    assert "reached" in dict(happens) and tuple(terms) != draft.terms
    changed_draft = replace(draft, records={**draft.records, "events": happens}, terms=tuple(terms))
    changed_draft = changed_draft.shuffled(random.Random(1)).also("measures", *told)
    a = by_path(program(draft.shuffled(random.Random(1)).text()), paths=PATHS)
    b = by_path(program(changed_draft.text()), paths=PATHS)
    assert set(a) <= set(b)
    for key, values in a.items():
        assert values.tobytes() == b[key].tobytes(), key
