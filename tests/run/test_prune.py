"""Pruning keeps what the wanted outputs need, and changes no bit of them where no path stops."""

from dataclasses import replace

import numpy as np
import pytest
from programs import PLACE, Draft, years

from syngraph.ir.program import NONE, Fold, Guard, Origin, Output, Program, Turn, Window
from syngraph.ir.prune import prune
from syngraph.ir.spec import problems
from syngraph.run.elementary import Floats
from syngraph.run.executor import execute, machine

A, B = {("a", Fold.FINAL)}, {("b", Fold.FINAL)}
TOTAL = Fold.TOTAL
STATES = ("lost", "first", "second", "third")


def two() -> Program:
    """Output a reads a state and, through it, another; output b a window of a third; nothing reads the first state."""
    draft = Draft()
    one, nought = draft.number(1.0), draft.number(0.0)
    u, v = draft.before("uniform", data="u"), draft.before("uniform", data="v")
    draft.before("exp", v, name="dead")
    lost, first, second, third = (draft.state(n, x) for n, x in zip(STATES, (one, one, one, nought), strict=True))
    draft.moves(lost, draft.each("mul", lost, v))
    a = draft.each("add", first, u)
    draft.moves(first, NONE, renewed=second)
    draft.moves(second, NONE, renewed=draft.each("mul", second, u))
    flow = draft.each("mul", v, v)
    b = draft.each("add", third, draft.flows(flow))
    draft.moves(third, b)
    ago = draft.each("window", data=(0, 2))
    draft.windows.append(
        Window((flow, flow, flow), draft.at(third), 1.5, nought, (NONE, NONE), Origin("window", PLACE))
    )
    draft.outputs += [Output("a", a, Fold.FINAL), Output("b", draft.each("add", ago, b), Fold.FINAL)]
    for code, operands in (
        ("of-a", (a, nought)),
        ("of-v", (v, nought)),
        ("of-both", (draft.each("add", a, v), nought)),
        ("of-sum", (draft.each("add", a, second), nought)),
    ):
        draft.guards.append(Guard(draft.each("lt", *operands), code, Origin(code, PLACE)))
    return draft.made(years(3))


def switched() -> Program:
    """Two totals that each stop at a bound, and a sum that is due there for each."""
    draft = Draft()
    zero, one = draft.number(0.0), draft.number(1.0)
    for name, bound in (("a", 1.25), ("b", 2.25)):
        limit, speed = draft.number(bound), draft.before("add", draft.before("uniform", data=name), one)
        total, done = draft.state(f"total {name}", zero), draft.state(f"done {name}", zero, truth=True)
        full, other = draft.switch(total, limit, name=name), draft.switch(limit, total, strict=True, name=name)
        last = len(draft.switches)
        rate = draft.each("select", full, zero, speed)
        points = draft.rising(total, rate)
        draft.gap(full, draft.less(points, limit), (limit,) * 3)
        draft.gap(other, tuple(draft.each("sub", limit, p) for p in points), points)  # type: ignore[arg-type]
        draft.switches[last - 1] = replace(draft.switches[last - 1], twin=last - 2, turned=True)
        draft.days.append(draft.before("mul", draft.before("uniform", data=name), one))
        paid = draft.flows(draft.each("select", other, one, zero))
        due = draft.each("and", full, draft.each("not", done))
        own = draft.each("div", one, one)  # what the jump sets, and nothing else needs
        draft.jump(Turn.SUM, due, sets=draft.sets((done, own)))
        posted = draft.each("select", due, draft.number(10.0), zero)
        draft.outputs.append(Output(name, paid, Fold.TOTAL, posted=posted))
        draft.outputs.append(Output(name, done, Fold.FINAL, where=done))
    return draft.made(years(4))


def run(program: Program) -> list[tuple[Floats, Floats]]:
    return list(execute(machine(program), seed=2, first=0, count=100))


def values(program: Program) -> dict[str, bytes]:
    return {o.name: v.tobytes() for o, (v, _) in zip(program.outputs, run(program), strict=True)}


def test_all_outputs_drop_only_what_none_needs() -> None:
    program = two()
    kept = prune(program)
    assert problems(kept) == () and values(kept) == values(program)
    assert [s.name for s in kept.states] == ["first", "second", "third"]
    assert kept.guards == program.guards and "dead" not in {e.origin.name for e in kept.once}
    assert {e.data for e in kept.stretch if e.op == "state"} == {0, 1, 2}
    assert [e.data for e in kept.stretch if e.op == "window"] == [(0, 2)]
    assert [w.total for w in program.windows] == [3] and [w.total for w in kept.windows] == [2]


