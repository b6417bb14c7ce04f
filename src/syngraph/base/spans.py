"""Where in which file a piece of text stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file: offsets, lines and columns count code points; lines and columns start at 1."""

    file: str
    start: int
    end: int
    line: int
    column: int

    def place(self) -> str:
        """`file:line:column`, as compilers and editors write it."""
        return f"{self.file}:{self.line}:{self.column}"

    def line_place(self) -> str:
        """`file:line`, for answers that name a record."""
        return f"{self.file}:{self.line}"


def whole_file(file: str) -> Span:
    """The span of a file as such, where no narrower place exists."""
    return Span(file, 0, 0, 1, 1)
