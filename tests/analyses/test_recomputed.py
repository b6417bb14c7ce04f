"""Every value that `explain` shows is its formula on the values it shows below, by a small evaluator of this test's own."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from runs import compiled
from syngraph.analyses.evidence import Evidence
from syngraph.analyses.periods import WHOLE, WITHIN, Period, asked_period, cuts, period_of, within
from syngraph.analyses.studies import compiled_plans, run_study
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.located import Scalar
from syngraph.base.spans import Span
from syngraph.explain.origins import Explanation
from syngraph.explain.trace import Tracer, explained, names
from syngraph.explain.working import worked
from syngraph.expr.nodes import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Day,
    Expr,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Truth,
)
from syngraph.expr.parser import parse
from syngraph.expr.text import written
from syngraph.load.case import load_texts
from syngraph.present.explanations import explanation_document

CASES = {
    "openai-microsoft": Path("cases/openai-microsoft"),
    "alliance": Path("cases/alliance"),
    "example": Path("src/syngraph/api/example"),
}
CLOSE = 1e-9
FINER = 1e-5  # of figures of a run whose path stops less often
UNSAID = {"draw", "series", "settled", "before", "window", "paths", "run", "latched"}
"""What a node may say is missing so that its formula cannot be worked out; `carried` is only where it began."""


def near(a: float, b: float, size: float, close: float = CLOSE) -> bool:
    return abs(a - b) <= close * max(abs(a), abs(b), size)


def years(today: date, day: date) -> float:
    """ACT/ACT: of each year the part of its days."""

    def since(d: date) -> float:
        return d.year + (d - date(d.year, 1, 1)).days / (date(d.year + 1, 1, 1) - date(d.year, 1, 1)).days

    return since(day) - since(today)


@cache
def parsed(text: str) -> Expr:
    found = parse(Scalar(text, Span("formula", 0, len(text), 1, 1)))
    assert not hasattr(found, "code"), (text, found)
    return found  # type: ignore[return-value]


@dataclass
class Sheet:
    """A document of `explain`, and the arithmetic of its reader."""

    document: Mapping
    today: date
    nodes: dict[str, Mapping] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stretches = self.document["stretches"]
        for tree in (self.document["explanation"], *self.document["continued"]):
            for node in walk(tree):
                if not node["repeated"] and not node["continued"]:
                    self.nodes[node["name"]] = node

    # reading

    def points(self, values: object, i: int, k: int) -> float:
        return values[i][k] if isinstance(values, list) else values  # type: ignore[index,return-value]

    def of(self, name: str, i: int, k: int) -> float:
        if name in ("t", "date"):
            return self.stretches[i]["t"] + k / 2 * self.stretches[i]["length"]
        event, _, outcome = name.rpartition(".")
        if name not in self.nodes and event in self.nodes:
            return self.points(self.nodes[event]["outcomes"][outcome], i, k)
        return self.points(self.nodes[name]["values"], i, k)

    def mean(self, at: Callable[[int], float]) -> float:
        return (at(0) + 4 * at(1) + at(2)) / 6

    def amount(self, at: Callable[[int, int], float]) -> float:
        return sum(self.mean(lambda k, i=i: at(i, k)) * s["length"] for i, s in enumerate(self.stretches))

    # formulas

    def value(self, expr: Expr, i: int, k: int) -> float:
        def at(e: Expr, k: int = k) -> float:
            return self.value(e, i, k)

        match expr:
            case Number(quantity=quantity):
                return float(quantity.amount)
            case Day(day=day):
                return years(self.today, day)
            case Truth(value=value):
                return float(value)
            case Name(text=text):
                return self.of(text, i, k)
            case Negative(operand=operand):
                return -at(operand)
            case Not(operand=operand):
                return 1 - at(operand)
            case Logic(operator=operator, left=left, right=right):
                return (min if operator == "and" else max)(at(left), at(right))
            case Choice(then=then, condition=condition, otherwise=otherwise):
                return at(then) if at(condition, 1) else at(otherwise)
            case Comparison(operator=operator, left=left, right=right):
                a, b = at(left, 1), at(right, 1)
                same = near(a, b, 0.0)
                holds = {">": a > b and not same, ">=": a > b or same, "<": a < b and not same, "<=": a < b or same}
                return float({"==": same, "!=": not same, **holds}[operator])
            case Arithmetic(operator=operator, left=left, right=right):
                return self.arithmetic(operator, left, right, i, k)
            case Call():
                return self.call(expr, i, k)
            case _:
                raise AssertionError(expr)

    def arithmetic(self, operator: str, left: Expr, right: Expr, i: int, k: int) -> float:
        a, b = self.value(left, i, k), self.value(right, i, k)
        if operator == "/":
            if a == 0 == b and k != 1:  # carried on from inside
                end, middle = self.value(left, i, 2 - k), self.value(left, i, 1)
                inside = middle / self.value(right, i, 1)
                return 2 * inside - end / self.value(right, i, 2 - k)
            return a / b
        return {"+": a + b, "-": a - b, "*": a * b}[operator]

    def call(self, expr: Call, i: int, k: int) -> float:
        given = [a.value for a in expr.arguments]
        if expr.function in ("min", "max"):  # no bend turns inside a stretch: its middle says which side it is
            return self.value((min if expr.function == "min" else max)(given, key=lambda e: self.value(e, i, 1)), i, k)
        if expr.function in ("exp", "log", "sqrt"):
            return getattr(math, expr.function)(self.value(given[0], i, k))
        if expr.function in ("over", "per_year"):
            return self.value(given[0], i, k)
        if expr.function == "happened" and isinstance(given[0], Name) and given[0].text in self.nodes:
            return self.of(given[0].text, i, k)
        return self.of(text(expr), i, k)

    # nodes

    def check(self, name: str) -> None:
        node = self.nodes[name]
        if node.get("tiers") is not None:
            self.tiers(node)
        elif not UNSAID & set(node["missing"]) and node["values"] is not None:
            self.formula(node)
        self.fold(node)

    def formula(self, node: Mapping) -> None:
        expr = parsed(node["expression"])
        if isinstance(expr, Call) and expr.function in ("grow", "cum"):
            (self.grow if expr.function == "grow" else self.cum)(node, [a.value for a in expr.arguments])
            return
        for i in range(len(self.stretches)):
            for k in range(3):
                self.same(node, self.value(expr, i, k), i, k)

    def same(self, node: Mapping, computed: float, i: int, k: int) -> None:
        shown = self.points(node["values"], i, k)
        assert near(shown, computed, self.size(node)), (node["name"], node["expression"], i, k, shown, computed)

    def size(self, node: Mapping) -> float:
        values = node["values"]
        return max(abs(v) for points in values for v in points) if isinstance(values, list) else abs(values)

    def begins(self, node: Mapping, first: Expr | None, i: int) -> float:
        """What a level has when a stretch begins."""
        if i:
            sums = node.get("sums")
            return self.points(node["values"], i - 1, 2) + (sums[i - 1][1] + sums[i][0] if sums else 0.0)
        if "carried" in node["missing"]:
            return self.points(node["values"], 0, 0)
        return 0.0 if first is None else self.value(first, 0, 0)

    def grow(self, node: Mapping, given: list[Expr]) -> None:
        for i, stretch in enumerate(self.stretches):
            s, m, e = (math.log1p(self.value(given[1], i, k)) for k in range(3))
            began, length = self.begins(node, given[0], i), stretch["length"]
            self.same(node, began, i, 0)
            self.same(node, began * math.exp(length * (s + 4 * m + e) / 6), i, 2)
            if s == m == e:  # its mean is exact
                mean = math.expm1(length * s) / (length * s) if s else 1.0
                self.same(node, began * (6 * mean - 1 - math.exp(length * s)) / 4, i, 1)
            else:
                self.same(node, began * math.exp(length * (5 * s + 8 * m - e) / 24), i, 1)

    def cum(self, node: Mapping, given: list[Expr]) -> None:
        for i, stretch in enumerate(self.stretches):
            s, m, e = (self.value(given[0], i, k) for k in range(3))
            began, length = self.begins(node, given[1] if len(given) > 1 else None, i), stretch["length"]
            self.same(node, began, i, 0)
            self.same(node, began + length * (5 * s + 8 * m - e) / 24, i, 1)
            self.same(node, began + length * (s + 4 * m + e) / 6, i, 2)

    # periods

    def fold(self, node: Mapping) -> None:
        values, over = node["values"], node["over"]
        close = FINER if self.document["finer"] else CLOSE
        assert values is not None or over not in ("flow", "mean"), (node["name"], node["kind"], node["expression"])
        if node["central"] is None or (values is None and node["kind"] != "present_value"):
            return
        if over == "run" and "run" not in node["missing"]:
            assert near(node["central"], self.present(node), 0.0, close), node["name"]
        elif over in ("flow", "mean"):
            total = self.amount(lambda i, k: self.points(values, i, k))
            total += sum(map(sum, node.get("sums", ())))
            length = sum(s["length"] for s in self.stretches) if over == "mean" else 1.0
            assert near(node["central"], total / length, self.size(node) * 1e-3, close), node["name"]
        elif over == "ratio":
            expr = parsed(node["expression"])
            assert isinstance(expr, Arithmetic) and expr.operator == "/"
            a, b = (self.amount(lambda i, k, e=e: self.value(e, i, k)) for e in (expr.left, expr.right))
            assert near(node["central"], a / b, 0.0, close), node["name"]
        elif over == "level" and node["kind"] != "event":
            assert near(node["central"], self.points(values, self.last(), 2), self.size(node), close), node["name"]

    def last(self) -> int:
        """The last stretch, or that which ends with the day asked for."""
        day = self.document["day"]
        ends = [i for i, s in enumerate(self.stretches) if day is None or s["until"] <= after(day)]
        return ends[-1]

    def present(self, node: Mapping) -> float:
        of, rate = node["expression"].rsplit(", ", 1)
        growth = self.value(parsed(rate), 0, 0)
        log, total = math.log1p(growth), 0.0
        for i, s in enumerate(self.stretches):
            amount = self.mean(lambda k, i=i: self.of(of, i, k)) * s["length"]
            ends = (math.exp(-log * s["t"]), math.exp(-log * (s["t"] + s["length"])))
            total += amount * ((ends[0] - ends[1]) / (log * s["length"]) if log else 1.0)
            begun, due = self.nodes[of].get("sums", [[0.0, 0.0]] * len(self.stretches))[i]
            total += begun * ends[0] + due * ends[1]
        return total

    # tiers

    def tiers(self, node: Mapping) -> None:
        party = node["name"].rpartition(".")[2]
        for i in range(len(self.stretches)):
            for k in range(3):
                pot = self.points(node["pot"], i, k)
                paid = [(s["party"], self.points(s["paid"], i, k)) for t in node["tiers"] for s in t["shares"]]
                size = max(abs(pot), 1e-6)
                got = (
                    pot - sum(p for _, p in paid) if party == "undistributed" else sum(p for n, p in paid if n == party)
                )
                if node["values"] is not None:
                    assert near(self.points(node["values"], i, k), got, size), (node["name"], i, k)
                self.shared(node, pot, i, k)
        expr = parsed(node["expression"])
        active = f"active({node['name'].rpartition('.')[0] or node['name']})"
        for i in range(len(self.stretches)):
            on = self.of(active, i, 1) if active in self.nodes else 1.0
            computed = self.value(expr, i, 1) if on else 0.0
            assert near(self.points(node["pot"], i, 1), computed, 1.0), (node["name"], "pot", i)

    def shared(self, node: Mapping, pot: float, i: int, k: int) -> None:
        """A flow goes to one tier by its weights, one whose targets are not met."""
        if not any(t["kind"] != "capacity" for tier in node["tiers"] for t in tier["targets"]):
            self.level(node, pot, i, k)
            return
        for tier in node["tiers"]:
            on = self.points(tier["open"], i, k)
            for share in tier["shares"]:
                weight, paid = (self.points(share[key], i, k) for key in ("weight", "paid"))
                assert near(paid, on * weight * pot, abs(pot)), (tier["name"], share["party"])
            met = [
                self.points(t["standing"], i, 1) >= self.points(t["goal"], i, 1)
                for t in tier["targets"]
                if t["kind"] == "account"
            ]
            assert not (on and met and all(met)), tier["name"]
        assert sum(self.points(t["open"], i, k) for t in node["tiers"]) <= 1.0

    def level(self, node: Mapping, pot: float, i: int, k: int) -> None:
        """Each tier takes what is left until its capacities are full; they count what a party has had of tiers before."""

        def pair(
            values: object,
        ) -> np.ndarray:  # its middle, which says on which side a bend is, and the point asked for
            return np.array([self.points(values, i, 1), self.points(values, i, k)])

        def least(*found: np.ndarray) -> np.ndarray:
            return min(found, key=lambda p: p[0])

        nought, had, left = np.zeros(2), dict[str, np.ndarray](), pair(node["pot"])
        for tier in node["tiers"]:
            weights = {s["party"]: pair(s["weight"]) for s in tier["shares"]}
            rooms = {t["account"]: pair(t["goal"]) - had.get(t["account"], nought) for t in tier["targets"]}
            rooms = {p: max(room, nought, key=lambda p: p[0]) for p, room in rooms.items()}
            limits = [room / weights[p] for p, room in rooms.items() if p in weights]
            if tier["then"] == "next":
                took = {p: w * least(left, *limits) for p, w in weights.items()}
            else:
                assert tier["then"] == "redirect"
                width = least(left, max(limits, key=lambda p: p[0]))
                took = {p: least(w * width, rooms[p]) if p in rooms else w * width for p, w in weights.items()}
                took[tier["to"]] = took.get(tier["to"], nought) + width - sum(took.values())
            for share in tier["shares"]:
                shown = self.points(share["paid"], i, k)
                assert near(shown, took[share["party"]][1], pot), (tier["name"], share["party"], i, k)
            for party, amount in took.items():
                had[party] = had.get(party, nought) + amount
                left = left - amount


def after(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()


def text(expr: Call) -> str:
    """The name of a part, as its formula has it."""
    return written(expr)


def walk(node: Mapping) -> Iterator[Mapping]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one["rests_on"]


@cache
def loaded(case: str):
    texts = [(p.name, p.read_text("utf-8")) for p in sorted(CASES[case].glob("*.yaml"))]
    return tuple(texts), load_texts(texts).cases


@cache
def study(case: str, at: str) -> Study:
    texts, cases = loaded(case)
    asked = WHOLE if not at else asked_period(at)
    assert asked is not None
    made, _ = compiled_plans(cases, extra=cuts((asked,)))
    cut, wrong = within(made, asked)
    assert not wrong
    return run_study(cut, folder="", texts=texts, evidence=Evidence(), paths=1, seed=1)


PERIODS = [
    *(("openai-microsoft", p) for p in ("", "2026", "2031-03-10")),
    *(("alliance", p) for p in ("", "2031-Q2", "2036-05-17")),
    *(("example", p) for p in ("", "2028", "2032-Q1")),
]


@pytest.mark.parametrize(("case", "at"), PERIODS)
def test_every_value_is_its_formula_on_what_is_shown(case: str, at: str) -> None:
    found = study(case, at)
    for run in found.runs:
        assert run.compiled.program is not None
        period = period_of(run.compiled.program, asked_period(at) or WHOLE)
        checked: set[str] = set()
        for told in explanations(found, run, period):
            sheet = Sheet(json.loads(json.dumps(explanation_document(told, period))), run.case.today)
            for name in sheet.nodes.keys() - checked:
                sheet.check(name)
            checked |= sheet.nodes.keys()
        assert {q.name for q in run.compiled.quantities} <= checked


def explanations(found: Study, run: PlanRun, period: Period) -> Iterator[Explanation]:
    """What `explain` tells of every name and party, the path followed once for all of them."""
    tracer = Tracer(found, run, column=WITHIN, parts=True)
    parties = [f"{what}({p.head.name})" for p in run.case.parties for what in ("received", "paid")]
    worth = [f"present_value({name})" for name in (*parties, *(q.name for q in run.compiled.quantities))]
    roots = [root for name in (*names(run), *parties, *worth) if (root := tracer.trace(name)) is not None]
    told = [(tracer.traced[name], node) for name, node in tracer.nodes.items()]
    done, path = worked(run, tracer.subjects.scope, told, period)
    nodes = {node.name: node for node in done}
    for root in roots:
        yield Explanation(tuple(nodes[n.name] for n in tracer.reached(root)), plan=run.case.plan, path=path)


@pytest.mark.parametrize(
    ("case", "at", "names"),
    [("example", "2028", ()), ("openai-microsoft", "2026", ("revenue", "capped_profit.microsoft", "microsoft_stake"))],
)
def test_what_is_checked_here_is_what_explain_tells(case: str, at: str, names: tuple[str, ...]) -> None:
    found = study(case, at)
    assert found.first.compiled.program is not None
    period = period_of(found.first.compiled.program, asked_period(at) or WHOLE)
    for told in explanations(found, found.first, period):
        if not names or told.root.name in names:
            alone = explained(found, found.first, told.root.name, column=WITHIN, period=period)
            assert alone is not None and (alone.nodes, alone.path) == (told.nodes, told.path)


KINDS = """\
case: kinds
title: One of each
currency: USD
today: 2026-01-01
simulate: {until: 2030-01-01, step: year}
discount: 7 %
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
  bank: {form: corporation}
