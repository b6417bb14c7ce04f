"""From one tree to one case: reads all sections, then looks up the names they refer to."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.load import (
    agreements,
    assumptions,
    checks,
    events,
    facts,
    measures,
    parties,
    plans,
    rights,
    sources,
    stances,
    values,
    waterfalls,
)
from syngraph.load.fields import Build, read_record
from syngraph.load.formulas import unknown_names
from syngraph.load.guesses import Guesses
from syngraph.load.horizon import NOTHING_SAID, opening
from syngraph.load.names import Names, check_namespace
from syngraph.load.notes import Notes
from syngraph.load.references import look_up
from syngraph.model.case import Case
from syngraph.model.parties import Body, Decides
from syngraph.syntax.nodes import Entry, Mapping, Node

T = TypeVar("T")

# errors that leave the meaning of everything else as it is: a case with them can still be shown and compiled
HARMLESS = frozenset({"unknown-section", "unknown-field", "unknown-why", "unknown-language", "effect-unknown", "stub"})


@dataclass(slots=True)
class Shelf:
    """Sections and records already read, by the identity of their nodes (kept, so that it stays theirs)."""

    today: date | None
    complete: bool
    plans: frozenset[str] = frozenset()
    guesses: Guesses = field(default_factory=Guesses)
    read: dict[tuple[str, int, int], tuple[Any, Notes, Entry | Node]] = field(default_factory=dict)


def build_case(
    tree: Mapping, plan: str, shelf: Shelf, *, alone: bool = False
) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """The case a tree describes under the name of a plan; None if a mistake leaves a part of it open.

    The names in formulas are looked up where nobody else will: in a case that cannot be built, or `alone`.
    """
    notes = Notes(shelf.today)
    case = _case(tree, plan, shelf, notes)
    parties.check_parties(tree, notes)
    check_namespace(tree, notes)
    if shelf.complete:
        names = Names(tree, shelf.plans)
        for reference in notes.references:
            if wrong := look_up(reference, names, guesses=shelf.guesses):
                notes.wrong(wrong)
        if alone or any(map(leaves_open, notes.found)):
            notes.found.extend(unknown_names(notes.formulas, names, guesses=shelf.guesses))
    else:
        notes.found = [d for d in notes.found if d.code != "section-missing"]
    return (None if any(map(leaves_open, notes.found)) else case), tuple(notes.found)


def leaves_open(diagnostic: Diagnostic) -> bool:
    """Whether a finding keeps a case from being built."""
    return diagnostic.severity is Severity.ERROR and diagnostic.code not in HARMLESS


def _case(tree: Mapping, plan: str, shelf: Shelf, notes: Notes) -> Case | None:
    def section(name: str, build: Build[T]) -> tuple[T, ...]:
        return _section(tree, name, build, shelf=shelf, notes=notes)

    said = opening(tree, notes) or NOTHING_SAID
    organs = [organ for found in section("bodies", parties.organs) for organ in found]
    case = Case(
        name=said.name,
        title=said.title,
        currency=said.currency,
        today=said.today,
        horizon=said.horizon,
        discount=said.discount,
        sources=section("sources", sources.source),
        parties=section("parties", parties.party),
        bodies=tuple(o for o in organs if isinstance(o, Body)),
        decides=tuple(o for o in organs if isinstance(o, Decides)),
        facts=section("facts", facts.fact),
        assumptions=section("assumptions", assumptions.assumption),
        correlations=assumptions.correlations(tree, notes),
        rights=section("rights", rights.right),
        events=section("events", events.event),
        agreements=section("agreements", agreements.agreement),
        measures=section("measures", measures.measure),
        dependences=section("dependences", measures.dependence),
        waterfalls=section("waterfalls", waterfalls.waterfall),
        positions=section("positions", stances.position),
        disputes=section("disputes", stances.dispute),
        offers=section("offers", stances.offer),
        checks=section("checks", checks.check),
        plans=section("plans", plans.plan),
        plan=plan,
    )
    return None if said is NOTHING_SAID else case


def _section(tree: Mapping, name: str, build: Build[T], *, shelf: Shelf, notes: Notes) -> tuple[T, ...]:
    """Read once for all plans that have the very same section, and each record once for all that share it."""
    node = tree.get(name)
    if node is None:
        return ()
    key = (name, id(node), 0)
    if key not in shelf.read:
        own = Notes(shelf.today)
        found = values.as_map(node, own)
        entries = values.by_name(found) if found else []
        read = [_record(entry, name, build, shelf=shelf, notes=own) for entry in entries]
        shelf.read[key] = tuple(r for r in read if r is not None), own, node
    value, own, _ = shelf.read[key]
    notes.extend(own)
    return cast(tuple[T, ...], value)


def _record(entry: Entry, section: str, build: Build[T], *, shelf: Shelf, notes: Notes) -> T | None:
    key = (section, id(entry.key), id(entry.value))
    if key not in shelf.read:
        own = Notes(shelf.today)
        shelf.read[key] = read_record(entry, build, own, section=section), own, entry
    value, own, _ = shelf.read[key]
    notes.extend(own)
    return cast(T | None, value)
