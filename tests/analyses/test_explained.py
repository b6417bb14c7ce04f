"""What a number rests on: every way one thing can rest on another, loops, chains of any length, and the stops on the way."""

import json
from datetime import date
from functools import cache

import pytest

from runs import compiled
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.periods import Period, asked_period, cuts, period_of, within
from syngraph.analyses.studies import run_study
from syngraph.analyses.study import PlanRun, Study, Tag
from syngraph.explain.origins import Explanation, OriginNode
from syngraph.explain.trace import Tracer, explained, names
from syngraph.explain.tree import Where, trees
from syngraph.graph.edges import unit_edges
from syngraph.graph.names import make_scope
from syngraph.present.explanations import (
    DEEPEST,
    explanation_document,
    explanation_lines,
    explanation_text,
)
from syngraph.present.report.page import render
from syngraph.present.words import words

HEAD = """\
case: sample
title: A sample
currency: USD
today: 2026-01-01
simulate: {until: 2030-01-01, step: year}
discount: wacc
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
facts:
  ends: {value: 2028-07-02}
  bound: {value: 3 bn USD}
assumptions:
  wacc: {value: 10 %, why: x}
  sales: {value: 10 bn USD/year, why: x}
  floor: {value: 1 bn USD, why: x}
  odds: {value: 100 %, why: x}
  keep: {value: 25 %, why: x}
"""
CASE = (
    HEAD
    + """\
measures:
  paid_so_far: {stock: "cum(deal.fee.paid, 0 USD)"}
  before: {stock: "prev(paid_so_far, 0 USD)"}
  low: {status: "paid_so_far < floor"}
  from_all: {flow: "over(2 * sales) - received(cloud)"}
  looping: {stock: "prev(other, 0 USD) + 1 USD"}
  other: {stock: "prev(looping, 0 USD) + keep * 1 USD"}
events:
  ruling: {by: lab, date: 2027-04-01, outcomes: {grant: odds, refuse: rest}}
  reached: {when: paid_so_far >= bound}
agreements:
  deal:
    parties: [lab, cloud]
    effective: reached
    terms:
      fee:
        pays: {from: lab, to: cloud}
        amount: 20 % * sales
        from: 2026-01-01
        until: ends
        cap: 5 bn USD * odds
        exceptions:
          off: {when: low and ruling.grant, amount: 10 % * sales}
      bonus: {pays: {from: lab, to: cloud}, amount: 1 USD/year, cap: "cum(pot.lab, 0 USD)"}
waterfalls:
  pot:
    of: lab
    pot: max(over(sales), 0 USD)
    from: ruling.grant
    tiers:
      - {name: first, share: {cloud: keep, lab: 75 %}, until: {cloud: floor}}
      - {name: rest, share: {lab: 100 %}}
checks:
  enough: {value: cum(deal.bonus.paid) + before, at: ruling, at_least: 0 USD}
"""
)
ALL = Period(date(2026, 1, 1), date(2029, 12, 31))


def studied(text: str, *, paths: int = 4) -> Study:
    return run_study(tuple(compiled(text).values()), folder="", texts=(), evidence=Evidence(), paths=paths, seed=1)


@cache
def study() -> Study:
    return studied(CASE)


