"""Every mistake in files gives its own code at its own place, and nothing else."""

import re
import tomllib
from pathlib import Path

import pytest
from load_samples import SOUND, load_beside

import syngraph
from marks import found, place, place_of_mark
from syngraph.base.diagnostics import Diagnostic
from syngraph.load import names
from syngraph.load.case import Loaded, load_texts
from syngraph.load.references import KINDS

SOURCE = Path(syngraph.__file__).parent
WORDS = {
    lang: tomllib.loads((SOURCE / "present/words" / lang / "load.toml").read_text("utf-8"))
    for lang in ("en", "zh-Hant")
}

# code, the second file with « where the finding must stand
MISTAKES = [
    ("yaml-syntax", "facts:\n  a: {value: 1 USD\n«"),
    ("yaml-syntax", "facts:\n  a: «@b\n"),
    ("not-a-map", "«- a\n- b\n"),
    ("second-document", "checks: {}\n«---\nplans: {}\n"),
    ("anchor", "facts:\n  a: {value: «&b 1 USD}\n"),
    ("tag", "facts:\n  a: {value: «!!int 1}\n"),
    ("too-deep", "facts:\n  a: " + "[" * 38 + "«["),
    ("duplicate-key", "facts:\n  a: {value: 1 USD}\n  «a: {value: 2 USD}\n"),
    ("comma-cut", "assumptions:\n  a: {value: 1, why: «one, two}\n"),
    ("empty-value", "facts:\n  a: {value: 1, about: [maker], «more}\n"),
    ("expression-empty", 'checks:\n  a: {leads_to: [«"", happened(closing)]}\n'),
    ("expression-ends", "facts:\n  a: {value: 1 +«}\n"),
    ("expression-too-deep", "facts:\n  a: {value: " + "(" * 60 + "«1" + ")" * 60 + "}\n"),
    ("expression-too-long", "facts:\n  a: {value: «1" + " + 1" * 3000 + "}\n"),
    ("unexpected-token", "facts:\n  a: {value: 1 «)}\n"),
    ("stray-character", "facts:\n  a: {value: 1 «; 2}\n"),
    ("chained-comparison", "checks:\n  a: {never: «1 < 2 < 3}\n"),
    ("number-too-long", "facts:\n  a: {value: «1" + "0" * 60 + "}\n"),
    ("no-such-day", "facts:\n  a: {value: «2030-02-30}\n"),
    ("unknown-unit", "facts:\n  a: {value: 1 «UDS}\n"),
    ("unknown-section", "«fact:\n  a: {value: 1}\n"),
    ("unknown-section", "«instruments:\n  a: {issuer: maker}\n"),
    ("unknown-section", "«values: {}\n"),
    ("defined-twice", "facts:\n  «end_day: {value: 2031-01-01}\n"),
    ("defined-twice", "«currency: EUR\n"),
    ("defined-twice", "measures:\n  «fee: {rate: 1 USD/year}\n"),
    ("defined-twice", "rights:\n  «vote: {holder: maker, bearer: buyer, kind: vote}\n"),
    (
        "defined-twice",
        "agreements:\n  a: {parties: [maker], signed: 2020, terms: {«signed: {right: {holder: maker, bearer: buyer, kind: vote}}}}\n",
    ),
    (
        "defined-twice",
        "waterfalls:\n  w: {of: maker, pot: 1, tiers: [{name: a, share: {maker: 1}}, {name: «a, share: {buyer: 1}}]}\n",
    ),
    ("defined-twice", "correlations: [{of: [fee, growth], rank: 1}, «{of: [growth, fee], rank: 1}]\n"),
    ("bad-name", "facts:\n  «Big-Deal: {value: 1}\n"),
    ("bad-name", "events:\n  a: {by: maker, outcomes: {«Yes: 10 %}}\n"),
    ("bad-name", "facts:\n  a: {readings: {«1: 1 USD, b: 2 USD}, use: b}\n"),
    ("reserved-name", "facts:\n  «t: {value: 1}\n"),
    ("reserved-name", "parties:\n  «pot: {form: group}\n"),
    ("reserved-name", "plans:\n  «base: {changes: [{path: discount, value: 9 %}]}\n"),
    ("map-expected", "facts:\n  a: «5\n"),
    ("map-expected", "facts: «[a]\n"),
    ("map-expected", "waterfalls:\n  w: {of: maker, pot: 1, tiers: [{name: a, share: {maker: 1}, until: «[a]}]}\n"),
    ("list-expected", "plans:\n  a: {changes: «none}\n"),
    ("list-expected", "correlations: «none\n"),
    ("text-expected", "facts:\n  a: {value: «[1]}\n"),
    ("field-missing", "sources:\n  «a: {language: en}\n"),
    ("field-missing", "agreements:\n  a: {parties: [maker], terms: {b: {«pays: {from: buyer}, amount: fee}}}\n"),
    ("field-missing", "agreements:\n  a: {parties: [maker], terms: {«b: {pays: {from: buyer, to: maker}}}}\n"),
    ("field-missing", "facts:\n  a: {«readings: {b: 1, c: 2}}\n"),
    ("field-missing", "facts:\n  a: {value: 1, cite: «{source: article}}\n"),
    ("field-missing", "waterfalls:\n  w: {of: maker, pot: 1, tiers: [«{share: {maker: 1}}]}\n"),
    ("field-missing", "plans:\n  p: {changes: [«{value: 1}]}\n"),
    ("field-empty", "facts:\n  a:\n    «value:\n"),
    ("field-empty", 'facts:\n  a: {value: 1, cite: {«article: " "}}\n'),
    ("field-empty", "assumptions:\n  a: {one_of: «{}, why: b}\n"),
    ("unknown-field", "facts:\n  a: {value: 1, «bond: at_least}\n"),
    (
        "unknown-field",
        "agreements:\n  a: {parties: [maker], terms: {b: {right: {holder: maker, bearer: buyer, kind: vote, «seat: 1}}}}\n",
    ),
    ("unknown-field", "plans:\n  p: {changes: [{path: discount, value: 1, «wass: 10 %}]}\n"),
    ("unknown-field", "facts:\n  a: {value: {readings: {b: 1}, use: b, «uses: b}}\n"),
    ("unknown-field", "checks:\n  a: {never: happened(closing), «at: ever}\n"),
    ("unknown-field", "sources:\n  a: {file: b, language: en, ignore: [{quote: c, why: d, «wy: e}]}\n"),
    ("unknown-why", "facts:\n  a: {value: 1, why: {«valeu: b}}\n"),
    ("unknown-language", "parties:\n  a: {name: {en: b, «zh: c}}\n"),
    ("one-needed", "facts:\n  «a: {bound: exact, cite: {article: b}, why: c}\n"),
    ("one-needed", "checks:\n  «a: {probability: happened(closing), at: ever}\n"),
    ("one-needed", "plans:\n  p: {changes: [«{path: discount}]}\n"),
    ("one-needed", "agreements:\n  a: {parties: [maker], terms: {«b: {until: end_day}}}\n"),
    (
        "one-needed",
        "rights:\n  a: {holder: maker, bearer: buyer, kind: license, exceptions: {«b: {when: happened(closing)}}}\n",
    ),
    (
        "one-needed",
        "waterfalls:\n  w: {of: maker, pot: 1, tiers: [{name: a, share: {maker: 1}, until: {«maker: {}}}]}\n",
    ),
    ("one-needed", "facts:\n  a: {value: 1, cite: «{}}\n"),
    ("both-given", "facts:\n  a: {value: 1, «says: b}\n"),
    ("both-given", "events:\n  a: {when: happened(closing), «date: 2026-01-01}\n"),
    (
        "both-given",
        "agreements:\n  a: {parties: [maker], terms: {b: {pays: {from: buyer, to: maker}, amount: fee, «right: {}}}}\n",
    ),
    ("both-given", "plans:\n  p: {changes: [{path: discount, value: 1, «add: 2}]}\n"),
    ("both-given", "plans:\n  p: {changes: [{path: facts.b, add: {value: 1}, «was: 2}]}\n"),
    (
        "both-given",
        "agreements:\n  a: {parties: [maker], terms: {b: {right: {holder: maker, bearer: buyer, kind: vote, when: vote.yes_vote}, «when: happened(closing)}}}\n",
    ),
    ("two-needed", "checks:\n  a: {leads_to: «[happened(closing)]}\n"),
    ("two-needed", "correlations: [{of: «[fee], rank: 1}]\n"),
    ("two-needed", "disputes:\n  a: {between: «[[maker]], over: [closing]}\n"),
    ("not-one-of", "facts:\n  a: {value: 1, bound: «atleast}\n"),
    ("not-one-of", "parties:\n  a: {form: «company}\n"),
    ("not-a-boolean", "parties:\n  a: {float: «yes}\n"),
    ("not-a-count", "events:\n  a: {when: happened(closing), rank: «-1}\n"),
    ("not-a-day", "sources:\n  a: {file: b, language: en, published: «2025-09}\n"),
    ("not-a-date", "facts:\n  a: {value: 1, valid: «2025-13}\n"),
    ("not-a-date", "events:\n  a: {date: «tomorrow}\n"),
    (
        "not-a-date",
        "waterfalls:\n  w: {of: maker, pot: 1, tiers: [{name: a, share: {maker: 1}, until: {ends: {date: «closing}}}]}\n",
    ),
    ("not-a-moment", "agreements:\n  a: {parties: [maker], signed: «1 bn USD}\n"),
    ("not-a-moment", "checks:\n  a: {value: fee, at: «1 USD}\n"),
    ("not-a-year-end", "parties:\n  a: {fiscal_year_end: «06-31-30}\n"),
    ("unknown-reading", "facts:\n  a: {readings: {b: 1, c: 2}, use: «d}\n"),
    ("unknown-name", "facts:\n  a: {value: 1, about: [maker, «byer]}\n"),
    ("unknown-name", "events:\n  a: {after: «vote.maybe, by: maker}\n"),
    ("unknown-name", "agreements:\n  a: {parties: [maker], signed: «supply.effective}\n"),
    ("unknown-name", "checks:\n  a: {never: happened(closing), plans: [«another]}\n"),
    ("unknown-name", "rights:\n  a: {holder: maker, bearer: buyer, kind: vote, over: «supply.cost}\n"),
    ("unknown-name", "rights:\n  a: {holder: maker, bearer: buyer, kind: vote, event: «votes}\n"),
    ("unknown-name", "correlations: [{of: [fee, «end_day], rank: 1}]\n"),
    ("unknown-name", "bodies:\n  buyer: {decides: {direct: «board}}\n"),
    ("unknown-name", "positions:\n  a: {by: [maker], for: «merger}\n"),
    ("unknown-name", "offers:\n  a: {by: maker, for: buyer, amount: «price}\n"),
    ("unknown-name", "plans:\n  a: {base: «others, changes: []}\n"),
    (
        "unknown-name",
        "agreements:\n  a: {parties: [maker], terms: {b: {pays: {from: buyer, to: maker}, amount: fee, exceptions: {c: {when: happened(closing), amount: 0, over: «d}}}}}\n",
    ),
    (
        "unknown-name",
        "rights:\n  a: {holder: maker, bearer: buyer, kind: vote, exceptions: {c: {when: happened(closing), limited: d, over: «c}}}\n",
    ),
    ("unknown-source", "facts:\n  a: {value: 1, cite: {«artcle: b}}\n"),
    ("unknown-source", "facts:\n  a: {value: 1, cite: {source: «press, quote: b}}\n"),
    ("needs-one-person", "rights:\n  a: {holder: «both, bearer: buyer, kind: vote}\n"),
    ("needs-one-person", "events:\n  a: {by: [maker, «both], date: 2025-01-01}\n"),
    ("stub", "facts:\n  «todo_1: {value: 1 bn USD, term: TODO}\n"),
    ("quote-twice", "facts:\n  a: {value: 1, cite: [{article: words}, {source: article, quote: «words}]}\n"),
    ("stub", "facts:\n  «todo_1: {says: TODO, valid: 2025, term: TODO}\n"),
    ("unknown-name", "sources:\n  memo: {file: memo.txt, language: en, supersedes: «artcle}\n"),
    (
        "unknown-name",
        "agreements:\n  a: {parties: [maker], terms: {b: {pays: {from: buyer, to: {readings: {one: maker, two: «makr}, use: one}}, amount: fee}}}\n",
    ),
    (
        "needs-one-person",
        "rights:\n  a: {holder: {readings: {one: maker, two: «both}, use: one}, bearer: buyer, kind: vote}\n",
    ),
    (
        "unknown-reading",
        "rights:\n  a: {holder: {readings: {one: maker, two: buyer}, use: «tow}, bearer: buyer, kind: vote}\n",
    ),
    (
        "needs-one-person",
        "agreements:\n  a: {parties: [both], terms: {b: {pays: {from: buyer, to: «both}, amount: fee}}}\n",
    ),
    ("needs-one-person", "waterfalls:\n  w: {of: maker, pot: 1, tiers: [{name: a, share: {«both: 100 %}}]}\n"),
    ("alias-twice", "parties:\n  a: {aliases: [one, two]}\n  b: {name: {en: «two}}\n"),
    ("party-cycle", "parties:\n  «a: {part_of: a}\n"),
    ("distribution-parameters", 'assumptions:\n  a: {value: "«normal(1)", why: b}\n'),
    ("distribution-parameters", 'assumptions:\n  a: {value: "«normal(mean = 1, dev = 2)", why: b}\n'),
    ("distribution-parameters", 'assumptions:\n  a: {value: "«lognormal(1, 2)", why: b}\n'),
    ("distribution-parameters", 'assumptions:\n  a: {value: "«uniform(1, 2, min = 1)", why: b}\n'),
    ("distribution-inside", 'assumptions:\n  a: {value: "2 * «normal(1, 2)", why: b}\n'),
    ("distribution-inside", 'assumptions:\n  a: {readings: {b: 1, c: "«normal(1, 2)"}, use: b, why: b}\n'),
    ("rest-twice", "events:\n  a: {by: maker, outcomes: {b: rest, c: «rest}}\n"),
    ("rest-twice", "assumptions:\n  a: {one_of: {1: rest, 2: «rest}, why: b}\n"),
    ("between-days", 'assumptions:\n  a: {value: "«between(2030-01-01, 2029-01-01)", why: b}\n'),
    ("between-days", 'events:\n  a: {date: "«between(fee, 2029-01-01)"}\n'),
    ("event-without-trigger", "events:\n  «a: {rank: 1}\n"),
    ("imprecise-future", "events:\n  a: {date: «2025-09}\n"),
    ("imprecise-future", "events:\n  a: {date: «2024/..}\n"),
    ("imprecise-future", "events:\n  a: {date: «2025-09-12/2025-09-13}\n"),
    ("imprecise-future", "agreements:\n  a: {parties: [maker], ended: «2030}\n"),
    ("between-in-past", 'events:\n  a: {date: "«between(2025-01-01, 2026-01-01)"}\n'),
    ("effect-unknown", "events:\n  a: {when: happened(closing), effects: {«b: {issue: shares}}}\n"),
    ("path-unknown", "plans:\n  p: {changes: [{path: events.«closed.when, value: never}]}\n"),
    ("path-unknown", "plans:\n  p: {changes: [{path: «event.closing.when, value: never}]}\n"),
    ("path-unknown", "plans:\n  p: {changes: [{path: waterfalls.profit_split.tiers.«second, remove: true}]}\n"),
    ("path-unknown", "plans:\n  p: {changes: [{path: facts.end_day.value.«day, value: 1}]}\n"),
    ("path-unknown", "plans:\n  p: {changes: [{path: facts.«none.cite.b, add: 1}]}\n"),
    ("path-exists", "plans:\n  p: {changes: [{path: events.«closing, add: {when: never}}]}\n"),
    ("path-too-long", "plans:\n  p: {changes: [{path: «a" + ".a" * 40 + ", value: 1}]}\n"),
    ("was-differs", "plans:\n  p: {changes: [{path: discount, value: 8 %, was: «9 %}]}\n"),
    ("remove-not-true", "plans:\n  p: {changes: [{path: discount, remove: «false}]}\n"),
    ("plan-fixed", "plans:\n  p: {changes: [{path: «today, value: 2026-01-01}]}\n"),
    ("plan-cycle", "plans:\n  p: {base: «q}\n  q: {base: p}\n"),
]

