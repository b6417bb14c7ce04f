"""What every record of a case has: a name, a place, quotes and reasons."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from syngraph.base.spans import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote from a source; `occurrence` 0 means the only one, -1 all of them."""

    source: str
    quote: str
    span: Span
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a record, its section, its place, its quotes, its reasons (field "" is the whole record), and its
    fields as written."""

    name: str
    section: str
    span: Span
    cites: tuple[Citation, ...] = ()
    whys: tuple[tuple[str, str], ...] = ()
    why_span: Span | None = None
    fields: tuple[str, ...] = ()

    def why(self, field: str = "") -> str:
        """The reason given for a field, or for the record as a whole."""
        reasons = dict(self.whys)
        return reasons.get(field, "") or reasons.get("", "")


@dataclass(frozen=True, slots=True)
class Readings(Generic[T]):
    """One or several defensible contents of one place; a run uses `use`. A plain value is one reading named ""."""

    options: tuple[tuple[str, T], ...]
    use: str
    span: Span

    @property
    def chosen(self) -> T:
        """The reading in use."""
        return dict(self.options)[self.use]

    @property
    def ambiguous(self) -> bool:
        """Whether there is more than one."""
        return len(self.options) > 1


def single(value: T, span: Span) -> Readings[T]:
    """A value that can be read in one way only."""
    return Readings((("", value),), "", span)
