"""Writes a case of the reference as the YAML the engine reads."""

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import assert_never

from reference.model import (
    AtEvent,
    Between,
    Case,
    Choice,
    Compare,
    Condition,
    DayCompare,
    Ends,
    Event,
    Every,
    Exemption,
    Fastest,
    Happened,
    Highest,
    Known,
    Level,
    LevelMix,
    LevelOf,
    Lowest,
    Moment,
    Named,
    Not,
    OnceUncertain,
    OnUncertain,
    Paid,
    Payment,
    Rate,
    RateMix,
    RateOf,
    Received,
    Slowest,
    Some,
    Steady,
    Tier,
    Trailing,
    UpTo,
    Waterfall,
)

STEPS = ("year", "quarter", "month")
WINDOWS = {12: "1 year", 24: "2 years"}
Record = tuple[str, str]  # its name and its body in flow style


def yaml_text(case: Case, *, step: str = "quarter", unit: str = "USD") -> str:
    """The case as one file; `unit` (USD, m USD, …) is what its numbers count."""
    return _Writer(case, unit).text(step)


def decimal(number: Fraction) -> str:
    """A fraction as a decimal; one that does not end is a mistake of the case."""
    digits, whole = 0, abs(number)
    while whole.denominator != 1:
        whole, digits = whole * 10, digits + 1
        if digits > 30:
            raise ValueError(f"{number} has no end in decimals")
    text = str(whole.numerator).rjust(digits + 1, "0")
    body = f"{text[: len(text) - digits]}.{text[len(text) - digits :]}" if digits else text
    return f"-{body}" if number < 0 else body


def quoted(text: str) -> str:
    """A text that may stand inside braces."""
    return json.dumps(text)


def braces(fields: Iterable[Record]) -> str:
    """A record in flow style, without the fields that say nothing."""
    return "{" + ", ".join(f"{key}: {body}" for key, body in fields if body) + "}"


def signed(parts: Iterable[tuple[Fraction, str]]) -> str:
    """A sum of terms with their factors."""
    text = ""
    for factor, term in parts:
        size = term if abs(factor) == 1 else f"{decimal(abs(factor))} * {term}"
        if text:
            text += f" - {size}" if factor < 0 else f" + {size}"
        else:
            text = f"-{size}" if factor < 0 else size
    return f"({text})"


