"""What is noted while records are read: mistakes, and the names they refer to."""

from dataclasses import dataclass, field
from datetime import date

from syngraph.base.diagnostics import Diagnostic
from syngraph.base.spans import Span
from syngraph.expr.nodes import Expr


@dataclass(frozen=True, slots=True)
class Reference:
    """A name used in a record, and the kind of thing it must name (a key of `references.KINDS`)."""

    kind: str
    name: str
    span: Span


@dataclass(slots=True)
class Notes:
    """Mistakes, references, formulas in the order of reading; `today` is the day a case is told on, if it says so."""

    today: date | None = None
    found: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    formulas: list[Expr] = field(default_factory=list)

    def wrong(self, diagnostic: Diagnostic) -> None:
        """Adds a finding."""
        self.found.append(diagnostic)

    def refer(self, kind: str, name: str, *, span: Span) -> str:
        """Adds a reference to be looked up when all names are known; gives the name back."""
        self.references.append(Reference(kind, name, span))
        return name

    def extend(self, other: "Notes") -> None:
        """Adds what another reading noted."""
        self.found.extend(other.found)
        self.references.extend(other.references)
        self.formulas.extend(other.formulas)
