"""What happens once."""

from dataclasses import dataclass

from syngraph.base.dates import Interval
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.assumptions import Between
from syngraph.model.records import Head, Readings


@dataclass(frozen=True, slots=True)
class OnDate:
    """On a day (exact), within an imprecise interval of the past, or on a day still to be drawn."""

    when: Interval | Between


@dataclass(frozen=True, slots=True)
class OnCondition:
    """When a condition is met."""

    condition: Readings[Expr]


@dataclass(frozen=True, slots=True)
class Never:
    """Not in this plan; another may turn it on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a decision can go; probability None takes the rest."""

    name: str
    probability: Expr | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Taken on a day, as soon as its prerequisites are met (neither date nor hazard), or with a hazard per year."""

    date: OnDate | None
    hazard: Readings[Expr] | None
    outcomes: tuple[Outcome, ...]


Trigger = OnDate | OnCondition | Never | Decision


@dataclass(frozen=True, slots=True)
class Become:
    """The event turns a party into another legal form."""

    head: Head
    party: str
    form: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that latches with its date. `next_segment`: it takes effect only from the next segment on."""

    head: Head
    trigger: Trigger
    by: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rank: int = 0
    next_segment: bool = False
    effects: tuple[Become, ...] = ()
    title: LocalText | None = None
    bound: str = "exact"

    @property
    def given(self) -> Interval | None:
        """The day or days the case itself gives for it; None if it is drawn, depends on others, or never comes."""
        match self.trigger:
            case OnDate(when=Interval() as when) | Decision(date=OnDate(when=Interval() as when)):
                return when
            case _:
                return None
