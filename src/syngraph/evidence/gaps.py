"""A quote with gaps, `…`: where its pieces stand in order within one paragraph, and whether a gap hides a denial."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from syngraph.evidence.folding import BLANK_LINE

_Stretch = tuple[int, int]

_GAP = re.compile(r"\s*(?:\[…+\]|\(…+\)|（…+）|…+)\s*")
_DENIAL = re.compile(
    r"不(?![僅仅但只過过])|未(?![來来])|非(?!常)|[無无沒没勿莫毋否]"
    r"|(?<![a-z])(?:not|no|never|neither|nor|none|nothing|cannot|without)(?![a-z])|n['\u2019]t(?![a-z])"
    r"|(?<![a-z])(?:non|un)(?=-|$)",
    re.IGNORECASE,
)
# Where a sentence or a part of one ends: a denial does not reach further. A comma may stand inside what is denied.
_STOP = re.compile(r"[。！？；;!?\n]|\.(?=\s)")
_LATIN = re.compile(r"[A-Za-z]")


def pieces(quote: str) -> tuple[str, ...]:
    """The words of a quote between its gaps; one piece if it has none."""
    return tuple(piece for piece in _GAP.split(quote) if piece)


def in_order(text: str, places: Sequence[Sequence[_Stretch]]) -> Iterator[tuple[tuple[_Stretch, ...], bool]]:
    """From each place of the first piece all pieces, each at the next of its places before the paragraph ends.

    Beside them whether that is the only way to place them from there.
    """
    starts = [[start for start, _ in each] for each in places]
    ends = [match.start() for match in BLANK_LINE.finditer(text)]
    for first in places[0]:
        after = bisect_left(ends, first[1])
        end = ends[after] if after < len(ends) else len(text)
        chain, only = [first], True
        for each, start in zip(places[1:], starts[1:], strict=True):
            at, last = bisect_left(start, chain[-1][1]), bisect_left(start, end)
            if at >= last or each[at][1] > end:
                break
            chain.append(each[at])
            only = only and last == at + 1
        if len(chain) == len(places):
            yield tuple(chain), only


def hides_denial(text: str, chain: Sequence[_Stretch]) -> bool:
    """Whether a gap leaves out a denial of what stands before or behind it, or parts a word."""
    return any(_hides(text, left[1], right[0]) for left, right in pairwise(chain))


def _hides(text: str, start: int, end: int) -> bool:
    gap = text[start:end]
    stops = [match.span() for match in _STOP.finditer(gap)]
    near = (gap[: stops[0][0]], gap[stops[-1][1] :]) if stops else (gap,)
    return any(_DENIAL.search(words) for words in near) or _parts_word(text, start) or _parts_word(text, end)


def _parts_word(text: str, at: int) -> bool:
    """Whether a Latin word is cut at `at`, or its non- is cut off."""
    behind = text[at - 1 : at]
    if behind == "-":
        return bool(_LATIN.match(text, at)) and bool(_LATIN.match(text, at - 2))
    return bool(_LATIN.match(behind)) and bool(re.match(r"[A-Za-z]|-[A-Za-z]", text[at : at + 2]))
