"""What `explain` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.course import Stretch
from syngraph.analyses.periods import Period
from syngraph.analyses.stops import CentralStop
from syngraph.base.dates import Clock
from syngraph.explain.origins import Explanation, OriginNode
from syngraph.explain.tree import Step, Where, trees
from syngraph.present.display import visible, width
from syngraph.present.figures import figure_document, figure_text, labelled
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.words import Words
from syngraph.present.workings import (
    formula_lines,
    indented,
    stretch_document,
    stretches_text,
    worked_document,
    working_lines,
)

_TEXT, _NUMBER = 46, 40
_SIDED = ("turn", "bend")
DEEPEST = 24  # a tree is drawn no deeper; what follows has a tree of its own


def explanation_text(told: Explanation, period: Period, said: Words, *, clock: Clock) -> str:
    """What was asked for, over which period; then a tree: each line a name, its value, its tag and place.

    Under a line stand its formula, what it is recomputed from, quotes and reasons; below the tree the days on which the
    central path stops, and the stretches it goes in.
    """
    root = told.root
    number = labelled(root.figure, said, clock) if root.figure is not None else ""
    head = [root.name, number, said.text(f"tags.{root.weakest.name.lower()}")]
    of = [said.text("explain.plan", plan=told.plan)] if told.plan else []
    if root.figure is not None and root.figure.over:
        of.append(_over(root.figure.over, period, said))
    head.append(said.text("explain.separator").join(of))
    drawn = ["\n".join(_lines(tree, told.path.stretches, said, clock)) + "\n" for tree in trees(told, DEEPEST)]
    legend = said.text("explain.figures") + "\n"
    after = [*_stops(told.stops, said), *stretches_text(told.path, said)]
    return "\n".join(["  ".join(head).rstrip() + "\n" + legend + drawn[0], *drawn[1:], *after])


def _over(over: str, period: Period, said: Words) -> str:
    """Of which days a figure is; a level on a day is that at its end."""
    last = period.day if over == "level" and period.day is not None else period.last
    return said.text(f"explain.over.{over}", first=period.first.isoformat(), last=last.isoformat())


def _lines(tree: tuple[Step, ...], stretches: Sequence[Stretch], said: Words, clock: Clock) -> Iterator[str]:
    rests: list[str] = [""]  # at each depth what stands before the parts of the node that is open there
    for step in tree:
        node = step.node
        before = rests[step.depth]
        first, rest = ("", "") if not step.depth else ("└─ ", "   ") if step.last else ("├─ ", "│  ")
        del rests[step.depth + 1 :]
        rests.append(before + rest)
        tag = said.text(f"tags.{node.weakest.name.lower()}")
        label = f"{before}{first}{node.name}"
        gap = " " * max(1, _TEXT - width(label))
        number = figure_text(node.figure, said, clock) if node.figure is not None else ""
        room = " " * max(0, _NUMBER - width(number))
        yield f"{label}{gap}{number}{room}  {tag}  {node.span.line_place()}".rstrip()
        bar = "│ " if step.where is Where.HERE and node.below else "  "
        yield from (f"{before}{rest}{bar}{line}" for line in _details(step, stretches, said))


def _details(step: Step, stretches: Sequence[Stretch], said: Words) -> Iterator[str]:
    node = step.node
    if step.where is not Where.HERE:
        yield said.text(f"explain.{step.where.value}")
        return
    if node.expression and node.kind != "fact" and node.expression != node.name:
        before = "= " if node.kind != "waterfall" else said.text("explain.pot_is")
        yield from indented(formula_lines(node.expression), before)
    yield from working_lines(node, stretches, said)
    for read in node.readings:
        yield said.text("explain.reading", use=read.use, all=said.text("findings.separator").join(read.options))
    if node.bound != "exact":
        yield said.text("explain.bound", bound=node.bound)
    for quote in node.quotes:
        place = f"{quote.source}:{quote.line}:{quote.column}" if quote.line else quote.source
        status = said.text(f"statuses.{quote.status}", hash=quote.snapshot[:12])
        agrees = said.text("explain.agrees", fields=", ".join(quote.agrees)) if quote.agrees else ""
        yield f"「{visible(quote.quote)}」 {place}  {status}{agrees}"
    if node.beside:
        yield said.text("explain.beside", parties=", ".join(node.beside))
    for name, reason in node.whys:
        field = f"{name}: " if name else ""
        yield said.text("explain.why", field=field, reason=visible(reason))


def _stops(stops: tuple[CentralStop, ...], said: Words) -> list[str]:
    """Where the central path stops, a line each."""
    lines = [f"  {stop.day.isoformat()}  {_stop(stop, said)}" for stop in stops]
    return ["\n".join([said.text("explain.stops"), *lines]) + "\n"] if lines else []


def _stop(stop: CentralStop, said: Words) -> str:
    side = ("_on" if stop.on else "_off") if stop.kind in _SIDED else ""
    text = said.text(f"explain.stop.{stop.kind}{side}", name=visible(stop.name))
    return text if stop.span is None else f"{text}  {stop.span.line_place()}"


def explanation_document(told: Explanation, period: Period) -> Object:
    """The same as JSON; what would lie too deep stands in `continued`, a tree each."""
    first, *others = (_tree(tree) for tree in trees(told, DEEPEST))
    stops = [_stop_document(s) for s in told.stops]
    return {
        "format_version": FORMAT_VERSION,
        **_period(period),
        "finer": told.path.finer,
        "stretches": [stretch_document(s) for s in told.path.stretches],
        "explanation": first,
        "continued": others,
        "stops": stops,
    }


def explanation_lines(told: Explanation, period: Period) -> Iterator[Object]:
    """The same line by line: the period, then each node before what it rests on (`depth` 0 is what was asked for)."""
    yield line("period", _period(period))
    yield from (line("stretch", stretch_document(s)) for s in told.path.stretches)
    (tree,) = trees(told, len(told.nodes))
    yield from (line("node", {"depth": step.depth, **_node(step)}) for step in tree)
    yield from (line("stop", _stop_document(s)) for s in told.stops)


def _period(period: Period) -> Object:
    """The first and the last day, and the day asked for if it is one."""
    day = period.day.isoformat() if period.day is not None else None
    return {"period": [period.first.isoformat(), period.last.isoformat()], "day": day}


def _stop_document(stop: CentralStop) -> Object:
    place = stop.span.line_place() if stop.span is not None else None
    on = stop.on if stop.kind in _SIDED else None
    return {"day": stop.day.isoformat(), "kind": stop.kind, "name": stop.name, "place": place, "on": on}


def _tree(steps: tuple[Step, ...]) -> Object:
    """A tree as objects in each other."""
    open_at: list[list[Object]] = [[]]  # at each depth the parts of the node that is open above it
    for step in steps:
        parts: list[Object] = []
        del open_at[step.depth + 1 :]
        open_at[step.depth].append({**_node(step), "rests_on": parts})
        open_at.append(parts)
    return open_at[0][0]


def _node(step: Step) -> Object:
    node = step.node
    here = worked_document(node.worked) if step.where is Where.HERE else {}
    return {
        "name": node.name,
        "kind": node.kind,
        "place": node.span.line_place(),
        "expression": node.expression,
        **_numbers(node),
        "tag": node.own.value,
        "weakest": node.weakest.value,
        **here,
        "bound": node.bound,
        "readings": [{"use": read.use, "all": list(read.options)} for read in node.readings],
        "quotes": [
            {
                "source": q.source,
                "quote": q.quote,
                "status": q.status,
                "line": q.line,
                "column": q.column,
                "agrees": list(q.agrees),
            }
            for q in node.quotes
        ],
        "named_beside": list(node.beside),
        "why": dict(node.whys),
        "repeated": step.where is Where.ABOVE,
        "continued": step.where is Where.LATER,
    }


def _numbers(node: OriginNode) -> Object:
    """The figure of a node; `series` is the name its series has in the other answers."""
    if node.figure is None:
        return {"central": None, "range": None, "unit": "", "over": ""}
    named = figure_document(node.figure)
    return {"series": named["name"], **{key: value for key, value in named.items() if key != "name"}}
