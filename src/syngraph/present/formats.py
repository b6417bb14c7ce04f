"""What all answers for programs have in common: the version of their format, and what a line of JSON Lines is."""

import json
from collections.abc import Mapping

FORMAT_VERSION = "1.0"

Object = dict[str, object]


def line(kind: str, fields: Mapping[str, object]) -> Object:
    """One line: what it is, and its fields."""
    return {"format_version": FORMAT_VERSION, "type": kind, **fields}


def json_text(document: object) -> str:
    """A document as JSON, its last line ended."""
    return _shown(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def json_line(document: object) -> str:
    """A document as one line of JSON."""
    return _shown(json.dumps(document, ensure_ascii=False)) + "\n"


def _shown(text: str) -> str:
    """JSON with all that is not a letter of a script escaped."""
    return "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)
