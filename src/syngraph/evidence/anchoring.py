"""Whether a quote stands in its source, and where: rungs 1 to 4 of the ladder, none of which guesses."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from syngraph.evidence.digits import cuts_figure, same_figures
from syngraph.evidence.folding import fold
from syngraph.evidence.gaps import hides_denial, in_order, pieces
from syngraph.evidence.scripts import same_in_other_script, simplified
from syngraph.evidence.searched import Searched

ONLY, ALL = 0, -1
LEAST_CHARACTERS = 2

_NOT_THERE = ("quote-lost", "quote-cuts-number")
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")
_ENOUGH = 100  # characters of a quote to look at

Stretch = tuple[int, int]
Same = Callable[[str, str], bool]


class Status(Enum):
    """How a quote stands to its source; the value is the key of its words."""

    VERIFIED = "verified"
    SNAPSHOT = "snapshot"
    UNVERIFIABLE = "unverifiable"
    AMBIGUOUS = "ambiguous"
    DRIFTED = "drifted"
    CONTRADICTED = "contradicted"
    LOST = "lost"

    @property
    def quoted(self) -> bool:
        """Whether values that rest on the quote may be called quoted."""
        return self in (Status.VERIFIED, Status.SNAPSHOT)


class Rung(Enum):
    """On which rung of the ladder a quote was found."""

    SAME_PLACE = 1
    ELSEWHERE = 2
    NORMALISED = 3
    OTHER_SCRIPT = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands: original [start, end) of each place asked for."""

    rung: Rung
    spans: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a quote has no place: a status, the code of its diagnostic, and how many places there were."""

    status: Status
    code: str
    matches: int = 0


def anchor(
    quote: str,
    text: str,
    *,
    occurrence: int = ONLY,
    start: int | None = None,
    searched: Searched | None = None,
    same: Same = same_figures,
) -> Anchor | Failure:
    """The places of `quote` in `text`, from the first rung that finds any.

    `occurrence` n is the n-th place, ONLY demands that there is just one, ALL takes them all. `start` is where it stood
    before: it names the rung and never chooses a place. `searched` is the text made ready, for a caller who looks for
    many quotes. `same` says whether a quote and a passage that are alike when folded say the same, as written. A quote
    with gaps stands where its pieces do; its anchor has a span for each.
    """
    if is_empty(quote):
        return Failure(Status.LOST, "quote-empty")
    searched = searched or Searched(text)
    found = _in_one_piece(quote, searched, occurrence, start, same)
    parts = pieces(quote)
    if parts == (quote.strip(),) or isinstance(found, Anchor) or found.code not in _NOT_THERE:
        return found
    return _with_gaps(parts, searched, occurrence, same)


def _in_one_piece(quote: str, searched: Searched, occurrence: int, start: int | None, same: Same) -> Anchor | Failure:
    text = searched.text
    found = _exact(quote.strip(), text, occurrence)
    if isinstance(found, Anchor) and found.spans[0][0] == start:
        return replace(found, rung=Rung.SAME_PLACE)
    for rung in (_normalised, _other_script):
        if isinstance(found, Anchor) or found.code not in _NOT_THERE:
            return found
        lower = rung(quote.strip(), searched, occurrence, same)
        found = found if isinstance(lower, Failure) and lower.code == "quote-lost" else lower
    return found


def _with_gaps(parts: Sequence[str], searched: Searched, occurrence: int, same: Same) -> Anchor | Failure:
    """The pieces of a quote in order within one paragraph; one that stands twice there names no place."""
    anchors = [
        Failure(Status.LOST, "quote-empty") if is_empty(part) else _in_one_piece(part, searched, ALL, None, same)
        for part in parts
    ]
    missing = next((found for found in anchors if isinstance(found, Failure)), None)
    if missing is not None:
        return missing
    placed = [found for found in anchors if isinstance(found, Anchor)]
    chains = list(in_order(searched.text, [found.spans for found in placed]))
    if not chains:
        return Failure(Status.LOST, "quote-lost")
    if occurrence == ONLY and (len(chains) > 1 or not chains[0][1]):
        return Failure(Status.AMBIGUOUS, "quote-ambiguous", max(len(chains), 2))
    chosen = chains if occurrence == ALL else chains[max(occurrence, 1) - 1 :][:1]
    if not chosen or occurrence < ALL:
        return Failure(Status.LOST, "occurrence-missing", len(chains))
    if any(hides_denial(searched.text, chain) for chain, _ in chosen):
        return Failure(Status.LOST, "quote-hides-denial")
    spans = dict.fromkeys(span for chain, _ in chosen for span in chain)
    return Anchor(max((found.rung for found in placed), key=lambda rung: rung.value), tuple(sorted(spans)))


def _exact(needle: str, text: str, occurrence: int) -> Anchor | Failure:
    """Rungs 1 and 2: the quote character by character."""

    def place(at: int) -> Stretch:
        return at, at + len(needle)

    return _choose(_places(text, needle, text, place), Rung.ELSEWHERE, occurrence)


def _normalised(quote: str, source: Searched, occurrence: int, same: Same) -> Anchor | Failure:
    """Rung 3: the quote in the folded text, where both originals say the same."""
    needle = fold(quote).text

    def place(at: int) -> Stretch | None:
        span = source.folded.original(at, at + len(needle))
        return span if span and same(quote, source.text[span[0] : span[1]]) else None

    return _choose(_places(source.folded.text, needle, source.text, place), Rung.NORMALISED, occurrence)


def _other_script(quote: str, source: Searched, occurrence: int, same: Same) -> Anchor | Failure:
    """Rung 4: the folded quote in the other script of Chinese, character for character."""
    folded = fold(quote).text
    needle = simplified(folded)

    def place(at: int) -> Stretch | None:
        end = at + len(needle)
        span = source.folded.original(at, end)
        if not span or not same_in_other_script(folded, source.folded.text[at:end]):
            return None
        return span if same(quote, source.text[span[0] : span[1]]) else None

    return _choose(_places(source.simplified, needle, source.text, place), Rung.OTHER_SCRIPT, occurrence)


def is_empty(quote: str) -> bool:
    """Whether a quote proves nothing: fewer than two characters that are no space, or no letter or digit at all."""
    if len(_PLAIN.findall(quote, 0, _ENOUGH)) >= LEAST_CHARACTERS:  # folding takes none of these away
        return False
    shown = [character for character in fold(quote).text if character != " "]
    return len(shown) < LEAST_CHARACTERS or not any(character.isalnum() for character in shown)


def _places(haystack: str, needle: str, text: str, place: Callable[[int], Stretch | None]) -> Iterator[Stretch | None]:
    """The places of `needle` from left to right, without overlap; None for one that cuts a number.

    A refused match is passed over whole, so that the searches together read the text once.
    """
    at = haystack.find(needle)
    while at >= 0:
        span = place(at)
        if span is not None:
            yield None if cuts_figure(text, *span) else span
        at = haystack.find(needle, at + len(needle))


def _choose(places: Iterator[Stretch | None], rung: Rung, occurrence: int) -> Anchor | Failure:
    matches, cut = 0, False
    kept: list[Stretch] = []
    for span in places:
        if span is None:
            cut = True
            continue
        matches += 1
        if occurrence == ALL or matches == max(occurrence, 1):
            kept.append(span)
    if not matches:
        return Failure(Status.LOST, "quote-cuts-number" if cut else "quote-lost")
    if occurrence == ONLY and matches > 1:
        return Failure(Status.AMBIGUOUS, "quote-ambiguous", matches)
    if not kept or occurrence < ALL:
        return Failure(Status.LOST, "occurrence-missing", matches)
    return Anchor(rung, tuple(kept))