# mistakes in the YAML that leave something behind which is wrong in its turn
WITH_MORE = [
    ("alias", "facts:\n  a:\n    value: 1\n    about: «*b\n"),
    ("key-not-text", "facts:\n  a:\n    value: 1 USD\n    ? «[b]\n    : c\n"),
]

# code, what replaces what in the sound file
CHANGED = [
    ("section-missing", "currency: USD\n", "", "1:1"),
    ("section-missing", "case: sample\n", "", "1:1"),
    ("field-missing", "until: 2036-01-01, ", "", "5:1"),
    ("unknown-currency", "USD\ntoday", "usd\ntoday", "3:11"),
    ("until-before-today", "2036-01-01", "2025-09-12", "5:19"),
    ("not-a-day", "today: 2025-09-12", "today: 2025-09", "4:8"),
    ("not-one-of", "step: quarter", "step: day", "5:37"),
]

FROM_FILES = {"case-not-found", "case-empty", "case-missing", "several-cases", "file-unreadable", "too-many-files"}
FROM_FILES |= {"file-too-large", "not-utf8"}


@pytest.mark.parametrize(("code", "marked"), MISTAKES)
def test_a_mistake_has_its_code_and_place(code: str, marked: str) -> None:
    text, place = place_of_mark(marked)
    loaded = load_beside(text)
    assert found(loaded) == [(code, place)]
    assert_words(loaded)


