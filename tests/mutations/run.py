"""Breaks the code once for each law and demands that its test fails: `make mutations`, or with words of a law to pick some."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FAILED = 1  # pytest's code for tests that ran and failed; a mutant that cannot be imported gives another

MINUTES = 3


def survivor(mutation: dict[str, str]) -> str:
    """Why a mutation was not caught, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        path = source / "syngraph" / mutation["file"]
        text = path.read_text("utf-8")
        if text.count(mutation["text"]) != 1:
            return f"its text stands {text.count(mutation['text'])} times in {mutation['file']}"
        path.write_text(text.replace(mutation["text"], mutation["replacement"]), "utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-p",
            "no:cacheprovider",
            "-p",
            "no_shrink",
            *mutation["test"].split(),
        ]
        environment = os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{HERE}", "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=MINUTES * 60
            )
        except subprocess.TimeoutExpired:
            return f"its test runs for more than {MINUTES} minutes"
    if done.returncode == FAILED:
        return ""
    return "its test passes" if done.returncode == 0 else f"its test does not run:\n{done.stdout[-1000:]}{done.stderr}"


def main(words: list[str]) -> int:
    """Tries all mutations, or those whose law has one of the words; 1 if one survives."""
    listed = tomllib.loads((HERE / "mutations.toml").read_text("utf-8"))["mutation"]
    chosen = [m for m in listed if not words or any(w in m["law"] for w in words)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(survivor, chosen))
    for mutation, why in zip(chosen, found, strict=True):
        print(f"{'SURVIVED' if why else 'caught  '} {mutation['law']}{': ' + why if why else ''}")
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
