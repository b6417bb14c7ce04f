"""What `explain` answers, as text and as JSON."""

from collections.abc import Iterator

from syngraph.analyses.periods import Period
from syngraph.base.dates import Clock
from syngraph.explain.origins import Figure, OriginNode
from syngraph.present.display import visible, width
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.numbers import figure, interval
from syngraph.present.words import Words

_TEXT, _LONGEST = 46, 120


def explanation_text(root: OriginNode, period: Period, said: Words, *, clock: Clock) -> str:
    """What was asked for, over which period; then a tree: each line a name, its value, its tag and place.

    Under a line stand quotes and reasons.
    """
    head = [root.name, _figure(root.figure, said, clock), said.text(f"tags.{root.weakest.name.lower()}")]
    if root.figure is not None and root.figure.over:
        days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
        head.append(said.text(f"explain.over.{root.figure.over}", **days))
    return "  ".join(head) + "\n" + "\n".join(_lines(root, said, clock, "", "")) + "\n"


def _lines(node: OriginNode, said: Words, clock: Clock, first: str, rest: str) -> Iterator[str]:
    tag = said.text(f"tags.{node.own.name.lower()}")
    label = f"{first}{node.name}"
    gap = " " * max(1, _TEXT - width(label))
    yield f"{label}{gap}{_figure(node.figure, said, clock):<24}  {tag}  {node.span.line_place()}".rstrip()
    yield from (f"{rest}{'│ ' if node.children else '  '}{line}" for line in _details(node, said))
    for i, child in enumerate(node.children):
        last = i == len(node.children) - 1
        yield from _lines(child, said, clock, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _details(node: OriginNode, said: Words) -> Iterator[str]:
    if node.repeated:
        yield said.text("explain.above")
        return
    if node.expression and node.kind not in ("fact",):
        text = " ".join(visible(node.expression).split())
        yield f"= {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"
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


def _figure(value: Figure | None, said: Words, clock: Clock) -> str:
    if value is None:
        return ""
    if value.central is None:
        if value.low is None or value.high is None:
            return value.text
        return f"{value.text} {interval(value.low, value.high, value.unit, said.language, clock=clock)}"
    middle = figure(value.central, value.unit, said.language, clock=clock)
    if value.low is None or value.high is None or value.low == value.high:
        return middle
    return f"{middle} ({interval(value.low, value.high, value.unit, said.language, clock=clock)})"


def explanation_document(root: OriginNode, period: Period) -> Object:
    """The same as JSON."""
    return {"format_version": FORMAT_VERSION, **_period(period), "explanation": _document(root)}


def explanation_lines(root: OriginNode, period: Period) -> Iterator[Object]:
    """The same line by line: the period, then each node before what it rests on (`depth` 0 is what was asked for)."""
    yield line("period", _period(period))
    yield from (line("node", {"depth": depth, **_node(node)}) for depth, node in _nodes(root, 0))


def _period(period: Period) -> Object:
    """The first and the last day."""
    return {"period": [period.first.isoformat(), period.last.isoformat()]}


def _nodes(node: OriginNode, depth: int) -> Iterator[tuple[int, OriginNode]]:
    yield depth, node
    for child in node.children:
        yield from _nodes(child, depth + 1)


def _document(node: OriginNode) -> Object:
    return {**_node(node), "rests_on": [_document(c) for c in node.children]}


def _node(node: OriginNode) -> Object:
    value = node.figure
    return {
        "name": node.name,
        "kind": node.kind,
        "place": node.span.line_place(),
        "expression": node.expression,
        "central": value.central if value else None,
        "range": [value.low, value.high] if value else None,
        "unit": value.unit if value else "",
        "over": value.over if value else "",
        "tag": node.own.value,
        "weakest": node.weakest.value,
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
        "repeated": node.repeated,
    }
