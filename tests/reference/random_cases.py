"""Random cases on which the specification has one answer, and the draws of their uncertain days."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reference.clock import years
from reference.drafting import Draft
from reference.exact import Result, simulate
from reference.features import FEATURES
from reference.model import Between, Case, Unclear
from reference.ties import TIES

TIED = 0.3  # part of the cases that have a coincidence that is meant
SHARES = (Fraction(1, 2), Fraction(3, 25), Fraction(22, 25), Fraction(33, 100))
ATTEMPTS = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case, what was put into it, and what the drawings before it stumbled over."""

    case: Case
    features: tuple[str, ...]
    refused: tuple[str, ...]
    result: Result  # with every uncertain day in the middle


def random_case(seed: int) -> Case:
    """A case of two to six features, always the same for a seed."""
    return drawn_case(seed).case


def drawn_case(seed: int) -> Drawn:
    """The same with what was put into it."""
    refused: list[str] = []
    for attempt in range(ATTEMPTS):
        draft = _drawn(random.Random(f"reference {seed} {attempt}"))
        case = draft.case()
        try:
            results = [simulate(case, drawn_days(case, share)) for share in _shares(case)]
        except Unclear as problem:
            refused.append(problem.code)
            continue
        if _worth_while(results[0]):
            return Drawn(case, tuple(draft.features), tuple(refused), results[0])
        refused.append("dull")
    raise AssertionError(f"no case for seed {seed}: {refused}")


def drawn_days(case: Case, share: Fraction) -> Mapping[str, Fraction | None]:
    """Every uncertain day at this share of its stretch (for the others of a case the share moves on)."""
    found: dict[str, Fraction | None] = {}
    drawn = [*case.uncertain, *((e.name, e.when) for e in case.events if isinstance(e.when, Between))]
    for i, (name, days) in enumerate(drawn):
        first, end = years(case.today, days.first), years(case.today, days.end)
        found[name] = first + (end - first) * ((share + Fraction(17 * i, 50)) % 1)
    return found


def _shares(case: Case) -> tuple[Fraction, ...]:
    return SHARES if drawn_days(case, SHARES[0]) else SHARES[:1]


def _drawn(rng: random.Random) -> Draft:
    draft = Draft(rng, even=rng.random() < TIED)
    draft.total_of(draft.steady(), pure=rng.random() < 0.5)
    count = rng.randint(2, 6)
    if draft.even:
        _add(draft, TIES)
        count = max(1, count - 2)
    for _ in range(count):
        _add(draft, FEATURES)
    return draft


def _add(draft: Draft, table: Mapping[str, object]) -> None:
    name = draft.rng.choice(sorted(table))
    draft.features.append(name)
    (FEATURES.get(name) or TIES[name])(draft)


def _worth_while(result: Result) -> bool:
    """Whether something is paid or counted, and something happens on the way."""
    return result.stops >= 3 and any(sum(amounts) for _, amounts in result.flows)
