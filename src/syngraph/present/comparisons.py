"""What `compare` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.compare import Difference
from syngraph.analyses.figures import Pair
from syngraph.analyses.study import PlanRun, Study
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.numbers import figure, interval
from syngraph.present.tables import table
from syngraph.present.words import Words


def comparison_text(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference], said: Words) -> str:
    """A row a quantity: each plan's mean, the difference with its range, and how often the second is higher.

    Below it the readings that make it another one.
    """
    names = [r.case.plan for r in ends]
    head = ["", *names, said.text("compare.difference"), "5–95 %", said.text("compare.higher", plan=names[1])]
    body = [head, *(_row(r, said) for r in _telling(rows))]
    notes = [said.text("compare.same_draws", paths=f"{study.paths:,}", seed=str(study.seed))]
    if tried := {r.under for r in rows if r.under is not None}:
        notes.append(said.text("compare.readings", tried=str(len(tried))))
    return table(body) + "".join(f"{note}\n" for note in notes)


def _telling(rows: Sequence[Difference]) -> Iterator[Difference]:
    """Each quantity as it is read, and after it the readings under which its figures are others."""
    for row in rows:
        if row.under is None:
            yield row
            yield from (r for r in rows if r.under is not None and r.what == row.what and r.pair != row.pair)


def _row(row: Difference, said: Words) -> list[str]:
    what, pair = row.what, row.pair
    name = what.asked_as
    if row.under is not None:
        name = "  " + said.text("compare.under", record=row.under[0], reading=row.under[1])
    if pair is None:
        return [name, *["–"] * 5]
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
        "period": row.what.period.text if row.what.period is not None else None,
        "unit": row.what.unit,
        "under": None if row.under is None else {"record": row.under[0], "reading": row.under[1]},
        **_figures(row.pair),
    }


def _figures(pair: Pair | None) -> Object:
    """The figures of a pair; nothing but the number of paths where no path has it under both plans."""
    if pair is None:
        return {"paths": 0}
    return {
        "means": list(pair.means),
        "difference": pair.difference,
        "standard_error": pair.error,
        "quantiles": list(pair.quantiles),
        "first_higher": pair.first_higher,
        "second_higher": pair.second_higher,
        "paths": pair.used,
    }
