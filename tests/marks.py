"""Where a mistake stands: a mark in the text, and the codes and places that were found."""

from syngraph.base.diagnostics import Diagnostic
from syngraph.compile.case import Compiled
from syngraph.load.case import Loaded

MARK = "«"


def place_of_mark(text: str, file: str = "bad.yaml") -> tuple[str, str]:
    """The text without its mark, and `file:line:column` of the mark."""
    before, _, after = text.partition(MARK)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return before + after, f"{file}:{line}:{column}"


def found(result: Loaded | Compiled) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(d.code, place(d)) for d in result.diagnostics]


def place(diagnostic: Diagnostic) -> str:
    return diagnostic.span.place() if diagnostic.span else ""
