"""The passage most like a quote that is not in its source: a proposal for its author, never a proof (rung 5)."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.digits import cuts_figure
from syngraph.evidence.folding import fold
from syngraph.evidence.scripts import simplified
from syngraph.evidence.searched import Searched

LEAST_LIKENESS = 70.0  # per cent: RapidFuzz's partial ratio
LONGEST_REFINED = 400  # characters; the ends of longer quotes are where the partial ratio puts them

_ANY_DIGIT = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True)
class Repair:
    """A passage like the quote: where it stands, its words, and how many characters differ when both are folded."""

    span: Stretch
    passage: str
    differing: int


def propose(quote: str, source: Searched) -> Repair | None:
    """The most similar passage of a source, whole numbers at its ends; None if nothing is alike.

    Case, width, quotation marks, white space and the script of Chinese do not count as differences; while looking, the
    digits of a figure do not either, so that a sentence is found again whose figures are others.
    """
    written = simplified(fold(quote).text)
    needle, haystack = written.translate(_ANY_DIGIT), source.simplified.translate(_ANY_DIGIT)
    if not needle or len(haystack) < len(needle) // 2:
        return None
    found = fuzz.partial_ratio_alignment(needle, haystack, score_cutoff=LEAST_LIKENESS)
    if found is None or found.dest_start >= found.dest_end:
        return None
    window = (found.dest_start, found.dest_end) if len(needle) <= len(haystack) else (0, len(haystack))
    start, end = _refined(needle, haystack, window) if len(needle) <= LONGEST_REFINED else window
    span = _whole(source.text, (source.folded.starts[start], source.folded.ends[end - 1]))
    passage = source.text[span[0] : span[1]]
    return Repair(span, passage, Levenshtein.distance(written, simplified(fold(passage).text)))


def _refined(needle: str, haystack: str, window: Stretch) -> Stretch:
    """The stretch near a window that takes the fewest edits; of several the longest (Sellers 1980)."""
    room = max(8, len(needle) // 2)
    first, last = max(0, window[0] - room), min(len(haystack), window[1] + room)
    near = haystack[first:last]
    row = [(0, j) for j in range(len(near) + 1)]  # edits so far, and where the stretch begins: the earliest is less
    for i, x in enumerate(needle, start=1):
        diagonal, row[0] = row[0], (i, 0)
        for j, y in enumerate(near, start=1):
            cost, begun = diagonal
            best = min((cost + (x != y), begun), (row[j][0] + 1, row[j][1]), (row[j - 1][0] + 1, row[j - 1][1]))
            diagonal, row[j] = row[j], best
    end = max(range(1, len(near) + 1), key=lambda j: (-row[j][0], j - row[j][1], j))
    start = row[end][1]
    return (first + start, first + end) if start < end else window


def _whole(text: str, span: Stretch) -> Stretch:
    """The stretch without a number cut at its ends."""
    start, end = span
    while start > 0 and cuts_figure(text, start, len(text)):
        start -= 1
    while end < len(text) and cuts_figure(text, 0, end):
        end += 1
    return start, end
