"""Each obligatory claim of the source article is carried by a record that quotes it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from syngraph.analyses.cover import State, Topic, cover
from syngraph.api.folders import open_folder
from syngraph.load.case import load_case
from syngraph.model.records import Head

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "openai-microsoft"
CLAIMS = ROOT.parent / "shared" / "cases" / "article_claims.yaml"
ARTICLE = ROOT.parent / "shared" / "sources" / "article.zh-Hant.txt"

pytestmark = pytest.mark.skipif(
    not (CLAIMS.exists() and ARTICLE.exists()), reason=f"the claims or the article are not there: {CLAIMS}, {ARTICLE}"
)

# claim: the record that carries it
CARRIED = {
    "S2": ("facts", "largest_investor"),
    "S3": ("events", "joint_statement"),
    "S4": ("agreements", "mou"),
    "S6": ("positions", "microsoft_blesses"),
    "S7": ("events", "definitive_agreement"),
    "S8": ("agreements.terms", "mou.safety"),
    "S9": ("events", "negotiated"),
    "S11": ("facts", "openai_value"),
    "S12": ("facts", "rivals"),
    "S13": ("checks", "demand_far_over_microsoft"),
    "S14": ("agreements", "mou"),
    "S15": ("rights", "microsoft_consent"),
    "S17": ("events", "founded"),
    "S18": ("facts", "founding_purpose"),
    "S19": ("events", "subsidiary_set_up"),
    "S20": ("facts", "outside_money"),
    "S23": ("events", "conversion"),
    "S24": ("events", "may_plan_announced"),
    "S25": ("events", "december_plan_dropped"),
    "S26": ("rights", "nonprofit_appoints"),
    "S27": ("facts", "nonprofit_holds_equity"),
    "S28": ("facts", "board_chair"),
    "S29": ("facts", "nonprofit_stake_worth"),
    "S31": ("events", "capital_raise"),
    "S32": ("checks", "nonprofit_rises_with_company"),
    "S33": ("rights", "california_consent"),
    "S34": ("events", "california_decision"),
    "S36": ("facts", "both_at_once"),
    "S37": ("facts", "microsoft_invested"),
    "S38": ("agreements.terms", "partnership.revenue_share"),
    "S39": ("agreements.terms", "partnership.ip_access"),
    "S40": ("agreements.terms", "partnership.cloud"),
    "S41": ("checks", "demand_over_azure"),
    "S42": ("events", "diversified"),
    "S43": ("facts", "stargate_size"),
    "S44": ("positions", "less_dependence"),
    "S45": ("facts", "azure_revenue"),
    "S46": ("facts", "openai_weighs_on_azure"),
    "S47": ("facts", "azure_hosts_rivals"),
    "S48": ("agreements.terms.exceptions", "partnership.ip_access.after_agi"),
    "S49": ("facts", "agi_profit"),
    "S51": ("facts", "mission"),
    "S53": ("positions", "many_object"),
    "S54": ("disputes", "musk_suit"),
    "S55": ("disputes", "musk_suit"),
    "S56": ("offers", "musk_bid"),
    "S57": ("events", "bid_rejected"),
    "S58": ("positions", "charities_object"),
    "S59": ("positions", "charities_object"),
    "S60": ("disputes", "subpoenaed_charities"),
    "S61": ("facts", "meta_chief"),
    "S62": ("events", "subpoenas"),
    "S63": ("disputes", "the_struggle"),
    "S67": ("events", "delaware_decision"),
    "S68": ("positions", "rivals_object"),
    "S69": ("agreements.terms", "mou.priority"),
    "S71": ("agreements.terms", "other_clouds.supply"),
}

# kind of claim: sections that can say such a thing
FITTING = {
    "agreement": {"agreements"},
    "agreement_status": {"agreements", "events"},
    "approval": {"events", "rights"},
    "approval_status": {"events", "rights"},
    "bid": {"offers"},
    "bid_outcome": {"events", "offers"},
    "commitment": {"agreements.terms"},
    "compute": {"agreements.terms", "checks", "events"},
    "compute_commitment": {"agreements", "facts"},
    "control": {"checks", "rights"},
    "dependency": {"events", "rights"},
    "dispute": {"disputes", "positions"},
    "dispute.allegation": {"disputes"},
    "dispute.counter_allegation": {"disputes"},
    "dispute.lawsuit": {"disputes"},
    "dispute.subject": {"disputes"},
    "dispute.subpoena": {"disputes", "events"},
    "duration": {"events"},
    "event": {"events"},
    "holding": {"facts"},
    "holding_rank": {"facts"},
    "investment": {"facts"},
    "mission": {"facts"},
    "office": {"facts"},
    "plan": {"agreements.terms", "events"},
    "position": {"positions"},
    "relation": {"facts"},
    "revenue": {"facts"},
    "stake_value": {"facts"},
    "structure": {"events"},
    "term": {"checks"},
    "term.agi_clause": {"agreements.terms.exceptions"},
    "term.exclusivity": {"agreements.terms"},
    "term.ip_licence": {"agreements.terms"},
    "term.revenue_share": {"agreements.terms"},
    "trigger_definition": {"facts"},
    "valuation": {"facts"},
}

# claims whose words hold a number or a date, and what it is
NUMBERS = {
    "S3": {"2025-09-11"},
    "S11": {"500000000000"},
    "S24": {"2025-05"},
    "S25": {"2024-12"},
    "S29": {"100000000000"},
    "S37": {"2019", "13000000000"},
    "S38": {"2030"},
    "S43": {"500000000000"},
    "S45": {"75000000000"},
    "S49": {"100000000000"},
    "S56": {"97000000000"},
}

SHORTEST = 6
MOST_CLAIMS_A_QUOTE = 2
MOST_QUOTED = 0.35


@dataclass(frozen=True)
class Claim:
    """A claim of the list."""

    id: str
    kind: str
    quote: str
    obligatory: bool


def claims() -> tuple[Claim, ...]:
    """All claims of the list."""
    listed = yaml.safe_load(CLAIMS.read_text(encoding="utf-8"))["claims"]
    return tuple(Claim(c["id"], c["kind"], c["quote"], c["cls"] in ("fact", "position")) for c in listed)


def heads(value: object) -> Iterator[Head]:
    """The heads of all records in a value."""
    if isinstance(value, Head):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from heads(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from heads(getattr(value, field.name))


def quotes() -> dict[tuple[str, str], set[str]]:
    """The quotes of every record in any plan, by section and name."""
    found: dict[tuple[str, str], set[str]] = {}
    for case in load_case(CASE).cases:
        for head in heads(case):
            found.setdefault((head.section, head.name), set()).update(c.quote for c in head.cites)
    return found


def numbers(text: str) -> set[str]:
    """The amounts (億 is 1e8) and dates in a text, dates as far as they go."""
    found = {str(int(n.replace(",", "")) * 10**8) for n in re.findall(r"\d[\d,]*(?=億)", text)}
    for year, month, day in re.findall(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", text):
        found.add("-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
    return found


def carrying(claim: Claim, known: dict[tuple[str, str], set[str]]) -> set[str]:
    """The quotes of the claim's record that lie inside the claim."""
    return {q for q in known.get(CARRIED[claim.id], ()) if q in claim.quote}