def told(name: str) -> Explanation:
    found = explained(study(), study().first, name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("sales", []),
        ("paid_so_far", ["deal.fee.paid"]),
        ("before", ["paid_so_far"]),  # what `prev` looks back on
        ("low", ["paid_so_far", "floor"]),
        ("from_all", ["sales", "deal.fee.paid", "deal.bonus.paid", "pot.cloud"]),
        ("looping", ["other"]),
        ("deal.fee", ["sales", "odds", "low", "ends", "ruling"]),  # amount, cap, a named condition, a day, an outcome
        ("deal.bonus", ["pot.lab", "reached"]),  # a part in its cap, the stage of its agreement
        ("pot.cloud", ["sales", "keep", "floor", "ruling"]),
        ("pot", ["sales", "keep", "floor", "ruling"]),
        ("ruling", ["odds"]),
        ("ruling.grant", ["odds"]),
        ("reached", ["paid_so_far", "bound"]),
        ("happened(reached)", ["paid_so_far", "bound"]),
        ("date(reached)", ["paid_so_far", "bound"]),
        ("received(cloud)", ["deal.fee.paid", "deal.bonus.paid", "pot.cloud"]),
        ("paid(lab)", ["deal.fee.paid", "deal.bonus.paid", "pot.cloud", "pot.lab"]),
        ("present_value(deal.fee.paid)", ["deal.fee.paid", "wacc"]),
        ("enough", ["deal.bonus.paid", "before"]),
        ("check enough", ["deal.bonus.paid", "before"]),
    ],
)
def test_what_each_thing_itself_rests_on(name: str, below: list[str]) -> None:
    assert sorted(through_parts(told(name))) == sorted(below)


def through_parts(explanation: Explanation) -> set[str]:
    """What the first node rests on, with what stands behind parts of its formula, and totals, in their place."""
    nodes = {n.name: n for n in explanation.nodes}
    found, waiting = set(), list(explanation.root.below)
    while waiting:
        node = nodes[waiting.pop()]
        if node.kind in ("part", "total"):
            waiting += node.below
        else:
            found.add(node.name)
    return found - {explanation.root.name}


def test_every_record_rests_on_what_the_compiler_has_it_rest_on() -> None:
    for run in (study().first, stopping().first):
        scope = make_scope(run.case)
        for name, unit in scope.units.items():
            edges = {e.to for e in unit_edges(scope, unit)} - {name}
            parts = [n for n in names(run) if n == name or (n.startswith(f"{name}.") and n not in scope.units)]
            shown = set().union(*(through_parts(found_in(run, part)) for part in parts))
            assert {scope.unit(n)[0].head.name if scope.unit(n) else n for n in shown} - {name} == edges, name


def found_in(run: PlanRun, name: str) -> Explanation:
    found = explained(study() if run is study().first else stopping(), run, name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("from_all", ["sales", "received(cloud)"]),
        ("looping", ["prev(other, 0 USD)"]),
        ("prev(other, 0 USD)", ["other"]),
        ("deal.fee", ["sales", "low", "active(deal.fee)", "full(deal.fee)", "ruling"]),
        ("active(deal.fee)", ["ends"]),
        ("full(deal.fee)", ["so_far(deal.fee)", "odds"]),
        ("so_far(deal.fee)", ["deal.fee.paid"]),
        ("paid(lab)", ["deal.fee.paid", "deal.bonus.paid", "pot.cloud", "pot.lab"]),
    ],
)
def test_parts_of_a_formula_stand_between(name: str, below: list[str]) -> None:
    nodes = {n.name: n for top in ("looping", "from_all", "paid(lab)") for n in told(top).nodes}
    node = nodes[name] if name in nodes else told(name).root
    assert sorted(node.below) == sorted(below)


def test_the_formula_of_a_payment_is_made_of_all_its_fields() -> None:
    assert told("deal.fee").root.expression == (
        "(10 % * sales if low and ruling.grant else 20 % * sales) if active(deal.fee) and not full(deal.fee) else 0"
    )


@pytest.mark.parametrize(
    "name",
    [
        "",
        "sale",
        "deal",
        "deal.fee.foo",
        "pot.nobody",
        "ruling.maybe",
        "received(nobody)",
        "date(sales)",
        "paid(sales)",
    ],
)
def test_what_has_no_such_name_is_nothing(name: str) -> None:
    assert explained(study(), study().first, name) is None


def test_every_name_that_is_listed_can_be_explained_and_nothing_below_is_missing() -> None:
    listed = names(study().first)
    assert {"sales", "deal.fee", "deal.fee.paid", "pot", "pot.cloud", "ruling", "enough"} <= set(listed)
    for name in listed:
        nodes = {n.name: n for n in told(name).nodes}
        assert all(below in nodes for node in nodes.values() for below in node.below)
        assert told(name).root.name in (name, f"{name}.paid")


