"""What the README shows is what happens."""

import re
from pathlib import Path

from check_samples import syngraph

from syngraph.apps.cli import COMMANDS

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_the_first_ten_minutes(tmp_path: Path, golden) -> None:
    text = README.read_text("utf-8")
    (tmp_path / "first" / "sources").mkdir(parents=True)
    case = tmp_path / "first" / "case.yaml"

    def play(block: re.Match[str]) -> str:
        """Does what a block says, and gives the block as it should be."""
        kind, content = block.groups()
        match kind:
            case "yaml" if content.startswith("case:"):
                case.write_text(content, "utf-8")
            case "yaml":
                key = content.split(":")[0]
                changed, count = re.subn(rf"^{key}:.*\n", content, case.read_text("utf-8"), flags=re.MULTILINE)
                assert count == 1
                case.write_text(changed, "utf-8")
            case "text":
                (tmp_path / "first" / "sources" / "press.txt").write_text(content, "utf-8")
            case "console":
                command = content.splitlines()[0]
                ran = syngraph(*command.removeprefix("$ syngraph ").split(), cwd=tmp_path)
                return f"```console\n{command}\n{ran.out}{ran.err}```"
        return block[0]

    golden(README, BLOCK.sub(play, text))


def test_every_command_is_mentioned() -> None:
    text = README.read_text("utf-8")
    assert [name for name, *_ in COMMANDS if f"syngraph {name}" not in text] == []
