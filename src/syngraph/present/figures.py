"""A figure as text and as JSON, the same in every answer: its median and range, and the mean where it says more."""

from syngraph.analyses.figures import Figure, Statistic
from syngraph.base.dates import Clock
from syngraph.base.units import FRACTION
from syngraph.present.formats import Object
from syngraph.present.numbers import NOISE, figure, interval
from syngraph.present.words import Words

NONE = "–"


def value_text(shown: Figure, said: Words, clock: Clock | None = None) -> str:
    """The number alone; a dash where no path has it."""
    if shown.value is None:
        return NONE
    if shown.statistic is Statistic.SHARE and 0.0 < shown.value < 1.0:
        return share_text(shown.value, said)
    least = NOISE * max(abs(shown.low or 0.0), abs(shown.high or 0.0)) if shown.unit != "date" else 0.0
    return figure(shown.value if abs(shown.value) >= least else 0.0, shown.unit, said.language, clock=clock)


def share_text(share: float, said: Words) -> str:
    """A share of the paths; one that only rounds to all of them is not all."""
    text = figure(share, FRACTION, said.language)
    return ">99.9%" if share < 1.0 and text == figure(1.0, FRACTION, said.language) else text


def range_text(shown: Figure, said: Words, clock: Clock | None = None) -> str:
    """The 5–95 % range; nothing where every path says the same, or of a share of the paths."""
    if shown.low is None or shown.high is None or shown.sure:
        return ""
    return interval(shown.low, shown.high, shown.unit, said.language, clock=clock)


def mean_text(shown: Figure, said: Words, clock: Clock | None = None) -> str:
    """The mean alone."""
    return NONE if shown.mean is None else figure(shown.mean, shown.unit, said.language, clock=clock)


def row(shown: Figure, said: Words, clock: Clock | None = None) -> list[str]:
    """Median, range and mean as cells of a table of sums."""
    return [value_text(shown, said, clock), range_text(shown, said, clock), mean_text(shown, said, clock)]


def figure_text(shown: Figure, said: Words, clock: Clock | None = None) -> str:
    """A figure in a line: `$30.1B (5–95 % $0–499B), mean $84.9B`; of an event how often it comes, and when."""
    text, spread = value_text(shown, said, clock), range_text(shown, said, clock)
    if spread:
        text = said.text("figures.ranged", value=text, range=spread)
    if shown.with_mean:
        text = said.text("figures.beside", value=text, mean=mean_text(shown, said, clock))
    if shown.statistic is Statistic.CENTRAL:
        return said.text("figures.middle", value=text)
    if shown.happens is None:
        return text
    share = share_text(shown.happens, said)
    return share if shown.value is None else said.text("figures.happens", share=share, day=text)


def labelled(shown: Figure, said: Words, clock: Clock | None = None, *, central: bool = True) -> str:
    """The same with the name of its statistic before it, if the paths differ, and the central value behind it."""
    text = figure_text(shown, said, clock)
    if shown.value is None or shown.sure or shown.happens is not None:
        return text
    text = said.text(f"figures.{shown.statistic.value}", value=text)
    if shown.central is None or not central or shown.statistic is not Statistic.MEDIAN:
        return text
    middle = figure(shown.central, shown.unit, said.language, clock=clock)
    return said.text("figures.central", value=text, central=middle)


def figure_document(shown: Figure) -> Object:
    """A figure as JSON: all that names it, then the numbers; the one its statistic names is the figure."""
    mean = {"mean": shown.mean} if shown.statistic is Statistic.MEDIAN else {}
    return {
        "name": shown.name,
        "plan": shown.plan,
        "period": None if shown.period is None else list(shown.period.days),
        "over": shown.over,
        "unit": shown.unit,
        "statistic": shown.statistic.value,
        shown.statistic.value: shown.value,
        **mean,
        "range": None if shown.low is None else [shown.low, shown.high],
        "central": shown.central,
        "paths": shown.paths,
    }
