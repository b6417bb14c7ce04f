"""Reads what happens once: on a date, on a condition, or by a decision."""

from syngraph.base.dates import parse_edtf
from syngraph.base.diagnostics import error
from syngraph.load import values
from syngraph.load.assumptions import is_rest, one_rest
from syngraph.load.fields import Fields
from syngraph.load.moments import past_or_exact
from syngraph.load.notes import Notes
from syngraph.model.assumptions import Between
from syngraph.model.events import Become, Decision, Event, Never, OnCondition, OnDate, Outcome, Trigger
from syngraph.model.facts import BOUNDS
from syngraph.model.parties import FORMS
from syngraph.syntax.nodes import Entry, Mapping, Scalar

NEVER = "never"
EFFECTS = ("at_hit", "next")
TRIGGERS = ("date", "when", "hazard", "outcomes", "by", "after")


def event(fields: Fields) -> Event | None:
    """An event with its trigger and what it changes."""
    by, after = fields.refers("by", "decider"), fields.refers("after", "happening")
    trigger, rank = _trigger(fields), fields.count("rank") or 0
    waits = fields.one_of("effect", EFFECTS, default="at_hit") == "next"
    bound = fields.one_of("bound", BOUNDS, default="exact")
    effects, title = fields.children("effects", _effect), fields.local("title")
    head = fields.head()
    return Event(head, trigger, by, after, rank, waits, effects, title, bound) if trigger else None


def _trigger(fields: Fields) -> Trigger | None:
    fields.known.update(dict.fromkeys(TRIGGERS))
    fields.not_both("when", "date", "hazard")
    fields.not_both("when", "outcomes")
    if fields.has("outcomes", "hazard"):
        return _decision(fields)
    if fields.has("date"):
        return _on_date(fields)
    if fields.has("when"):
        return _on_condition(fields)
    if fields.has("by", "after"):
        return Decision(None, None, ())
    fields.notes.wrong(error("event-without-trigger", fields.span, name=fields.name, paste="when: never"))
    return None


def _decision(fields: Fields) -> Decision:
    date = _on_date(fields) if fields.has("date") else None
    hazard = fields.readings("hazard")
    pairs = fields.pairs("outcomes")
    one_rest(pairs, fields.notes)
    outcomes = [o for o in (_outcome(e, fields.notes) for e in pairs) if o]
    return Decision(date, hazard, tuple(outcomes))


def _outcome(entry: Entry, notes: Notes) -> Outcome | None:
    values.check_name(entry.key, notes)
    if is_rest(entry):
        return Outcome(entry.key.text, None)
    probability = values.as_expr(entry.value, notes)
    return Outcome(entry.key.text, probability) if probability else None


def _on_condition(fields: Fields) -> OnCondition | Never | None:
    node = fields.take("when")
    if isinstance(node, Scalar) and node.text == NEVER:
        return Never()
    condition = fields.readings("when") if node else None
    return OnCondition(condition) if condition else None


def _on_date(fields: Fields) -> OnDate | None:
    node = fields.take("date")
    scalar = values.as_scalar(node, fields.notes) if node else None
    if scalar is None:
        return None
    interval = parse_edtf(scalar.text)
    if interval is not None:
        past_or_exact(interval, scalar, fields.notes)
        return OnDate(interval)
    if not scalar.text.startswith("between"):
        fields.notes.wrong(error("not-a-date", scalar.span, found=scalar.text))
        return None
    days = values.as_between(values.as_expr(scalar, fields.notes), fields.notes)
    return _drawn(Between(*days), fields.notes) if days else None


def _drawn(between: Between, notes: Notes) -> OnDate:
    if notes.today and between.first < notes.today:
        paste = f"between({notes.today.isoformat()}, {between.end.isoformat()})" if notes.today < between.end else ""
        found, today = between.first.isoformat(), notes.today.isoformat()
        notes.wrong(error("between-in-past", between.span, paste=paste, found=found, today=today))
    return OnDate(between)


def _effect(fields: Fields) -> Become | None:
    if not fields.has("become"):
        found = ", ".join(k for k in fields.entries if k not in ("cite", "why"))
        paste = "{become: public_benefit_corporation, party: …}"
        fields.notes.wrong(error("effect-unknown", fields.span, found=found, known="become", paste=paste))
        fields.known.update(dict.fromkeys(fields.entries))
        return None
    form = fields.one_of("become", FORMS)
    party, head = fields.refer("party", "party", example="…"), fields.head()
    return Become(head, party, form)


def outcomes_of(node: Mapping) -> tuple[str, ...]:
    """The names of the outcomes of an event as written."""
    outcomes = node.get("outcomes")
    return tuple(e.key.text for e in outcomes.entries) if isinstance(outcomes, Mapping) else ()
