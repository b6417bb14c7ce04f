"""`syngraph init` writes a case that is sound, and never over anything."""

import json
from pathlib import Path

from check_samples import syngraph

from syngraph.apps.exits import Exit


def test_the_example_is_sound(tmp_path: Path) -> None:
    ran = syngraph("init", "my-case", cwd=tmp_path)
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert ran.out.startswith("my-case: agreement.txt, case.yaml, syngraph.lock\n")
    assert ran.out.endswith("\nNow run `syngraph check my-case`.\n")
    ran = syngraph("check", "my-case", "--format", "json", cwd=tmp_path)
    assert (ran.code, json.loads(ran.out)["diagnostics"]) == (Exit.OK, [])


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert syngraph("init", ".", cwd=tmp_path).code == Exit.OK
    assert (tmp_path / "case.yaml").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    for folder in (".", "note.txt"):
        ran = syngraph("init", folder, cwd=tmp_path)
        assert (ran.code, ran.out) == (Exit.FINDINGS, "")
        assert ran.err.startswith(f"error[folder-not-empty]: `{folder}` is not an empty folder; nothing was written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for folder in ("file/below", "x" * 300):
        ran = syngraph("init", folder, cwd=tmp_path)
        assert (ran.code, ran.out) == (Exit.UNREADABLE, "")
        assert ran.err.startswith("error[folder-unwritable]")
        assert "defect" not in ran.err
