"""Every mistake the compiler finds gives its own code at its own place, and nothing else."""

import re
from pathlib import Path

import pytest
from compile_samples import SOUND, compiled, mistakes

import syngraph
from marks import found, place_of_mark
from syngraph.base.texts import LANGUAGES
from syngraph.compile.case import Compiled
from syngraph.present.words import words

SOURCE = Path(syngraph.__file__).parent / "compile"
WORDS = tuple(words(language) for language in LANGUAGES)


def in_measure(kind: str, formula: str) -> str:
    return f'measures:\n  m: {{{kind}: "{formula}"}}\n'


def in_check(fields: str) -> str:
    return f"checks:\n  c: {{{fields}}}\n"


def in_terms(term: str) -> str:
    return f"agreements:\n  deal:\n    parties: [maker, buyer]\n    terms:\n      {term}\n"


def in_waterfall(pot: str, tier: str, more: str = "") -> str:
    return f'waterfalls:\n  w: {{of: maker, pot: "{pot}", {more}tiers: [{tier}]}}\n'


def in_assumption(value: str) -> str:
    return f'assumptions:\n  a: {{value: "{value}", why: our judgement}}\n'


ALL = "{name: all, share: {buyer: 100 %}}"
PAY = "pays: {from: buyer, to: maker}"
VOTE = "by: maker.board"
LEAST = in_terms(f"a: {{{PAY}, amount: fee, minimum: 2 bn USD/year}}")

