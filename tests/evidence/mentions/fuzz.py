"""Random and mutated texts against the laws of mentions: `python tests/evidence/mentions/fuzz.py 200000 [seed]`."""

import random
import sys
import time
import traceback
from collections import Counter

from mention_laws import broken_law, pieces, sentences

from syngraph.evidence.mentions.parse import mentions

CHARACTERS = "0123456789０１９.,，、：:-–—~/％% $€¥()（）\n\t²½⅔①㋀㏠㎿\u0301\u200b\u0663億万萬兆千百十一二三兩半多餘數幾第年月日股成"
MOST_FAILURES = 5


def drawn(rng: random.Random) -> str:
    """A text: a string of telling pieces, a mutated sentence, or noise."""
    match rng.randrange(4):
        case 0:
            return "".join(rng.choices(pieces(), k=rng.randrange(1, 12)))
        case 1:
            return " ".join(rng.choices(pieces(), k=rng.randrange(1, 12)))
        case 2:
            return mutated(rng, rng.choice(sentences()))
        case _:
            return "".join(chr(rng.choice((rng.randrange(0x250), rng.randrange(0x2000, 0xD800)))) for _ in range(20))


def mutated(rng: random.Random, text: str) -> str:
    """The text with a few characters dropped, doubled, changed, or a piece put in."""
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text) + 1)
        put = rng.choice(("", "", rng.choice(CHARACTERS), rng.choice(pieces()), text[at : at + 1] * 2))
        text = text[:at] + put + text[at + rng.randrange(3) :]
    return text


def main(count: int, seed: int) -> int:
    rng, failures, kinds = random.Random(seed), 0, Counter[str]()
    started, length = time.perf_counter(), 0
    for _ in range(count):
        text, region = drawn(rng), rng.choice(("TW", "CN", "US", "GB", "HK", "XX"))
        length += len(text)
        try:
            found = mentions(text, language=rng.choice(("zh-Hant", "en", "de")), region=region)
            wrong = broken_law(text, found)
            kinds.update(mention.kind.value for mention in found)
        except Exception:
            wrong = traceback.format_exc()
        if wrong:
            failures += 1
            print(repr(text), region, wrong, sep="\n")
            if failures >= MOST_FAILURES:
                break
    print(
        f"{count} texts, {length} characters, {dict(kinds)}, {failures} failures, {time.perf_counter() - started:.0f} s"
    )
    return failures


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0) > 0)
