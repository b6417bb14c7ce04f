"""The words that make a number a limit: 超過, at least, up to; the longest decides."""

import re

from syngraph.evidence.mentions.vocabulary import Found, Vocabulary

_HAN = {
    "more_than": "超過 超过 逾 突破 超出 大於 大于 高於 高于 多於 多于 超逾 超越 勝過 不止 不只",
    "at_least": "至少 最少 不少於 不少于 不低於 不低于 達到 达到 不小於 不小于 不下 不下於 起碼 起码 最短 "
    "下限 下限為 下限为",
    "less_than": "不到 未滿 未满 不足 未達 未达 少於 少于 低於 低于 小於 小于 不及",
    "up_to": "高達 高达 可達 可达 最多 至多 不超過 不超过 不多於 不多于 不高於 不高于 不大於 不大于 上看 最高 最高達 "
    "不逾 最長 最长 上限 上限為 上限为",
    "nearly": "近 將近 将近 接近 逼近 幾近 趨近 近乎",
    "about": "約 约 大約 大约 約莫 約略 大概 估計約",
    "possible": "可能",
    "": "最近 附近 新近 鄰近 邻近 靠近 遠近 親近 相近 就近 節約 节约 契約 合約 合约 條約 条约 公約 制約 誓約 違約 簽約 "
    "租約 續約 解約 毀約 預約 履約 換約 訂約 立約 締約 邀約 長約 新約 紐約 公约 违约 签约 租约 续约 解约 "
    "毁约 预约 履约 订约 缔约 纽约 逾期 逾越 逾時 逾时 逾齡",
}
_AFTER_HAN = {
    "at_least": "以上 之上 起跳 (含)以上 為下限 为下限 的下限 之下限",
    "up_to": "以下 (含)以下 以內 以内 之內 之内 為限 为限 之譜以下 為上限 为上限 的上限 之上限 上限",
    "about": "左右 上下 許 之譜",
    "": "以上市 以上海 以上述 以上所 以下列 以下稱 以下簡稱 以下称 以下简称 左右手 許可 許多 上下游",
}
_LATIN = {
    "more_than": "more than|greater than|over|above|in excess of|exceeding|exceeded|exceeds|exceed|surpassed|surpassing"
    "|surpass|topped|topping|larger than|higher than|upwards of|just over|well over|>",
    "at_least": "at least|not less than|no less than|not fewer than|no fewer than|a minimum of|minimum of|minimum"
    "|min.|≥|>=|greater than or equal to|equal to or greater than|equal to or more than"
    "|equal to or in excess of|not below|not lower than|no lower than",
    "less_than": "less than|fewer than|under|below|lower than|smaller than|short of|<",
    "up_to": "up to|up to and including|no more than|not more than|not to exceed|not exceed|not exceeding"
    "|not exceeded|at most|as much as|as many as|as high as|a maximum of|maximum of|maximum|max."
    "|capped at|limited to|no greater than|not greater than|not in excess of|no higher than"
    "|less than or equal to|equal to or less than|not over|not above|up to a maximum of|up to an aggregate of|≤|<=",
    "nearly": "nearly|not quite|almost|close to|approaching|just under",
    "about": "about|approximately|around|roughly|circa|some|approx.|approx|c.|ca.|or about|~|an estimated|≈",
    "possible": "may be|might be|could be|possibly",
}
_AFTER_LATIN = {
    "at_least": "or more|or greater|or higher|or above|or over|and above|and over|and more",
    "up_to": "or less|or fewer|or lower|or below|or under|and under|and below|at most|at the most",
    "about": "or so|or thereabouts",
}
# 未超過, 不得超過: what a denial makes of a limit.
_DENIALS = "未 未曾 不得 不會 不会 不應 不应 不可 不能 沒有 没有 尚未 並未 并未 無法 无法".split()
_DENIED = {"more_than": "up_to", "less_than": "at_least", "at_least": "less_than"}

_han_before = {word: bound for bound, words in _HAN.items() for word in words.split()}
_latin_before = {word: bound for bound, words in _LATIN.items() for word in words.split("|")}
_denied = {
    denial + word: _DENIED[bound] for denial in _DENIALS for word, bound in _han_before.items() if bound in _DENIED
}
_denied |= {
    f"{denial} {word}": bound
    for denial in ("not", "never")
    for word, bound in (("exceeded", "up_to"), ("surpassed", "up_to"), ("reached", "less_than"))
}
# Words that may stand between a limit and its number.
_FILLERS = Vocabulary(
    dict.fromkeys("為 为 是 有 達 达 需 需要 占 佔 值 計 合 需有 a an additional further".split(), None)
    | {"an additional": None, "a total of": None, "an aggregate of": None, "a further": None}
)
_PLUS = re.compile(r"-plus(?!\w)|\+(?! ?[\d$€£¥])(?!\w)")
BEFORE = Vocabulary(_denied | _han_before | _latin_before)
AFTER = Vocabulary(
    {word: bound for bound, words in _AFTER_HAN.items() for word in words.split()}
    | {word: bound for bound, words in _AFTER_LATIN.items() for word in words.split("|")}
)


def before(text: str, at: int, floor: int) -> Found[str] | None:
    """The bound that ends before `at`, perhaps with 為 or `a` between."""
    found = _ending(text, at, floor)
    if found is None and (filler := _FILLERS.ending(text, _spaced(text, at, floor), floor)):
        found = _ending(text, filler.start, floor)
    return found if found and found.meaning else None


def after(text: str, at: int) -> Found[str] | None:
    """The bound that starts at `at`."""
    found = AFTER.starting(text, at + (text[at : at + 1] == " "))
    if found is None and (plus := _PLUS.match(text, at)):
        return Found("at_least", at, plus.end())
    return found if found and found.meaning else None


def denied(bound: str) -> str:
    """What a denial makes of a limit; empty if nothing clear."""
    return _DENIED.get(bound, "")


def _ending(text: str, at: int, floor: int) -> Found[str] | None:
    return BEFORE.ending(text, _spaced(text, at, floor), floor)


def _spaced(text: str, at: int, floor: int) -> int:
    return at - 1 if at > floor and text[at - 1] == " " else at
