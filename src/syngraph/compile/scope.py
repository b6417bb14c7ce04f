"""Every name an expression can use, and what stands behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syngraph.base.nearest import nearest
from syngraph.model.agreements import Agreement, Moment, Payment, Right
from syngraph.model.assumptions import Assumption
from syngraph.model.case import Case
from syngraph.model.events import Decision, Event
from syngraph.model.facts import Fact
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

Unit = Fact | Assumption | Measure | Dependence | Payment | Waterfall
UNDISTRIBUTED = "undistributed"


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of a case. A unit is computed as a whole; `part` names what of it is meant (`paid`, a party)."""

    case: Case
    units: Mapping[str, Unit]
    events: Mapping[str, Event]
    rights: Mapping[str, Right]
    agreements: Mapping[str, Agreement]
    parties: frozenset[str]

    def unit(self, name: str) -> tuple[Unit, str] | None:
        """The unit behind a dotted name and the part of it that is asked for."""
        if name in self.units:
            return self.units[name], ""
        head, _, part = name.rpartition(".")
        unit = self.units.get(head)
        return (unit, part) if unit is not None else None

    def outcome(self, name: str) -> tuple[Event, str] | None:
        """The decision and outcome that `event.outcome` names."""
        head, _, part = name.rpartition(".")
        event = self.events.get(head)
        if event is None or not isinstance(event.trigger, Decision):
            return None
        return (event, part) if any(o.name == part for o in event.trigger.outcomes) else None

    def stage(self, name: str) -> tuple[Agreement, str] | None:
        """The agreement and stage that `agreement.stage` names."""
        head, _, part = name.rpartition(".")
        agreement = self.agreements.get(head)
        if agreement is None or part not in dict(agreement.stages):
            return None
        return agreement, part

    def settled(self, moment: Moment) -> Moment:
        """The moment behind a stage, through as many stages as stand between."""
        seen: set[str] = set()
        while moment.name not in seen and (stage := self.stage(moment.name)) is not None:
            seen.add(moment.name)
            moment = dict(stage[0].stages)[stage[1]]
        return moment

    def meant(self, name: str) -> str:
        """The known name nearest to an unknown one."""
        return nearest(name, self.all_names())

    def all_names(self) -> Iterator[str]:
        """Every name that may stand alone in an expression."""
        for name, unit in self.units.items():
            match unit:
                case Payment():
                    yield f"{name}.paid"
                case Waterfall():
                    yield from (f"{name}.{p}" for p in (*receivers(unit), UNDISTRIBUTED))
                case _:
                    yield name
        for name, event in self.events.items():
            match event.trigger:
                case Decision(outcomes=outcomes):
                    yield from (f"{name}.{o.name}" for o in outcomes)
                case _:
                    yield name
        for name, agreement in self.agreements.items():
            yield from (f"{name}.{stage}" for stage, _ in agreement.stages)


def receivers(waterfall: Waterfall) -> tuple[str, ...]:
    """The parties a waterfall can pay, in order of names."""
    from_tiers = {party for tier in waterfall.tiers for party, _ in tier.shares}
    redirected = {getattr(tier.then, "to", "") for tier in waterfall.tiers} - {""}
    return tuple(sorted(from_tiers | redirected))


def make_scope(case: Case) -> Scope:
    """The names of a case under one plan."""
    units: dict[str, Unit] = {f.head.name: f for f in case.facts}
    units |= {a.head.name: a for a in case.assumptions}
    units |= {m.head.name: m for m in case.measures} | {d.head.name: d for d in case.dependences}
    units |= {w.head.name: w for w in case.waterfalls}
    rights = {r.head.name: r for r in case.rights}
    for agreement in case.agreements:
        for term in agreement.terms:
            match term:
                case Payment():
                    units[term.head.name] = term
                case Right():
                    rights[term.head.name] = term
    return Scope(
        case,
        units,
        {e.head.name: e for e in case.events},
        rights,
        {a.head.name: a for a in case.agreements},
        frozenset(p.head.name for p in case.parties),
    )
