"""From a folder of files, or texts in memory, to cases: one per plan, and every mistake found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from syngraph.base.diagnostics import Diagnostic, Label, error, in_order
from syngraph.base.spans import Span, whole_file
from syngraph.load.build import Shelf, build_case, leaves_open
from syngraph.load.files import Text, read_folder
from syngraph.load.guesses import Guesses
from syngraph.load.horizon import today_of
from syngraph.load.notes import Notes
from syngraph.load.partial import sound_part
from syngraph.load.tree import merge, no_one_case, records
from syngraph.load.variants import Variant, variants
from syngraph.model.case import Case
from syngraph.model.plans import BASE
from syngraph.syntax.nodes import Mapping
from syngraph.syntax.reader import read_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: its texts, one case per plan (the bare case first), and what is wrong with them.

    Where there is no case, `part` is what of it can be looked at all the same.
    """

    folder: str
    texts: tuple[Text, ...]
    cases: tuple[Case, ...]
    diagnostics: tuple[Diagnostic, ...]
    part: Case | None = None


def load_case(folder: Path) -> Loaded:
    """The cases in a folder. Nothing in it raises: a case that cannot be built is absent, and a diagnostic says why."""
    texts, unread = read_folder(folder)
    if not texts:
        return Loaded(str(folder), (), (), in_order(unread))
    loaded = _load(texts, unread)
    return replace(loaded, folder=str(folder))


def load_texts(texts: Sequence[Text]) -> Loaded:
    """The cases in texts given by file name."""
    return _load(tuple(sorted((name, text.removeprefix("\ufeff")) for name, text in texts)), ())


def _load(texts: tuple[Text, ...], unread: tuple[Diagnostic, ...]) -> Loaded:
    found, roots = list(unread), []
    complete = not unread
    for name, text in texts:
        root, wrong = _read(text, name)
        found.extend(wrong)
        roots.append(root or Mapping((), whole_file(name)))
        complete = complete and (root is not None or not wrong)
    if complete and (other := no_one_case(roots)):
        return Loaded("", texts, (), in_order((*found, other)))
    tree, wrong = merge(roots)
    found.extend(wrong)
    if not complete:
        return Loaded("", texts, (), in_order((*found, *_fragments(tree))))
    broken = any(map(leaves_open, found))
    cases, shelf = _cases(tree, found)
    if broken or not cases:
        return Loaded("", texts, (), in_order(found), sound_part(tree, shelf))
    return Loaded("", texts, cases, in_order(found))


def _read(text: str, name: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        position, found = str(problem.start), f"U+{ord(text[problem.start]):04X}"
        return None, (error("not-utf8", whole_file(name), file=name, position=position, found=found),)
    return read_yaml(text, name)


def _fragments(tree: Mapping) -> tuple[Diagnostic, ...]:
    """What is wrong inside the records of the files that could be read."""
    return build_case(tree, BASE, Shelf(today_of(tree), complete=False))[1]


def _cases(tree: Mapping, found: list[Diagnostic]) -> tuple[tuple[Case, ...], Shelf]:
    """One case per plan: the bare one first, the others by name. What plans share is reported once."""
    notes, guesses = Notes(), Guesses()
    bare, *plans = variants(tree, notes, guesses=guesses)
    names = frozenset({bare.name, *(e.key.text for e in records(tree, "plans"))})
    shelf = Shelf(today_of(tree), complete=True, plans=names, guesses=guesses)
    found.extend(notes.found)
    first, wrong = build_case(bare.tree, bare.name, shelf)
    found.extend(wrong)
    seen = {_same(d) for d in wrong}
    others = []
    for plan in plans:
        case, wrong = build_case(plan.tree, plan.name, shelf)
        found.extend(_under(plan, d) for d in wrong if _same(d) not in seen)
        seen.update(_same(d) for d in wrong)
        if case and plan.sound:
            others.append(case)
    return tuple(c for c in (first, *sorted(others, key=lambda c: c.plan)) if c), shelf


def _same(diagnostic: Diagnostic) -> object:
    """What two findings have in common that are one mistake seen under two plans."""
    return diagnostic.code, diagnostic.span, tuple(f for f in diagnostic.fills if f[0] != "meant")


def _under(plan: Variant, diagnostic: Diagnostic) -> Diagnostic:
    """A finding that only a plan brings about, with the place of the plan unless it stands in it."""
    if plan.entry is None or (diagnostic.span and _within(diagnostic.span, plan.entry.value.span)):
        return diagnostic
    return replace(diagnostic, labels=(*diagnostic.labels, Label(plan.entry.key.span, "under-plan")))


def _within(inner: Span, outer: Span) -> bool:
    return inner.file == outer.file and outer.start <= inner.start and inner.end <= outer.end
