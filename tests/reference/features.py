"""What a random case may contain, one function for each kind of thing; each adds it to a draft and lets it matter."""

from collections.abc import Callable
from fractions import Fraction

from reference.drafting import Draft, few
from reference.model import (
    AtEvent,
    Choice,
    Commitment,
    Compare,
    Condition,
    DayCompare,
    Ends,
    Event,
    Exemption,
    Fastest,
    Happened,
    Known,
    Level,
    LevelMix,
    LevelOf,
    Lowest,
    Moment,
    Named,
    OnceUncertain,
    Paid,
    Payment,
    Rate,
    RateMix,
    RateOf,
    Received,
    Slowest,
    Steady,
    Tier,
    Trailing,
    UpTo,
    Waterfall,
)

ONE = Fraction(1)
PARTIES = ("anna", "bert", "cleo", "dora")


def part_of(draft: Draft, rate: str) -> Rate:
    """A share of a rate."""
    return RateMix(((Fraction(draft.rng.choice((5, 10, 20, 25, 40, 60)), 100), RateOf(rate)),))


def amount(draft: Draft) -> Rate:
    """What a payment may pay: a number, a share of a rate or of what others pay or get, one while a condition holds."""
    rng, share = draft.rng, Fraction(draft.rng.choice((10, 25, 50, 80)), 100)
    match rng.randrange(6):
        case 0:
            return part_of(draft, rng.choice(draft.rates)[0])
        case 1 if draft.payments:
            return RateMix(((share, Paid(rng.choice(draft.payments).name)), (ONE, Steady(draft.number(5, 20)))))
        case 2 if draft.waterfalls:
            found = rng.choice(draft.waterfalls)
            return RateMix(((share, Received(found.name, rng.choice(found.parties))),))
        case 3:
            return Choice(Steady(draft.number(10, 50)), draft.condition(1), Steady(draft.number(10, 50)))
        case _:
            return Steady(draft.number(10, 50))


def paid(draft: Draft, payment: Payment, *, watched: float = 0.7) -> None:
    """Adds a payment; often a total counts it, or cash is less by it."""
    draft.payments.append(payment)
    open_totals = [n for n in draft.parts if n not in draft.pure]
    if open_totals and draft.rng.random() < 0.35:
        draft.parts[draft.rng.choice(open_totals)].append((-ONE, Paid(payment.name)))
    elif draft.rng.random() < watched:
        draft.total([(ONE, Paid(payment.name))], Fraction(25))


def stream(draft: Draft) -> None:
    """A payment from one of some moments until one of others."""
    paid(draft, Payment(draft.name("fee"), amount(draft), start=draft.moments(0.5), end=draft.moments(0.8)))


def capped(draft: Draft) -> None:
    """A payment with a cap, counted from an opening, which perhaps ends before; an event when so much is paid."""
    speed = draft.number(15, 50)
    opening = few(draft.rng.uniform(1, 10)) if draft.rng.random() < 0.4 else Fraction(0)
    cap = few(float(opening) + float(speed) * draft.rng.uniform(0.3, 2.6))
    name = draft.name("fee")
    limit = draft.number_or_constant(cap)
    end, given = draft.moments(0.3), draft.rng.random() < 0.5
    draft.payments.append(Payment(name, Steady(speed), end=end, cap=limit, opening=opening if given else Fraction(0)))
    total = draft.total([(ONE, Paid(name))], speed)
    if draft.rng.random() < 0.6:
        condition_event(draft, draft.crossing(total))


def growing_cap(draft: Draft) -> None:
    """A payment that may come to a share of what was sold; sales go on at another pace from some moment."""
    rng, share = draft.rng, Fraction(draft.rng.choice((10, 20, 25, 50)), 100)
    part = (share, LevelOf(_sold(draft)))
    cap: Level = LevelMix((part,))
    if rng.random() < 0.4:
        cap = LevelMix(((ONE, Known(few(rng.uniform(1, 20)))), part))
    elif rng.random() < 0.2:
        cap = Lowest((cap, Known(few(rng.uniform(5, 30)))))
    payment = Payment(draft.name("fee"), amount(draft), cap=cap, start=draft.moments(0.3), end=draft.moments(0.2))
    paid(draft, payment, watched=0.9)


def _sold(draft: Draft) -> str:
    """A total that no payment of its own feeds; it may rest, and rarely fall."""
    rng = draft.rng
    if draft.pure and rng.random() < 0.3:
        return rng.choice(draft.pure)
    if rng.random() < 0.4:
        return draft.total_of(draft.steady(40, 90), pure=True)
    name, speed = draft.name("rate"), draft.number(40, 90)
    slower = rng.choice((Fraction(0), draft.number(5, 30), -draft.number(5, 30)))
    draft.rates.append((name, Choice(Steady(slower), draft.condition(1), Steady(speed))))
    draft.speeds[name] = speed
    return draft.total_of(name, pure=True)


