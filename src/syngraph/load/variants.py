"""The trees of a case: the bare one and one per plan, each plan on top of the one it is based on."""

from dataclasses import dataclass

from syngraph.base.diagnostics import error
from syngraph.load.guesses import Guesses
from syngraph.load.notes import Notes
from syngraph.load.overlay import overlay
from syngraph.load.plans import base_of, changes_of
from syngraph.load.tree import records
from syngraph.model.plans import BASE
from syngraph.syntax.nodes import Entry, Mapping, Scalar


@dataclass(frozen=True, slots=True)
class Variant:
    """The tree under a plan; `entry` is the plan as written, None for a bare case no plan names."""

    name: str
    tree: Mapping
    entry: Entry | None = None
    sound: bool = True


def variants(tree: Mapping, notes: Notes, *, guesses: Guesses) -> tuple[Variant, ...]:
    """The bare case first, then the plans, each after the one it is based on."""
    entries = {e.key.text: e for e in sorted(records(tree, "plans"), key=lambda e: e.key.text)}
    bare = bare_name(entries)
    made = {bare: Variant(bare, tree, entries.get(bare))}
    for name in entries:
        for plan in _chain(name, entries, made, notes):
            below = made.get(base_of(entries[plan]) or bare)
            made[plan] = _on_top(below or made[bare], entries[plan], notes, guesses=guesses)
    if BASE in entries and not _is_idle(entries[BASE]):
        notes.wrong(error("reserved-name", entries[BASE].key.span, name=BASE, paste="the_base"))
    return tuple(made.values())


def bare_name(entries: dict[str, Entry]) -> str:
    """The name of the bare case: the plan that changes nothing, else `base`."""
    idle = [name for name, entry in entries.items() if _is_idle(entry)]
    return BASE if BASE in idle or not idle else idle[0]


def _is_idle(entry: Entry) -> bool:
    return not base_of(entry) and not changes_of(entry)


def _chain(name: str, entries: dict[str, Entry], made: dict[str, Variant], notes: Notes) -> list[str]:
    """The plan and those below it that are not made yet, the lowest first; none of them if they go in a circle."""
    chain: dict[str, None] = {}
    while name in entries and name not in made:
        if name in chain:
            circle = list(chain)[list(chain).index(name) :]
            _note_circle(circle, entries, notes)
            return []
        chain[name] = None
        name = base_of(entries[name])
    return list(reversed(chain))


def _note_circle(circle: list[str], entries: dict[str, Entry], notes: Notes) -> None:
    first = min(circle)
    start = circle.index(first)
    names = [*circle[start:], *circle[:start], first]
    node = entries[first].value
    base = node.get("base") if isinstance(node, Mapping) else None
    span = base.span if isinstance(base, Scalar) else entries[first].key.span
    notes.wrong(error("plan-cycle", span, names=" → ".join(names)))


def _on_top(below: Variant, entry: Entry, notes: Notes, *, guesses: Guesses) -> Variant:
    tree, wrong = overlay(below.tree, changes_of(entry), guesses=guesses)
    for diagnostic in wrong:
        notes.wrong(diagnostic)
    return Variant(entry.key.text, tree, entry, below.sound and not wrong)