def test_the_weakest_of_all_below_is_worn_also_around_a_loop() -> None:
    for name in ("looping", "other"):
        assert (told(name).root.own, told(name).root.weakest) == (Tag.DERIVED, Tag.ASSUMED)
    assert {n.weakest for n in told("looping").nodes} == {Tag.ASSUMED}


def test_names_traced_one_after_the_other_are_as_if_traced_alone() -> None:
    tracer = Tracer(study(), study().first, parts=True)
    for name in (*names(study().first), "received(cloud)", "present_value(received(cloud))"):
        node = tracer.trace(name)
        assert node is not None
        assert tracer.reached(node) == told(name).nodes


# trees


def nodes(*edges: tuple[str, str]) -> Explanation:
    span = told("sales").root.span
    below: dict[str, list[str]] = {}
    for one, other in edges:
        below.setdefault(one, []).append(other)
        below.setdefault(other, [])
    made = [OriginNode(n, "measure", span, Tag.DERIVED, Tag.DERIVED, below=tuple(b)) for n, b in below.items()]
    return Explanation(tuple(made))


def drawn(explanation: Explanation, deepest: int) -> list[list[tuple[str, int, str]]]:
    return [[(s.node.name, s.depth, s.where.value) for s in tree] for tree in trees(explanation, deepest)]


def test_a_name_opens_once_and_what_lies_too_deep_has_a_tree_of_its_own() -> None:
    diamond = nodes(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "e"))
    here = Where.HERE.value
    assert drawn(diamond, 9) == [
        [("a", 0, here), ("b", 1, here), ("d", 2, here), ("e", 3, here), ("c", 1, here), ("d", 2, "above")]
    ]
    assert drawn(diamond, 1) == [
        [("a", 0, here), ("b", 1, "later"), ("c", 1, "later")],
        [("b", 0, here), ("d", 1, "later")],
        [("c", 0, here), ("d", 1, "later")],
        [("d", 0, here), ("e", 1, here)],
    ]
    assert drawn(nodes(("a", "b"), ("b", "a")), 9) == [[("a", 0, here), ("b", 1, here), ("a", 2, "above")]]


# a chain of any length

LONG = 5_000


@cache
def long() -> Study:
    chain = "".join(f"  m{i}: {{rate: {f'm{i - 1}' if i else 'sales'} * 1}}\n" for i in range(LONG))
    deal = f"agreements:\n  deal: {{parties: [lab, cloud], terms: {{fee: {{pays: {{from: lab, to: cloud}}, amount: m{LONG - 1}}}}}}}\n"
    return studied(f"{HEAD}measures:\n{chain}{deal}", paths=2)


