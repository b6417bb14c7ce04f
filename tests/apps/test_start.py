"""What a command loads that computes nothing: start-up is the sum of imports."""

import subprocess
import sys

import pytest

LOADED = "import sys; from syngraph.apps.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize(
    ("token", "left_out"),
    [
        ("--version", {"numpy", "yaml", "tomllib", "markdown_it", "rich.console"}),
        ("--help", {"numpy", "yaml", "tomllib", "markdown_it"}),
    ],
)
def test_only_what_is_needed_is_loaded(token: str, left_out: set[str]) -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED, token], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert "syngraph.apps.cli" in loaded
    assert loaded & left_out == set()
