"""What falls short of a commitment on its day, and of a yearly minimum when a contract year, or its term, ends."""

from datetime import date

from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Level, Lowering
from syngraph.compile.nodes.values import START, UNKNOWN, WHOLE, Sums, Value, of_points
from syngraph.compile.values import spans
from syngraph.compile.values.accumulations import closed
from syngraph.expr.nodes import Expr, Name
from syngraph.graph.constants import day as certain_day
from syngraph.graph.kinds import Kind
from syngraph.ir.program import NONE, Closing, Jump, Turn
from syngraph.model.agreements import Moment, Payment, Pledge

_FAR = 1e6  # years: later than any run
_SLACK = 1e-9  # years: a stretch that ends so near an anniversary ends there


def shortfall(low: Lowering, term: Payment, on: Node, paid: Value, account: Level | None) -> Value:
    """Nothing flows evenly: what is missing is a sum, when it is due."""
    zero = low.build.const(0.0)
    begun, ended = zero, zero
    if term.commitment is not None and account is not None:
        ended = _of_commitment(low, term.commitment, paid, account.state)
    if term.minimum is not None:
        found = _of_minimum(low, term, term.minimum, on, paid)
        if found is None:
            return UNKNOWN
        begun, ended = found.start, low.build.add(ended, found.end)
    return Value(Kind.FLOW, paid.dimension, zero, zero, zero, sums=Sums(begun, ended))


def _of_commitment(low: Lowering, pledge: Pledge, paid: Value, account: Node) -> Node:
    """What the account misses at the end of the day before; today or earlier is history."""
    value, build = low.value(pledge.amount, START), low.build
    nothing = build.const(0.0)
    if not value.known:
        return nothing
    if value.kind is not Kind.CONSTANT or value.dimension != paid.dimension:
        low.wrong("amount-wanted", pledge.amount.span, found=value.words())
        return nothing
    if not low.grid.today < pledge.by <= low.grid.segments[-1].end:
        return nothing
    due = build.make("eq", low.until(), build.const(low.grid.years_to(pledge.by)))
    return _due(low, due, _missing(low, value.start, closed(low, build.add(account, low.amount(paid)), paid)))


def _missing(low: Lowering, owed: Node, paid: Node) -> Node:
    return low.build.larger(low.build.sub(owed, paid), low.build.const(0.0))


def _due(low: Lowering, due: Node, amount: Node) -> Node:
    """The amount where it is due at the end of a stretch, else nothing."""
    low.closings.append(Closing(due, low.build.origin))
    return low.build.select(due, amount, low.build.const(0.0))


def _sum_jump(low: Lowering, due: Node) -> int:
    one = low.build.const(1.0)
    return low.jump(Jump(Turn.SUM, due, one, 0, False, NONE, (), low.build.origin))


# a minimum, year by year


def _of_minimum(low: Lowering, term: Payment, minimum: Expr, on: Node, paid: Value) -> Sums | None:
    """Of each contract year as much is owed as the term lasts in it; what is missing is due when year or term ends."""
    build = low.build
    least = low.value(minimum, WHOLE)
    if not least.known:
        return None
    if least.kind is not Kind.RATE or least.dimension != paid.dimension:
        low.wrong("rate-wanted", minimum.span, found=least.words())
        return None
    name, zero = term.head.name, build.const(0.0)
    owed, got = (build.state(f"{what} {name}", zero) for what in ("owed", "paid of the year"))
    owing = of_points(Kind.RATE, paid.dimension, (build.select(on, node, zero) for node in least.points()))
    owed_end, got_end = build.add(owed, low.amount(owing)), closed(low, build.add(got, low.amount(paid)), paid)
    year, anchor = _contract_year(low, term)
    ends = build.at_most(build.sub(year, build.const(_SLACK)), low.until())
    settled = build.either(ends, _ends_here(low, term))
    for state, end in ((owed, owed_end), (got, got_end)):
        build.hand_on(state, build.select(settled, zero, end))
    build.hand_on(year, build.select(ends, build.make("anniversary", anchor, year), year))
    over = build.both(build.no(on), build.less(zero, owed))
    jump = _sum_jump(low, over)
    for state in (owed, got):
        low.sets(jump, state, zero)
    begun = build.select(over, _missing(low, owed, got), zero)
    return Sums(begun, _due(low, settled, _missing(low, owed_end, got_end)))


def _ends_here(low: Lowering, term: Payment) -> Node:
    """Whether the stretch ends with a day that ends the term: what is missing still belongs to it."""
    build, result = low.build, low.build.const(0.0)
    for moment in low.scope.span(term.head.name, term.active).ends:
        day = _known_day(low, moment)
        node = build.const(low.grid.years_to(day)) if day is not None else spans.day_of(low, low.scope.settled(moment))
        if node is not None:
            result = build.either(result, build.make("eq", low.until(), node))
    return result


def _contract_year(low: Lowering, term: Payment) -> tuple[Node, Node]:
    """When the contract year ends, and the day it is counted from: `effective`, `signed`, `from`, or 1 January."""
    build, agreement = low.build, low.scope.agreement_of(term.head.name)
    stages = dict(agreement.stages) if agreement is not None else {}
    given = [stages[s] for s in ("effective", "signed") if s in stages] + list(term.active.starts[:1])
    known = _known_day(low, given[0]) if given else date(low.grid.today.year, 1, 1)
    name, far = f"contract year of {term.head.name}", build.const(_FAR)
    if known is not None:
        anchor = build.const(low.grid.years_to(_recent(known, low.grid.today)))
        first = build.make("anniversary", anchor, build.larger(anchor, build.const(0.0)))
        year = build.state(name, first)
    else:
        year, anchor = build.state(name, far), build.state(f"begin of the {name}", far)
        begun = _sum_jump(low, build.both(spans.moment_on(low, given[0]).start, build.make("eq", anchor, far)))
        low.sets(begun, anchor, low.clock())
        low.sets(begun, year, build.make("anniversary", low.clock(), low.clock()))
    low.stop_at(year)
    return year, anchor


def _known_day(low: Lowering, moment: Moment) -> date | None:
    moment = low.scope.settled(moment)
    if moment.day is not None:
        return moment.day.exact or moment.day.first
    if moment.name in low.scope.events:
        event = low.scope.events[moment.name]
        return None if event.given is None or event.after else event.given.exact or event.given.first
    return certain_day(Name(moment.name, moment.span), low.scope)


def _recent(start: date, today: date) -> date:
    """The day itself, or its last anniversary that is not after today; of 29 February the last that has one."""
    year = max(start.year, min(today.year, date.max.year))
    while year > start.year and not _has(start, year, today):
        year -= 1
    return start.replace(year=year)


def _has(day: date, year: int, today: date) -> bool:
    try:
        return day.replace(year=year) <= today
    except ValueError:
        return False
