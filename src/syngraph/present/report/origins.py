"""The entries that figures lead to: a name, its values, and under each plan what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from syngraph.analyses.figures import Figures
from syngraph.analyses.study import PlanRun, Study
from syngraph.explain.origins import OriginNode
from syngraph.explain.trace import Tracer


@dataclass(slots=True)
class Origins:
    """Collects the entries while figures are written, the same for both languages. It lives for one rendering."""

    study: Study
    numbers: dict[str, int] = field(default_factory=dict)
    nodes: dict[str, dict[str, OriginNode]] = field(default_factory=dict)
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    tracers: dict[str, Tracer] = field(default_factory=dict)
    figured: dict[str, Figures] = field(default_factory=dict)

    def figures(self, run: PlanRun) -> Figures:
        """The figures of a plan."""
        if run.case.plan not in self.figured:
            self.figured[run.case.plan] = Figures(run)
        return self.figured[run.case.plan]

    def entry(self, run: PlanRun, name: str) -> int:
        """The number of the entry of a figure under a plan; 0 if there is none."""
        key = (run.case.plan, name)
        if key not in self.known:
            tracer = self.tracers.setdefault(run.case.plan, Tracer(self.study, run))
            node = tracer.trace(name)
            if node is not None:
                self._enter(run.case.plan, tracer, node)
            self.known[key] = node.name if node is not None else ""
        return self.numbers.get(self.known[key], 0)

    def node(self, run: PlanRun, name: str) -> OriginNode | None:
        """What stands behind a figure under a plan."""
        return self.nodes[self.known[run.case.plan, name]][run.case.plan] if self.entry(run, name) else None

    def enter_inputs(self) -> None:
        """Enters every fact and assumption, whether a figure leads to it or not."""
        for run in self.study.runs:
            for record in (*run.case.facts, *run.case.assumptions):
                self.entry(run, record.head.name)

    def _enter(self, plan: str, tracer: Tracer, root: OriginNode) -> None:
        """Enters a node and all below it, each name once for a plan."""
        waiting = [root]
        while waiting:
            node = waiting.pop()
            entered = self.nodes.setdefault(node.name, {})
            if plan not in entered:
                entered[plan] = node
                self.numbers.setdefault(node.name, len(self.numbers) + 1)
                waiting += [tracer.nodes[name] for name in reversed(node.below)]

    def variants(self, name: str) -> Iterator[tuple[OriginNode, tuple[PlanRun, ...]]]:
        """What stands behind a name, and under which plans; plans that do not differ in it are taken together."""
        groups: dict[tuple[object, ...], list[PlanRun]] = {}
        for run in self.study.runs:
            if (node := self.nodes[name].get(run.case.plan)) is not None:
                groups.setdefault(_content(node), []).append(run)
        for runs in groups.values():
            yield self.nodes[name][runs[0].case.plan], tuple(runs)


def _content(node: OriginNode) -> tuple[object, ...]:
    return (node.span, node.expression, node.own, node.readings, node.bound, node.quotes, node.whys, node.below)