@pytest.mark.parametrize(("code", "marked"), WITH_MORE)
def test_a_mistake_that_brings_others_is_among_them(code: str, marked: str) -> None:
    text, place = place_of_mark(marked)
    loaded = load_beside(text)
    assert (code, place) in found(loaded)
    assert_words(loaded)


@pytest.mark.parametrize(("code", "old", "new", "place"), CHANGED)
def test_what_is_said_once_is_checked(code: str, old: str, new: str, place: str) -> None:
    assert old in SOUND
    loaded = load_texts([("a.yaml", SOUND.replace(old, new, 1))])
    assert found(loaded) == [(code, f"a.yaml:{place}")]
    assert loaded.cases == ()
    assert_words(loaded)


def test_a_file_of_many_parts() -> None:
    loaded = load_beside("facts:\n  a: [" + "1," * 100_001 + "]\n")
    assert [d.code for d in loaded.diagnostics] == ["too-many-nodes"]
    assert_words(loaded)


def test_every_code_has_words_and_a_test() -> None:
    tried = (
        {code for code, _ in MISTAKES + WITH_MORE} | {code for code, *_ in CHANGED} | FROM_FILES | {"too-many-nodes"}
    )
    assert set(WORDS["en"]["diagnostics"]) == tried
    for table in ("diagnostics", "ways_out", "labels"):
        assert set(WORDS["en"][table]) == set(WORDS["zh-Hant"][table]), table
    assert set(WORDS["en"]["ways_out"]) == tried


