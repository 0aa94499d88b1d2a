"""Writing a file so that it is the old or the new one at every moment, whatever kills us."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile


class ChangedError(Exception):
    """A file that is to be replaced is not any more what it was."""


def leads_out(path: str | os.PathLike[str], top: str | os.PathLike[str] | None) -> bool:
    """Whether a file that has its place below a folder lies elsewhere, because it is a link, or a folder is.

    Without a folder, the current one counts, and the file's own where that is none above it.
    """
    whole = pathlib.Path(os.path.abspath(path))
    above = pathlib.Path(os.path.abspath(top if top is not None else os.curdir))
    if not whole.is_relative_to(above):
        above = whole.parent
    return not pathlib.Path(os.path.realpath(whole)).is_relative_to(os.path.realpath(above))


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
