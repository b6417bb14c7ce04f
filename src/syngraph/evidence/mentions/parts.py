"""One number of a text with its unit, unless it is a label; what stands before it: 每股, a sign, a letter."""

import re
from dataclasses import replace

from syngraph.evidence.mentions import currencies, durations, units
from syngraph.evidence.mentions.counted import counted
from syngraph.evidence.mentions.figures import figure
from syngraph.evidence.mentions.money import currency_before, money
from syngraph.evidence.mentions.part import Part, per_one
from syngraph.evidence.mentions.passage import Passage

_SIGNS = frozenset("-\u2010\u2011\u2012\u2212\uff0d")  # the longer dashes are punctuation
_EN_DASH = "\u2013"
# ($5.2 million) is a loss in an account; behind an amount it is the same in other money.
_LOSS = re.compile("(?:us|nt|hk|[ac])?[$€£¥]")
_CONVERTED = re.compile(r"\d[^().;]{0,20} ?\($|(?:illion|thousand|hundred|dollars|[元幣圓])[^().;]{0,9} ?\($")
_PER_SHARE = re.compile(r"(?:每股[^\d,。;、每]{0,9}|per[- ]share[^\d,.;]{0,14})$")
_PER_SOMETHING = re.compile(r"每[^\d,。;、年股]{1,3}$")
_EVERY_SO_OFTEN = re.compile(r"每(?:半年|兩年|二年|三年|季度?|個?月|週|周|日|天)[^\d,。;、]{0,6}$")
_SO_MUCH_OF = re.compile(r"[\d\u00bc-\u00be\u2150-\u215e] of $")  # 0.25 of 1%


def part(p: Passage, at: int, floor: int) -> Part | None:
    """The number that starts at `at` with its unit; what stands before `floor` belongs to another mention."""
    if length := durations.half_a_year(p, at):
        return length
    found = figure(p, at, floor)
    if found is None or (at and p.text[at - 1] == "第"):
        return None
    bare = Part(found, found.start, found.end, flags=frozenset({"fraction"} if found.fraction else ()))
    return _unlabelled(p, with_unit(p, bare, floor), floor)


def with_unit(p: Passage, bare: Part, floor: int) -> Part:
    """The number that ends where `bare` ends, with the unit behind or before it if it has one."""
    if currency_before(p, bare.start, floor):  # a $10 billion share repurchase is money
        return money(p, bare, floor) or bare
    return counted(p, bare, floor) or money(p, bare, floor) or _strange_money(p, bare, floor) or bare


def _minus(p: Passage, at: int) -> bool:
    """Whether the dash that adjoins the number at `at`, and nothing else, is a minus: a growth of –5%."""
    if p.original[p.starts[at - 1]] != _EN_DASH or not p.touching(at):
        return False
    behind = p.text[at - 2 : at - 1] if at > 1 else ""
    return not (behind.isascii() and behind.isalnum()) and behind not in tuple(")%\"'")


def per_before(p: Passage, read: Part, at: int, floor: int) -> Part:
    """The amount with what stands before it and its limit at `at`: 每股, a per-share price of."""
    if read.duration:
        return read
    ahead = p.text[max(0, at - 24) : at]
    if (read.unit in currencies.ALL or read.unit == "vote") and _PER_SHARE.search(ahead):
        return per_one(read, "share")
    if each := units.PER.ending(p.text, at, floor):
        return per_one(read, each.meaning) if each.meaning != "share" else read
    if read.unit == "%" and _SO_MUCH_OF.search(ahead):
        return replace(read, doubt=read.doubt or "run")
    per_so_many = ahead.endswith("per ") or _PER_SOMETHING.search(ahead) or _EVERY_SO_OFTEN.search(ahead)
    return replace(read, doubt=read.doubt or "per") if per_so_many else read


def _strange_money(p: Passage, bare: Part, floor: int) -> Part | None:
    """A number with money that is not known here beside it."""
    after = currencies.STRANGE.match(p.text, bare.end)
    before = currencies.STRANGE_BEFORE.search(p.text[max(floor, bare.start - 5) : bare.start])
    if after is None and before is None:
        return None
    return replace(bare, end=after.end() if after else bare.end, unit="", doubt="currency")


def _unlabelled(p: Passage, read: Part, floor: int) -> Part | None:
    """The part, if the number is none of GPT-4 or H100, nor one with a sign before it."""
    at = read.start
    before = p.text[at - 1 : at] if at > floor else ""
    if not before:
        return read
    if before.isascii() and (before.isalpha() or before in "_#@§") and p.text[at].isdecimal():
        return None
    if before == "-" and _minus(p, at):
        return replace(read, doubt="sign")
    if before == "-" and p.original[p.starts[at - 1]] in _SIGNS:
        behind = p.text[at - 2 : at - 1] if at > 1 else ""
        if behind.isalpha() and behind.isascii():
            return None if p.text[at].isdecimal() else read
        return replace(read, doubt="run" if behind.isdecimal() else "sign")
    if (
        before in "負负±△▲▽▼▵▿"
        or p.text[max(0, at - 9) : at] in ("negative ",)
        or p.text[max(0, at - 6) : at] == "minus "
    ):
        return replace(read, doubt="sign")
    if (
        before == "("
        and _LOSS.match(p.text, at)
        and p.text[read.end : read.end + 1] == ")"
        and not _CONVERTED.search(p.text[max(0, at - 24) : at])
    ):
        return replace(read, doubt="sign")
    negative = before == "(" and at > 1 and p.text[at - 2] in "$€£¥"
    return replace(read, start=at - 2, unit="", doubt="sign") if negative and at - 2 >= floor else read
