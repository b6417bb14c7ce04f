"""Looks up every name a record refers to, once all names are known."""

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.load.cites import FIELDS
from syngraph.load.guesses import Guesses
from syngraph.load.names import Names
from syngraph.load.notes import Reference

# kind of reference: where such names are defined, as the author writes it
KINDS = {
    "party": "parties",
    "person": "parties",
    "decider": "parties, bodies",
    "account": "parties, pot",
    "citation": "sources",
    "source": "sources",
    "event": "events",
    "happening": "events, events.outcomes, agreements",
    "moment": "events, events.outcomes, agreements, facts, assumptions",
    "value": "facts, assumptions",
    "assumption": "assumptions",
    "term": "agreements.terms, rights",
    "body": "bodies",
    "plan": "plans",
    "subject": "events, parties, agreements, terms, rights, plans, facts",
}
ONE_PERSON = frozenset({"person", "decider", "account"})


def look_up(reference: Reference, names: Names, *, guesses: Guesses) -> Diagnostic | None:
    """What is wrong with a reference, if anything."""
    known = names.of(reference.kind)
    if reference.name in known:
        return _one_person(reference, names) if reference.kind in ONE_PERSON else None
    if reference.kind == "citation":
        known = known | set(FIELDS)
    meant = guesses.nearest(reference.name, known, kind=reference.kind)
    code = "unknown-source" if reference.kind == "citation" else "unknown-name"
    expected = KINDS[reference.kind]
    return error(code, reference.span, paste=meant, name=reference.name, expected=expected, meant=meant)


def _one_person(reference: Reference, names: Names) -> Diagnostic | None:
    members = names.members.get(reference.name, ())
    if not members:
        return None
    listed = ", ".join(members)
    return error("needs-one-person", reference.span, paste=members[0], name=reference.name, members=listed)
