"""Who takes part."""

from dataclasses import dataclass

from syngraph.base.texts import LocalText
from syngraph.model.records import Head

FORMS = (
    "corporation",
    "public_benefit_corporation",
    "llc",
    "partnership",
    "joint_venture",
    "nonprofit",
    "foundation",
    "trust",
    "cooperative",
    "public_body",
    "person",
    "group",
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person, company, body, unit of a company (`part_of`) or name for several (`members`)."""

    head: Head
    title: LocalText
    form: str = ""
    members: tuple[str, ...] = ()
    part_of: str = ""
    aliases: tuple[str, ...] = ()
    open: bool = False
    float: bool = False
    fiscal_year_end: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organ of a party (`nonprofit.board`): its seats and who fills them; decisions it takes, by matter."""

    head: Head
    party: str
    seats: int | None = None
    filled_by: str = ""
    standard: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Decides:
    """Which organs of a party must agree on a matter."""

    party: str
    matter: str
    bodies: tuple[str, ...]