facts:
  rate: {value: 20 %}
  ends: {value: 2029-07-02}
  price:
    series: [{valid: ../2027-12-31, value: 3 USD/W/year}, {valid: 2028-01-01/.., value: 4 USD/W/year}]
assumptions:
  sales: {value: 10 bn USD/year, why: x}
  g: {value: 30 %, why: x}
  odds: {value: "uniform(1 bn USD, 3 bn USD)", why: x}
  which: {one_of: {2: 60 %, 3: rest}, why: x}
measures:
  turnover: {rate: "grow(sales, g * exp(-t / 5)) * (1 + 10 % * walk(w)) - -sales / 10"}
  so_much: {stock: "cum(received(cloud) - paid(cloud), odds)"}
  last: {stock: "prev(so_much, 0 USD) * (1 + noise(n))"}
  of_late: {stock: "trailing(deal.fee.paid, 1 year, 1 bn USD)"}
  less: {stock: "min(so_much, 4 bn USD, 5 * of_late) if not low else max(so_much, 5 bn USD)"}
  low: {status: "so_much < 4.5 bn USD and date < ends or happened(deal.effective)"}
  demand: {stock: "grow(9 W, 25 %)"}
  ratio: {stock: "so_much / (so_much + last + 1 USD)"}
  long: {stock: "dt * 1 USD + so_much"}