def test_words_cover_every_code_in_the_source() -> None:
    emitted = set()
    for package in ("load", "syntax", "expr"):
        for path in (SOURCE / package).glob("*.py"):
            if path.name != "evidence.py":
                text = path.read_text("utf-8")
                emitted.update(re.findall(r'\b(?:error|warning|note|wrong)\(\s*"([a-z0-9-]+)"', text))
                emitted.update(
                    re.findall(r'code = "([a-z-]+)"', text),
                    re.findall(r'code = "[a-z-]+" if [^\n]+ else "([a-z-]+)"', text),
                )
    assert emitted == set(WORDS["en"]["diagnostics"])


def test_all_mistakes_are_found_in_one_go() -> None:
    bad = "facts:\n  A: {value: 1 UDS, bound: at_lest}\nevents:\n  b: {after: closng, by: maker}\nchecks:\n  c: {}\n"
    codes = {d.code for d in load_beside(bad).diagnostics}
    assert codes == {"bad-name", "unknown-unit", "not-one-of", "unknown-name", "one-needed"}


def test_a_file_that_cannot_be_read_hides_no_mistake_and_invents_none() -> None:
    loaded = load_texts(
        [
            ("a.yaml", SOUND.replace("parties:\n", "parties:\n  - {")),
            ("b.yaml", "facts:\n  a: {value: 1, about: [maker], bound: at_lest}\n"),
        ]
    )
    assert [d.code for d in loaded.diagnostics] == ["yaml-syntax", "not-one-of"]
    assert loaded.cases == ()


