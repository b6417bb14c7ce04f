"""Writes numbers and days in the many ways people do: made by counting places, nothing shared with the reader."""

from collections.abc import Callable
from datetime import date

DIGITS = "零一二三四五六七八九"
BANKERS = "零壹貳參肆伍陸柒捌玖"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
MONTHS = "January February March April May June July August September October November December".split()


def grouped(n: int) -> str:
    return f"{n:,}"


def full_width(n: int) -> str:
    return f"{n:,}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,"})


def with_myriads(n: int) -> str:
    """34億9993萬1: figures for each four places."""
    parts = []
    for sign, scale in (("億", 10**8), ("萬", 10**4), ("", 1)):
        count, n = divmod(n, scale) if scale > 1 else (n, 0)
        if count:
            parts.append(f"{count}{sign}")
    return "".join(parts)


def han(n: int, digits: str = DIGITS, tens: str = "十百千", myriads: str = "萬億兆") -> str:
    """三十四億九千九百九十三萬零一."""
    places = [int(figure) for figure in str(n)]
    text, skipped = "", False
    for index, figure in enumerate(places):
        place = len(places) - index - 1
        if figure:
            text += (
                (digits[0] if skipped and text else "")
                + digits[figure]
                + ("" if place % 4 == 0 else tens[place % 4 - 1])
            )
            skipped = False
        else:
            skipped = True
        if place % 4 == 0 and place and any(places[max(0, index - 3) : index + 1]):
            text += myriads[place // 4 - 1]
            skipped = False if figure else skipped
    return text


def bankers(n: int) -> str:
    return han(n, BANKERS, "拾佰仟")


def simplified(n: int) -> str:
    return han(n, myriads="万亿兆")


def words(n: int) -> str:
    """Three hundred forty-five million six hundred."""
    parts = []
    for name, scale in ((" trillion", 10**12), (" billion", 10**9), (" million", 10**6), (" thousand", 1000), ("", 1)):
        count, n = divmod(n, scale)
        if count:
            parts.append(_below_thousand(count) + name)
    return " ".join(parts)


def british(n: int) -> str:
    """Three hundred and forty-five million six hundred."""
    return (
        words(n)
        .replace(" hundred ", " hundred and ")
        .replace("hundred and million", "hundred million")
        .replace("hundred and thousand", "hundred thousand")
        .replace("hundred and billion", "hundred billion")
        .replace("hundred and trillion", "hundred trillion")
    )


def _below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    parts = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        parts.append(TENS[rest // 10 - 2] + (f"-{ONES[rest % 10]}" if rest % 10 else ""))
    elif rest:
        parts.append(ONES[rest])
    return " ".join(parts)


WHOLE: tuple[Callable[[int], str], ...] = (str, grouped, full_width, with_myriads, han, bankers, simplified)
IN_WORDS: tuple[Callable[[int], str], ...] = (words, british)

DAYS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
    lambda d: (
        "".join("〇一二三四五六七八九"[int(c)] for c in str(d.year))
        + f"年{han(d.month).removeprefix('一') if d.month >= 10 else han(d.month)}月{han(d.day)}日"
    ),
    lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: (
        f"the {d.day}{'th' if 4 <= d.day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d.day % 10, 'th')} day of {MONTHS[d.month - 1]}, {d.year}"
    ),
)
