"""Hypothesis strategies for small cases: every kind of assumption, measure, event, payment, waterfall and plan, as YAML."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

Record = tuple[str, str]  # its name and its body in flow style
GRIDS = ("year", "quarter", "month")


@dataclass(frozen=True)
class Draft:
    """A case before it is written: records by section, each in flow style, so that tests can shuffle or add to them."""

    today: date
    until: date
    step: str
    records: dict[str, tuple[Record, ...]]
    noisy: bool = False
    terms: tuple[str, ...] = ()  # those of the agreement
    cap: float | None = None  # the most the fee may come to, in m USD, 1 of them before today
    goals: tuple[tuple[str, float], ...] = ()  # a party of the waterfall of money and the most it may get, in m USD
    fee_ends: str = ""  # what ends the fee: the first of these
    span: str = ""  # from when or until when the waterfall of money is on
    hurdle: bool = False

    def also(self, section: str, *records: Record) -> "Draft":
        """The same with more records."""
        return replace(self, records={**self.records, section: (*self.records.get(section, ()), *records)})

    def shuffled(self, order: random.Random) -> "Draft":
        """The same with the terms of the agreement in another order."""
        terms = list(self.terms)
        order.shuffle(terms)
        return replace(self, records={**self.records, "agreements": (agreement(terms),)})

    def text(self, *, step: str = "") -> str:
        """The case as one file."""
        return self.head(step) + "".join(self.section(s, r) for s, r in self.records.items() if r)

    def head(self, step: str = "") -> str:
        """What is said once."""
        opening = f"case: law\ntitle: Law\ncurrency: USD\ntoday: {self.today}\ndiscount: 7 %\n"
        return opening + f"simulate: {{until: {self.until}, step: {step or self.step}, day_count: ACT/365F}}\n"

    def section(self, name: str, records: Sequence[Record]) -> str:
        """One section with its records in the order given."""
        if name == "correlations":
            return "correlations:\n" + "".join(f"  - {body}\n" for _, body in records)
        return f"{name}:\n" + "".join(f"  {n}: {body}\n" for n, body in records)


def agreement(terms: Sequence[str]) -> Record:
    """The agreement of all parties with its terms in the order given."""
    return "deal", f"{{parties: [firm, fund, bank, aid], terms: {{{', '.join(terms)}}}}}"


def quoted(expression: str) -> str:
    """An expression that may stand inside braces."""
    return json.dumps(expression)


def days(first: date, last: date) -> st.SearchStrategy[date]:
    """Days strictly between two."""
    return st.integers(1, (last - first).days - 1).map(lambda n: first + timedelta(days=n))


def percent(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda n: f"{n} %")


@st.composite
def drafts(draw: st.DrawFn, *, certain: bool = False, noise: bool = True, steady: bool = False) -> Draft:
    """A small case; `certain` has one possible future, and a `steady` one no growth: all it has on each path is exact."""
    today = draw(st.sampled_from([date(2026, 1, 1), date(2026, 2, 10), date(2027, 11, 30), date(2028, 2, 29)]))
    until = today + timedelta(days=draw(st.integers(800, 1500)))
    step = draw(st.sampled_from(GRIDS[:2]))
    noisy = noise and not certain and not steady and draw(st.booleans())
    ending = draw(days(today, until))
    records: dict[str, tuple[Record, ...]] = {
        "parties": tuple((p, "{form: corporation}") for p in ("firm", "fund", "bank", "aid")),
        "facts": (("paid_in", f"{{value: {draw(st.integers(50, 400))} m USD}}"), ("ending", f"{{value: {ending}}}")),
        "assumptions": assumptions(draw, today, until, certain=certain, steady=steady),
        "measures": measures(draw, noisy=noisy, certain=certain),
        "events": events(draw, today, until, certain=certain),
    }
    if not certain:
        other = "share" if steady else "growth"
        records["correlations"] = (("", f"{{of: [{other}, margin], rank: {draw(st.integers(-80, 80))} %}}"),)
    terms, cap, ended = payments(draw, today, until, ending, certain=certain)
    records["agreements"] = (agreement(terms),)
    hurdle, span, goals, records["waterfalls"] = waterfalls(draw, today, until, hurdles=not steady)
    return Draft(today, until, step, records, noisy, tuple(terms), cap, goals, ended, span, hurdle)


def assumptions(draw: st.DrawFn, today: date, until: date, *, certain: bool, steady: bool) -> tuple[Record, ...]:
    growth = "0 %" if steady else draw(percent(-10, 40))
    if certain:
        return (
            ("growth", f"{{value: {growth}}}"),
            ("margin", f"{{value: {draw(percent(45, 60))}}}"),
            ("share", f"{{value: {draw(percent(5, 20))}}}"),
            ("odds", "{value: 50 %}"),
            ("someday", f"{{value: {draw(days(today, until))}}}"),
        )
    first = draw(days(today, until - timedelta(days=200)))
    margins = ["uniform(25 %, 60 %)", "triangular(25 %, 30 %, 60 %)", "pert(25 %, 40 %, 60 %)"]
    shares = ['{value: "beta(2, 12)"}', "{one_of: {5 %: 30 %, 10 %: 50 %, 20 %: rest}}"]
    growths = [growth] if steady else [f"normal({growth}, 5 %)", "lognormal(p10 = 5 %, p90 = 40 %)"]
    return (
        ("growth", f"{{value: {quoted(draw(st.sampled_from(growths)))}}}"),
        ("margin", f"{{value: {quoted(draw(st.sampled_from(margins)))}}}"),
        ("share", draw(st.sampled_from(shares))),
        ("odds", f"{{value: {draw(percent(10, 90))}}}"),
        ("someday", f"{{value: {quoted(f'between({first}, {first + timedelta(days=180)})')}}}"),
    )


def measures(draw: st.DrawFn, *, noisy: bool, certain: bool) -> tuple[Record, ...]:
    walk = " * exp(20 % * walk(revenue) - 2 % * t)" if noisy else ""
    cost = "0 USD/year" if certain else draw(st.sampled_from(["0 USD/year", "10 m USD/year", "30 m USD/year"]))
    looked = draw(st.sampled_from(["trailing(over(revenue), 1 year, 90 m USD)", "made + paid_in", "prev(made, 0 USD)"]))
    if certain and looked.startswith("prev"):
        looked = "made"
    return (
        ("revenue", f"{{rate: {quoted(f'grow(100 m USD/year, growth){walk}')}, of: firm}}"),
        ("profit", f"{{flow: {quoted(f'over(margin * revenue) - over({cost}) - deal.fee.paid')}, of: firm}}"),
        ("pot", '{flow: "max(profit, 0 USD)"}'),
        ("made", '{stock: "cum(profit, 0 USD)"}'),
        ("sold", f'{{stock: "cum(over(revenue), {draw(st.integers(0, 50))} m USD)"}}'),
        ("looked", f"{{stock: {quoted(looked)}}}"),
        ("demand", '{stock: "grow(2 GW, growth)"}'),
    )


def events(draw: st.DrawFn, today: date, until: date, *, certain: bool) -> tuple[Record, ...]:
    watched = draw(st.sampled_from(["made >= {k} m USD", "sold >= {k} m USD and happened(opened)"]))
    reached = watched.format(k=draw(st.integers(20, 250)))
    opened = draw(days(today, until))
    found = [("reached", f"{{when: {quoted(reached)}}}"), ("opened", f"{{date: {opened}}}")]
    if certain:
        return (
            *found,
            ("ruling", f"{{date: {draw(days(today, until))}}}"),
            ("launch", f"{{date: {draw(days(today, until))}}}"),
        )
    first = draw(days(today, until - timedelta(days=200)))
    drawn = f"between({first}, {first + timedelta(days=190)})"
    after = draw(st.sampled_from(["", ", after: opened", ", after: reached"]))
    found += [
        ("ruling", f"{{by: aid, date: {quoted(drawn)}, outcomes: {{yes_: odds, no_: rest}}{after}}}"),
        ("launch", f"{{by: firm, after: ruling.yes_, hazard: {draw(st.integers(20, 200))} %/year}}"),
        ("shown", f"{{date: {quoted(drawn)}}}"),
    ]
    return tuple(found)


def payments(
    draw: st.DrawFn, today: date, until: date, ending: date, *, certain: bool
) -> tuple[list[str], float | None, str]:
    ruled = "happened(ruling)" if certain else draw(st.sampled_from(["ruling.yes_", "sold >= 120 m USD"]))
    cap = draw(st.integers(5, 60))
    capped = draw(st.booleans())
    ended = draw(st.sampled_from(["reached", "[reached, ending]", "ending", "opened", "[someday, reached]"]))
    over = draw(st.sampled_from(["", ", over: dearer"]))
    cheaper = "happened(opened) and not happened(launch)"
    fee = [
        "pays: {from: firm, to: fund}",
        "amount: share * revenue",
        f"until: {ended}",
        f"exceptions: {{dearer: {{when: {ruled}, amount: 2 x share * revenue}}"
        + (f", cheaper: {{when: {cheaper}, amount: 50 % * share * revenue{over}}}}}" if over else "}"),
    ]
    if capped:
        fee += [f"cap: {cap} m USD", "opening: 1 m USD"]
    first = draw(st.sampled_from([f"{draw(days(today, until))}", "reached", "launch", "someday"]))
    rent = [
        "pays: {from: bank, to: firm}",
        f"amount: {draw(st.integers(1, 9))} m USD/year",
        f"from: {first}",
        f"minimum: {draw(st.integers(0, 9))} m USD/year",
        f"commitment: {{amount: {draw(st.integers(1, 20))} m USD, by: {draw(days(today, until))}}}",
    ]
    loan = ["pays: {from: firm, to: bank}", "amount: over(5 % * revenue)", f"until: {ending}", "cap: 10 % * paid_in"]
    terms = [f"{n}: {{{', '.join(t)}}}" for n, t in (("fee", fee), ("rent", rent), ("loan", loan))]
    return terms, float(cap) if capped else None, ended


def waterfalls(
    draw: st.DrawFn, today: date, until: date, *, hurdles: bool
) -> tuple[bool, str, tuple[tuple[str, float], ...], tuple[Record, ...]]:
    weight = draw(st.integers(1, 99))
    goals = [draw(st.integers(1, 60)) for _ in range(3)]
    then = draw(st.sampled_from(["next", "redistribute", "{redirect: aid}"]))
    hurdle = hurdles and draw(st.booleans())
    ends = draw(
        st.sampled_from(
            [
                "",
                f", until: {{ends: {draw(days(today, until))}}}",
                ", until: {ends: reached}",
                ", until: {pot: 90 m USD}",
            ]
        )
    )
    pref = "{hurdle: 8 %, contributions: 0 USD, opening: 20 m USD}" if hurdle else f"{goals[0]} m USD"
    rest = draw(st.sampled_from(["", f", {{name: rest, share: {{aid: 30 %, firm: 70 %}}{ends}}}"]))
    span = draw(
        st.sampled_from(
            ["", f", from: {draw(days(today, until))}", ", until: launch", f", until: {draw(days(today, until))}"]
        )
    )
    tiers = (
        f"[{{name: first, share: {{bank: 100 %}}, until: {{bank: {pref}}}}}"
        f", {{name: main, share: {{fund: {weight} %, firm: {100 - weight} %}}"
        f", until: {{fund: {goals[1]} m USD, firm: {goals[2]} m USD}}, then: {then}}}{rest}]"
    )
    money = f"{{of: firm, pot: pot{span}, tiers: {tiers}}}"
    room = draw(st.sampled_from(["next", "redistribute", "{redirect: bank}"]))
    level = (
        "{of: firm, pot: demand, tiers: [{name: own, share: {fund: 100 %}, until: {fund: {capacity: 1.9 GW}}}"
        f", {{name: market, share: {{aid: {weight} %, bank: {100 - weight} %}}"
        f", until: {{aid: {{capacity: 0.2 GW}}}}, then: {room}}}]}}"
    )
    found = [] if hurdle else [("bank", float(goals[0]))]
    if not rest:
        found += [("fund", float(goals[1])), ("firm", float(goals[2]))]
    return hurdle, span, tuple(found), (("shares", money), ("supply", level))