def test_a_bad_date_hides_no_wrong_name_in_a_formula() -> None:
    """Nothing can be compiled then; names are looked up all the same, also in the record of the bad date."""
    bad = (
        "measures:\n  rent: {rate: incme * growth, of: maker}\n  level: {stock: 'cum(supply.price.paid, 0 USD) + rents'}\n"
        "agreements:\n  hire:\n    parties: [maker, buyer]\n    terms:\n"
        "      wage: {pays: {from: maker, to: buyer}, amount: fee * shre, until: 2030-13-01}\n"
        "facts:\n  day: {value: 1, valid: soon}\n"
        "checks:\n  c: {always: 'controls(maker, buyer) and happened(closing) and vote.yes_vote'}\n"
        "  d: {value: profit_split.buyer + profit_split.undistributed + t * 1 USD}\n"
    )
    loaded = load_beside(bad)
    assert {(d.code, d.fill("name") or d.fill("found")) for d in loaded.diagnostics} == {
        ("unknown-name", "incme"),
        ("unknown-name", "rents"),
        ("unknown-name", "shre"),
        ("not-a-moment", "2030-13-01"),
        ("not-a-date", "soon"),
    }
    assert {d.paste for d in loaded.diagnostics if d.code == "unknown-name"} == {"income", "rent", ""}
    assert_words(loaded)


