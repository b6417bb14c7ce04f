"""Standard output and standard error: the answer goes to the one, all else to the other."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol, TextIO

from syngraph.apps.options import AnswerFormat, Show
from syngraph.present.formats import Object, json_line, json_text


class Answered(Protocol):
    """What can be answered in every format."""

    def text(self, language: str = "en") -> str:
        """For people."""

    def document(self) -> Object:
        """For programs."""

    def lines(self) -> Iterator[Object]:
        """For programs, an object a line."""


def answer(text: str) -> None:
    """Writes the answer, if there is one."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


def answer_lines(objects: Iterable[Object]) -> None:
    """Writes the answer as JSON Lines: an object a line."""
    for one in objects:
        answer(json_line(one))


def answer_in(form: AnswerFormat, found: Answered, language: str) -> None:
    """Writes the answer in the format asked for; only that one is made."""
    match form:
        case "json":
            answer(json_text(found.document()))
        case "jsonl":
            answer_lines(found.lines())
        case _:
            answer(found.text(language))


def say(text: str) -> None:
    """Writes something beside the answer."""
    sys.stderr.write(text + "\n")


def use_color(show: Show, stream: TextIO | None = None) -> bool:
    """Whether to color: asked for, or on a terminal that wants it (https://no-color.org)."""
    if show.color != "auto":
        return show.color == "always"
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and (stream or sys.stdout).isatty()
