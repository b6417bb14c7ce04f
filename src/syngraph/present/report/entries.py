"""What every figure leads to, once for both languages: its values, and what it rests on, down to quotes and reasons."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from syngraph.analyses.figures import Figure, Fold, Series, found
from syngraph.analyses.study import PlanRun
from syngraph.evidence.anchoring import Status
from syngraph.explain.origins import OriginNode, QuoteShown, ReadAs
from syngraph.model.asked import PartOf, text_of
from syngraph.present.checks import decided_by
from syngraph.present.figures import NONE, figure_text
from syngraph.present.numbers import MINUS, NOISE, listed, listed_unit
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.origins import Origins
from syngraph.present.report.view import View

_SPACE = "\u00a0"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_TOTAL, _RESTS_ON, _MEAN, _PART = "Σ", "←", "x̄", "◔"
_VERIFIED = {Status.VERIFIED.value: "✓", Status.SNAPSHOT.value: "◇"}
_FOLDS = sorted(Fold, key=lambda fold: fold.name)
_KINDS = {"facts": ("fact",), "assumptions": ("assumption",)}


@dataclass(frozen=True, slots=True)
class Shared:
    """What stands in the report once for all its languages."""

    views: tuple[View, ...]

    @property
    def origins(self) -> Origins:
        """The entries that figures lead to."""
        return self.views[0].origins

    def each(self, say: Callable[[View], str]) -> tuple[Markup, ...]:
        """A text in every language, of which one is shown; once if all have the same."""
        texts = {view.language: say(view) for view in self.views}
        if len(set(texts.values())) == 1:
            return (next(iter(texts.values())),)
        return tuple(tag("i", text, lang=language) for language, text in texts.items())

    def words(self, key: str, **fills: str) -> tuple[Markup, ...]:
        """The words under a key of the report."""
        return self.each(lambda view: view.words(key, **fills))

    def section(self, key: str, headline: Callable[[View], str], *content: Markup) -> Tag:
        """A section: the question as eyebrow, the answer as headline, then what shows it."""
        eyebrow = tag("p", *self.words(f"{key}.question"), class_="eyebrow")
        return tag("section", eyebrow, tag("h2", *self.each(headline)), *content, id=key)


def inputs(shared: Shared) -> Tag:
    """Facts and assumptions."""
    case = shared.views[0].study.first.case
    bare = sum(not a.head.whys and not a.head.cites for a in case.assumptions)

    def answer(view: View) -> str:
        facts, assumptions = (
            view.said.count(k, len(r)) for k, r in (("facts", case.facts), ("assumptions", case.assumptions))
        )
        key = "inputs.bare" if bare else "inputs.answer"
        return view.words(key, facts=facts, assumptions=assumptions, bare=f"{bare:,}")

    parts: list[Markup] = []
    for key, kinds in _KINDS.items():
        entries = list(_entries(shared, kinds))
        parts += [tag("h3", *shared.words(f"inputs.{key}")), *entries] if entries else []
    return shared.section("inputs", answer, *parts)


def origins(shared: Shared) -> Tag:
    """All else that a figure leads to."""
    kinds = {v.kind for name in shared.origins.numbers for v, _ in shared.origins.variants(name)}
    entries = list(_entries(shared, kinds.difference(*_KINDS.values())))
    verified = {"now": _VERIFIED["verified"], "snapshot": _VERIFIED["snapshot"]}
    signs = {"total": _TOTAL, "rests_on": _RESTS_ON, "mean": _MEAN, "part": _PART}
    marks = tag("p", *shared.words("origins.marks", **signs, **verified))
    return shared.section("origins", lambda view: view.said.count("origins", len(entries)), marks, *entries)


def legend(shared: Shared) -> tuple[Tag, ...]:
    """Which mark stands for which plan."""
    runs = shared.views[0].study.runs
    return () if len(runs) < 2 else (tag("p", *shared.each(lambda view: view.listed([_named(view, r) for r in runs]))),)


def _named(view: View, run: PlanRun) -> str:
    return f"{_mark(view, run)}{_SPACE}{view.plan(run)}"


def _mark(view: View, run: PlanRun) -> str:
    """A sign for a plan."""
    index = view.study.runs.index(run)
    return _CIRCLED[index] if index < len(_CIRCLED) else f"({index + 1})"


def _entries(shared: Shared, kinds: Collection[str]) -> Iterator[Tag]:
    for name, number in shared.origins.numbers.items():
        variants = list(shared.origins.variants(name))
        if variants[0][0].kind in kinds:
            lines = [line for node, runs in variants for line in _variant(shared, node, runs, len(variants))]
            title = tag("h4", name, " ", *_title(shared, variants[0][0]))
            yield tag("article", title, *_values(shared, name), *lines, id=View.anchor(number))


def _title(shared: Shared, node: OriginNode) -> tuple[Markup, ...]:
    title = node.title
    return (tag("small", *shared.each(lambda view: title.to(view.language))),) if title is not None else ()


def _marked(view: View, runs: Sequence[PlanRun], groups: int) -> tuple[str, ...]:
    """Under which plans, if not under all."""
    return (*(_mark(view, r) for r in runs), " ") if groups > 1 else ()


def _variant(shared: Shared, node: OriginNode, runs: Sequence[PlanRun], groups: int) -> Iterator[Markup]:
    """What stands behind a name under some plans."""
    own = tag("span", *shared.each(lambda view: view.said.text(f"tags.{node.weakest.name.lower()}")))
    worn = Tag(own.name, (("class", node.weakest.name.lower()),), own.children)
    formula = (" ", tag("code", " ".join(node.expression.split()))) if node.expression else ()
    place = tag("code", node.span.line_place())
    yield tag("p", *_marked(shared.views[0], runs, groups), worn, " ", place, *formula)
    if node.bound != "exact":
        yield tag("p", *shared.words(f"bounds.{node.bound}"))
    yield from (_read_as(shared, read) for read in node.readings)
    yield from (_quote(shared, quote) for quote in node.quotes)
    yield from (tag("p", f"{name}: {reason}" if name else reason) for name, reason in node.whys)
    if node.below:
        links = [part for name in node.below for part in (" ", _link(shared, name))]
        yield tag("p", _RESTS_ON, *links)


def _read_as(shared: Shared, read: ReadAs) -> Tag:
    options = list(read.options)
    return tag("p", *shared.each(lambda v: v.said.text("explain.reading", use=read.use, all=v.listed(options))))


def _quote(shared: Shared, quote: QuoteShown) -> Tag:
    """A quote, where it stands, leading there if the text is in the report, and how it was verified."""
    where: Markup = f"{quote.source}:{quote.line}:{quote.column}" if quote.line else quote.source
    if quote.line and quote.source in shared.views[0].study.evidence.shelf.reads:
        where = tag("a", where, href=f"#{place_id(quote.source, quote.line, quote.column)}")
    status = (_VERIFIED[quote.status],) if quote.status in _VERIFIED else _status(shared, quote)
    return tag("p", tag("q", quote.quote), " ", tag("small", where, " ", *status))


def _status(shared: Shared, quote: QuoteShown) -> tuple[Markup, ...]:
    return shared.each(lambda view: view.said.text(f"statuses.{quote.status}", hash=quote.snapshot[:12]))


def place_id(source: str, line: int, column: int) -> str:
    """The id of a place in a source where a quote begins."""
    return f"w-{source}-{line}-{column}"


def _link(shared: Shared, name: str) -> Tag:
    return tag("a", name, href=f"#{View.anchor(shared.origins.numbers[name])}")


# values


def _values(shared: Shared, name: str) -> Iterator[Tag]:
    """The values of a name; plans with the same are taken together."""
    view = shared.views[0]
    groups: dict[tuple[tuple[Markup, ...], ...], list[PlanRun]] = {}
    for run in view.study.runs:
        if (node := shared.origins.nodes[name].get(run.case.plan)) is not None:
            groups.setdefault(tuple(_lines(shared, run, node)), []).append(run)
    for lines, runs in groups.items():
        mark = _marked(view, runs, len(groups))
        yield from (tag("p", *mark, *line) for line in lines)


def _lines(shared: Shared, run: PlanRun, node: OriginNode) -> Iterator[tuple[Markup, ...]]:
    """A line for each series that a name stands for; a check has one figure."""
    if node.kind == "check":
        check = next((c for c in run.checks if c.name == node.name), None)
        if check is not None and check.figure is not None:
            yield shared.each(lambda view: decided_by(check, view.said, view.clock))
        return
    for asked in node.asked:
        label = ""
        match asked:
            case PartOf(unit=unit, part=part) if node.kind == "event" and unit == node.name:
                label = f"{part} "
            case _ if node.kind != "event" and text_of(asked) != node.name:
                continue  # a part of what is meant as a whole
        for fold in _FOLDS:
            if (series := found(run, asked, fold)) is not None:
                total = f"{_TOTAL} " if fold is Fold.CUMULATIVE else ""
                yield _line(shared, run, f"{label}{total}", series)


def _line(shared: Shared, run: PlanRun, label: str, series: Series) -> tuple[Markup, ...]:
    """A series: what does not change and days in words of each language, else a list of years that serves all."""
    figures = list(shared.origins.figures(run).all(series))
    highest = _highest(figures)
    factor, _ = listed_unit(highest, series.unit, shared.views[0].language)
    values = [(_listed(f, factor, highest), f, year) for f, year in zip(figures, series.columns, strict=False)]
    spans = [(text, [one[1:] for one in years]) for text, years in groupby(values, key=itemgetter(0))]
    if series.unit == "date" or len(spans) < 2:
        return (label, *shared.each(lambda view: figure_text(figures[-1], view.said, view.clock)))
    unit = shared.each(lambda view: listed_unit(highest, series.unit, view.language)[1])
    return (label, *unit, ": ", " · ".join(f"{_years(years)}{_SPACE}{text}" for text, years in spans))


def _highest(figures: Sequence[Figure]) -> float:
    """What sets the unit and the digits of a list: the highest of its figures, else of their ranges and means."""
    values = max((abs(f.value) for f in figures if f.value is not None), default=0.0)
    return values or max((abs(v) for f in figures for v in (f.low, f.high, f.mean) if v is not None), default=0.0)


def _listed(shown: Figure, factor: float, highest: float) -> str:
    """A figure without the unit its line begins with, to the digits of the line."""
    if shown.value is None:
        return NONE

    def number(value: float) -> str:
        return listed(value / factor if abs(value) >= NOISE * highest else 0.0, highest / factor)

    text = number(shown.value)
    if shown.low is None or shown.high is None or shown.sure:
        return text
    low, high = number(shown.low), number(shown.high)
    between = " – " if MINUS in low + high else "–"
    spread = f"{low}{between}{high}" if low != high else low
    mean = f"; {_MEAN}{_SPACE}{number(shown.mean)}" if shown.with_mean and shown.mean is not None else ""
    return f"{text}{_SPACE}({spread}{mean})"


def _years(years: Sequence[tuple[Figure, int]]) -> str:
    """A year or several, marked where the run has only a part of one."""
    named = [f"{year}{_PART}" if shown.part else str(year) for shown, year in years]
    return f"{named[0]}–{named[-1]}" if len(named) > 1 else named[0]
