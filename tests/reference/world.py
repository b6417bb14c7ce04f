"""A case made ready to run: names bound, days in years, every comparison with its gap, and the state of one path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import assert_never

from reference.clock import years
from reference.levels import Gap, bends, gap_of
from reference.model import (
    AtEvent,
    Between,
    Case,
    Choice,
    Compare,
    Condition,
    DayCompare,
    Ends,
    Every,
    Fastest,
    Happened,
    Level,
    Moment,
    Named,
    Not,
    OnceUncertain,
    OnUncertain,
    Paid,
    Rate,
    RateMix,
    RateOf,
    Received,
    Slowest,
    Some,
    Steady,
)

ONE_DAY = timedelta(days=1)


def conditions_of(rate: Rate) -> Iterator[Condition]:
    """The conditions that stand in a rate."""
    match rate:
        case Steady() | RateOf() | Paid() | Received():
            return
        case RateMix(parts):
            for _, part in parts:
                yield from conditions_of(part)
        case Slowest(parts) | Fastest(parts):
            for part in parts:
                yield from conditions_of(part)
        case Choice(then, condition, otherwise):
            yield condition
            yield from conditions_of(then)
            yield from conditions_of(otherwise)
        case _:
            assert_never(rate)


def leaves(condition: Condition) -> Iterator[Compare | DayCompare | OnceUncertain | Happened | Named]:
    """What a condition asks in the end."""
    match condition:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def all_rates(case: Case) -> Iterator[Rate]:
    """Every rate that is written in a case."""
    yield from (rate for _, rate in case.rates)
    yield from (total.rate for total in case.totals)
    yield from (trailing.rate for trailing in case.trailings)
    for payment in case.payments:
        yield payment.amount
        yield from (exemption.amount for exemption in payment.exceptions)
    yield from (waterfall.pot for waterfall in case.waterfalls)


def all_conditions(case: Case) -> Iterator[Condition]:
    """Every condition that is written in a case."""
    for rate in all_rates(case):
        yield from conditions_of(rate)
    yield from (condition for _, condition in case.statuses)
    yield from (e.when for e in case.events if not isinstance(e.when, date | Between))
    for payment in case.payments:
        yield from (exemption.when for exemption in payment.exceptions)


def all_moments(case: Case) -> Iterator[Moment]:
    """Every moment at which something begins or ends."""
    for payment in case.payments:
        yield from (*payment.start, *payment.end)
    for waterfall in case.waterfalls:
        yield from (*waterfall.start, *waterfall.end)
        for tier in waterfall.tiers:
            yield from (target.moment for target in tier.until if isinstance(target, Ends))


class World:
    """The case and what is worked out once: where its days lie, and its gaps."""

    def __init__(self, case: Case, drawn: Mapping[str, Fraction | None]) -> None:
        """`drawn` gives each uncertain day and each drawn event in years since today (None: not in the run)."""
        self.case = case
        self.constants = dict(case.constants)
        self.rates = dict(case.rates)
        self.statuses = dict(case.statuses)
        self.totals = {t.name: t for t in case.totals}
        self.trailings = {t.name: t for t in case.trailings}
        self.payments = {p.name: p for p in case.payments}
        self.waterfalls = {w.name: w for w in case.waterfalls}
        self.until = years(case.today, case.until)
        self.drawn = dict(drawn)
        self.day_cache: dict[date, Fraction] = {}
        self.gaps: list[Gap] = []
        self.on_zero: tuple[int, ...] = ()
        self.asked: dict[
            int, tuple[int, str]
        ] = {}  # by the identity of a comparison: the place of its gap, its operator
        self._find_gaps()
        self.bends = tuple(b for level in self._levels() for b in bends(level))
        self.days = self._days()

    def day(self, day: date) -> Fraction:
        """A day in years since today."""
        if day not in self.day_cache:
            self.day_cache[day] = years(self.case.today, day)
        return self.day_cache[day]

    def uncertain(self, name: str) -> Fraction:
        """A drawn day; beyond the run if it does not come in it."""
        found = self.drawn[name]
        return self.until + 1 if found is None else found

    def _find_gaps(self) -> None:
        places: dict[Gap, int] = {}
        for condition in all_conditions(self.case):
            for leaf in leaves(condition):
                if isinstance(leaf, Compare) and id(leaf) not in self.asked:
                    gap, operator = gap_of(leaf)
                    self.asked[id(leaf)] = (places.setdefault(gap, len(places)), operator)
        self.gaps = list(places)
        self.on_zero = tuple(self._like(place) for place in range(len(places)))

    def _like(self, place: int) -> int:
        """The side whose answers zero itself gives: 1 or -1, or 0 if to some comparisons each."""
        operators = {operator for found, operator in self.asked.values() if found == place}
        return 1 if operators <= {">=", "<"} else -1 if operators <= {">", "<="} else 0

    def _levels(self) -> Iterator[Level]:
        yield from (gap.level for gap in self.gaps)
        yield from (p.cap for p in self.case.payments if p.cap is not None)

    def _days(self) -> tuple[Fraction, ...]:
        """Every day that is known or drawn, after today and up to the end of the run, in order."""
        found = {self.day(m) for m in all_moments(self.case) if isinstance(m, date)}
        found |= {self.day(e.when) for e in self.case.events if isinstance(e.when, date)}
        found |= {self.day(p.commitment.by) for p in self.case.payments if p.commitment}
        for condition in all_conditions(self.case):
            found |= {self.turn(leaf) for leaf in leaves(condition) if isinstance(leaf, DayCompare)}
        found |= {day for day in self.drawn.values() if day is not None}
        return tuple(sorted({day for day in found if 0 < day < self.until} | {self.until}))

    def turn(self, comparison: DayCompare) -> Fraction:
        """When a comparison with the date turns: `date > D` is `date >= D + 1 day`."""
        late = comparison.operator in (">", "<=")
        return self.day(comparison.day + ONE_DAY if late else comparison.day)


@dataclass(slots=True)
class State:
    """Where one path stands: levels and accounts before anything happens at `time`, and what has happened so far."""

    time: Fraction
    levels: dict[str, Fraction]
    accounts: dict[str, Fraction]
    happened: dict[str, Fraction]
    history: dict[str, list[tuple[Fraction, Fraction]]] = field(default_factory=dict)

    def past(self, name: str, window: Fraction, opening: Fraction) -> Fraction:
        """How fast leaves the far edge of a trailing window right now."""
        edge = self.time - window
        if edge < 0:
            return opening / window
        return next(rate for start, rate in reversed(self.history[name]) if start <= edge)


def beginning(world: World) -> State:
    """The state at `today`."""
    levels = {**world.constants, **{t.name: t.opening for t in world.case.totals}}
    levels |= {t.name: t.opening or Fraction(0) for t in world.case.trailings}
    accounts = {p.name: p.opening for p in world.case.payments}
    for waterfall in world.case.waterfalls:
        accounts |= {f"{waterfall.name}.{a}": Fraction(0) for a in (*waterfall.parties, "pot", "undistributed")}
        accounts |= {f"{waterfall.name}.{a}": amount for a, amount in waterfall.opening}
    return State(Fraction(0), levels, accounts, {}, {t.name: [] for t in world.case.trailings})


def reached(world: World, state: State, moment: Moment) -> bool:
    """Whether a moment has come."""
    match moment:
        case date():
            return state.time >= world.day(moment)
        case AtEvent(name):
            return name in state.happened
        case OnUncertain(name):
            return state.time >= world.uncertain(name)
        case _:
            assert_never(moment)
