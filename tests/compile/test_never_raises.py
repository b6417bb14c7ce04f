"""Whatever is written, the compiler answers with a program or with findings; it raises nothing."""

import pytest
from compile_samples import SOUND, compiled
from hypothesis import given, settings
from hypothesis import strategies as st

from marks import found
from syngraph.base.diagnostics import has_errors
from syngraph.compile.case import Compiled, compile_plans
from syngraph.load.case import load_texts

NAMES = (
    *("income", "sold", "saved", "index", "rich", "fee", "price", "euros", "share", "growth", "end_day", "said"),
    *("closing", "vote", "vote.yes_vote", "reached", "founded", "supply.signed", "supply.use", "supply.pay"),
    *("supply.pay.paid", "split", "split.buyer", "split.undistributed", "maker", "buyer", "t", "dt", "date", "m", "n"),
)
ATOMS = st.sampled_from((*NAMES, "0", "0 USD", "3 USD", "20 %", "1 USD/year", "2 GW", "1 year", "2027-01-01", "true"))
ONE = ("exp", "log", "sqrt", "over", "per_year", "cum", "noise", "walk", "happened", "in_force", "paid", "received")
TWO = ("min", "max", "grow", "cum", "prev", "trailing", "controls", "may_control", "foo")
SIGNS = ("+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "and", "or")


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(SIGNS), inner),
        st.builds("{}({})".format, st.sampled_from(ONE), inner),
        st.builds("{}({}, {})".format, st.sampled_from(TWO), inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("(-{})".format, inner),
        st.builds("(not {})".format, inner),
    )


FORMULAS = st.recursive(ATOMS, larger, max_leaves=8)
KINDS = st.sampled_from(("rate", "flow", "stock", "status"))

# formulas whose kinds fit, so that they reach the end of the compiler
LEVELS = st.deferred(
    lambda: st.one_of(
        st.sampled_from(("saved", "price", "3 USD", "cum(sold)", "prev(saved, 1 USD)")),
        st.builds("({} {} {})".format, LEVELS, st.sampled_from("+-"), LEVELS),
        st.builds("({} * index)".format, LEVELS),
        st.builds("({} if {} else {})".format, LEVELS, CONDITIONS, LEVELS),
        st.builds("cum({}, price)".format, FLOWS),
        st.builds("trailing({}, 1 year)".format, FLOWS),
        st.builds("max({}, {})".format, LEVELS, LEVELS),
    )
)
FLOWS = st.deferred(
    lambda: st.one_of(
        st.sampled_from(("sold", "over(income)", "supply.pay.paid", "split.buyer", "paid(buyer)", "received(maker)")),
        st.builds("({} + {})".format, FLOWS, FLOWS),
        st.builds("max({}, 0 USD)".format, FLOWS),
        st.builds("({} if {} else 0 USD)".format, FLOWS, CONDITIONS),
        st.builds("({} * share)".format, FLOWS),
        st.builds("over(per_year({}))".format, FLOWS),
    )
)
CONDITIONS = st.deferred(
    lambda: st.one_of(
        st.sampled_from(("rich", "happened(closing)", "vote.no_vote", "happened(reached)", "in_force(supply.use)")),
        st.sampled_from(("t > 1", "date >= end_day", "supply.signed", "prev(rich, false)", "income > fee")),
        st.builds("({} {} {})".format, CONDITIONS, st.sampled_from(("and", "or")), CONDITIONS),
        st.builds("(not {})".format, CONDITIONS),
        st.builds("({} {} {})".format, LEVELS, st.sampled_from(("<", ">=")), LEVELS),
        st.builds("({} > 0 USD)".format, FLOWS),
    )
)


def answers(text: str) -> Compiled | None:
    loaded = load_texts([("a.yaml", SOUND), ("bad.yaml", text)])
    if not loaded.cases:
        return None
    result = compile_plans(loaded.cases)[0]
    assert (result.program is None) == has_errors(result.diagnostics)
    assert all(d.span for d in result.diagnostics)
    return result


@settings(max_examples=300, deadline=None)
@given(KINDS, FORMULAS, KINDS, FORMULAS)
def test_any_measures(kind: str, formula: str, other_kind: str, other: str) -> None:
    answers(f'measures:\n  m: {{{kind}: "{formula}"}}\n  n: {{{other_kind}: "{other}"}}\n')


