"""The words for powers of ten: 萬 and 億, million and bn."""

from syngraph.evidence.mentions.vocabulary import Vocabulary

TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"萬": 10**4, "億": 10**8, "兆": 10**12}

# 兆 is 10^12 in Taiwan and Japan; elsewhere it may be 10^6.
REGIONS_OF_TRILLION = frozenset({"TW", "JP"})

_WORDS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_ABBREVIATIONS = {"mn": 6, "mln": 6, "mio": 6, "mm": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12}
_LETTERS = {"k": 3, "m": 6, "b": 9, "t": 12}  # also metres, bytes and tonnes: only beside a currency or before shares

WORDS = {word: 10**power for word, power in _WORDS.items()}
LATIN = Vocabulary(
    {word: 10**power for word, power in (_WORDS | _ABBREVIATIONS).items()}
    | {word + "s": 10**power for word, power in _WORDS.items()}
)
LETTERS = Vocabulary({word: 10**power for word, power in _LETTERS.items()})
SPACED_LETTERS = Vocabulary({letter: 10**power for letter, power in _LETTERS.items() if letter in "mb"})
# Magnitudes that are not read: an amount before one of them has no value.
UNREAD = Vocabulary(
    dict.fromkeys(
        "hundred dozen lakh lakhs crore crores quadrillion quintillion grand milliard milliards milliarden mrd mia "
        "millionen millones milhoes mil thou".split()
    )
)
