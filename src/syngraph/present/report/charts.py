"""Charts as SVG elements: no script, no style of their own."""

from collections.abc import Sequence

from syngraph.present.display import width
from syngraph.present.report.markup import Tag, tag
from syngraph.run.results import Series

WIDTH, HEIGHT = 640.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 20.0, 14.0, 26.0
_COLUMN = 8.0  # what a digit of 12 px takes at most; a Chinese character takes two columns


def fan(series: Series, title: str, labels: Sequence[str], ticks: Sequence[tuple[float, str]]) -> Tag:
    """A fan chart by year: 5–95 % and 25–75 % bands, the median, and the mean as dashes."""
    high = max((v for v, _ in ticks), default=1.0) or 1.0
    low = min(min((v for v, _ in ticks), default=0.0), 0.0)
    count = len(series.columns)
    left = max([_LEFT, *(_COLUMN * width(text) + 10 for _, text in ticks)])

    def x(i: int) -> float:
        return left + (WIDTH - left - _RIGHT) * (i / max(1, count - 1))

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * ((value - low) / ((high - low) or 1.0))

    def line(row: Sequence[float]) -> str:
        return " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in enumerate(row))

    def band(a: int, b: int) -> str:
        up = [float(v) for v in series.quantiles[:, b]]
        down = [float(v) for v in series.quantiles[:, a]]
        back = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in reversed(list(enumerate(down))))
        return f"{line(up)} {back}"

    rules = []
    for value, text in ticks:
        ends = {"x1": f"{left:.0f}", "x2": f"{WIDTH - _RIGHT}", "y1": f"{y(value):.1f}", "y2": f"{y(value):.1f}"}
        rules.append(tag("line", class_="rule", **ends))
        rules.append(tag("text", text, class_="tick end", x=f"{left - 6:.0f}", y=f"{y(value) + 4:.1f}"))
    step = max(1, count // 6)
    years = [
        tag("text", labels[i], class_="tick mid", x=f"{x(i):.1f}", y=f"{HEIGHT - 6}") for i in range(0, count, step)
    ]
    shapes = [
        tag("polygon", class_="band", points=band(0, 4)),
        tag("polygon", class_="band inner", points=band(1, 3)),
        tag("polyline", class_="median", points=line([float(v) for v in series.quantiles[:, 2]])),
        tag("polyline", class_="mean", points=line([float(v) for v in series.mean])),
    ]
    named = tag("title", title)
    box = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    return tag("svg", named, *rules, *shapes, *years, viewBox=box, role="img", aria_label=title)


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