@settings(max_examples=150, deadline=None)
@given(FORMULAS, FORMULAS, FORMULAS)
def test_any_events(condition: str, probability: str, hazard: str) -> None:
    answers(
        f'events:\n  m: {{when: "{condition}"}}\n  n: {{by: maker, outcomes: {{a: "{probability}", b: rest}}}}\n'
        f'  o: {{by: maker, hazard: "{hazard}"}}\n'
    )


@settings(max_examples=150, deadline=None)
@given(
    FORMULAS, FORMULAS, FORMULAS, st.sampled_from(("end_day", "closing", "vote.yes_vote", "growth", "said", "share"))
)
def test_any_terms(amount: str, condition: str, cap: str, until: str) -> None:
    answers(
        "agreements:\n  deal:\n    parties: [maker, buyer]\n    terms:\n"
        f'      a: {{pays: {{from: buyer, to: maker}}, amount: "{amount}", until: {until}, cap: "{cap}", '
        f'exceptions: {{e: {{when: "{condition}", amount: "{cap}"}}}}}}\n'
        f'rights:\n  r: {{holder: buyer, bearer: maker, kind: vote, when: "{condition}"}}\n'
    )


@settings(max_examples=150, deadline=None)
@given(FORMULAS, FORMULAS, FORMULAS, st.sampled_from(("", "capacity: ", "profit_share: ")), FORMULAS)
def test_any_waterfall_and_check(pot: str, share: str, goal: str, target: str, asked: str) -> None:
    until = f'{{{target}"{goal}"}}' if target else f'"{goal}"'
    answers(
        f'waterfalls:\n  w: {{of: maker, pot: "{pot}", tiers: [{{name: a, share: {{buyer: "{share}", maker: rest_of}}, '
        f"until: {{buyer: {until}}}}}, {{name: b, share: {{maker: 100 %}}}}]}}\n".replace("rest_of", f'"1 - {share}"')
        + f'checks:\n  c: {{value: "{asked}", at: closing, at_least: 1 USD}}\n'
        + f'  d: {{probability: "{asked}", at: ever, at_least: 1 %}}\n'
        + f'  e: {{never: "{asked}"}}\n'
    )


@settings(max_examples=60, deadline=None)
@given(LEVELS, FLOWS, CONDITIONS, CONDITIONS)
def test_formulas_whose_kinds_fit(level: str, flow: str, condition: str, other: str) -> None:
    """Only circles can be wrong with them."""
    result = answers(
        f'measures:\n  a_level: {{stock: "{level}"}}\n  a_flow: {{flow: "{flow}"}}\n'
        f'events:\n  e: {{when: "{condition}"}}\n  f: {{by: maker, after: e, hazard: "10 %/year if {other} else 0 %/year"}}\n'
        + TERM
        + f'{{pays: {{from: buyer, to: maker}}, amount: "{flow}", until: e, cap: "{level}", opening: price, '
        f'exceptions: {{e: {{when: "{other}", amount: "2 * a_flow"}}}}}}\n'
        'waterfalls:\n  w: {of: buyer, opening: {buyer: 0 USD}, pot: "max(a_flow, 0 USD)", until: f, tiers: ['
        '{name: a, share: {buyer: 50 %, maker: 50 %}, until: {buyer: "max(a_level, 0 USD)"}, then: redistribute}]}\n'
        f'checks:\n  c: {{probability: "{condition}", at: e, at_least: 1 %}}\n'
    )
    assert result is not None
    assert {d.code for d in result.diagnostics} <= {"cycle", "event-cycle"}


# chains and circles

LENGTH = 2000
STOCK = '{stock: "saved if happened(closing) else 0 USD"}'
FLOW = '{flow: "sold if happened(closing) else 0 USD"}'
TERM = "agreements:\n  deal:\n    parties: [maker, buyer]\n    terms:\n      a: "


def chain(first: str, following: str) -> str:
    """Measures that each need one that comes later in the alphabet."""
    lines = [f"  m{i:05}: {following.replace('NEXT', f'm{i + 1:05}')}\n" for i in range(LENGTH - 1)]
    return "measures:\n" + "".join(lines) + f"  m{LENGTH - 1:05}: {first}\n"


