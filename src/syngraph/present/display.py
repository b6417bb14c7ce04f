"""Text as a terminal shows it: nothing hidden, and as wide as it is wide."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from rich.cells import cell_len

TAB = "    "
ELLIPSIS = "…"

Stretch = tuple[int, int]

_BREAK = re.compile(r"\r\n|\r|\n")
_FACTOR = 4  # characters looked at for each column there is: some take none


def visible(text: str) -> str:
    """The text with all that a screen would hide or obey (controls, bidi marks, surrogates) as `\\u{202e}`."""
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return TAB if character == "\t" else f"\\u{{{ord(character):x}}}"


def width(text: str) -> int:
    """Columns a visible text takes: a Chinese character takes two."""
    return cell_len(text)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text and where its lines begin; a line ends at LF, CR or CR LF, as editors count."""

    text: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1, in code points."""
        line = bisect_right(self.starts, min(offset, len(self.text)))
        return line, min(offset, len(self.text)) - self.starts[line - 1] + 1

    def line(self, offset: int) -> Stretch:
        """The line of an offset, its line break left out."""
        number, _ = self.place(offset)
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        if end > start and self.text[end - 1] in "\r\n" and number < len(self.starts):
            end -= 2 if self.text[end - 2 : end] == "\r\n" else 1
        return start, end


def lines_of(text: str) -> Lines:
    """The lines of a text."""
    return Lines(text, (0, *(match.end() for match in _BREAK.finditer(text))))


def window(text: str, line: Stretch, shown: Stretch, *, columns: int) -> tuple[str, int, int]:
    """The line as shown around a stretch of it, and the first column and the width of the stretch in it.

    A line wider than `columns` is cut on both sides of the stretch, never wrapped; an empty stretch is one column wide.
    """
    (first, last), (start, end) = line, shown
    if last - first > columns * _FACTOR or width(visible(text[first:last])) > columns:
        first, last = _around(text, line, shown, columns=columns - 2 * width(ELLIPSIS))
    head, tail = (ELLIPSIS if first > line[0] else ""), (ELLIPSIS if last < line[1] else "")
    end = min(end, last)
    before, inside, after = head + visible(text[first:start]), visible(text[start:end]), visible(text[end:last])
    return before + inside + after + tail, width(before), width(inside) or 1


def _around(text: str, line: Stretch, shown: Stretch, *, columns: int) -> Stretch:
    """What there is room for: of the stretch as much as fits, then a character at a time on its right and its left."""
    first = last = shown[0]
    room, most = columns, columns * _FACTOR
    grown = True
    while grown and last - first < most:
        grown = False
        if last < line[1] and (size := width(visible(text[last]))) <= room:
            last, room, grown = last + 1, room - size, True
        if last >= shown[1] and first > line[0] and (size := width(visible(text[first - 1]))) <= room:
            first, room, grown = first - 1, room - size, True
    return first, last
