"""What mentions say, on one line each, so that examples can be read as sentences with their answers."""

from fractions import Fraction

from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.evidence.mentions.parse import mentions


def said(mention: Mention) -> str:
    """`27 % about`, `12 year`, `40 representatives`, `2025-09-11 on`, `1000000..2000000 USD vague`, `relative`, `? separators`."""
    match mention.kind:
        case Kind.QUANTITY | Kind.DURATION | Kind.COUNT:
            bound = "" if mention.bound == "exact" else mention.bound
            return " ".join(word for word in (number(mention.value), mention.unit, mention.noun, bound) if word)
        case Kind.DATE:
            return f"{mention.days.text} {mention.span}"
        case Kind.UNPARSED:
            return f"? {mention.reason}"
        case _:
            return mention.kind.value


def number(value: Fraction | Range | None) -> str:
    if isinstance(value, Range):
        return f"{number(value.low)}..{number(value.high)}"
    return str(value)


def read(text: str, region: str, language: str = "") -> list[str]:
    """What every mention of `text` says."""
    spoken = language or ("en" if region in ("US", "GB") else "zh-Hant")
    return [said(mention) for mention in mentions(text, language=spoken, region=region)]