def faults(claim: Claim, known: dict[tuple[str, str], set[str]], article: str) -> list[str]:
    """What is wrong with how a claim is carried."""
    if CARRIED[claim.id] not in known:
        return [f"{claim.id}: no record {CARRIED[claim.id]}"]
    inside = carrying(claim, known)
    fitting = [q for q in inside if len(q) >= SHORTEST and article.count(q) == 1]
    wrong = []
    if CARRIED[claim.id][0] not in FITTING[claim.kind]:
        wrong.append(f"{claim.id}: {CARRIED[claim.id][0]} cannot carry a claim of kind {claim.kind}")
    if not fitting:
        wrong.append(f"{claim.id}: no quote within it that is long enough and occurs once: {sorted(inside)}")
    elif not any(numbers(claim.quote) <= numbers(q) for q in fitting):
        wrong.append(f"{claim.id}: {numbers(claim.quote)} not in one of {sorted(fitting)}")
    return wrong


def test_every_obligatory_claim_has_a_record() -> None:
    assert set(CARRIED) == {c.id for c in claims() if c.obligatory}
    assert len(CARRIED) == 57


def test_each_claim_is_carried_by_a_quote_inside_it() -> None:
    known, article = quotes(), ARTICLE.read_text(encoding="utf-8")
    assert [f for c in claims() if c.obligatory for f in faults(c, known, article)] == []


def test_the_numbers_looked_for_are_those_of_the_claims() -> None:
    assert {c.id: numbers(c.quote) for c in claims() if c.obligatory and numbers(c.quote)} == NUMBERS


def test_no_quote_serves_more_than_two_claims() -> None:
    known = quotes()
    served = Counter(q for c in claims() if c.obligatory for q in carrying(c, known))
    assert [q for q, n in served.items() if n > MOST_CLAIMS_A_QUOTE] == []


def test_every_quote_is_in_the_article() -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    assert sorted(q for found in quotes().values() for q in found if q not in article) == []


def test_less_than_35_percent_of_the_article_is_quoted() -> None:
    """Of words that are ignored wherever they stand (AI) one place counts: the case does not tell the others."""
    article = ARTICLE.read_text(encoding="utf-8")
    quoted = {
        i
        for (section, _), found in quotes().items()
        for q in found
        for m in list(re.finditer(re.escape(q), article))[: 1 if section == "sources.ignore" else None]
        for i in range(*m.span())
    }
    assert 0 < len(quoted) < MOST_QUOTED * len(article)


def test_the_revenue_share_and_its_end_cite_the_sentence_with_the_year() -> None:
    known, sentence = quotes(), "承諾在2030年前持續分享收入"
    assert sentence in known["agreements.terms", "partnership.revenue_share"]
    assert sentence in known["facts", "revenue_share_end"]


def test_no_quantity_or_date_of_the_article_is_left_open_and_every_party_is_known_or_ignored() -> None:
    opened = open_folder(CASE, elsewhere={"article": ARTICLE})
    (coverage,) = cover(opened.loaded.cases, opened.evidence)
    assert [
        s.words for s in coverage.seen if s.topic is not Topic.PARTY and s.state in (State.OPEN, State.QUOTED)
    ] == []
    assert sum(coverage.count(t, s) for t in (Topic.QUANTITY, Topic.DATE) for s in State) == 13
    gold = json.loads((ARTICLE.parents[1] / "cases" / "mentions_gold.json").read_text("utf-8"))["article"][0]["ents"]
    named = [(e["start"], e["end"]) for e in gold if e["kind"] == "party" and not e["optional"]]
    settled = [s.place for s in coverage.seen if s.state in (State.MODELLED, State.IGNORED)]
    settled += [q.place for q in coverage.quoted if q.ignored]
    assert len(named) == 81
    assert [n for n in named if not any(p.start <= n[0] and n[1] <= p.end for p in settled)] == []
