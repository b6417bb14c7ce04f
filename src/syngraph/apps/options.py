"""The options that several commands share: flattened into a command by a parameter of one of these types."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

_FORMAT = "Text for people; JSON for programs, or JSON Lines: an object a line."

Language = Literal["en", "zh-Hant"]
AnswerFormat = Annotated[Literal["text", "json", "jsonl"], Parameter(name="--format", help=_FORMAT)]
Plan = Annotated[str, Parameter(help="The plan, by name.")]
FailOn = Annotated[
    Literal["error", "warning"], Parameter(name="--fail-on", help="The least finding that makes the exit code 1.")
]
FindingsFormat = Annotated[
    Literal["text", "json", "jsonl", "sarif", "github"],
    Parameter(name="--format", help=f"{_FORMAT} `sarif` for scanners, `github` for the log of a workflow."),
]


def _named_paths(_: object, given: Sequence[str]) -> None:
    """Refuses what is not NAME=PATH."""
    for entry in given:
        if not all(entry.partition("=")):
            raise ValueError(f"NAME=PATH is expected, not {entry}")


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Texts:
    """Where the texts of sources are."""

    source: Annotated[tuple[str, ...], Parameter(negative=(), validator=_named_paths)] = ()
    """A text kept elsewhere, as NAME=PATH; can be given several times."""

    @property
    def paths(self) -> dict[str, str | Path]:
        """The path of each text by the name of its source."""
        return {name: Path(path) for name, _, path in (entry.partition("=") for entry in self.source)}


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about in time, and how it is simulated."""

    as_of: Annotated[date | None, Parameter(name="--as-of")] = None
    """The day the answer is for."""
    known: date | None = None
    """Only what was known on this day."""
    paths: int = 4_000
    """Number of simulated paths."""
    chunk: int | None = None
    """Paths computed at a time; changes memory and speed, never a result."""
    seed: int = 0
    """Seed of the random numbers."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Show:
    """How the answer is shown."""

    lang: Language = "en"
    """Language of sentences."""
    color: Literal["auto", "always", "never"] = "auto"
    """Color; `auto` is for terminals, unless NO_COLOR is set."""


AS_USUAL, BESIDE, PLAIN = Show(), Texts(), Question()
