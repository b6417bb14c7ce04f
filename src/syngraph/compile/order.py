"""The order of evaluation, and the cycles that forbid one."""

from collections.abc import Iterable, Mapping


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


class Groups:
    """Which names belong together (disjoint sets)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The name that stands for the group."""
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, names: Iterable[str]) -> None:
        """Puts names into one group."""
        ordered_names = sorted(names)
        for other in ordered_names[1:]:
            a, b = self.find(ordered_names[0]), self.find(other)
            self.parent[max(a, b)] = min(a, b)
        if len(ordered_names) == 1:
            self.find(ordered_names[0])
