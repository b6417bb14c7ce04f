"""Throws random and mutated quotes at the ladder: `python tests/evidence/fuzz_ladder.py [COUNT] [SEED]`.

Whatever a quote is, nothing may raise; what is accepted has the same digits, quantities and dates as the quote; what is
proposed stands in the text and is never accepted. Prints how many of each there were, and the first that breaks a rule.
"""

import random
import re
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

from syngraph.evidence.anchoring import ALL, ONLY, Anchor, anchor
from syngraph.evidence.digits import decimal_digits
from syngraph.evidence.gaps import pieces
from syngraph.evidence.parties import candidates, defined_terms
from syngraph.evidence.repair import propose
from syngraph.evidence.scripts import simplified
from syngraph.evidence.searched import Searched
from syngraph.evidence.wording import Wording

TEXTS = [
    (Path(__file__).parents[2] / "cases" / "alliance" / "text" / "agreement.txt", Wording("en", "NL")),
    (Path(__file__).parents[3] / "shared" / "sources" / "article.zh-Hant.txt", Wording("zh-Hant", "TW")),
]
ODD = "0123456789,. 億萬百千十年月日%$€()（）「」\u0000\u200b\u202e\u0301\ufeff\n½２³①〇一二三ＡＢ兆元-–—"
DENIAL = re.compile("不(?![僅但只過])|未(?!來)|非(?!常)|[無沒]")
CHANGES = ("keep", "digit", "swap", "drop", "insert", "width", "space", "script", "case", "gap", "gap", "random")


def mutated(quote: str, draw: random.Random) -> tuple[str, str]:
    """A quote with one kind of change."""
    change = draw.choice(CHANGES)
    at = draw.randrange(len(quote)) if quote else 0
    match change:
        case "digit":
            digits = [i for i, c in enumerate(quote) if c.isdecimal()]
            if digits:
                at = draw.choice(digits)
                new = str((int(unicodedata.decimal(quote[at])) + draw.randrange(1, 10)) % 10)
                return change, quote[:at] + new + quote[at + 1 :]
        case "swap":
            other = draw.randrange(len(quote)) if quote else 0
            cells = list(quote)
            if cells:
                cells[at], cells[other] = cells[other], cells[at]
            return change, "".join(cells)
        case "drop":
            return change, quote[:at] + quote[at + draw.randrange(1, 4) :]
        case "insert":
            return change, quote[:at] + draw.choice(ODD) + quote[at:]
        case "width":
            return change, "".join(
                chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and draw.random() < 0.5 else c for c in quote
            )
        case "space":
            return change, quote[:at] + draw.choice((" ", "\n", "\u3000", "\u00a0")) + quote[at:]
        case "script":
            return change, simplified(quote)
        case "case":
            return change, quote.swapcase()
        case "gap":
            return change, quote[:at] + draw.choice(("…", " … ", "[…]")) + quote[at + draw.randrange(0, 20) :]
        case "random":
            return change, "".join(draw.choice(ODD) for _ in range(draw.randrange(0, 30)))
    return "keep", quote


def broken(quote: str, text: str, source: Searched, wording: Wording, draw: random.Random) -> tuple[str, str]:
    """What became of a quote, and the rule it breaks (empty if none)."""
    found = anchor(quote, text, occurrence=draw.choice((ONLY, ONLY, ALL, 1, 2)), searched=source, same=wording.same)
    if isinstance(found, Anchor):
        parts = pieces(quote) if "…" in quote else (quote.strip(),)
        for start, end in found.spans:
            passage = text[start:end]
            alike = [part for part in parts if decimal_digits(passage) == decimal_digits(part)]
            if not alike:
                return "accepted", "other digits"
            if not any(wording.same(part, passage) for part in alike):
                return "accepted", "says something else"
        gaps = [(a[1], b[0]) for a, b in pairwise(found.spans) if a[1] < b[0]] if len(parts) == len(found.spans) else []
        if any(DENIAL.match(text, start) or text[end - 1] in "不未非無沒" for start, end in gaps):
            return "accepted", "a denial is left out"
        return f"rung {found.rung.value}", ""
    if found.code != "quote-lost":
        return found.code, ""
    repair = propose(quote, source)
    if repair is None:
        return "lost", ""
    start, end = repair.span
    if not (0 <= start < end <= len(text)) or text[start:end] != repair.passage:
        return "proposed", "a passage that is not there"
    return "proposed", ""


def main(count: int, seed: int) -> int:
    draw = random.Random(seed)
    sources = [(path.read_text("utf-8"), wording) for path, wording in TEXTS if path.exists()]
    made = [(text, Searched(text), wording) for text, wording in sources]
    became: Counter[str] = Counter()
    for _ in range(count):
        text, source, wording = draw.choice(made)
        start = draw.randrange(len(text))
        change, quote = mutated(text[start : start + draw.randrange(1, 60)], draw)
        kind, wrong = broken(quote, text, source, wording, draw)
        if not wrong and change == "digit" and kind.startswith("rung") and quote.strip() not in text:
            wrong = "a changed digit was accepted"
        if wrong:
            print(f"{wrong}: {change} {quote!r}")
            return 1
        if draw.random() < 0.05:
            candidates(quote, ())
            defined_terms(quote, ())
        became[kind] += 1
    print(dict(became.most_common()))
    return 0


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    sys.exit(main(*(numbers + [20_000, 1][len(numbers) :])))
