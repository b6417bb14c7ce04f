"""What all answers for programs have in common: the version of their format, and what a line of JSON Lines is."""

from collections.abc import Mapping

FORMAT_VERSION = "1.0"

Object = dict[str, object]


def line(kind: str, fields: Mapping[str, object]) -> Object:
    """One line: what it is, and its fields."""
    return {"format_version": FORMAT_VERSION, "type": kind, **fields}
