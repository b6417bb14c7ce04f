"""The executor against closed forms and against an interpreter of one path."""

import itertools
import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import COMPARED, MEANING, PLACE, TRUTHS, Draft, Stretch, growth, interpreted, years

from syngraph.base.errors import InternalError, RunStopped
from syngraph.ir.opcodes import OPCODES
from syngraph.ir.program import NONE, Equation, Fold, Guard, Origin, Output, Program
from syngraph.run import normal, philox
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine
from syngraph.run.numpy.operations import OPERATIONS
from syngraph.run.numpy.rows import Watch, allocate


def outputs(program: Program, *, count: int = 3, **how: object) -> dict[tuple[str, Fold], Floats]:
    """Values by name and fold."""
    arguments = {"seed": 1, "first": 0} | how
    blocks = execute(machine(program), count=count, **arguments)  # type: ignore[arg-type]
    return {(o.name, o.fold): values for o, (values, _) in zip(program.outputs, blocks, strict=True)}


def stopped(program: Program, **how: object) -> tuple[str, str, str, str]:
    """Code, name, path and date of what stops a run."""
    with pytest.raises(RunStopped) as stop:
        outputs(program, **how)
    (found,) = stop.value.diagnostics
    assert found.span == PLACE
    return found.code, found.fill("name"), found.fill("path"), found.fill("date")


READERS = frozenset(
    "const central uniform shock param clock length until state window switch stands anniversary beta".split()
)
"""What the executor does itself, since it reads more than its operands."""


def test_every_operation_of_the_table_has_a_function_and_no_other_does() -> None:
    assert set(OPERATIONS) | READERS == set(OPCODES) and not set(OPERATIONS) & READERS
    assert set(MEANING) | READERS | {"input"} == set(OPCODES)


VALUES = (0.0, -0.0, 1.0, -1.5, 0.25, 3.0, 1e-300, -7e5, 1e300, np.inf, -np.inf, np.nan)


@pytest.mark.parametrize("op", sorted(MEANING))
def test_an_operation_on_numbers_and_on_paths_is_what_the_table_says(op: str) -> None:
    count, truths = OPCODES[op].operands, TRUTHS.get(op, 0)
    columns = [(0.0, 1.0, np.nan)] * truths + [VALUES] * (count - truths)
    table = np.array(np.meshgrid(*columns)).reshape(count, -1)
    with np.errstate(all="ignore"):
        expected = np.array([MEANING[op](*map(float, v)) for v in table.T])
        on_paths = np.empty(table.shape[1])
        OPERATIONS[op](*table, out=on_paths)
        on_numbers = []
        for column in table.T:
            out = np.empty(())
            OPERATIONS[op](*(np.array(v) for v in column), out=out)
            on_numbers.append(float(out))
    nan = np.isnan(expected)
    assert np.array_equal(nan, np.isnan(on_paths)) and np.array_equal(nan, np.isnan(on_numbers))
    assert expected[~nan].tobytes() == on_paths[~nan].tobytes() == np.array(on_numbers)[~nan].tobytes()


def test_folds_of_compound_growth() -> None:
    """Two segments a year over three years, 10 % a segment: 100 * 1.1^(i + 1) at the end of segment i."""
    kept = outputs(growth(years(6, parts=2), [0.1] * 6))
    ends = 100 * 1.1 ** np.arange(1, 7)
    expected = {
        Fold.YEAR_SUM: ends.reshape(3, 2).sum(axis=1),
        Fold.YEAR_MEAN: ends.reshape(3, 2).sum(axis=1),  # a sum of amounts over a year of length 1
        Fold.YEAR_RATIO: np.full(3, 1.1),  # of what each segment ends with to what it begins with
        Fold.YEAR_END: ends[1::2],
        Fold.CUMULATIVE: np.cumsum(ends)[1::2],
        Fold.TOTAL: ends.sum(keepdims=True),
        Fold.FINAL: ends[-1:],
        Fold.SEGMENT: ends[1:2],
    }
    assert set(expected) == set(Fold)
    for fold, columns in expected.items():
        np.testing.assert_allclose(kept["stock", fold], np.repeat(columns[:, None], 3, axis=1), rtol=1e-13)


