"""Plans change the tree before anything is read from it."""

from load_samples import SOUND, load_beside
from test_load_values import bare, expr, named

from syngraph.load.case import Loaded, load_texts
from syngraph.load.guesses import Guesses
from syngraph.load.notes import Notes
from syngraph.load.overlay import overlay
from syngraph.load.tree import merge
from syngraph.load.variants import variants
from syngraph.model.case import Case
from syngraph.model.events import Decision, Never
from syngraph.syntax.reader import read_yaml


def under(loaded: Loaded, plan: str) -> Case:
    assert loaded.diagnostics == ()
    return next(c for c in loaded.cases if c.plan == plan)


def plan(*changes: str, more: str = "") -> Loaded:
    return load_beside("plans:\n  p:\n    changes:\n" + "".join(f"      - {{{c}}}\n" for c in changes) + more)


def test_value_add_and_remove() -> None:
    case = under(
        plan(
            "path: assumptions.fee.value, value: 2 bn USD/year, was: 1 bn   USD/year",
            "path: rights.consent, add: {holder: buyer, bearer: maker, kind: consent}",
            "path: agreements.supply.terms.use, remove: true",
            "path: agreements.supply.terms.price.exceptions.late, add: {when: happened(closing), amount: 0 USD/year}",
            "path: facts.new_day, add: {value: 2031-01-01}",
            "path: facts.new_day.value, value: 2032-01-01",
            "path: events.vote.outcomes.yes_vote, value: 0 %",
            "path: discount, value: 5 %",
        ),
        "p",
    )
    assert bare(named(case.assumptions, "fee").draw.value.chosen) == expr("2 bn USD/year")
    assert [r.head.name for r in case.rights] == ["consent"]
    (supply,) = case.agreements
    assert [t.head.name for t in supply.terms] == ["supply.price"]
    assert [e.head.name for e in supply.terms[0].exceptions] == ["supply.price.late"]  # type: ignore[union-attr]
    assert bare(named(case.facts, "new_day").value.chosen) == expr("2032-01-01")
    trigger = named(case.events, "vote").trigger
    assert isinstance(trigger, Decision)
    assert bare(trigger.outcomes[1].probability) == expr("0 %")
    assert bare(case.discount) == expr("5 %")


def test_items_of_a_list_go_by_their_name() -> None:
    case = under(
        plan(
            "path: waterfalls.profit_split.tiers.first.until.buyer, value: 3 bn USD",
            "path: waterfalls.profit_split.tiers.last, remove: true",
            "path: waterfalls.profit_split.tiers.rest_of_it, add: {share: {buyer: 100 %}}",
        ),
        "p",
    )
    first, rest = case.waterfalls[0].tiers
    assert bare(first.until.chosen[0].amount) == expr("3 bn USD")  # type: ignore[union-attr]
    assert rest.head.name == "profit_split.rest_of_it"


def test_a_plan_may_choose_a_reading() -> None:
    facts = "facts:\n  day: {readings: {a: 2030-01-01, b: 2031-01-01}, use: a}\n"
    loaded = plan("path: facts.day.use, value: b", more=facts)
    assert [named(under(loaded, p).facts, "day").value.use for p in ("base", "p")] == ["a", "b"]


def test_a_plan_on_a_plan() -> None:
    more = "  q:\n    base: p\n    changes: [{path: discount, value: 6 %, was: 5 %}]\n"
    loaded = plan("path: discount, value: 5 %", more=more)
    assert [c.plan for c in loaded.cases] == ["base", "other", "p", "q"]
    assert [bare(under(loaded, p).discount) for p in ("base", "p", "q")] == [expr("10 %"), expr("5 %"), expr("6 %")]
    assert named(under(loaded, "q").facts, "end_day") is named(under(loaded, "base").facts, "end_day")


def test_a_long_chain_of_plans() -> None:
    plans = "".join(f"  p{i}: {{base: p{i + 1}, changes: [{{path: discount, value: {i} %}}]}}\n" for i in range(1100))
    sound = SOUND[: SOUND.index("bodies:")] + "plans:\n"
    loaded = load_texts([("a.yaml", sound + plans + "  p1100: {}\n")])
    assert loaded.diagnostics == ()
    assert len(loaded.cases) == 1101


def test_the_bare_case_has_the_name_of_a_plan_without_changes() -> None:
    assert [c.plan for c in load_beside("").cases] == ["base", "other"]
    loaded = load_beside(
        "plans:\n  standing: {title: As it stands}\n  again: {base: standing}\nchecks:\n  c: {never: closing, plans: [standing]}\n"
    )
    assert loaded.diagnostics == ()
    assert [c.plan for c in loaded.cases] == ["standing", "again", "other"]
    assert loaded.cases[0].events == loaded.cases[1].events


def test_the_plans_of_a_case_are_in_every_case() -> None:
    loaded = load_beside("")
    assert [[p.head.name for p in c.plans] for c in loaded.cases] == [["other"], ["other"]]
    assert isinstance(named(under(loaded, "other").events, "closing").trigger, Never)


def test_an_overlay_of_nothing_changes_nothing() -> None:
    root, _ = read_yaml(SOUND, "a.yaml")
    assert root is not None
    tree, _ = merge([root])
    same, wrong = overlay(tree, (), guesses=Guesses())
    assert same is tree
    assert wrong == ()


def test_what_a_plan_does_not_touch_stays_the_same_node() -> None:
    root, _ = read_yaml(SOUND, "a.yaml")
    assert root is not None
    tree, _ = merge([root])
    base, other = variants(tree, Notes(), guesses=Guesses())
    assert base.tree is tree
    assert other.tree.get("facts") is tree.get("facts")
    assert other.tree.get("events") is not tree.get("events")


def test_a_broken_plan_takes_its_own_case_and_those_above_it_away() -> None:
    loaded = plan("path: facts.none, remove: true", more="  q: {base: p, changes: [{path: discount, value: 1 %}]}\n")
    assert [d.code for d in loaded.diagnostics] == ["path-unknown"]
    assert [c.plan for c in loaded.cases] == ["base", "other"]


def test_changes_that_nest_ever_deeper_end() -> None:
    deep = "{a: " * 30 + "1" + "}" * 30
    path = "assumptions.fee.why"
    changes = [f"path: {path}, value: {deep}"]
    for _ in range(5):
        path += ".a" * 30
        changes.append(f"path: {path}, value: {deep}")
    loaded = plan(*changes)
    assert "path-too-long" in {d.code for d in loaded.diagnostics}


def test_spans_of_a_change_are_those_of_the_plan() -> None:
    loaded = plan("path: assumptions.fee.value, value: 1 UDS/year")
    assert [(d.code, d.span.place() if d.span else "") for d in loaded.diagnostics] == [
        ("unknown-unit", "bad.yaml:4:48")
    ]
