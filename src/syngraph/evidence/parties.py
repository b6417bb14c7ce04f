"""Where a text names parties: declared names and aliases, words that look like names, and terms it defines."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from syngraph.evidence.scripts import simplified

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # one for one, so that places stay


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that name a party."""

    words: str
    party: str


@dataclass(frozen=True, slots=True)
class PartyMention:
    """text[start:end] names `party`; an alias of the same party in brackets behind it belongs to it."""

    start: int
    end: int
    text: str
    party: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """text[start:end] looks like a name nobody declared."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """Words a text says it will use for somebody, and the party named before them (empty if none is)."""

    start: int
    end: int
    words: str
    party: str


def party_mentions(text: str, aliases: Iterable[Alias]) -> tuple[PartyMention, ...]:
    """Every declared name in a text, in order, none inside another; the longest wins where several begin.

    Width and the script of Chinese do not count, upper and lower case do. A Latin letter or digit beside a Latin letter
    or digit of the name makes it another word. Two names that share characters (超微 and 微軟 in 遠超微軟) are both
    left out: which one is meant only a reader knows.
    """
    return tuple(_joined(text, list(_found(text, _by_first(aliases)))))


def _by_first(aliases: Iterable[Alias]) -> Mapping[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = {}
    spelled = {(form, a.party) for a in aliases if a.words.strip() for form in _forms(_plain(a.words.strip()))}
    for words, party in sorted(spelled):
        names.setdefault(words[0], []).append((words, party))
    for listed in names.values():
        listed.sort(key=lambda entry: (-len(entry[0]), entry))
    return names


def _forms(words: str) -> tuple[str, ...]:
    """A name as written, and with a capital: `the Company` may begin a sentence."""
    return (words, words[0].upper() + words[1:]) if words[0].islower() and words[0].isascii() else (words,)


def _found(text: str, names: Mapping[str, list[tuple[str, str]]]) -> Iterator[PartyMention]:
    if not names:
        return
    plain = _plain(text)
    beginning = re.compile("[" + "".join(map(re.escape, names)) + "]")

    def named(at: int) -> tuple[int, str] | None:
        """Where the longest name that begins here ends, and whose it is."""
        here = names.get(plain[at], ())
        return next(((at + len(w), p) for w, p in here if plain.startswith(w, at) and _whole(plain, at, w)), None)

    at = 0
    while first := beginning.search(plain, at):
        at = first.start()
        found = named(at)
        if found is None:
            at += 1
            continue
        end, party = found
        crossing = max((other[0] for k in range(at + 1, end) if (other := named(k))), default=end)
        if crossing <= end:
            yield PartyMention(at, end, text[at:end], party)
        at = max(end, crossing)


def _whole(plain: str, at: int, words: str) -> bool:
    end = at + len(words)
    before, after = plain[max(at - 1, 0) : at], plain[end : end + 1]
    return not (_latin(before) and _latin(words[0])) and not (_latin(after) and _latin(words[-1]))


def _latin(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or "\u00c0" <= character <= "\u024f"


def _plain(text: str) -> str:
    return simplified(text.translate(_FULL_WIDTH))


def _joined(text: str, found: Sequence[PartyMention]) -> Iterator[PartyMention]:
    """Names with the name in brackets behind them, if it is one of the same party."""
    waiting: PartyMention | None = None
    for mention in found:
        if waiting and mention.party == waiting.party and _in_brackets(text, waiting, mention):
            waiting = PartyMention(waiting.start, mention.end + 1, text[waiting.start : mention.end + 1], waiting.party)
            continue
        if waiting:
            yield waiting
        waiting = mention
    if waiting:
        yield waiting


def _in_brackets(text: str, first: PartyMention, second: PartyMention) -> bool:
    between, after = text[first.end : second.start].lstrip(" "), text[second.end : second.end + 1]
    return between in ("(", "（") and after in (")", "）")


# names nobody declared

_LETTER = r"[A-Za-z0-9_\u00c0-\u024f]"
_WORD = rf"(?:[A-Z\u00c0-\u00de](?:{_LETTER}|[&.'’-])*{_LETTER}|[A-Z\u00c0-\u00de]|[a-z][A-Z]{_LETTER}+)"
_LATIN_NAME = re.compile(rf"(?<!{_LETTER})(?:The )?{_WORD}(?: (?:of |& |de |van |von )?{_WORD})*")
_HAN = r"[\u4e00-\u9fff]"
_DOTTED_NAME = re.compile(rf"(?P<before>{_HAN}+)(?:[·・‧•]{_HAN}{{1,6}})+")
_LONGEST_FIRST = 4  # characters of a first name
# what ends before a name begins: an office, or a word that leads to one
_OFFICE = re.compile(
    r"^.*(?:主席|執行長|總裁|总裁|創辦人|创始人|創始人|董事長|董事长|執行官|执行官|總經理|总经理|總統|总统|部長|部长|總理|总理|議員|议员"
    r"|經理|经理|教授|博士|律師|律师|先生|女士|投資人|投资人|發言人|发言人|分析師|分析师|[長长裁席官與与和及、由向對对的是])"
)
# words that begin with a capital and name nobody
_NO_NAMES = frozenset(
    "A An The This That These Those It Its He She They We You I In On At As By For From To Of Or And But If When While "
    "After Before Since Under Over With Without However Moreover Also Each Any All No Not Such Upon Until Between "
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Section Article Clause Schedule "
    "Exhibit Annex Appendix Q1 Q2 Q3 Q4 H1 H2 FY".split()
)


def candidates(text: str, known: Iterable[tuple[int, int]]) -> tuple[Candidate, ...]:
    """What looks like a name (capital letters, 名·姓) outside the stretches already known: proposals, not parties."""
    taken = sorted(known)
    latin = [_trimmed(text, span) for span in _outside([m.span() for m in _LATIN_NAME.finditer(text)], taken)]
    dotted = [span for m in _DOTTED_NAME.finditer(text) if (span := _named(m)) is not None]
    whole = set(dotted) & set(_outside(dotted, taken))
    return tuple(Candidate(a, b, text[a:b]) for a, b in sorted([*latin, *whole]) if a < b)


def _named(match: re.Match[str]) -> tuple[int, int] | None:
    """A dotted name from where its first part begins, behind an office; None where nobody can tell."""
    before = match["before"]
    led = _OFFICE.match(before)
    at = led.end() if led else 0
    return (match.start() + at, match.end()) if 1 <= len(before) - at <= _LONGEST_FIRST else None


def _outside(spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of spans that no taken stretch covers; both in order of their starts."""
    at = 0
    for start, end in spans:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        begin, then = start, at
        while then < len(taken) and taken[then][0] < end:
            yield begin, taken[then][0]
            begin, then = taken[then][1], then + 1
        yield begin, end


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch without the words at its ends that name nobody."""
    words = [m.span() for m in re.finditer(r"\S+", text[slice(*span)])]
    said = [(a + span[0], b + span[0]) for a, b in words]
    while said and text[slice(*said[0])] in _NO_NAMES - {"The"}:
        said.pop(0)
    while said and text[slice(*said[-1])] in _NO_NAMES | {"of", "&"}:
        said.pop()
    if not said:
        return span[0], span[0]
    start, end = said[0][0], said[-1][1]
    return start, end - len("'s") if text[start:end].endswith(("'s", "’s")) else end


_DEFINED = re.compile(
    r"[(（][^()（）\"“”「」]{0,40}[\"“「](?P<quoted>[^\"“”「」]{1,30})[\"”」]\s?[)）]"
    r"|(?:以下|下)(?:簡稱|简称|稱|称|合稱|合称)(?:為|为)?[「『\"“](?P<called>[^「」『』\"“”]{1,20})[」』\"”]"
)
_NEAR = 60  # characters between a name and the term that is defined for it


def defined_terms(text: str, named: Sequence[PartyMention]) -> tuple[DefinedTerm, ...]:
    """The terms a text defines, (the "Company") or 以下稱「甲方」, each with the party named last before it."""
    terms = []
    for match in _DEFINED.finditer(text):
        group = "quoted" if match["quoted"] is not None else "called"
        before = [m for m in named if match.start() - _NEAR <= m.end <= match.start()]
        terms.append(DefinedTerm(*match.span(group), match[group], before[-1].party if before else ""))
    return tuple(terms)
