"""What `compare` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.compare import Difference
from syngraph.analyses.figures import Figure
from syngraph.analyses.study import PlanRun, Study
from syngraph.base.dates import Clock
from syngraph.present.figures import NONE, figure_document, mean_text, range_text, share_text, value_text
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.numbers import figure
from syngraph.present.tables import table
from syngraph.present.words import Words

_COLUMNS = 7


def comparison_text(study: Study, ends: Sequence[PlanRun], rows: Sequence[Difference], said: Words) -> str:
    """A row a quantity: each plan's median, the difference with its range, on how many paths the second is higher.

    Below it the means where they say more, and the readings that make it another one; above it the days it is of.
    """
    names = [r.case.plan for r in ends]
    counted = [said.text(f"compare.{key}", plan=names[1]) for key in ("higher", "equal", "lower")]
    body = [["", *names, said.text("compare.difference"), "5–95 %", *counted]]
    days = ""
    for row in _telling(rows):
        if (of := _days(row, said)) != days and row.under is None:
            body.append([of])
            days = of
        body += _rows(row, said, ends[0].case.clock)
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


def _days(row: Difference, said: Words) -> str:
    """Of which days a row is: in a period, or at the end of a day."""
    over = next((shown.over for shown in row.figures), "")
    if row.days is None or not over:
        return said.text("compare.whole")
    first, last = row.days.days
    return said.text(f"explain.over.{over}", first=first, last=last)


def _rows(row: Difference, said: Words, clock: Clock) -> Iterator[list[str]]:
    name = row.what.asked_as
    if row.under is not None:
        name = "  " + said.text("compare.under", record=row.under[0], reading=row.under[1])
    pair, gap = row.pair, row.gap
    if pair is None or gap is None:
        yield ["  " + name, *[NONE] * _COLUMNS]
        return
    values = [value_text(shown, said, clock) for shown in row.figures]
    shares = [share_text(share, said) for share in (pair.second_higher, pair.ties, pair.first_higher)]
    yield ["  " + name, *values, _signed(gap.value, gap, said), range_text(gap, said, clock), *shares]
    if any(shown.with_mean for shown in (*row.figures, gap)):
        means = [mean_text(shown, said, clock) for shown in row.figures]
        yield ["    " + said.text("figures.of.mean"), *means, _signed(gap.mean, gap, said)]


def _signed(value: float | None, gap: Figure, said: Words) -> str:
    """A difference; days differ by years."""
    unit = "" if gap.unit == "date" else gap.unit
    text = NONE if value is None else figure(value, unit, said.language, sign=True)
    return said.text("compare.years", number=text) if gap.unit == "date" and value is not None else text


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
        "asked": row.what.period.text if row.what.period is not None else None,
        "period": None if row.days is None else list(row.days.days),
        "unit": row.what.unit,
        "under": None if row.under is None else {"record": row.under[0], "reading": row.under[1]},
        **_figures(row),
    }


def _figures(row: Difference) -> Object:
    """What each plan gives, their difference, and on which share of the paths the second is higher, equal and lower.

    Nothing but the number of paths where no path has it under both plans.
    """
    pair, gap = row.pair, row.gap
    if pair is None or gap is None:
        return {"paths": 0}
    return {
        "figures": [figure_document(shown) for shown in row.figures],
        "difference": {
            "statistic": gap.statistic.value,
            gap.statistic.value: gap.value,
            "range": None if gap.low is None else [gap.low, gap.high],
            "quantiles": list(pair.quantiles),
            "mean": pair.difference,
            "standard_error": pair.error,
        },
        "higher": pair.second_higher,
        "equal": pair.ties,
        "lower": pair.first_higher,
        "paths": pair.used,
    }
