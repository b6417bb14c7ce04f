"""A random case while it is being drawn: its days, its numbers of few digits, and what may already be named."""

import random
from datetime import date, timedelta
from fractions import Fraction

from reference.clock import position
from reference.model import (
    AtEvent,
    Between,
    Case,
    Choice,
    Compare,
    Condition,
    DayCompare,
    Event,
    Every,
    Happened,
    Highest,
    Known,
    Level,
    LevelOf,
    Lowest,
    Moment,
    Named,
    Not,
    OnceUncertain,
    OnUncertain,
    Payment,
    Rate,
    RateMix,
    RateOf,
    Some,
    Steady,
    Total,
    Trailing,
    Waterfall,
)

EVEN = Fraction(73, 2)  # 36.5 a year are 0.1 a day in a common year: what falls on a day has few digits
OPERATORS = (">=", ">=", ">=", ">", ">", "<", "<=")
LETTERS = "abcdfghjklmnpqrstuvwyz"  # `x` and `e` read as other things beside numbers


class Draft:
    """What has been drawn so far. Conditions name only what is there already: no status or event needs itself."""

    def __init__(self, rng: random.Random, *, even: bool) -> None:
        """`even`: rates in multiples of 36.5 between common years, for ties that are meant."""
        self.rng, self.even = rng, even
        self.today, self.until = self._horizon()
        self.taken: set[str] = set()
        self.features: list[str] = []
        self.constants: list[tuple[str, Fraction]] = []
        self.uncertain: list[tuple[str, Between]] = []
        self.rates: list[tuple[str, Rate]] = []
        self.parts: dict[str, list[tuple[Fraction, Rate]]] = {}  # of totals
        self.openings: dict[str, Fraction] = {}
        self.speeds: dict[str, Fraction] = {}  # what rates and levels move a year, about
        self.pure: list[str] = []  # totals that no payment feeds
        self.trailings: list[Trailing] = []
        self.statuses: list[tuple[str, Condition]] = []
        self.events: list[Event] = []
        self.payments: list[Payment] = []
        self.waterfalls: list[Waterfall] = []

    def case(self) -> Case:
        """What was drawn."""
        totals = (Total(n, _sum(parts), self.openings[n]) for n, parts in self.parts.items() if parts)
        return Case(
            today=self.today,
            until=self.until,
            constants=tuple(self.constants),
            uncertain=tuple(self.uncertain),
            rates=tuple(self.rates),
            totals=tuple(totals),
            trailings=tuple(self.trailings),
            statuses=tuple(self.statuses),
            events=tuple(self.events),
            payments=tuple(self.payments),
            waterfalls=tuple(self.waterfalls),
        )

    # names, days and numbers

    def name(self, stem: str) -> str:
        """A new name; the order of names is not the order of drawing."""
        while True:
            found = f"{stem}_{self.rng.choice(LETTERS)}{self.rng.choice(LETTERS)}"
            if found not in self.taken:
                self.taken.add(found)
                return found

    def _horizon(self) -> tuple[date, date]:
        rng = self.rng
        if self.even:
            today = rng.choice([date(2025, 1, 1), date(2025, 3, 14), date(2029, 1, 1), date(2029, 2, 10)])
            return today, rng.choice([date(today.year + 2, 12, 20), date(today.year + 3, 1, 1)])
        today = rng.choice([date(2026, 1, 1), date(2026, 2, 10), date(2027, 11, 30), date(2028, 2, 29)])
        if rng.random() < 0.5:
            today = date(2025, 1, 1) + timedelta(days=rng.randrange(1500))
        return today, today + timedelta(days=rng.randint(1000, 1180))

    def day(self, low: float = 0.05, high: float = 0.95) -> date:
        """A day strictly inside the run."""
        length = (self.until - self.today).days
        return self.today + timedelta(days=self.rng.randint(max(1, int(low * length)), int(high * length)))

    def boundary(self) -> date:
        """The beginning of a quarter strictly inside the run."""
        first = self.today.year * 4 + (self.today.month - 1) // 3 + 1
        firsts = [date(q // 4, q % 4 * 3 + 1, 1) for q in range(first, first + 13)]
        return self.rng.choice([d for d in firsts if self.today < d < self.until])

    def between(self) -> Between:
        first = self.day(0.05, 0.6)
        return Between(first, first + timedelta(days=self.rng.randint(60, 500)))

    def number(self, low: float, high: float) -> Fraction:
        """A number of three digits or so; whole or half multiples of 36.5 where ties are meant."""
        if self.even:
            return EVEN * max(1, round(self.rng.uniform(low, high) * 2 / float(EVEN))) / 2
        return few(self.rng.uniform(low, high))

    def since(self, day: date) -> Fraction:
        """Years from today to a day."""
        return position(day) - position(self.today)

    # rates and totals

    def steady(self, low: float = 20, high: float = 90) -> str:
        """A new rate that stays."""
        name, value = self.name("rate"), self.number(low, high)
        self.rates.append((name, Steady(value)))
        self.speeds[name] = value
        return name

    def stepped(self, condition: Condition, low: float = 20, high: float = 90) -> str:
        """A new rate that changes while a condition holds."""
        name, first, second = self.name("rate"), self.number(low, high), self.number(low, high)
        self.rates.append((name, Choice(Steady(first), condition, Steady(second))))
        self.speeds[name] = (first + second) / 2
        return name

    def total(self, parts: list[tuple[Fraction, Rate]], speed: Fraction, *, pure: bool = False) -> str:
        """A new total; payments may be taken from it later unless it is pure."""
        name = self.name("sum")
        self.parts[name], self.speeds[name] = parts, speed
        self.openings[name] = few(self.rng.uniform(0, 40)) if self.rng.random() < 0.6 else Fraction(0)
        if pure:
            self.pure.append(name)
        return name

    def total_of(self, rate: str, *, pure: bool = False) -> str:
        """The total of a named rate."""
        return self.total([(Fraction(1), RateOf(rate))], self.speeds[rate], pure=pure)

    def threshold(self, level: str, low: float = 0.15, high: float = 2.4) -> Fraction:
        """A number the level may well meet in the run."""
        return few(float(self.openings.get(level, 0)) + float(self.speeds[level]) * self.rng.uniform(low, high))

    def number_or_constant(self, value: Fraction) -> Level:
        """A number, now and then by a name."""
        if self.rng.random() < 0.75:
            return Known(value)
        name = self.name("fact")
        self.constants.append((name, value))
        return LevelOf(name)

    # conditions

    def crossing(self, level: str | None = None) -> Compare:
        """A level held against a number."""
        found = level or self.rng.choice(self.levels())
        return Compare(LevelOf(found), self.rng.choice(OPERATORS), self.number_or_constant(self.threshold(found)))

    def levels(self) -> list[str]:
        """Totals and trailing amounts."""
        return [*(n for n, parts in self.parts.items() if parts), *(t.name for t in self.trailings)]

    def bent(self) -> Compare:
        """The least or greatest of two levels held against a number."""
        found = self.levels()
        chosen = self.rng.sample(found, min(2, len(found)))
        limit = self.threshold(self.rng.choice(chosen))
        parts: tuple[Level, ...] = tuple(LevelOf(n) for n in chosen)
        if len(parts) == 1 or self.rng.random() < 0.3:
            parts = (*parts[:1], Known(self.threshold(chosen[0], 0.5, 2)))
            return Compare(LevelOf(self.rng.choice(found)), self.rng.choice(OPERATORS), self._least(parts))
        return Compare(self._least(parts), self.rng.choice(OPERATORS), Known(limit))

    def _least(self, parts: tuple[Level, ...]) -> Level:
        return Lowest(parts) if self.rng.random() < 0.5 else Highest(parts)

    def leaf(self) -> Condition:
        """One question."""
        rng, options = self.rng, ["level", "level", "day"]
        options += ["happened"] * bool(self.events) + ["uncertain"] * bool(self.uncertain)
        options += ["status"] * bool(self.statuses) + ["two", "bent"] * (len(self.levels()) > 1)
        match rng.choice(options):
            case "day":
                return DayCompare(rng.choice((">=", ">=", "<", ">", "<=")), self.day())
            case "happened":
                return Happened(rng.choice(self.events).name)
            case "uncertain":
                return OnceUncertain(rng.choice(self.uncertain)[0])
            case "status":
                return Named(rng.choice(self.statuses)[0])
            case "two":
                first, second = rng.sample(self.levels(), 2)
                return Compare(LevelOf(first), rng.choice(OPERATORS), LevelOf(second))
            case "bent":
                return self.bent()
            case _:
                return self.crossing()

    def condition(self, depth: int = 2) -> Condition:
        """Questions joined by `and`, `or`, `not`."""
        if depth == 0 or self.rng.random() < 0.35:
            found = self.leaf()
            return Not(found) if self.rng.random() < 0.15 else found
        parts = tuple(self.condition(depth - 1) for _ in range(self.rng.choice((2, 2, 3))))
        joined: Condition = Every(parts) if self.rng.random() < 0.5 else Some(parts)
        return Not(joined) if self.rng.random() < 0.15 else joined

    # spans

    def moment(self) -> Moment:
        """A day, an event or an uncertain day."""
        options: list[Moment] = [self.day(), self.day()]
        options += [AtEvent(e.name) for e in self.events] + [OnUncertain(n) for n, _ in self.uncertain]
        return self.rng.choice(options)

    def moments(self, chance: float = 0.7) -> tuple[Moment, ...]:
        """None, one or several, no two alike."""
        if self.rng.random() > chance:
            return ()
        found = [self.moment() for _ in range(self.rng.choice((1, 1, 1, 2, 2, 3)))]
        return tuple(dict.fromkeys(found))


def few(number: float) -> Fraction:
    """A number cut to about three digits."""
    return Fraction(round(number * 10), 10) if abs(number) < 100 else Fraction(round(number))


def _sum(parts: list[tuple[Fraction, Rate]]) -> Rate:
    return parts[0][1] if len(parts) == 1 and parts[0][0] == 1 else RateMix(tuple(parts))
