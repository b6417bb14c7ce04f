"""Comparisons and bends of what varies: each is a switch, at which a path stops when it turns."""

from syngraph.compile.nodes.builder import Node
from syngraph.compile.nodes.lowering import Asked, Lowering, Sides
from syngraph.compile.nodes.values import Value, When
from syngraph.ir.program import Switch


def above(
    low: Lowering, left: Value, right: Value, *, strict: bool, when: When, sides: Sides, bend: bool = False
) -> Node:
    """Whether left >= right (`strict`: left > right) from the moment on; values are those at the moment.

    What does not vary within a segment is compared as it stands. `sides` gives both over a whole stretch.
    """
    build = low.build
    a, b = left.start, right.start
    if not (low.varies(a) or low.varies(b)):
        return build.make("tops" if strict else "meets", a, b)
    index = low.switches.setdefault((a, b, strict), len(low.switches))
    truth = build.make("switch", a, b, data=index)
    if index == len(low.asked):
        twin, first = low.twins.setdefault((min(a, b), max(a, b)), (index, a))
        low.asked.append(Asked(truth, strict, bend, sides, twin, first != a, build.origin))
    low.asked[index].bend &= bend
    return build.make("stands", a, b, data=index) if when is When.NOW else truth


def all_switches(low: Lowering) -> tuple[Switch, ...]:
    """Every switch with its gap over a stretch; working one out may bring up others."""
    made: list[Switch] = []
    while len(made) < len(low.asked):
        one = low.asked[len(made)]
        low.build.origin = one.origin
        found = one.sides()
        if found is None or not all(v.known for v in found):
            gap = against = (one.truth, one.truth, one.truth)
        else:
            left, right = found
            start, middle, end = (low.build.sub(a, b) for a, b in zip(left.points(), right.points(), strict=True))
            gap, against = (start, middle, end), right.points()
        made.append(Switch(one.truth, gap, against, one.strict, one.bend, one.twin, one.turned, one.origin))
    return tuple(made)
