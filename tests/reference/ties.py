"""Coincidences that are meant: thresholds met on a day or a boundary, two events at once, a cap that is a threshold."""

from collections.abc import Callable
from fractions import Fraction

from reference.drafting import Draft
from reference.features import ONE, consequence, paid
from reference.model import (
    AtEvent,
    Choice,
    Compare,
    DayCompare,
    Event,
    Exemption,
    Happened,
    Known,
    LevelOf,
    Paid,
    Payment,
    RateOf,
    Received,
    Steady,
    Tier,
    Trailing,
    UpTo,
    Waterfall,
)

RANKS = (0, 0, 0, 1)


def met(draft: Draft, total: str, years: Fraction) -> Fraction:
    """What a total of a steady rate has come to by then."""
    return draft.openings[total] + draft.speeds[total] * years


def watcher(draft: Draft, total: str, operator: str, limit: Fraction) -> str:
    """An event when a total meets a number."""
    event = Event(draft.name("ev"), Compare(LevelOf(total), operator, Known(limit)), draft.rng.choice(RANKS))
    draft.events.append(event)
    return event.name


def on_a_boundary(draft: Draft) -> None:
    """A threshold is met where a reporting period begins."""
    total = draft.total_of(draft.steady())
    event = watcher(draft, total, draft.rng.choice((">=", ">")), met(draft, total, draft.since(draft.boundary())))
    consequence(draft, event)


def on_a_known_day(draft: Draft) -> None:
    """A threshold is met on the day on which a payment ends, another begins, or a rate steps."""
    day, total = draft.day(), draft.total_of(draft.steady())
    event = watcher(draft, total, draft.rng.choice((">=", ">")), met(draft, total, draft.since(day)))
    consequence(draft, event)
    if draft.rng.random() < 0.5:
        paid(draft, Payment(draft.name("fee"), Steady(draft.number(10, 50)), start=(day,), end=(AtEvent(event),)))
    else:
        draft.total_of(draft.stepped(DayCompare(draft.rng.choice((">=", "<")), day)))


def turns_on_a_known_day(draft: Draft) -> None:
    """A level meets a threshold on the day on which it stops, or turns back."""
    day, speed = draft.day(0.2, 0.9), draft.number(20, 60)
    after = Fraction(0) if draft.rng.random() < 0.5 else -draft.number(10, 40)
    name = draft.name("rate")
    draft.rates.append((name, Choice(Steady(after), DayCompare(">=", day), Steady(speed))))
    draft.speeds[name] = speed
    total = draft.total_of(name)
    for operator in draft.rng.sample((">=", ">", "<"), draft.rng.choice((1, 2))):
        consequence(draft, watcher(draft, total, operator, met(draft, total, draft.since(day))))


def dated_and_met(draft: Draft) -> None:
    """A dated event, and a threshold met on that day; the one perhaps ends what the other watches."""
    day, rate = draft.day(), draft.steady()
    dated = Event(draft.name("ev"), day, draft.rng.choice(RANKS))
    draft.events.append(dated)
    fee = Payment(draft.name("fee"), RateOf(rate), end=(AtEvent(dated.name),))
    draft.payments.append(fee)
    total = draft.total([(ONE, Paid(fee.name))], draft.speeds[rate])
    event = watcher(draft, total, draft.rng.choice((">=", ">")), met(draft, total, draft.since(day)))
    consequence(draft, event)


def two_at_once(draft: Draft) -> None:
    """Two events at one moment, of which the first ends what both watch."""
    rate, name = draft.steady(), draft.name("fee")
    total = draft.total([(ONE, Paid(name))], draft.speeds[rate])
    double = draft.total([(2 * ONE, Paid(name))], 2 * draft.speeds[rate])
    years = draft.since(draft.day()) if draft.rng.random() < 0.5 else Fraction(draft.rng.randint(3, 24), 10)
    first = watcher(draft, total, draft.rng.choice((">=", ">")), met(draft, total, years))
    watcher(draft, double, draft.rng.choice((">=", ">")), met(draft, double, years))
    exemption = Exemption(draft.name("one"), Happened(draft.events[-1].name), Steady(draft.number(10, 60)))
    draft.payments.append(Payment(name, RateOf(rate), end=(AtEvent(first),), exceptions=(exemption,)))