def test_what_nothing_is_wrong_with_is_kept_as_a_part() -> None:
    """Without the record of the mistake, the term of another, and what names one of them."""
    loaded = load_beside(
        "facts:\n  day: {value: 1, valid: soon}\n  twice: {value: 2 * day, cite: {article: so}}\n"
        "agreements:\n  hire:\n    parties: [maker, buyer]\n    terms:\n"
        "      wage: {pays: {from: maker, to: nobody}, amount: fee}\n      gift: {pays: {from: maker, to: buyer}, amount: fee}\n"
        "measures:\n  got: {stock: 'cum(hire.wage.paid, 0 USD)'}\n  given: {stock: 'cum(hire.gift.paid, 0 USD)'}\n"
    )
    assert loaded.cases == () and loaded.part is not None
    assert [f.head.name for f in loaded.part.facts] == ["end_day"]
    assert [t.head.name for a in loaded.part.agreements for t in a.terms] == ["hire.gift", "supply.price", "supply.use"]
    assert [m.head.name for m in loaded.part.measures] == ["given", "income"]


def test_where_what_is_wrong_stands_in_no_record_there_is_no_part() -> None:
    for old, new in (("today: 2025-09-12", "today: soon"), ("case: sample\n", "")):
        assert old in SOUND
        loaded = load_texts([("a.yaml", SOUND.replace(old, new, 1))])
        assert loaded.cases == () and loaded.part is None


