"""The tag each figure of a plan wears: the weakest of all it rests on."""

from syngraph.analyses.study import PlanRun, Study, Tag
from syngraph.explain.trace import Tracer
from syngraph.present.words import Words


class Tagged:
    """The tags of a plan's figures by the names of their series. It lives for one answer."""

    def __init__(self, study: Study, run: PlanRun) -> None:
        self.tracer = Tracer(study, run)

    def of(self, name: str) -> Tag | None:
        """The tag of a figure; none if nothing is known of where it comes from."""
        node = self.tracer.trace(name)
        return None if node is None else node.weakest

    def text(self, name: str, said: Words) -> str:
        """The same in words."""
        tag = self.of(name)
        return "" if tag is None else said.text(f"tags.{tag.name.lower()}")
