"""Text as a terminal shows it: nothing hidden, and as wide as it is wide."""

import unicodedata

from rich.cells import cell_len

TAB = "    "
ELLIPSIS = "…"
_LINE_BREAK = "\n"


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


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1, in code points) of an offset; a line ends at LF, CR or CR LF, as editors count."""
    before = text[:offset].replace("\r\n", _LINE_BREAK * 2)  # of the same length
    breaks = before.count(_LINE_BREAK) + before.count("\r") - text[:offset].count("\r\n")
    return breaks + 1, offset - line_start(text, offset) + 1


def line_start(text: str, offset: int) -> int:
    """The offset at which the line of `offset` begins; between CR and LF it is still the line before."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    between = 0 < start == offset < len(text) and text[start - 1] == "\r" and text[start] == "\n"
    return line_start(text, offset - 1) if between else start


def line_end(text: str, offset: int) -> int:
    """The offset at which the line of `offset` ends, its line break left out."""
    ends = [at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0]
    return min(ends, default=len(text))


def window(line: str, start: int, end: int, *, columns: int) -> tuple[str, int, int]:
    """The line as shown around [start, end), and the first column and the width of that stretch in it.

    A line wider than `columns` is cut on both sides of the stretch, never wrapped; an empty stretch is one column wide.
    """
    first, last = 0, len(line)
    if width(visible(line)) > columns:
        first, last = _around(line, start, end, columns=columns - 2 * width(ELLIPSIS))
    head, tail = (ELLIPSIS if first else ""), (ELLIPSIS if last < len(line) else "")
    before, inside = head + visible(line[first:start]), visible(line[start : min(end, last)])
    return before + inside + visible(line[max(first, min(end, last)) : last]) + tail, width(before), width(inside) or 1


def _around(line: str, start: int, end: int, *, columns: int) -> tuple[int, int]:
    """The stretch to show: as much of [start, end) as fits, then one character at a time to the right and left."""
    first = last = start
    room = columns
    while last < min(end, len(line)) and (size := width(visible(line[last]))) <= room:
        last, room = last + 1, room - size
    grown = True
    while grown:
        grown = False
        if last < len(line) and (size := width(visible(line[last]))) <= room and last >= end:
            last, room, grown = last + 1, room - size, True
        if first > 0 and (size := width(visible(line[first - 1]))) <= room:
            first, room, grown = first - 1, room - size, True
    return first, last
