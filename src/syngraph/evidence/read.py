"""A source as it is read: its quantities, dates and parties, each found once, and asked for by place."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.parties import Alias, PartyMention, party_mentions
from syngraph.evidence.places import Place, line_starts, place_of
from syngraph.evidence.wording import Wording

# A full stop ends a sentence unless an abbreviation (B.V., Inc.) or a small letter goes on.
FULL_STOP = (
    r"(?<!\b[A-Za-z])(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)"
    r"\.(?=\s+[^\sa-z])"
)
_SENTENCE_END = re.compile(rf"[。！？!?\n]|{FULL_STOP}")


class Read:
    """The text of a source with its wording and the names of the parties in it."""

    def __init__(self, text: str, wording: Wording, aliases: tuple[Alias, ...] = ()) -> None:
        self.text, self.wording, self.aliases = text, wording, aliases

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every quantity and date."""
        return self.wording.mentions(self.text)

    @cached_property
    def parties(self) -> tuple[PartyMention, ...]:
        """Every declared name."""
        return party_mentions(self.text, self.aliases)

    @cached_property
    def _lines(self) -> tuple[int, ...]:
        return line_starts(self.text)

    def place(self, start: int, end: int) -> Place:
        """A stretch with its line and column."""
        return place_of((start, end), self._lines)

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    def sentence(self, span: Stretch) -> Stretch:
        """The sentence, or sentences, in which a stretch lies."""
        first = bisect_right(self._ends, span[0])
        last = bisect_left(self._ends, span[1])
        start = self._ends[first - 1] if first else 0
        return start, self._ends[last] if last < len(self._ends) else len(self.text)

    def said(self, span: Stretch) -> tuple[Mention, ...]:
        """The mentions that lie whole in a stretch."""
        first = bisect_left(self.mentions, span[0], key=lambda m: m.start)
        last = bisect_right(self.mentions, span[1], key=lambda m: m.end)
        return self.mentions[first:last]

    def named(self, span: Stretch) -> tuple[PartyMention, ...]:
        """The names that lie whole in a stretch."""
        first = bisect_left(self.parties, span[0], key=lambda m: m.start)
        last = bisect_right(self.parties, span[1], key=lambda m: m.end)
        return self.parties[first:last]

    def cut(self, span: Stretch) -> Mention | None:
        """A quantity that lies partly in a stretch: its value is another one there."""
        first = bisect_right(self.mentions, span[0], key=lambda m: m.end)
        for mention in self.mentions[first:]:
            if mention.start >= span[1]:
                return None
            if mention.kind is Kind.QUANTITY and (mention.start < span[0] or mention.end > span[1]):
                return mention
        return None
