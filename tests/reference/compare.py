"""Holds the engine against the reference, case by case.

How the engine is asked: `run(yaml_text)` simulates one path of the case and answers by name,

- flows: `deal.fee.paid`, `money.anna`, `money.undistributed`: a list with one amount for each calendar year of the
  run (the first and last may be parts of a year), or one number, the amount over the whole run;
- `deal.fee.shortfall` of a term with a commitment: one number, or a list that adds up to it;
- levels (totals and trailing amounts) by their measure's name: what they are at the end, or a list that ends with it;
- `date(event)`: years since today; None, not a number or infinity if it has not happened; it may be left out for an event
  on a known day;
- `day:NAME` for each uncertain day NAME of the assumptions: the day drawn on that path, in years since today; for an
  event with a drawn date `day:EVENT` or, without it, `date(event)` is taken: such an event's day is not compared.

All terms stand in one agreement, `deal`.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from reference.exact import Result, simulate
from reference.model import Between, Case
from reference.yaml_text import yaml_text

Answer = float | Sequence[float] | None
Answers = Mapping[str, Answer]
UNITS = {"USD": 1.0, "k USD": 1e3, "m USD": 1e6, "bn USD": 1e9}
RELATIVE = 1e-9


def compare(
    case: Case, run: Callable[[str], Answers], *, step: str = "quarter", unit: str = "USD", relative: float = RELATIVE
) -> list[str]:
    """The disagreements beyond `relative`, one line each. `unit` is what the numbers of the case count in the text; the
    answers are in USD. Raises `Unclear` if the days drawn lead where the specification has no answer."""
    answers = run(yaml_text(case, step=step, unit=unit))
    result = simulate(case, drawn(case, answers))
    unseen = [*_drawn_events(case), *(n for n in _dated_events(case) if f"date({n})" not in answers)]
    return disagreements(result, answers, size=UNITS[unit], relative=relative, unseen=unseen)


def drawn(case: Case, answers: Answers) -> dict[str, Fraction | None]:
    """The uncertain days of a case as the run drew them."""
    found = {name: _day(answers[f"day:{name}"]) for name, _ in case.uncertain}
    for name in _drawn_events(case):
        found[name] = _day(answers[f"day:{name}"] if f"day:{name}" in answers else answers.get(f"date({name})"))
    return found


def _drawn_events(case: Case) -> list[str]:
    return [e.name for e in case.events if isinstance(e.when, Between)]


def _dated_events(case: Case) -> list[str]:
    return [e.name for e in case.events if isinstance(e.when, date)]


def disagreements(
    result: Result, answers: Answers, *, size: float = 1.0, relative: float = RELATIVE, unseen: Sequence[str] = ()
) -> list[str]:
    """One line for each number that is not the reference's; `size` is that of the case's unit."""
    found: list[str] = []
    for name, wanted, answer in (*_amounts(result, answers, size), *_days(result, answers, unseen)):
        if answer is None or not close(answer, wanted, relative):
            found.append(f"{name}: {answer!r}, the reference has {wanted!r}")
    return found


def close(answer: float, wanted: float, relative: float) -> bool:
    """Whether two numbers are one but for rounding; infinity, for never, is only itself."""
    if math.isinf(wanted) or math.isinf(answer):
        return answer == wanted
    return abs(answer - wanted) <= relative * max(1.0, abs(wanted))


def _amounts(result: Result, answers: Answers, size: float) -> Iterator[tuple[str, float, float | None]]:
    """Each amount with what the run says of it, None if nothing."""
    for name, yearly in result.flows:
        answer = answers.get(name)
        if isinstance(answer, Sequence) and len(answer) == len(yearly):
            pairs = zip(result.years, yearly, answer, strict=True)
            yield from ((f"{name} in {year}", wanted, found / size) for year, wanted, found in pairs)
        yield name, sum(yearly), _in_all(answer, size)
    for name, wanted in result.shortfalls:
        yield name, wanted, _in_all(answers.get(name), size)
    for name, wanted in result.ends:
        answer = answers.get(name)
        last = answer[-1] if isinstance(answer, Sequence) else answer
        yield f"{name} at the end", wanted, None if last is None else last / size


def _in_all(answer: Answer, size: float) -> float | None:
    if answer is None:
        return None
    return (sum(answer) if isinstance(answer, Sequence) else answer) / size


def _days(result: Result, answers: Answers, unseen: Sequence[str]) -> Iterator[tuple[str, float, float | None]]:
    """The days of events, never being infinitely late."""
    for name, wanted in result.dates:
        if name not in unseen:
            key = f"date({name})"
            found = _day(answers.get(key))
            late = math.inf if found is None else float(found)
            yield key, math.inf if wanted is None else wanted, late if key in answers else None


def _day(answer: Answer) -> Fraction | None:
    """Years since today; None for never."""
    if isinstance(answer, Sequence):
        return _day(answer[-1])
    return None if answer is None or not math.isfinite(answer) else Fraction(answer)