def test_a_mean_is_weighted_by_time() -> None:
    """A rate of 1 for a quarter of the year and of 5 for the rest is 4 over the year."""
    draft = Draft()
    draft.columns["rate"] = (1.0, 5.0)
    amount = draft.flows(draft.period("param", data="rate"))
    draft.outputs.append(Output("rate", amount, Fold.YEAR_MEAN))
    first, second = years(2, parts=2)
    program = draft.made((replace(first, t1=0.25), replace(second, t0=0.25)))
    assert outputs(program)["rate", Fold.YEAR_MEAN].tolist() == [[4.0] * 3]


def test_states_are_handed_on_at_the_same_time() -> None:
    """Two states that swap, and a third that latches once the first is 2."""
    draft = Draft()
    one, two, no = (draft.number(v) for v in (1.0, 2.0, 0.0))
    a, b, on = (draft.state(name, first) for name, first in (("a", one), ("b", two), ("on", no)))
    latch = draft.each("or", on, draft.each("eq", a, two))
    for state, following in ((a, b), (b, a), (on, latch)):
        draft.moves(state, following)
    draft.outputs += [Output("a", a, Fold.YEAR_END), Output("b", b, Fold.YEAR_END), Output("on", on, Fold.YEAR_END)]
    kept = outputs(draft.made(years(4)))
    assert kept["a", Fold.YEAR_END][:, 0].tolist() == [1, 2, 1, 2]
    assert kept["b", Fold.YEAR_END][:, 0].tolist() == [2, 1, 2, 1]
    assert kept["on", Fold.YEAR_END][:, 0].tolist() == [0, 0, 1, 1]


def test_a_state_is_renewed_where_a_reporting_period_ends() -> None:
    """Time since the period began, by quarters, and what was added up when the last one ended."""
    draft = Draft()
    zero, length = draft.number(0.0), draft.each("length")
    since, total, before = (draft.state(n, zero) for n in ("since", "total", "before"))
    passed, summed = draft.each("add", since, length), draft.each("add", total, length)
    draft.moves(since, passed, renewed=zero)
    draft.moves(total, summed)
    draft.moves(before, NONE, renewed=summed)
    for name, register in (("since", passed), ("before", before)):
        draft.outputs += [Output(f"{name} {i}", register, Fold.SEGMENT, segment=i) for i in range(8)]
    kept = outputs(draft.made(years(8, parts=4)))
    since_ends = [kept[f"since {i}", Fold.SEGMENT][0, 0] for i in range(8)]
    assert since_ends == [0.25, 0.5, 0.75, 1.0] * 2
    assert [kept[f"before {i}", Fold.SEGMENT][0, 0] for i in range(8)] == [0.0] * 4 + [1.0] * 4


def test_a_day_known_before_a_stretch_ends_one() -> None:
    """Stops are counted: today, two days of the path, and the ends of segments; a day on an end is none of its own."""
    draft = Draft()
    zero, one = draft.number(0.0), draft.number(1.0)
    draft.days += [draft.number(v) for v in (0.7, 0.2, 1.0, -0.3, 5.0)]
    count = draft.state("count", zero)
    more = draft.each("add", count, one)
    draft.moves(count, more)
    draft.outputs += [Output("count", more, Fold.YEAR_END), Output("length", draft.each("length"), Fold.YEAR_SUM)]
    kept = outputs(draft.made(years(2)))
    assert kept["count", Fold.YEAR_END][:, 0].tolist() == [3.0, 4.0]
    assert kept["length", Fold.YEAR_SUM][:, 0].tolist() == [1.0, 1.0]


def test_draws_are_those_of_their_name_period_and_path() -> None:
    draft = Draft()
    uniform = draft.before("uniform", data="price")
    shock = draft.period("shock", data="noise")
    draft.outputs += [Output("price", uniform, Fold.FINAL)]
    draft.outputs += [Output(f"noise {i}", shock, Fold.SEGMENT, segment=i) for i in range(4)]
    program = draft.made(years(4, parts=2))
    kept = outputs(program, seed=9, first=5000, count=7)
    assert np.array_equal(kept["price", Fold.FINAL][0], philox.uniform(9, philox.stream_of("price"), 0, 5000, 7))
    for i, period in enumerate((0, 0, 1, 1)):
        drawn = philox.uniform(9, philox.stream_of("noise"), period, 5000, 7)
        assert np.array_equal(kept[f"noise {i}", Fold.SEGMENT][0], drawn)
    middle = outputs(program, count=1, central=True)
    assert all(v.tolist() == [[0.5]] for v in middle.values())


