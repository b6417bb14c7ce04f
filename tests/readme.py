"""The README, played: its files written, its commands run in order, and its text as it should be."""

import re
from collections.abc import Callable
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PROMPT = "$ "


def blocks(text: str, kind: str) -> list[str]:
    """What stands in the blocks of a kind."""
    return [content for found, content in BLOCK.findall(text) if found == kind]


def played(text: str, folder: Path, run: Callable[[str], str]) -> str:
    """The text with what its commands answer; `run` runs one in the folder and gives all it prints."""
    case = folder / "first" / "case.yaml"
    (folder / "first" / "sources").mkdir(parents=True)

    def play(block: re.Match[str]) -> str:
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
                (folder / "first" / "sources" / "press.txt").write_text(content, "utf-8")
            case "console":
                command = content.splitlines()[0]
                return f"```console\n{command}\n{run(command.removeprefix(PROMPT))}```"
        return block[0]

    return BLOCK.sub(play, text)
