"""Every name an expression can use, bound to what stands behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from syngraph.base.nearest import nearest
from syngraph.model.agreements import Active, Agreement, Moment, Payment, Right
from syngraph.model.assumptions import Assumption
from syngraph.model.case import Case
from syngraph.model.events import Decision, Event
from syngraph.model.facts import Fact
from syngraph.model.measures import Dependence, Measure
from syngraph.model.waterfalls import Waterfall

Unit = Fact | Assumption | Measure | Dependence | Payment | Waterfall
UNDISTRIBUTED = "undistributed"
CLOCKS = ("date", "dt", "t")
USABLE = "facts, assumptions, measures, dependences, waterfalls, events, agreements"
"""Where what a formula can use is defined, as the author writes it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A unit, computed as a whole, and the part of it that is meant (`paid`, a party; empty: it itself)."""

    unit: Unit
    part: str


@dataclass(frozen=True, slots=True)
class OutcomeOf:
    """An outcome of a decision."""

    event: Event
    outcome: str


@dataclass(frozen=True, slots=True)
class StageOf:
    """A stage of an agreement, and when it comes, through as many stages as stand between."""

    agreement: Agreement
    moment: Moment


@dataclass(frozen=True, slots=True)
class ClockName:
    """`t`, `date` or `dt`."""

    text: str


Bound = Part | OutcomeOf | StageOf | ClockName


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of a case."""

    case: Case
    units: Mapping[str, Unit]
    events: Mapping[str, Event]
    rights: Mapping[str, Right]
    agreements: Mapping[str, Agreement]
    parties: frozenset[str]
    paying: Mapping[str, tuple[Unit, ...]]
    paid: Mapping[str, tuple[Unit, ...]]
    owners: Mapping[str, tuple[str, ...]]

    def within(self, party: str, owner: str) -> bool:
        """Whether a party is the owner itself or a unit of it: what a unit gets and owes, its owner does."""
        return owner in self.owners.get(party, (party,))

    def received_by(self, waterfall: Waterfall, party: str) -> tuple[str, ...]:
        """The receivers of a waterfall whose parts come to a party: itself, and its units."""
        return tuple(
            r for r in receivers(waterfall) if self.within(r, party) and not self._inside(waterfall.of, r, party)
        )

    def paid_by(self, waterfall: Waterfall, party: str) -> tuple[str, ...]:
        """The receivers of a waterfall whose parts leave a party."""
        return tuple(r for r in receivers(waterfall) if not self._inside(waterfall.of, r, party))

    def _inside(self, payer: str, payee: str, party: str) -> bool:
        """Whether money only moves between a party and its units."""
        return payer != payee and self.within(payer, party) and self.within(payee, party)

    def bound(self, name: str) -> Bound | None:
        """What a name in an expression stands for; None if nothing that has a value."""
        if (found := self.unit(name)) is not None:
            return Part(*found)
        if (outcome := self.outcome(name)) is not None:
            return OutcomeOf(*outcome)
        if (stage := self.stage(name)) is not None:
            return StageOf(stage[0], self.settled(dict(stage[0].stages)[stage[1]]))
        return ClockName(name) if name in CLOCKS else None

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

    def agreement_of(self, term: str) -> Agreement | None:
        """The agreement a term stands in."""
        return self.agreements.get(term.rpartition(".")[0])

    def span(self, term: str, own: Active) -> Active:
        """A term's own span, completed by the `effective` and `ended` stages of its agreement."""
        agreement = self.agreement_of(term)
        if agreement is None:
            return own
        stages = dict(agreement.stages)
        starts = own.starts or ((stages["effective"],) if "effective" in stages else ())
        ends = (*own.ends, stages["ended"]) if "ended" in stages else own.ends
        return Active(starts, ends)

    def meant(self, name: str) -> str:
        """The known name nearest to an unknown one."""
        return nearest(name, self.all_names())

    def all_names(self) -> Iterator[str]:
        """Every name that may stand alone in an expression."""
        for name, unit in self.units.items():
            if isinstance(unit, Payment):
                yield f"{name}.paid"
            elif isinstance(unit, Waterfall):
                yield from (f"{name}.{p}" for p in (*receivers(unit), UNDISTRIBUTED))
            else:
                yield name
        for name, event in self.events.items():
            if isinstance(event.trigger, Decision):
                yield from (f"{name}.{o.name}" for o in event.trigger.outcomes)
            else:
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
                case _:
                    assert_never(term)
    owners = _owners(case)
    paying, paid = _streams(units, owners)
    return Scope(
        case,
        units,
        {e.head.name: e for e in case.events},
        rights,
        {a.head.name: a for a in case.agreements},
        frozenset(p.head.name for p in case.parties),
        paying,
        paid,
        owners,
    )


def _owners(case: Case) -> dict[str, tuple[str, ...]]:
    """Each party with those it is a unit of, from the nearest to the one that is no unit."""
    above = {p.head.name: p.part_of for p in case.parties if p.part_of}
    found: dict[str, tuple[str, ...]] = {}
    for party in above:
        chain = [party]
        while (owner := above.get(chain[-1])) is not None and owner not in chain:
            chain.append(owner)
        found[party] = tuple(chain)
    return found


def _streams(
    units: Mapping[str, Unit], owners: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    """By which units each party pays, and by which it is paid; what a unit of a party pays, the party does too."""
    paying: dict[str, dict[str, Unit]] = {}
    paid: dict[str, dict[str, Unit]] = {}
    for unit in units.values():
        for payer, payee in _ends(unit):
            by, to = owners.get(payer, (payer,)), owners.get(payee, (payee,))
            inside = frozenset() if payer == payee else frozenset(by) & frozenset(to)
            for streams, parties in ((paying, by), (paid, to)):
                for party in parties:
                    if party not in inside:
                        streams.setdefault(party, {})[unit.head.name] = unit
    return {k: tuple(v.values()) for k, v in paying.items()}, {k: tuple(v.values()) for k, v in paid.items()}


def _ends(unit: Unit) -> Iterator[tuple[str, str]]:
    """Who pays and who is paid by a unit."""
    match unit:
        case Payment(payer=payer, payee=payee):
            yield payer.chosen, payee.chosen
        case Waterfall(of=of):
            yield from ((of, party) for party in receivers(unit))
        case _:
            pass
