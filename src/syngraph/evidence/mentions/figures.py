"""A number in a text, read whole from where it starts: figures, numerals, number words, fractions."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.evidence.mentions import magnitudes
from syngraph.evidence.mentions.numerals import NUMBER_WORDS, Numeral, read_run, read_words
from syngraph.evidence.mentions.passage import Passage

_HAN_DIGITS = "〇○零一二兩两三四五六七八九十廿卅壹貳贰參叁肆伍陸陆柒捌玖拾弍"
_HAN = rf"[{_HAN_DIGITS}百佰萬万億亿]|[千仟](?![瓦克米])|兆(?![瓦赫])"
_BIG = "[十拾百佰千仟萬万億亿兆]"
_NOT_MORE = "數数方頭头樣样邊边重家年次種种項项位名個个"
RUN = re.compile(
    rf"(?:[數数幾几]|(?<![以之])上)(?={_BIG})(?:{_HAN})+"
    rf"|(?!百分[之點点])(?:\d|(?<![\w.])\.(?=\d)|{_HAN})"
    rf"(?:\d|{_HAN}|[.,':](?=\d)|[點点](?=[〇零一二三四五六七八九])|[餘余](?![額额款裕])|多(?![{_NOT_MORE}]|元化)"
    r"|[幾几](?=[萬万億亿兆]|[個元美年月天])|半(?![年數数導导])|來(?=[萬億兆]))*"
)
_WORD = "|".join((*NUMBER_WORDS, "hundred", *magnitudes.WORDS))
WORDS = re.compile(rf"(?<![a-z])(?:{_WORD})(?:(?: and |[ -])(?:{_WORD})(?![a-z]))*(?![a-z])")
NUMBER_STARTS = _WORD.split("|")
_SLASHED = re.compile(r"(\d{1,3})[/\u2044](\d{1,3})(?![\d/\u2044,.]\d)(?!\d)", re.ASCII)
_DENOMINATORS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4}
_DENOMINATORS |= {"fourths": 4, "fifth": 5, "fifths": 5, "sixths": 6, "eighths": 8, "tenth": 10, "tenths": 10}
_DENOMINATOR = re.compile(rf"([- ])({'|'.join(sorted(_DENOMINATORS, key=len, reverse=True))})(?![a-z])")
_OF = re.compile(
    r" of (?!(?:the |a |each |such )?(?:(?:fiscal|calendar|financial) )?(?:year|quarter|day|month|\d{4}\b|fiscal))"
)
_NEXT_NUMBER = re.compile(rf"[ -]?(?:\d|(?:{_WORD})(?![a-z]))")
_ASCII_RUN = re.compile(r"[\d.,]+", re.ASCII)
_PARTS_OF = re.compile("分之")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at [start, end); `letter`: its magnitude is a single letter; `words`: it is spelled out."""

    numeral: Numeral
    start: int
    end: int
    words: bool = False
    letter: bool = False
    fraction: bool = False
    scale: int = 1  # the magnitude behind it in words or letters

    @property
    def reason(self) -> str:
        return self.numeral.reason


def figure(p: Passage, at: int, floor: int) -> Figure | None:
    """The number that starts at `at`; what stands before `floor` has been read."""
    if match := RUN.match(p.text, at):
        return _guarded(p, _after_run(p, match[0], at), floor)
    if vulgar := p.fraction(at):
        return Figure(_exactly(vulgar[0]), at, vulgar[1], fraction=True)
    if match := WORDS.match(p.text, at):
        return _after_words(p, match[0], at)
    return None


def _exactly(value: Fraction) -> Numeral:
    return Numeral(value, value)


def _refused(figure: Figure, reason: str) -> Figure:
    return replace(figure, numeral=Numeral(reason=figure.reason or reason))


def _after_run(p: Passage, run: str, at: int) -> Figure:
    """A run of figures or Han numerals with the fraction or the magnitude behind it."""
    end = at + len(run)
    found = Figure(read_run(run, p.region), at, end, words=not re.search(r"\d", run))
    if vulgar := p.fraction(end):
        return _mixed(found, *vulgar)
    if _PARTS_OF.match(p.text, end):
        return _parts(p, found)
    if match := _SLASHED.match(p.text, at):
        return _slashed(found, match)
    if p.text[end : end + 1] in ("/", "\u2044") and p.text[end + 1 : end + 2].isdecimal():
        return _refused(found, "slash")
    if p.text[end : end + 1] in (" ", "-") and (match := _SLASHED.match(p.text, end + 1)):
        value = _quotient(match)
        return _mixed(found, value, match.end()) if value else _refused(replace(found, end=match.end()), "slash")
    return _scaled(p, found)


def _mixed(whole: Figure, part: Fraction, end: int) -> Figure:
    low = whole.numeral.low
    if whole.reason or low is None or low.denominator > 1 or whole.numeral.more or whole.numeral.scaled:
        return _refused(replace(whole, end=end), "run")
    return replace(whole, numeral=_exactly(low + part), end=end, fraction=True)


def _quotient(match: re.Match[str]) -> Fraction | None:
    over, under = int(match[1]), int(match[2])
    return Fraction(over, under) if 0 < over < under and not match[1].startswith("0") else None


