"""Prints the table: `python -m bench`, or `make bench`. Nothing here is a test: figures depend on the machine."""

import argparse
import platform
from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules

from bench import rows as folder
from bench.row import Options, Row


def all_rows(options: Options, only: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of every file in `bench/rows`, by name of the file."""
    for name in sorted(module.name for module in iter_modules(folder.__path__)):
        if not only or name in only:
            yield from import_module(f"bench.rows.{name}").rows(options)


def line(row: Row) -> str:
    """A row as a line of the table."""
    figure = "–" if row.figure is None else f"{_significant(row.figure)} {row.unit}"
    bar = "" if row.bar is None else f"{row.bar.side} {row.bar.limit:,g} {row.unit}"
    return f"| {row.what} | {figure} | {bar} | {row.verdict} | {row.note} |"


def _significant(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def main() -> None:
    """Reads the options, and prints each row as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of files in bench/rows; all of them by default")
    parser.add_argument("--paths", type=int, default=Options().paths, help="paths of the runs that are timed")
    parser.add_argument("--memory-paths", type=int, default=Options().memory_paths, help="paths of the memory row")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    print("| what | figure | bar | | |\n|---|---|---|---|---|")
    for row in all_rows(Options(given.paths, given.memory_paths), given.only):
        print(line(row), flush=True)


if __name__ == "__main__":
    main()
