"""What stops a run: a value that is not finite, a broken guard, a path that turns for ever."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from syngraph.base.diagnostics import Diagnostic, Label, error
from syngraph.base.errors import RunStopped
from syngraph.ir.program import NONE, Fold, Guard, Origin, Output, Program
from syngraph.run.elementary import Floats
from syngraph.run.numpy.kept import Kept, columns
from syngraph.run.numpy.lanes import Lanes
from syngraph.run.numpy.passes import Pass
from syngraph.run.numpy.windows import Indices


class Faults:
    """Looks through what is handed on, and names equation, path and day of the first fault."""

    def __init__(self, program: Program, *, central: bool) -> None:
        self.program, self.central = program, central
        self.origins = {e.target: e.origin for e in program.equations}
        summed = (Fold.YEAR_SUM, Fold.YEAR_MEAN, Fold.CUMULATIVE, Fold.TOTAL, Fold.YEAR_RATIO)
        registers = [g.register for g in program.guards]
        registers += [r for s in program.states for r in (s.following, s.renewed)]
        registers += [j.due for j in program.jumps]
        registers += [r for o in program.outputs if o.fold in summed for r in (o.register, o.over)]
        self.watched = tuple(dict.fromkeys(r for r in registers if r != NONE))

    def check(self, lanes: Lanes, at: Indices, one: Pass) -> None:
        """RunStopped if a guard is broken or a value not finite on a lane whose stretch counts."""
        for guard in self.program.guards:
            broken = one.registers[guard.register] == 1.0
            if broken.any() and (np.broadcast_to(broken, (lanes.count,))[at]).any():
                lane = int(at[np.argmax(np.broadcast_to(broken, (lanes.count,))[at])])
                raise RunStopped((self._guard(guard, lanes, lane),))
        for register in self.watched:
            if not math.isfinite(one.registers[register].sum()):
                (values,) = one.look((register,), at)
                if not np.isfinite(values).all():
                    lane = int(at[np.argmax(~np.isfinite(values))])
                    raise RunStopped((self._not_a_number(self.origins[register], *self._where(lanes, lane)),))

    def checked(self, kept: Kept) -> Iterator[tuple[Floats, Floats]]:
        """What is kept of each output; RunStopped if it is not finite on a path it counts."""
        for output, (values, used) in zip(self.program.outputs, kept.series(), strict=True):
            if not math.isfinite(values.sum() + used.sum()):
                broken = (~np.isfinite(values) & (used != 0.0)) | np.isnan(used)
                if broken.any():
                    column = int(np.argmax(broken.any(axis=1)))
                    path = str(int(kept.paths[np.argmax(broken[column])]))
                    day = self._column_day(output, column)
                    raise RunStopped((self._not_a_number(self.origins[output.register], path, day),))
            yield values, used

    def turning(self, lanes: Lanes, lane: int, most: int) -> Diagnostic:
        """A path stops more often in a segment than any contract does."""
        turned = np.flatnonzero((lanes.turns[:, lane] > 0) | lanes.held[:, lane])
        switches = [self.program.switches[i].origin for i in turned]
        names = ", ".join(dict.fromkeys(o.name for o in switches))
        path, day = self._where(lanes, lane)
        span = switches[0].span if switches else None
        return error("turns-for-ever", span, names=names, most=str(most), path=path, date=day.isoformat())

    def crossing(self, lanes: Lanes, lane: int, held: list[int]) -> Diagnostic:
        """Several switches slide, and no shares of their sides hold all of them, or more than one set does."""
        switches = [self.program.switches[i].origin for i in held]
        path, day = self._where(lanes, lane)
        names = ", ".join(dict.fromkeys(o.name for o in switches))
        return error("slides-cross", switches[0].span, names=names, path=path, date=day.isoformat())

    def _where(self, lanes: Lanes, lane: int) -> tuple[str, date]:
        """The path and the day."""
        segment = self.program.segments[min(int(lanes.segment[lane]), len(self.program.segments) - 1)]
        share = (float(lanes.clock[lane]) - segment.t0) / (segment.t1 - segment.t0)
        day = segment.start + timedelta(days=int(share * (segment.end - segment.start).days))
        return str(int(lanes.path[lane])), day

    def _column_day(self, output: Output, column: int) -> date:
        """Where the segment begins at whose end the column is taken."""
        segments = self.program.segments
        years = columns(self.program, output)
        if years:
            return next(s.start for s in reversed(segments) if s.year == years[column])
        return segments[output.segment if output.fold is Fold.SEGMENT else -1].start

    def _not_a_number(self, origin: Origin, path: str, day: date) -> Diagnostic:
        return error("not-a-number", origin.span, labels=(), **self._fills(origin, path, day))

    def _guard(self, guard: Guard, lanes: Lanes, lane: int) -> Diagnostic:
        other = (Label(guard.other.span, "other-place"),) if guard.other and guard.other.span else ()
        fills = self._fills(guard.origin, *self._where(lanes, lane))
        return error(guard.code, guard.origin.span, labels=other, **fills)

    def _fills(self, origin: Origin, path: str, day: date) -> dict[str, str]:
        number = "central" if self.central else path
        return {"name": origin.name, "path": number, "date": day.isoformat()}