# code, the second file with « where the finding must stand
MISTAKES = [
    # kinds and units
    ("kind-mix", in_measure("flow", "«sold + saved")),
    ("kind-mix", in_measure("rate", "«income + sold")),
    ("kind-mix", in_measure("rate", "«income - price")),
    ("kind-mix", in_measure("flow", "«sold + 1 USD")),
    ("kind-mix", in_measure("status", "«sold > 1 bn USD")),
    ("kind-mix", in_measure("status", "«income > 1 bn USD")),
    ("kind-mix", in_measure("flow", "«max(sold, price)")),
    ("kind-mix", in_measure("flow", "«sold if rich else saved")),
    ("kind-mix", in_measure("flow", "«1 USD/year * 0 + sold * index")),
    ("kind-mix", in_measure("rate", "«income * income")),
    ("kind-mix", in_measure("rate", "«sold * income")),
    ("kind-mix", in_measure("stock", "«saved * saved")),
    ("kind-mix", in_measure("rate", "«price / income")),
    ("kind-mix", in_measure("rate", "«sold / income")),
    ("kind-mix", in_measure("stock", "«saved / sold")),
    ("kind-mix", in_measure("stock", "«saved * rich")),
    ("kind-mix", in_measure("stock", "«saved / rich")),
    ("kind-mix", in_measure("stock", "«2 * end_day")),
    ("kind-mix", in_measure("stock", "«end_day / 2")),
    ("kind-mix", in_measure("status", "«rich == 1")),
    ("kind-declared", in_measure("rate", "«sold")),
    ("kind-declared", in_measure("flow", "«income")),
    ("kind-declared", in_measure("stock", "«rich")),
    ("kind-declared", in_measure("status", "«saved")),
    ("kind-declared", in_measure("flow", "«price")),
    ("kind-wanted", in_measure("flow", "«over(sold)")),
    ("kind-wanted", in_measure("rate", "«per_year(income)")),
    ("kind-wanted", in_measure("rate", "«per_year(saved)")),
    ("kind-wanted", in_measure("stock", "«cum(income)")),
    ("kind-wanted", in_measure("stock", "«trailing(saved, 1 year)")),
    (
        "kind-wanted",
        in_waterfall(
            "sold",
            "{name: a, share: {buyer: 100 %}, until: {buyer: {hurdle: 8 %, contributions: «price}}}, "
            "{name: b, share: {maker: 100 %}}",
        ),
    ),
    ("dimension-mix", in_measure("stock", "«saved + euros")),
    ("dimension-mix", in_measure("stock", "«price + 1")),
    ("dimension-mix", in_measure("status", "«price > 1")),
    ("dimension-mix", in_measure("status", "«price > end_day")),
    ("dimension-mix", in_measure("stock", "«end_day + 1")),
    ("dimension-mix", in_measure("stock", "«end_day + end_day")),
    ("dimension-mix", in_measure("stock", "«1 year - end_day")),
    ("dimension-mix", in_measure("stock", "«min(price, euros)")),
    ("division-by-zero", in_measure("stock", "«price / 0")),
    ("not-a-condition", in_measure("status", "rich and «saved")),
    ("not-a-condition", in_measure("status", "not «price")),
    ("not-a-condition", in_measure("stock", "price if «saved else price")),
    ("not-a-condition", "events:\n  e: {when: «saved}\n"),
    ("not-a-condition", in_check('probability: "«saved", at_least: 5 %')),
    ("not-a-condition", in_check('never: "«saved"')),
    (
        "not-a-condition",
        "rights:\n  r: {holder: maker, bearer: buyer, kind: vote, exceptions: {e: {when: «saved, limited: some}}}\n",
    ),
    ("not-a-number-here", in_measure("stock", "-«rich").replace("-«", "«-")),
    ("not-a-number-here", in_measure("stock", "«-end_day")),
    ("not-a-number-here", in_measure("stock", "«rich + rich")),
    ("not-a-number-here", in_measure("stock", "«min(rich, rich)")),
    ("plain-number-wanted", in_measure("stock", "«exp(price)")),
    ("plain-number-wanted", in_measure("stock", "«log(income)")),
    ("plain-number-wanted", in_measure("stock", "«sqrt(rich)")),
    (
        "plain-number-wanted",
        in_waterfall("sold", "{name: a, share: {buyer: «price, maker: 50 %}}"),
    ),
    (
        "plain-number-wanted",
        in_waterfall(
            "sold",
            "{name: a, share: {buyer: 100 %}, until: {buyer: {hurdle: «5 USD, contributions: 0 USD}}}",
        ),
    ),
    (
        "plain-number-wanted",
        in_waterfall("sold", "{name: a, share: {buyer: 100 %}, until: {buyer: {profit_share: «price}}}"),
    ),
    ("equality-of-quantities", in_measure("status", "«saved == price")),
    ("equality-of-quantities", in_measure("status", "«income != fee")),
    ("rate-wanted", in_terms(f"a: {{{PAY}, amount: fee, minimum: «price}}")),
    ("rate-wanted", in_terms(f"a: {{{PAY}, amount: fee, minimum: «5 EUR/year}}")),
    ("amount-kind", in_terms(f"a: {{{PAY}, amount: «price}}")),
    ("amount-kind", in_terms(f"a: {{{PAY}, amount: «saved}}")),
    ("amount-kind", in_terms(f"a: {{{PAY}, amount: «rich}}")),
    (
        "amount-kind",
        in_terms(f"a: {{{PAY}, amount: fee, exceptions: {{e: {{when: happened(closing), amount: «price}}}}}}"),
    ),
    ("amount-wanted", in_terms(f"a: {{{PAY}, amount: fee, cap: «fee}}")),
    ("amount-wanted", in_terms(f"a: {{{PAY}, amount: fee, cap: «euros}}")),
    ("amount-wanted", in_waterfall("sold", "{name: a, share: {buyer: 100 %}, until: {buyer: «euros}}")),
    ("amount-wanted", in_terms(f"a: {{{PAY}, amount: fee, commitment: {{amount: «euros, by: 2027-01-01}}}}")),
    ("share-not-plain", "dependences:\n  d: {of: maker, on: buyer, share: «price}\n"),
    ("share-not-plain", "dependences:\n  d: {of: maker, on: buyer, share: «income}\n"),
    (
        "mixed-currencies",
        in_terms(f"a: {{{PAY}, amount: 5 EUR/year}}") + in_measure("flow", "«received(maker)"),
    ),
    ("sum-in-bend", LEAST + in_measure("flow", "«max(deal.a.shortfall, 0 USD)")),
    ("sum-in-bend", LEAST + in_measure("flow", "«min(sold, 2 * deal.a.shortfall)")),
    ("sum-in-bend", LEAST + in_measure("flow", "sold + («deal.a.shortfall if rich else 0 USD)")),
    ("sum-in-bend", LEAST + in_measure("rate", "«per_year(deal.a.shortfall)")),
    ("sum-in-bend", LEAST + in_measure("stock", "«deal.a.shortfall / deal.a.paid")),
    ("sum-in-bend", LEAST + in_measure("stock", "«sold / deal.a.shortfall")),
    # names
    ("unknown-name", in_measure("stock", "1 USD + «savd")),
    ("unknown-name", in_measure("status", "«vote.maybe")),
    ("unknown-name", in_measure("stock", "«maker.board")),
    ("unknown-name", in_measure("stock", "«saved.paid")),
    ("event-unknown", in_measure("status", "happened(«clsing)")),
    ("event-unknown", "events:\n  e: {when: happened(«saved)}\n"),
    ("term-unknown", in_measure("status", "in_force(«supply.usee)")),
    ("party-unknown", in_measure("flow", "paid(«makr)")),
    ("party-unknown", in_check('never: "controls(maker, «saved)"')),
    ("event-alone", in_measure("status", "«closing")),
    ("event-alone", in_measure("status", "«vote")),
    ("party-alone", in_measure("stock", "«maker")),
    ("payment-alone", in_measure("flow", "«supply.pay")),
    ("payment-alone", in_measure("flow", "«supply.pay.received")),
    ("waterfall-part", in_measure("flow", "«split")),
    ("waterfall-part", in_measure("flow", "«split.nobody")),
    ("statement-as-number", in_measure("stock", "«said")),
    ("name-wanted", in_measure("status", "happened(«1)")),
    ("name-wanted", in_check('never: "controls(maker, «1)"')),
    ("name-wanted", in_measure("stock", "walk(«1 + 1)")),
    ("function-unknown", in_measure("stock", "«foo(1)")),
    ("wrong-arguments", in_measure("stock", "«exp(1, 2)")),
    ("wrong-arguments", in_measure("stock", "«min(1)")),
    ("wrong-arguments", in_measure("rate", "«grow(fee)")),
    ("wrong-arguments", in_measure("rate", "«grow(fee, rate = 2)")),
    ("wrong-arguments", in_measure("stock", "«cum()")),
    ("wrong-arguments", in_measure("status", "«happened()")),
    ("wrong-arguments", in_measure("flow", "«paid()")),
    ("wrong-arguments", in_measure("stock", "«prev(saved)")),
    ("wrong-arguments", in_measure("stock", "«noise()")),
    ("wrong-arguments", in_check("never: «controls(maker)")),
    ("decision-needs-outcome", in_measure("status", "happened(«vote)")),
    ("decision-needs-outcome", "events:\n  e: {when: happened(«vote)}\n"),
    ("control-in-run", in_measure("status", "«controls(maker, buyer)")),
    ("control-in-run", in_check('probability: "«may_control(maker, buyer)", at_least: 5 %')),
    ("not-a-moment-in-time", in_terms(f"a: {{{PAY}, amount: fee, until: «said}}")),
    ("not-a-moment-in-time", in_terms(f"a: {{{PAY}, amount: fee, from: «price}}")),
    ("not-a-moment-in-time", in_terms(f"a: {{{PAY}, amount: fee, until: «growth}}")),
    # order of evaluation
    ("cycle", "measures:\n  «a: {stock: b}\n  b: {stock: c}\n  c: {stock: a}\n"),
    ("cycle", "measures:\n  «a: {stock: a + 1}\n"),
    ("cycle", "measures:\n  «a: {flow: deal.b.paid}\n" + in_terms(f"b: {{{PAY}, amount: a}}")),
    ("cycle", "measures:\n  «a: {flow: received(buyer)}\n" + in_waterfall("a", ALL)),
    ("cycle", "rights:\n  «r: {holder: maker, bearer: buyer, kind: vote, when: in_force(r)}\n"),
    (
        "cycle",
        (
            "rights:\n  «r: {holder: maker, bearer: buyer, kind: vote, when: in_force(s)}\n"
            "  s: {holder: maker, bearer: buyer, kind: vote, exceptions: {e: {when: in_force(r), limited: some}}}\n"
        ),
    ),
    ("event-cycle", "agreements:\n  a: {parties: [maker], ended: «b.ended}\n  b: {parties: [maker], ended: a.ended}\n"),
    ("event-cycle", "events:\n  «e: {when: happened(f)}\n  f: {when: happened(e)}\n"),
    ("event-cycle", "events:\n  «e: {when: happened(e)}\n"),
    ("event-cycle", "events:\n  «e: {by: maker, after: f}\n  f: {when: happened(e)}\n"),
    # growth, running totals, looking back
    ("grow-start-varies", in_measure("rate", "grow(«income, 10 %)")),
    ("grow-start-varies", in_measure("stock", "grow(«saved, 10 %)")),
    ("grow-start-varies", in_measure("stock", "grow(«noise(x), 10 %)")),
    ("growth-not-plain", in_measure("rate", "grow(fee, «price)")),
    ("growth-not-plain", in_measure("rate", "grow(fee, «10 %/year)")),
    ("growth-not-plain", in_measure("rate", "grow(fee, «rich)")),
    ("opening-varies", in_measure("stock", "«cum(sold, saved)")),
    ("opening-varies", in_measure("stock", "«cum(sold, noise(x))")),
    ("opening-varies", in_measure("stock", "prev(saved, «saved)")),
    ("opening-varies", in_measure("stock", "trailing(sold, 1 year, «saved)")),
    ("opening-varies", in_measure("stock", "trailing(sold, 1 year, «euros)")),
    ("opening-varies", in_terms(f"a: {{{PAY}, amount: fee, cap: 5 USD, opening: «saved}}")),
    ("opening-varies", in_terms(f"a: {{{PAY}, amount: fee, cap: 5 USD, opening: «euros}}")),
    (
        "opening-varies",
        in_waterfall(
            "sold", "{name: a, share: {buyer: 100 %}, until: {buyer: 5 USD}}", more="opening: {buyer: «euros}, "
        ),
    ),
    ("opening-differs", in_measure("stock", "«cum(sold, euros)")),
    ("opening-differs", in_measure("stock", "«cum(income, price)")),
    ("prev-differs", in_measure("stock", "«prev(saved, 1)")),
    ("prev-differs", in_measure("stock", "«prev(income, 1 USD)")),
    ("prev-differs", in_measure("status", "«prev(saved, true)")),
    ("duration-wanted", in_measure("stock", "trailing(sold, «1)")),
    ("duration-wanted", in_measure("stock", "trailing(sold, «0 year)")),
    ("duration-wanted", in_measure("stock", "trailing(sold, «growth)")),
    # chance
    ("probabilities", f"events:\n  «e: {{{VOTE}, outcomes: {{a: 60 %, b: 50 %}}}}\n"),
    ("probabilities", f"events:\n  «e: {{{VOTE}, outcomes: {{a: -10 %, b: 50 %}}}}\n"),
    ("probabilities", f"events:\n  «e: {{{VOTE}, outcomes: {{a: 120 %, b: rest}}}}\n"),
    ("probabilities", "assumptions:\n  a: {one_of: «{1: 60 %, 2: 50 %}, why: b}\n"),
    ("probabilities", "assumptions:\n  a: {one_of: «{1: 60 %, 2: 30 %}, why: b}\n"),
    ("probability-wanted", f"events:\n  e: {{{VOTE}, outcomes: {{a: «5 USD, b: rest}}}}\n"),
    ("probability-wanted", f"events:\n  e: {{{VOTE}, outcomes: {{a: «10 %/year, b: rest}}}}\n"),
    ("hazard-wanted", f"events:\n  e: {{{VOTE}, hazard: «10 %}}\n"),
    ("hazard-wanted", f"events:\n  e: {{{VOTE}, hazard: «5 USD/year}}\n"),
    ("distribution-impossible", in_assumption("«normal(1, 0)")),
    ("distribution-impossible", in_assumption("«normal(1, -1)")),
    ("distribution-impossible", in_assumption("«lognormal(p10 = 0, p90 = 1)")),
    ("distribution-impossible", in_assumption("«lognormal(p10 = 2, p90 = 1)")),
    ("distribution-impossible", in_assumption("«uniform(2, 1)")),
    ("distribution-impossible", in_assumption("«uniform(1, 1)")),
    ("distribution-impossible", in_assumption("«triangular(1, 5, 3)")),
    ("distribution-impossible", in_assumption("«pert(1, 1, 1)")),
    ("distribution-impossible", in_assumption("«beta(0, 1)")),
    ("distribution-uncertain", in_assumption("uniform(«growth, 1)")),
    ("distribution-uncertain", in_assumption("uniform(0, «1 / 0)")),
    ("distribution-units", in_assumption("«uniform(0, 1 USD)")),
    ("distribution-units", in_assumption("«normal(1 USD, 1 USD/year)")),
    ("one-of-units", "assumptions:\n  a: {one_of: «{1: 60 %, 2 USD: rest}, why: b}\n"),
    ("correlation-impossible", "correlations: [«{of: [growth, demand], rank: 100 %}]\n"),
    ("correlation-impossible", "correlations: [«{of: [growth, demand], rank: 5 USD}]\n"),
    ("correlation-impossible", "correlations: [«{of: [growth, demand], rank: other}]\n"),
    ("correlation-of-certain", "correlations: [«{of: [growth, share], rank: 10 %}]\n"),
    (
        "correlations-not-positive",
        (
            "correlations: [«{of: [growth, demand], rank: 90 %}, {of: [growth, other], rank: 90 %}, "
            "{of: [demand, other], rank: -90 %}]\n"
        ),
    ),
    # facts that change with time
    (
        "series-values",
        "facts:\n  «f: {series: [{valid: ../2026-01-01, value: 1}, {valid: 2026-01-02/.., value: 1 USD}]}\n",
    ),
    ("series-gap", "facts:\n  «f: {series: [{valid: ../2026-01-01, value: 1}, {valid: 2027-01-02/.., value: 2}]}\n"),
    (
        "series-overlap",
        "facts:\n  «f: {series: [{valid: ../2027-01-01, value: 1}, {valid: 2026-01-02/.., value: 2}]}\n",
    ),
    # terms and waterfalls
    (
        "exception-unit",
        in_terms(f"a: {{{PAY}, amount: fee, exceptions: {{e: {{when: happened(closing), amount: «5 EUR/year}}}}}}"),
    ),
    ("pot-kind", in_waterfall("«income", ALL)),
    ("pot-kind", in_waterfall("«price", ALL)),
    ("pot-kind", in_waterfall("«date", ALL)),
    ("target-kind", in_waterfall("sold", "{name: a, share: {buyer: 100 %}, until: {buyer: «{capacity: 5 USD}}}")),
    ("target-kind", in_waterfall("saved", "{name: a, share: {buyer: 100 %}, until: {buyer: «{profit_share: 20 %}}}")),
    ("shares-not-whole", in_waterfall("sold", "{name: «a, share: {buyer: 60 %, maker: 50 %}}")),
    ("shares-not-whole", in_waterfall("sold", "{name: «a, share: {buyer: 60 %}}")),
    (
        "redirect-to-target",
        in_waterfall(
            "sold",
            "{name: «a, share: {buyer: 50 %, maker: 50 %}, until: {buyer: 5 USD, maker: 9 USD}, then: {redirect: buyer}}",
        ),
    ),
    # checks
    ("limit-wanted", in_check("value: saved, at_least: «5 EUR")),
    ("limit-wanted", in_check("value: saved, at_least: «growth")),
    ("limit-wanted", in_check("probability: rich, at_most: «5 USD")),
    ("check-outside-run", in_check("value: saved, at: «2031-01-01, at_least: 1 USD")),
    ("check-outside-run", in_check("value: saved, at: «2025-09-11, at_least: 1 USD")),
    ("check-at-past-event", "events:\n  e: {when: never}\n" + in_check("value: saved, at: «e, at_least: 1 USD")),
    ("check-outside-run", in_check("value: saved, at: «supply.signed, at_least: 1 USD")),
    ("check-at-past-event", in_check("value: saved, at: «founded, at_least: 1 USD")),
    ("ever-needs-condition", in_check("value: saved, at: «ever, at_least: 1 USD")),
    ("increasing-needs-uncertain", "checks:\n  «c: {increasing: saved, in: share}\n"),
]

