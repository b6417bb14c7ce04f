"""What `compare` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.compare import Difference
from syngraph.analyses.study import PlanRun, Study
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.numbers import figure, interval
from syngraph.present.tables import table
from syngraph.present.words import Words


def comparison_text(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference], said: Words) -> str:
    """A row a quantity: each plan's mean, the difference with its range, and how often the second is higher."""
    names = [r.case.plan for r in ends]
    head = ["", *names, said.text("compare.difference"), "5–95 %", said.text("compare.higher", plan=names[1])]
    body = [head, *(_row(r, said) for r in rows)]
    note = said.text("compare.same_draws", paths=f"{study.paths:,}", seed=str(study.seed))
    return f"{table(body)}{note}\n"


def _row(row: Difference, said: Words) -> list[str]:
    what, pair = row.what, row.pair
    name = what.name if what.year is None else f"{what.name}@{what.year}"
    means = [figure(m, what.unit, said.language) for m in pair.means]
    gap = figure(pair.difference, what.unit, said.language, sign=True)
    spread = interval(pair.quantiles[0], pair.quantiles[-1], what.unit, said.language)
    return [name, *means, gap, spread, f"{pair.second_higher:.0%}"]


def comparison_document(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference]) -> Object:
    """The same as JSON."""
    head = _head(study, ends)
    return {"format_version": FORMAT_VERSION, **head, "differences": [_difference(r) for r in rows]}


def comparison_lines(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference]) -> Iterator[Object]:
    """The same line by line: the comparison, each difference."""
    yield line("comparison", _head(study, ends))
    yield from (line("difference", _difference(r)) for r in rows)


def _head(study: Study, ends: Sequence[PlanRun]) -> Object:
    return {"plans": [r.case.plan for r in ends], "paths": study.paths, "seed": study.seed}


def _difference(row: Difference) -> Object:
    return {
        "name": row.what.name,
        "year": row.what.year,
        "unit": row.what.unit,
        "means": list(row.pair.means),
        "difference": row.pair.difference,
        "standard_error": row.pair.error,
        "quantiles": list(row.pair.quantiles),
        "first_higher": row.pair.first_higher,
        "second_higher": row.pair.second_higher,
        "paths": row.pair.used,
    }
