"""The words around a quote that tell its place from the others: no more than needed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.folding import Folded, fold

MOST = 32  # characters on either side

Context = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands before and after a place, as written and folded: folded texts are compared, as in rung 3."""

    before: str
    after: str
    left: Folded
    right: Folded

    def prefix(self, length: int) -> str | None:
        """The original of the last `length` folded characters before, if it is short enough and folds to just them."""
        count = len(self.left.text)
        span = self.left.original(count - length, count)
        return _usable(self.before[span[0] :] if span else "", self.left.text[count - length :])

    def suffix(self, length: int) -> str | None:
        """The original of the first `length` folded characters after, if it is short enough and folds to just them."""
        span = self.right.original(0, length)
        return _usable(self.after[: span[1]] if span else "", self.right.text[:length])


def _usable(words: str, folded: str) -> str | None:
    return words if len(words) <= MOST and fold(words).text == folded else None


def least_context(text: str, span: Stretch) -> Context:
    """The shortest prefix and suffix that make text[start:end] unique; MOST characters of each where none does."""
    here = _surroundings(text, span)
    shared = _shared(here, [_surroundings(text, other) for other in _others(text, span)])
    possible = list(_sufficient(here, shared))
    return min(possible, key=lambda c: len(c[0]) + len(c[1]), default=(here.before[-MOST:], here.after[:MOST]))


def shifted(text: str, *, chosen: Stretch, places: Sequence[Stretch], context: Context) -> bool:
    """Whether the chosen one of all `places` is not, or not surely, the one that `context` was stored for."""
    prefix, suffix = (fold(words).text for words in context)

    def agrees(place: Stretch) -> bool:
        around = _surroundings(text, place)
        return around.left.text.endswith(prefix) and around.right.text.startswith(suffix)

    here = _surroundings(text, chosen)
    untouched = here.before.endswith(context[0]) and here.after.startswith(context[1])
    unique = all(len(words) < MOST for words in context)
    doubtful = unique and any(agrees(place) for place in places if place != chosen)
    return doubtful or not (untouched or agrees(chosen))


def _surroundings(text: str, span: Stretch) -> _Surroundings:
    before, after = text[max(0, span[0] - 2 * MOST) : span[0]], text[span[1] : span[1] + 2 * MOST]
    return _Surroundings(before, after, fold(before), fold(after))


def _others(text: str, span: Stretch) -> Iterator[Stretch]:
    exact = text[span[0] : span[1]]
    at = text.find(exact)
    while at >= 0:
        if at != span[0]:
            yield at, at + len(exact)
        at = text.find(exact, at + len(exact))


def _shared(here: _Surroundings, others: Iterable[_Surroundings]) -> dict[int, int]:
    """By the number of characters before the place that another shares: the most one of those shares after."""
    shared: dict[int, int] = {}
    for other in others:
        before = _common(reversed(here.left.text), reversed(other.left.text))
        shared[before] = max(shared.get(before, -1), _common(here.right.text, other.right.text))
    return shared


def _sufficient(here: _Surroundings, shared: dict[int, int]) -> Iterator[Context]:
    """For each length of prefix the shortest suffix that together tell the place from all others."""
    needed = 0
    for length in range(len(here.left.text), -1, -1):
        needed = max(needed, shared.get(length, -1) + 1)
        prefix = here.prefix(length)
        suffix = next((s for n in range(needed, len(here.right.text) + 1) if (s := here.suffix(n)) is not None), None)
        if prefix is not None and suffix is not None:
            yield prefix, suffix


def _common(a: Iterable[str], b: Iterable[str]) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
