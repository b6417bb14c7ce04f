"""Whether two passages are one, written in Traditional and in Simplified Chinese."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_TABLE = "TSCharacters.txt"  # of OpenCC, see THIRD_PARTY.md


@cache
def simplified_forms() -> Mapping[str, tuple[str, ...]]:
    """The simplified characters a traditional one may be written as, one for one; itself among them if it may stay."""
    lines = files("syngraph.evidence.opencc").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    entries = ((key, tuple(form for form in forms.split() if len(form) == 1)) for key, forms in pairs if len(key) == 1)
    return {key: forms for key, forms in entries if forms}


@cache
def _usual() -> Mapping[int, str]:
    return {ord(key): forms[0] for key, forms in simplified_forms().items()}


def simplified(text: str) -> str:
    """The text with each traditional character as its usual simplified one: as long as before."""
    return text.translate(_usual())


def is_traditional(text: str) -> bool:
    """Whether no fewer characters of a Chinese text are those of Traditional alone than of Simplified alone."""
    traditional, simple = _told_apart()
    return sum(c in traditional for c in text) >= sum(c in simple for c in text)


@cache
def _told_apart() -> tuple[frozenset[str], frozenset[str]]:
    """The characters of one script that the other does not have."""
    forms = simplified_forms()
    both = {key for key, simple in forms.items() if key in simple}
    return frozenset(forms) - both, frozenset(form for simple in forms.values() for form in simple) - forms.keys()


def same_in_other_script(a: str, b: str) -> bool:
    """Whether one of two passages is the other with traditional characters simplified, one for one.

    Two traditional characters with one simplified form (發 and 髮, both 发) are two.
    """
    return len(a) == len(b) and (_simplifies(a, b) or _simplifies(b, a))


def _simplifies(traditional: str, other: str) -> bool:
    forms = simplified_forms()
    return all(x == y or y in forms.get(x, ()) for x, y in zip(traditional, other, strict=True))
