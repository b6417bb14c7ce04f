"""Asks what a command asks, and tells on standard error what was found and how far it came."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from syngraph.api.answers import Answer, Readable
from syngraph.api.studies import Asked, Draws
from syngraph.apps.exits import UNREADABLE, Exit, FailOn, exit_of
from syngraph.apps.options import Question, Show, Texts
from syngraph.apps.progress import progress_on
from syngraph.apps.terminal import say, use_color
from syngraph.base.errors import Interrupted
from syngraph.present.diagnostics import Look, diagnostics_text
from syngraph.present.words import words

T = TypeVar("T", bound=Readable)


def ask(
    asked: Callable[[], Answer[T]],
    show: Show,
    *,
    fail_on: FailOn = "error",
    unreadable: frozenset[str] = UNREADABLE,
) -> tuple[T | None, Exit]:
    """What is found, and the exit code the findings make; they are told, and so is why nothing was found."""
    try:
        answer = asked()
    except Interrupted as ended:
        say(words(show.lang).text("run.interrupted", done=f"{ended.done:,}", total=f"{ended.total:,}"))
        return None, Exit.INTERRUPTED
    if answer.diagnostics:
        look = Look(color=use_color(show, sys.stderr))
        told = diagnostics_text(answer.diagnostics, dict(answer.files), words(show.lang), look=look)
        say(told.rstrip("\n"))
    return answer.found, exit_of(answer.diagnostics, fail_on=fail_on, unreadable=unreadable)


def asked_by(case: Path, question: Question, texts: Texts, show: Show) -> Asked:
    """What the options of a command that computes ask for; how far it comes is shown on a terminal."""
    draws = Draws(question.paths, question.seed, question.chunk, progress_on(words(show.lang)))
    return Asked(case, draws, as_of=question.as_of, known=question.known, sources=texts.paths)
