"""What a value of the model is made of."""

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def parts(value: object) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with its name; nothing of any other value."""
    kind: Any = type(value)
    return tuple((name, getattr(value, name)) for name in _names(kind))


@cache  # a walk through a case asks it of every value
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
