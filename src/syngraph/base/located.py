"""A text that knows where in its file each of its characters stands."""

from dataclasses import dataclass

from syngraph.base.spans import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `offsets[i]` is the file offset of its i-th character; `quoted` if it was in quotes or a block."""

    text: str
    span: Span
    quoted: bool = False
    offsets: tuple[int, ...] = ()


def part(scalar: Scalar, start: int, end: int) -> Span:
    """Where characters [start, end) of the scalar's text stand in its file."""
    offsets = scalar.offsets
    if not offsets or start >= len(offsets):
        last = offsets[-1] + 1 if offsets else scalar.span.end
        return _shifted(scalar, last, last)
    stop = offsets[min(end, len(offsets)) - 1] + 1 if end > start else offsets[start]
    return _shifted(scalar, offsets[start], stop)


def _shifted(scalar: Scalar, start: int, stop: int) -> Span:
    """On the scalar's first line; one that spans lines is placed anew from its offset where the file is at hand."""
    span = scalar.span
    return Span(span.file, start, stop, span.line, span.column + start - span.start)
