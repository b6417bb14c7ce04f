"""Standard output and standard error: the answer goes to the one, all else to the other."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from syngraph.apps.options import AnswerFormat, Show


def answer(text: str) -> None:
    """Writes the answer, if there is one."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")


def answer_json(document: Any) -> None:
    """Writes the answer as JSON."""
    answer(json_text(document))


def json_text(document: Any) -> str:
    """A document as JSON, its last line ended."""
    return _shown(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def answer_lines(objects: Iterable[Any]) -> None:
    """Writes the answer as JSON Lines: an object a line."""
    for one in objects:
        answer(_shown(json.dumps(one, ensure_ascii=False)))


def answer_in(
    form: AnswerFormat, *, text: Callable[[], str], document: Callable[[], Any], lines: Callable[[], Iterable[Any]]
) -> None:
    """Writes the answer in the format asked for; only that one is made."""
    match form:
        case "json":
            answer_json(document())
        case "jsonl":
            answer_lines(lines())
        case _:
            answer(text())


def _shown(text: str) -> str:
    """JSON with all that is not a letter of a script escaped."""
    return "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)


def say(text: str) -> None:
    """Writes something beside the answer."""
    sys.stderr.write(text + "\n")


def use_color(show: Show, stream: TextIO | None = None) -> bool:
    """Whether to color: asked for, or on a terminal that wants it (https://no-color.org)."""
    if show.color != "auto":
        return show.color == "always"
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and (stream or sys.stdout).isatty()
