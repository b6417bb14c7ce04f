"""Pruning keeps what the wanted outputs need, and changes no bit of them."""

from dataclasses import replace

import numpy as np
from programs import PLACE, Draft, years

from syngraph.ir.program import Fold, Guard, Origin, Output, Program, State
from syngraph.ir.prune import prune
from syngraph.ir.spec import problems
from syngraph.run.executor import execute, machine

A, B = {("a", Fold.FINAL)}, {("b", Fold.FINAL)}


def two() -> Program:
    """Output a reads state 1 and, through it, state 2; output b reads the past of state 3; nothing reads state 0."""
    draft = Draft()
    draft.columns |= {"past0.index": (0, 0, 1), "past0.share": (0.0, 0.5, 0.5)}
    one, nought = draft.before("const", data=1.0), draft.before("const", data=0.0)
    u, v = draft.before("uniform", data="u"), draft.before("uniform", data="v")
    draft.before("exp", v, name="dead")
    lost, first, second, third = (draft.each("state", data=i) for i in range(4))
    dead = draft.each("mul", lost, v)
    a = draft.each("add", first, u)
    by_two = draft.each("mul", second, u)
    b = draft.each("add", third, draft.each("mul", v, v))
    past = draft.each("past", data=(3, 0))
    draft.states += [State("lost", one, dead), State("first", one, second), State("second", one, by_two)]
    draft.states.append(State("third", nought, b, kept=True))
    draft.outputs += [Output("a", a, Fold.FINAL), Output("b", draft.each("add", past, b), Fold.FINAL)]
    for code, operands in (
        ("of-a", (a, nought)),
        ("of-v", (v, nought)),
        ("of-both", (draft.each("add", a, v), nought)),
        ("of-sum", (draft.each("add", a, second), nought)),
    ):
        draft.guards.append(Guard(draft.each("lt", *operands), code, Origin(code, PLACE)))
    return draft.made(years(3))


def values(program: Program) -> dict[str, bytes]:
    found = execute(machine(program), seed=2, first=0, count=100)
    return {o.name: v.tobytes() for o, (v, _) in zip(program.outputs, found, strict=True)}


def test_all_outputs_drop_only_what_none_needs() -> None:
    program = two()
    kept = prune(program)
    assert problems(kept) == () and values(kept) == values(program)
    assert [s.name for s in kept.states] == ["first", "second", "third"]
    assert kept.guards == program.guards and "dead" not in {e.origin.name for e in kept.once}
    assert {e.data for e in kept.step if e.op == "state"} == {0, 1, 2}
    assert [e.data for e in kept.step if e.op == "past"] == [(2, 0)]


def test_one_output_keeps_its_bits_states_and_guards() -> None:
    program = two()
    a, b = prune(program, A), prune(program, B)
    assert values(a) == {"a": values(program)["a"]} and values(b) == {"b": values(program)["b"]}
    assert [s.name for s in a.states] == ["first", "second"] and [s.name for s in b.states] == ["third"]
    assert [e.data for e in a.once if e.op == "uniform"] == ["u"]
    assert problems(a) == problems(b) == ()


def test_a_guard_stays_only_if_what_is_needed_makes_it() -> None:
    """A constant that two guards share keeps neither; a sum of needed values that no output reads is kept."""
    assert [g.code for g in prune(two(), A).guards] == ["of-a", "of-sum"]
    assert [g.code for g in prune(two(), B).guards] == ["of-v"]


def test_a_guard_on_a_register_without_operands_stays_with_its_output() -> None:
    program = two()
    first = next(e.target for e in program.step if e.op == "state" and e.data == 1)
    watched = replace(program, guards=(Guard(first, "of-first", Origin("x", PLACE)),))
    assert len(prune(watched, A).guards) == 1 and not prune(watched, B).guards


def test_pruning_twice_is_pruning_once_and_an_order_of_guards_is_none() -> None:
    program = two()
    once = prune(program, A)
    assert prune(once) == once == prune(once, A)
    turned = prune(replace(program, guards=program.guards[::-1]), A)
    assert turned.guards == once.guards[::-1] and turned.step == once.step


def test_a_mask_is_needed_too() -> None:
    program = two()
    u = next(e.target for e in program.once if e.data == "u")
    masked = replace(program, outputs=(replace(program.outputs[1], where=u),), guards=())
    assert {e.data for e in prune(masked).once if e.op == "uniform"} == {"u", "v"}


def test_nothing_wanted_leaves_nothing() -> None:
    empty = prune(two(), set())
    assert not empty.states and not empty.step and not empty.guards and empty.segments == two().segments
    assert np.array_equal(empty.params, two().params)
