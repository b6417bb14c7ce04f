"""Plain text tables, aligned by what a terminal shows."""

from collections.abc import Iterator, Sequence

from syngraph.present.display import width

COLUMNS = 80
_GAP = "  "
_NARROWEST = 20  # what a cell of words is not made narrower than

Row = Sequence[str]


def table(rows: Sequence[Row], *, left: int = 1, indent: str = "  ") -> str:
    """Rows in columns: the first `left` to the left, the others to the right."""
    if not rows:
        return ""
    padded = _padded(rows)
    sizes = _sizes(padded)
    lines = []
    for row in padded:
        cells = [
            text + " " * (size - width(text)) if i < left else " " * (size - width(text)) + text
            for i, (text, size) in enumerate(zip(row, sizes, strict=True))
        ]
        lines.append((indent + _GAP.join(cells)).rstrip())
    return "\n".join(lines) + "\n"


def fitted(rows: Sequence[Row], *, left: int = 1, indent: str = "  ", columns: int = COLUMNS) -> str:
    """The same within so many columns of a terminal: what does not fit stands below, behind the first columns again.

    Where all columns are words, the last is broken into lines instead.
    """
    if not rows:
        return ""
    padded = _padded(rows)
    sizes, room = _sizes(padded), columns - width(indent)
    if len(sizes) <= left:
        before = sum(sizes[:-1]) + len(_GAP) * (len(sizes) - 1)
        return table(
            [r for row in padded for r in _broken(row, max(room - before, _NARROWEST))], left=left, indent=indent
        )
    parts = (
        table([[*row[:left], *row[first:last]] for row in padded], left=left, indent=indent)
        for first, last in _stretches(sizes, left, room)
    )
    return "\n".join(parts)


def paragraph(text: str, *, columns: int = COLUMNS) -> str:
    """A text in lines of so many columns."""
    return fitted([[text]], indent="", columns=columns)


def _padded(rows: Sequence[Row]) -> list[list[str]]:
    """Rows of one length."""
    most = max(len(r) for r in rows)
    return [[*r, *[""] * (most - len(r))] for r in rows]


def _sizes(rows: Sequence[Row]) -> list[int]:
    return [max(width(text) for text in column) for column in zip(*rows, strict=True)]


def _stretches(sizes: Sequence[int], left: int, room: int) -> Iterator[tuple[int, int]]:
    """From which to which column a table goes, as many as there is room for beside the first ones, at least one."""
    beside = sum(size + len(_GAP) for size in sizes[:left]) - len(_GAP)
    first, taken = left, beside
    for i in range(left, len(sizes)):
        taken += len(_GAP) + sizes[i]
        if taken > room and i > first:
            yield first, i
            first, taken = i, beside + len(_GAP) + sizes[i]
    yield first, len(sizes)


def _broken(row: Row, room: int) -> Iterator[list[str]]:
    """A row whose last cell is broken between words, or wherever a line is full of a script without spaces."""
    *before, text = row
    lines = [""]
    for word in _words(text):
        if lines[-1] and width(lines[-1] + word.rstrip()) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word
    yield [*before, lines[0]]
    yield from ([*[""] * len(before), line] for line in lines[1:])


def _words(text: str) -> Iterator[str]:
    """Words with the space behind them; each wide character is one by itself."""
    word = ""
    for character in text:
        if word and (width(character) > 1 or width(word[-1]) > 1 or word.endswith(" ")):
            yield word
            word = ""
        word += character
    yield word