def test_a_chain_of_any_length_is_explained_in_every_form() -> None:
    study = long()
    found = explained(study, study.first, "deal.fee", period=ALL)
    assert found is not None and len(found.nodes) == LONG + 2
    text = explanation_text(found, ALL, words("en"), clock=study.first.case.clock)
    assert [line.split()[0] for line in text.splitlines() if line.startswith("m")] == [
        f"m{LONG - DEEPEST * i}" for i in range(1, LONG // DEEPEST + 1)
    ]
    assert max(map(len, text.splitlines())) < 160
    document = json.loads(json.dumps(explanation_document(found, ALL)))
    assert len(document["continued"]) == text.count("(explained below)") == LONG // DEEPEST
    lines = [line for line in explanation_lines(found, ALL) if line["type"] == "node"]
    assert [line["depth"] for line in lines] == list(range(LONG + 2))
    assert found.root.weakest is Tag.ASSUMED


def test_a_chain_of_any_length_stands_in_the_report() -> None:
    page = render(long(), version="1")
    assert page.count("<article") >= LONG


# the stops of the central path

STOPS = (
    HEAD
    + """\
measures:
  paid: {stock: "cum(deal.fee.paid, 0 USD)"}
  low: {status: "paid < floor"}
  less: {stock: "min(paid, 1.5 * floor)"}
  later: {stock: "paid if date >= drawn else 0 USD"}
events:
  full: {when: paid >= bound}
  day: {date: "between(2027-01-01, 2027-01-03)"}
agreements:
  deal:
    parties: [lab, cloud]
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: 20 % * sales, until: ends}
""".replace("drawn", "odd_day")
).replace("  odds:", '  odd_day: {value: "between(2028-01-01, 2028-01-03)", why: x}\n  odds:')


@cache
def stopping() -> Study:
    return studied(STOPS)


def stopped(name: str, period: Period = ALL) -> list[tuple[str, str, str, bool]]:
    found = explained(stopping(), stopping().first, name, period=period)
    assert found is not None
    assert all(s.span is not None for s in found.stops)
    return [(s.day.isoformat(), s.kind, s.name, s.on) for s in found.stops]


@pytest.mark.parametrize(
    ("name", "stops"),
    [
        # 2 bn a year: 1 bn is paid after half a year of 365 days, in the middle of 2 July; 3 bn a year later
        ("low", [("2026-07-02", "turn", "low", False)]),
        ("full", [("2027-07-02", "event", "full", False)]),
        ("less", [("2026-10-01", "bend", "less", True)]),  # after three quarters, 273.75 days
        ("day", [("2027-01-02", "event", "day", False)]),  # the middle of the two days
        ("later", [("2028-01-02", "day", "odd_day", False)]),
        ("paid", []),  # its end is a day that all paths know: time is cut there, nobody stops
        ("deal.fee", []),
        ("sales", []),
    ],
)
def test_a_number_tells_where_its_path_stops(name: str, stops: list[tuple[str, str, str, bool]]) -> None:
    assert stopped(name) == stops


def test_only_what_falls_into_the_period_is_told() -> None:
    for first, last, told in (
        ("2027-01-01", "2027-12-31", True),
        ("2027-07-02", "2027-07-02", True),
        ("2027-07-03", "2029-12-31", False),
        ("2026-01-01", "2027-07-01", False),
    ):
        assert bool(stopped("full", Period(date.fromisoformat(first), date.fromisoformat(last)))) is told


def test_stops_are_said_in_words_and_as_values() -> None:
    found = explained(stopping(), stopping().first, "low", period=ALL)
    assert found is not None
    clock = stopping().first.case.clock
    english, chinese = (explanation_text(found, ALL, words(lang), clock=clock) for lang in ("en", "zh-Hant"))
    assert (
        "\nThe central path stops on these days for it:\n"
        "  2026-07-02  a condition or bound in low is met no longer  case.yaml:22\n"
    ) in english
    assert ("\n中央路徑為此停在下列各日：\n  2026-07-02  low 中的一項條件或界限不再成立  case.yaml:22\n") in chinese
    stop = {"day": "2026-07-02", "kind": "turn", "name": "low", "place": "case.yaml:22", "on": False}
    assert explanation_document(found, ALL)["stops"] == [stop]
    assert {"type": "stop", **stop}.items() <= list(explanation_lines(found, ALL))[-1].items()
    none = explained(stopping(), stopping().first, "sales", period=ALL)
    assert none is not None and "central path" not in explanation_text(none, ALL, words("en"), clock=clock)


# a day


def test_a_level_on_a_day_is_that_at_its_end_and_a_flow_that_of_its_period() -> None:
    asked = asked_period("2026-03-01")
    assert asked is not None
    made = tuple(compiled(STOPS, extra=cuts([asked])).values())
    cut, wrong = within(made, asked)
    assert not wrong and cut[0].program is not None
    assert period_of(cut[0].program, asked) == Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 1))
    run = run_study(cut, folder="", texts=(), evidence=Evidence(), paths=2, seed=1).first
    figures = {q.name: run.central.get(q.name, q.fold) for q in run.compiled.quantities}
    assert figures["paid"].tolist() == pytest.approx([2e9 * 60 / 365])  # January, February and a day
    assert figures["deal.fee.paid"][0] == pytest.approx(2e9)
