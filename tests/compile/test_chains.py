"""Long chains of names compile without recursion and without work that grows faster than the chain."""

import sys
from decimal import Decimal
from functools import partial
from types import FrameType

import pytest

from runs import by_path, program
from syngraph.compile.case import compile_plans
from syngraph.expr.nodes import Name
from syngraph.graph import constants
from syngraph.graph.constants import amount, day
from syngraph.graph.names import make_scope
from syngraph.ir.program import Fold
from syngraph.load.case import load_texts
from syngraph.model.case import Case

LONG = 2_000
EVENTS = 250  # each is a stop of the path, and a segment has room for 1,000
HEAD = """\
case: chain
title: {en: A test}
currency: USD
today: 2026-01-01
simulate: {until: 2028-01-01, step: year}
parties: {a: {form: corporation}, b: {form: corporation}}
measures:
  answer: {stock: "ASKED + 0 * t"}
"""


def chain(section: str, link: str, last: str, *, more: str = "", asked: str, count: int = LONG) -> str:
    """Records n0, n1, … of a section, `link` each with NEXT for the one after it, and `last`."""
    links = [f"  n{i}: {link.replace('NEXT', f'n{i + 1}').replace('SAME', str(i))}" for i in range(count)]
    return HEAD.replace("ASKED", asked) + "\n".join([f"{section}:", *links, f"  n{count}: {last}", more])


RIGHT = "holder: a, bearer: b, kind: license"
HIT = "events:\n  hit: {when: t >= 0.5}\n"


def chains(count: int) -> dict[str, str]:
    """Chains of every kind, each so long."""
    link = partial(chain, count=count)
    return {
        "rights": link(
            "rights", f"{{{RIGHT}, when: in_force(NEXT)}}", f"{{{RIGHT}}}", asked="1 if in_force(n0) else 2"
        ),
        "rights to an event": link(
            "rights",
            f"{{{RIGHT}, when: in_force(NEXT)}}",
            f"{{{RIGHT}, from: hit}}",
            more=HIT,
            asked="1 if in_force(n0) else 2",
        ),
        "exceptions of rights": link(
            "rights",
            f"{{{RIGHT}, exceptions: {{x: {{when: not in_force(NEXT), limited: 'no'}}}}}}",
            f"{{{RIGHT}}}",
            asked="1 if in_force(n0) else 2",
        ),
        "events": link("events", "{when: happened(NEXT)}", "{when: t >= 0.5}", asked="1 if happened(n0) else 2"),
        "prerequisites": link(
            "events", "{by: a, after: [NEXT]}", "{date: 2026-07-01}", asked="1 if happened(n0) else 2"
        ),
        "stages": link(
            "agreements",
            "{parties: [a, b], effective: NEXT.effective}",
            "{parties: [a, b], effective: 2026-07-01}",
            asked="1 if happened(n0.effective) else 2",
        ),
        "assumptions": link("assumptions", "{value: NEXT, why: x}", "{value: 1, why: x}", asked="n0"),
        "rights and measures in turn": link(
            "rights",
            f"{{{RIGHT}, when: mSAME > 1}}",
            f"{{{RIGHT}}}",
            more="measures:\n"
            + "\n".join(f'  m{i}: {{stock: "(2 if in_force(n{i + 1}) else 0) + 0 * t"}}' for i in range(count)),
            asked="1 if in_force(n0) else 2",
        ),
        "rights and events in turn": link(
            "rights",
            f"{{{RIGHT}, when: happened(eSAME)}}",
            f"{{{RIGHT}}}",
            more="events:\n" + "\n".join(f"  e{i}: {{when: in_force(n{i + 1})}}" for i in range(count)),
            asked="1 if in_force(n0) else 2",
        ),
    }


CHAINS = chains(LONG)
WAITING = ("events", "prerequisites", "rights and events in turn")


def texts(text: str) -> list[tuple[str, str]]:
    """A case in two files if both have measures."""
    parts = text.split("measures:\n")
    if len(parts) > 2:
        return [("a.yaml", "measures:\n".join(parts[:2])), ("b.yaml", "measures:\n" + parts[2])]
    return [(f"part{i}.yaml", ("measures:\n" if i else "") + part) for i, part in enumerate(parts)]


@pytest.mark.parametrize("name", CHAINS)
def test_a_long_chain_is_what_its_last_link_is(name: str) -> None:
    """All are on because the last one is, by the end of the first year; events come one at a time at one moment."""
    made = program(texts(CHAINS[name]))
    if name in WAITING:
        made = program(texts(chains(EVENTS)[name]))
    assert by_path(made)["answer", Fold.YEAR_END][-1].tolist() == [1.0]


def test_rights_and_measures_that_need_each_other_are_one_cycle() -> None:
    text = HEAD.replace("ASKED", "2 if in_force(n0) else 0")
    text += f"rights:\n  n0: {{{RIGHT}, when: in_force(n1)}}\n  n1: {{{RIGHT}, when: answer > 1}}\n"
    loaded = load_texts([("case.yaml", text)])
    (found,) = compile_plans(loaded.cases)[0].diagnostics
    assert found.code == "cycle" and found.span is not None
    assert found.fill("names") == "answer → answer"


def doubled(count: int) -> Case:
    """n0 = n1 + n1, n1 = n2 + n2, …, the last one 1."""
    text = chain("assumptions", "{value: NEXT + NEXT, why: x}", "{value: 1, why: x}", asked="n0", count=count)
    return load_texts([("case.yaml", text)]).cases[0]


def calls(count: int) -> tuple[Decimal | None, int]:
    """The amount of n0 in a chain of doublings, and how many calls in its module that took."""
    scope, made = make_scope(doubled(count)), 0

    def see(frame: FrameType, event: str, _: object) -> None:
        nonlocal made
        made += event == "call" and frame.f_code.co_filename == constants.__file__

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        found = amount(Name("n0", scope.case.horizon.span or scope.case.parties[0].head.span), scope)
    finally:
        sys.setprofile(before)
    return (found[0] if found else None), made


def test_an_amount_takes_each_name_once() -> None:
    short, long = calls(20), calls(80)
    assert (short[0], long[0]) == (Decimal(2**20), Decimal(2**80))
    assert long[1] < 5 * short[1]


def test_days_and_amounts_go_round_no_circle() -> None:
    text = HEAD.replace("ASKED", "1") + "assumptions:\n  n0: {value: n1, why: x}\n  n1: {value: n0, why: x}\n"
    scope = make_scope(load_texts([("case.yaml", text)]).cases[0])
    name = Name("n0", scope.case.parties[0].head.span)
    assert amount(name, scope) is None and day(name, scope) is None
