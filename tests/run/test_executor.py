"""The executor against closed forms and against an interpreter of one path."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import COMPARED, MEANING, PLACE, TRUTHS, Draft, growth, interpreted, years

from syngraph.base.errors import InternalError, RunStopped
from syngraph.ir.opcodes import OPCODES
from syngraph.ir.program import Equation, Fold, Guard, Origin, Output, Program, State
from syngraph.run import normal, philox
from syngraph.run.allocate import allocate
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine
from syngraph.run.operations import OPERATIONS, READERS


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
        Fold.YEAR_MEAN: ends.reshape(3, 2).mean(axis=1),
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
    draft.before("const", data=0.0)
    draft.outputs.append(Output("rate", draft.each("param", data="rate"), Fold.YEAR_MEAN))
    first, second = years(2, parts=2)
    program = draft.made((replace(first, t1=0.25), replace(second, t0=0.25)))
    assert outputs(program)["rate", Fold.YEAR_MEAN].tolist() == [[4.0] * 3]


def test_states_are_handed_on_at_the_same_time() -> None:
    """Two states that swap, and a third that latches once the first is 2."""
    draft = Draft()
    one, two, no = (draft.before("const", data=v) for v in (1.0, 2.0, 0.0))
    a, b, on = (draft.each("state", data=i) for i in range(3))
    latch = draft.each("or", on, draft.each("eq", a, two))
    draft.states += [State("a", one, b), State("b", two, a), State("on", no, latch)]
    draft.outputs += [Output("a", a, Fold.YEAR_END), Output("b", b, Fold.YEAR_END), Output("on", on, Fold.YEAR_END)]
    kept = outputs(draft.made(years(4)))
    assert kept["a", Fold.YEAR_END][:, 0].tolist() == [1, 2, 1, 2]
    assert kept["b", Fold.YEAR_END][:, 0].tolist() == [2, 1, 2, 1]
    assert kept["on", Fold.YEAR_END][:, 0].tolist() == [0, 0, 1, 1]


def test_the_past_is_read_on_the_line_between_segment_starts() -> None:
    """The stock counts segments, 10 at today: at place i + s it was 10 + i + s; before today it was 10."""
    draft = Draft()
    draft.columns |= {"past0.index": (-1, 0, 0, 2, -1, -2), "past0.share": (0.5, 0.0, 0.25, 1.0, 0.0, 0.5)}
    ten, one = draft.before("const", data=10.0), draft.before("const", data=1.0)
    end = draft.each("add", draft.each("state", data=0), one)
    draft.states.append(State("stock", ten, end, kept=True))
    draft.outputs.append(Output("past", draft.each("past", data=(0, 0)), Fold.YEAR_END))
    kept = outputs(draft.made(years(6)))["past", Fold.YEAR_END]
    assert kept[:, 0].tolist() == [10.0, 10.0, 10.25, 13.0, 10.0, 10.0]


def test_draws_are_those_of_their_name_period_and_path() -> None:
    draft = Draft()
    uniform = draft.before("uniform", data="price")
    shock = draft.each("shock", data="noise")
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
    limit = draft.each("param", data="limit")
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
    nought = draft.before("const", data=0.0)
    state = draft.each("state", data=0)
    draft.states.append(State("ratio", nought, draft.each("div", state, nought, name="ratio")))
    assert stopped(draft.made(years(2)))[:2] == ("not-a-number", "ratio")


def test_a_masked_output_may_be_no_number_where_it_does_not_count() -> None:
    draws = philox.uniform(4, philox.stream_of("u"), 0, 0, 50)
    program = broken(where=True)
    ((values, used),) = execute(machine(program), seed=4, first=0, count=50)
    assert np.array_equal(used != 0.0, draws > 0.5)
    assert np.isfinite(values[0]).tolist() == (draws > 0.5).tolist()


@pytest.mark.parametrize(
    ("fold", "day"), [(Fold.FINAL, "2028-01-01"), (Fold.SEGMENT, "2027-01-01"), (Fold.TOTAL, "2028-01-01")]
)
def test_a_masked_output_that_counts_must_be_a_number(fold: Fold, day: str) -> None:
    """The mask counts all paths; the value is the log of a column that is -1."""
    draft = Draft()
    draft.columns["level"] = (-1.0, -1.0, -1.0)
    yes = draft.before("const", data=1.0)
    value = draft.each("log", draft.each("param", data="level"), name="margin")
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
    over = draft.each("lt", draft.each("param", data="limit"), uniform)
    other = replace(PLACE, start=40, end=44)
    draft.guards.append(
        Guard(
            draft.each("and", over, draft.each("lt", uniform, draft.each("param", data="limit"))),
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


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Legal programs: any operations, states, past, guards, masks; many numbers are none."""
    draft = Draft()
    draft.betas.append((2.0, 3.0))
    draft.columns |= {"past0.index": (-1, 0, 0, 1), "past0.share": (0.0, 0.0, 0.5, 0.75), "rate": (0.5, -2.0, 3.0, 0.0)}
    leaves = [draft.before("const", data=v) for v in (0.0, 1.0, -2.5)] + [draft.before("central")]
    truths = [leaves[0], leaves[1], leaves[3]]
    leaves += [draft.before("uniform", data=n) for n in ("a", "b")]
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
    step = [draft.each("state", data=0), draft.each("state", data=1), draft.each("past", data=(1, 0))]
    step += [draft.each("param", data="rate"), draft.each("shock", data="s")]
    if draw(st.booleans()):
        step += [draft.each("log", step[-2]), draft.each("div", leaves[1], step[-2])]
        truths += [draft.each("lt", leaves[0], step[3]), draft.each("lt", step[-1], step[-3])]
    safe = once + step[:5]
    step = grown(draft.each, once[-3:] + step, draw(st.integers(1, 25)))
    for name in ("first", "second"):
        first, following = draw(st.sampled_from(once)), draw(st.sampled_from(draw(st.sampled_from((safe, step)))))
        draft.states.append(State(name, first, following, kept=name == "second"))
    masks = st.sampled_from([-1, -1, *truths])
    for truth in draw(st.lists(st.sampled_from(truths), max_size=2)):
        step.append(draft.each("select", truth, leaves[1], draw(st.sampled_from(step))))
    for i, register in enumerate(draw(st.lists(st.sampled_from(step[-4:]), min_size=1, max_size=3))):
        where = draw(masks)
        draft.outputs += [Output(f"{i} in {s}", register, Fold.SEGMENT, segment=s, where=where) for s in range(4)]
    for i, register in enumerate(draw(st.lists(st.sampled_from(truths[3:]), max_size=2)) if truths[3:] else ()):
        draft.guards.append(Guard(register, f"guard {i}", Origin("", PLACE)))
    return draft.made(years(4, parts=2))


