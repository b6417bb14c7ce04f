"""One language of the report under construction: its words, and the origins its figures lead to."""

from dataclasses import dataclass, field
from datetime import date
from string import Formatter

from syngraph.analyses.study import PlanRun, Study
from syngraph.explain.origins import OriginNode
from syngraph.explain.trace import trace
from syngraph.present.numbers import figure, interval
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.words import Words
from syngraph.run.results import Series


@dataclass(slots=True)
class View:
    """Collects the origins while figures are written. Its lifetime is one rendering of one language."""

    study: Study
    said: Words
    prefix: str
    nodes: dict[str, OriginNode] = field(default_factory=dict)
    roots: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[tuple[object, ...], str] = field(default_factory=dict)
    below: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of this rendering."""
        return self.said.language

    @property
    def today(self) -> date:
        """The day the simulation starts."""
        return self.study.first.case.today

    def origin(self, run: PlanRun, name: str) -> str:
        """The id of the entry a figure of that name leads to; empty if there is none."""
        key = (run.case.plan, name)
        if key not in self.roots:
            node = trace(self.study, run, name)
            self.roots[key] = self._enter(node, {}) if node is not None else ""
        return self.roots[key]

    def _enter(self, node: OriginNode, above: dict[str, str]) -> str:
        """Enters a node and all below it; equal ones share an entry, a repeated one that of its own explanation.

        Plans differ in what stands behind a name, so `above` (name to entry) holds this explanation only.
        """
        if node.repeated and node.name in above:
            return above[node.name]
        below = tuple(self._enter(c, above) for c in node.children)
        content = (node.name, node.expression, node.span, node.quotes, node.whys, below)
        if content not in self.known:
            entry = f"{self.prefix}-o{len(self.known) + 1}"
            self.known[content] = entry
            self.nodes[entry] = node
            self.below[entry] = below
        above[node.name] = self.known[content]
        return self.known[content]

    def words(self, key: str, **fills: str) -> str:
        """The words under a key of the report."""
        return self.said.text(f"report.{key}", **fills)

    def sentence(self, key: str, **fills: Markup) -> tuple[Markup, ...]:
        """The words under a key of the report, with figures that lead to their origins in the blanks."""
        parts: list[Markup] = []
        for literal, blank, _, _ in Formatter().parse(self.said.texts[f"report.{key}"]):
            parts += [literal, *([fills[blank]] if blank else [])]
        return tuple(p for p in parts if p)

    def weakest(self, run: PlanRun, name: str) -> tuple[Markup, ...]:
        """The tag a result wears: the weakest of all it rests on."""
        entry = self.origin(run, name)
        if not entry:
            return ()
        key = self.nodes[entry].weakest.name.lower()
        return (tag("span", self.said.text(f"tags.{key}"), class_=key),)

    def number(self, value: float, unit: str) -> str:
        """A number as this language writes it."""
        return figure(value, unit, self.language, today=self.today)

    def figure(self, run: PlanRun, name: str, value: float, unit: str) -> Markup:
        """A figure that leads to its origin."""
        entry = self.origin(run, name)
        shown = self.number(value, unit)
        if not entry:
            return shown
        return tag("data", tag("a", shown, href=f"#{entry}"), class_="fig", value=repr(value), data_origin=entry)

    def spread(self, series: Series, column: int = -1) -> str:
        """The 5–95 % range of a series."""
        low, high = float(series.quantiles[column, 0]), float(series.quantiles[column, -1])
        return interval(low, high, series.unit, self.language, today=self.today)

    def cell(self, run: PlanRun, series: Series | None, column: int = -1) -> Tag:
        """A table cell with a mean that leads to its origin, and its range below."""
        if series is None:
            return tag("td", "–")
        mean = self.figure(run, series.name, float(series.mean[column]), series.unit)
        spread = self.spread(series, column)
        plain = series.unit == "truth" or spread == self.number(float(series.mean[column]), series.unit)
        small = () if plain else (tag("small", spread),)
        return tag("td", mean, *small)


def section(view: View, key: str, headline: str | tuple[Markup, ...], *content: Markup) -> Tag:
    """A section: the question as eyebrow, the answer as headline, then what shows it."""
    answer = (headline,) if isinstance(headline, str) else headline
    eyebrow = tag("p", view.words(f"{key}.question"), class_="eyebrow")
    return tag("section", eyebrow, tag("h2", *answer), *content, id=f"{view.prefix}-{key}")


def grid(head: list[str], rows: list[list[Tag]]) -> Tag:
    """A table in a box of its own that scrolls sideways."""
    top = tag("thead", tag("tr", *(tag("th", h) for h in head)))
    return tag("div", tag("table", top, tag("tbody", *(tag("tr", *r) for r in rows))), class_="wide", tabindex="0")
