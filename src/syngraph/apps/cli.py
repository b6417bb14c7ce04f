"""The command line: which commands there are, and what becomes of what goes wrong in them."""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from syngraph import __version__
from syngraph.apps.exits import Exit
from syngraph.apps.terminal import answer, say

# name, where it is (imported only when it is used), what it answers
COMMANDS = (
    ("init", "syngraph.apps.init:init", "Write a small commented case to begin with."),
    ("check", "syngraph.apps.check:check", "Is the case sound, and does every quote stand in its source?"),
    ("cover", "syngraph.apps.cover:cover", "How much of a source is modelled, and what is left out?"),
    ("draft", "syngraph.apps.draft:draft", "A new case from texts: a stub for each value they mention."),
    ("mentions", "syngraph.apps.mentions:mentions", "Which quantities, dates and names does a text mention?"),
    ("run", "syngraph.apps.run:run", "Who is paid what and when, who supplies whom, and do the checks hold?"),
    ("explain", "syngraph.apps.explain:explain", "Why is this number what it is?"),
    ("compare", "syngraph.apps.compare:compare", "Which plan is better, for whom, and how surely?"),
    ("export", "syngraph.apps.export:export", "Its quotes for other programs, as Web Annotations."),
    ("report", "syngraph.apps.report:report", "All of it in one HTML file that needs no network."),
)


def make_app() -> App:
    """The application with all commands, none of them imported yet."""
    app = App(
        name="syngraph",
        help="Partnership structures as code.",
        version_flags=(),
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
        exit_on_error=False,
        result_action="return_value",
    )
    app.command(_version, name="--version", help="Display application version.", help_flags=())
    for name, place, answers in COMMANDS:
        app.command(place, name=name, help=answers)
    return app


def _version() -> None:
    """Written as it is: cyclopts would load what lays out a page for it."""
    answer(__version__)


def main(tokens: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; nothing it does is shown as a Python traceback."""
    _show_any_text()
    try:
        result = make_app()(sys.argv[1:] if tokens is None else tokens)
        sys.stdout.flush()
    except CycloptsError:  # already explained on standard error
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return Exit.FINDINGS
    except Exception as problem:
        return _failed(problem)
    return result if isinstance(result, int) else Exit.OK


def _failed(problem: Exception) -> int:
    """One line that says what to report. What it needs is imported only now: a command that works starts sooner."""
    import traceback

    from syngraph.present.words import words

    if os.environ.get("SYNGRAPH_DEBUG") == "1":
        traceback.print_exception(problem)
    frames = traceback.extract_tb(problem.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""  # noqa: PTH119
    said = " ".join(str(problem).split())
    say(words("en").text("failure.engine", kind=type(problem).__name__, message=said, place=place, version=__version__))
    return Exit.FAILURE


def _show_any_text() -> None:
    """Characters that a terminal cannot show are escaped instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _close_output() -> None:
    """Whoever read the answer has stopped reading; Python must not try to flush the rest at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
