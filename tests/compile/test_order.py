"""The order of evaluation and its cycles, against a search by brute force."""

import itertools
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from syngraph.graph.order import ordered

NAMES = "abcdefg"
GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(NAMES + "xy")), max_size=len(NAMES))


def reachable(edges: Mapping[str, set[str]], start: str) -> set[str]:
    """All that can be reached in one step or more, within the graph."""
    found: set[str] = set()
    front = {start}
    while front:
        front = {n for name in front for n in edges.get(name, set()) if n in edges} - found
        found |= front
    return found


def shortest_circle(edges: Mapping[str, set[str]], start: str) -> int:
    """Over how many edges a shortest way back leads, tried out."""
    for length in range(1, len(edges) + 1):
        for between in itertools.permutations([n for n in edges if n != start], length - 1):
            way = (start, *between, start)
            if all(b in edges[a] for a, b in itertools.pairwise(way)):
                return length
    raise AssertionError("no circle")


@given(GRAPHS)
def test_every_name_comes_once_and_after_what_it_needs(edges: dict[str, set[str]]) -> None:
    order, _ = ordered(edges)
    assert sorted(order) == sorted(edges)
    for name, needs in edges.items():
        for needed in needs & edges.keys():
            together = name in reachable(edges, needed)
            assert together or order.index(needed) < order.index(name)


@given(GRAPHS)
def test_each_knot_gives_one_cycle_along_its_edges(edges: dict[str, set[str]]) -> None:
    reach = {name: reachable(edges, name) for name in edges}
    knots = {frozenset(n for n in reach[name] if name in reach[n]) for name in edges if name in reach[name]}
    _, cycles = ordered(edges)
    assert len(cycles) == len(knots)
    for cycle in cycles:
        (knot,) = [k for k in knots if cycle[0] in k]
        assert cycle[0] == cycle[-1] == min(knot)
        assert all(b in edges[a] for a, b in itertools.pairwise(cycle))
        assert len(cycle) - 1 == shortest_circle(edges, cycle[0])


@given(GRAPHS, st.randoms())
def test_the_order_of_declaration_changes_nothing(edges: dict[str, set[str]], chance: object) -> None:
    shuffled = list(edges.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ordered(dict(shuffled)) == ordered(edges)


def test_a_long_chain_needs_no_recursion() -> None:
    count = 20_000
    edges = {f"m{i:05}": {f"m{i + 1:05}"} for i in range(count)}
    order, cycles = ordered(edges)
    assert order[0] == f"m{count - 1:05}"
    assert cycles == ()
    edges[f"m{count - 1:05}"] = {"m00000"}
    assert len(ordered(edges)[1][0]) == count + 1