def excepted(draft: Draft) -> None:
    """A payment with exceptions that come and go."""
    first = Exemption(draft.name("one"), draft.condition(1), Steady(draft.number(5, 60)))
    found = [first]
    if draft.rng.random() < 0.6:
        over = first.name if draft.rng.random() < 0.8 else ""
        other = Steady(Fraction(0)) if draft.rng.random() < 0.3 else amount(draft)
        found.append(Exemption(draft.name("two"), draft.condition(1), other, over))
    paid(draft, Payment(draft.name("fee"), amount(draft), end=draft.moments(0.3), exceptions=tuple(found)))


def committed(draft: Draft) -> None:
    """A payment with a promise, kept or not."""
    speed, by = draft.number(10, 50), draft.day(0.3, 0.95)
    promise = Commitment(few(float(speed * draft.since(by)) * draft.rng.uniform(0.5, 1.5)), by)
    end = draft.moments(0.7)
    paid(draft, Payment(draft.name("fee"), Steady(speed), end=end, commitment=promise))


def condition_event(draft: Draft, condition: Condition | None = None) -> None:
    """An event on a condition, with a consequence."""
    rank = draft.rng.choice((0, 0, 0, 1, 2))
    event = Event(draft.name("ev"), condition or draft.condition(), rank)
    draft.events.append(event)
    consequence(draft, event.name)


def consequence(draft: Draft, event: str) -> None:
    """What an event changes: a payment begins or ends, a rate steps, or an exception holds."""
    name = draft.name("fee")
    match draft.rng.randrange(4):
        case 0:
            paid(draft, Payment(name, Steady(draft.number(10, 50)), start=(AtEvent(event),), end=draft.moments(0.3)))
        case 1:
            paid(draft, Payment(name, Steady(draft.number(10, 50)), end=(AtEvent(event),)))
        case 2:
            draft.total_of(draft.stepped(Happened(event)))
        case _:
            exemption = Exemption(draft.name("one"), Happened(event), Steady(draft.number(5, 60)))
            paid(draft, Payment(name, Steady(draft.number(10, 50)), exceptions=(exemption,)))


def dated_event(draft: Draft) -> None:
    """An event on a known day."""
    event = Event(draft.name("ev"), draft.day(), draft.rng.choice((0, 0, 1)))
    draft.events.append(event)
    consequence(draft, event.name)


def drawn_event(draft: Draft) -> None:
    """An event on a drawn day."""
    event = Event(draft.name("ev"), draft.between(), draft.rng.choice((0, 0, 1)))
    draft.events.append(event)
    consequence(draft, event.name)


def uncertain_day(draft: Draft) -> None:
    """An uncertain day on which something begins or ends, or a rate steps."""
    name = draft.name("day")
    draft.uncertain.append((name, draft.between()))
    if draft.rng.random() < 0.5:
        draft.total_of(draft.stepped(OnceUncertain(name)))
    stream(draft)


def trailing(draft: Draft) -> None:
    """What a rate brought in the last year, watched by an event, by a payment, and perhaps by that very rate."""
    name, months = draft.name("last"), draft.rng.choice((12, 12, 12, 24, 6))
    limit = few(55 * months / 12 * draft.rng.uniform(0.4, 1.4))
    back = Compare(LevelOf(name), draft.rng.choice((">=", ">", "<")), Known(limit))
    rate = draft.stepped(back if draft.rng.random() < 0.3 else draft.condition(1), 20, 90)
    opening = few(draft.rng.uniform(5, 60)) if draft.rng.random() < 0.6 else None
    draft.trailings.append(Trailing(name, RateOf(rate), months, opening))
    draft.speeds[name] = draft.speeds[rate] * Fraction(months, 12)
    watch = Compare(LevelOf(name), draft.rng.choice((">=", ">", "<")), Known(limit))
    if draft.rng.random() < 0.5:
        condition_event(draft, watch)
    else:
        exemption = Exemption(draft.name("one"), watch, Steady(draft.number(5, 60)))
        paid(draft, Payment(draft.name("fee"), Steady(draft.number(10, 50)), exceptions=(exemption,)))


def sliding(draft: Draft) -> None:
    """Cash above a threshold is paid out faster than it comes in; perhaps in two steps, the inflow may step."""
    rng = draft.rng
    inflow = draft.steady(20, 60) if rng.random() < 0.5 else draft.stepped(draft.condition(1), 20, 60)
    cash = draft.total_of(inflow)
    low = few(float(draft.openings[cash]) + float(draft.speeds[cash]) * rng.uniform(0.1, 0.8))
    high = few(float(low) + rng.uniform(5, 40))
    first, second = draft.number(10, 80), draft.number(10, 90)
    operator = rng.choice((">=", ">"))
    above = Choice(Steady(first), Compare(LevelOf(cash), operator, Known(low)), Steady(Fraction(0)))
    _pays_out(draft, cash, above)
    if rng.random() < 0.5:
        _pays_out(draft, cash, Choice(Steady(second), Compare(LevelOf(cash), ">=", Known(high)), Steady(Fraction(0))))
    if rng.random() < 0.5:
        condition_event(draft, draft.crossing(cash))
    draft.pure.append(cash)  # no other payment is taken from it