def stops(program: Program, by_path: list[dict[tuple[int, int], float]]) -> tuple[str, str] | None:
    """The code and date at which a run of these paths must stop: guards come first, masked values at the end."""
    watched = [g.register for g in program.guards] + [s.following for s in program.states]
    watched += [o.register if o.where < 0 else o.where for o in program.outputs]
    for i, segment in enumerate(program.segments):
        for guard in program.guards:
            if any(found[i, guard.register] == 1 for found in by_path):
                return guard.code, segment.start.isoformat()
        if not all(np.isfinite(found[i, r]) for found in by_path for r in watched):
            return "not-a-number", segment.start.isoformat()
    for o in (o for o in program.outputs if o.where >= 0):
        if any(found[o.segment, o.where] and not np.isfinite(found[o.segment, o.register]) for found in by_path):
            return "not-a-number", program.segments[o.segment].start.isoformat()
    return None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(programs(), st.booleans(), st.sampled_from([None, {"b": -0.75}]))
def test_any_program_gives_what_its_equations_say(
    program: Program, central: bool, pins: dict[str, float] | None
) -> None:
    count = 1 if central else 3
    with np.errstate(all="ignore"):
        by_path = [interpreted(program, 6, 40 + p, central=central, pins=pins) for p in range(count)]
    how = {"seed": 6, "first": 40, "count": count, "central": central, "pins": pins}
    if (expected_stop := stops(program, by_path)) is not None:
        code, _, _, day = stopped(program, **how)
        assert (code, day) == expected_stop
        return
    for output, (values, used) in zip(program.outputs, execute(machine(program), **how), strict=True):
        expected = np.array([found[output.segment, output.register] for found in by_path])
        counted = np.array([output.where < 0 or found[output.segment, output.where] == 1 for found in by_path])
        assert np.array_equal(counted, used == 1), output
        assert expected[counted].tobytes() == values[0][counted].tobytes(), output


@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs())
def test_no_equation_writes_over_what_is_still_needed(program: Program) -> None:
    """Rows by a simulation of who owns them: an operand's row still holds it, and is never the target's own."""
    rows = allocate(program)
    owner: dict[int, int] = {}
    for equation in (*program.once, *program.step):
        for operand in equation.operands:
            if operand in rows.row:
                assert owner[rows.row[operand]] == operand
                assert rows.row.get(equation.target) != rows.row[operand]
        if equation.target in rows.row:
            owner[rows.row[equation.target]] = equation.target
    read = {o.register for o in program.outputs} | {s.following for s in program.states}
    for register in (read | {e.target for e in program.once}) & set(rows.row):
        assert owner[rows.row[register]] == register


def test_rows_do_not_grow_with_a_chain() -> None:
    draft = Draft()
    value = draft.before("uniform", data="u")
    for _ in range(200):
        value = draft.each("neg", value)
    draft.outputs.append(Output("x", value, Fold.FINAL))
    assert allocate(draft.made(years(1))).count <= 3


def test_what_is_equal_on_all_paths_is_one_number() -> None:
    program = growth(years(2), [0.1, 0.1])
    numbers = allocate(program).numbers
    operations = {e.op: e.target in numbers for e in program.step}
    assert operations == {"state": False, "param": True, "add": True, "mul": False}


def test_an_unknown_operation_is_a_defect() -> None:
    program = growth(years(1), [0.1])
    wrong = replace(program, step=(*program.step, Equation(5000, "cube", (0,), None, Origin("x"))))
    with pytest.raises(InternalError):
        outputs(wrong)
