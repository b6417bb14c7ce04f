"""The digits of a text, as far as a quote must not change or cut them."""

import re
import unicodedata

_SEPARATORS = ".,\uff0e\uff0c"
_SIGNS = "-\u2010\u2011\u2012\u2013\u2212\uff0d"  # the long dash is punctuation
_GROUP = 3
_MARKS = frozenset({"Mn", "Mc", "Me"})
# The Latin or Greek letters after a number and its magnitude, and those joined to them: `MW` of `5 MW`, `5萬MW` and
# `5 thousand MW`, `USD/MWh` of `5 USD/MWh`.
_MAGNITUDES = r"(?:[\s\-\u2010-\u2012十百千萬万億亿兆]|(?i:hundred|thousand|million|billion|trillion)\b)*"
_UNIT = re.compile(r"(?<=\d)" + _MAGNITUDES + r"([A-Za-z\u0370-\u03ff](?:[/·⋅*^]?[A-Za-z\u0370-\u03ff])*)")


def decimal_digits(text: str) -> str:
    """The decimal digits of a text in plain form; the 2 of `5²` is none."""
    values = (unicodedata.decimal(character, None) for character in text)
    return "".join(str(value) for value in values if value is not None)


def same_figures(quote: str, passage: str) -> bool:
    """Whether quote and passage, both as written, agree in every decimal digit and in the case of units.

    A milliwatt is no megawatt: letters that follow a number count as its unit.
    """
    return decimal_digits(quote) == decimal_digits(passage) and _capitals(quote) == _capitals(passage)


def _capitals(text: str) -> tuple[str, ...]:
    """Each unit by its letters, whatever their width: which are capitals, and nothing more."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple("".join("A" if c.isupper() else "a" for c in unit if c.isalpha()) for unit in _UNIT.findall(plain))


def cuts_figure(text: str, start: int, end: int) -> bool:
    """Whether [start, end) begins or ends inside a number written in digits: `30` of `130`, `000` of `5,000`.

    A combining mark belongs to its digit: what is struck through (13 followed by U+0336) says no 13.
    """
    signed = start > 0 and text[start - 1] in _SIGNS and _digit(text, start)
    return signed or _parts_figure(text, start) or _parts_figure(text, end)


def _parts_figure(text: str, at: int) -> bool:
    if _digit(text, at - 1):
        return _digit(text, at) or _continues(text, at) or unicodedata.category(text[at : at + 1] or " ") in _MARKS
    return _digit(text, at) and _digit(text, at - 2) and _continues(text, at - 1)


def _continues(text: str, at: int) -> bool:
    """Whether a separator at `at` goes on with the number before it: a point and a digit, a comma and three digits."""
    if text[at : at + 1] not in tuple(_SEPARATORS) or not _digit(text, at + 1):
        return False
    if text[at] in ".\uff0e":
        return True
    group = at + 1
    return all(_digit(text, group + i) for i in range(_GROUP)) and not _digit(text, group + _GROUP)


def _digit(text: str, at: int) -> bool:
    return 0 <= at < len(text) and unicodedata.digit(text[at], None) is not None