def test_a_pin_holds_an_input_and_no_other() -> None:
    draft = Draft()
    for name in ("price", "cost"):
        z = draft.before("quantile", draft.before("uniform", data=name))
        draft.outputs.append(Output(name, draft.before("input", z, data=name), Fold.FINAL))
    program = draft.made(years(1))
    free, held = outputs(program), outputs(program, pins={"price": 1.25})
    assert held["price", Fold.FINAL].tolist() == [[1.25] * 3]
    assert np.array_equal(held["cost", Fold.FINAL], free["cost", Fold.FINAL])
    assert np.array_equal(
        free["price", Fold.FINAL][0], normal.quantile(philox.uniform(1, philox.stream_of("price"), 0, 0, 3))
    )


def test_central_is_told_and_beta_reads_its_table() -> None:
    """Beta(1, 1) is the uniform itself; Beta(2, 1) is its square root."""
    draft = Draft()
    uniform = draft.before("uniform", data="x")
    z = draft.before("quantile", uniform)
    draft.betas += [(1.0, 1.0), (2.0, 1.0)]
    draft.outputs += [Output(f"beta {i}", draft.before("beta", z, data=i), Fold.FINAL) for i in range(2)]
    draft.outputs += [Output("u", uniform, Fold.FINAL), Output("central", draft.before("central"), Fold.FINAL)]
    kept = outputs(draft.made(years(1)), count=500)
    u = kept["u", Fold.FINAL]
    np.testing.assert_allclose(kept["beta 0", Fold.FINAL], u, rtol=1e-9)
    np.testing.assert_allclose(kept["beta 1", Fold.FINAL], np.sqrt(u), rtol=1e-9)
    assert not kept["central", Fold.FINAL].any()
    assert outputs(draft.made(years(1)), central=True, count=1)["central", Fold.FINAL].item() == 1.0


def broken(op: str = "log", *, where: bool = False, fold: Fold = Fold.FINAL) -> Program:
    """log or sqrt of a uniform less a column that is 0, 0, then 0.5; masked to the paths where it is a number."""
    draft = Draft()
    draft.columns["limit"] = (0.0, 0.0, 0.5)
    uniform = draft.before("uniform", data="u")
    limit = draft.period("param", data="limit")
    value = draft.each(op, draft.each("sub", uniform, limit), name="margin")
    mask = draft.each("lt", limit, uniform)
    draft.outputs.append(Output("margin", value, fold, where=mask if where else -1, segment=1))
    return draft.made(years(3))


def test_a_not_a_number_names_its_equation_path_and_segment() -> None:
    draws = philox.uniform(4, philox.stream_of("u"), 0, 8192, 50)
    path = 8192 + int(np.argmax(draws < 0.5))
    assert stopped(broken(), seed=4, first=8192, count=50) == ("not-a-number", "margin", str(path), "2028-01-01")
    assert stopped(broken(), count=1, central=True) == ("not-a-number", "margin", "central", "2028-01-01")


def test_a_state_that_is_not_a_number_stops_though_no_output_reads_it() -> None:
    draft = Draft()
    nought = draft.number(0.0)
    state = draft.state("ratio", nought)
    draft.moves(state, draft.each("div", state, nought, name="ratio"))
    assert stopped(draft.made(years(2)))[:2] == ("not-a-number", "ratio")


def test_a_masked_output_may_be_no_number_where_it_does_not_count() -> None:
    draws = philox.uniform(4, philox.stream_of("u"), 0, 0, 50)
    program = broken(where=True)
    ((values, used),) = execute(machine(program), seed=4, first=0, count=50)
    assert np.array_equal(used[0] != 0.0, draws > 0.5)
    assert np.isfinite(values[0]).tolist() == (draws > 0.5).tolist()