# code, what replaces what in the sound file
CHANGED = [
    ("discount-not-plain", "discount: 10 %", "discount: 10 %/year", "6:11"),
    ("discount-not-plain", "discount: 10 %", "discount: price", "6:11"),
    ("too-many-segments", "2028-01-01, step: quarter", "2999-01-01, step: month", "5:11"),
]


@pytest.mark.parametrize(("code", "marked"), MISTAKES)
def test_a_mistake_has_its_code_and_place(code: str, marked: str) -> None:
    text, where = place_of_mark(marked)
    result = compiled(text)
    assert mistakes(result) == [(code, where)]
    assert result.program is None
    assert_words(result)


EVEN = f"events:\n  «e: {{{VOTE}, outcomes: {{a: 40 %, b: 40 %, c: rest}}}}\n"
UNTIL = "{name: a, share: {buyer: 100 %}, until: {buyer: 5 USD}}"
WARNED = [
    ("central-tie", EVEN),
    (
        "central-tie",
        f"events:\n  «e: {{{VOTE}, outcomes: {{a: 1 - even}}}}\nassumptions:\n  even: {{value: 50 %, why: b}}\n",
    ),
    ("central-tie", "assumptions:\n  «a: {one_of: {1: 30 %, 2: 35 %, 3: rest}, why: b}\n"),
    ("opening-missing", in_terms(f"«a: {{{PAY}, amount: fee, cap: 5 USD, from: 2019}}")),
    ("opening-missing", in_terms(f"«a: {{{PAY}, amount: fee, cap: 5 USD}}")),  # no beginning: it has run since ever
    ("opening-missing", in_waterfall("sold", UNTIL).replace("  w:", "  «w:")),
    (
        "opening-missing",
        in_waterfall("sold", UNTIL, more="from: 2019-05, ").replace("  w:", "  «w:"),
    ),
]


