"""What a result carries with it: of which inputs, draws and version it is."""

from dataclasses import dataclass

from syngraph.analyses.study import PlanRun, Study
from syngraph.base.version import VERSION
from syngraph.evidence.lock import record_digest


@dataclass(frozen=True, slots=True)
class Stamp:
    """Enough to make a result again, and to see that it is the same: `inputs` and `sha256` are digests."""

    version: str
    case: str
    plan: str
    today: str
    paths: int
    seed: int
    inputs: str
    sha256: str


def stamp(study: Study, run: PlanRun) -> Stamp:
    """The stamp of one plan's results; `inputs` is the SHA-256 of the names and texts of the case's files."""
    inputs = record_digest(part for text in sorted(study.texts) for part in text)
    case = run.case
    return Stamp(
        version=VERSION,
        case=case.name,
        plan=case.plan,
        today=case.today.isoformat(),
        paths=study.paths,
        seed=study.seed,
        inputs=inputs,
        sha256=run.result.sha256,
    )
