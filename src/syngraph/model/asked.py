"""What is asked of a run, as values: one function makes each into the name of its series, one reads it back."""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

PAID, SHORTFALL = "paid", "shortfall"
_CALL = re.compile(r"(paid|received|present_value|date|happened)\((.+)\)")
_CHECK = "check "


class Statistic(Enum):
    """What a figure says of the paths: their median, mean, the share on which it is so; or the central one."""

    MEDIAN = "median"
    MEAN = "mean"
    SHARE = "share"
    CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class PartOf:
    """A unit as such, or a part of it: what a term pays, a party's share of a waterfall, the outcome of a decision."""

    unit: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """All that a party pays."""

    party: str


@dataclass(frozen=True, slots=True)
class Received:
    """All that a party is paid."""

    party: str


@dataclass(frozen=True, slots=True)
class PresentValue:
    """What all payments of a flow are worth today."""

    of: "PartOf | Paid | Received"


@dataclass(frozen=True, slots=True)
class DateOf:
    """The day of an event, on the paths on which it comes."""

    event: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Whether an event has come."""

    event: str


@dataclass(frozen=True, slots=True)
class CheckOf:
    """What a check asks for."""

    name: str


Flow = PartOf | Paid | Received
Asked = Flow | PresentValue | DateOf | Happened | CheckOf


def text_of(asked: Asked) -> str:
    """The name of its series: `deal.fee.paid`, `received(maker)`, `present_value(received(maker))`, `date(opening)`."""
    match asked:
        case PartOf(unit=unit, part=part):
            return f"{unit}.{part}" if part else unit
        case Paid(party=party):
            return f"paid({party})"
        case Received(party=party):
            return f"received({party})"
        case PresentValue(of=of):
            return f"present_value({text_of(of)})"
        case DateOf(event=event):
            return f"date({event})"
        case Happened(event=event):
            return f"happened({event})"
        case CheckOf(name=name):
            return f"{_CHECK}{name}"
        case _:
            assert_never(asked)


def asked_of(text: str, units: Container[str] = ()) -> Asked:
    """What such a name asks for; `units` are the names that may have parts: those of terms, waterfalls, decisions."""
    if text.startswith(_CHECK):
        return CheckOf(text.removeprefix(_CHECK))
    call = _CALL.fullmatch(text)
    if call is None:
        return _part(text, units)
    inner = call[2]
    match call[1]:
        case "paid":
            return Paid(inner)
        case "received":
            return Received(inner)
        case "date":
            return DateOf(inner)
        case "happened":
            return Happened(inner)
        case _:
            return _worth(text, inner, units)


def _part(text: str, units: Container[str]) -> PartOf:
    unit, _, part = text.rpartition(".")
    return PartOf(unit, part) if text not in units and unit in units else PartOf(text)


def _worth(text: str, inner: str, units: Container[str]) -> Asked:
    """Only what flows has a present value."""
    match asked_of(inner, units):
        case (PartOf() | Paid() | Received()) as flow:
            return PresentValue(flow)
        case _:
            return PartOf(text)
