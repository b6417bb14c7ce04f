"""What is called quoted: only what a quote of the record says, number by number; who does what is as its author read it."""

import pytest

from syngraph.analyses.evidence import Evidence, statuses, verify_case
from syngraph.analyses.study import Tag
from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.evidence.lock import Lock, lock_text, parse_lock
from syngraph.explain.tags import record_tag
from syngraph.load.case import load_texts
from syngraph.model.case import Case
from syngraph.model.citations import records

HEAD = """\
case: provenance
title: Provenance
currency: USD
today: 2025-09-12
simulate: {until: 2031-01-01, step: year}
sources:
  zh: {file: zh.txt, language: zh-Hant, region: TW, published: 2025-09-12}
  en: {file: en.txt, language: en, region: US, published: 2025-09-12}
parties:
  lab: {name: {en: Helmore, zh-Hant: 赫摩}, form: corporation}
  cloud: {name: {en: Aubert, zh-Hant: 奧貝}, form: corporation}
assumptions: {sales: {value: 5 bn USD/year, why: ours}}
"""
ZH = (
    "利潤的時刻終將來到。雙方簽署了不具約束力的諒解備忘錄。奧貝投資不超過130億美元。能夠產生至少1,000億美元利潤的時刻。"
)
EN = (
    "Aubert pays Helmore a royalty of 12% for twelve years from launch. Helmore shall keep at least 40 representatives. "
    "It grants a non-exclusive license. Aubert has not paid $13 billion. Growth was -37%. "
    "The fee is $5 billion per year. Aubert may terminate, if profit falls below $2 billion."
)


def cases(body: str) -> tuple[Case, ...]:
    loaded = load_texts([("case.yaml", HEAD + body)])
    assert loaded.diagnostics == (), loaded.diagnostics
    return loaded.cases


def seen(
    body: str, lock: Lock | None = None, *, plan: str = "base"
) -> tuple[dict[str, Tag], list[Diagnostic], Evidence]:
    """The tag of each record with quotes, and what is found; with a lock the texts are not there."""
    every = cases(body)
    evidence = verify_case(every, {} if lock else {"zh": ZH, "en": EN}, **({"lock": lock} if lock else {}))  # type: ignore[arg-type]
    known = statuses(evidence)
    case = next(c for c in every if c.plan == plan)
    tags = {h.name: record_tag(r, h, known, evidence.agreed) for h, r in records(case) if h.cites}
    return tags, [d for d in evidence.diagnostics if d.code != "no-reason"], evidence


FALSE = [  # a false or unsupported field, the code of its finding, and whether it is an error
    ("facts: {claim: {value: 900 bn USD, cite: {zh: 利潤的時刻終將}}}", "not-in-quote", False),
    (
        "facts: {claim: {value: 100 bn USD, bound: exact, cite: {zh: '能夠產生至少1,000億美元利潤'}}}",
        "bound-mismatch",
        True,
    ),
    (
        "facts: {claim: {value: 100 bn USD/year, bound: at_least, cite: {zh: '能夠產生至少1,000億美元利潤'}}}",
        "unit-mismatch",
        True,
    ),
    ("facts: {claim: {value: 13 bn USD, cite: {zh: 130億美元}}}", "bound-mismatch", True),
    ("facts: {claim: {value: 13 bn USD, bound: more_than, cite: {zh: 超過130億美元}}}", "quote-cuts-negation", True),
    ("facts: {claim: {says: Binding, cite: {zh: 具約束力的諒解備忘錄}}}", "quote-cuts-negation", True),
    ("facts: {claim: {says: Exclusive, cite: {en: exclusive license}}}", "quote-cuts-negation", True),
    ("facts: {claim: {value: 13 bn USD, cite: {en: paid $13 billion}}}", "quote-cuts-negation", True),
    ("facts: {claim: {value: 37 %, cite: {en: Growth was -37%}}}", "unparsed-mention", False),
    ("facts: {claim: {value: 5 bn USD, cite: {en: The fee is $5 billion per year}}}", "unit-mismatch", True),
    (
        "facts: {claim: {value: 2 bn USD, bound: less_than, cite: {en: 'profit falls below $2 billion'}}}",
        "quote-under-denial",
        False,
    ),
    (
        "events: {claim: {when: 'happened(y)', cite: {en: a royalty of 12%}}, y: {date: 2027-01-01, cite: {en: a royalty of 12%}}}",
        "not-in-quote",
        False,
    ),
    ("measures: {claim: {rate: 45 % * sales, cite: {en: a royalty of 12%}}}", "value-mismatch", True),
    ("measures: {claim: {rate: -12 % * sales, cite: {en: a royalty of 12%}}}", "value-mismatch", True),
    ("measures: {claim: {rate: 12 % * sales + 3 bn USD/year, cite: {en: a royalty of 12%}}}", "not-in-quote", False),
]


