"""The clauses, sentences and paragraphs of a text that hold a stretch of it, the shortest first."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.folding import BLANK_LINE
from syngraph.evidence.read import FULL_STOP

_STOP = rf"[。！？!?]|{FULL_STOP}|\.(?=\s*\Z)"
_COMMA = r"[，；、;]|,(?!\d)"
# a clause on one line, one that a line break may part, a sentence, a paragraph
_ENDS = (
    re.compile(rf"{_STOP}|{_COMMA}|\n"),
    re.compile(rf"{_STOP}|{_COMMA}|{BLANK_LINE.pattern}"),
    re.compile(rf"{_STOP}|{BLANK_LINE.pattern}"),
    BLANK_LINE,
)


class Clauses:
    """Where the clauses, sentences and paragraphs of a text end; found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [[m.span() for m in ends.finditer(text)] for ends in _ENDS]

    def holding(self, span: Stretch) -> Iterator[Stretch]:
        """Each stretch around `span` between two ends, without white space at its own; ends inside `span` are none."""
        last = None
        for breaks in self._breaks:
            before = bisect_right(breaks, span[0], key=lambda b: b[1])
            after = bisect_left(breaks, span[1], key=lambda b: b[0])
            start = breaks[before - 1][1] if before else 0
            end = breaks[after][0] if after < len(breaks) else len(self.text)
            found = self._stripped(start, end)
            if found != last:
                yield found
                last = found

    def _stripped(self, start: int, end: int) -> Stretch:
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
