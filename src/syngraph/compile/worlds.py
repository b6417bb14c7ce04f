"""The worlds a quantity is evaluated in: which events of the segment have happened there."""

from dataclasses import dataclass
from enum import Enum


class View(Enum):
    """What part of a segment is looked at."""

    START = "the moment the segment starts"
    BEFORE = "the whole segment, as if none of its events happened"
    PART = "the stretch between two hits"
    WHOLE = "the whole segment, its parts put together"
    AT = "the moment an event hits"


@dataclass(frozen=True, slots=True)
class World:
    """A view; a part has its group of events and its number, AT its event."""

    view: View
    group: str = ""
    part: int = 0


START = World(View.START)
BEFORE = World(View.BEFORE)
WHOLE = World(View.WHOLE)
