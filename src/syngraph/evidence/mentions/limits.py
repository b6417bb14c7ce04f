"""The limit put on a number from further off in its clause: 至少應達, shall not exceed, in the aggregate."""

import re
from dataclasses import dataclass

from syngraph.evidence.mentions import bounds
from syngraph.evidence.mentions.vocabulary import Found

_REACH = 90  # characters to look back

_MEANT = {
    "more_than": "exceed|exceeds|exceeded|exceeding|in excess of|超過|超过|逾|超出",
    "at_least": "at least|not less than|no less than|not fewer than|no fewer than|minimum of|至少|最少"
    "|不得少於|不得少于|不得低於|不得低于|不少於|不少于|不低於|不低于",
    "up_to": "not exceed|not to exceed|not exceeding|no more than|not more than|not in excess of|at most"
    "|maximum of|up to|capped at|limited to"
    "|最多|至多|最高以|最高可達|高達|高达|可達|可达|不得超過|不得超过|不得逾|不得高於|不得高于|不超過|不超过|不得多於|不得多于",
}
# Limits of anything, not of numbers alone.
_OF_MORE = frozenset({"up to", "capped at", "limited to", "maximum of", "minimum of"})
_BOUNDS = {word: bound for bound, words in _MEANT.items() for word in words.split("|")}
_LONGEST_FIRST = sorted(_BOUNDS, key=len, reverse=True)
_FAR = re.compile(
    rf"(?<![a-z])(?:{'|'.join(word for word in _LONGEST_FIRST if word.isascii())})(?![a-z])"
    rf"|(?:{'|'.join(word for word in _LONGEST_FIRST if not word.isascii())})(?!(?<=逾)[期越時时齡])"
)
# What may stand between a limit and its number without touching either.
_ASIDE = (
    r"(?:in (?:the )?aggregate|in (?:any|no) event|in any case|in total|at any (?:one )?time|at all times"
    r"|under any circumstances|collectively|together|individually|per annum"
    r"|(?:over|during|throughout) the (?:initial )?(?:term|period|life)(?: (?:of this agreement|hereof))?"
    r"|in any (?:one )?(?:fiscal |calendar |contract |financial )?year)"
)
_CLEAR = re.compile(
    rf"(?:,? ?{_ASIDE})?,? ?(?:(?:an? )?(?:aggregate|total|sum|amount|aggregate amount) (?:of|equal to) )?(?:an? )?"
)
_CLEAR_HAN = re.compile(
    "(?:應該?|应该?|須|须|需|得|可|要|必須|必须|能夠?|將|将|會|会|達|达|為|为|有|占|佔|持有|取得|保留|維持|维持"
    "|支付|給付|给付|繳納|投入|出資|投資|投资|包含|包括|採購|采购|購買|购买|提供|擁有|拥有|設置?|延長|延长|一次|再)*"
)
# The limit is that of the number that follows it.
_TAKEN = re.compile(
    rf"(?:{_CLEAR_HAN.pattern}|{_CLEAR.pattern}|的|之)[^一-龥a-z]*"
    r"(?:\d|[〇一二兩两三四五六七八九十百千萬億半過数數幾]|[$€£¥]|新?[台臺]幣|[美日港歐韓]|人民|us\$|[a-z]{3} |half )"
)
_PART_OF = re.compile(r"[^,。;、\d是為为有並并且而後后時时]{1,30}(?:[的之]|[總总]?[數数額额]|股[份權权本])")
_OTHER = re.compile(
    r"[,;:。、]|(?<![a-z])(?:to|if|that|which|who|whose|whom|when|where|while|and|or|but|by|with|for|until"
    r"|unless|than|once"
    r"|because|as|from|in|on|at|one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])"
)
_STOP = re.compile(r"[。;!?\n]|\.(?= )")

