"""A number with its currency: before it, behind it, in brackets, or several that must agree."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from syngraph.evidence.mentions import currencies
from syngraph.evidence.mentions.currencies import Currency, code_in
from syngraph.evidence.mentions.part import Part, per
from syngraph.evidence.mentions.passage import Passage
from syngraph.evidence.mentions.runs import HAN_DIGITS
from syngraph.evidence.mentions.vocabulary import Found

_BRACKETED = re.compile(r" ?\(([^()0-9]{1,12})\)")
_SMALL_CHANGE = re.compile(rf"[\d{HAN_DIGITS}]{{1,3}}[角分毛仙]| and (?:[a-z]+(?:-[a-z]+)?|\d{{1,2}}) cents?")
_YEARS_MONEY = re.compile(r" ?(?:19|20)\d\d dollars")  # of what they bought then


def money(p: Passage, bare: Part, floor: int) -> Part | None:
    """A number with a currency before it, behind it or both."""
    ahead, behind = currency_before(p, bare.start, floor), _currency_after(p, bare.end)
    end = behind.end if behind else bare.end
    bracketed = _currency_in_brackets(p, end)
    named = [found.meaning for found in (behind, bracketed) if found and found.meaning]
    if ahead is None and not named:
        return None
    known = [ahead.meaning, *named] if ahead else named
    read = replace(
        bare,
        start=ahead.start if ahead else bare.start,
        end=bracketed.end if bracketed else end,
        unit=_agreed(known, p.region),
        factor=known[-1].part if len(known) == 1 else Fraction(1),
        before=ahead is not None,
        after=bool(named),
    )
    cents = len(known) > 1 and any(currency.part != 1 for currency in known)
    if not ahead and _YEARS_MONEY.match(p.text, bare.start):
        return replace(bare, unit="", doubt="currency")
    if not read.unit or cents or _strange_sign(p, read) or _runs_on(p, read):
        read = replace(read, unit="", doubt="run" if _runs_on(p, read) else "currency")
    return per(p, read)


def _agreed(known: list[Currency], region: str) -> str:
    """The one code that all the names given may stand for; empty if there is none."""
    if len(known) == 1:
        return code_in(known[0], region)
    codes = {code_in(first, region, second) for first, second in pairwise(known)}
    return codes.pop() if len(codes) == 1 else ""


def currency_before(p: Passage, at: int, floor: int) -> Found[Currency] | None:
    end = at - (p.text[at - 1 : at] == " " and at > floor)
    found = currencies.BEFORE.ending(p.text, end, floor)
    return found if found and _capital(p, found) else None


def _currency_after(p: Passage, at: int) -> Found[Currency | None] | None:
    gap = at + (p.text[at : at + 1] in (" ", "-"))
    found = currencies.AFTER.starting(p.text, gap)
    if not found or not found.meaning or not _capital(p, found):
        return None
    # "$5 $7" and 100美元: a sign that another number follows is that number's.
    follows = found.end + (p.text[found.end : found.end + 1] == " ")
    sign = p.text[found.end - 1] in "$€£¥₩₹฿₫₱₪₺₽"
    return None if sign and p.text[follows : follows + 1].isdecimal() else found


def _currency_in_brackets(p: Passage, at: int) -> Found[Currency | None] | None:
    match = _BRACKETED.match(p.text, at)
    if not match:
        return None
    found = currencies.AFTER.starting(p.text, match.start(1))
    whole = found and found.meaning and found.end == match.end(1) and _capital(p, found)
    return Found(found.meaning, match.start(), match.end()) if found and whole else None


def _capital(p: Passage, found: Found[Currency] | Found[Currency | None]) -> bool:
    """Codes count in capitals only: `try` and `all` are words."""
    word = p.text[found.start : found.end]
    return word not in currencies.CODES or p.written(found.start, found.end).isupper()


def _strange_sign(p: Passage, read: Part) -> bool:
    """Whether a letter before $ makes it a sign that is not known here: Z$5."""
    return (
        p.text[read.start] in "$¥£"
        and read.start > 0
        and p.text[read.start - 1].isascii()
        and (p.text[read.start - 1].isalnum() or p.text[read.start - 1] == ".")
    )


def _runs_on(p: Passage, read: Part) -> bool:
    """Whether letters or small change go on where the amount seems to end: $5mil, 5元3角."""
    following = p.text[read.end : read.end + 1]
    if following == "%" or (not read.after and following.isalpha() and not "\u2e80" <= following <= "\uffdc"):
        return True
    return bool(_SMALL_CHANGE.match(p.text, read.end)) or (following.isdecimal() and p.touching(read.end))
