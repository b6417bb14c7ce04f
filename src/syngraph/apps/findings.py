"""Findings told on standard error, by the commands whose answer is something else."""

from collections.abc import Iterable, Mapping, Sequence

from syngraph.apps.exits import Exit
from syngraph.apps.options import Show
from syngraph.apps.terminal import say, use_color
from syngraph.base.diagnostics import Diagnostic
from syngraph.base.nearest import nearest
from syngraph.present.diagnostics import Look, diagnostics_text
from syngraph.present.words import words


def unknown(name: str, known: Iterable[str], show: Show) -> Exit:
    """Says that nothing is called so, and what is nearest."""
    say(words(show.lang).text("explain.unknown", name=name, meant=nearest(name, known) or "–"))
    return Exit.FINDINGS


def tell(found: Sequence[Diagnostic], texts: Mapping[str, str], show: Show) -> None:
    """Says what was found, if anything; `texts` are the files the findings point into."""
    if found:
        say(diagnostics_text(found, texts, words(show.lang), look=Look(color=use_color(show))).rstrip("\n"))
