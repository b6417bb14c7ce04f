"""What falls short of a commitment on its day, and of a yearly minimum when a contract year, or its term, ends."""

from datetime import date

from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Level, Lowering
from syngraph.compile.nodes.values import START, UNKNOWN, WHOLE, Value, of_points
from syngraph.compile.values import spans
from syngraph.expr.nodes import Expr, Name
from syngraph.graph.constants import day as certain_day
from syngraph.graph.kinds import Kind
from syngraph.ir.program import NONE, Jump, Turn
from syngraph.model.agreements import Moment, Payment, Pledge

_FAR = 1e6  # years: later than any run
_SLACK = 1e-9  # years: an anniversary is reckoned from the one before


def shortfall(low: Lowering, term: Payment, on: Node, paid: Value, account: Level | None) -> Value:
    """Nothing flows evenly: what is missing is posted when it is due."""
    zero = low.build.const(0.0)
    posts: list[tuple[int, Node]] = []
    if term.commitment is not None and account is not None:
        posts += _of_commitment(low, term.commitment, paid, account.state)
    if term.minimum is not None:
        found = _of_minimum(low, term, term.minimum, on, paid)
        if found is None:
            return UNKNOWN
        posts += found
    return Value(Kind.FLOW, paid.dimension, zero, zero, zero, posts=tuple(posts))


def _of_commitment(low: Lowering, pledge: Pledge, paid: Value, account: Node) -> list[tuple[int, Node]]:
    """What the account misses at the end of the day before; today or earlier is history."""
    value, build = low.value(pledge.amount, START), low.build
    if not value.known:
        return []
    if value.kind is not Kind.CONSTANT or value.dimension != paid.dimension:
        low.wrong("amount-wanted", pledge.amount.span, found=value.words())
        return []
    if not low.grid.today < pledge.by <= low.grid.segments[-1].end:
        return []
    due = build.make("eq", low.until(), build.const(low.grid.years_to(pledge.by)))
    end = build.add(account, low.amount(paid))
    return [(_jump(low, Turn.CLOSE, due), _missing(low, value.start, end))]


def _missing(low: Lowering, owed: Node, paid: Node) -> Node:
    return low.build.larger(low.build.sub(owed, paid), low.build.const(0.0))


def _jump(low: Lowering, turn: Turn, due: Node) -> int:
    one = low.build.const(1.0)
    return low.jump(Jump(turn, due, one, 0, False, NONE, (), (), low.build.origin))


# a minimum, year by year


def _of_minimum(low: Lowering, term: Payment, minimum: Expr, on: Node, paid: Value) -> list[tuple[int, Node]] | None:
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
    owed_end, got_end = build.add(owed, low.amount(owing)), build.add(got, low.amount(paid))
    build.hand_on(owed, owed_end)
    build.hand_on(got, got_end)
    year = _year_end(low, term)
    ends = build.at_most(build.sub(year, build.const(_SLACK)), low.until())
    closing = _jump(low, Turn.CLOSE, build.either(ends, _ends_here(low, term)))
    over = _jump(low, Turn.SUM, build.both(build.no(on), build.less(zero, owed)))
    for jump in (closing, over):
        low.sets(jump, owed, zero)
        low.sets(jump, got, zero)
    if build.equations[year].op == "state":
        low.sets(closing, year, build.select(ends, build.make("later", year), year))
    return [(closing, _missing(low, owed_end, got_end)), (over, _missing(low, owed, got))]


def _ends_here(low: Lowering, term: Payment) -> Node:
    """Whether the stretch ends with a day that ends the term: what is missing still belongs to it."""
    build, result = low.build, low.build.const(0.0)
    for moment in low.scope.span(term.head.name, term.active).ends:
        day = _known_day(low, moment)
        node = build.const(low.grid.years_to(day)) if day is not None else spans.day_of(low, low.scope.settled(moment))
        if node is not None:
            result = build.either(result, build.make("eq", low.until(), node))
    return result


def _year_end(low: Lowering, term: Payment) -> Node:
    """When the contract year ends; it begins with `effective`, `signed`, the term's `from`, or 1 January."""
    build, agreement = low.build, low.scope.agreement_of(term.head.name)
    stages = dict(agreement.stages) if agreement is not None else {}
    given = [stages[s] for s in ("effective", "signed") if s in stages] + list(term.active.starts[:1])
    known = _known_day(low, given[0]) if given else date(low.grid.today.year, 1, 1)
    name = f"contract year of {term.head.name}"
    if known is not None:
        year = build.state(name, build.const(low.grid.years_to(_next_anniversary(known, low.grid.today))))
    else:
        year = build.state(name, build.const(_FAR))
        begun = _jump(
            low, Turn.SUM, build.both(spans.moment_on(low, given[0]).start, build.make("eq", year, build.const(_FAR)))
        )
        low.sets(begun, year, build.make("later", low.clock()))
    low.stop_at(year)
    return year


def _known_day(low: Lowering, moment: Moment) -> date | None:
    moment = low.scope.settled(moment)
    if moment.day is not None:
        return moment.day.exact or moment.day.first
    if moment.name in low.scope.events:
        event = low.scope.events[moment.name]
        return None if event.given is None or event.after else event.given.exact or event.given.first
    return certain_day(Name(moment.name, moment.span), low.scope)


def _next_anniversary(start: date, today: date) -> date:
    """The first anniversary after today (29 February has its on the 28th)."""
    year = max(today.year, start.year + 1)
    while (day := _in_year(start, year)) <= today:
        year += 1
    return day


def _in_year(day: date, year: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    try:
        return day.replace(year=year)
    except ValueError:
        assert leap
        return date(year, 2, 28)