def _slashed(found: Figure, match: re.Match[str]) -> Figure:
    """2/3, which may be a date: a number only beside what counts in fractions."""
    value = _quotient(match)
    end = match.end()
    if value is None:
        return _refused(replace(found, end=end), "slash")
    return replace(found, numeral=_exactly(value), end=end, fraction=True)


def _parts(p: Passage, under: Figure) -> Figure:
    """三分之二."""
    match = RUN.match(p.text, under.end + 2)
    if not match:
        return _refused(under, "run")
    over = read_run(match[0], p.region)
    end = match.end()
    if (
        under.reason
        or over.reason
        or not over.low
        or not under.numeral.low
        or over.more
        or over.low >= under.numeral.low
    ):
        return _refused(replace(under, end=end), under.reason or over.reason or "run")
    return Figure(_exactly(over.low / under.numeral.low), under.start, end, words=True, fraction=True)


def _scaled(p: Passage, found: Figure) -> Figure:
    """Figures with the English magnitude behind them: 13 billion, 500bn, 5m."""
    gap = found.end + (p.text[found.end : found.end + 1] in (" ", "-"))
    if unread := magnitudes.UNREAD.starting(p.text, gap):
        return _refused(replace(found, end=unread.end), "run")
    word = magnitudes.LATIN.starting(p.text, gap)
    letter = None if word else magnitudes.LETTERS.starting(p.text, gap)
    scale = word or letter
    if scale is None:
        return found
    low, end = found.numeral.low, scale.end
    if not _ASCII_RUN.fullmatch(p.text[found.start : found.end]):
        return _refused(replace(found, end=end), "run")
    if _NEXT_NUMBER.match(p.text, end) and not p.parted(end - 1, end + 2):
        return _refused(replace(found, end=end), "run")
    if low is None:
        return replace(found, end=end)
    value = low * scale.meaning
    numeral = Numeral(value, value, scaled=letter is None and scale.meaning >= 10**6)
    return replace(found, numeral=numeral, end=end, letter=letter is not None, scale=scale.meaning)


def _after_words(p: Passage, words: str, at: int) -> Figure:
    """Number words with the fraction behind them: two-thirds, sixty-six and two-thirds."""
    end = at + len(words)
    found = Figure(read_words(words), at, end, words=True)
    if match := _DENOMINATOR.match(p.text, end):
        return _worded_fraction(p, words, found, match)
    if _NEXT_NUMBER.match(p.text, end) or p.text.startswith((" and a half", " and one-half"), end):
        return _refused(found, "run")
    return found


def _worded_fraction(p: Passage, words: str, found: Figure, match: re.Match[str]) -> Figure:
    head, _, last = words.replace("-", " ").rpartition(" ")
    under, over = _DENOMINATORS[match[2]], NUMBER_WORDS.get(last, 0)
    plural = match[2].endswith("s")
    whole = read_words(head.removesuffix(" and")) if head else _exactly(Fraction(0))
    sound = 0 < over < under and plural == (over > 1) and (not head or head.endswith(" and")) and not whole.reason
    hyphened = match[1] == "-" or bool(_OF.match(p.text, match.end())) or bool(head)
    if not sound or whole.low is None:
        return _refused(replace(found, end=match.end()), "run")
    if not hyphened or p.text.startswith((" of the year", " of the fiscal", " of fiscal"), match.end()):
        return replace(found, numeral=Numeral(reason="ordinal"), end=match.end())
    return Figure(_exactly(whole.low + Fraction(over, under)), found.start, match.end(), words=True, fraction=True)


def _guarded(p: Passage, found: Figure, floor: int) -> Figure:
    """The number, unless what was folded away or stands before it leaves doubt about the run."""
    if not p.grouped and re.search("[.,]", p.text[found.start : found.end]):
        return _refused(found, "language")
    if not p.plain_digits(found.start, found.end):
        return _refused(found, "raised")
    if p.broken(found.start, found.end) and not p.text[found.start : found.end].isascii():
        return _refused(found, "line-break")
    reason = (_torn(p, found.start) if found.start > floor else "") or _spaced(p, found)
    return _refused(found, reason) if reason else found


def _torn(p: Passage, at: int) -> str:
    """Why the run may have begun before `at`: figures, then a space, a comma or a line break."""
    before = p.text[at - 1 : at] if at else ""
    if not before or at < 2 or not p.text[at - 2].isdecimal():
        return ""
    if before == " ":
        length = re.match(r"\d*", p.text[at : at + 5])
        digits = length[0] if length else ""
        grouped = len(digits) == 3 and not re.search(r"\d{4}$", p.text[max(0, at - 5) : at - 1])
        if p.broken(at - 2, at + 1):
            return "line-break"
        return "spaces" if grouped or digits[:1] in ("0", "") else ""
    return "run" if before in "-/\u2044," and before != "," else ""


def _spaced(p: Passage, found: Figure) -> str:
    """Why the run may hold two numbers: white space after 億, a full-width comma among half-width figures."""
    text = p.text
    for at in range(found.start + 1, found.end):
        if text[at - 1] in "萬万億亿兆千仟百佰" and text[at].isdecimal() and not p.touching(at):
            return "spaces"
        if text[at] == "," and p.original[p.starts[at]] != "," and p.original[p.starts[at] - 1].isascii():
            return "separators"
    return ""
