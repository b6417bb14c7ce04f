"""The places of a case that can be read in several ways, and the case with another reading in use."""

from dataclasses import dataclass, replace
from typing import Any

from syngraph.model.case import Case
from syngraph.model.records import Head, Readings
from syngraph.model.within import Step, within


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place with more than one reading, and the record it stands in."""

    record: str
    readings: Readings[Any]
    path: tuple[Step, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All its readings."""
        return tuple(name for name, _ in self.readings.options)

    @property
    def others(self) -> tuple[str, ...]:
        """The readings that are not in use."""
        return tuple(name for name in self.names if name != self.readings.use)


def ambiguities(value: Any) -> tuple[Ambiguity, ...]:
    """All of them in a case or in one record, in the order of its fields; parts of a record have names of their own."""
    found: list[Ambiguity] = []
    waiting: list[tuple[Any, str, tuple[Step, ...]]] = [(value, "", ())]
    while waiting:
        here, record, path = waiting.pop()
        if isinstance(here, Readings):
            if here.ambiguous:
                found.append(Ambiguity(record, here, path))
            continue
        head = getattr(here, "head", None)
        name = head.name if isinstance(head, Head) else record
        waiting.extend((part, name, (*path, step)) for step, part in reversed(within(here)))
    return tuple(found)


def own_ambiguities(record: Any, head: Head) -> tuple[Ambiguity, ...]:
    """Those of a record itself, without those of its parts that have a name of their own."""
    return tuple(a for a in ambiguities(record) if a.record == head.name)


def reading(case: Case, place: Ambiguity, name: str) -> Case:
    """The case with the named reading of one place in use; the place must be the case's own."""
    changed: Case = _put(case, place.path, replace(place.readings, use=name))
    return changed


def _put(value: Any, path: tuple[Step, ...], new: Any) -> Any:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], _put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: _put(getattr(value, step), rest, new)})
