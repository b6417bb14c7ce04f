"""From a text to its mentions: every quantity and date, in order, none over another."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace

from syngraph.evidence.mentions import currencies, halves, han_dates, latin_dates
from syngraph.evidence.mentions.days import mention as dated_mention
from syngraph.evidence.mentions.days import unread
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.evidence.mentions.passage import Passage, passage
from syngraph.evidence.mentions.quantities import quantity
from syngraph.evidence.mentions.runs import RUN, WORD_STARTS, WORDS

_STARTS = "|".join(sorted({*latin_dates.STARTS, *halves.STARTS, *WORD_STARTS}, key=len, reverse=True))
_ANCHOR = re.compile(
    rf"\d|(?<![\w.])\.(?=\d)|[½-¾⅐-⅞]|[〇○零一二兩两三四五六七八九十廿卅壹貳贰參叁肆伍陸陆柒捌玖拾弍百佰千仟萬万億亿兆]"
    rf"|[{han_dates.STARTS}]|(?<![a-z0-9])(?:{_STARTS})(?![a-z]|(?<=\d)\d)"
)
_CLAUSE = re.compile(r"[，;；。!！?？、\n]|,(?!\d)|\.(?=\s|$)")
_SENTENCE = re.compile(r"[。!！?？\n]|\.(?=\s|$)")
_YEARLY = re.compile(
    r"每年|(?<![0-9〇一二三四五六七八九十去今明前近當当同往多歷历這这那半兩两])年(?:收入|營收|营收|營業|营业|利潤|利润|獲利|租|費|费|薪|化|均|產|产|銷|销"
    r"|支出|投資|投资|經常|经常)|年度(?:收入|營收|营收|支出)"
    r"|\b(?:annual|annually|annualised|annualized|yearly|a year|per year|per annum|each year)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"(?:其中|增至|降至|升至|減至|提高至|調升至|上調至|下調至|增加至|減少至|成長至|跌至|漲至|增到)(?:約|约|超過|近)?$"
    r"|\bof which $"
)


def mentions(text: str, *, language: str, region: str, defined: Collection[str] = ()) -> tuple[Mention, ...]:
    """Every quantity and date of `text`, from left to right.

    `language` (BCP 47) says how figures are grouped, `region` (ISO 3166) what a bare 元, $, ¥ and 兆 mean. Figures in
    the names `defined` are part of those names. Takes time linear in the length of any text.
    """
    p = passage(text, language=language, region=region, names=tuple(defined))
    placed = [mention for found in _found(p) if (mention := _placed(p, found))]
    return tuple(_with_context(text, placed))


def _found(p: Passage) -> Iterator[Mention]:
    at = floor = 0
    names = iter((*p.names, (len(p.text) + 1, len(p.text) + 1)))
    name = next(names)
    while match := _ANCHOR.search(p.text, at):
        at = match.start()
        while name[1] <= at:
            name = next(names)
        if name[0] <= at:
            at = name[1]
            continue
        found = _read(p, at, floor)
        if found and found.end <= name[0]:
            yield found
            at = floor = max(found.end, at + 1)
        else:
            at = _skipped(p, at, match.end())


def _read(p: Passage, at: int, floor: int) -> Mention | None:
    first = p.text[at]
    date = None if first.isascii() and first.isalpha() else han_dates.date(p.text, at)
    date = date or (latin_dates.date(p.text, at, p.region) if first.isascii() else None)
    if date is None:
        return quantity(p, at, floor)
    plain = p.plain_digits(date.start, date.end)
    return dated_mention(p, date if plain else unread(date.start, date.end, "raised"), floor)


def _skipped(p: Passage, at: int, end: int) -> int:
    """Where to go on after what is no mention: behind the whole number, so that no part of it is read alone."""
    match = RUN.match(p.text, at) or WORDS.match(p.text, at)
    return max(end, match.end() if match else end)


def _placed(p: Passage, found: Mention) -> Mention | None:
    """The mention in positions of the original; None if it begins or ends inside what was one character."""
    whole = p.original_span(found.start, found.end)
    if whole is None:
        return None
    start, end = whole
    placed = replace(found, start=start, end=end, text=p.original[start:end])
    if p.parted(found.start, found.end):
        return Mention(Kind.UNPARSED, start, end, placed.text, reason="line-break")
    return placed


def _with_context(text: str, found: list[Mention]) -> Iterator[Mention]:
    """The mentions with what their clause and sentence add: the currency of the amount before, and a year."""
    clauses, sentences = _ends(_CLAUSE, text), _ends(_SENTENCE, text)
    yearly = {bisect_right(clauses, match.start()) for match in _YEARLY.finditer(text)}
    last: Mention | None = None
    for each in found:
        told = each
        if last and _carried(text, each) and bisect_right(sentences, last.start) == bisect_right(sentences, each.start):
            told = replace(told, unit=last.unit, flags=told.flags | {"carried"})
        if told.unit[:3] in currencies.ALL and bisect_right(clauses, told.start) in yearly:
            told = replace(told, flags=told.flags | {"per_year"})
        yield told
        if told.kind is Kind.QUANTITY:
            last = told if told.unit in currencies.ALL else None


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in pattern.finditer(text)]


def _carried(text: str, each: Mention) -> bool:
    """Whether an amount without a unit is money because the one before it is: 其中三百億."""
    plain = each.kind is Kind.QUANTITY and not each.unit and not each.flags & {"multiple", "fraction"}
    return plain and bool(_CARRIES.search(text[max(0, each.start - 12) : each.start]))
