"""The words that say how a date is meant: since, until, before, after."""

from syngraph.evidence.mentions.vocabulary import Vocabulary

_HAN_BEFORE = {
    "since": "自 從 从 由 自從 自从 始於 始于",
    "until": "至 到 截至 截止 直到 直至 迄 不遲於 不迟于 不晚於 不晚于 最遲 最遲於 最迟 最迟于 最晚",
    "in": "增至 减至 減至 降至 升至 提高至 调升至 調升至 上調至 上调至 下調至 下调至 跌至 漲至 涨至 甚至 乃至 以至 "
    "達到 达到 收到 得到 看到",
}
_HAN_AFTER = {
    "since": "以來 以来 起 開始 开始 起生效 之後起 或之後 或之后 (含)起 (含)後 (含)后 (含)之後 (含)之后 "
    "(含)以後 (含)以后",
    "until": "止 為止 为止 或之前 或以前 (含)止 (含)前 (含)之前 (含)以前",
    "before": "前 之前 以前 前夕",
    "after": "後 后 之後 之后 以後 以后",
    "in": "的 前後 前后 前述 前任 前者 前提 前景 前身 前三 前十 前五 後續 后续 後者 后者 後悔 起訴 起诉 起草 起源 起因 "
    "起步 起飛 起码 起碼 起初",
}
_LATIN_BEFORE = {
    "since": "since|not before|from|starting|starting in|starting on|beginning|beginning in|beginning on|on or after"
    "|on and after|from and after|commencing|commencing on|effective from|no earlier than|not earlier than|ever since",
    "until": "until|till|through|up to|thru|on or before|on or prior to|no later than|not later than"
    "|up to and including|through and including|until and including|up until",
    "before": "before|prior to|by|ahead of|in advance of",
    "after": "after|following|later than|subsequent to",
}
_LATIN_AFTER = {"since": "onward|onwards|and thereafter|or later", "until": "or earlier|or before"}


def _vocabulary(han: dict[str, str], latin: dict[str, str]) -> Vocabulary[str]:
    words = {word: span for span, spelled in han.items() for word in spelled.split()}
    return Vocabulary(words | {word: span for span, spelled in latin.items() for word in spelled.split("|")})


BEFORE = _vocabulary(_HAN_BEFORE, _LATIN_BEFORE)
AFTER = _vocabulary(_HAN_AFTER, _LATIN_AFTER)


def span(text: str, start: int, end: int, *, floor: int, day: bool) -> str:
    """How the date at [start, end) is meant, by the word behind it, else the one before it, else on or in."""
    space = start - (text[start - 1 : start] == " " and start > floor)
    article = 4 if text[space - 4 : space] == " the" and space - 4 > floor else 0
    found = AFTER.starting(text, end + (text[end : end + 1] == " "))
    if found and found.meaning in ("before", "after") and text[found.end : found.end + 1].isnumeric():  # 前3季
        found = None
    found = found or BEFORE.ending(text, space - article, floor)
    plain = "on" if day else "in"
    return found.meaning if found and found.meaning != "in" else plain
