"""Every kind of record becomes the value it describes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from load_samples import SOUND, load_beside

from syngraph.base.dates import parse_edtf
from syngraph.base.located import Scalar
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.expr.parser import parse
from syngraph.load.case import load_case, load_texts
from syngraph.model.agreements import Payment, Pledge, Right
from syngraph.model.assumptions import Between, Certain, Distribution, OneOf
from syngraph.model.case import Case
from syngraph.model.checks import At, Better, Chance, Increasing, Level, Proven
from syngraph.model.events import Decision, Never, OnCondition, OnDate, Outcome
from syngraph.model.facts import Series, Statement, Value
from syngraph.model.records import Readings
from syngraph.model.waterfalls import Capacity, EndsAt, Hurdle, Next, ProfitShare, Redirect, Redistribute, UpTo

SMALL = Path(__file__).parents[1] / "cases" / "small"


def bare(value: Any) -> Any:
    """A value without its places, for comparison."""
    match value:
        case Span():
            return None
        case tuple() | frozenset():
            return tuple(bare(v) for v in value)
        case _ if hasattr(value, "__dataclass_fields__"):
            fields = value.__dataclass_fields__
            return (type(value).__name__, *((f, bare(getattr(value, f))) for f in fields))
        case _:
            return value


def expr(text: str) -> Any:
    parsed = parse(Scalar(text, Span("", 0, len(text), 1, 1)))
    assert isinstance(parsed, Expr), parsed
    return bare(parsed)


def case_with(text: str) -> Case:
    loaded = load_beside(text)
    assert loaded.diagnostics == ()
    return loaded.cases[0]


def named(records: tuple[Any, ...], name: str) -> Any:
    return next(r for r in records if r.head.name == name)


def test_the_small_case_loads_without_a_finding() -> None:
    loaded = load_case(SMALL)
    assert loaded.diagnostics == ()
    assert [c.plan for c in loaded.cases] == ["base", "refused"]
    case = loaded.cases[0]
    assert (case.name, case.currency, case.today) == ("small-openai-microsoft", "USD", date(2025, 9, 12))
    assert (case.horizon.until, case.horizon.step, case.horizon.day_count) == (date(2036, 1, 1), "quarter", "ACT/ACT")
    assert case.title.to("zh-Hant") == "OpenAI 與微軟的夥伴關係"
    assert bare(case.discount) == expr("10 %")
    sections = (case.sources, case.parties, case.facts, case.assumptions, case.events, case.agreements, case.checks)
    assert [len(s) for s in sections] == [1, 7, 3, 5, 4, 2, 2]


def test_a_head_has_name_section_place_quotes_and_reasons() -> None:
    case = load_case(SMALL).cases[0]
    (agreement,) = (a for a in case.agreements if a.head.name == "partnership")
    share = next(t for t in agreement.terms if t.head.name == "partnership.revenue_share")
    access = next(t for t in agreement.terms if t.head.name == "partnership.ip_access")
    assert (share.head.section, access.exceptions[0].head.section) == (
        "agreements.terms",
        "agreements.terms.exceptions",
    )
    assert access.exceptions[0].head.name == "partnership.ip_access.after_agi"
    (cite,) = share.head.cites
    text = (SMALL / "case.yaml").read_text("utf-8")
    assert text[cite.span.start : cite.span.end] == cite.quote == "承諾在2030年前持續分享收入"
    assert (cite.source, cite.occurrence) == ("article", 0)
    assert share.head.why("pays").startswith("the article does not say")
    assert (share.head.why("amount"), share.head.why()) == ("", "")
    assert text[share.head.span.start : share.head.span.end] == "revenue_share"
    tiers = case.waterfalls[0].tiers
    assert [t.head.name for t in tiers] == ["capped_profit.recoup", "capped_profit.main", "capped_profit.residual"]
    assert tiers[0].head.section == "waterfalls.tiers"
    assert case.events[2].effects == () or case.events[2].effects[0].head.section == "events.effects"


def test_quotes_in_short_long_and_mixed_form() -> None:
    text = "facts:\n  a:\n    value: 1\n    cite:\n      - {article: one}\n      - {source: article, quote: two, occurrence: 2}\n      - {source: article, quote: three, occurrence: all}\n"
    cites = named(case_with(text).facts, "a").head.cites
    assert [(c.source, c.quote, c.occurrence) for c in cites] == [
        ("article", "one", 0),
        ("article", "two", 2),
        ("article", "three", -1),
    ]


def test_sources_and_parties() -> None:
    case = case_with(
        "sources:\n  deed: {file: d.txt, language: en, region: US, published: 2025-01-02, license: CC0-1.0, defined: {the Company: maker}, ignore: [{quote: a, why: b}, {quote: c, why: d, occurrence: all}]}\n"
        "parties:\n  unit_a: {part_of: maker, aliases: one, name: Unit A, fiscal_year_end: 06-30, open: true, float: false}\n"
        "bodies:\n  buyer: {board: {seats: 3, filled_by: maker, why: x}, members: {standard: majority, of: cast}, decides: {direct: board, sale: [board, members]}, why: y}\n"
    )
    source = named(case.sources, "deed")
    assert (source.file, source.region, source.published, source.license) == (
        "d.txt",
        "US",
        date(2025, 1, 2),
        "CC0-1.0",
    )
    assert source.defined == (("the Company", "maker"),)
    ignored = [(i.head.cites[0].source, i.head.cites[0].quote, i.head.cites[0].occurrence) for i in source.ignored]
    assert ignored == [("deed", "a", 0), ("deed", "c", -1)]
    assert [i.head.why() for i in source.ignored] == ["b", "d"]
    unit = named(case.parties, "unit_a")
    assert (unit.part_of, unit.aliases, unit.open, unit.float, unit.fiscal_year_end) == (
        "maker",
        ("one",),
        True,
        False,
        "06-30",
    )
    assert unit.title == LocalText((("", "Unit A"),))
    assert named(case.parties, "maker").title.to("en") == "maker"
    board, members = named(case.bodies, "buyer.board"), named(case.bodies, "buyer.members")
    assert (board.party, board.seats, board.filled_by, board.head.why()) == ("buyer", 3, "maker", "x")
    assert (members.standard, members.of, members.head.why()) == ("majority", "cast", "y")
    assert [(d.party, d.matter, d.bodies) for d in case.decides] == [
        ("buyer", "direct", ("buyer.board",)),
        ("buyer", "sale", ("buyer.board", "buyer.members")),
    ]


def test_facts() -> None:
    case = case_with(
        "facts:\n"
        "  a: {value: 13 bn USD, bound: more_than, valid: 2019/.., as_of: 2025-09, status: planned, rank: preferred, confidence: high, said_by: maker, about: [buyer]}\n"
        "  b: {readings: {early: 2030-01-01, late: 2031-01-01}, use: late}\n"
        "  c: {value: {readings: {p: true, q: false}, use: p}}\n"
        "  d: {says: {en: x, zh-Hant: y}, about: maker}\n"
        "  e: {series: [{valid: 2025, value: 2, why: z}, {valid: 2024, value: 1}]}\n"
    )
    a, b, c, d, e = (named(case.facts, n) for n in "abcde")
    assert isinstance(a, Value)
    assert (a.bound, a.about, a.value.use, a.value.ambiguous) == ("more_than", ("buyer",), "", False)
    assert a.dating.valid == parse_edtf("2019/..")
    assert a.dating.as_of == parse_edtf("2025-09")
    assert (a.dating.status, a.dating.rank, a.dating.confidence, a.dating.said_by) == (
        "planned",
        "preferred",
        "high",
        "maker",
    )
    assert isinstance(b.value, Readings)
    assert (b.value.use, [n for n, _ in b.value.options], bare(b.value.chosen)) == (
        "late",
        ["early", "late"],
        expr("2031-01-01"),
    )
    assert bare(c.value.chosen) == expr("true")
    assert isinstance(d, Statement)
    assert (d.says.to("zh-Hant"), d.bound, d.dating.status) == ("y", "exact", "stated")
    assert isinstance(e, Series)
    assert [(p.valid.text, bare(p.value), p.head.name) for p in e.periods] == [
        ("2024", expr("1"), "e.2024"),
        ("2025", expr("2"), "e.2025"),
    ]


@pytest.mark.parametrize(
    ("value", "family", "parameters"),
    [
        ("normal(1 USD, 2 USD)", "normal", {"mean": "1 USD", "sd": "2 USD"}),
        ("normal(sd = 2, mean = 1)", "normal", {"mean": "1", "sd": "2"}),
        ("lognormal(p10 = 15 %, p90 = 75 %)", "lognormal", {"p10": "15 %", "p90": "75 %"}),
        ("uniform(1, 2)", "uniform", {"min": "1", "max": "2"}),
        ("triangular(1, 2, 3)", "triangular", {"min": "1", "mode": "2", "max": "3"}),
        ("pert(-10 %, 20 %, max = 35 %)", "pert", {"min": "-10 %", "mode": "20 %", "max": "35 %"}),
        ("beta(2, 5)", "beta", {"alpha": "2", "beta": "5"}),
    ],
)
def test_distributions(value: str, family: str, parameters: dict[str, str]) -> None:
    draw = named(case_with(f'assumptions:\n  a: {{value: "{value}", why: b}}\n').assumptions, "a").draw
    assert isinstance(draw, Distribution)
    assert (draw.name, bare(draw.parameters)) == (family, tuple((n, expr(t)) for n, t in parameters.items()))


def test_other_assumptions() -> None:
    case = case_with(
        "assumptions:\n"
        "  a: {value: fee * 2, cite: {article: q}}\n"
        "  b: {readings: {low: 1, high: 2}, use: high, why: x}\n"
        '  c: {value: "between(2026-01-01, 2027-01-01)", why: x}\n'
        "  d: {one_of: {2 GW: rest, 1 GW: 30 %}, why: x}\n"
        "correlations: [{of: [growth, fee], rank: 50 %, why: x, cite: {article: q}}]\n"
    )
    a, b, c, d = (named(case.assumptions, n).draw for n in "abcd")
    assert isinstance(a, Certain)
    assert bare(a.value.chosen) == expr("fee * 2")
    assert isinstance(b, Certain)
    assert b.value.use == "high"
    assert isinstance(c, Between)
    assert (c.first, c.end) == (date(2026, 1, 1), date(2027, 1, 1))
    assert isinstance(d, OneOf)
    assert bare(d.options) == ((expr("1 GW"), expr("30 %")), (expr("2 GW"), None))
    (correlation,) = case.correlations
    assert (correlation.of, bare(correlation.rank), correlation.why, len(correlation.cites)) == (
        ("growth", "fee"),
        expr("50 %"),
        "x",
        1,
    )


def test_a_range_may_begin_today() -> None:
    event = named(case_with('events:\n  a: {date: "between(2025-09-12, 2026-01-01)"}\n').events, "a")
    assert event.trigger.when.first == date(2025, 9, 12)


def test_measures_and_dependences() -> None:
    case = case_with(
        "measures:\n  a: {status: happened(closing)}\n  b: {stock: {readings: {p: 1, q: 2}, use: p}, of: buyer, title: {en: B, zh-Hant: 乙}}\n"
        "dependences:\n  c: {of: maker, on: buyer, share: 10 %, why: {share: x}}\n"
    )
    assert (named(case.measures, "a").kind, named(case.measures, "b").kind, named(case.measures, "b").of) == (
        "status",
        "stock",
        "buyer",
    )
    title = named(case.measures, "b").title
    assert title is not None
    assert (title.to("zh-Hant"), named(case.measures, "a").title) == ("乙", None)
    (c,) = case.dependences
    assert (c.of, c.on, c.head.why("share")) == ("maker", "buyer", "x")


@pytest.mark.parametrize(
    ("fields", "trigger"),
    [
        ("date: 2024-12", OnDate(parse_edtf("2024-12"))),  # type: ignore[arg-type]
        ("date: ../2025-09-12, by: maker", OnDate(parse_edtf("../2025-09-12"))),  # type: ignore[arg-type]
        ("date: 2030-01-01", OnDate(parse_edtf("2030-01-01"))),  # type: ignore[arg-type]
        ("date: 2025-01/2025-09-12", OnDate(parse_edtf("2025-01/2025-09-12"))),  # type: ignore[arg-type]
        ("when: never", Never()),
        ("by: [maker, buyer], after: closing", Decision(None, None, ())),
        ("after: vote.yes_vote", Decision(None, None, ())),
    ],
)
def test_triggers(fields: str, trigger: object) -> None:
    assert named(case_with(f"events:\n  a: {{{fields}}}\n").events, "a").trigger == trigger


def test_events() -> None:
    case = case_with(
        "events:\n"
        '  a: {date: "between(2026-01-01, 2026-06-30)", by: maker, outcomes: {no: rest, go: 10 %}, rank: 2, effect: next, bound: possible, title: T}\n'
        "  b: {hazard: 50 %/year, by: buyer, after: [a, supply.signed]}\n"
        "  c: {when: {readings: {p: happened(a), q: happened(b)}, use: q}, effects: {z: {become: llc, party: maker, why: x}}}\n"
    )
    a, b, c = (named(case.events, n) for n in "abc")
    assert isinstance(a.trigger, Decision)
    assert a.trigger.date
    assert isinstance(a.trigger.date.when, Between)
    assert [(o.name, bare(o.probability)) for o in a.trigger.outcomes] == [("go", expr("10 %")), ("no", None)]
    assert a.trigger.outcomes[1] == Outcome("no", None)
    assert (a.by, a.rank, a.next_segment, a.bound) == (("maker",), 2, True, "possible")
    assert isinstance(b.trigger, Decision)
    assert b.trigger.hazard
    assert (b.trigger.date, b.trigger.outcomes, b.after) == (None, (), ("a", "supply.signed"))
    assert isinstance(c.trigger, OnCondition)
    assert c.trigger.condition.use == "q"
    (effect,) = c.effects
    assert (effect.head.name, effect.form, effect.party, effect.head.section) == (
        "c.z",
        "llc",
        "maker",
        "events.effects",
    )


def test_payments() -> None:
    case = case_with(
        "agreements:\n"
        "  a:\n"
        "    parties: [maker, buyer]\n"
        "    effective: closing\n"
        "    proposed: 2019\n"
        "    binding: true\n"
        "    terms:\n"
        "      pay:\n"
        "        pays: {from: buyer, to: maker}\n"
        "        amount: {readings: {p: fee, q: 2 * fee}, use: p}\n"
        "        from: [2026-01-01, closing]\n"
        "        until: vote.no_vote\n"
        "        cap: 5 bn USD\n"
        "        opening: 1 bn USD\n"
        "        minimum: 0.1 bn USD/year\n"
        "        commitment: {amount: 2 bn USD, by: 2030-01-01}\n"
        "        exceptions:\n"
        "          z: {when: happened(closing), amount: 0 USD/year, over: y, bound: possible, why: w}\n"
        "          y: {when: vote.yes_vote, amount: 2 * fee}\n"
    )
    agreement = named(case.agreements, "a")
    assert [(s, m.day.text if m.day else m.name) for s, m in agreement.stages] == [
        ("proposed", "2019"),
        ("effective", "closing"),
    ]
    assert (agreement.parties, agreement.binding) == (("maker", "buyer"), True)
    (pay,) = agreement.terms
    assert isinstance(pay, Payment)
    assert (pay.payer.chosen, pay.payee.chosen, pay.head.name) == ("buyer", "maker", "a.pay")
    assert pay.amount
    assert pay.amount.use == "p"
    assert [m.name or m.day for m in pay.active.starts] == [parse_edtf("2026-01-01"), "closing"]
    assert [m.name for m in pay.active.ends] == ["vote.no_vote"]
    assert pay.cap
    assert (bare(pay.cap.chosen), bare(pay.opening), bare(pay.minimum)) == (
        expr("5 bn USD"),
        expr("1 bn USD"),
        expr("0.1 bn USD/year"),
    )
    assert isinstance(pay.commitment, Pledge)
    assert (bare(pay.commitment.amount), pay.commitment.by) == (expr("2 bn USD"), date(2030, 1, 1))
    assert [(e.head.name, e.over, e.bound) for e in pay.exceptions] == [
        ("a.pay.y", "", "exact"),
        ("a.pay.z", "y", "possible"),
    ]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("undertaking", "must"),
        ("license", "may"),
        ("supply", "may"),
        ("information", "may"),
        ("economic", "may"),
        ("propose", "may"),
    ]
    + [(kind, "power") for kind in ("vote", "appoint", "remove", "manage", "consent", "first_refusal")],
)
def test_the_mode_of_a_right_follows_its_kind(kind: str, mode: str) -> None:
    (right,) = case_with(f"rights:\n  a: {{holder: maker, bearer: buyer, kind: {kind}}}\n").rights
    assert right.mode == mode


def test_rights() -> None:
    case = case_with(
        "rights:\n"
        "  a: {holder: maker, bearer: buyer, kind: vote, amount: {min: 20 %, max: 30 %}, seats: 3, from: 2024, until: closing, when: vote.yes_vote, over: supply.use, event: vote, mode: must}\n"
        "agreements:\n"
        "  b:\n"
        "    parties: maker\n"
        "    terms:\n"
        "      c: {right: {holder: maker, bearer: buyer, kind: supply, matter: cloud.api, exclusive: true, by: [maker], amount: 10 %, when: happened(closing)}, over: a, until: 2030-01-01}\n"
        "      d: {right: {holder: maker, bearer: buyer, kind: license, priority: true}, exceptions: {e: {when: happened(closing), exclusive: false, priority: true, matter: x, limited: {en: y}}}}\n"
    )
    (a,) = case.rights
    assert isinstance(a, Right)
    assert (bare(a.amount), a.seats, a.over, a.event, a.mode) == (
        (expr("20 %"), expr("30 %")),
        3,
        "supply.use",
        "vote",
        "must",
    )
    assert [m.name for m in a.active.ends] == ["closing"]
    assert a.when
    assert a.head.section == "rights"
    c, d = named(case.agreements, "b").terms
    assert isinstance(c, Right)
    assert (c.matter, c.exclusive, c.priority, c.by, c.over, bare(c.amount)) == (
        "cloud.api",
        True,
        False,
        ("maker",),
        "a",
        (expr("10 %"),),
    )
    assert c.when
    (e,) = d.exceptions
    assert (e.exclusive, e.priority, e.matter, e.limited, e.amount) == (
        False,
        True,
        "x",
        LocalText((("en", "y"),)),
        None,
    )


def test_waterfalls() -> None:
    case = case_with(
        "waterfalls:\n"
        "  w:\n"
        "    of: maker\n"
        "    pot: income\n"
        "    until: closing\n"
        "    opening: {pot: 1 USD, buyer: 0 USD}\n"
        "    tiers:\n"
        "      - {name: a, share: {maker: 60 %, buyer: 40 %}, until: {pot: 5 USD, buyer: 2 x fee}, then: redistribute}\n"
        "      - {name: b, share: {buyer: 1}, until: {buyer: {capacity: 2 GW}}, then: {redirect: maker}}\n"
        "      - {name: c, share: {buyer: 1}, until: {buyer: {hurdle: 8 %, contributions: 3 USD, opening: 1 USD}, maker: {profit_share: 20 %}}, then: next}\n"
        "      - {name: d, share: {buyer: 1}, until: 2030-01-01}\n"
        "      - {name: e, share: {buyer: 1}, until: {ends: {event: closing}}}\n"
        "      - {name: f, share: {buyer: 1}, until: {readings: {p: {buyer: 1 USD}, q: closing}, use: q}}\n"
        "      - {name: g, share: {board: 1}}\n"
    )
    w = named(case.waterfalls, "w")
    assert (w.of, [m.name for m in w.active.ends], [n for n, _ in w.opening]) == (
        "maker",
        ["closing"],
        ["buyer", "pot"],
    )
    a, b, c, d, e, f, g = w.tiers
    assert bare(a.shares) == (("buyer", expr("40 %")), ("maker", expr("60 %")))
    assert [(type(t), t.account) for t in a.until.chosen] == [(UpTo, "buyer"), (UpTo, "pot")]
    assert isinstance(a.then, Redistribute)
    assert [type(t) for t in b.until.chosen] == [Capacity]
    assert b.then == Redirect("maker")
    assert [type(t) for t in c.until.chosen] == [Hurdle, ProfitShare]
    assert c.then == Next()
    assert [t.moment.day for t in d.until.chosen if isinstance(t, EndsAt)] == [parse_edtf("2030-01-01")]
    assert [t.moment.name for t in e.until.chosen] == ["closing"]
    assert (f.until.use, [t.moment.name for t in f.until.chosen], f.until.ambiguous) == ("q", ["closing"], True)
    assert g.until.chosen == ()


def test_stances() -> None:
    case = case_with(
        "positions:\n  a: {by: [buyer, both], against: closing, ground: {en: g}}\n  b: {by: maker, for: {en: peace}}\n  c: {by: maker, for: more money for all}\n"
        "disputes:\n  d: {between: [[maker], buyer], over: [closing, other], filed: vote.no_vote, decided: closing}\n"
        "offers:\n  e: {by: buyer, for: maker, amount: fee, solicited: false, made: closing}\n"
    )
    a, b, c = case.positions
    assert (a.by, a.stands, a.subject) == (("buyer", "both"), "against", "closing")
    assert (b.stands, b.subject) == ("for", LocalText((("en", "peace"),)))
    assert c.subject == LocalText((("", "more money for all"),))
    (d,) = case.disputes
    assert (d.between, d.over, d.filed, d.decided) == (
        (("maker",), ("buyer",)),
        ("closing", "other"),
        "vote.no_vote",
        "closing",
    )
    (e,) = case.offers
    assert (e.by, e.target, e.amount, e.solicited, e.made, e.answered) == (
        "buyer",
        "maker",
        "fee",
        False,
        "closing",
        "",
    )


def test_checks() -> None:
    case = case_with(
        "checks:\n"
        "  a: {never: happened(closing), breaks_in: [base, other]}\n"
        "  b: {leads_to: [vote.yes_vote, happened(closing)], plans: other}\n"
        "  c: {probability: income > fee, at: 2030-01-01, at_least: 95 %}\n"
        "  d: {value: income, at: closing, at_most: 5 USD/year}\n"
        "  e: {increasing: income, in: growth}\n"
        "  f: {better: income, plan: other, than: base, at_least: 60 %, at: always}\n"
        "  g: {value: income > fee, at: ever}\n"
    )
    a, b, c, d, e, f, g = case.checks
    assert (bare(a.prop), a.breaks_in) == (
        ("Proven", ("quantifier", "never"), ("conditions", (expr("happened(closing)"),))),
        ("base", "other"),
    )
    assert isinstance(b.prop, Proven)
    assert (b.prop.quantifier, len(b.prop.conditions), b.plans) == ("leads_to", 2, ("other",))
    assert isinstance(c.prop, Chance)
    assert (c.prop.at.day, bare(c.prop.at_least), c.prop.at_most) == (date(2030, 1, 1), expr("95 %"), None)
    assert isinstance(d.prop, Level)
    assert d.prop.at.event == "closing"
    assert isinstance(e.prop, Increasing)
    assert (e.prop.assumption, e.prop.at) == ("growth", At(e.head.span))
    assert isinstance(f.prop, Better)
    assert (f.prop.plan, f.prop.than, f.prop.at.always) == ("other", "base", True)
    assert g.prop.at.ever


def test_plans_keep_their_paths_and_places() -> None:
    text = "plans:\n  p: {title: {en: T}, base: other, proposed: closing, changes: [{path: discount, value: 5 %, was: 10 %}, {path: facts.new, add: {value: 1}}]}\n"
    plan, line = named(case_with(text).plans, "p"), text.splitlines()[1]
    assert (plan.title.to("en"), plan.base, plan.proposed) == ("T", "other", "closing")
    assert [(path, span.place()) for path, span in plan.changed] == [
        ("discount", f"bad.yaml:2:{line.index('discount') + 1}"),
        ("facts.new", f"bad.yaml:2:{line.index('facts.new') + 1}"),
    ]


def test_nothing_in_a_case_is_a_list_or_a_dictionary() -> None:
    def visit(value: Any) -> None:
        assert not isinstance(value, list | dict | set), value
        if isinstance(value, tuple | frozenset):
            for v in value:
                visit(v)
        for name in getattr(value, "__dataclass_fields__", ()):
            visit(getattr(value, name))

    for case in (*load_case(SMALL).cases, *load_texts([("a.yaml", SOUND)]).cases):
        visit(case)
        hash(case)
