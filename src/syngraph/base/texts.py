"""Names and sentences that exist in several languages."""

from dataclasses import dataclass

LANGUAGES = ("en", "zh-Hant")


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text per language, in the order of LANGUAGES; a text written without a language serves all."""

    entries: tuple[tuple[str, str], ...]

    def to(self, language: str) -> str:
        """The text in `language`, or the first there is."""
        return dict(self.entries).get(language) or (self.entries[0][1] if self.entries else "")
