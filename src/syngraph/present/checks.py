"""How a check stands, as text and as JSON: its verdict, the figure that decided it, its limit."""

from collections.abc import Iterator

from syngraph.analyses.figures import check_figure
from syngraph.analyses.study import CheckResult, Holding
from syngraph.base.dates import Clock
from syngraph.present.figures import labelled
from syngraph.present.formats import Object
from syngraph.present.numbers import figure
from syngraph.present.words import Words


def mark(check: CheckResult) -> str:
    """✓ as it should be, ✗ failed, ? undecided."""
    if check.holding is Holding.UNDECIDED:
        return "?"
    return "✗" if check.failed else "✓"


def check_detail(check: CheckResult, said: Words, clock: Clock | None = None) -> str:
    """The figure that decided a check with its limit, or why nothing did."""
    if check.reason:
        return said.text(f"reasons.{check.reason}")
    return " ".join([decided_by(check, said, clock), *check_remarks(check, said)])


def decided_by(check: CheckResult, said: Words, clock: Clock | None = None) -> str:
    """The figure and its limits: `on 82.7% of the paths, at least 50.0%`."""
    shown = check_figure(check)
    text = "" if shown is None else labelled(shown, said, clock)
    return said.text("run.separator").join([text, *_limits(check, said, clock)])


def _limits(check: CheckResult, said: Words, clock: Clock | None = None) -> Iterator[str]:
    for key, limit in (("at_least", check.at_least), ("at_most", check.at_most)):
        if limit is not None:
            yield said.text(f"run.{key}", limit=figure(limit, check.unit, said.language, clock=clock))


def check_remarks(check: CheckResult, said: Words) -> list[str]:
    """What else is to be said of a decided check: where it breaks, and that this was expected."""
    remarks = []
    if check.falls_between is not None:
        low, high = (f"{share:.0%}" for share in check.falls_between)
        remarks.append(said.text("run.falls_between", low=low, high=high))
    if check.expected_breach:
        remarks.append(said.text("run.expected_breach"))
    return remarks


def check_document(check: CheckResult, tag: str | None) -> Object:
    """A check as it stands: its figure as elsewhere, and its limits in the same unit."""
    shown = check_figure(check)
    statistic = None if shown is None else shown.statistic.value
    return {
        "name": check.name,
        "plan": check.plan,
        "holding": check.holding.value,
        "failed": check.failed,
        "expected_breach": check.expected_breach,
        "figure": check.figure,
        "statistic": statistic,
        "at_least": check.at_least,
        "at_most": check.at_most,
        "unit": check.unit,
        "paths": check.used,
        "reason": check.reason,
        "falls_between": check.falls_between,
        "tag": tag,
    }
