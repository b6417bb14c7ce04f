"""`docs/python.md` and the example script do what they say, and nothing is printed on the way."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import syngraph
from tests.readme import README, blocks, played

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "python.md"


@pytest.fixture
def beside_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the case `first` of the README, checked."""
    played(README.read_text("utf-8"), tmp_path, lambda command: "")
    monkeypatch.chdir(tmp_path)
    assert syngraph.check("first", update=True).ok
    return tmp_path


def test_the_examples_of_the_page(beside_first: Path) -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert (failed, tried > 20) == (0, True)


def test_the_page_names_every_function(beside_first: Path) -> None:
    text = PAGE.read_text("utf-8")
    functions = [name for name in syngraph.__all__ if callable(getattr(syngraph, name)) and name.islower()]
    assert [name for name in functions if f"| `{name}(" not in text] == []
    errors = [name for name in syngraph.__all__ if not name.islower()]
    assert [name for name in errors if f"`{name}`" not in text] == []


def test_what_the_readme_shows_of_python(beside_first: Path) -> None:
    (block,) = blocks(README.read_text("utf-8"), "python")
    ran = subprocess.run([sys.executable, "-c", block], capture_output=True, check=True)
    assert (ran.stdout, ran.stderr) == (b"", b"")


def test_a_script_does_all_of_the_readme_and_prints_nothing(tmp_path: Path) -> None:
    script = ROOT / "examples" / "first_ten_minutes.py"
    ran = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
