"""The order of evaluation, and the cycles that forbid one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syngraph.graph.edges import ALONG, AT_ONCE, Edge, targets, unit_edges
from syngraph.graph.names import Scope
from syngraph.model.agreements import Payment


def ordered(edges: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Names with what they need before them, and each cycle as the names along it (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    order: list[str] = []
    cycles: list[tuple[str, ...]] = []
    for root in sorted(edges):
        if root in index:
            continue
        work = [(root, iter(sorted(set(edges[root]))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, following = work[-1]
            nearer = next((n for n in following if n in edges and (n not in index or n in on_stack)), None)
            if nearer is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    _close(name, stack, on_stack, order, cycles, edges)
            elif nearer in index:
                low[name] = min(low[name], index[nearer])
            else:
                index[nearer] = low[nearer] = len(index)
                stack.append(nearer)
                on_stack.add(nearer)
                work.append((nearer, iter(sorted(set(edges[nearer])))))
    return tuple(order), tuple(cycles)


def _close(
    name: str,
    stack: list[str],
    on_stack: set[str],
    order: list[str],
    cycles: list[tuple[str, ...]],
    edges: Mapping[str, Iterable[str]],
) -> None:
    """Takes one strongly connected component off the stack."""
    members = []
    while True:
        top = stack.pop()
        on_stack.discard(top)
        members.append(top)
        if top == name:
            break
    order.extend(members)
    if len(members) > 1 or name in set(edges[name]):
        cycles.append(_around(min(members), frozenset(members), edges))


def _around(start: str, members: frozenset[str], edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A shortest way from `start` back to itself inside its component."""
    came: dict[str, str] = {}
    front = [start]
    while front:
        following: list[str] = []
        for name in front:
            for n in sorted(set(edges[name]) & members):
                if n == start:
                    way = [name]
                    while way[-1] != start:
                        way.append(came[way[-1]])
                    return (*reversed(way), start)
                if n not in came:
                    came[n] = name
                    following.append(n)
        front = following
    return (start, start)


@dataclass(frozen=True, slots=True)
class Order:
    """The order of units: `at_once` for what they are at one moment, `along` for what they are over a stretch.

    `loops` are units whose levels feed their own flows, each with the number of its loop; `summed` those on which sums
    bear that the end of a period makes due.
    """

    at_once: tuple[str, ...]
    along: tuple[str, ...]
    loops: Mapping[str, int]
    summed: frozenset[str]


def unit_order(scope: Scope) -> tuple[Order, tuple[tuple[str, ...], ...]]:
    """The order of all units of a case, and each cycle that forbids one. A level comes before its flows."""
    edges = {name: unit_edges(scope, unit) for name, unit in scope.units.items()}
    at_once, cycles = ordered({name: targets(found, AT_ONCE) for name, found in edges.items()})
    flows = {name: targets(found, ALONG) for name, found in edges.items()}
    along, circles = ordered(flows)
    loops: dict[str, int] = {}
    for number, circle in enumerate(circles):
        members = _strongly_connected(circle[0], flows)
        loops |= dict.fromkeys(members, number)
    return Order(at_once, along, loops, _summed(scope, edges)), cycles


def _summed(scope: Scope, edges: Mapping[str, Iterable[Edge]]) -> frozenset[str]:
    """The terms that owe what is missing, and all that rests on them."""
    owing = {n for n, u in scope.units.items() if isinstance(u, Payment) and (u.minimum or u.commitment)}
    behind = _turned({name: targets(found, AT_ONCE | ALONG) for name, found in edges.items()})
    return frozenset(owing).union(*(reached(name, behind) for name in owing))


def _strongly_connected(name: str, edges: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """All names from which one comes back to `name`."""
    return reached(name, edges) & reached(name, _turned(edges))


def _turned(edges: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The edges the other way round."""
    turned: dict[str, list[str]] = {}
    for one, others in edges.items():
        for other in others:
            turned.setdefault(other, []).append(one)
    return turned


def reached(name: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The names one leads to, through however many others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = set(edges.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)
