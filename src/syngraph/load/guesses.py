"""Finds the name most likely meant, for as many mistakes as is affordable."""

from collections.abc import Collection

from syngraph.base.nearest import nearest

BUDGET = 20_000


class Guesses:
    """Comparisons left in one load; a case with thousands of wrong names gets guesses for the first of them only."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.left = budget
        self.made: dict[tuple[str, str, int], str] = {}

    def nearest(self, name: str, known: Collection[str], *, kind: str) -> str:
        """The known name of a kind most likely meant, or an empty text."""
        key = (kind, name, len(known))
        if key not in self.made and len(known) <= self.left:
            self.left -= len(known)
            self.made[key] = nearest(name, known)
        return self.made.get(key, "")
