"""Looks up the names in formulas, where a case cannot be compiled, which would say more of them."""

from collections.abc import Iterable, Iterator

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.expr.nodes import Expr
from syngraph.expr.walk import names
from syngraph.graph.names import USABLE
from syngraph.load.guesses import Guesses
from syngraph.load.names import EXPRESSION_WORDS, IN_EXPRESSIONS, Names

_KINDS = ("moment", "term", "party", "body")


def unknown_names(formulas: Iterable[Expr], names_of: Names, *, guesses: Guesses) -> Iterator[Diagnostic]:
    """Names that stand for nothing at all; whether one fits where it stands is not asked."""
    sections = (names_of.section(section) for section in (*IN_EXPRESSIONS, "dependences"))
    known = frozenset().union(EXPRESSION_WORDS, *sections, *(names_of.of(kind) for kind in _KINDS))
    parted = names_of.of("term") | names_of.section("waterfalls")
    for formula in formulas:
        for name in names(formula):
            if name.text in known or name.text.rpartition(".")[0] in parted:
                continue
            meant = guesses.nearest(name.text, known, kind="formula")
            yield error("unknown-name", name.span, paste=meant, name=name.text, expected=USABLE, meant=meant)