# A denial that covers the rest of its clause is `strong`: in no event, no shareholder may.
_DENIAL = re.compile(
    r"(?<![a-z])(?:not|never|cannot|nothing"
    r"|(?P<strong>nor|neither|no (?:event|case|circumstances?|[a-z]+(?= (?:shall|may|will|can) ))))(?![a-z])"
)
_NOTHING_BETWEEN = re.compile(rf"(?:,? ?{_ASIDE},?)? ?(?:be |will |shall |may |have |has |been |ever |at |a |an )*")
_BELONGS_ELSEWHERE = re.compile(
    r"[:;]|(?<![a-z])(?:where|if|unless|that|which|who|whose|when|and|or|but|until|because|than|to the extent)(?![a-z])"
)
_DENIED_HAN = re.compile(
    r"(?:並非|并非|不是|並不|并不|並無|并无|不一定|未必|不見得|不见得|不致|絕非|绝非|(?<![除莫])非)(?:是|為|为)?$"
    r"|(?:不得|不應|不应|不可|不能|不會|不会|並未|并未|尚未|沒有|没有|無法|无法)[^,。;、\d的]{1,12}$"
)
# `over four years` may be during them.
_DURING, _FOR = frozenset({"over", "above", "under", "around"}), re.compile("(?:for|lasted|lasting|lasts) $")


@dataclass(frozen=True, slots=True)
class Limit:
    """The bound before a number and where its words begin; `unsure` if they may be meant for something else."""

    start: int
    bound: str = ""
    unsure: bool = False


def before(text: str, at: int, floor: int, *, duration: bool) -> Limit:
    """The limit on the number at `at`, beside it or further off in its clause; nothing before `floor` belongs to it."""
    beside = bounds.before(text, at, floor)
    if beside is None:
        return _far(text, at, floor)
    if duration and text[beside.start : beside.end] in _DURING:
        if text[beside.end : at].startswith(" a"):  # over a five-year period
            return Limit(at)
        return Limit(beside.start, unsure=not _FOR.search(text[max(0, beside.start - 8) : beside.start]))
    return _denied(text, beside)


def _window(text: str, at: int, floor: int) -> str:
    """What stands before `at` in its sentence."""
    ahead = text[max(floor, at - _REACH) : at]
    stops = list(_STOP.finditer(ahead))
    return ahead[stops[-1].end() :] if stops else ahead


def _far(text: str, at: int, floor: int) -> Limit:
    ahead = _window(text, at, 0)
    match = _last(_FAR, ahead)
    if match is None:
        return Limit(at)
    word, gap = match[0], ahead[match.end() :]
    if at - len(gap) < floor:  # another mention stands between
        return Limit(at, unsure=not _TAKEN.match(gap) and word not in _OF_MORE and not _OTHER.search(gap))
    start = at - len(ahead) + match.start()
    found = Found(_BOUNDS[word], start, start + len(word))
    clear = _CLEAR_HAN.fullmatch(gap) or _PART_OF.fullmatch(gap) if not word.isascii() else _CLEAR.fullmatch(gap)
    if clear:
        told = _denied(text, found)
        return Limit(at, told.bound, told.unsure)
    loose = word in _OF_MORE or bool(_OTHER.search(gap))
    return Limit(at, unsure=not loose)


def _denied(text: str, found: Found[str]) -> Limit:
    """The limit, turned round by a denial of it: shall not, in any event, exceed."""
    same = Limit(found.start, found.meaning)
    other = bounds.denied(found.meaning)
    ahead = _window(text, found.start, 0)
    if not other or not ahead:
        return same
    if _DENIED_HAN.search(ahead):
        return Limit(found.start, unsure=True)
    match = _last(_DENIAL, ahead)
    if match is None or text.startswith(("not ", "no "), found.start):
        return same
    gap = ahead[match.end() :]
    if not _NOTHING_BETWEEN.fullmatch(gap):
        if _BELONGS_ELSEWHERE.search(gap):
            return same
        if not match["strong"]:
            return Limit(found.start, unsure=True)
    return Limit(found.start, other)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)
