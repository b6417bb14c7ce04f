"""The reference: one path of a case, from moment to moment, in exact fractions.

At each moment days turn, events happen one at a time, and every gap that is zero leads to a side (`happenings`,
`sides`); from there everything moves in straight lines to the next moment: a day, the far edge of a window, or the
first share at which a gap, a bend, a cap or a tier's bound is met. Nothing is rounded before the results.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reference.clock import by_year, calendar_years
from reference.flows import Motion, slope_in
from reference.happenings import happen
from reference.levels import ZERO, slope, value
from reference.model import Case, LevelMix, Unclear, UpTo
from reference.sides import Settled
from reference.world import State, World, beginning

NEAR = Fraction(1, 10**9)  # of a year: moments nearer to each other than this are one to an engine that rounds
MOST_STOPS = 400


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case; each part a tuple of pairs by name."""

    years: tuple[int, ...]
    flows: tuple[tuple[str, tuple[float, ...]], ...]  # `deal.fee.paid`, `money.fund`, `money.undistributed`: each year
    ends: tuple[tuple[str, float], ...]  # levels at the end of the run
    dates: tuple[tuple[str, float | None], ...]  # of events, in years since today
    shortfalls: tuple[tuple[str, float], ...]  # `deal.fee.shortfall`
    stops: int
    slid: int  # stretches on which something slid

    def total(self, flow: str) -> float:
        """A flow over the whole run."""
        return sum(dict(self.flows)[flow])

    def end(self, level: str) -> float:
        """A level at the end."""
        return dict(self.ends)[level]

    def day(self, event: str) -> float | None:
        """When an event happened."""
        return dict(self.dates)[event]


class _Path:
    """One path under way."""

    def __init__(self, world: World) -> None:
        self.world, self.state = world, beginning(world)
        self.amounts: dict[str, dict[int, Fraction]] = {}
        self.short: dict[str, Fraction] = {}
        self.stops = self.slid = 0

    def run(self) -> None:
        """From today to the end."""
        while self.state.time < self.world.until:
            settled = happen(self.world, self.state)
            self._remember(settled.motion)
            self._move(self._next_stop(settled.motion), settled)
            self.stops += 1
            if self.stops > MOST_STOPS:
                raise Unclear("too-many-stops")
        before = len(self.state.happened)
        happen(self.world, self.state)
        if len(self.state.happened) > before:
            raise Unclear("at-the-end")

    def _remember(self, motion: Motion) -> None:
        """Notes how fast flows in what a trailing window holds."""
        for name, past in self.state.history.items():
            if not past or past[-1][1] != motion.rates[name]:
                past.append((self.state.time, motion.rates[name]))

    def _next_stop(self, motion: Motion) -> Fraction:
        """The next moment at which something turns; refuses two that are nearly one."""
        now = self.state.time
        later = [t for t in (*self.world.days, *self._edges()) if t > now]
        later += [now + wait for wait in self._waits(motion)]
        first = min(later)
        if first - now < NEAR or any(0 < t - first < NEAR for t in later):
            raise Unclear("near-tie")
        return first

    def _edges(self) -> Iterator[Fraction]:
        """When what changed at the near edge of a window reaches its far edge."""
        for name, past in self.state.history.items():
            yield from (start + self.world.trailings[name].window for start, _ in past)

    def _waits(self, motion: Motion) -> Iterator[Fraction]:
        """How long until gaps, bends, caps and tiers are met, if all goes on as it does."""
        levels = self.state.levels
        moving = {name: slope_in(self.world, self.state, motion.rates, name) for name in levels}
        differences: list[LevelMix] = [*(gap.level for gap in self.world.gaps), *self.world.bends]
        for difference in differences:
            yield from _wait(value(difference, levels), slope(difference, levels, moving.__getitem__))
        for payment in self.world.case.payments:
            if payment.cap is not None:
                room = value(payment.cap, levels) - self.state.accounts[payment.name]
                closing = slope(payment.cap, levels, moving.__getitem__) - motion.rates[payment.name]
                yield from _wait(room, closing)
        yield from self._waits_of_tiers(motion)

    def _waits_of_tiers(self, motion: Motion) -> Iterator[Fraction]:
        for waterfall in self.world.case.waterfalls:
            for target in (u for tier in waterfall.tiers for u in tier.until if isinstance(u, UpTo)):
                account = f"{waterfall.name}.{target.account}"
                yield from _wait(target.amount - self.state.accounts[account], -motion.rates[account])

    def _move(self, stop: Fraction, settled: Settled) -> None:
        """Straight on to the next stop."""
        state, rates = self.state, settled.motion.rates
        length = stop - state.time
        moved = {name: length * slope_in(self.world, state, rates, name) for name in state.levels}
        for name, rise in moved.items():
            state.levels[name] += rise
        parts = by_year(self.world.case.today, state.time, stop)
        for name in state.accounts:
            state.accounts[name] += length * rates[name]
            years = self.amounts.setdefault(name, {})
            for year, part in parts:
                years[year] = years.get(year, ZERO) + part * rates[name]
        self.slid += bool(settled.sliding)
        state.time = stop
        self._commitments()

    def _commitments(self) -> None:
        """Notes what is missing on the day before which it was promised."""
        for payment in self.world.case.payments:
            promise = payment.commitment
            if promise and self.world.day(promise.by) == self.state.time:
                self.short[payment.name] = max(promise.amount - self.state.accounts[payment.name], ZERO)


def _wait(gap: Fraction, speed: Fraction) -> Iterator[Fraction]:
    """How long until a gap closes, if it does."""
    if gap and speed and (gap < 0) == (speed > 0):
        yield -gap / speed


def simulate(case: Case, drawn: Mapping[str, Fraction | None] | None = None) -> Result:
    """What comes of a case.

    `drawn`: each uncertain day and each event with a drawn day, by name, in years since today; None if not in the run.
    Raises `Unclear` where the specification calls it an error or leaves more than one answer.
    """
    world = World(case, drawn or {})
    path = _Path(world)
    path.run()
    return _result(path)


def _result(path: _Path) -> Result:
    case, state = path.world.case, path.state
    years = calendar_years(case.today, case.until)
    named = {p.name: f"deal.{p.name}.paid" for p in case.payments}
    named |= {f"{w.name}.{a}": f"{w.name}.{a}" for w in case.waterfalls for a in (*w.parties, "undistributed")}
    flows = ((shown, tuple(float(path.amounts[n].get(y, ZERO)) for y in years)) for n, shown in named.items())
    levels = (*path.world.totals, *path.world.trailings)
    return Result(
        years=years,
        flows=tuple(flows),
        ends=tuple((name, float(state.levels[name])) for name in levels),
        dates=tuple((e.name, _when(state, e.name)) for e in case.events),
        shortfalls=tuple(
            (f"deal.{p.name}.shortfall", float(path.short.get(p.name, ZERO))) for p in case.payments if p.commitment
        ),
        stops=path.stops,
        slid=path.slid,
    )


def _when(state: State, event: str) -> float | None:
    return float(state.happened[event]) if event in state.happened else None
