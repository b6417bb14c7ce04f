"""Words looked up where they stand in a text: the longest one that starts or ends at a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A word of a vocabulary at [start, end) of a text."""

    meaning: Meaning
    start: int
    end: int


class Vocabulary(Generic[Meaning]):
    """Words in folded form with their meanings. A word of Latin letters is found only whole."""

    __slots__ = ("_lengths", "_meanings")

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = dict(meanings)
        self._lengths = tuple(sorted({len(word) for word in meanings}, reverse=True))

    def __contains__(self, word: object) -> bool:
        return word in self._meanings

    def starting(self, text: str, at: int) -> Found[Meaning] | None:
        """The longest word that starts at `at`."""
        for length in self._lengths:
            word = text[at : at + length]
            if len(word) == length and word in self._meanings and not _goes_on(text, at + length):
                return Found(self._meanings[word], at, at + length)
        return None

    def ending(self, text: str, at: int, floor: int = 0) -> Found[Meaning] | None:
        """The longest word that ends at `at` and starts at `floor` or later."""
        for length in self._lengths:
            start = at - length
            if start >= floor and text[start:at] in self._meanings and not _goes_on(text, start):
                return Found(self._meanings[text[start:at]], start, at)
        return None


def _goes_on(text: str, at: int) -> bool:
    """Whether a Latin word is cut at `at`."""
    return 0 < at < len(text) and bool(_LATIN.match(text[at]) and _LATIN.match(text[at - 1]))
