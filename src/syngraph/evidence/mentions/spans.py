"""The words that say how a date is meant: since, until, before, after."""

from syngraph.evidence.mentions.vocabulary import Vocabulary

_BEFORE = {
    "since": "自 從 从 由 自從 自从 始於 始于 since|not before|from|starting|starting in|starting on|beginning"
    "|beginning in|beginning on|on or after|on and after|from and after|commencing|commencing on|effective from"
    "|no earlier than|not earlier than|ever since",
    "until": "至 到 截至 截止 直到 直至 迄 不遲於 不迟于 不晚於 不晚于 最遲 最遲於 最晚 until|till|through|up to|thru"
    "|on or before|on or prior to|no later than|not later than|up to and including|through and including"
    "|until and including|up until",
    "before": "before|prior to|by|ahead of|in advance of",
    "after": "after|following|later than|subsequent to",
    "on": "on|as of|as at|dated|dated as of|effective|effective as of|on or about",
    "in": "增至 减至 減至 降至 升至 提高至 调升至 調升至 上調至 上调至 下調至 下调至 跌至 漲至 涨至 甚至 乃至 以至 "
    "達到 达到 收到 得到 看到 in|during|within",
}
_AFTER = {
    "since": "以來 以来 起 開始 开始 起生效 之後起 onward|onwards|and thereafter|or later",
    "until": "止 為止 为止 or earlier|or before",
    "before": "前 之前 以前 前夕",
    "after": "後 后 之後 之后 以後 以后",
    "in": "的 前後 前后 前述 前任 前者 前提 前景 前身 前三 前十 前五 後續 后续 後者 后者 後悔 "
    "起訴 起诉 起草 起源 起因 起步 起飛 起码 起碼 起初",
}


def _words(spelled: str) -> list[str]:
    """Han words stand apart by spaces, the Latin ones after them by bars."""
    han = [word for word in spelled.split() if word[0] > "\u2e80"]
    latin = spelled[len(" ".join(han)) :].strip()
    return han + (latin.split("|") if latin else [])


BEFORE = Vocabulary({word: span for span, spelled in _BEFORE.items() for word in _words(spelled)})
AFTER = Vocabulary({word: span for span, spelled in _AFTER.items() for word in _words(spelled)})


def span(text: str, start: int, end: int, *, floor: int, day: bool) -> str:
    """How the date at [start, end) is meant, by the word behind it, else the one before it, else on or in."""
    space = start - (text[start - 1 : start] == " " and start > floor)
    article = 4 if text[space - 4 : space] == " the" and space - 4 > floor else 0
    found = AFTER.starting(text, end + (text[end : end + 1] == " "))
    if found and found.meaning in ("before", "after") and text[found.end : found.end + 1].isnumeric():  # 前3季
        found = None
    found = found or BEFORE.ending(text, space - article, floor)
    told = found.meaning if found else "in"
    return ("on" if day else "in") if told in ("on", "in") else told
