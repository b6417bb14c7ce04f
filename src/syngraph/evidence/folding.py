"""A text without the differences that do not change its words, and the way back to what was written."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

# Longer runs of combining marks are cut, as in the Stream-Safe Text Format (Unicode Standard Annex 15, section 13):
# putting one endless run into canonical order would take quadratic time.
MOST_MARKS = 30
_REMEMBERED = 8_192  # characters: a case has many short quotes of the same few

BLANK_LINE = re.compile(r"\n[^\S\n]*\n|[\u2029\f]")  # where a paragraph ends

_QUOTATION = "「」『』“”„‟«»〝〞〟"
_SINGLE = "‘’‚‛"
_DASHES = "‐‑‒–—―−─"
_DOTS = "・‧•∙⋅"
_TILDES = "〜∼"
_PUNCTUATION = str.maketrans(
    dict.fromkeys(_QUOTATION, '"')
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DOTS, "·")
    | dict.fromkeys(_TILDES, "~")
)
_UNSEEN_BREAKS = frozenset("\u00ad\u200b\u2060\ufeff")  # where a line may break: they carry no meaning

# Scripts written without spaces: Han, kana and bopomofo.
_UNSPACED = (
    ("\u3005", "\u3007"),
    ("\u3021", "\u3029"),
    ("\u3031", "\u3035"),
    ("\u3041", "\u312f"),
    ("\u31a0", "\u31bf"),
    ("\u31f0", "\u31ff"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
# Letters that join the one before them although they are no marks: Hangul vowels and finals, a Kirat Rai vowel.
_JOINING = (("\u1160", "\u11ff"), ("\U00016d67", "\U00016d67"))


_Piece = tuple[str, int, int]  # what a stretch [start, end) of the original folds to


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character i stands for the characters [starts[i], ends[i]) of the original."""

    text: str
    starts: Sequence[int] = field(compare=False, repr=False)
    ends: Sequence[int] = field(compare=False, repr=False)

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        """The original span of the folded [start, end); None if empty or if it parts what was one character."""
        if start >= end or self._parts(start) or self._parts(end):
            return None
        return self.starts[start], self.ends[end - 1]

    def _parts(self, at: int) -> bool:
        return 0 < at < len(self.starts) and self.starts[at] == self.starts[at - 1]


def fold(text: str) -> Folded:
    """NFKC without case, one sign for each kind of quotation mark and dash, white space single or, beside Han, none.

    Punctuation is never dropped: 3.5 stays apart from 35. Takes time linear in the length of any text.
    """
    folded: list[str] = []
    starts, ends = array("I"), array("I")
    for piece, start, end in _closed_up(_pieces(text)):
        folded.append(piece)
        starts.extend((start,) * len(piece))
        ends.extend((end,) * len(piece))
    return Folded("".join(folded), memoryview(starts).toreadonly(), memoryview(ends).toreadonly())


def _closed_up(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """The pieces with each stretch of white space as one space; none at the ends of the text and beside Han."""
    last, gap = "", None
    for piece, start, end in pieces:
        if piece == " ":
            gap = (gap[0] if gap else start, end)
        elif piece:
            if gap and last and not (_unspaced(last) or _unspaced(piece[0])):
                yield " ", *gap
            yield piece, start, end
            last, gap = piece[-1], None


def _pieces(text: str) -> Iterator[_Piece]:
    """Each character with the marks that join it, folded: a space for white space."""
    for start, end in _clusters(text):
        yield _fold_cluster(text[start:end]), start, end


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that can be brought into NFKC one by one."""
    start = 0
    for at, character in enumerate(text):
        if at and (not _joins(character) or at - start > MOST_MARKS):
            yield start, at
            start = at
    if text:
        yield start, len(text)


@lru_cache(maxsize=_REMEMBERED)
def _joins(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    return (
        unicodedata.combining(first) > 0 or unicodedata.category(first).startswith("M") or _in_ranges(first, _JOINING)
    )


@lru_cache(maxsize=_REMEMBERED)
def _fold_cluster(cluster: str) -> str:
    if cluster in _UNSEEN_BREAKS:
        return ""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold()).translate(_PUNCTUATION)
    return " " if plain.isspace() else plain


def _unspaced(character: str) -> bool:
    return character > "\u3000" and _in_ranges(character, _UNSPACED)


def _in_ranges(character: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= character <= last for first, last in ranges)