def cap_is_threshold(draft: Draft) -> None:
    """A cap, and events when so much is paid: `>=` happens, `>` does not."""
    speed, name = draft.number(15, 50), draft.name("fee")
    cap = speed * Fraction(draft.rng.randint(3, 24), 10)
    draft.payments.append(Payment(name, Steady(speed), cap=Known(cap)))
    total = draft.total([(ONE, Paid(name))], speed)
    draft.openings[total] = Fraction(0)
    event = watcher(draft, total, ">=", cap)
    watcher(draft, total, ">", cap)
    paid(draft, Payment(draft.name("fee"), Steady(draft.number(10, 50)), start=(AtEvent(event),)))


def met_today(draft: Draft) -> None:
    """A level that stands at its threshold today."""
    total = draft.total_of(draft.steady())
    event = watcher(draft, total, draft.rng.choice((">=", ">", "<=", "<")), draft.openings[total])
    consequence(draft, event)


def target_is_threshold(draft: Draft) -> None:
    """A tier's target, watched by an event; perhaps another tier's day is that of an event."""
    rate, goal = draft.steady(), Fraction(draft.rng.randint(50, 400), 10)
    name = draft.name("pot")
    tiers = (Tier("first", (("anna", 60), ("bert", 40)), (UpTo("anna", goal),)), Tier("rest", (("bert", 100),)))
    draft.waterfalls.append(Waterfall(name, RateOf(rate), tiers))
    total = draft.total([(ONE, Received(name, "anna"))], draft.speeds[rate] * Fraction(6, 10))
    draft.openings[total] = Fraction(0)
    consequence(draft, watcher(draft, total, draft.rng.choice((">=", ">")), goal))


def window_and_day(draft: Draft) -> None:
    """A stream that began a window ago leaves the window just when its amount meets a threshold."""
    start, name = draft.day(0.05, 0.5), draft.name("fee")
    speed = draft.number(20, 50)
    draft.payments.append(Payment(name, Steady(speed), start=(start,)))
    last = draft.name("last")
    draft.trailings.append(Trailing(last, Paid(name), 12))
    draft.speeds[last] = speed
    for operator in (">=", ">"):
        consequence(draft, watcher(draft, last, operator, speed))


def same_again(draft: Draft) -> None:
    """Two totals that are one sum, compared with each other and with a number."""
    rate = draft.steady()
    first, second = draft.total_of(rate), draft.total([(ONE / 2, RateOf(rate)), (ONE / 2, RateOf(rate))], ONE)
    draft.openings[second] = draft.openings[first]
    draft.speeds[second] = draft.speeds[first]
    same = Compare(LevelOf(first), draft.rng.choice((">=", ">")), LevelOf(second))
    draft.events.append(Event(draft.name("ev"), same))
    draft.total_of(draft.stepped(same))
    consequence(draft, watcher(draft, second, ">=", draft.threshold(second)))


def slides_until_a_boundary(draft: Draft) -> None:
    """Cash meets its threshold where a period begins, and slides there until a day."""
    day, end = sorted((draft.boundary(), draft.day(0.5, 0.95)))
    inflow = draft.steady(20, 60)
    cash, name = draft.total_of(inflow), draft.name("fee")
    limit = met(draft, cash, draft.since(day))
    above = Compare(LevelOf(cash), ">=", Known(limit))
    pays = Choice(Steady(2 * draft.speeds[inflow]), above, Steady(Fraction(0)))
    draft.payments.append(Payment(name, pays, end=(end,)))
    draft.parts[cash].append((-ONE, Paid(name)))
    draft.pure.append(cash)
    watcher(draft, cash, draft.rng.choice((">=", ">")), limit)


TIES: dict[str, Callable[[Draft], None]] = {
    f.__name__: f
    for f in (
        on_a_boundary,
        on_a_known_day,
        turns_on_a_known_day,
        dated_and_met,
        two_at_once,
        cap_is_threshold,
        met_today,
        target_is_threshold,
        window_and_day,
        same_again,
        slides_until_a_boundary,
    )
}
