"""How long it takes to load and check a case: the source case, and one with many facts."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.row import Bar, Options, Row, seconds
from bench.rows.compiling import CASE
from syngraph.api.check import check_folder
from syngraph.base.diagnostics import has_errors

_FACTS = 2_000


def rows(_: Options) -> Iterator[Row]:
    """Seconds in one process, without its start."""
    plans = len(check_folder(CASE).opened.loaded.cases)
    yield Row("load + check, source case", seconds(lambda: check_folder(CASE))[0], "s", Bar("≤", 0.3), f"{plans} plans")
    with TemporaryDirectory() as folder:
        many = write_facts(Path(folder), _FACTS)
        if has_errors(check_folder(many).diagnostics):
            raise ValueError("the generated case has errors")
        (taken,) = seconds(lambda: check_folder(many))
    yield Row(f"load + check, {_FACTS:,} facts", taken, "s", Bar("≤", 0.5), "each quoted, in ten files")


def write_facts(folder: Path, count: int) -> Path:
    """A case with so many facts, each with its own sentence in the source."""
    (folder / "sources").mkdir()
    sentences = [f"Contract number {i} is worth {i + 1} million dollars." for i in range(count)]
    (folder / "sources" / "register.txt").write_text("\n".join(sentences), "utf-8")
    head = (
        "case: many\ntitle: Many facts\ncurrency: USD\ntoday: 2025-01-01\n"
        "simulate: {until: 2030-01-01, step: year}\n"
        "sources:\n  register: {file: sources/register.txt, language: en}\n"
        "parties:\n  maker: {form: corporation}\n"
    )
    (folder / "case.yaml").write_text(head, "utf-8")
    for part in range(10):
        facts = "".join(_fact(i, sentences[i]) for i in range(part, count, 10))
        (folder / f"facts{part}.yaml").write_text(f"facts:\n{facts}", "utf-8")
    return folder


def _fact(i: int, sentence: str) -> str:
    return f"  worth{i}: {{value: {i + 1} m USD, about: [maker], cite: {{register: {sentence}}}}}\n"