@pytest.mark.parametrize(("body", "code", "is_error"), FALSE)
def test_a_false_value_is_never_quoted(body: str, code: str, is_error: bool) -> None:
    tags, found, _ = seen(body)
    assert code in [d.code for d in found]
    assert all((d.severity is Severity.ERROR) is is_error for d in found if d.code == code)
    assert not {tags["claim"]} & {Tag.QUOTED, Tag.SNAPSHOT, Tag.READ} or body.startswith("events")


TERM = "agreements: {{deal: {{parties: [lab, cloud], terms: {{claim: {{pays: {{from: {}, to: {}}}, amount: {}, cite: {{en: Aubert pays Helmore a royalty of 12%}}}}}}}}}}"


@pytest.mark.parametrize(
    ("amount", "tag", "codes"), [("12 % * sales", Tag.READ, []), ("45 % * sales", Tag.ASSUMED, ["value-mismatch"])]
)
def test_a_number_of_a_formula_is_held_to_the_quote(amount: str, tag: Tag, codes: list[str]) -> None:
    tags, found, _ = seen(TERM.format("cloud", "lab", amount))
    assert (tags["deal.claim"], [d.code for d in found]) == (tag, codes)


def test_who_pays_is_as_its_author_read_it() -> None:
    """Nothing compares payer and payee: a term is never plainly quoted, whichever way round."""
    for payer, payee in (("cloud", "lab"), ("lab", "cloud")):
        tags, found, _ = seen(TERM.format(payer, payee, "12 % * sales"))
        assert (tags["deal.claim"], found) == (Tag.READ, [])


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        ("facts: {claim: {value: 100 bn USD, bound: at_least, cite: {zh: '能夠產生至少1,000億美元利潤'}}}", Tag.QUOTED),
        ("facts: {claim: {value: 13 bn USD, bound: up_to, cite: {zh: 130億美元}}}", Tag.QUOTED),  # read in its context
        ("facts: {claim: {says: No binding paper, cite: {zh: 不具約束力的諒解備忘錄}}}", Tag.READ),
        ("facts: {claim: {value: 900 bn USD, cite: {zh: 利潤的時刻終將}, why: our guess}}", Tag.ASSUMED),
        (
            "facts: {claim: {value: 2 bn USD, bound: less_than, status: alleged, cite: {en: 'profit falls below $2 billion'}}}",
            Tag.QUOTED,
        ),
    ],
)
def test_what_a_quote_says_is_quoted(body: str, tag: Tag) -> None:
    tags, found, evidence = seen(body)
    assert (tags["claim"], found) == (tag, [])
    again, found, _ = seen(body, evidence.renewed)
    assert (again["claim"], found) == (Tag.SNAPSHOT if tag is Tag.QUOTED else tag, [])


@pytest.mark.parametrize(("body", "code", "is_error"), [f for f in FALSE if not f[2] or f[1].endswith("mismatch")])
def test_the_verdict_is_the_same_without_the_text(body: str, code: str, is_error: bool) -> None:
    """A number is read in its context, which the lock keeps; so is a denial."""
    _, present, evidence = seen(body)
    kept, _ = parse_lock(lock_text(evidence.renewed), "syngraph.lock")
    tags, absent, _ = seen(body, kept)
    assert [(d.code, d.severity, d.span) for d in absent] == [(d.code, d.severity, d.span) for d in present]
    assert tags["claim"] is not Tag.SNAPSHOT


def test_a_lock_of_the_older_format_is_read_and_said() -> None:
    body = "facts: {claim: {value: 100 bn USD, bound: at_least, cite: {zh: '能夠產生至少1,000億美元利潤'}}}"
    _, _, evidence = seen(body)
    older = lock_text(evidence.renewed).replace('"format_version": 2', '"format_version": 1')
    kept, found = parse_lock(older, "syngraph.lock")
    assert [(d.code, d.severity) for d in found] == [("lock-older", Severity.WARNING)] and kept.older
    tags, _, _ = seen(body, kept)
    assert tags["claim"] is Tag.SNAPSHOT


def test_what_a_plan_changes_without_quoting_anew_is_assumed() -> None:
    body = (
        "facts: {claim: {value: 100 bn USD, bound: at_least, cite: {zh: '能夠產生至少1,000億美元利潤'}}}\n"
        "plans: {more: {title: More, changes: [{path: facts.claim.value, value: 900 bn USD}]}}"
    )
    assert seen(body)[0]["claim"] is Tag.QUOTED
    assert seen(body, plan="more")[0]["claim"] is Tag.ASSUMED
