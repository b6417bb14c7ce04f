"""Words looked up where they stand in a text: the longest one that starts or ends at a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A word of a vocabulary at [start, end) of a text."""

    meaning: Meaning
    start: int
    end: int


class Vocabulary(Generic[Meaning]):
    """Words in folded form with their meanings. A word of Latin letters is found only whole."""

    __slots__ = ("_from_first", "_from_last", "_meanings")

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = dict(meanings)
        self._from_first = _lengths(meanings, 0)
        self._from_last = _lengths(meanings, -1)

    def __contains__(self, word: object) -> bool:
        return word in self._meanings

    def starting(self, text: str, at: int) -> Found[Meaning] | None:
        """The longest word that starts at `at`."""
        for length in self._from_first.get(text[at : at + 1], ()):
            word = text[at : at + length]
            if word in self._meanings and not _goes_on(text, at + len(word)):
                return Found(self._meanings[word], at, at + len(word))
        return None

    def ending(self, text: str, at: int, floor: int = 0) -> Found[Meaning] | None:
        """The longest word that ends at `at` and starts at `floor` or later."""
        for length in self._from_last.get(text[at - 1 : at], ()):
            start = at - length
            if start >= floor and text[start:at] in self._meanings and not _goes_on(text, start):
                return Found(self._meanings[text[start:at]], start, at)
        return None


def _lengths(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the words, longest first, by the character each has at `at`."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def _goes_on(text: str, at: int) -> bool:
    """Whether a Latin word is cut at `at`."""
    return 0 < at < len(text) and "a" <= text[at] <= "z" and "a" <= text[at - 1] <= "z"