def _pays_out(draft: Draft, cash: str, rate: Rate) -> None:
    name = draft.name("fee")
    draft.payments.append(Payment(name, rate, end=draft.moments(0.2)))
    draft.parts[cash].append((-ONE, Paid(name)))


def bent_rates(draft: Draft) -> None:
    """A payment of the least or greatest of two rates."""
    first, second = draft.stepped(draft.condition(1)), draft.stepped(DayCompare(">=", draft.day()))
    parts = (RateOf(first), RateOf(second), *((Steady(draft.number(20, 80)),) if draft.rng.random() < 0.3 else ()))
    rate: Rate = Slowest(parts) if draft.rng.random() < 0.5 else Fastest(parts)
    paid(draft, Payment(draft.name("fee"), RateMix(((Fraction(1, 2), rate),)), end=draft.moments(0.3)))


def bent_levels(draft: Draft) -> None:
    """An event on the least or greatest of two totals."""
    if len(draft.levels()) < 2:
        draft.total_of(draft.steady())
    condition_event(draft, draft.bent())


def named_status(draft: Draft) -> None:
    """A condition with a name, asked by a rate and by an event."""
    name = draft.name("status")
    draft.statuses.append((name, draft.condition()))
    draft.total_of(draft.stepped(Named(name)))
    if draft.rng.random() < 0.5:
        condition_event(draft, Named(name))


def logic(draft: Draft) -> None:
    """A rate that steps with a nested condition."""
    draft.total_of(draft.stepped(draft.condition(3)))


def waterfall(draft: Draft) -> None:
    """A pot through two tiers or three, and somebody who watches what a party got."""
    rng, name = draft.rng, draft.name("pot")
    rates = [draft.steady(30, 90), *(draft.steady(5, 40) for _ in range(rng.randrange(2)))]
    pot: Rate = RateOf(rates[0])
    if len(rates) > 1 or (draft.payments and rng.random() < 0.3):
        cost: Rate = RateOf(rates[1]) if len(rates) > 1 else Paid(rng.choice(draft.payments).name)
        pot = Fastest((RateMix(((ONE, RateOf(rates[0])), (-ONE, cost))), Steady(Fraction(0))))
    elif rng.random() < 0.4:
        pot = RateOf(draft.stepped(draft.condition(1), 20, 80))
    tiers = tuple(_tier(draft, f"tier_{i}") for i in range(rng.choice((1, 2, 2, 3))))
    if rng.random() < 0.5:
        tiers = (*tiers, Tier("rest", _shares(draft, 2)))
    opening = ((tiers[0].shares[0][0], few(rng.uniform(1, 8))),) if rng.random() < 0.3 else ()
    start: tuple[Moment, ...] = (draft.day(0.02, 0.3),) if rng.random() < 0.3 else ()
    end = draft.moments(0.2)
    draft.waterfalls.append(Waterfall(name, pot, tiers, start=start, end=end, opening=opening))
    party = rng.choice((*draft.waterfalls[-1].parties, "undistributed"))
    total = draft.total([(ONE, Received(name, party))], Fraction(15), pure=rng.random() < 0.5)
    if rng.random() < 0.6:
        condition_event(draft, draft.crossing(total))


def _shares(draft: Draft, count: int) -> tuple[tuple[str, int], ...]:
    chosen = sorted(draft.rng.sample(PARTIES[:3], count))
    if count == 1:
        return ((chosen[0], 100),)
    cuts = sorted(draft.rng.sample(range(10, 95, 5), count - 1))
    return tuple(zip(chosen, (b - a for a, b in zip((0, *cuts), (*cuts, 100), strict=True)), strict=True))


def _tier(draft: Draft, name: str) -> Tier:
    """Ends by what parties got, by what went through, at a moment; or with weights handed on."""
    rng, shares = draft.rng, _shares(draft, draft.rng.choice((1, 2, 2, 3)))
    goals = tuple(UpTo(party, few(rng.uniform(4, 40))) for party, _ in shares)
    match rng.randrange(6):
        case 0:
            return Tier(name, shares, (Ends(draft.moment()),))
        case 1:
            return Tier(name, shares, (UpTo("pot", few(rng.uniform(10, 70))),))
        case 2 if len(shares) > 1:
            return Tier(name, shares, goals, "redistribute")
        case 3 if len(shares) > 1:
            return Tier(name, shares, goals[: rng.choice((1, 2))], "dora")
        case _:
            return Tier(name, shares, goals[: rng.choice((1, 1, 2))])


FEATURES: dict[str, Callable[[Draft], None]] = {
    f.__name__: f
    for f in (
        stream,
        capped,
        growing_cap,
        excepted,
        committed,
        condition_event,
        dated_event,
        drawn_event,
        uncertain_day,
        trailing,
        sliding,
        bent_rates,
        bent_levels,
        named_status,
        logic,
        waterfall,
    )
}
