"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from syngraph.load.writing import write_whole


def test_a_file_appears_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_what_is_interrupted_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, problem: type[BaseException] | BaseException
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    whole = Path.write_bytes

    def stop(self: Path, *given: object) -> None:
        if step == "write_bytes":
            whole(self, b"hal")
        raise problem

    monkeypatch.setattr(Path, step, stop)
    with pytest.raises((KeyboardInterrupt, OSError)):
        write_whole(path, b"half")
    monkeypatch.undo()
    assert [(p, p.read_bytes()) for p in tmp_path.iterdir()] == [(path, b"old")]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        write_whole(tmp_path, b"")
