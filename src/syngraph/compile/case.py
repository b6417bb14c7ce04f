"""From a case to its program: the entry of the package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from syngraph.base.diagnostics import Diagnostic, error, has_errors, in_order
from syngraph.compile import units
from syngraph.compile.checks import Test, lower_checks
from syngraph.compile.moments.events import find_circles, open_latches, place_events
from syngraph.compile.nodes.grid import Grid, make_grid
from syngraph.compile.nodes.lowering import Builders, Lowering
from syngraph.compile.nodes.values import END, START, WHOLE
from syngraph.compile.outputs import Quantity, all_outputs
from syngraph.compile.traces import NO_TRACES, Traces, traces
from syngraph.compile.values import accumulations, expressions
from syngraph.compile.values.correlations import correlated
from syngraph.compile.values.switches import all_switches
from syngraph.graph.days import known_dates
from syngraph.graph.fractions import Fractions
from syngraph.graph.names import make_scope
from syngraph.graph.order import unit_order
from syngraph.graph.typing import Types
from syngraph.ir.opcodes import Varies
from syngraph.ir.program import Output, Program, Switch
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
    traces: Traces = NO_TRACES


def compile_plans(
    cases: Sequence[Case], *, until: date | None = None, extra: Iterable[date] = ()
) -> tuple[Compiled, ...]:
    """Every plan on one shared grid; `until` ends the run earlier than the case does, `extra` are days to cut at."""
    if not cases:
        return ()
    first, horizon = cases[0], cases[0].horizon
    end = min(horizon.until, until) if until else horizon.until
    dates = known_dates(cases) | frozenset(extra)
    grid = make_grid(first.today, end, horizon.step, horizon.day_count, dates, horizon=horizon.until)
    return tuple(compile_case(case, grid) for case in cases)


def compile_case(case: Case, grid: Grid) -> Compiled:
    """The program of one plan, with every quantity as a series; `prune` keeps those a question needs."""
    if len(grid.segments) > MOST_SEGMENTS:
        span = case.horizon.span
        return Compiled(case, None, (), (), (error("too-many-segments", span, limit=str(MOST_SEGMENTS)),))
    scope = make_scope(case)
    order, cycles = unit_order(scope)
    types = Types(scope, order.along)
    low = Lowering(scope, grid, order, Builders(units.evaluate, expressions.lower), types, Fractions(types))
    for cycle in cycles:
        low.wrong("cycle", scope.units[cycle[0]].head.span, names=" → ".join(cycle), paste="prev(…)")
    low.correlated = correlated(low)
    find_circles(low)
    if has_errors(low.found):
        return Compiled(case, None, (), (), _findings(low))
    return _compiled(low)


def _findings(low: Lowering) -> tuple[Diagnostic, ...]:
    return in_order(dict.fromkeys(low.found))


def _compiled(low: Lowering) -> Compiled:
    """What holds at one moment first, then what flows over a stretch, so that long chains do not nest."""
    case = low.scope.case
    open_latches(low)
    for order, moment in ((low.order.at_once, START), (low.order.along, WHOLE)):
        for name in order:
            low.ask(low.scope.units[name], moment)
    for unit in (low.scope.units[name] for name in low.order.along):
        if units.changes_at_end(low, unit):
            low.ask(unit, END)
    if has_errors(low.found):
        return Compiled(case, None, (), (), _findings(low))
    place_events(low)
    outputs, quantities = all_outputs(low)
    _rights(low)
    tests = lower_checks(low, outputs)
    accumulations.hand_on_all(low)
    switches = all_switches(low)
    _check_known(low)
    found = _findings(low)
    if has_errors(found):
        return Compiled(case, None, tuple(quantities), tests, found)
    followed = traces(low)
    return Compiled(case, _assemble(low, outputs, switches), tuple(quantities), tests, found, followed)


def _check_known(low: Lowering) -> None:
    """What has no value has a reason that was said; what has none needs itself."""
    for name in low.order.at_once:
        unit = low.scope.units[name]
        if not has_errors(low.found) and not all(v.known for v in low.ask(unit, WHOLE).values()):
            low.wrong("cycle", unit.head.span, names=f"{name} → {name}", paste="prev(…)")


def _rights(low: Lowering) -> None:
    """Conditions of rights are validated though no run needs them."""
    terms = [t for a in low.scope.case.agreements for t in a.terms]
    low.proving = True
    for right in (*low.scope.case.rights, *(t for t in terms if isinstance(t, Right))):
        for condition in (right.when, *(e.condition for e in right.exceptions)):
            if condition is not None:
                expressions.truth(low, condition.chosen, START)
    low.proving = False


def _assemble(low: Lowering, outputs: list[Output], switches: tuple[Switch, ...]) -> Program:
    build = low.build
    columns = tuple(build.columns)
    rows = tuple(zip(*(build.columns[c] for c in columns), strict=True)) if columns else ((),) * len(low.grid.segments)
    return Program(
        once=build.part(Varies.NEVER, Varies.PATH),
        enter=build.part(Varies.SEGMENT, Varies.SEGMENT),
        stretch=build.part(Varies.STRETCH, Varies.STRETCH),
        states=build.states(),
        switches=switches,
        days=tuple(low.days),
        windows=tuple(build.windows),
        jumps=tuple(low.jumps),
        closings=tuple(low.closings),
        outputs=tuple(sorted(outputs, key=lambda o: (o.name, o.fold.name))),
        guards=tuple(build.guards),
        segments=low.grid.segments,
        columns=columns,
        params=rows,
        betas=tuple(build.betas),
        integrals=tuple(sorted(low.integrals)),
        calendar=low.grid.calendar,
    )
