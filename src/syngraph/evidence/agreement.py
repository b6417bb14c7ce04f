"""Whether what a record claims is what its quote says: value, unit, bound and dates, compared exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from syngraph.base.dates import Interval, parse_edtf
from syngraph.base.spans import Span
from syngraph.base.units import NO_UNIT, PLAIN, YEAR, Unit, parse_unit
from syngraph.evidence.mentions.mention import Kind, Mention, Range

# bounds a range allows at its edges
_LOW, _HIGH = frozenset({"at_least", "more_than"}), frozenset({"up_to", "less_than"})
_FINEST = 10**6  # no length in whole days and months has a finer part of a year
DISAGREEING = "number-words-disagree"  # seventy percent (60%)
_ANY_BOUND = frozenset({"possible"})  # says how sure, not how much


@dataclass(frozen=True, slots=True)
class Amount:
    """A claimed quantity in the units of its dimension; `step` is the size of its last written digit."""

    value: Fraction
    unit: Unit
    bound: str = "exact"
    step: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Day:
    """A claimed day: an edge of what the quote names."""

    day: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A claimed stretch of time, open where the source says since, until, before or after."""

    interval: Interval


Content = Amount | Day | Stretch


@dataclass(frozen=True, slots=True)
class Claim:
    """What a field of a record claims; `reading` if it is one of several readings of an ambiguous passage.

    `within` a formula it is one number of several: it is looked for among those of its dimension.
    """

    field: str
    content: Content
    span: Span
    written: str
    reading: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """A claim with the mention it agrees with, or the code of what is wrong and the mention that shows it.

    Neither mention nor code: the quote has nothing to compare it with.
    """

    claim: Claim
    mention: Mention | None = None
    code: str = ""


def compare(claim: Claim, said: Sequence[Mention]) -> Agreement:
    """A claim against the mentions of its quotes: it must agree with exactly one of them."""
    match claim.content:
        case Amount() as amount:
            return _amount(claim, amount, said)
        case Day(day):
            return _dated(claim, said, lambda m: _is_edge(day, m), lambda _: "date-mismatch")
        case Stretch(interval):
            return _dated(claim, said, lambda m: _covers(interval, m), lambda m: _what_differs(interval, m))


def _amount(claim: Claim, amount: Amount, said: Sequence[Mention]) -> Agreement:
    quantities = [m for m in said if m.kind is Kind.QUANTITY or (m.kind is Kind.DURATION and _is_length(amount))]
    quantities += [m for m in said if m.kind is Kind.COUNT and _is_number(amount) and _equal(amount, m)]
    equal = [m for m in quantities if _equal(amount, m)]
    alike = [m for m in equal if _same_unit(amount, m)]
    agreeing = [m for m in alike if claim.reading or _bound_agrees(amount, m)]
    if agreeing:
        return Agreement(claim, agreeing[0]) if claim.within else _only(claim, agreeing)
    for found, code in ((alike, "bound-mismatch"), (equal, "unit-mismatch")):
        if found and not (claim.within and code == "unit-mismatch"):
            return Agreement(claim, found[0], code)
    unread = _unread(said)
    if unread is not None:
        return Agreement(claim, unread, _unread_code(unread))
    same_kind = [m for m in quantities if _same_unit(amount, m)] or ([] if claim.within else quantities)
    return Agreement(claim, same_kind[0], _differing(claim)) if same_kind else Agreement(claim)


def _dated(
    claim: Claim, said: Sequence[Mention], agrees: Callable[[Mention], bool], differs: Callable[[Mention], str]
) -> Agreement:
    dates = [m for m in said if m.kind is Kind.DATE and m.days is not None]
    agreeing = [m for m in dates if agrees(m)]
    if agreeing:
        return _only(claim, agreeing)
    unread = _unread(said)
    if unread is not None and not dates:
        return Agreement(claim, unread, _unread_code(unread))
    if not dates:
        return Agreement(claim)
    code = differs(dates[0])
    return Agreement(claim, dates[0], _differing(claim) if code == "date-mismatch" and claim.reading else code)


def _only(claim: Claim, agreeing: Sequence[Mention]) -> Agreement:
    return Agreement(claim, agreeing[0], "value-ambiguous" if len(agreeing) > 1 else "")


