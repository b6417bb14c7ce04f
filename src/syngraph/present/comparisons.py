"""What `compare` answers, as text and as JSON."""

from collections.abc import Sequence

from syngraph.analyses.compare import Difference
from syngraph.analyses.study import PlanRun, Study
from syngraph.present.answers import FORMAT_VERSION
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


def comparison_document(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference]) -> dict[str, object]:
    """The same as JSON."""
    return {
        "format_version": FORMAT_VERSION,
        "plans": [r.case.plan for r in ends],
        "paths": study.paths,
        "seed": study.seed,
        "differences": [
            {
                "name": r.what.name,
                "year": r.what.year,
                "unit": r.what.unit,
                "means": list(r.pair.means),
                "difference": r.pair.difference,
                "standard_error": r.pair.error,
                "quantiles": list(r.pair.quantiles),
                "first_higher": r.pair.first_higher,
                "second_higher": r.pair.second_higher,
                "paths": r.pair.used,
            }
            for r in rows
        ],
    }
