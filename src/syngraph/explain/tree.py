"""An explanation as a tree: each name opens what it rests on once, however often it comes and however deep it lies."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from syngraph.explain.origins import Explanation, OriginNode


class Where(Enum):
    """Where the parts of a node stand: right below it, where it came first above, or in a tree of its own later."""

    HERE = "here"
    ABOVE = "above"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """A node on its place in a tree; `last`: no other part of the one above it follows. Depth 0 is the top."""

    node: OriginNode
    depth: int
    last: bool
    where: Where


def trees(explanation: Explanation, deepest: int) -> Iterator[tuple[Step, ...]]:
    """The tree of what was asked for, then one for each node that lies deeper than can be shown well."""
    nodes = {node.name: node for node in explanation.nodes}
    opened: set[str] = set()
    later = deque([explanation.root.name])
    while later:
        name = later.popleft()
        if name not in opened:
            yield tuple(_tree(nodes, name, opened, later, deepest))


def _tree(nodes: dict[str, OriginNode], root: str, opened: set[str], later: deque[str], deepest: int) -> Iterator[Step]:
    """The steps of one tree, each before its parts; what lies too deep is added to `later`."""
    waiting = [(root, 0, True)]
    while waiting:
        name, depth, last = waiting.pop()
        node = nodes[name]
        if name in opened:
            yield Step(node, depth, last, Where.ABOVE)
        elif depth == deepest and node.below:
            later.append(name)
            yield Step(node, depth, last, Where.LATER)
        else:
            opened.add(name)
            yield Step(node, depth, last, Where.HERE)
            ends = len(node.below) - 1
            waiting += [(below, depth + 1, i == ends) for i, below in reversed(tuple(enumerate(node.below)))]
