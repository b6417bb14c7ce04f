"""The value of a numeral: figures with 萬 and 億, Han numerals, English number words; or why it has none."""

import re
from dataclasses import dataclass
from fractions import Fraction

from syngraph.evidence.mentions.magnitudes import MYRIADS, REGIONS_OF_TRILLION, TENS, WORDS

MOST_CHARACTERS = 60

_ONES = "〇一二三四五六七八九"
_DIGITS = {character: value for value, character in enumerate(_ONES)}
# Variants, banker's numerals and simplified forms, each as the plain traditional character.
_VARIANTS = str.maketrans(
    {
        **dict(zip("零○兩两贰貳參叁肆伍陸陆柒捌玖壹弍", "〇〇二二二二三三四五六六七八九一二", strict=True)),
        **dict(zip("拾佰仟万亿余几数点", "十百千萬億餘幾數點", strict=True)),
        "廿": "二十",
        "卅": "三十",
    }
)
_FIGURE = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?|\.\d+", re.ASCII)
_POSITIONAL = re.compile("[〇一二三四五六七八九]{4}")
_PLACE = re.compile("([〇一二三四五六七八九0-9])([十百千]?)|(十)")
_POINT = re.compile("([〇一二三四五六七八九十百千]+)點([〇一二三四五六七八九]+)")
_SEPARATED = re.compile("[.,':]")
_MORE = re.compile("[多餘幾]")
_VAGUE = re.compile("[數幾上]([十百千萬億兆]+)")
_BARE = re.compile("[十百千][十百千萬億兆]*|萬[億兆]")
_ONE_TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TWENTY_TO_NINETY = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = (
    {word: value for value, word in enumerate(_ONE_TO_NINETEEN.split(), 1)}
    | {word: 10 * value for value, word in enumerate(_TWENTY_TO_NINETY.split(), 2)}
    | {"zero": 0}
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: a value, a span for 數億, or a reason for having neither. `more`: 多, 餘 and 幾 follow."""

    low: Fraction | None = None
    high: Fraction | None = None
    more: bool = False
    scaled: bool = False  # 萬 or more, million or more: a quantity even without a unit
    reason: str = ""


def read_run(run: str, region: str) -> Numeral:
    """A run of figures, Han numerals and magnitudes, valued whole; `run` is folded."""
    plain = run.translate(_VARIANTS)
    if len(plain) > MOST_CHARACTERS:
        return Numeral(reason="too-long")
    if "兆" in plain and region not in REGIONS_OF_TRILLION:
        return Numeral(reason="region")
    if match := _VAGUE.fullmatch(plain):
        low = _value("一" + match[1])
        return Numeral(low, low * 10, scaled=low >= 10**4) if low is not None else Numeral(reason="run")
    plain, more = _without_more(plain)
    value = _value("一" + plain if _BARE.fullmatch(plain) and len(plain) > 1 else plain)
    if value is None:
        return Numeral(reason="separators" if _SEPARATED.search(plain) else "run")
    return Numeral(value, value, more, scaled=any(big in plain for big in MYRIADS))


def shared_scale(run: str, before: str) -> int | None:
    """What `run` shares with the number before a dash or 至: 10^8 in 13-15億; None for 二至三十億."""
    plain, other = run.translate(_VARIANTS), before.translate(_VARIANTS)
    coefficient = plain.rstrip("".join(MYRIADS))
    magnitudes = plain[len(coefficient) :]
    doubtful = coefficient[-1:] in TENS and coefficient[-1] != other[-1:]
    if doubtful or any(sign in coefficient or sign in other for sign in MYRIADS):
        return None
    return int(_value("一" + magnitudes) or 0) or None


def read_year(run: str) -> int | None:
    """A year in four figures or four Han digits."""
    plain = run.translate(_VARIANTS)
    if re.fullmatch(r"[12]\d{3}", plain, re.ASCII):
        return int(plain)
    if _POSITIONAL.fullmatch(plain) and plain[0] in "一二":
        return int("".join(str(_DIGITS[character]) for character in plain))
    return None


def read_small(run: str) -> int | None:
    """A whole number below 1,000: of a month, a day, a year of 民國; Han digits may stand one by one."""
    plain = run.translate(_VARIANTS)
    if re.fullmatch(r"[〇一二三四五六七八九]{3}", plain):
        return int("".join(str(_DIGITS[character]) for character in plain))
    if re.fullmatch(r"0\d", plain, re.ASCII):
        return int(plain)
    value = _value(plain) if len(plain) <= 7 else None
    return int(value) if value is not None and value.denominator == 1 and value < 1000 else None


def _without_more(plain: str) -> tuple[str, bool]:
    """The run without its one 多, 餘 or 幾, where that follows a round number and a magnitude or the end follows it."""
    match = re.fullmatch(r"(.*[0十百千萬億兆])[多餘幾]([萬億兆]*)", plain)
    if match and not _MORE.search(match[1]):
        return match[1] + match[2], True
    return plain, False


def _value(plain: str) -> Fraction | None:
    """The value of a run in plain characters: the part before its greatest magnitude times that, and the part after."""
    for sign in "兆億萬":
        head, found, tail = plain.partition(sign)
        if found:
            if sign in tail:
                return None
            return _composed(_value(head), Fraction(MYRIADS[sign]), tail)
    return _below_myriad(plain)


def _composed(coefficient: Fraction | None, scale: Fraction, tail: str) -> Fraction | None:
    if coefficient is None or not tail:
        return None if coefficient is None else coefficient * scale
    rest = _value(tail.removeprefix("〇"))
    if coefficient.denominator > 1 or rest is None or rest >= scale:
        return None
    # 三億五 is 3.5億 to some: what follows must name its own place, by a magnitude, by 〇, or by being the next one.
    placed = tail.startswith("〇") or any(sign in tail for sign in MYRIADS) or rest * 10 >= scale
    return coefficient * scale + rest if placed else None


def _below_myriad(plain: str) -> Fraction | None:
    if not plain:
        return None
    if _FIGURE.fullmatch(plain):
        return Fraction(plain.replace(",", ""))
    if plain[-1] in TENS and _FIGURE.fullmatch(plain[:-1]) and len(plain) > 1:
        return Fraction(plain[:-1].replace(",", "")) * TENS[plain[-1]]
    if match := _POINT.fullmatch(plain):
        whole = _places(match[1])
        decimals = "".join(str(_DIGITS[character]) for character in match[2])
        return None if whole is None else whole + Fraction(int(decimals), 10 ** len(decimals))
    return _places(plain)


def _places(plain: str) -> Fraction | None:
    """Thousands, hundreds, tens and ones, each place once, falling, with 〇 where one is left out."""
    if plain == "〇":
        return Fraction(0)
    total, last, skipped, read = 0, 10**4, False, 0
    for match in _PLACE.finditer(plain):
        digit, sign = match[1] or "", match[2] or match[3]
        read += len(match[0])
        if digit in ("〇", "0"):
            if sign or not total:
                return None
            skipped = True
            continue
        scale = TENS.get(sign, 1)
        if (not digit and total) or scale >= last or (total and (scale * 10 < last) != skipped):
            return None
        total, last, skipped = total + (_DIGITS.get(digit) or int(digit or "1")) * scale, scale, False
    return None if skipped or read < len(plain) else Fraction(total)


def read_words(words: str) -> Numeral:
    """English number words, one after the other, such as `one hundred and twenty-five million`."""
    items = re.findall(r"[a-z]+", words)
    if len(words) > 4 * MOST_CHARACTERS:
        return Numeral(reason="too-long")
    total, group, least = 0, list[str](), 10**15
    for item in items:
        if item not in WORDS:
            group.append(item)
            continue
        value, scale = _below_thousand(group), WORDS[item]
        if not value or scale >= least:
            return Numeral(reason="run")
        total, group, least = total + value * scale, [], scale
    value = _below_thousand(group[1:] if total and group[:1] == ["and"] else group) if group else 0
    if value is None or (total and group and not value):
        return Numeral(reason="run")
    whole = Fraction(total + value)
    return Numeral(whole, whole, scaled=total >= 10**6)


def _below_thousand(items: list[str]) -> int | None:
    match items:
        case [count, "hundred", *rest] if 1 <= NUMBER_WORDS.get(count, 0) <= 19:
            rest = rest[1:] if rest[:1] == ["and"] and len(rest) > 1 else rest
            below = _below_thousand(rest) if rest else 0
            return None if below is None or below >= 100 else NUMBER_WORDS[count] * 100 + below
        case [tens, ones] if NUMBER_WORDS.get(tens, 0) >= 20 and 1 <= NUMBER_WORDS.get(ones, 0) <= 9:
            return NUMBER_WORDS[tens] + NUMBER_WORDS[ones]
        case [word]:
            return NUMBER_WORDS.get(word)
        case _:
            return None
