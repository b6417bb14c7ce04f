"""Other tools doing the small model, over our reference executor on as many paths; each has a file in `bench/peers`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from bench import peers as folder
from bench.agreement import remark
from bench.model import answer, program
from bench.row import Bar, Options, Row, seconds
from syngraph.run.results import simulate


def rows(_: Options) -> Iterator[Row]:
    """How many times as long they take, models ready on both sides. They give two means, we ranges by year as well."""
    for name in sorted(module.name for module in iter_modules(folder.__path__)):
        what = f"time: {name} ÷ ours"
        try:
            yield _compared(what, import_module(f"bench.peers.{name}"))
        except ModuleNotFoundError as missing:
            yield Row(what, None, "×", Bar("≥", 1), f"{missing.name} is not installed")


def _compared(what: str, peer: ModuleType) -> Row:
    paths, made = peer.PATHS, program()
    said = remark(peer.simulate(paths), paths) + remark(answer(simulate(made, paths=paths, seed=1)), paths)
    theirs, ours = seconds(lambda: peer.simulate(paths), lambda: simulate(made, paths=paths, seed=1))
    return Row(what, theirs / ours, "×", Bar("≥", 1), f"{said}{paths:,} paths; offers {peer.OFFERS}")
