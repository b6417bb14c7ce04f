"""How much memory the source case takes at its peak, with many paths."""

import subprocess
import sys
from collections.abc import Iterator

from bench.row import Bar, Options, Row
from bench.rows.compiling import CASE

# The high-water mark of the process itself: that of `getrusage` may be the parent's, which a child starts as.
_RUN = """
import sys
from syngraph.apps.cli import main
code = main(sys.argv[1:])
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print(code, peak, file=sys.stderr)
"""


def rows(options: Options) -> Iterator[Row]:
    """Megabytes of `syngraph run` on the bare case."""
    paths = options.memory_paths
    what = f"peak memory of the source case, {paths:,} paths"
    if not sys.platform.startswith("linux"):
        yield Row(what, None, "MB", note="measured on Linux only")
        return
    command = [sys.executable, "-c", _RUN, "run", str(CASE), "--paths", str(paths), "--format", "jsonl"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    code, kilobytes = ran.stderr.split()[-2:]
    peak = int(kilobytes) * 1024 / 1e6 if ran.stdout else None
    yield Row(what, peak, "MB", Bar("≤", 500), "" if ran.stdout else f"no answer: exit code {code}")
