"""A small case in a folder, and the commands run on it as a person would."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CASE = """\
case: sample
title: {en: A sample, zh-Hant: 範例}
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: quarter}
sources:
  article: {file: sources/article.txt, language: zh-Hant}
parties:
  maker: {form: corporation, aliases: [微軟]}
  buyer: {form: corporation}
facts:
  invested: {value: 13 bn USD, bound: more_than, about: [maker], cite: {article: 累計投資已超過130億美元}}
  supplier: {value: 2030-01-01, cite: {article: 在雲端服務方面享有獨家權利}, why: ours}
"""
ARTICLE = "微軟累計投資已超過130億美元。\n微軟在雲端服務方面享有獨家權利。\n"


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


def sample(folder: Path, *, case: str = CASE, article: str | None = ARTICLE) -> Path:
    """A case folder; without an article its text is not present."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(case, "utf-8")
    if article is not None:
        (folder / "sources").mkdir(exist_ok=True)
        (folder / "sources" / "article.txt").write_text(article, "utf-8")
    return folder


def syngraph(*tokens: str, cwd: Path | None = None, **environment: str) -> Ran:
    """Runs a command in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "SYNGRAPH_DEBUG")}
    ran = subprocess.run(
        [sys.executable, "-c", "import sys; from syngraph.apps.cli import main; sys.exit(main())", *tokens],
        capture_output=True,
        cwd=cwd,
        env=kept | {"PYTHONIOENCODING": "utf-8"} | environment,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
