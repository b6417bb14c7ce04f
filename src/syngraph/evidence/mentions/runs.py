"""What belongs together: the longest run of figures and numerals, or of number words, and when it is in doubt."""

import re

from syngraph.evidence.mentions import magnitudes
from syngraph.evidence.mentions.number import Number
from syngraph.evidence.mentions.numerals import NUMBER_WORDS
from syngraph.evidence.mentions.passage import Passage

HAN_DIGITS = "〇○零一二兩两三四五六七八九十廿卅壹貳贰參叁肆伍陸陆柒捌玖拾弍"
_HAN = rf"[{HAN_DIGITS}百佰萬万億亿]|[千仟](?![瓦克米])|兆(?![瓦赫])"
_BIG = "[十拾百佰千仟萬万億亿兆]"
_NOT_MORE = "數数方頭头樣样邊边重家年次種种項项位名個个"
RUN = re.compile(
    rf"(?:(?<![總总])[數数幾几]|(?<![以之])上)(?={_BIG})(?:{_HAN})+"
    rf"|(?![百千萬万]分[之點点])(?:\d|(?<![\w.])\.(?=\d)|{_HAN})"
    rf"(?:\d|{_HAN}|[.,':](?=\d)|[點点](?=[〇零一二三四五六七八九])|[餘余](?![額额款裕])|多(?![{_NOT_MORE}]|元化)"
    r"|[幾几](?=[萬万億亿兆]|[個元美年月天])|半(?![年數数導导])|來(?=[萬億兆元個])|(?<=[萬万億亿兆])又(?=[\d一二三四五六七八九十百千]))*"
)
_WORD = "|".join((*NUMBER_WORDS, "hundred", *magnitudes.WORDS))
_AND = "(?:(?<=hundred)|(?<=thousand)|(?<=illion)) and "
WORDS = re.compile(rf"(?<![a-z])(?:{_WORD})(?:(?:{_AND}| point |[ -])(?:{_WORD})(?![a-z]))*(?![a-z])")
GROUPS_BEHIND = re.compile(r"(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b\d\d\d))(?: \d{3})+(?![\d%])")  # 1 234 567
NEXT_NUMBER = re.compile(rf"[ -]?(?:\d|(?:{_WORD})(?![a-z]))")
WORD_STARTS = _WORD.split("|")


def guarded(p: Passage, found: Number, floor: int) -> Number:
    """The number, unless what was folded away or stands before it leaves doubt about the run."""
    if not p.grouped and re.search("[.,]", p.text[found.start : found.end]):
        return found.refused("language")
    reason = "" if p.written(found.start, found.end).isascii() else _folded_away(p, found)
    reason = reason or (_torn(p, found.start) if found.start > floor else "")
    return found.refused(reason) if reason else found


def _folded_away(p: Passage, found: Number) -> str:
    """Why the run may not be what its folded form says: a raised figure, a line break, white space inside."""
    if not p.plain_digits(found.start, found.end):
        return "raised"
    if p.broken(found.start, found.end) and not p.text[found.start : found.end].isascii():
        return "line-break"
    return _spaced(p, found)


def _torn(p: Passage, at: int) -> str:
    """Why the run may have begun before `at`: figures, then a space, a comma or a line break."""
    before = p.text[at - 1 : at] if at else ""
    if not before or at < 2:
        return ""
    if before in ".·點点" and p.text[at - 2].isnumeric():
        return "run"
    if before in ".," and (p.text[at - 2] in ".," or p.text[at - 2].isdecimal()):
        return "run"
    if not p.text[at - 2].isdecimal():
        return ""
    if before == " ":
        length = re.match(r"\d*", p.text[at : at + 5])
        digits = length[0] if length else ""
        grouped = len(digits) == 3 and not re.search(r"\d{4}$", p.text[max(0, at - 5) : at - 1])
        if p.broken(at - 2, at + 1):
            return "line-break"
        return "spaces" if grouped or digits[:1] in ("0", "") else ""
    return "run" if before in "-/\u2044" else ""


def _spaced(p: Passage, found: Number) -> str:
    """Why the run may hold two numbers: white space after 億, a full-width comma among half-width figures."""
    text = p.text
    for at in range(found.start + 1, found.end):
        if text[at - 1] in "萬万億亿兆千仟百佰" and text[at].isdecimal() and not p.touching(at):
            return "spaces"
        if text[at] == "," and p.original[p.starts[at]] != "," and p.original[p.starts[at] - 1].isascii():
            return "separators"
    return ""
