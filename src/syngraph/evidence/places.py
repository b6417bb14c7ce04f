"""Where something stands in a source: in code points, and as line and column."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from syngraph.evidence.anchoring import Stretch


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a source in code points; line and column start at 1, and are 0 when the text is not there."""

    start: int
    end: int
    line: int = 0
    column: int = 0


def line_starts(text: str) -> tuple[int, ...]:
    """Where each line of a text begins, in code points."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def place_of(span: Stretch, lines: Sequence[int]) -> Place:
    """A stretch with its line and column, given `line_starts`."""
    line = bisect_right(lines, span[0])
    return Place(span[0], span[1], line, span[0] - lines[line - 1] + 1)
