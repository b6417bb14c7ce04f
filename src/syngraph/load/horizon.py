"""Reads what is said once: the case's name, title, currency, day, horizon and discount."""

from dataclasses import dataclass
from datetime import date

from syngraph.base.dates import parse_day
from syngraph.base.diagnostics import error
from syngraph.base.texts import LocalText
from syngraph.base.units import CURRENCIES
from syngraph.expr.nodes import Expr
from syngraph.load.fields import Fields
from syngraph.load.notes import Notes
from syngraph.model.case import DAY_COUNTS, STEPS, Horizon
from syngraph.syntax.nodes import Mapping, Scalar


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case says of itself before any record."""

    name: str
    title: LocalText
    currency: str
    today: date
    horizon: Horizon
    discount: Expr | None


# stands in while the other sections of an incomplete case are read
NOTHING_SAID = Opening("", LocalText(()), "", date.min, Horizon(date.max), None)


def today_of(tree: Mapping) -> date | None:
    """The day the case is told on, if it can be read."""
    node = tree.get("today")
    return parse_day(node.text) if isinstance(node, Scalar) else None


def opening(tree: Mapping, notes: Notes) -> Opening | None:
    """The single sections; each missing one is noted with text to paste."""
    fields = Fields(tree, notes, name="", section="", span=tree.span)
    name, title = fields.text("case", example="my_case"), fields.local("title", example="{en: …, zh-Hant: …}")
    currency, today = _currency(fields), fields.day("today", example="2026-01-01")
    horizon, discount = _horizon(fields, today), fields.expr("discount")
    complete = name and title and today and horizon
    return Opening(name, title, currency, today, horizon, discount) if complete else None  # type: ignore[arg-type]


def _currency(fields: Fields) -> str:
    text = fields.text("currency", example="USD")
    if text and text not in CURRENCIES:
        upper = text.upper()
        paste = upper if upper in CURRENCIES else ""
        fields.notes.wrong(error("unknown-currency", fields.entries["currency"].value.span, found=text, paste=paste))
    return text


def _horizon(fields: Fields, today: date | None) -> Horizon | None:
    inner = fields.inner("simulate", example="{until: 2036-01-01, step: quarter}")
    if inner is None:
        return None
    inner.section, inner.name = "simulate", "simulate"
    until = inner.day("until", example="2036-01-01")
    step = inner.one_of("step", STEPS, default="quarter")
    day_count = inner.one_of("day_count", DAY_COUNTS, default="ACT/ACT")
    inner.finish()
    if until and today and until <= today:
        span = inner.entries["until"].value.span
        fields.notes.wrong(error("until-before-today", span, until=until.isoformat(), today=today.isoformat()))
    return Horizon(until, step, day_count, inner.node.span) if until else None
