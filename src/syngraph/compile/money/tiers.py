"""What a tier says: its weights, and the moments that end it."""

from syngraph.base.units import PLAIN
from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Lowering
from syngraph.compile.nodes.values import START, Moment, When
from syngraph.compile.values import spans
from syngraph.expr.nodes import Expr
from syngraph.graph.constants import amount as certain_amount
from syngraph.graph.kinds import Kind
from syngraph.model.waterfalls import EndsAt, Tier


def ended_by_moment(low: Lowering, tier: Tier) -> Node:
    """Whether a day or event has ended a tier."""
    over = low.build.const(0.0)
    for target in tier.until.chosen:
        if isinstance(target, EndsAt):
            over = low.build.either(over, spans.moment_on(low, target.moment).start)
    return over


def weights_of(low: Lowering, tier: Tier, moment: Moment) -> dict[str, Node] | None:
    """The weights of a tier, which must be a whole."""
    weights: dict[str, Node] = {}
    for party, share in tier.shares:
        weight = plain(low, share, moment, name="share")
        if weight is None:
            return None
        weights[party] = weight
    certain = [certain_amount(s, low.scope) for _, s in tier.shares]
    known = [c[0] for c in certain if c is not None]
    if len(known) == len(certain) and sum(known) != 1:
        low.wrong("shares-not-whole", tier.head.span, name=tier.head.name, total=f"{float(sum(known)):.6%}")
        return None
    if moment.final and len(known) < len(certain):
        total, one = low.build.total(list(weights.values())), low.build.const(1.0)
        differ = low.build.either(low.build.make("tops", total, one), low.build.make("tops", one, total))
        low.build.guard(differ, "shares-not-whole-in-run")
    return weights


def plain(low: Lowering, expr: Expr, moment: Moment, *, name: str) -> Node | None:
    """A share that must be a plain number, the same over the whole stretch."""
    value = low.value(expr, START if moment.when is When.WHOLE else moment)
    if not value.known:
        return None
    if value.dimension != PLAIN or value.kind is not Kind.CONSTANT:
        low.wrong("plain-number-wanted", expr.span, name=name, found=value.words())
        return None
    return value.start
