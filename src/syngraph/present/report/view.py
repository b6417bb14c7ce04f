"""One language of the report under construction: its words, and how it writes figures, names and sections."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter

from syngraph.analyses.figures import Figure, Series
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.dates import Clock
from syngraph.base.texts import LocalText
from syngraph.graph.names import UNDISTRIBUTED
from syngraph.present.figures import NONE, labelled, mean_text, range_text, value_text
from syngraph.present.report.charts import Drawings
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.origins import Origins
from syngraph.present.words import Words

_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class View:
    """What a section needs to be written in one language."""

    study: Study
    said: Words
    prefix: str
    origins: Origins
    drawings: Drawings

    @property
    def language(self) -> str:
        """The language of this rendering."""
        return self.said.language

    @property
    def clock(self) -> Clock:
        """Years from today by the day count of the case."""
        return self.study.first.case.clock

    @property
    def today(self) -> date:
        """The day the simulation starts."""
        return self.study.first.case.today

    # words

    def words(self, key: str, **fills: str) -> str:
        """The words under a key of the report."""
        return "".join(str(part) for part in self.sentence(key, **fills))

    def sentence(self, key: str, **fills: Markup) -> tuple[Markup, ...]:
        """The words under a key of the report, with figures that lead to their origins in the blanks."""
        parts: list[Markup] = []
        for literal, blank, _, _ in Formatter().parse(self.said.texts[f"report.{key}"]):
            for part in (literal, fills[blank] if blank else ""):
                if part:
                    parts += [" ", part] if parts and _apart(parts[-1], part) else [part]
        return tuple(parts)

    def listed(self, texts: Sequence[str]) -> str:
        """Texts in a row, as the language separates them."""
        return self.words("separator").join(texts)

    def name(self, title: LocalText | None, name: str) -> str:
        """A record by its title; by its name in the files if it has none."""
        return title.to(self.language) if title else name

    def titled(self, title: LocalText | None, name: str) -> tuple[Markup, ...]:
        """A record by its title, its name in the files beside it; by its name alone if it has no title."""
        return (title.to(self.language), tag("small", name)) if title else (name,)

    def party(self, name: str, rest: str = "payments.undistributed") -> str:
        """A party as its title says; `rest` are the words for what nobody gets."""
        if name == UNDISTRIBUTED:
            return self.words(rest)
        parties = (p for run in self.study.runs for p in run.case.parties)  # a plan may add one
        party = next((p for p in parties if p.head.name == name), None)
        return party.title.to(self.language) if party else name

    def plan(self, run: PlanRun) -> str:
        """A plan as its title says."""
        plan = next((p for p in run.case.plans if p.head.name == run.case.plan), None)
        return plan.title.to(self.language) if plan else run.case.plan

    # figures

    def shown(self, run: PlanRun, series: Series, column: int = -1) -> Figure:
        """The figure in a column of a series."""
        return self.origins.figures(run).of(series, column)

    def number(self, shown: Figure) -> str:
        """A figure as this language writes it."""
        return value_text(shown, self.said, self.clock)

    def beside(self, shown: Figure) -> tuple[Tag, ...]:
        """The range of a figure, and its mean where it is told."""
        spread = range_text(shown, self.said, self.clock)
        mean = self.said.text("figures.mean", value=mean_text(shown, self.said, self.clock)) if shown.with_mean else ""
        return tuple(tag("small", text) for text in (spread, mean) if text)

    @staticmethod
    def anchor(entry: int) -> str:
        """The id of an entry, which serves all languages."""
        return f"o{entry}"

    def origin(self, run: PlanRun, name: str, *shown: Markup) -> Markup:
        """What is shown, leading to the origin of a name."""
        entry = self.origins.entry(run, name)
        return tag("a", *shown, href=f"#{self.anchor(entry)}") if entry else tag("span", *shown)

    def figure(self, run: PlanRun, shown: Figure) -> Markup:
        """A figure by itself that leads to its origin: with the name of its statistic, its range and mean."""
        return self.origin(run, shown.name, labelled(shown, self.said, self.clock, central=False))

    def weakest(self, run: PlanRun, name: str) -> tuple[Markup, ...]:
        """The tag a result wears: the weakest of all it rests on."""
        node = self.origins.node(run, name)
        return (self.tag(node.weakest.name),) if node is not None else ()

    def tag(self, name: str) -> Tag:
        """A provenance tag."""
        return tag("span", self.said.text(f"tags.{name.lower()}"), class_=name.lower())

    def cell(self, run: PlanRun, series: Series | None, column: int = -1) -> Tag:
        """A table cell with a figure, its range and mean below; all lead to their origin."""
        if series is None:
            return tag("td", NONE)
        shown = self.shown(run, series, column)
        return tag("td", self.origin(run, series.name, self.number(shown), *self.beside(shown)))


def _apart(before: Markup, after: Markup) -> bool:
    """Whether a space stands between two texts: where Han and Latin letters meet."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    pair = before[-1], after[0]
    return any(_HAN.match(a) and b.isascii() and b.isalpha() for a, b in (pair, pair[::-1]))