events:
  ruling: {by: lab, date: 2027-04-01, outcomes: {grant: 90 %, refuse: rest}}
  reached: {when: so_much >= 6 bn USD}
dependences:
  part: {of: cloud, on: lab, share: "deal.fee.paid / (received(cloud) + over(1 USD/year))"}
agreements:
  deal:
    parties: [lab, cloud]
    effective: reached
    terms:
      fee:
        pays: {from: lab, to: cloud}
        amount: rate * turnover
        from: [ruling.grant, reached]
        until: ends
        cap: which * 2 bn USD
        opening: 0.2 bn USD
        minimum: 3 bn USD/year
        exceptions:
          off: {when: low, amount: 10 % * turnover}
          late: {when: "date >= 2028-10-01", amount: 5 % * turnover, over: off}
      licence: {right: {holder: cloud, bearer: lab, kind: license, matter: ip}, exceptions: {gone: {when: happened(reached), limited: ends}}}
      extra: {pays: {from: lab, to: bank}, amount: "turnover if in_force(deal.licence) else 0 USD/year", until: ends}
      supply: {pays: {from: lab, to: cloud}, amount: "price * shares.cloud"}
waterfalls:
  pot:
    of: lab
    pot: max(over(turnover) - deal.fee.paid, 0 USD)
    from: ruling.grant
    opening: {cloud: 1 bn USD}
    tiers:
      - {name: first, share: {cloud: 60 %, lab: 40 %}, until: {cloud: 3 bn USD, lab: 2 bn USD}, then: {redirect: bank}}
      - {name: second, share: {cloud: 50 %, lab: 30 %, bank: 20 %}, until: {cloud: 8 bn USD, bank: 9 bn USD}, then: redistribute}
      - {name: third, share: {bank: 100 %}, until: 2029-01-01}
  shares:
    of: lab
    pot: demand
    tiers:
      - {name: near, share: {cloud: 75 %, bank: 25 %}, until: {cloud: {capacity: 6 W}, bank: {capacity: 4 W}}}
      - {name: far, share: {cloud: 50 %, bank: 50 %}, until: {cloud: {capacity: 8 W}}, then: {redirect: lab}}
"""


@pytest.mark.parametrize("at", ["", "2026", "2027", "2028", "2029"])
def test_each_kind_of_formula_can_be_recomputed(at: str) -> None:
    asked = asked_period(at) if at else WHOLE
    assert asked is not None
    cut, wrong = within(tuple(compiled(KINDS).values()), asked)
    assert not wrong and cut[0].program is not None
    period = period_of(cut[0].program, asked)
    found = run_study(cut, folder="", texts=(("case.yaml", KINDS),), evidence=Evidence(), paths=1, seed=1)
    for told in explanations(found, found.first, period):
        sheet = Sheet(json.loads(json.dumps(explanation_document(told, period))), found.first.case.today)
        for name in sheet.nodes:
            sheet.check(name)


def test_a_part_that_rests_on_itself_is_no_trap_where_parts_are_left_out() -> None:
    run = study("openai-microsoft", "2026").first
    tracer = Tracer(study("openai-microsoft", "2026"), run)
    node = tracer.trace("revenue")
    assert node is not None and "walk(revenue)" not in tracer.nodes
    assert {"revenue_now", "growth", "shortage"} <= set(node.below)
