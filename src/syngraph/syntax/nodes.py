"""A YAML file as located text: every scalar stays what the author wrote."""

from dataclasses import dataclass

from syngraph.base.located import Scalar
from syngraph.base.spans import Span

__all__ = ["Entry", "Mapping", "Node", "Scalar", "Sequence"]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map; keys are unique."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> "Node | None":
        """The value at `key`."""
        return next((e.value for e in self.entries if e.key.text == key), None)

    def entry(self, key: str) -> Entry | None:
        """The entry at `key`."""
        return next((e for e in self.entries if e.key.text == key), None)


Node = Scalar | Sequence | Mapping