@pytest.mark.parametrize(
    ("fold", "day"), [(Fold.FINAL, "2028-01-01"), (Fold.SEGMENT, "2027-01-01"), (Fold.TOTAL, "2026-01-01")]
)
def test_a_masked_output_that_counts_must_be_a_number(fold: Fold, day: str) -> None:
    """The mask counts all paths; the value is the log of a column that is -1."""
    draft = Draft()
    draft.columns["level"] = (-1.0, -1.0, -1.0)
    yes = draft.before("const", data=1.0)
    value = draft.each("log", draft.period("param", data="level"), name="margin")
    draft.outputs.append(Output("margin", value, fold, where=yes, segment=1))
    assert stopped(draft.made(years(3)), first=4096) == ("not-a-number", "margin", "4096", day)


def test_a_sum_that_overflows_is_no_result() -> None:
    draft = Draft()
    draft.outputs.append(Output("huge", draft.before("const", data=1e308, name="huge"), Fold.TOTAL))
    assert stopped(draft.made(years(2)))[:2] == ("not-a-number", "huge")


def test_a_broken_guard_stops_with_its_code_and_both_places() -> None:
    draft = Draft()
    draft.columns["limit"] = (0.0, 0.9)
    uniform = draft.before("uniform", data="u")
    limit = draft.period("param", data="limit")
    over = draft.each("lt", limit, uniform)
    other = replace(PLACE, start=40, end=44)
    draft.guards.append(
        Guard(
            draft.each("and", over, draft.each("lt", uniform, limit)),
            "never",
            Origin("x", PLACE),
        )
    )
    below = draft.each("not", over)
    draft.guards.append(Guard(below, "over-limit", Origin("cap", PLACE), Origin("floor", other)))
    draft.outputs.append(Output("u", uniform, Fold.FINAL))
    program = draft.made(years(2))
    draws = philox.uniform(1, philox.stream_of("u"), 0, 0, 30)
    assert stopped(program, count=30) == ("over-limit", "cap", str(int(np.argmax(draws <= 0.9))), "2027-01-01")
    with pytest.raises(RunStopped) as stop:
        outputs(program, count=30)
    assert [(label.key, label.span) for label in stop.value.diagnostics[0].labels] == [("other-place", other)]