def test_a_mistake_of_the_base_is_not_repeated_for_each_plan() -> None:
    bad = "facts:\n  a: {value: 1, about: [nobody]}\nplans:\n" + "".join(
        f"  p{i}: {{changes: [{{path: discount, value: {i} %}}]}}\n" for i in range(5)
    )
    assert [d.code for d in load_beside(bad).diagnostics] == ["unknown-name"]


def test_a_mistake_only_a_plan_brings_about_names_the_plan() -> None:
    loaded = load_beside(
        "plans:\n  p: {changes: [{path: events.closing, remove: true}]}\nchecks:\n  c: {value: fee, at: closing}\n"
    )
    assert [(d.code, d.fill("name"), d.labels[0].key, d.labels[0].span.place()) for d in loaded.diagnostics] == [
        ("unknown-name", "closing", "under-plan", "bad.yaml:2:3")
    ] * 2
    assert [place(d) for d in loaded.diagnostics] == [
        f"a.yaml:32:{_column(SOUND, 32)}",
        "bad.yaml:4:23",
    ]  # a formula, a field
    assert [c.plan for c in loaded.cases] == ["base", "other"]


def _column(text: str, line: int) -> int:
    return text.splitlines()[line - 1].index("closing") + 1


def test_a_name_close_by_is_offered_to_paste() -> None:
    pastes = {
        "facts:\n  a: {value: 1, about: [byer]}\n": "buyer",
        "facts:\n  a: {value: 1, bond: at_least}\n": "bound",
        "factz: {}\n": "facts",
        "plans:\n  p: {changes: [{path: events.closng.when, value: never}]}\n": "events.closing.when",
        "parties:\n  a: {open: yes}\n": "true",
        "facts:\n  BigDeal: {value: 1}\n": "big_deal",
        "facts:\n  a: {value: 1, cite: {artcle: b}}\n": "article",
    }
    for text, paste in pastes.items():
        assert [d.paste for d in load_beside(text).diagnostics] == [paste], text


def test_thousands_of_wrong_names_do_not_take_long() -> None:
    facts = "".join(f"  f{i}: {{value: 1, about: [nobody_{i}]}}\n" for i in range(2000))
    parties = "".join(f"  party_{i}: {{}}\n" for i in range(2000))
    loaded = load_beside(f"facts:\n{facts}parties:\n{parties}")
    assert len(loaded.diagnostics) == 2000


def test_every_kind_of_reference_can_be_looked_up() -> None:
    assert set(KINDS) == set(names.LOOK_UP)
    used = {
        kind
        for path in (SOURCE / "load").glob("*.py")
        for kind in re.findall(r'refers?\((?:[^()"]*"[a-z_]+", )?"([a-z]+)"', path.read_text("utf-8"))
    }
    assert used <= set(KINDS)


def assert_words(loaded: Loaded) -> None:
    for diagnostic in loaded.diagnostics:
        for words in WORDS.values():
            filled(words, diagnostic)


def filled(words: dict[str, dict[str, str]], diagnostic: Diagnostic) -> None:
    """Fails when a blank of a sentence has no fill."""
    fills = dict(diagnostic.fills)
    assert words["diagnostics"][diagnostic.code].format_map(fills)
    assert words["ways_out"][diagnostic.code].format_map(fills)
    assert all(label.key in words["labels"] for label in diagnostic.labels)