@pytest.mark.parametrize(("code", "marked"), WARNED)
def test_what_is_only_warned_of_still_runs(code: str, marked: str) -> None:
    text, where = place_of_mark(marked)
    result = compiled(text)
    assert found(result) == [(code, where)]
    assert result.program is not None
    assert_words(result)


@pytest.mark.parametrize(
    "options", ["a: 40 %, b: 39 %, c: rest", "a: 20 %, b: 20 %", "a: 30 %, b: 30 %, c: rest", "a: even, b: rest"]
)
def test_what_is_no_tie(options: str) -> None:
    even = 'assumptions:\n  even: {value: "uniform(40 %, 60 %)", why: b}\n'
    assert found(compiled(EVEN.replace("«", "").replace("a: 40 %, b: 40 %, c: rest", options) + even)) == []


def test_a_tie_says_what_the_central_run_takes() -> None:
    (tie,) = compiled(EVEN.replace("«", "")).diagnostics
    assert (tie.fill("name"), tie.fill("options"), tie.fill("taken")) == ("e", "a, b", "a")
    (tie,) = compiled("assumptions:\n  worth: {one_of: {9 USD: 50 %, 10 USD: rest}, why: b}\n").diagnostics
    assert (tie.fill("options"), tie.fill("taken")) == ("10 USD, 9 USD", "10 USD")  # by name, not by size
    (tie,) = compiled(EVEN.replace("«", "").replace("a: 40 %, b: 40 %, c: rest", "a: 50 %")).diagnostics
    assert (tie.fill("options"), tie.fill("taken")) == ("a, never", "a")


