"""Names in Chinese characters that nobody declared: without capitals and spaces, their company shows them."""

import re
from collections.abc import Iterable

_HAN = "\u4e00-\u9fff"
_AND = "與和及、"
_LATIN = "A-Za-z0-9\u00c0-\u024f"
# what stands right behind whoever does it
_DOES = re.compile("表示|宣布|宣佈|指出|認為|強調|承諾|同意|計畫|聲明|投資|收購|簽署|持有|支付|取得|推出|將|已")
_LONGEST_DEED = 2
_NOBODY = frozenset(
    "他們 她們 我們 你們 它們 雙方 各方 兩者 此外 然而 因此 目前 未來 過去 同時 公司 企業 政府 團隊 市場 業界 外界 "
    "這項 該公司 兩家".split()
)
_BESIDE_LATIN = re.compile(rf"(?<=[{_LATIN}])[{_AND}](?=[{_HAN}])")
_CLAUSE = re.compile(rf"(?:^|(?<=[\s,，。;；:：!！?？「『(（]))(?=[{_HAN}])")
_GLOSSED = re.compile(rf"(?<![·・‧•{_HAN}])[{_HAN}]+(?=[(（][A-Z][{_LATIN}]*[a-z])")
_RUN = re.compile(f"[{_HAN}]+")
_CUT = re.compile(rf"^.*[{_AND}對由向的是]")
_SIZES = range(2, 7)
FEWEST = VARIED = 3


def han_names(text: str) -> tuple[tuple[int, int], ...]:
    """The places of words that look like names: proposals, not parties.

    One begins where a word must: behind an `and` after a Latin name, or at a clause that goes on with what somebody
    does, in two ways; and it recurs and goes on in varied ways. Or it stands before its Latin name in brackets.
    """
    beside = [m.end() for m in _BESIDE_LATIN.finditer(text)]
    clauses = [m.end() for m in _CLAUSE.finditer(text)]
    glossed = [m.span() for m in _GLOSSED.finditer(text)]
    begun = {at: [text[at : at + size] for size in _SIZES] for at in (*beside, *clauses)}
    ended = {end: [text[max(start, end - size) : end] for size in _SIZES] for start, end in glossed}
    company = _Company(text, (word for words in (*begun.values(), *ended.values()) for word in words))
    found = {name for at in beside if (name := company.shortest(begun[at], company.after))}
    found |= {name for at in clauses if (name := company.shortest(begun[at], company.after)) and company.acts(name)}
    for start, end in glossed:
        short = _CUT.sub("", text[start:end])
        found.add(short if 2 <= len(short) <= 4 else company.shortest(ended[end], company.before))
    return _places(text, found - _NOBODY - {""})


class _Company:
    """How often each of some words stands in a text, and what stands around it; found in one pass over the text."""

    def __init__(self, text: str, wanted: Iterable[str]) -> None:
        self.count = dict.fromkeys((w for w in wanted if _RUN.fullmatch(w)), 0)
        self.before: dict[str, set[str]] = {word: set() for word in self.count}
        self.after: dict[str, set[str]] = {word: set() for word in self.count}
        self.deeds: dict[str, set[str]] = {word: set() for word in self.count}
        for run in _RUN.finditer(text) if self.count else ():
            for at in range(*run.span()):
                self._add(text, at)

    def _add(self, text: str, at: int) -> None:
        for size in _SIZES:
            word, end = text[at : at + size], at + size
            if word in self.count:
                self.count[word] += 1
                self.before[word].add(text[max(at - 1, 0) : at])
                self.after[word].add(text[end : end + 1])
                if deed := _DOES.match(text, end, end + _LONGEST_DEED):
                    self.deeds[word].add(deed[0])

    def shortest(self, words: Iterable[str], around: dict[str, set[str]]) -> str:
        """The shortest of the words that recurs, and has varied company on that side; empty if none."""
        fit = (w for w in words if self.count.get(w, 0) >= FEWEST and len(around[w]) >= VARIED)
        return next(fit, "")

    def acts(self, word: str) -> bool:
        """Whether it does something, in two ways."""
        return len(self.deeds[word]) >= 2


def _places(text: str, names: set[str]) -> tuple[tuple[int, int], ...]:
    """Where the names stand, the longest where several begin."""
    if not names:
        return ()
    longest_first = "|".join(sorted(names, key=lambda name: (-len(name), name)))
    return tuple(m.span() for m in re.finditer(longest_first, text))
