"""To which side each gap that is zero leads, and what flows then: leaving, staying or sliding.

Semantics §6. A gap that is not zero is on its side. One that is zero leads to the side to which it leaves; if it
stays, the operator decides (side 0). If each side leads to the other it slides: both are run, and mixed by
the share at which it does not move. Where the text leaves more than one answer, or none, the case is `Unclear`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from reference.flows import Flows, Motion, slope_in, standing
from reference.levels import ZERO, sign, slope
from reference.model import LevelMix, Unclear
from reference.world import State, World

UP, ON, DOWN = 1, 0, -1
Mixture = tuple[tuple[int, Fraction], ...]  # sides with weights that add up to 1
MOST = 5  # gaps that may be zero at once


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds and flows right after a moment. Events and statuses see a sliding gap on zero (side 0)."""

    sides: tuple[int, ...]
    motion: Motion
    zero: tuple[int, ...]  # places of the gaps that are zero
    sliding: tuple[int, ...]


def settle(world: World, state: State) -> Settled:
    """The only answer there is, given the events that have happened."""
    return _Moment(world, state).settled()


class _Moment:
    """One moment of a path with the gaps that are zero at it."""

    def __init__(self, world: World, state: State) -> None:
        self.world, self.state = world, state
        self.base = standing(world, state)
        self.zero = tuple(i for i, side in enumerate(self.base) if side == 0 and _varies(world.gaps[i].level))
        self.known: dict[tuple[int, ...], Motion] = {}
        if len(self.zero) > MOST:
            raise Unclear("too-many-at-once")

    def settled(self) -> Settled:
        """The sides that lead to themselves; if there are none, those of which some slide."""
        found = [sides for sides in product((UP, ON, DOWN), repeat=len(self.zero)) if self._leads_to_itself(sides)]
        if len(found) > 1:
            raise Unclear("two-ways")
        if found:
            motion = self.pure(found[0])
            return Settled(self._all(found[0]), motion, self.zero, ())
        return self._slide()

    def _all(self, sides: tuple[int, ...]) -> tuple[int, ...]:
        whole = list(self.base)
        for place, side in zip(self.zero, sides, strict=True):
            whole[place] = side
        return tuple(whole)

    def pure(self, sides: tuple[int, ...]) -> Motion:
        """What flows if the gaps that are zero are on these sides."""
        asked = tuple(side or self.world.on_zero[place] for side, place in zip(sides, self.zero, strict=True))
        if asked not in self.known:
            self.known[asked] = Flows(self.world, self.state, self._all(asked)).motion()
        return self.known[asked]

    def slope(self, number: int, motion: Motion) -> Fraction:
        """How fast the gap of this number moves."""
        level = self.world.gaps[self.zero[number]].level
        return slope(level, self.state.levels, lambda n: slope_in(self.world, self.state, motion.rates, n))

    def _leads_to_itself(self, sides: tuple[int, ...]) -> bool:
        motion = self.pure(sides)
        return all(sign(self.slope(i, motion)) == side for i, side in enumerate(sides))

    # sliding

    def _slide(self) -> Settled:
        """Solves the gaps one after another, each time one whose move does not depend on those still open."""
        solved: dict[int, Mixture] = {}
        while len(solved) < len(self.zero):
            number = next((i for i in range(len(self.zero)) if i not in solved and self._alone(i, solved)), None)
            if number is None:
                raise Unclear("slides-cross")
            solved[number] = self._solve(number, solved)
        motion = self._mixed(solved)
        sliding = tuple(i for i, mixture in solved.items() if self._slides(mixture))
        self._check(solved, sliding, motion)
        sides = tuple(ON if i in sliding else solved[i][0][0] for i in range(len(self.zero)))
        return Settled(self._all(sides), motion, self.zero, tuple(self.zero[i] for i in sliding))

    @staticmethod
    def _slides(mixture: Mixture) -> bool:
        return len(mixture) > 1

    def _combinations(self, solved: dict[int, Mixture]) -> Iterator[tuple[tuple[int, ...], Fraction]]:
        """Every combination of sides with its weight."""
        for chosen in product(*(solved[i] for i in range(len(self.zero)))):
            weight = Fraction(1)
            for _, part in chosen:
                weight *= part
            yield tuple(side for side, _ in chosen), weight

    def _mixed(self, solved: dict[int, Mixture]) -> Motion:
        """The sides run each, and mixed by their weights."""
        rates: dict[str, Fraction] = {}
        for sides, weight in self._combinations(solved):
            for name, rate in self.pure(sides).rates.items():
                rates[name] = rates.get(name, ZERO) + weight * rate
        return Motion(rates, frozenset())

    def _slope_if(self, number: int, side: int, solved: dict[int, Mixture], others: dict[int, int]) -> Fraction:
        certain: dict[int, Mixture] = {i: ((s, Fraction(1)),) for i, s in others.items()}
        return self.slope(number, self._mixed({**solved, **certain, number: ((side, Fraction(1)),)}))

    def _open(self, number: int, solved: dict[int, Mixture]) -> Iterator[dict[int, int]]:
        """Every way in which the other open gaps may lead."""
        others = [i for i in range(len(self.zero)) if i not in solved and i != number]
        for sides in product((UP, ON, DOWN), repeat=len(others)):
            yield dict(zip(others, sides, strict=True))

    def _alone(self, number: int, solved: dict[int, Mixture]) -> bool:
        """Whether the gap's move hangs on its own side only."""
        return all(
            len({self._slope_if(number, side, solved, others) for others in self._open(number, solved)}) == 1
            for side in (UP, ON, DOWN)
        )

    def _solve(self, number: int, solved: dict[int, Mixture]) -> Mixture:
        others = next(self._open(number, solved))
        moves = {side: self._slope_if(number, side, solved, others) for side in (UP, ON, DOWN)}
        found = [side for side, move in moves.items() if sign(move) == side]
        if len(found) > 1:
            raise Unclear("two-ways")
        if found:
            return ((found[0], Fraction(1)),)
        share = moves[DOWN] / (moves[DOWN] - moves[UP])
        return ((UP, share), (DOWN, 1 - share))

    def _check(self, solved: dict[int, Mixture], sliding: tuple[int, ...], motion: Motion) -> None:
        """That each gap that slides stands still, caps cut alike on its sides, and two that slide do not interact."""
        if any(self.slope(i, motion) for i in sliding):
            raise Unclear("slides-bend")
        if len({self.pure(sides).cutting for sides, weight in self._combinations(solved) if weight}) > 1:
            raise Unclear("slides-at-cap")
        if len(sliding) > 1 and self._interact(solved, sliding):
            raise Unclear("slides-cross")

    def _interact(self, solved: dict[int, Mixture], sliding: tuple[int, ...]) -> bool:
        """Whether one share for all and a share for each could differ: rates are not sums of what each side does."""
        fixed: dict[int, Mixture] = {i: ((DOWN, Fraction(1)),) for i in sliding}
        low = self._mixed({**solved, **fixed}).rates
        alone = [self._mixed({**solved, **fixed, i: solved[i]}).rates for i in sliding]
        mixed = self._mixed(solved).rates
        return any(mixed[n] - low[n] != sum((part[n] - low[n] for part in alone), ZERO) for n in mixed)


def _varies(level: LevelMix) -> bool:
    """Whether a gap is more than a constant."""
    return len(level.parts) > 1
