"""A source made ready to look for many quotes: each form of its text is made once, when it is first needed."""

from functools import cached_property

from syngraph.evidence.folding import Folded, fold
from syngraph.evidence.scripts import simplified


class Searched:
    """The text of a source, folded, and folded with its traditional characters simplified."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        """What stays of the text when differences that do not count are gone."""
        return fold(self.text)

    @cached_property
    def simplified(self) -> str:
        """The folded text in simplified characters, one for one: its positions are those of `folded`."""
        return simplified(self.folded.text)