@pytest.mark.parametrize(("code", "old", "new", "where"), CHANGED)
def test_what_is_said_once_is_checked(code: str, old: str, new: str, where: str) -> None:
    assert old in SOUND
    result = compiled("", SOUND.replace(old, new, 1))
    assert found(result) == [(code, f"a.yaml:{where}")]
    assert_words(result)


def test_the_sound_case_is_sound() -> None:
    result = compiled("")
    assert found(result) == []
    assert result.program is not None


def test_every_code_of_the_compiler_is_tried() -> None:
    emitted: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        emitted.update(re.findall(r'(?:\bwrong|\berror|\bwarning)\(\s*"([a-z0-9-]+)"', text))
        emitted.update(*re.findall(r'code = "([a-z-]+)" if [^\n]+ else "([a-z-]+)"', text))
    assert emitted == {code for code, _ in (*MISTAKES, *WARNED)} | {code for code, *_ in CHANGED}


def test_every_guard_has_words() -> None:
    fills = {"name": "income", "path": "7", "date": "2026-01-01"}
    guards = {c for p in SOURCE.rglob("*.py") for c in re.findall(r'guard\(.*"([a-z-]+)"', p.read_text("utf-8"))}
    assert len(guards) == 7
    for code in guards | {"not-a-number"}:
        for language in WORDS:
            said = language.sentence(code, fills)
            assert "{" not in said
            assert all(fill in said for fill in fills.values())