SUMMED = (Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.CUMULATIVE, Fold.TOTAL, Fold.YEAR_RATIO)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Legal programs without switches: any operations, states, days, guards, masks; many numbers are none."""
    draft = Draft()
    draft.betas.append((2.0, 3.0))
    draft.columns["rate"] = (0.5, -2.0, 3.0, 0.0)
    leaves = [draft.number(v) for v in (0.0, 1.0, -2.5)] + [draft.before("central")]
    truths = [leaves[0], leaves[1], leaves[3]]
    leaves += [draft.before("uniform", data=n) for n in ("a", "b")]
    if draw(st.booleans()):
        draft.days += [leaves[4], draft.before("add", leaves[4], leaves[5])]
    leaves.append(draft.before("input", draft.before("quantile", leaves[-1]), data="b"))
    leaves.append(draft.before("beta", leaves[-1], data=0))
    ops = draw(st.sampled_from((sorted(MEANING), [*COMPARED, *TRUTHS, "and", "or", "select", "select"])))

    def grown(part: object, registers: list[int], count: int) -> list[int]:
        for _ in range(count):
            op = draw(st.sampled_from(ops))
            asked = TRUTHS.get(op, 0)
            operands = [draw(st.sampled_from(truths[-6:])) for _ in range(asked)]
            operands += [draw(st.sampled_from(registers[-12:] + leaves)) for _ in range(OPCODES[op].operands - asked)]
            registers.append(part(op, *operands))  # type: ignore[operator]
            if op in COMPARED or asked == len(operands):
                truths.append(registers[-1])
        return registers

    once = grown(draft.before, leaves[:], draw(st.integers(0, 4)))
    enter = [draft.period("param", data="rate"), draft.period("shock", data="s")]
    enter = grown(draft.period, enter, draw(st.integers(0, 3)))
    both = [draft.state(name, draw(st.sampled_from(once))) for name in ("first", "second")]
    step = [*both, *enter, *(draft.each(op) for op in ("clock", "length", "until"))]
    if draw(st.booleans()):
        step += [draft.each("log", enter[0]), draft.each("div", leaves[1], enter[0])]
        truths += [draft.each("lt", leaves[0], enter[0]), draft.each("lt", step[-1], step[-3])]
    safe = [*once, *both, *enter[:2]]
    step = grown(draft.each, once[-3:] + step, draw(st.integers(1, 25)))
    for state in both:
        following, renewed = (draw(st.sampled_from(draw(st.sampled_from((safe, step))))) for _ in range(2))
        draft.moves(
            state, draw(st.sampled_from((following, NONE))), renewed=draw(st.sampled_from((renewed, NONE, NONE)))
        )
    masks = st.sampled_from([NONE, NONE, *truths])
    for truth in draw(st.lists(st.sampled_from(truths), max_size=2)):
        step.append(draft.each("select", truth, leaves[1], draw(st.sampled_from(step))))
    for i, register in enumerate(draw(st.lists(st.sampled_from(step[-4:]), min_size=1, max_size=3))):
        where = draw(masks)
        draft.outputs += [Output(f"{i} in {s}", register, Fold.SEGMENT, segment=s, where=where) for s in range(4)]
        fold = draw(st.sampled_from([f for f in Fold if f is not Fold.SEGMENT]))
        over = draw(st.sampled_from(step)) if fold is Fold.YEAR_RATIO else NONE
        draft.outputs.append(Output(f"{i}", register, fold, where=NONE if fold in SUMMED else where, over=over))
    for i, register in enumerate(draw(st.lists(st.sampled_from(truths[3:]), max_size=2)) if truths[3:] else ()):
        draft.guards.append(Guard(register, f"guard {i}", Origin("", PLACE)))
    return draft.made(years(4, parts=2))


def fault(program: Program, paths: list[list[Stretch]]) -> tuple[str, str, str] | None:
    """Code, path and day of what must stop these paths (numbered from 0) on their way; each goes stretch by stretch.

    Guards come first, and one that is no number stops too; then what states become, and what is summed up.
    """
    watched = [r for s in program.states for r in (s.following, s.renewed) if r != NONE]
    watched += [r for o in program.outputs if o.fold in SUMMED for r in (o.register, o.over) if r != NONE]

    def found(code: str, path: int, stretch: Stretch) -> tuple[str, str, str]:
        segment = program.segments[stretch.segment]
        share = (stretch.start - segment.t0) / (segment.t1 - segment.t0)
        day = segment.start + timedelta(days=int(share * (segment.end - segment.start).days))
        return code, str(path), day.isoformat()

    for step in range(max(len(p) for p in paths)):
        there = [(i, p[step]) for i, p in enumerate(paths) if step < len(p)]
        for guard in program.guards:
            for i, stretch in there:
                if stretch.value[guard.register] == 1:
                    return found(guard.code, i, stretch)
        for register in (*(g.register for g in program.guards), *watched):
            for i, stretch in there:
                if not math.isfinite(stretch.value[register]):
                    return found("not-a-number", i, stretch)
    return None


def is_lost(values: list[float], used: list[bool]) -> bool:
    """Whether what counts of a series is no number."""
    return any(not math.isfinite(v) for v, counts in zip(values, itertools.cycle(used)) if counts)


def folded(program: Program, output: Output, path: list[Stretch]) -> tuple[list[float], list[bool]]:
    """The columns of an output on one path, and which of them count."""
    mask = 1.0 if output.where == NONE else path[-1].value[output.where]
    used = [mask == 1]
    if math.isnan(mask):
        return [math.nan], [True]

    def sums(register: int) -> list[float]:
        found = dict.fromkeys(program.years, 0.0)
        for stretch in path:
            found[program.segments[stretch.segment].year] += stretch.value[register]
        return list(found.values())

    ends = {stretch.segment: stretch.value[output.register] for stretch in path}
    match output.fold:
        case Fold.YEAR_SUM:
            return sums(output.register), used
        case Fold.YEAR_MEAN:
            lengths = [1.0, 1.0]
            return [s / n for s, n in zip(sums(output.register), lengths, strict=True)], used
        case Fold.YEAR_RATIO:
            over = sums(output.over)
            ratios = [s / (n or 1.0) for s, n in zip(sums(output.register), over, strict=True)]
            return ratios, [n != 0 for n in over]
        case Fold.YEAR_END:
            return [ends[i] for i in (1, 3)], used
        case Fold.CUMULATIVE:
            return list(itertools.accumulate(sums(output.register))), used
        case Fold.TOTAL:
            total = 0.0
            for stretch in path:
                total += stretch.value[output.register]
            return [total], used
        case Fold.FINAL:
            return [path[-1].value[output.register]], used
        case Fold.SEGMENT:
            return [ends[output.segment]], used


@settings(max_examples=400, deadline=None, derandomize=True)
@given(programs(), st.booleans(), st.sampled_from([None, {"b": -0.75}]))
def test_any_program_gives_what_its_equations_say(
    program: Program, central: bool, pins: dict[str, float] | None
) -> None:
    count = 1 if central else 3
    with np.errstate(all="ignore"):
        paths = [interpreted(program, 6, 40 + p, central=central, pins=pins) for p in range(count)]
        expected = [[folded(program, o, p) for p in paths] for o in program.outputs]
    how = {"seed": 6, "first": 40, "count": count, "central": central, "pins": pins}
    if (stop := fault(program, paths)) is not None:
        code, _, path, day = stopped(program, **how)
        assert (code, path, day) == (stop[0], "central" if central else str(40 + int(stop[1])), stop[2])
        return
    if lost := [o for o, wanted in zip(program.outputs, expected, strict=True) if any(is_lost(*w) for w in wanted)]:
        output = lost[0]
        code, _, _, day = stopped(program, **how)
        assert code == "not-a-number"
        assert output.fold is not Fold.SEGMENT or day == program.segments[output.segment].start.isoformat()
        return
    for output, (values, used), wanted in zip(program.outputs, execute(machine(program), **how), expected, strict=True):
        for path, (numbers, counts) in enumerate(wanted):
            assert used[:, path].tolist() == [float(c) for c in counts], output
            counted = np.broadcast_to(np.array(counts), (len(numbers),))
            assert np.array(numbers)[counted].tobytes() == values[counted, path].tobytes(), output


@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs())
def test_no_equation_writes_over_what_is_still_needed(program: Program) -> None:
    """Rows by a simulation of who owns them: an operand's row still holds it, and is never the target's own."""
    rows = allocate(program)
    owner: dict[int, int] = {}
    for step in (*program.once, *program.enter, *rows.steps):
        assert not isinstance(step, Watch)
        for operand in step.operands:
            if operand in rows.row:
                assert owner[rows.row[operand]] == operand
                assert rows.row.get(step.target) != rows.row[operand]
        if step.target in rows.row:
            owner[rows.row[step.target]] = step.target
    read = {r for o in program.outputs for r in (o.register, o.where, o.over)}
    read |= {r for s in program.states for r in (s.following, s.renewed)} | {g.register for g in program.guards}
    lasting = {e.target for e in (*program.once, *program.enter)}
    for register in (read | lasting) & set(rows.row):
        assert owner[rows.row[register]] == register


def test_rows_do_not_grow_with_a_chain() -> None:
    draft = Draft()
    value = draft.before("uniform", data="u")
    for _ in range(200):
        value = draft.each("neg", value)
    draft.outputs.append(Output("x", value, Fold.FINAL))
    assert allocate(draft.made(years(1))).count <= 3


def test_what_is_equal_on_all_paths_at_every_time_is_one_number() -> None:
    program = growth(years(2), [0.1, 0.1])
    numbers = allocate(program).numbers
    assert numbers == {e.target for e in program.once}
    draft = Draft()
    two = draft.before("add", draft.number(1.0), draft.before("central"))
    draft.outputs.append(Output("x", draft.before("mul", two, draft.before("uniform", data="u")), Fold.FINAL))
    assert allocate(draft.made(years(1))).numbers == {0, 1, two}


def test_an_unknown_operation_is_a_defect() -> None:
    program = growth(years(1), [0.1])
    wrong = replace(program, stretch=(*program.stretch, Equation(5000, "cube", (0,), None, Origin("x"))))
    with pytest.raises((InternalError, KeyError)):
        outputs(wrong)
