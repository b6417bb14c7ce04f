"""The sentences a person reads, from the word files of one language."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from syngraph.base.errors import InternalError


class _Blanks(dict[str, str]):
    """Fills for a sentence; a blank without a fill stays visible."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@dataclass(frozen=True, slots=True)
class Words:
    """All texts of one language by dotted key: the table of the word file, then the key in it."""

    language: str
    texts: Mapping[str, str]

    def sentence(self, code: str, fills: Mapping[str, str]) -> str:
        """What a diagnostic says; one without words still shows what it has."""
        if f"diagnostics.{code}" not in self.texts:
            return ", ".join(f"{name}: {text}" for name, text in fills.items() if text)
        return self.text(f"diagnostics.{code}", **fills)

    def way_out(self, code: str, fills: Mapping[str, str]) -> str:
        """What to do about a diagnostic, if there are words for it."""
        return self.text(f"ways_out.{code}", **fills) if f"ways_out.{code}" in self.texts else ""

    def label(self, key: str) -> str:
        """What a second place has to do with a diagnostic."""
        return self.text(f"labels.{key}")

    def text(self, key: str, /, **fills: str) -> str:
        """The text under a dotted key with its blanks filled; InternalError if there is none."""
        template = self.texts.get(key)
        if template is None:
            raise InternalError(f"no words for {key} in {self.language}")
        return template.format_map(_Blanks(fills))

    def count(self, key: str, number: int, **fills: str) -> str:
        """A number with what it counts: `counts.<key>.one` or `counts.<key>.other`."""
        form = "one" if number == 1 else "other"
        return self.text(f"counts.{key}.{form}", number=f"{number:,}", **fills)


def words(language: str) -> Words:
    """The words of a language of `base.texts.LANGUAGES`, from all its files."""
    folder = files("syngraph.present") / "words" / language
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for key, text in _flat(tomllib.loads(file.read_text("utf-8"))):
                if key in texts:
                    raise InternalError(f"{key} stands in two word files of {language}")
                texts[key] = text
    return Words(language, MappingProxyType(texts))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        match value:
            case str():
                yield f"{prefix}{key}", value
            case dict():
                yield from _flat(value, f"{prefix}{key}.")
            case _:
                raise InternalError(f"{prefix}{key} is no text")