def section(view: View, key: str, headline: str | tuple[Markup, ...], *content: Markup) -> Tag:
    """A section: the question as eyebrow, the answer as headline, then what shows it."""
    answer = (headline,) if isinstance(headline, str) else headline
    eyebrow = tag("p", view.words(f"{key}.question"), class_="eyebrow")
    return tag("section", eyebrow, tag("h2", *answer), *content, id=f"{view.prefix}-{key}")


def grid(head: Sequence[Markup], rows: Sequence[Sequence[Tag]], *, texts: bool = False) -> Tag:
    """A table in a box of its own that scrolls sideways; one of `texts` wraps them and starts them on the left."""
    top = tag("thead", tag("tr", *(tag("th", h) for h in head)))
    body = tag("tbody", *(tag("tr", *r) for r in rows))
    return tag("div", tag("table", top, body), class_="wide texts" if texts else "wide", tabindex="0")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by year: its label, its series, and the one whose last value stands at the end."""

    label: tuple[Markup, ...]
    series: Series
    total: Series | None = None


def by_year(view: View, run: PlanRun, rows: Sequence[Row], *, total: str = "") -> Tag:
    """Series with their labels, a column a year, and one named `total` if there is any."""
    years = rows[0].series.columns
    shown = []
    for row in rows:
        cells = [view.cell(run, row.series, i) for i in range(len(years))]
        last = (view.cell(run, row.total),) if total else ()
        shown.append([tag("th", *row.label, scope="row"), *cells, *last])
    parts = [view.shown(run, rows[0].series, i).part for i in range(len(years))]
    marked = [view.said.text("run.part_year", year=str(y)) if p else str(y) for y, p in zip(years, parts, strict=True)]
    return grid(["", *marked, *((total,) if total else ())], shown)


def by_plan(view: View, key: str, shown: Callable[[PlanRun], Sequence[Markup]]) -> tuple[Markup, ...]:
    """The same under every plan, one at a time on screen and one after the other on paper.

    Plans that do not differ in it are taken together.
    """
    blocks: dict[tuple[Markup, ...], list[str]] = {}
    for run in view.study.runs:
        blocks.setdefault(tuple(shown(run)), []).append(view.plan(run))
    if len(view.study.runs) < 2:
        return next(iter(blocks))
    parts: list[Markup] = []
    for i, (block, plans) in enumerate(blocks.items()):
        name = f"{view.prefix}-{key}-plan"
        chosen = {"checked": ""} if i == 0 else {}
        parts += [
            tag("input", type="radio", name=name, id=f"{name}-{i}", **chosen),
            tag("label", view.listed(plans), for_=f"{name}-{i}"),
            tag("div", *block),
        ]
    return (tag("div", *parts, class_="plans"),)
