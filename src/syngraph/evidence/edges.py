"""What stands before and after a quote in its clause: a word or a denial that the quote cuts away."""

import re
from collections.abc import Iterable
from enum import Enum

from syngraph.evidence.anchoring import Stretch
from syngraph.evidence.clauses import Clauses
from syngraph.evidence.scripts import simplified

_LETTER = r"[A-Za-z\u00c0-\u024f]"
_HYPHEN = r"[-\u2010\u2011]"
_APOSTROPHE = r"['’]"

_WORD_BEFORE = re.compile(rf"{_LETTER}(?:{_HYPHEN}|{_APOSTROPHE})?\Z")
_WORD_AFTER = re.compile(rf"(?:{_HYPHEN}|{_APOSTROPHE}(?!s\b))?{_LETTER}")
_NEGATIVE_PREFIX = re.compile(rf"\b(?:non|un|not)(?:{_HYPHEN})?\Z", re.IGNORECASE)


def _any(*words: str) -> str:
    return f"(?:{'|'.join(' '.join(words).split())})"


# Between a denial and what it denies may stand: not yet been paid, 不得支付. Chinese is compared in simplified script.
_FILLER = _any("yet ever even also been be being have had has to actually currently necessarily an? the any such so")
_NOT = rf"(?:\b(?:not|never|neither|nor|cannot|without)|n{_APOSTROPHE}t|\bno(?!\.\s*\d))"
_NOT_BEFORE = re.compile(rf"{_NOT}(?:\s+{_FILLER}){{0,3}}(?!\w)\s*\Z", re.IGNORECASE)
_NOT_ONLY = r"\s+(?:only|merely|just|simply)\b"
_NOT_AFTER = re.compile(rf"\s*(?:\b(?:not|never)\b(?!{_NOT_ONLY})|n{_APOSTROPHE}t\b)", re.IGNORECASE)
_HAN_NOT = "(?:不|未|(?<![东西南北是])非|无|没|勿|莫|毋)"
_HAN_FILLER = _any("有 是 会 能 得 可 应 曾 再 法 权 须 需 必 该 愿 想 用 要 被 予 将 已 同意 打算 计划")
_HAN_NOT_BEFORE = re.compile(rf"{_HAN_NOT}{_HAN_FILLER}{{0,2}}\s*\Z")
_HAN_NOT_AFTER = re.compile(rf"(?<=[将会可能应得须要是已曾并仍尚从绝]){_HAN_NOT}")

# What holds a denial and denies nothing of what follows: not only, 不斷; a limit, which the number is read with
# (不超過, no more than); what somebody is (非營利).
_ONLY = re.compile(rf"{_any('不仅 不但 不只 不单 不光 不论 不断 无论 无疑 未来')}|\bnot{_NOT_ONLY}", re.IGNORECASE)
_LIMITED = _any("超过 少于 低于 高于 多于 逾 足 满 到 及 等 同 久 过")
_BEING = _any("东非 西非 南非 北非 是非 非营利 非常 非洲 非法 无人 无线 无形 不动产 不错 未满 未成年")
_NO_DENIAL = re.compile(
    rf"不[得应可会]?{_LIMITED}|{_BEING}"
    r"|\bno\s+(?:more|less|fewer|later|earlier|greater)\s+than\b|\bnot\s+(?:more|less|later|exceed\w*)\b|\bno\.\s*\d",
    re.IGNORECASE,
)
_DENYING = _any(
    r"den(?:y|ies|ied|ying) refus(?:e|es|ed|ing) declin(?:e|es|ed|ing) reject(?:s|ed|ing)? fail(?:s|ed|ing)?\s+to",
    r"unless if whether except alleg(?:e|es|ed|edly|ing) purported(?:ly)? provided\s+that subject\s+to false untrue",
)
_HAN_DENYING = _any("否认 拒绝 驳斥 除非 如果 假如 倘若 若 据称 指控 不实 是否")
_DENIAL = re.compile(rf"{_NOT}(?!\w)|\b{_DENYING}\b|{_HAN_DENYING}|{_HAN_NOT}", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"\b(?:is|was|were|are|been)\s+(?:\w+\s+)?(?:denied|rejected|false|untrue|refuted|disputed)\b"
    rf"|\bunless\b|\bif\b|\bnot\s+the\s+case\b|{_any('否认 驳斥 不实 并非事实')}",
    re.IGNORECASE,
)
_ASIDE = re.compile(rf"{_NOT}\s*,[^,.;:。；]{{0,80}},[^,.;:。；]*\Z", re.IGNORECASE)  # shall not, directly or not, pay
_BACK = 200  # characters that may hold an aside


class Cut(Enum):
    """What a quote loses at its edges; the value is the code of its finding."""

    NOTHING = ""
    WORD = "quote-cuts-word"
    NEGATION = "quote-cuts-negation"
    DENIAL = "quote-under-denial"


_GRAVEST = (Cut.NEGATION, Cut.WORD, Cut.DENIAL, Cut.NOTHING)


def cut_of(clauses: Clauses, spans: Iterable[Stretch]) -> Cut:
    """The gravest of what a quote loses where it stands: a negation, a word, a denial or condition of its clause."""
    return min((_cut(clauses, span) for span in spans), key=_GRAVEST.index, default=Cut.NOTHING)


def _cut(clauses: Clauses, span: Stretch) -> Cut:
    first, last = next(clauses.holding((span[0], span[0] + 1))), next(clauses.holding((span[1] - 1, span[1])))
    text = clauses.text
    stretches = ((min(first[0], span[0]), span[0]), (span[1], max(last[1], span[1])), span)
    before, after, quote = (simplified(text[start:end]) for start, end in stretches)
    if _negated(before, after, quote):
        return Cut.NEGATION
    starts, ends = re.match(_LETTER, quote), re.match(_LETTER, quote[::-1])
    if (starts and _WORD_BEFORE.search(before)) or (ends and _WORD_AFTER.match(after)):
        return Cut.WORD
    aside = _ASIDE.search(text, max(0, span[0] - _BACK), span[0])
    return Cut.DENIAL if aside or _denied(before, after, quote) else Cut.NOTHING


def _negated(before: str, after: str, quote: str) -> bool:
    """Whether a negation adjoins the quote."""
    if re.match(_LETTER, quote) and _NEGATIVE_PREFIX.search(before):
        return True
    whole = before + quote
    limits = [m.span() for m in _NO_DENIAL.finditer(whole) if m.start() < len(before)]
    for pattern in (_NOT_BEFORE, _HAN_NOT_BEFORE):
        found = pattern.search(before)
        if found and not any(a <= found.start() and b <= len(before) for a, b in limits):
            return True
    return bool(_NOT_AFTER.match(after) or _HAN_NOT_AFTER.search(quote[-1:] + after[:1], 1))


def _denied(before: str, after: str, quote: str) -> bool:
    """Whether a denial or condition stands elsewhere in the clause."""
    harmless = [m.span() for p in (_ONLY, _NO_DENIAL) for m in p.finditer(before + quote)]
    found = (m for m in _DENIAL.finditer(before))
    return any(not any(a <= m.start() < b for a, b in harmless) for m in found) or bool(_DENIED_AFTER.search(after))