class _Writer:
    def __init__(self, case: Case, unit: str) -> None:
        self.case, self.unit = case, unit

    def money(self, amount: Fraction) -> str:
        return f"{decimal(amount)} {self.unit}"

    # expressions

    def level(self, level: Level) -> str:
        match level:
            case Known(number):
                return self.money(number)
            case LevelOf(name):
                return name
            case LevelMix(parts):
                return signed((factor, self.level(part)) for factor, part in parts)
            case Lowest(parts):
                return f"min({', '.join(self.level(p) for p in parts)})"
            case Highest(parts):
                return f"max({', '.join(self.level(p) for p in parts)})"
            case _:
                assert_never(level)

    def condition(self, condition: Condition) -> str:
        match condition:
            case Compare(left, operator, right):
                return f"{self.level(left)} {operator} {self.level(right)}"
            case DayCompare(operator, day):
                return f"date {operator} {day}"
            case OnceUncertain(name):
                return f"date >= {name}"
            case Happened(event):
                return f"happened({event})"
            case Named(status):
                return status
            case Every(parts):
                return " and ".join(f"({self.condition(p)})" for p in parts)
            case Some(parts):
                return " or ".join(f"({self.condition(p)})" for p in parts)
            case Not(part):
                return f"not ({self.condition(part)})"
            case _:
                assert_never(condition)

    def rate(self, rate: Rate) -> str:
        """An expression whose kind is a rate."""
        match rate:
            case Steady(number):
                return f"{self.money(number)}/year"
            case RateOf(name):
                return name
            case RateMix(parts):
                return signed((factor, self.rate(part)) for factor, part in parts)
            case Choice(then, condition, otherwise):
                return f"({self.rate(then)} if {self.condition(condition)} else {self.rate(otherwise)})"
            case Slowest(parts):
                return f"min({', '.join(self.rate(p) for p in parts)})"
            case Fastest(parts):
                return f"max({', '.join(self.rate(p) for p in parts)})"
            case Paid(name):
                return f"per_year(deal.{name}.paid)"
            case Received(waterfall, party):
                return f"per_year({waterfall}.{party})"
            case _:
                assert_never(rate)

    def flow(self, rate: Rate) -> str:
        """The same as an amount of the period: sums, `min` and `max` outside, what is paid as such."""
        match rate:
            case RateMix(parts):
                return signed((factor, self.flow(part)) for factor, part in parts)
            case Slowest(parts):
                return f"min({', '.join(self.flow(p) for p in parts)})"
            case Fastest(parts):
                return f"max({', '.join(self.flow(p) for p in parts)})"
            case Paid(name):
                return f"deal.{name}.paid"
            case Received(waterfall, party):
                return f"{waterfall}.{party}"
            case Steady(number) if not number:
                return self.money(number)
            case _:
                return f"over({self.rate(rate)})"

    # records

    def moment(self, moment: Moment) -> str:
        match moment:
            case date():
                return moment.isoformat()
            case AtEvent(name) | OnUncertain(name):
                return name
            case _:
                assert_never(moment)

    def moments(self, moments: tuple[Moment, ...]) -> str:
        if len(moments) == 1:
            return self.moment(moments[0])
        return f"[{', '.join(self.moment(m) for m in moments)}]" if moments else ""

    def trailing(self, trailing: Trailing) -> str:
        window = WINDOWS.get(trailing.months, f"{trailing.months} months")
        opening = "" if trailing.opening is None else f", {self.money(trailing.opening)}"
        return f"trailing({self.flow(trailing.rate)}, {window}{opening})"

    def event(self, event: Event) -> str:
        rank = str(event.rank) if event.rank else ""
        match event.when:
            case date():
                return braces([("date", event.when.isoformat()), ("rank", rank)])
            case Between():
                return braces([("date", quoted(between(event.when))), ("rank", rank)])
            case condition:
                return braces([("when", quoted(self.condition(condition))), ("rank", rank)])

    def exemption(self, exemption: Exemption) -> Record:
        amount, when = quoted(self.rate(exemption.amount)), quoted(self.condition(exemption.when))
        return exemption.name, braces([("when", when), ("amount", amount), ("over", exemption.over)])

    def payment(self, payment: Payment) -> str:
        promise, exceptions = payment.commitment, [self.exemption(e) for e in payment.exceptions]
        fields = [
            ("pays", "{from: firm, to: fund}"),
            ("amount", quoted(self.rate(payment.amount))),
            ("from", self.moments(payment.start)),
            ("until", self.moments(payment.end)),
            ("exceptions", braces(exceptions) if exceptions else ""),
            ("cap", quoted(self.level(payment.cap)) if payment.cap else ""),
            ("opening", self.money(payment.opening) if payment.opening else ""),
            ("commitment", f"{{amount: {self.money(promise.amount)}, by: {promise.by}}}" if promise else ""),
        ]
        return braces(fields)

    def until(self, tier: Tier) -> str:
        if len(tier.until) == 1 and isinstance(tier.until[0], Ends):
            return self.moment(tier.until[0].moment)
        return braces(self._target(target) for target in tier.until) if tier.until else ""

    def _target(self, target: UpTo | Ends) -> Record:
        match target:
            case UpTo(account, amount):
                return account, self.money(amount)
            case Ends(moment):
                return "ends", self.moment(moment)
            case _:
                assert_never(target)

    def tier(self, tier: Tier) -> str:
        share = braces((party, f"{weight} %") for party, weight in tier.shares)
        plain = tier.then in ("next", "redistribute")
        then = "" if tier.then == "next" else tier.then if plain else f"{{redirect: {tier.then}}}"
        return braces([("name", tier.name), ("share", share), ("until", self.until(tier)), ("then", then)])

    def waterfall(self, waterfall: Waterfall) -> str:
        fields = [
            ("of", "firm"),
            ("pot", quoted(self.flow(waterfall.pot))),
            ("from", self.moments(waterfall.start)),
            ("until", self.moments(waterfall.end)),
            ("opening", braces((a, self.money(v)) for a, v in waterfall.opening) if waterfall.opening else ""),
            ("tiers", f"[{', '.join(self.tier(t) for t in waterfall.tiers)}]"),
        ]
        return braces(fields)

    # the file

    def text(self, step: str) -> str:
        case = self.case
        head = f"case: reference\ntitle: Reference\ncurrency: USD\ntoday: {case.today}\n"
        head += f"simulate: {{until: {case.until}, step: {step}, day_count: ACT/ACT}}\n"
        return head + "".join(section(name, records) for name, records in self.sections())

    def sections(self) -> list[tuple[str, list[Record]]]:
        case = self.case
        parties = sorted({"firm", "fund"} | {p for w in case.waterfalls for p in w.parties})
        terms = [(p.name, self.payment(p)) for p in case.payments]
        return [
            ("parties", [(p, "{form: corporation}") for p in parties]),
            ("facts", [(n, f"{{value: {self.money(v)}}}") for n, v in case.constants]),
            ("assumptions", [(n, f"{{value: {quoted(between(b))}}}") for n, b in case.uncertain]),
            ("measures", self.measures()),
            ("events", [(e.name, self.event(e)) for e in case.events]),
            ("agreements", [("deal", f"{{parties: [firm, fund], terms: {braces(terms)}}}")] if terms else []),
            ("waterfalls", [(w.name, self.waterfall(w)) for w in case.waterfalls]),
        ]

    def measures(self) -> list[Record]:
        case = self.case
        totals = ((t.name, f"cum({self.flow(t.rate)}, {self.money(t.opening)})") for t in case.totals)
        return [
            *((n, f"{{rate: {quoted(self.rate(r))}}}") for n, r in case.rates),
            *((n, f"{{stock: {quoted(text)}}}") for n, text in totals),
            *((t.name, f"{{stock: {quoted(self.trailing(t))}}}") for t in case.trailings),
            *((n, f"{{status: {quoted(self.condition(c))}}}") for n, c in case.statuses),
        ]


def between(days: Between) -> str:
    """A drawn day."""
    return f"between({days.first}, {days.end})"


def section(name: str, records: list[Record]) -> str:
    """One section, nothing if it is empty."""
    return f"{name}:\n" + "".join(f"  {n}: {body}\n" for n, body in records) if records else ""