@pytest.mark.parametrize(
    "text",
    [
        chain("{stock: saved}", '{stock: "NEXT + 1 USD"}'),
        chain(FLOW, '{flow: "NEXT * 2"}'),
        chain(FLOW, '{flow: "NEXT * 2"}') + '  all: {stock: "cum(m00000)"}\nevents:\n  big: {when: all > 5 USD}\n',
        chain(STOCK, '{stock: "NEXT * 2"}') + '  a: {flow: "over(m00000 * 10 %/year)"}\n',
        chain(STOCK, '{stock: "prev(NEXT, 0 USD)"}'),
        chain('{stock: "1 if happened(closing) else 2"}', '{stock: "NEXT / 2"}') + '  a: {rate: "grow(fee, m00000)"}\n',
        chain("{stock: saved}", '{stock: "NEXT * 2"}')
        + TERM
        + "{pays: {from: buyer, to: maker}, amount: fee, exceptions: {e: {when: m00000 > 5 USD, amount: 0 USD}}}\n",
        chain(STOCK, '{stock: "NEXT * 2"}') + "checks:\n  c: {value: m00000, at: closing, at_least: 5 USD}\n",
    ],
)
def test_long_chains_do_not_nest(text: str) -> None:
    result = compiled(text)
    assert found(result) == []
    assert result.program is not None


def test_a_long_circle_is_one_finding() -> None:
    (cycle,) = compiled(chain("{stock: m00000}", '{stock: "NEXT + 1 USD"}')).diagnostics
    assert cycle.code == "cycle"
    assert cycle.fill("names").count("→") == LENGTH


def test_long_chains_of_events_and_stages() -> None:
    events = "".join(f"  e{i:04}: {{when: happened(e{i + 1:04})}}\n" for i in range(999))
    stages = "".join(f"  g{i:04}: {{parties: [maker], ended: g{i + 1:04}.ended}}\n" for i in range(999))
    text = f"events:\n{events}  e0999: {{when: happened(closing)}}\n"
    text += f"agreements:\n{stages}  g0999: {{parties: [maker], ended: e0000}}\n"
    assert found(compiled(text + "measures:\n  m: {status: g0000.ended}\n")) == []


def test_rights_that_need_others_twice_do_not_double_the_work() -> None:
    record = "holder: maker, bearer: buyer, kind: vote"
    rights = "".join(f"  r{i}: {{{record}, when: in_force(r{i + 1}) and in_force(r{i + 1})}}\n" for i in range(40))
    assert found(compiled(f"rights:\n{rights}  r40: {{{record}}}\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "measures:\n  a: {stock: 'prev(b, 0 USD)'}\n  b: {stock: 'prev(a, 0 USD) + 1 USD'}\n",
        "measures:\n  a: {status: 'prev(b, false)'}\n  b: {status: happened(e)}\nevents:\n  e: {when: a}\n",
        "waterfalls:\n  w: {of: maker, pot: sold, tiers: []}\n",
        TERM + "{pays: {from: buyer, to: buyer}, amount: fee}\nmeasures:\n  m: {flow: paid(buyer)}\n",
        TERM
        + "{pays: {from: buyer, to: maker}, amount: fee, exceptions: {e: {when: saved > 5 USD, amount: 0 USD}}}\n"
        + "events:\n  e: {when: saved > 9 USD}\n",
        "events:\n  e: {when: t > 1}\n  f: {when: date >= end_day and t > 1}\n  g: {when: not date > 2027-01-01}\n",
        "checks:\n  c: {value: saved, at: vote.yes_vote, at_least: 0 USD}\n",
        (
            "agreements:\n  a: {parties: [maker], signed: closing}\n"
            "checks:\n  c: {value: saved, at: a.signed, at_least: 0 USD}\n"
        ),
    ],
)
def test_what_is_unusual_but_sound(text: str) -> None:
    assert found(compiled(text)) == []


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_the_end_of_the_calendar(step: str) -> None:
    loaded = load_texts([("a.yaml", SOUND.replace("2028-01-01, step: quarter", f"9999-12-31, step: {step}"))])
    for result in compile_plans(loaded.cases):
        assert {d.code for d in result.diagnostics} <= {"too-many-segments"}
