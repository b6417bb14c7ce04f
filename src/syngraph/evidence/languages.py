"""Which language a text is in, told by its letters, and where such a text is at home."""

import re

from syngraph.evidence.scripts import is_traditional

SAMPLE = 20_000  # characters looked at
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LEAST_HAN = 10  # one letter in ten: a Chinese text may be full of Latin names

# where the bare signs of a language are read as at home
_HOMES = {"zh-Hant": "TW", "zh-Hans": "CN", "en": "US"}


def guessed_language(text: str) -> str:
    """Chinese in one of its scripts if every tenth letter is Han, else English; other languages are not told apart."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters or len(_HAN.findall(sample)) * _LEAST_HAN < letters:
        return "en"
    return "zh-Hant" if is_traditional(sample) else "zh-Hans"


def home_region(language: str) -> str:
    """The region a text of a language is read in unless it says otherwise; empty if none can be taken for granted."""
    return _HOMES.get(language, "")