@pytest.mark.parametrize("name", ["a", "b"])
def test_one_output_keeps_its_switches_days_and_jumps(name: str) -> None:
    """The other side's are gone, its own are numbered anew, and each gap finds its twin."""
    program = switched()
    kept = prune(program, {(name, Fold.TOTAL)})
    assert problems(kept) == () and prune(kept) == kept
    (whole,) = [v for o, (v, _) in zip(program.outputs, run(program), strict=True) if (o.name, o.fold) == (name, TOTAL)]
    ((alone, _),) = run(kept)
    np.testing.assert_allclose(alone, whole, rtol=1e-13)  # it stops less often
    assert [(s.origin.name, s.twin, s.turned) for s in kept.switches] == [(name, 0, False), (name, 0, True)]
    assert [s.name for s in kept.states] == [f"total {name}", f"done {name}"]
    assert not kept.days and len(kept.jumps) == 1 and whole.min() >= 10


def test_a_day_stays_if_it_is_needed_and_a_jump_sets_only_what_is() -> None:
    program = switched()
    day = program.days[1]
    watched = replace(program, outputs=(*program.outputs[3:], Output("day", day, Fold.FINAL)))
    kept = prune(watched)
    assert kept.days == (day,) and [len(j.sets) for j in kept.jumps] == [1]


def test_a_twin_that_is_left_out_leaves_the_other_to_itself() -> None:
    """Of two switches of one gap, the first of them the wrong way round, only the second is asked for."""
    draft = Draft()
    total, limit = draft.state("total", draft.number(0.0)), draft.number(1.25)
    points = draft.rising(total, draft.number(1.0))
    first, second = draft.switch(limit, total, strict=True), draft.switch(total, limit)
    draft.gap(first, tuple(draft.each("sub", limit, p) for p in points), points)  # type: ignore[arg-type]
    draft.gap(second, draft.less(points, limit), (limit,) * 3)
    draft.switches[1] = replace(draft.switches[1], twin=0, turned=True)
    draft.outputs.append(Output("on", draft.each("mul", second, draft.each("length")), Fold.TOTAL))
    program = draft.made(years(2))
    kept = prune(program)
    assert [(s.twin, s.turned, s.strict) for s in kept.switches] == [(0, False, False)]
    assert [e.data for e in kept.stretch if e.op == "switch"] == [0] and values(kept) == values(program)


def test_one_output_keeps_its_bits_states_and_guards() -> None:
    program = two()
    a, b = prune(program, A), prune(program, B)
    assert values(a) == {"a": values(program)["a"]} and values(b) == {"b": values(program)["b"]}
    assert [s.name for s in a.states] == ["first", "second"] and [s.name for s in b.states] == ["third"]
    assert not a.windows and [w.total for w in b.windows] == [0]
    assert [e.data for e in a.once if e.op == "uniform"] == ["u"]
    assert problems(a) == problems(b) == ()


def test_a_guard_stays_only_if_what_is_needed_makes_it() -> None:
    """A constant that two guards share keeps neither; a sum of needed values that no output reads is kept."""
    assert [g.code for g in prune(two(), A).guards] == ["of-a", "of-sum"]
    assert [g.code for g in prune(two(), B).guards] == ["of-v"]


def test_a_guard_on_a_register_without_operands_stays_with_its_output() -> None:
    program = two()
    first = next(e.target for e in program.stretch if e.op == "state" and e.data == 1)
    watched = replace(program, guards=(Guard(first, "of-first", Origin("x", PLACE)),))
    assert len(prune(watched, A).guards) == 1 and not prune(watched, B).guards


def test_pruning_twice_is_pruning_once_and_an_order_of_guards_is_none() -> None:
    program = two()
    once = prune(program, A)
    assert prune(once) == once == prune(once, A)
    turned = prune(replace(program, guards=program.guards[::-1]), A)
    assert turned.guards == once.guards[::-1] and turned.stretch == once.stretch


def test_a_mask_is_needed_too() -> None:
    program = two()
    u = next(e.target for e in program.once if e.data == "u")
    masked = replace(program, outputs=(replace(program.outputs[1], where=u),), guards=())
    assert {e.data for e in prune(masked).once if e.op == "uniform"} == {"u", "v"}


def test_nothing_wanted_leaves_nothing() -> None:
    empty = prune(two(), set())
    assert not empty.states and not empty.stretch and not empty.guards and empty.segments == two().segments
    assert np.array_equal(empty.params, two().params)
