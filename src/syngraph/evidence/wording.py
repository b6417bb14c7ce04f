"""How a source is to be read: its language, where its words are at home, and the names whose figures are no amounts."""

from dataclasses import dataclass
from fractions import Fraction

from syngraph.evidence.digits import same_figures
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.mentions.parse import mentions


@dataclass(frozen=True, slots=True)
class Wording:
    """Language (BCP 47), region (ISO 3166), and names."""

    language: str = ""
    region: str = ""
    names: tuple[str, ...] = ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The quantities and dates of a text read this way."""
        return mentions(text, language=self.language, region=self.region, defined=self.names)

    def same(self, quote: str, passage: str) -> bool:
        """Whether two passages that are alike when folded say the same, as written: digits, quantities and dates."""
        if quote == passage:
            return True
        return same_figures(quote, passage) and self._said(quote) == self._said(passage)

    def _said(self, text: str) -> list[tuple[object, ...]]:
        return [
            (m.kind, m.value, m.unit, m.noun, m.bound, m.days, m.span, m.flags, m.reason) for m in self.mentions(text)
        ]


def value_text(mention: Mention) -> str:
    """What a mention is read as, in the words of a case: `13000000000 USD (more_than)`, `12 year`, `2030 (before)`."""
    unit = mention.unit or mention.noun
    match mention:
        case Mention(value=Fraction() as value):
            said = amount_text(value, unit)
        case Mention(value=Range(low, high)):
            said = _with_unit(f"{_number(low)}–{_number(high)}", unit)
        case Mention(kind=Kind.DATE) if mention.days is not None:
            return f"{mention.days.text} ({mention.span})" if mention.span else mention.days.text
        case _:
            return mention.reason or mention.kind.value
    return said if mention.bound == "exact" else f"{said} ({mention.bound})"


def amount_text(value: Fraction, unit: str) -> str:
    """An amount as a case has it: `13 bn USD`, `2/3`."""
    return _with_unit(_number(value), unit)


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


_MAGNITUDES = ((10**12, " tn"), (10**9, " bn"), (10**6, " m"))


def _number(value: Fraction) -> str:
    for size, name in _MAGNITUDES:
        if abs(value) >= size and (value / size * 1000).denominator == 1:
            return decimal_text(value / size) + name
    return decimal_text(value)


def decimal_text(value: Fraction) -> str:
    """A fraction as a decimal where it ends, else as it is."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = abs((value * 10**digits).numerator)
    text = str(whole).rjust(digits + 1, "0")
    return f"{'-' if value < 0 else ''}{text[:-digits]}.{text[-digits:]}"
