"""All names of a tree, by what they are names of."""

from collections.abc import Callable, Iterator
from itertools import chain

from syngraph.base.diagnostics import error
from syngraph.expr.lexer import KEYWORDS
from syngraph.load import values
from syngraph.load.agreements import stages_of
from syngraph.load.events import outcomes_of
from syngraph.load.notes import Notes
from syngraph.load.tree import records
from syngraph.load.waterfalls import ENDS
from syngraph.model.waterfalls import POT
from syngraph.syntax.nodes import Entry, Mapping, Scalar, Sequence

# words an expression, or a field that takes one, reads as something else
EXPRESSION_WORDS = KEYWORDS | {"x", "t", "dt", "date", "never", "rest", "ever", "always"}
# words that stand where a party can stand
PARTY_WORDS = frozenset({POT, "undistributed", "self", ENDS})
IN_EXPRESSIONS = ("facts", "assumptions", "measures", "waterfalls", "events", "agreements", "rights")

Keys = frozenset[str]


class Names:
    """The names a tree defines; sets are made when first asked for."""

    def __init__(self, tree: Mapping, plans: Keys) -> None:
        self.tree, self.plans = tree, plans
        self.members = {e.key.text: m for e in records(tree, "parties") if (m := _members(e))}
        self.made: dict[str, Keys] = {}

    def of(self, kind: str) -> Keys:
        """The names of a kind."""
        if kind not in self.made:
            self.made[kind] = LOOK_UP[kind](self)
        return self.made[kind]

    def section(self, section: str) -> Keys:
        """The names of the records of a section."""
        return frozenset(e.key.text for e in records(self.tree, section))

    def dotted(self, section: str, parts: Callable[[Mapping], tuple[str, ...]]) -> Keys:
        """`record.part` for the parts of each record of a section."""
        maps = [(e.key.text, e.value) for e in records(self.tree, section) if isinstance(e.value, Mapping)]
        return frozenset(f"{name}.{part}" for name, node in maps for part in parts(node))


def _members(entry: Entry) -> tuple[str, ...]:
    node = entry.value.get("members") if isinstance(entry.value, Mapping) else None
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(i.text for i in items if isinstance(i, Scalar))


def _bodies(node: Mapping) -> tuple[str, ...]:
    return tuple(e.key.text for e in node.entries if e.key.text not in ("decides", "cite", "why"))


def terms_of(node: Mapping) -> tuple[str, ...]:
    """The terms of an agreement as written."""
    terms = node.get("terms")
    return tuple(e.key.text for e in terms.entries) if isinstance(terms, Mapping) else ()


def _happenings(names: Names) -> Keys:
    stages = names.dotted("agreements", stages_of)
    return names.section("events") | names.dotted("events", outcomes_of) | stages


def _values(names: Names) -> Keys:
    return names.section("facts") | names.section("assumptions")


def _subjects(names: Names) -> Keys:
    named = ("parties", "agreements", "measures", "waterfalls", "disputes", "offers")
    sections = frozenset(chain.from_iterable(names.section(s) for s in named))
    return sections | names.of("moment") | names.of("term") | names.plans


LOOK_UP: dict[str, Callable[[Names], Keys]] = {
    "party": lambda n: n.section("parties"),
    "person": lambda n: n.section("parties"),
    "decider": lambda n: n.section("parties") | n.dotted("bodies", _bodies),
    "account": lambda n: n.section("parties") | {POT},
    "citation": lambda n: n.section("sources"),
    "source": lambda n: n.section("sources"),
    "event": lambda n: n.section("events"),
    "happening": _happenings,
    "moment": lambda n: _happenings(n) | _values(n),
    "value": _values,
    "assumption": lambda n: n.section("assumptions"),
    "term": lambda n: n.dotted("agreements", terms_of) | n.section("rights"),
    "body": lambda n: n.dotted("bodies", _bodies),
    "plan": lambda n: n.plans,
    "subject": _subjects,
}


def check_namespace(tree: Mapping, notes: Notes) -> None:
    """Notes names an expression could take for two things, and words it takes for something else."""
    for section in (*IN_EXPRESSIONS, "parties"):
        words = PARTY_WORDS if section == "parties" else EXPRESSION_WORDS
        for key in (e.key for e in records(tree, section) if e.key.text in words):
            notes.wrong(error("reserved-name", key.span, name=key.text, paste=f"the_{key.text}"))
    first: dict[str, Scalar] = {}
    for name, key in sorted(_in_expressions(tree), key=lambda pair: pair[1].span):
        other = first.setdefault(name, key)
        if other is not key:
            notes.wrong(values.defined_twice(name, key.span, other.span))


def _in_expressions(tree: Mapping) -> Iterator[tuple[str, Scalar]]:
    for section in IN_EXPRESSIONS:
        yield from ((e.key.text, e.key) for e in records(tree, section))
    for entry in records(tree, "agreements"):
        if isinstance(entry.value, Mapping):
            stages = set(stages_of(entry.value))
            own = [e.key for e in entry.value.entries if e.key.text in stages]
            terms = entry.value.get("terms")
            own += [e.key for e in terms.entries] if isinstance(terms, Mapping) else []
            yield from ((f"{entry.key.text}.{key.text}", key) for key in own)
