"""Charts as SVG elements: no script, no style of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from syngraph.analyses.figures import Series
from syngraph.present.display import width
from syngraph.present.report.markup import Tag, tag

WIDTH, HEIGHT = 640.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 20.0, 14.0, 26.0
_COLUMN = 8.0  # what a digit of 12 px takes at most; a Chinese character takes two

Tick = tuple[float, tuple[str, ...]]


@dataclass(slots=True)
class Drawings:
    """The shapes that charts share, each drawn once, whatever the language. It lives for one rendering."""

    ids: dict[Tag, str] = field(default_factory=dict)

    def use(self, shape: Tag) -> Tag:
        """A reference to a shape."""
        return tag("use", href=f"#{self.ids.setdefault(shape, f'c{len(self.ids) + 1}')}")

    def all(self) -> Tag:
        """The shapes themselves, not shown where they stand."""
        shapes = (tag("g", *shape.children, id=name) for shape, name in self.ids.items())
        return tag("svg", *shapes, class_="shapes", aria_hidden="true")


def fan(drawings: Drawings, series: Series, title: str, ticks: Sequence[Tick], language: int) -> Tag:
    """A fan chart by year: 5–95 % and 25–75 % bands, the median, and the mean as dashes.

    A tick has its text in every language, so that the shapes serve all; `language` is the one shown.
    """
    axes = _axes(ticks)
    labels = [
        tag("text", texts[language], x=_short(axes.left - 6), y=_short(axes.y(value) + 4)) for value, texts in ticks
    ]
    box = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    shape = drawings.use(_shape(axes, series, [value for value, _ in ticks]))
    return tag("svg", tag("title", title), shape, tag("g", *labels, class_="end"), viewBox=box, role="img")


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where values and years stand."""

    left: float
    low: float
    high: float

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * ((value - self.low) / ((self.high - self.low) or 1.0))

    def x(self, i: int, count: int) -> float:
        return self.left + (WIDTH - self.left - _RIGHT) * (i / max(1, count - 1))

    def line(self, row: Sequence[float]) -> list[str]:
        return [f"{_short(self.x(i, len(row)))},{_short(self.y(v))}" for i, v in enumerate(row)]


def _axes(ticks: Sequence[Tick]) -> _Axes:
    widest = max((width(text) for _, texts in ticks for text in texts), default=0)
    values = [value for value, _ in ticks]
    return _Axes(max(_LEFT, _COLUMN * widest + 10), min([*values, 0.0]), max(values, default=1.0) or 1.0)


def _shape(axes: _Axes, series: Series, values: Sequence[float]) -> Tag:
    """Rules, years, bands and lines: what no language changes."""
    columns = [axes.line([float(v) for v in series.quantiles[:, i]]) for i in range(series.quantiles.shape[1])]
    count = len(series.columns)
    rules = " ".join(f"M{_short(axes.left)} {_short(axes.y(v))}H{_short(WIDTH - _RIGHT)}" for v in values)
    years = [
        tag("text", str(series.columns[i]), x=_short(axes.x(i, count)), y=_short(HEIGHT - 6))
        for i in range(0, count, -(-count // 7))
    ]
    return tag(
        "g",
        tag("path", class_="rule", d=rules),
        tag("polygon", class_="band", points=" ".join([*columns[-1], *reversed(columns[0])])),
        tag("polygon", class_="band inner", points=" ".join([*columns[-2], *reversed(columns[1])])),
        tag("polyline", class_="median", points=" ".join(columns[len(columns) // 2])),
        tag("polyline", class_="mean", points=" ".join(axes.line([float(v) for v in series.mean]))),
        tag("g", *years, class_="mid"),
    )


def _short(value: float) -> str:
    """A tenth of a pixel is as fine as a screen shows."""
    return f"{value:.1f}".removesuffix(".0")


def round_ticks(low: float, high: float) -> list[float]:
    """Three to six round values from nought (or below) to above the highest."""
    span = max(high, 0.0) - min(low, 0.0)
    if span <= 0:
        return [0.0, 1.0]
    size = 10.0 ** (len(str(int(span))) - 1) if span >= 1 else 1.0
    step = next((size * f for f in (0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0) if span / (size * f) <= 5), size * 10)
    first = int(min(low, 0.0) // step)
    last = int(-(-max(high, 0.0) // step))
    return [step * i for i in range(first, last + 1)]
