"""The days at which time must be cut: every one that reaches the program, in any plan or reading."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from syngraph.base.dates import Interval
from syngraph.base.parts import parts
from syngraph.base.spans import Span
from syngraph.expr.nodes import Day
from syngraph.model.agreements import Agreement, Moment, Pledge
from syngraph.model.assumptions import Between
from syngraph.model.case import Case
from syngraph.model.checks import At
from syngraph.model.events import OnDate
from syngraph.model.facts import Dating, Period
from syngraph.model.records import Head

_SILENT = (Head, Span, Dating, Between)
"""They hold days that cut no time: when something was said or measured, and between which days a draw falls."""


def known_dates(cases: Iterable[Case]) -> frozenset[date]:
    """All of them, over all plans and readings."""
    return frozenset(day for case in cases for day in _of_case(case))


def _of_case(case: Case) -> Iterator[date]:
    waiting: list[Any] = [case.facts, case.assumptions, case.measures, case.dependences, case.events, case.rights]
    waiting += [case.agreements, case.waterfalls, case.checks]
    while waiting:
        here = waiting.pop()
        match here:
            case Day(day=day):
                yield day
            case Moment(day=interval) | OnDate(when=Interval() as interval):
                yield from _exact(interval)
            case Period(valid=valid, value=value):
                yield from (day for day in (valid.first, valid.end) if day is not None)
                waiting.append(value)
            case At(day=day):
                yield from (day + timedelta(days=1) for day in (day,) if day is not None and day < date.max)
            case Pledge(amount=amount, by=by):
                yield by
                waiting.append(amount)
            case Agreement(stages=stages, terms=terms):
                waiting += [*(moment for _, moment in stages), *terms]
            case tuple():
                waiting += here
            case _ if not isinstance(here, _SILENT) and hasattr(here, "__dataclass_fields__"):
                waiting += [part for _, part in parts(here)]


def _exact(interval: Interval | None) -> Iterator[date]:
    if interval is not None and interval.exact is not None:
        yield interval.exact
