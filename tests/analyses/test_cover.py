"""What became of every mention of a source: modelled, ignored, quoted or open."""

from syngraph.analyses.cover import Coverage, State, Topic, cover
from syngraph.analyses.evidence import verify_case
from syngraph.load.case import load_texts

TEXT = """\
On 3 May 2025 Acme paid more than $13 billion to Beta Labs. The fee is 20% until 2030; a bonus of $5 million is open.
Gamma Corp held 7% and watched. Some say trillions, or 數億 of them. It took five years. Acme paid again: 20%.
"""
CASE = """\
case: sample
title: A sample
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: year}
sources:
  article:
    file: sources/article.txt
    language: en
    region: US
    ignore:
      - {quote: Gamma Corp held 7% and watched, why: takes no part}
parties:
  acme: {form: corporation, name: Acme}
  beta: {form: corporation, name: Beta Labs}
facts:
  paid: {value: 13 bn USD, bound: more_than, about: [acme, beta], cite: {article: Acme paid more than $13 billion to Beta Labs}}
  fee: {value: 20 %, cite: {article: "The fee is 20% until 2030; a bonus of $5 million"}}
"""


def covered(case: str = CASE) -> Coverage:
    loaded = load_texts([("case.yaml", case)])
    assert loaded.cases, loaded.diagnostics
    evidence = verify_case(loaded.cases, {"article": TEXT})
    assert not [d for d in evidence.diagnostics if d.code != "not-in-quote"], evidence.diagnostics
    (coverage,) = cover(loaded.cases, evidence)
    return coverage


def states(coverage: Coverage, topic: Topic) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(s.words, s.state.value, s.records) for s in coverage.seen if s.topic is topic]


def test_what_became_of_each_quantity() -> None:
    assert states(covered(), Topic.QUANTITY) == [
        ("$13 billion", "modelled", ("paid.value",)),
        ("20%", "modelled", ("fee.value",)),
        ("$5 million", "quoted", ("fee",)),
        ("7%", "ignored", ()),
        ("數億", "open", ()),
        ("20%", "open", ()),
    ]


def test_dates_and_names() -> None:
    coverage = covered()
    assert states(coverage, Topic.DATE) == [("3 May 2025", "open", ()), ("2030", "quoted", ("fee",))]
    assert states(coverage, Topic.PARTY) == [
        ("Acme", "modelled", ("acme",)),
        ("Beta Labs", "modelled", ("beta",)),
        ("Gamma Corp", "ignored", ()),
        ("Some", "open", ()),
        ("Acme", "modelled", ("acme",)),
    ]
    assert [s.words for s in coverage.apart] == ["five years"]
    assert [s.why for s in coverage.seen if s.state is State.IGNORED] == ["takes no part"] * 2


def test_a_duration_counts_once_a_field_states_it() -> None:
    coverage = covered(CASE + "  build: {value: 5 years, cite: {article: It took five years}}\n")
    assert ("five years", "modelled", ("build.value",)) in states(coverage, Topic.QUANTITY)
    assert coverage.apart == ()


def test_counts_and_places_are_those_of_the_text() -> None:
    coverage = covered()
    assert sum(coverage.count(t, s) for t in Topic for s in State) == len(coverage.seen)
    assert len(coverage.open) == 4
    assert all(TEXT[s.place.start : s.place.end] == s.words for s in coverage.seen)
    assert all(TEXT.splitlines()[s.place.line - 1][s.place.column - 1 :].startswith(s.words) for s in coverage.seen)


def test_quoting_everything_models_nothing_more() -> None:
    """A field models one mention at most, however much is quoted with it."""
    whole = TEXT.splitlines()[0]
    quoted = CASE.replace("Acme paid more than $13 billion to Beta Labs}", f'"{whole}"}}')
    before, after = covered(), covered(quoted)
    assert after.count(Topic.QUANTITY, State.MODELLED) == before.count(Topic.QUANTITY, State.MODELLED) == 2
    assert after.count(Topic.DATE, State.MODELLED) == 0
    assert after.count(Topic.DATE, State.QUOTED) == 2


def test_a_stub_of_a_draft_models_nothing() -> None:
    stub = CASE.replace("fee: {value: 20 %,", "fee: {value: 20 %, term: TODO,")
    assert states(covered(stub), Topic.QUANTITY)[1] == ("20%", "quoted", ("fee",))


def test_without_the_text_nothing_is_said() -> None:
    cases = load_texts([("case.yaml", CASE)]).cases
    assert cover(cases, verify_case(cases, {})) == ()
