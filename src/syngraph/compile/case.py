"""From a case to its program: the entry of the package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from syngraph.base.diagnostics import Diagnostic, error, has_errors, in_order
from syngraph.compile import accumulations, expressions, units
from syngraph.compile.checks import Test, expressions_of, lower_checks
from syngraph.compile.correlations import correlated
from syngraph.compile.dates import known_dates
from syngraph.compile.events import find_groups, interacting, open_days, open_latches, place_hits
from syngraph.compile.grid import Grid, make_grid
from syngraph.compile.lowering import Lowering
from syngraph.compile.outputs import INTERACTING, Quantity, all_outputs
from syngraph.compile.scope import make_scope
from syngraph.compile.worlds import BEFORE, WHOLE
from syngraph.ir.program import Fold, Output, Program
from syngraph.model.agreements import Right
from syngraph.model.case import Case

MOST_SEGMENTS = 3_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """A case under one plan, as a program; without a program the diagnostics say why."""

    case: Case
    program: Program | None
    quantities: tuple[Quantity, ...]
    tests: tuple[Test, ...]
    diagnostics: tuple[Diagnostic, ...]


def compile_plans(
    cases: Sequence[Case], *, until: date | None = None, extra: Iterable[date] = ()
) -> tuple[Compiled, ...]:
    """Every plan on one shared grid; `until` ends the run earlier than the case does, `extra` are days to cut at."""
    if not cases:
        return ()
    first = cases[0]
    end = min(first.horizon.until, until) if until else first.horizon.until
    dates = known_dates(cases) | frozenset(extra)
    grid = make_grid(first.today, end, first.horizon.step, first.horizon.day_count, dates)
    return tuple(compile_case(case, grid) for case in cases)


def compile_case(case: Case, grid: Grid) -> Compiled:
    """The program of one plan, with every quantity as a series; `prune` keeps those a question needs."""
    if len(grid.segments) > MOST_SEGMENTS:
        span = case.horizon.span
        return Compiled(case, None, (), (), (error("too-many-segments", span, limit=str(MOST_SEGMENTS)),))
    low = Lowering(make_scope(case), grid)
    low.correlated = correlated(low)
    open_latches(low)
    find_groups(low, [e for check in case.checks for e in expressions_of(check)])
    if not has_errors(low.found):
        return _program(low, case)
    return Compiled(case, None, (), (), in_order(low.found))


def _program(low: Lowering, case: Case) -> Compiled:
    open_days(low)
    for name in low.order:
        units.evaluate(low, low.scope.units[name], BEFORE)
    place_hits(low)
    if has_errors(low.found):
        return Compiled(case, None, (), (), in_order(low.found))
    outputs, quantities = all_outputs(low)
    low.at(INTERACTING, None)
    outputs.append(Output(INTERACTING, interacting(low), Fold.TOTAL))
    _rights(low)
    tests = lower_checks(low, outputs)
    accumulations.hand_on_all(low)
    found = in_order(low.found)
    if has_errors(found):
        return Compiled(case, None, tuple(quantities), tests, found)
    return Compiled(case, _assemble(low, outputs), tuple(quantities), tests, found)


def _rights(low: Lowering) -> None:
    """Conditions of rights are validated though no run needs them."""
    terms = [t for a in low.scope.case.agreements for t in a.terms]
    for right in (*low.scope.case.rights, *(t for t in terms if isinstance(t, Right))):
        low.proving = True
        for condition in (right.when, *(e.condition for e in right.exceptions)):
            if condition is not None:
                expressions.truth(low, condition.chosen, WHOLE)
        low.proving = False


def _assemble(low: Lowering, outputs: list[Output]) -> Program:
    build = low.build
    once = tuple(e for e, step in zip(build.equations, build.in_step, strict=True) if not step)
    step = tuple(e for e, step in zip(build.equations, build.in_step, strict=True) if step)
    columns = tuple(build.columns)
    rows = tuple(zip(*(build.columns[c] for c in columns), strict=True)) if columns else ((),) * len(low.grid.segments)
    ordered_outputs = tuple(sorted(outputs, key=lambda o: (o.name, o.fold.name)))
    return Program(
        once,
        step,
        build.states(),
        ordered_outputs,
        tuple(build.guards),
        low.grid.segments,
        columns,
        rows,
        tuple(build.betas),
    )
