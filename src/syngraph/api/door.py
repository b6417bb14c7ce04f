"""What a program asks of Syngraph: each function gives an `Answer` and prints nothing.

Nothing a user wrote raises: what is wrong stands in the answer's diagnostics. What computes is imported when it is
asked for, so that `import syngraph` takes no time.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syngraph.analyses.study import Progress
    from syngraph.api.annotations import Annotations
    from syngraph.api.answers import Answer
    from syngraph.api.check import Checked
    from syngraph.api.compare import Comparison
    from syngraph.api.cover import Covered
    from syngraph.api.draft import Drafted
    from syngraph.api.explain import Explained
    from syngraph.api.folders import Given, Opened
    from syngraph.api.mentions import Mentioned
    from syngraph.api.report import Report
    from syngraph.api.run import Run
    from syngraph.api.written import Written

# Packages that share their names with functions are loaded now, so that none takes a function's place later.
for _package in ("explain", "run"):
    import_module(f"syngraph.{_package}")

Sources = Mapping[str, str | Path]
"""The paths of texts kept elsewhere than the case says, by the name of their source."""


def init(folder: str | Path) -> "Answer[Written]":
    """Writes a small commented case into a new or empty folder."""
    from syngraph.api.init import write_example

    return write_example(Path(folder))


def open(case: str | Path, *, sources: Sources | None = None) -> "Answer[Opened]":  # noqa: A001
    """Reads a case folder once, for several questions: each takes the answer in place of the path."""
    from syngraph.api.answers import Answer
    from syngraph.api.folders import opened

    read = opened(case, sources)
    return Answer(read, read.diagnostics, read.loaded.texts)


def check(case: "Given", *, update: bool = False, sources: Sources | None = None) -> "Answer[Checked]":
    """Is the case sound, and does every quote stand in its source? With `update` the lock file is written."""
    from syngraph.api.check import check_case

    return check_case(case, update=update, sources=sources)


def run(
    case: "Given",
    plan: str = "base",
    *,
    as_of: date | None = None,
    known: date | None = None,
    paths: int = 4_000,
    seed: int = 0,
    chunk: int | None = None,
    sources: Sources | None = None,
    progress: "Progress | None" = None,
) -> "Answer[Run]":
    """Who is paid what and when under a plan, who supplies whom, and do the checks hold?

    `as_of` ends the run on a day; `known` takes only what was known on one. `chunk` paths are computed at a time: it
    changes memory and speed, never a result. `progress` is called with the paths done and the paths in all.
    """
    from syngraph.api.run import run_plan
    from syngraph.api.studies import Asked, Draws

    draws = Draws(paths, seed, chunk, progress)
    return run_plan(Asked(case, draws, as_of=as_of, known=known, sources=sources), plan)


def explain(
    case: "Given",
    name: str,
    plan: str = "base",
    *,
    as_of: date | None = None,
    known: date | None = None,
    paths: int = 4_000,
    seed: int = 0,
    chunk: int | None = None,
    sources: Sources | None = None,
    progress: "Progress | None" = None,
) -> "Answer[Explained]":
    """Why is this number what it is? A name over the whole run, or NAME@DATE in a year, quarter or month, or on a day.

    The other options are those of `run`.
    """
    from syngraph.api.explain import explain_name
    from syngraph.api.studies import Asked, Draws

    draws = Draws(paths, seed, chunk, progress)
    return explain_name(Asked(case, draws, as_of=as_of, known=known, sources=sources), name, plan)


def compare(
    case: "Given",
    plan_a: str,
    plan_b: str,
    *,
    measures: Sequence[str] = (),
    readings: bool = False,
    as_of: date | None = None,
    known: date | None = None,
    paths: int = 4_000,
    seed: int = 0,
    chunk: int | None = None,
    sources: Sources | None = None,
    progress: "Progress | None" = None,
) -> "Answer[Comparison]":
    """Which plan is better, for whom, and how surely? On the same draws, quantity by quantity.

    `measures` are names or NAME@DATE; without them it is what parties receive, and stocks of money. With `readings` it
    is asked again under every reading that is not in use. The other options are those of `run`.
    """
    from syngraph.api.compare import compare_plans
    from syngraph.api.studies import Asked, Draws

    asked = Asked(case, Draws(paths, seed, chunk, progress), as_of=as_of, known=known, sources=sources)
    return compare_plans(asked, (plan_a, plan_b), tuple(measures), readings=readings)


def report(
    case: "Given",
    plan: str = "base",
    *,
    language: str = "en",
    as_of: date | None = None,
    known: date | None = None,
    paths: int = 4_000,
    seed: int = 0,
    chunk: int | None = None,
    sources: Sources | None = None,
    progress: "Progress | None" = None,
) -> "Answer[Report]":
    """All of it as one HTML page that needs no network; it leads with a plan and opens in a language.

    The other options are those of `run`.
    """
    from syngraph.api.report import report_case
    from syngraph.api.studies import Asked, Draws

    asked = Asked(case, Draws(paths, seed, chunk, progress), as_of=as_of, known=known, sources=sources)
    return report_case(asked, plan, language)


def cover(case: "Given", *, sources: Sources | None = None) -> "Answer[Covered]":
    """How much of each source is modelled, and what is left out?"""
    from syngraph.api.cover import cover_case

    return cover_case(case, sources=sources)


def annotations(case: "Given", *, sources: Sources | None = None) -> "Answer[Annotations]":
    """The quotes of a case for other programs, as W3C Web Annotations."""
    from syngraph.api.annotations import annotate

    return annotate(case, sources=sources)


def mentions(file: str | Path, *, language: str = "", region: str = "") -> "Answer[Mentioned]":
    """Which quantities, dates and names does a text mention? Its language and region are told by it if not given."""
    from syngraph.api.mentions import mentions_in

    return mentions_in(Path(file), language=language, region=region)


def draft(
    texts: Sequence[str | Path],
    folder: str | Path,
    *,
    published: date | None = None,
    language: str = "",
    region: str = "",
    comments: str = "en",
) -> "Answer[Drafted]":
    """Writes a new case from texts: a stub for each value they mention. Its comments are in the language `comments`."""
    from syngraph.api.draft import draft_case

    listed = [Path(text) for text in texts]
    return draft_case(listed, Path(folder), published=published, language=language, region=region, comments=comments)
