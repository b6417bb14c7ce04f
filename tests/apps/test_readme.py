"""What the README shows is what happens."""

from pathlib import Path

from check_samples import syngraph

from syngraph.apps.cli import COMMANDS
from tests.readme import README, blocks, played


def test_the_first_ten_minutes(tmp_path: Path, golden) -> None:
    def run(command: str) -> str:
        name, *tokens = command.split()
        assert name == "syngraph"
        ran = syngraph(*tokens, cwd=tmp_path)
        return ran.out + ran.err

    golden(README, played(README.read_text("utf-8"), tmp_path, run))


def test_every_command_is_mentioned() -> None:
    text = README.read_text("utf-8")
    assert [name for name, *_ in COMMANDS if f"syngraph {name}" not in text] == []


def test_the_first_commands_come_in_the_order_one_needs_them() -> None:
    shown = [block.split()[2] for block in blocks(README.read_text("utf-8"), "console")]
    assert list(dict.fromkeys(shown)) == ["init", "check", "run", "explain", "compare", "report"]
