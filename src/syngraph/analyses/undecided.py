"""Which conditions hold although a decision has not been taken."""

from collections.abc import Iterator
from typing import Any

from syngraph.base.diagnostics import Diagnostic, note
from syngraph.base.parts import parts
from syngraph.base.spans import Span
from syngraph.expr.nodes import Comparison, Expr, Logic, Name, Not, Truth
from syngraph.expr.walk import walk
from syngraph.graph.names import OutcomeOf, Part, Scope, make_scope
from syngraph.model.case import Case
from syngraph.model.checks import Check, Proven
from syngraph.model.citations import records
from syngraph.model.events import Decision, Event
from syngraph.model.measures import KINDS, Measure
from syngraph.model.records import Head

# the fields in which formulas stand
_FORMULAS = frozenset({"when", "amount", "cap", "pot", "share", "probability", "value", *KINDS})


def true_before(case: Case) -> Iterator[Diagnostic]:
    """A note for each `not event.outcome`: it is true as well before the decision.

    A property to be proven is asked of every state, the undecided ones among them; a `why:` for the formula says that
    this is meant.
    """
    scope = make_scope(case)
    for head, record in records(case):
        proven = isinstance(record, Check) and isinstance(record.prop, Proven)
        if not proven and _FORMULAS.isdisjoint(dict(head.whys)):
            for formula in _formulas(record):
                yield from _notes(scope, formula)


def _formulas(record: Any) -> Iterator[Expr]:
    """The formulas of a record in all their readings, without those of its parts."""
    waiting: list[Any] = [record]
    while waiting:
        value = waiting.pop()
        match value:
            case Head() | Span():
                pass
            case tuple():
                waiting += reversed(value)
            case _ if isinstance(value, Expr):
                yield value
            case _ if value is record or not hasattr(value, "head"):
                waiting += [part for _, part in reversed(parts(value))]
            case _:
                pass


def _notes(scope: Scope, formula: Expr) -> Iterator[Diagnostic]:
    for node in walk(formula):
        denied = _denied(node)
        if denied is None:
            continue
        asked = _asked(scope, denied)
        alone = isinstance(denied, Name) and sum(map(len, asked.values())) == 1
        for event, outcomes in asked.items():
            others = [o for o in _outcomes(scope.events[event]) if o not in outcomes]
            if others or len(outcomes) == 1:
                paste = f"{event}.{others[0]}" if len(others) == 1 and alone else ""
                yield note("not-before-decision", node.span, name=event, outcome=f"{event}.{outcomes[0]}", paste=paste)


def _denied(node: Expr) -> Expr | None:
    """What a part says is not so."""
    match node:
        case Not(operand=operand):
            return operand
        case Comparison(operator="==", left=Name() as name, right=Truth(value=False)):
            return name
        case Comparison(operator="!=", left=Name() as name, right=Truth(value=True)):
            return name
        case _:
            return None


def _asked(scope: Scope, condition: Expr) -> dict[str, list[str]]:
    """The outcomes a condition is made of, by event; a status stands for its condition."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    waiting = [condition]
    while waiting:
        match waiting.pop():
            case Logic(left=left, right=right):
                waiting += [right, left]
            case Name(text=text) if text not in seen:
                seen.add(text)
                match scope.bound(text):
                    case OutcomeOf(event=event, outcome=outcome):
                        found.setdefault(event.head.name, []).append(outcome)
                    case Part(unit=Measure(kind="status", value=value)):
                        waiting.append(value.chosen)
                    case _:
                        pass
            case _:
                pass
    return found


def _outcomes(event: Event) -> tuple[str, ...]:
    match event.trigger:
        case Decision(outcomes=outcomes):
            return tuple(o.name for o in outcomes)
        case _:
            return ()