def _differing(claim: Claim) -> str:
    if claim.reading:
        return "reading-unsupported"
    return "value-mismatch" if isinstance(claim.content, Amount) else "date-mismatch"


def _unread_code(mention: Mention) -> str:
    return DISAGREEING if mention.reason == DISAGREEING else "unparsed-mention"


def _unread(said: Iterable[Mention]) -> Mention | None:
    return next((m for m in said if m.kind is Kind.UNPARSED), None)


# amounts


def _is_length(amount: Amount) -> bool:
    return amount.unit.dimension == YEAR and not amount.unit.per_year


def _is_number(amount: Amount) -> bool:
    """Whether an amount may be a count: of what, a field cannot say yet, so another count contradicts nothing."""
    return not amount.unit.text


def _equal(amount: Amount, mention: Mention) -> bool:
    """Whether the claim is the value, an edge of the range, or the stated fraction rounded to the claim's digits."""
    scale = _scale(mention)
    match mention.value:
        case Fraction() as value if "fraction" in mention.flags:
            return abs(amount.value - value * scale) <= amount.step / 2
        case Fraction() as value:
            return amount.value == value * scale or (mention.kind is Kind.DURATION and _as_long(amount, value * scale))
        case Range(low, high):
            return amount.value in (low * scale, high * scale)
        case None:
            return False


def _as_long(amount: Amount, years: Fraction) -> bool:
    """Whether twelve months are a year: the scale of a month is a rounded decimal."""
    return amount.value.limit_denominator(_FINEST) == years.limit_denominator(_FINEST)


def _unit(mention: Mention) -> Unit | None:
    """The unit of a mention; None for one no case can have."""
    unit = parse_unit(mention.unit) if mention.unit else NO_UNIT
    return unit if isinstance(unit, Unit) else None


def _scale(mention: Mention) -> Fraction:
    unit = _unit(mention)
    return Fraction(unit.scale) if unit is not None else Fraction(1)


def _same_unit(amount: Amount, mention: Mention) -> bool:
    """One dimension, points never per cent; a yearly rate just where the unit or its clause says so."""
    unit = _unit(mention)
    if unit is None or unit.dimension != amount.unit.dimension:
        return False
    if (amount.unit.text.split("/")[0] == "pp") != (mention.unit.split("/")[0] == "pp"):
        return False
    if unit.per_year:
        return amount.unit.per_year
    return amount.unit.per_year is ("per_year" in mention.flags) or amount.unit.dimension == PLAIN


def _bound_agrees(amount: Amount, mention: Mention) -> bool:
    if amount.bound in _ANY_BOUND or amount.bound == mention.bound:
        return True
    if isinstance(mention.value, Range):
        low = amount.value == mention.value.low * _scale(mention)
        return amount.bound in (_LOW if low else _HIGH)
    return False


# dates


def _is_edge(day: date, mention: Mention) -> bool:
    """Whether a day is where the named stretch begins or ends: 2030年前 allows 2030-01-01 and 2031-01-01."""
    days = mention.days
    return days is not None and (day in (days.first, days.end) or day == _last_day(days))


def _last_day(days: Interval) -> date | None:
    """The last day of a stretch that names it: from 1 January 2025 through 31 December 2027."""
    last = parse_edtf(days.text.partition("/")[2])
    return last.exact if last else None


def _covers(claimed: Interval, mention: Mention) -> bool:
    """Whether a stretch is what the date and its word say: since 2019 is 2019/.., in 2019 is 2019.

    What happened by a day (../2025-09-11) agrees with what is reported of that day.
    """
    days = mention.days
    if days is None:
        return False
    match mention.span:
        case "since":
            return (claimed.first, claimed.end) == (days.first, None)
        case "after":
            return (claimed.first, claimed.end) == (days.end, None)
        case "until":
            return claimed.first is None and claimed.end == days.end
        case "before":
            return claimed.first is None and claimed.end in (days.first, days.end)
        case _:
            return claimed.first in (days.first, None) and claimed.end == days.end


def _what_differs(claimed: Interval, mention: Mention) -> str:
    """The day or month itself, or only how it is meant."""
    days = mention.days
    edges = {days.first, days.end} if days is not None else set()
    ends = {claimed.first, claimed.end} - {None}
    return "span-mismatch" if ends <= edges else "date-mismatch"
