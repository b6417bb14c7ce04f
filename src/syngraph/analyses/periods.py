"""The part of a run that a question is about: the whole, a year, a quarter, a month, or the period that holds a day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from syngraph.base.dates import Interval, parse_edtf
from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.errors import InternalError
from syngraph.compile.case import Compiled
from syngraph.ir.program import Fold, Output, Program, Segment

WITHIN = 1
"""The column of a period in the results of a program that is cut to it."""

WHOLE = Interval("", None, None)
_BEFORE, _AFTER = 0, 2
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `day` is the one that was asked for, if it was one day."""

    first: date
    last: date
    day: date | None = None

    @property
    def end(self) -> "Period":
        """The day at whose end a level is taken."""
        last = self.last if self.day is None else self.day
        return Period(last, last)

    @property
    def days(self) -> tuple[str, str]:
        """Its first and last day."""
        return self.first.isoformat(), self.last.isoformat()

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def whole(segments: Sequence[Segment]) -> Period:
    """The days that segments take up."""
    return Period(segments[0].start, segments[-1].end - timedelta(days=1))


def asked_period(text: str) -> Interval | None:
    """The days that `2030`, `2030-Q2`, `2030-06`, `2030-06-30` or another EDTF text names."""
    quarter = _QUARTER.fullmatch(text)
    return parse_edtf(f"{quarter[1]}-{32 + int(quarter[2])}" if quarter else text)


def cuts(asked: Iterable[Interval]) -> tuple[date, ...]:
    """Where time must be cut so that each period can be asked for: a day is asked at its end."""
    return tuple(i.exact + timedelta(days=1) for i in asked if i.exact is not None and i.exact < date.max)


def fold_within(fold: Fold, asked: Interval | None) -> Fold:
    """How a series is folded in a program that is cut to a period: on a day, a level is that at the end of the day."""
    return Fold.SEGMENT if asked is not None and asked.exact is not None and fold is Fold.YEAR_END else fold


def within(compiled: Sequence[Compiled], asked: Interval) -> tuple[tuple[Compiled, ...], tuple[Diagnostic, ...]]:
    """The programs with results for one period instead of years, in column `WITHIN`; or why there is no such period.

    A day stands for the reporting period that holds it; but a level is that at the end of the day, where the grid must
    be `cuts`. Other periods begin and end where segments do; what of one lies outside the run is left out.
    """
    cut = []
    for one in compiled:
        if one.program is None:
            continue
        inside = _inside(one.program.segments, asked)
        if not inside:
            known = _known(one.program.segments, one.case.horizon.step)
            return (), (error("period-not-run", one.case.horizon.span, found=asked.text, known=known),)
        quantities = tuple(replace(q, fold=fold_within(q.fold, asked)) for q in one.quantities)
        program = _on_day(_cut(one.program, inside), asked)
        cut.append(replace(one, program=program, quantities=quantities))
    return tuple(cut), ()


def _on_day(program: Program, asked: Interval) -> Program:
    """The program with levels as they are at the end of the day asked for, if it is one day."""
    if asked.exact is None:
        return program
    end = asked.exact + timedelta(days=1)
    index = next((i for i, s in enumerate(program.segments) if s.end == end), None)
    if index is None:
        raise InternalError(f"the grid is not cut at {end}")

    def outputs() -> Iterator[Output]:
        for output in program.outputs:
            level = output.fold is Fold.YEAR_END
            yield replace(output, fold=Fold.SEGMENT, segment=index) if level else output

    return replace(program, outputs=tuple(outputs()))


def period_of(program: Program, asked: Interval) -> Period:
    """The period a program is cut to."""
    inside = [s for s in program.segments if s.year == WITHIN]
    return Period(inside[0].start, inside[-1].end - timedelta(days=1), asked.exact)


def _inside(segments: Sequence[Segment], asked: Interval) -> tuple[Segment, ...]:
    if asked.exact is not None:
        periods = {s.period for s in segments if s.start <= asked.exact < s.end}
        return tuple(s for s in segments if s.period in periods)
    start, end = segments[0].start, segments[-1].end
    first, last = max(asked.first or start, start), min(asked.end or end, end)
    ends = {end, *(s.start for s in segments)}
    if first not in ends or last not in ends:
        return ()
    return tuple(s for s in segments if first <= s.start and s.end <= last)


def _cut(program: Program, inside: Sequence[Segment]) -> Program:
    first, last = inside[0].start, inside[-1].end
    columns = (_BEFORE if s.end <= first else _AFTER if s.start >= last else WITHIN for s in program.segments)
    segments = (replace(s, year=column) for s, column in zip(program.segments, columns, strict=True))
    return replace(program, segments=tuple(segments))


def _known(segments: Sequence[Segment], step: str) -> str:
    names = [_name(s.start, step) for s in (segments[0], segments[-1])]
    return " … ".join(dict.fromkeys(names))


def _name(day: date, step: str) -> str:
    """The reporting period of a day, as one asks for it."""
    match step:
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case _:
            return f"{day.year:04}"
