"""What a case of the reference can say: rates that are constant between moments, so that every level is a broken line.

Amounts are fractions of whole units (USD), rates are per year. Nothing here knows the engine under test.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

# levels: what stands on a day


@dataclass(frozen=True, slots=True)
class Known:
    """A number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class LevelOf:
    """A constant, a total or a trailing amount, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class LevelMix:
    """A sum of levels, each with its factor."""

    parts: tuple[tuple[Fraction, "Level"], ...]


@dataclass(frozen=True, slots=True)
class Lowest:
    """The least of two levels or more."""

    parts: tuple["Level", ...]


@dataclass(frozen=True, slots=True)
class Highest:
    """The greatest of two levels or more."""

    parts: tuple["Level", ...]


Level = Known | LevelOf | LevelMix | Lowest | Highest

# conditions: what holds right after a moment


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two levels: `<`, `<=`, `>` or `>=`."""

    left: Level
    operator: str
    right: Level


@dataclass(frozen=True, slots=True)
class DayCompare:
    """`date >= day` and its like; `date > day` is the day after."""

    operator: str
    day: date


@dataclass(frozen=True, slots=True)
class OnceUncertain:
    """`date >= name`, the name of an uncertain day."""

    name: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Whether an event has happened."""

    event: str


@dataclass(frozen=True, slots=True)
class Named:
    """A status measure, by name."""

    status: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of them: `and`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of them at least: `or`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: "Condition"


Condition = Compare | DayCompare | OnceUncertain | Happened | Named | Every | Some | Not

# rates: how fast something moves, per year


@dataclass(frozen=True, slots=True)
class Steady:
    """So much a year."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class RateOf:
    """A rate measure, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class RateMix:
    """A sum of rates, each with its factor."""

    parts: tuple[tuple[Fraction, "Rate"], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`."""

    then: "Rate"
    condition: Condition
    otherwise: "Rate"


@dataclass(frozen=True, slots=True)
class Slowest:
    """The least of some rates."""

    parts: tuple["Rate", ...]


@dataclass(frozen=True, slots=True)
class Fastest:
    """The greatest of some rates."""

    parts: tuple["Rate", ...]


@dataclass(frozen=True, slots=True)
class Paid:
    """What a payment pays a year."""

    payment: str


@dataclass(frozen=True, slots=True)
class Received:
    """What a party of a waterfall, or `undistributed`, gets a year."""

    waterfall: str
    party: str


Rate = Steady | RateOf | RateMix | Choice | Slowest | Fastest | Paid | Received

# moments


@dataclass(frozen=True, slots=True)
class AtEvent:
    """When an event happens."""

    name: str


@dataclass(frozen=True, slots=True)
class OnUncertain:
    """An uncertain day of the case."""

    name: str


Moment = date | AtEvent | OnUncertain


@dataclass(frozen=True, slots=True)
class Between:
    """A day drawn from [first, end)."""

    first: date
    end: date


# records


@dataclass(frozen=True, slots=True)
class Total:
    """`cum` of a rate, from an opening."""

    name: str
    rate: Rate
    opening: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Trailing:
    """What a rate brought in the last `months`; the opening is what the window before today brought, evenly."""

    name: str
    rate: Rate
    months: int = 12
    opening: Fraction | None = None

    @property
    def window(self) -> Fraction:
        return Fraction(self.months, 12)


@dataclass(frozen=True, slots=True)
class Event:
    """What happens once: on a condition, on a day, or on a drawn day."""

    name: str
    when: Condition | date | Between
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named exception of a payment: another amount while its condition holds, perhaps over another exception."""

    name: str
    when: Condition
    amount: Rate
    over: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """An amount to be paid before a day."""

    amount: Fraction
    by: date


@dataclass(frozen=True, slots=True)
class Payment:
    """A term of the agreement `deal`; `start` and `end` are lists of which the first counts."""

    name: str
    amount: Rate
    start: tuple[Moment, ...] = ()
    end: tuple[Moment, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    cap: Level | None = None
    opening: Fraction = Fraction(0)
    commitment: Commitment | None = None


@dataclass(frozen=True, slots=True)
class UpTo:
    """Until an account (a party, or `pot`) has had so much."""

    account: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Ends:
    """Until a moment."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Tier:
    """Who shares by which weights (in percent), until what; `then` is `next`, `redistribute` or a party."""

    name: str
    shares: tuple[tuple[str, int], ...]
    until: tuple[UpTo | Ends, ...] = ()
    then: str = "next"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A pot that goes through tiers; openings are what accounts had before today."""

    name: str
    pot: Rate
    tiers: tuple[Tier, ...]
    start: tuple[Moment, ...] = ()
    end: tuple[Moment, ...] = ()
    opening: tuple[tuple[str, Fraction], ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Who may get something, by name."""
        shared = {p for tier in self.tiers for p, _ in tier.shares}
        return tuple(sorted(shared | {t.then for t in self.tiers if t.then not in ("next", "redistribute")}))


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case: its horizon and its records, names unique over all of them."""

    today: date
    until: date
    constants: tuple[tuple[str, Fraction], ...] = ()
    uncertain: tuple[tuple[str, Between], ...] = ()
    rates: tuple[tuple[str, Rate], ...] = ()
    totals: tuple[Total, ...] = ()
    trailings: tuple[Trailing, ...] = ()
    statuses: tuple[tuple[str, Condition], ...] = ()
    events: tuple[Event, ...] = ()
    payments: tuple[Payment, ...] = ()
    waterfalls: tuple[Waterfall, ...] = ()


class Unclear(Exception):
    """The specification calls this an error, or does not say; `code` is which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
