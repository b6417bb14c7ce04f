"""Writes a file whole or not at all."""

import errno
import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Beside the file first, then in its place: whoever reads it sees the old one or the new one; OSError if it cannot.

    A command that is interrupted meanwhile leaves nothing behind.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
