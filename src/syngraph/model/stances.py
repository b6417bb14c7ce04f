"""Who stands where: positions, disputes and offers."""

from dataclasses import dataclass

from syngraph.base.texts import LocalText
from syngraph.model.records import Head

Subject = str | LocalText


@dataclass(frozen=True, slots=True)
class Position:
    """Parties for or against something, on a ground."""

    head: Head
    by: tuple[str, ...]
    stands: str
    subject: Subject
    ground: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sides, what they dispute, and the events that opened and decided it."""

    head: Head
    between: tuple[tuple[str, ...], ...]
    over: tuple[str, ...]
    ground: LocalText | None = None
    filed: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid: by whom, for what, how much, and the events that made and answered it."""

    head: Head
    by: str
    target: str
    amount: str
    solicited: bool | None = None
    made: str = ""
    answered: str = ""
