"""What falls short of a commitment on its day, and of a yearly minimum when a contract year, or its term, ends."""

from dataclasses import dataclass
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
    """Of each contract year as much is owed as the term lasts in it; what is missing is due when year or term ends.

    It is due too where the contract years begin, if the term ran before.
    """
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
    years = _contract_year(low, term)
    ends = build.at_most(build.sub(years.end, build.const(_SLACK)), low.until())
    settled = build.either(ends, _ends_here(low, term))
    for state, end in ((owed, owed_end), (got, got_end)):
        build.hand_on(state, build.select(settled, zero, end))
    if paid.sums is not None:
        build.post(got, paid.sums.start)
    build.hand_on(years.end, build.select(ends, build.make("anniversary", years.anchor, years.end), years.end))
    over = build.both(build.no(on), build.less(zero, owed))
    for jump in (_sum_jump(low, over), *years.begun):
        for state in (owed, got):
            low.sets(jump, state, zero)
        over = build.either(over, low.jumps[jump].due)
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


@dataclass(frozen=True, slots=True)
class _Years:
    """The contract years: when this one ends, the moment they are counted from, and the jump with which they begin."""

    end: Node
    anchor: Node
    begun: tuple[int, ...] = ()


def _contract_year(low: Lowering, term: Payment) -> _Years:
    """They begin with `effective`, `signed`, the first `from`, or 1 January; until then by the calendar."""
    build, today, zero = low.build, low.grid.today, low.build.const(0.0)
    begins = _begins(low, term)
    past = [day for day in (_known_day(low, moment) for moment in begins) if day is not None and day <= today]
    anchor = build.const(low.grid.years_to(_recent(min(past, default=date(today.year, 1, 1)), today)))
    name = f"contract year of {term.head.name}"
    end = build.state(name, build.make("anniversary", anchor, zero))
    low.stop_at(end)
    if past or not begins:
        return _Years(end, anchor)
    moving, come = build.state(f"begin of the {name}", anchor), build.state(f"{name} has begun", zero, truth=True)
    begun = _sum_jump(low, build.both(spans.any_on(low, begins), build.no(come)))
    low.sets(begun, come, build.const(1.0))
    low.sets(begun, moving, low.clock())
    low.sets(begun, end, build.make("anniversary", low.clock(), low.clock()))
    return _Years(end, moving, (begun,))


def _begins(low: Lowering, term: Payment) -> tuple[Moment, ...]:
    """The moments with the first of which the contract years of a term begin."""
    agreement = low.scope.agreement_of(term.head.name)
    stages = dict(agreement.stages) if agreement is not None else {}
    return next(((stages[s],) for s in ("effective", "signed") if s in stages), term.active.starts)


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
