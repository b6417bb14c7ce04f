"""The name a user most likely meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from `a` to `b`; `limit + 1` when more than `limit`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before, row = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name within a third of the letters of `name` (at least one), or an empty text."""
    limit = max(1, len(name) // 3)
    ranked = sorted((distance(name.lower(), k.lower(), limit), k) for k in known)
    return ranked[0][1] if ranked and ranked[0][0] <= limit else ""


def closest(name: str, known: Iterable[str], *, most: int = 5) -> tuple[str, ...]:
    """The known names most like `name`: those that hold it first, then by the letters they share in order."""
    sought, match = name.lower(), SequenceMatcher(b=name.lower(), autojunk=False)

    def unlike(one: str) -> tuple[bool, float, str]:
        match.set_seq1(one.lower())
        return sought not in one.lower(), -match.ratio(), one

    return tuple(sorted(dict.fromkeys(known), key=unlike)[:most])