def test_a_cycle_is_printed_with_its_names() -> None:
    result = compiled("measures:\n  a: {stock: c}\n  b: {stock: a}\n  c: {stock: b}\n")
    (cycle,) = result.diagnostics
    assert (cycle.fill("names"), cycle.paste) == ("a → c → b → a", "prev(…)")
    (cycle,) = compiled("events:\n  e: {when: happened(f)}\n  f: {when: happened(e)}\n").diagnostics
    assert cycle.fill("names") == "e → f → e"


def test_a_name_close_by_is_offered_to_paste() -> None:
    pastes = {
        in_measure("rate", "incme"): "income",
        in_measure("status", "vote.yes_vot"): "vote.yes_vote",
        in_measure("status", "happened(clsing)"): "closing",
        in_measure("flow", "supply.pay"): "supply.pay.paid",
        in_measure("status", "closing"): "happened(closing)",
        in_measure("flow", "paid(makr)"): "maker",
        in_measure("stock", "squrt(2)"): "sqrt",
        in_measure("flow", "split.buyr"): "split.buyer",
        in_measure("stock", "nothing_like_it"): "",
    }
    for text, paste in pastes.items():
        assert [d.paste for d in compiled(text).diagnostics] == [paste], text


def test_the_conversion_is_named() -> None:
    ways = {
        in_measure("rate", "income + sold"): "over(rate), per_year(flow)",
        in_measure("flow", "sold + saved"): "cum(flow, opening), per_year(flow)",
        in_measure("rate", "sold"): "per_year(…)",
        in_measure("flow", "income"): "over(…)",
        in_measure("stock", "sold"): "cum(…, opening)",
    }
    for text, way in ways.items():
        assert [d.fill("way") for d in compiled(text).diagnostics] == [way], text


def test_an_exception_in_another_unit_shows_both_places() -> None:
    exception = "exceptions: {e: {when: happened(closing), amount: 5 EUR/year}}"
    (finding,) = compiled(in_terms(f"a: {{{PAY}, amount: fee, {exception}}}")).diagnostics
    assert [(x.key, x.span.place()) for x in finding.labels] == [("other-place", "bad.yaml:5:7")]


def test_one_mistake_is_said_once_however_often_it_is_used() -> None:
    uses = "".join(f"  m{i}: {{stock: bad}}\n" for i in range(5))
    result = compiled(f"measures:\n  bad: {{stock: savd}}\n{uses}")
    assert [d.code for d in result.diagnostics] == ["unknown-name"]


def assert_words(result: Compiled) -> None:
    for diagnostic in result.diagnostics:
        for language in WORDS:
            fills = dict(diagnostic.fills)
            said = language.sentence(diagnostic.code, fills) + language.way_out(diagnostic.code, fills)
            assert said
            assert "{" not in said
            for label in diagnostic.labels:
                assert language.label(label.key)
