"""Every record that cites is found, and its digest changes with what it says only."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from syngraph.base.dates import parse_edtf
from syngraph.base.quantities import Quantity
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.base.units import Unit, parse_unit
from syngraph.evidence.lock import record_digest
from syngraph.expr.nodes import Number
from syngraph.model.agreements import Active, Agreement, Exemption, Payment, Right
from syngraph.model.assumptions import Assumption, Certain
from syngraph.model.case import Case, Horizon
from syngraph.model.checks import Check, Proven
from syngraph.model.citations import canonical, citations, records
from syngraph.model.events import Become, Event, Never
from syngraph.model.facts import Dating, Period, Series, Statement, Value
from syngraph.model.measures import Dependence, Measure
from syngraph.model.parties import Body, Party
from syngraph.model.plans import Plan
from syngraph.model.records import Citation, Head, single
from syngraph.model.sources import Source
from syngraph.model.stances import Dispute, Offer, Position
from syngraph.model.waterfalls import Next, Tier, Waterfall

SPAN = Span("case.yaml", 0, 1, 1, 1)
TITLE = LocalText((("en", "a title"),))


def head(name, section="facts", span=SPAN):
    return Head(name, section, span, (Citation("article", f"the quote of {name}", span),))


def number(text="13", span=SPAN):
    unit = parse_unit("USD")
    assert isinstance(unit, Unit)
    return Number(Quantity(Decimal(text), unit, text), span)


def value(name="fact", text="13", span=SPAN):
    return Value(head(name, span=span), single(number(text, span), span), "exact", Dating(parse_edtf("2019/..")))


def whole_case():
    exemption = Exemption(head("agreement.right.exception"), single(number(), SPAN))
    payment = Payment(head("agreement.payment"), "a", "b", None, Active())
    right = Right(head("agreement.right"), "a", "b", "vote", Active(), exceptions=(exemption,))
    period = Period(parse_edtf("2024"), number(), head("series.2024"))
    tier = Tier(head("waterfall.tier"), (("a", number()),), single((), SPAN), Next())
    return Case(
        "case",
        TITLE,
        "USD",
        date(2025, 9, 12),
        Horizon(date(2036, 1, 1)),
        None,
        sources=(Source(head("source"), "a.txt", "en"),),
        parties=(Party(head("party"), TITLE),),
        bodies=(Body(head("body"), "party"),),
        facts=(
            value(),
            Statement(head("statement"), TITLE, "exact", Dating()),
            Series(head("series"), (period,), "exact", Dating()),
        ),
        assumptions=(Assumption(head("assumption"), Certain(single(number(), SPAN))),),
        rights=(Right(head("right"), "a", "b", "vote", Active()),),
        events=(Event(head("event"), Never(), effects=(Become(head("event.form"), "a", "llc"),)),),
        agreements=(Agreement(head("agreement"), ("a", "b"), (), None, (payment, right)),),
        measures=(Measure(head("measure"), "rate", single(number(), SPAN)),),
        dependences=(Dependence(head("dependence"), "a", "b", single(number(), SPAN)),),
        waterfalls=(Waterfall(head("waterfall"), "a", single(number(), SPAN), Active(), (), (tier,)),),
        positions=(Position(head("position"), ("a",), "for", "event"),),
        disputes=(Dispute(head("dispute"), (("a",), ("b",)), ()),),
        offers=(Offer(head("offer"), "a", "b", "fact"),),
        checks=(Check(head("check"), Proven("never", (number(),))),),
        plans=(Plan(head("plan"), TITLE, changed=(("facts.fact.value", SPAN),)),),
    )


def test_every_record_that_cites_is_found_once():
    found = [cited.head.name for cited in citations(whole_case())]
    assert (
        found
        == (
            "source party body fact statement series series.2024 assumption right event event.form agreement "
            "agreement.payment agreement.right agreement.right.exception measure dependence waterfall waterfall.tier "
            "position dispute offer check plan"
        ).split()
    )
    assert all(c.citation.quote == f"the quote of {c.head.name}" for c in citations(whole_case()))


def test_no_record_without_a_quote_and_all_quotes_of_a_record():
    one = value()
    many = replace(one, head=replace(one.head, cites=one.head.cites * 2))
    none = replace(one, head=replace(one.head, cites=()))
    case = replace(whole_case(), facts=(many, none))
    assert sum(c.head.name == "fact" for c in citations(case)) == 2
    assert sum(h.name == "fact" for h, _ in records(case)) == 2


def test_place_and_quotes_do_not_change_what_a_record_says():
    elsewhere = Span("facts.yaml", 100, 110, 7, 3)
    moved = value(span=elsewhere)
    assert canonical(moved) == canonical(value())
    assert canonical(replace(moved, head=replace(moved.head, cites=()))) == canonical(value())
    plan = whole_case().plans[0]
    assert canonical(replace(plan, changed=(("facts.fact.value", elsewhere),))) == canonical(plan)


@pytest.mark.parametrize(
    "other",
    [
        value(text="31"),
        value(name="fact_two"),
        replace(value(), bound="more_than"),
        replace(value(), about=("a",)),
        replace(value(), dating=Dating(parse_edtf("2020/.."))),
        replace(value(), head=replace(value().head, whys=(("", "a reason"),))),
    ],
)
def test_anything_said_otherwise_changes_the_digest(other):
    assert record_digest(canonical(other)) != record_digest(canonical(value()))


def test_a_part_that_cites_for_itself_does_not_change_the_whole():
    agreement = whole_case().agreements[0]
    payment, right = agreement.terms
    other = replace(agreement, terms=(replace(payment, payee="c"), right))
    assert canonical(other) == canonical(agreement)
    assert canonical(other.terms[0]) != canonical(payment)
    assert canonical(replace(agreement, terms=(payment,))) != canonical(agreement)
