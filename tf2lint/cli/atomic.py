"""Writing a file so that it is the old or the new one at every moment, whatever kills us."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile


class ChangedError(Exception):
    """A file that is to be replaced is not any more what it was."""


def write(path: pathlib.Path, data: bytes, *, before: bytes | None = None) -> None:
    """Put `data` into a file, through a symbolic link if it is one; its permissions stay, and its owner if they can.

    `before` is what the file must still hold, where that matters. Raises OSError, ChangedError.
    """
    target = os.path.realpath(path)
    owner = None
    try:
        there = os.stat(target)
        mode, owner = there.st_mode & 0o7777, (there.st_uid, there.st_gid)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    number, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=os.path.basename(target), suffix=".tmp")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if owner is not None and hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):
                os.chown(temporary, *owner)
        os.chmod(temporary, mode)
        if before is not None and pathlib.Path(target).read_bytes() != before:
            raise ChangedError
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
