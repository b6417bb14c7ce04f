"""A newcomer: a fresh clone, an empty environment, and the commands of the README in their order, by their text.

What is cloned is the last commit, and its README is what is played. Where there is no package index it is skipped.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme import blocks, played

ROOT = Path(__file__).parents[2]
INSTALLERS = {"uv": "uv tool install .", "pipx": "pipx install ."}
NO_INDEX = re.compile(
    r"from versions: none|NewConnectionError|failed to establish|name resolution|dns error|connection refused|timed out|failed to fetch",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it was committed last."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: there is nothing to clone")
    folder = tmp_path_factory.mktemp("newcomer") / "syngraph"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


def shell(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a script does in a shell that knows Python and nothing else."""
    home, tools = folder.parent / "home", folder.parent / "tools"
    home.mkdir(exist_ok=True)
    tools.mkdir(exist_ok=True)
    python = tools / "python3"
    if not python.exists():
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        python.symlink_to(base)
    kept = {
        k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_")) or k.lower().endswith("_proxy")
    }
    known = {"HOME": str(home), "PATH": f"{tools}:/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=folder,
        env=kept | known,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def installed(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a script that installs does; skipped where packages cannot be had."""
    ran = shell(script, folder)
    if ran.returncode and (why := NO_INDEX.search(ran.stderr)):
        pytest.skip(f"packages cannot be had: {why[0]}")
    assert ran.returncode == 0, ran.stderr
    return ran


def test_the_commands_of_the_readme_in_their_order(clone: Path) -> None:
    readme = (clone / "README.md").read_text("utf-8")
    install, *_ = blocks(readme, "sh")
    assert shell("command -v syngraph", clone).returncode != 0  # nobody had it before
    installed(install, clone)
    on_path = install.splitlines()[-1]

    def run(command: str) -> str:
        ran = shell(f"{on_path}\n{command}", clone)
        assert ran.returncode in (0, 1), (command, ran.stderr)
        return ran.stdout + ran.stderr

    assert played(readme, clone, run) == readme
    assert (
        shell(".venv/bin/syngraph --version", clone).returncode == 0
    )  # as the README says for whoever skips the last line


@pytest.mark.parametrize("installer", INSTALLERS)
def test_the_other_ways_to_install_it(clone: Path, installer: str) -> None:
    command = INSTALLERS[installer]
    assert command in [block.strip() for block in blocks((clone / "README.md").read_text("utf-8"), "sh")]
    found = shutil.which(installer)
    if found is None:
        pytest.skip(f"{installer} is not here")
    installed(command.replace(installer, found, 1), clone)
    ran = shell('PATH="$HOME/.local/bin:$PATH" syngraph --version', clone)
    assert (ran.returncode, ran.stderr) == (0, "")
