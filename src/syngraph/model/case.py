"""A whole case under one plan."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.dates import Clock
from syngraph.base.spans import Span
from syngraph.base.texts import LocalText
from syngraph.expr.nodes import Expr
from syngraph.model.agreements import Agreement, Right
from syngraph.model.assumptions import Assumption, Correlation
from syngraph.model.checks import Check
from syngraph.model.events import Event
from syngraph.model.facts import Fact
from syngraph.model.measures import Dependence, Measure
from syngraph.model.parties import Body, Decides, Party
from syngraph.model.plans import Plan
from syngraph.model.sources import Source
from syngraph.model.stances import Dispute, Offer, Position
from syngraph.model.waterfalls import Waterfall

STEPS = ("month", "quarter", "year")
DAY_COUNTS = ("ACT/ACT", "ACT/365F")


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far and in which steps a case is simulated."""

    until: date
    step: str = "quarter"
    day_count: str = "ACT/ACT"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All records of a case, each section in the order of names."""

    name: str
    title: LocalText
    currency: str
    today: date
    horizon: Horizon
    discount: Expr | None
    sources: tuple[Source, ...] = ()
    parties: tuple[Party, ...] = ()
    bodies: tuple[Body, ...] = ()
    decides: tuple[Decides, ...] = ()
    facts: tuple[Fact, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    rights: tuple[Right, ...] = ()
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    measures: tuple[Measure, ...] = ()
    dependences: tuple[Dependence, ...] = ()
    waterfalls: tuple[Waterfall, ...] = ()
    positions: tuple[Position, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    offers: tuple[Offer, ...] = ()
    checks: tuple[Check, ...] = ()
    plans: tuple[Plan, ...] = ()
    plan: str = "base"

    @property
    def clock(self) -> Clock:
        """Years from today by the day count of the case."""
        return Clock(self.today, self.horizon.day_count)
