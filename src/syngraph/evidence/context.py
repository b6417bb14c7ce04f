"""The words around a quote that tell its place from the others: no more than needed."""

from collections.abc import Iterable, Iterator, Sequence

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.folding import fold

MOST = 32  # characters on either side

Context = tuple[str, str]


def least_context(text: str, span: Stretch) -> Context:
    """The shortest prefix and suffix that make text[start:end] unique; MOST characters of each where none does."""
    before, after = _around(text, span)
    longest = _shared_suffixes(text, span)
    best: tuple[int, int] | None = None
    need = 0
    for taken in range(len(longest) - 1, -1, -1):
        need = max(need, longest[taken] + 1)
        enough = taken <= len(before) and need <= len(after)
        if enough and (best is None or taken + need <= sum(best)):
            best = taken, need
    return _taken(before, after, best or (len(before), len(after)))


def shifted(text: str, *, chosen: Stretch, places: Sequence[Stretch], context: Context) -> bool:
    """Whether the chosen one of all `places` is not, or not surely, the one that `context` was stored for."""
    if not _agrees(text, chosen, context):
        return True
    full = len(context[0]) >= MOST and len(context[1]) >= MOST
    return not full and any(_agrees(text, place, context) for place in places if place != chosen)


def _around(text: str, span: Stretch, most: int = MOST) -> Context:
    start, end = span
    return text[max(0, start - most) : start], text[end : end + most]


def _taken(before: str, after: str, lengths: tuple[int, int]) -> Context:
    return before[len(before) - lengths[0] :], after[: lengths[1]]


def _shared_suffixes(text: str, span: Stretch) -> list[int]:
    """By the number n of characters before the quote that another place shares: the most it shares after, or -1."""
    before, after = _around(text, span)
    longest = [-1] * (MOST + 2)
    for other in _others(text, span):
        left, right = _around(text, other)
        shared = _common(reversed(before), reversed(left))
        longest[shared] = max(longest[shared], _common(after, right))
    return longest


def _others(text: str, span: Stretch) -> Iterator[Stretch]:
    exact = text[span[0] : span[1]]
    at = text.find(exact)
    while at >= 0:
        if at != span[0]:
            yield at, at + len(exact)
        at = text.find(exact, at + len(exact))


def _common(a: Iterable[str], b: Iterable[str]) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _agrees(text: str, span: Stretch, context: Context) -> bool:
    """Whether the stored words still stand there, compared as folded texts."""
    prefix, suffix = (fold(words).text.strip() for words in context)
    before, after = (fold(words).text.strip() for words in _around(text, span, 2 * MOST))
    return before.endswith(prefix) and after.startswith(suffix)
