"""Dates as English writes them, and in figures: September 11, 2025, Q3 2025, the end of 2030, 2025-09-11."""

import re
from calendar import monthrange

from syngraph.evidence.mentions.days import Dated, dated, fiscal, period, relative, unread
from syngraph.evidence.mentions.figure_dates import in_figures
from syngraph.evidence.mentions.mention import Kind

_FULL = "january february march april may june july august september october november december".split()
_MONTHS = {name: number for number, name in enumerate(_FULL, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![a-z])\.?"
_DAY = r"(?P<day>\d{1,2})(?: ?(?:s ?t|n ?d|r ?d|t ?h))?(?![a-z\d])"
_YEAR = r"(?P<year>[12]\d{3})(?![\da-z]|[.,:/]\d)"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NTHS = {
    nth: day
    for day, nth in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
        "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
        "thirty-first".split(),
        1,
    )
}
_LATER_ORDINALS = "fifth sixth seventh eighth ninth tenth eleventh twelfth fifteenth twentieth twenty-fifth thirtieth"
_FISCAL = r"(?:fiscal|financial)(?: year)?|fy"

_MONTH_FIRST = re.compile(rf"{_MONTH} ?{_DAY} ?,? ?(?:of )?{_YEAR}")
_DAY_FIRST = re.compile(rf"{_DAY}(?: day)?(?: of)?(?: the month of)?[ -]?{_MONTH},?[ -]?(?:of )?{_YEAR}")
_NTH_DAY = re.compile(
    rf"(?P<nth>last|{'|'.join(sorted(_NTHS, key=len, reverse=True))})(?: day)? of (?:the month of )?{_MONTH}"
    rf",? ?(?:of )?{_YEAR}"
)
_DAYS_JOINED = re.compile(rf"{_MONTH} \d{{1,2}} ?(?:-|to|and|through) ?\d{{1,2}}(?:,? \d{{4}})?(?!\d)")
_DAYS_BEFORE_MONTH = re.compile(rf"\d{{1,2}} ?(?:-|to|and|through) ?\d{{1,2}} {_MONTH}(?:,? \d{{4}})?(?!\d)")
_PART_OF_MONTH = re.compile(rf"(?:early|late|mid|end of|beginning of|start of|middle of)[- ]{_MONTH},? {_YEAR}")
_MONTH_YEAR = re.compile(rf"{_MONTH},? ?(?:of )?{_YEAR}")
_MONTH_DAY = re.compile(rf"{_MONTH} {_DAY}(?![.,]\d)")
_DAY_MONTH = re.compile(rf"{_DAY}(?: day)?(?: of)? (?:{'|'.join(_FULL)})(?![a-z])")
_QUARTER = re.compile(rf"(?:q(?P<quarter>[1-4])|(?P<q>[1-4])q|h(?P<half>[12])|(?P<h>[12])h) ?(?:of |, ?)?{_YEAR}")
_NTH_PART = re.compile(
    rf"(?P<nth>{'|'.join(_ORDINALS)}) (?P<part>quarter|half)(?: of)?(?: calendar(?: year)?)? {_YEAR}"
)
_FISCAL_YEAR = re.compile(
    rf"(?:(?:{'|'.join(_ORDINALS)}) (?:quarter|half)(?: of)? |q[1-4] ?|h[12] ?|(?:late|early) )?"
    rf"(?:{_FISCAL}) ?'?(?:\d{{4}}|\d{{2}})(?![\da-z]|[.,]\d)|fiscal q[1-4](?: \d{{4}})?(?!\d)"
)
_END_OF = re.compile(rf"(?:end of(?: calendar(?: year)?| the year)?|year[- ]end) {_YEAR}")
_YEAR_END = re.compile(rf"{_YEAR} year[- ]end(?![a-z])")
_PART_OF = re.compile(rf"(?:(?:early|late|mid)[- ]|(?:beginning|start|middle|early part|latter part) of ){_YEAR}")
_SEASON = re.compile(rf"(?:spring|summer|autumn|fall|winter)(?: of)? {_YEAR}")
_ANNIVERSARY = re.compile(
    rf"(?:{'|'.join(_ORDINALS)}|{_LATER_ORDINALS.replace(' ', '|')}|\d{{1,2}}(?:st|nd|rd|th)) anniversar(?:y|ies)"
    r"(?: of (?:the |such |this )?[a-z]+(?: date)?)?"
)
_RELATIVE = re.compile(
    r"(?:last|this|next|previous|prior|current|the following|the same) (?:year|month|quarter|week)(?![a-z])"
    r"|(?:end|beginning|start|middle) of (?:the|this|next|last) (?:decade|year|month|quarter|century)(?![a-z])"
    r"|(?:several|many|recent) (?:years|months|weeks|days)(?![a-z])"
)
_MONTH_ALONE = re.compile(rf"(?:{'|'.join(_FULL)})(?![a-z])")
_BEFORE_MONTH = re.compile(r"(?:in|since|by|until|till|through|from|during|last|next|this|late|early|mid-?) $")
_ISO = re.compile(r"(?P<year>[12]\d{3})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/]|-\d)")
_YEAR_ALONE = re.compile(r"(?P<year>(?:19|20)\d\d)(?![\w%$€£¥]|[-.,:/'][\da-z])")
_YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d) ?(?P<to>to|through|until|and|-) ?(?P<last>(?:19|20)\d\d)(?![\w%$€£¥]|[-.,:/'][\da-z])"
)
_BEFORE_YEAR = re.compile(
    r"(?:^|[^a-z])(?:in|since|by|before|after|until|till|through|thru|from|during|calendar|calendar year|year"
    r"|throughout|beginning|starting|ending|ended|end of|as of|late in|early in|prior to|back to|between|due"
    r"|within|for) $"
)
_AFTER_YEAR = re.compile(
    r" ?(?:$|[,.;:!?)\]\"'\n]|[^\x00-\x7f])| (?:the|a|an|and|or|but|as|if|unless|when|while|to|in|for|with|at|by|on"
    r"|that|which|who|it|its|we|they|he|she|is|was|are|were|will|would|has|had|have|under|from|after|before|until|through"
    r"|alone|onward|onwards|pursuant|subject|because|since|this|these|shall|may|must|than|compared"
    r"|versus|all|no|any|-)(?![a-z])"
)
_DATED_NOUN = re.compile(
    r" (?:agreement|amendment|plan|annual|notes|financing|round|contract|lease|act|report|deal|budget|settlement|merger"
    r"|offering|memorandum)(?![a-z])"
)
_THE_BEFORE = re.compile(r"(?:^|[^a-z])(?:the|its|their|our|a) $")
# A stretch from one date to another, and the words for moving a date.
_THROUGH = re.compile(
    r",? ?(through and including|up to and including|until and including|to and including|through|thru|until|till|to"
    r"|and (?:ending|expiring|terminating) on|and|[-~]) ?(?:the |and including )?"
)
_FROM = re.compile(
    r"(?<![a-z])(?:from|commencing|beginning|starting|effective|period|term)(?: on| as of| from)?(?: the)? $"
)
_MOVED = re.compile(
    r"(?:exten[ds]|postpon|mov|delay|push|chang|shift|amend|revis|advanc|brought|bring|defer|reschedul)[^.;]*$"
)

# The words that may start a date; figures are found as numbers.
STARTS = (
    *_MONTHS,
    *_ORDINALS,
    *_LATER_ORDINALS.split(),
    *_NTHS,
    *"q1 q2 q3 q4 h1 h2 early late mid end beginning start middle year fiscal financial fy spring summer".split(),
    *"autumn fall winter last this next previous prior current several many recent".split(),
)


def date(text: str, at: int, region: str) -> Dated | None:
    """The date that starts at `at`, with the one after `through` if that makes a period."""
    found = _single(text, at, region)
    if found is None or found.kind is not Kind.DATE:
        return found
    to = _THROUGH.match(text, found.end)
    if to is None or not _is_stretch(text, at, to[1]):
        return found
    last = _single(text, to.end(), region)
    joined = period(found, last) if last and last.kind is Kind.DATE and not last.flags else found
    return joined if joined.kind is Kind.DATE else found


def _is_stretch(text: str, at: int, word: str) -> bool:
    """Whether a date and the one after `word` are the ends of a stretch; extended from A to B, they are not."""
    ahead = text[max(0, at - 60) : at]
    if _MOVED.search(ahead):
        return False
    if word == "and":
        return ahead.endswith("between ")
    return word in ("-", "~") or "thr" in word or bool(_FROM.search(ahead))


def _single(text: str, at: int, region: str) -> Dated | None:
    if found := in_figures(text, at, region):
        return found
    for read in _READERS:
        if found := read(text, at):
            return found
    return None


def _full(text: str, at: int) -> Dated | None:
    match = _ISO.match(text, at)
    if match:
        return dated(at, match.end(), int(match["year"]), int(match["month"]) or 99, int(match["day"]) or 99)
    match = _MONTH_FIRST.match(text, at) or _DAY_FIRST.match(text, at)
    if match:
        return dated(at, match.end(), int(match["year"]), _MONTHS[match["month"]], int(match["day"]) or 99)
    if match := _NTH_DAY.match(text, at):
        year, month = int(match["year"]), _MONTHS[match["month"]]
        return dated(at, match.end(), year, month, _NTHS.get(match["nth"]) or monthrange(year, month)[1])
    joined = _DAYS_JOINED.match(text, at) or _DAYS_BEFORE_MONTH.match(text, at)
    return unread(at, joined.end(), "range") if joined else None


def _fiscal(text: str, at: int) -> Dated | None:
    match = _FISCAL_YEAR.match(text, at)
    return fiscal(at, match.end()) if match else None


def _month(text: str, at: int) -> Dated | None:
    if match := _MONTH_YEAR.match(text, at):
        if text.endswith(("day of ", "day of the month of "), 0, at):
            return unread(at, match.end(), "run")
        return dated(at, match.end(), int(match["year"]), _MONTHS[match["month"]])
    if match := _PART_OF_MONTH.match(text, at):
        return dated(at, match.end(), int(match["year"]), _MONTHS[match["month"]], part=True)
    if match := _MONTH_DAY.match(text, at) or _DAY_MONTH.match(text, at):
        return relative(at, match.end(), "no-year")
    match = _MONTH_ALONE.match(text, at)
    return relative(at, match.end(), "no-year") if match and _BEFORE_MONTH.search(text[max(0, at - 9) : at]) else None


def _quarter(text: str, at: int) -> Dated | None:
    if match := _QUARTER.match(text, at):
        quarter, half = match["quarter"] or match["q"], match["half"] or match["h"]
        return dated(at, match.end(), int(match["year"]), 32 + int(quarter) if quarter else 39 + int(half))
    match = _NTH_PART.match(text, at)
    if match is None:
        return None
    number, half = _ORDINALS[match["nth"]], match["part"] == "half"
    if half and number > 2:
        return unread(at, match.end(), "no-such-day")
    return dated(at, match.end(), int(match["year"]), (39 if half else 32) + number)


def _part(text: str, at: int) -> Dated | None:
    if match := _END_OF.match(text, at) or _YEAR_END.match(text, at):
        return dated(at, match.end(), int(match["year"]), 12)
    if match := _PART_OF.match(text, at):
        return dated(at, match.end(), int(match["year"]), part=True)
    match = _SEASON.match(text, at) or _ANNIVERSARY.match(text, at)
    if match:
        return relative(at, match.end(), "symbolic" if "anniversar" in match[0] else "season")
    match = _RELATIVE.match(text, at)
    return relative(at, match.end()) if match else None


def _year(text: str, at: int) -> Dated | None:
    """A bare year, where a word before it and what follows leave no doubt that it is none of 2,025 things."""
    ahead = text[max(0, at - 16) : at]
    told = _BEFORE_YEAR.search(ahead)
    if match := _YEARS.match(text, at):
        if (told or match["to"] == "-") and _AFTER_YEAR.match(text, match.end()):
            first = dated(at, match.end("first"), int(match["first"]))
            return period(first, dated(match.start("last"), match.end(), int(match["last"])))
        return None
    match = _YEAR_ALONE.match(text, at)
    if match is None:
        return None
    named = _THE_BEFORE.search(ahead) and _DATED_NOUN.match(text, match.end())
    if not named and not (told and _AFTER_YEAR.match(text, match.end())):
        return None
    return dated(at, match.end(), int(match["year"]))


_READERS = (_full, _fiscal, _month, _quarter, _part, _year)
