"""With what shares the sides of sliding switches are mixed so that no gap moves."""

import itertools

import numpy as np

from syngraph.run.elementary import Floats
from syngraph.run.numpy.roots import SLOW, Truths

_SAME = 1e-9
_STARTS = (0.1, 0.5, 0.9)


def share_of_one(gaps: Floats, noises: Floats, denied: Truths) -> Floats:
    """The weights (2, lanes) of a single gap's sides off and on; not a number where one side leads away.

    `gaps`, shape (2, lanes, 3), are its start, middle and end on either side. A side on which it stands still has all
    the weight, if it is `denied` (2, lanes): if an operator of the gap would not have it there at 0. Where a side turns
    within the stretch, the shares are those at its start.
    """
    slopes, moved = _motion(gaps)
    off, on = _direction(slopes, moved, noises)
    still_off, still_on = ((off == 0.0) & denied[0]), ((on == 0.0) & denied[1])
    pushed = ((off > 0.0) & (on < 0.0)) | ((off > 0.0) & still_on) | (still_off & (on < 0.0))
    apart = (moved[0] > 0.0) & (moved[1] < 0.0)
    speed = np.where(apart, moved, slopes)
    speed = np.stack([np.where(still_off, 0.0, speed[0]), np.where(still_on, 0.0, speed[1])])
    weights = np.stack([-speed[1], speed[0]]) / np.where(pushed & (speed[0] != speed[1]), speed[0] - speed[1], 1.0)
    return np.where(pushed, weights, np.nan)


def _motion(gaps: Floats) -> tuple[Floats, Floats]:
    """How fast gaps move at first, and how far in all."""
    slopes: Floats = 4.0 * gaps[..., 1] - 3.0 * gaps[..., 0] - gaps[..., 2]
    return slopes, gaps[..., 2] - gaps[..., 0]


def _direction(slopes: Floats, moved: Floats, noises: Floats) -> Floats:
    """Above 0 where a gap rises, below where it falls, 0 where it stays: by its first motion, else by all of it."""
    first = np.where(np.abs(slopes) > np.maximum(noises, SLOW * np.abs(moved)), slopes, 0.0)
    return np.where(first != 0.0, first, np.where(np.abs(moved) > noises, moved, 0.0))


def shares_of(gaps: Floats) -> Floats | None:
    """The weight of each side, shape (sides,); None if no or more than one answer is there.

    `gaps`, shape (sides, switches, 3), are the gaps' starts, middles and ends; side 0 has every switch off, the last
    every one on, in the order of counting. One share for all if no gap then moves; else one for each, and weights
    multiply.
    """
    moved = gaps[:, :, 2] - gaps[:, :, 0]
    off, on = moved[0], moved[-1]
    with np.errstate(all="ignore"):
        each = off / (off - on)
    share = float(np.mean(each))
    if np.isfinite(share) and 0.0 < share < 1.0 and np.abs(each - share).max() <= _SAME:
        weights = np.zeros(len(moved))
        weights[0], weights[-1] = 1.0 - share, share
        return weights
    answers = _answers(moved)
    return _products(answers[0]) if len(answers) == 1 else None


def held_still(gaps: Floats, noises: Floats, denied: Truths) -> Floats | None:
    """The weights of all sides where some gaps stand still on a side that their operators do not have them on.

    Such a side has all the weight; the other gaps slide. None if there is no such set, or more than one.
    """
    slopes, moved = _motion(gaps)
    found = []
    for choice in itertools.product((None, 0.0, 1.0), repeat=slopes.shape[1]):
        if all(c is None for c in choice):
            continue
        weights = _weights(gaps, noises, denied, choice)
        if weights is None:
            continue
        still = _direction(weights @ slopes, weights @ moved, noises) == 0.0
        if all(c is None or (still[k] and denied[int(c), k]) for k, c in enumerate(choice)):
            found.append(weights)
    return found[0] if len(found) == 1 else None


Leaving = tuple[dict[int, float], Floats]
"""Which gaps leave, and to which side; and the weights of all sides then."""


def leaving(gaps: Floats, noises: Floats, denied: Truths) -> Leaving | None:
    """Which gaps leave so that the others slide on; None if there is no such set, or more than one.

    `gaps` as for `shares_of`. A gap that leaves must carry on to its side under the mix of the others, or stand still
    where no operator of it denies that side (`denied`, shape (2, gaps)).
    """
    slopes, moved = _motion(gaps)
    many = slopes.shape[1]
    found: list[Leaving] = []
    for choice in itertools.product((None, 0.0, 1.0), repeat=many):
        if all(c is None for c in choice):
            continue
        weights = _weights(gaps, noises, denied, choice)
        if weights is None:
            continue
        mixed = _direction(weights @ slopes, weights @ moved, noises)
        flat = mixed == 0.0
        carries = [
            c is None or (not denied[int(c), k] if flat[k] else (mixed[k] > 0.0) == (c == 1.0))
            for k, c in enumerate(choice)
        ]
        if all(carries):
            found.append(({k: c for k, c in enumerate(choice) if c is not None}, weights))
    if many == 1 and len(found) > 1:
        found = [f for f in found if not denied[int(f[0][0]), 0]]
    return found[0] if len(found) == 1 else None


def _weights(gaps: Floats, noises: Floats, denied: Truths, choice: tuple[float | None, ...]) -> Floats | None:
    """The weights of all sides when some gaps are on a side and the others slide."""
    free = [k for k, c in enumerate(choice) if c is None]
    bits = list(itertools.product((0.0, 1.0), repeat=len(choice)))
    kept = [i for i, b in enumerate(bits) if all(c is None or c == x for c, x in zip(choice, b, strict=True))]
    weights = np.zeros(len(bits))
    if not free:
        weights[kept] = 1.0
        return weights
    inner = gaps[np.ix_(kept, free)]
    if len(free) == 1:
        shares = share_of_one(inner, noises[free], denied[:, free])[:, 0]
        if np.isnan(shares).any():
            return None
        weights[kept] = shares
        return weights
    found = shares_of(inner)
    if found is None:
        return None
    weights[kept] = found
    return weights


def _products(shares: Floats) -> Floats:
    """The weights of all sides when every switch has a share of its own."""
    sides = itertools.product((0, 1), repeat=len(shares))
    return np.array([np.prod([s if bit else 1.0 - s for s, bit in zip(shares, bits, strict=True)]) for bits in sides])


def _answers(moved: Floats) -> list[Floats]:
    """Every set of shares between 0 and 1 that holds all gaps: Newton's method from the points of a grid."""
    found: list[Floats] = []
    many = moved.shape[1]
    for start in itertools.product(_STARTS, repeat=many):
        shares = np.array(start)
        for _ in range(60):
            slope = np.stack([_products(_with(shares, k, 1.0)) - _products(_with(shares, k, 0.0)) for k in range(many)])
            value, matrix = _products(shares) @ moved, (slope @ moved).T
            try:
                step = np.linalg.solve(matrix, value)
            except np.linalg.LinAlgError:
                break
            shares = shares - step
            if not np.isfinite(shares).all() or np.abs(step).max() < 1e-14:
                break
        good = np.isfinite(shares).all() and (shares > 0.0).all() and (shares < 1.0).all()
        good = good and np.abs(_products(shares) @ moved).max() <= 1e-9 * np.abs(moved).max()
        if good and not any(np.abs(shares - f).max() < 1e-7 for f in found):
            found.append(shares)
    return found


def _with(shares: Floats, place: int, value: float) -> Floats:
    changed = shares.copy()
    changed[place] = value
    return changed
