"""Which claims of a case rest neither on a quote nor on a reason."""

from collections.abc import Iterator
from typing import Any

from syngraph.base.diagnostics import Diagnostic, note
from syngraph.expr.nodes import Expr, Number
from syngraph.expr.walk import walk
from syngraph.model.assumptions import Correlation
from syngraph.model.case import Case
from syngraph.model.citations import records
from syngraph.model.events import Event, Never
from syngraph.model.measures import Dependence, Measure
from syngraph.model.records import Head

_SPAN = ("from", "until")
_PERSONS = ("holder", "bearer", "by")
_RIGHT = (*_PERSONS, "amount", "seats", "mode", "exclusive", "priority", "event", "when", *_SPAN)
_PAYMENT = ("pays", "amount", "cap", "opening", "commitment", "minimum")
_STAGES = ("proposed", "announced", "signed", "effective", "ended")

# The fields that say something about the world, by section. Names, titles, kinds and what only points to another record
# say nothing; a plan supposes, a check demands, and a source is described, not quoted.
_CLAIMS = {
    "parties": ("fiscal_year_end",),
    "bodies": ("seats", "filled_by", "standard", "of"),
    "facts": ("value", "readings", "says", "valid"),
    "facts.series": ("valid", "value"),
    "assumptions": ("value", "readings", "one_of"),
    "measures": ("rate", "flow", "stock", "status"),
    "dependences": ("share",),
    "events": ("by", "after", "date", "when", "hazard", "outcomes"),
    "events.effects": ("become", "party"),
    "agreements": ("binding", *_STAGES),
    "agreements.terms": ("right", "when", *_PAYMENT, *_SPAN),
    "agreements.terms.exceptions": ("when", "amount", "limited", "exclusive", "priority", "matter"),
    "rights": _RIGHT,
    "rights.exceptions": ("when", "limited", "exclusive", "priority", "matter"),
    "waterfalls": ("pot", "opening", *_SPAN),
    "waterfalls.tiers": ("share", "until", "then"),
    "positions": ("by", "for", "against", "ground"),
    "disputes": ("between", "over", "ground"),
    "offers": ("by", "for", "amount", "solicited"),
}
# A term is a record of its own: what is quoted for an agreement says that there is one, not what it demands.
_INDEPENDENT = frozenset({"agreements.terms"})


def unreasoned(case: Case) -> Iterator[Diagnostic]:
    """A note for each record with claims that have neither a quote nor a reason.

    A part (a tier, an exception, an effect, a period) rests on what the record it stands in rests on.
    """
    rested: dict[str, tuple[Head, bool]] = {}
    for head, record in records(case):
        section, _, part = head.section.rpartition(".")
        above = section in rested and head.section not in _INDEPENDENT and _covers(*rested[section], part)
        rested[head.section] = head, above
        bare = [field for field in _claims(head, record) if not _covers(head, above, field)]
        if bare:
            yield _note(head, bare)
    for correlation in case.correlations:
        if not correlation.cites and not correlation.why:
            yield _of_correlation(correlation)


def _covers(head: Head, above: bool, field: str) -> bool:
    """Whether a field of a record, or a part under it, rests on something; `above` if the whole record does already."""
    reasons = dict(head.whys)
    return above or bool(head.cites) or "" in reasons or field in reasons


def _claims(head: Head, record: Any) -> Iterator[str]:
    for field in head.fields:
        if field in _CLAIMS.get(head.section, ()) and not _says_nothing(field, record):
            yield field


def _says_nothing(field: str, record: Any) -> bool:
    """Whether a field is there for the computation only: a formula of other names, or an event only a plan turns on."""
    match record:
        case Measure(value=value) | Dependence(share=value):
            return not any(_is_claim(node) for _, formula in value.options for node in walk(formula))
        case Event(trigger=Never()):
            return field == "when"
        case _:
            return False


def _is_claim(node: Expr) -> bool:
    """Whether a part of a formula is a number that somebody chose: nought, one and two are arithmetic."""
    return isinstance(node, Number) and node.quantity.amount not in (0, 1, 2)


def _note(head: Head, bare: list[str]) -> Diagnostic:
    paste = f"why: {{{', '.join(f'{field}: …' for field in bare)}}}" if head.whys else "why: our judgement"
    return note("no-reason", head.span, name=head.name, fields=", ".join(bare), paste=paste)


def _of_correlation(correlation: Correlation) -> Diagnostic:
    name = " / ".join(correlation.of)
    return note("no-reason", correlation.span, name=name, fields="rank", paste="why: our judgement")
