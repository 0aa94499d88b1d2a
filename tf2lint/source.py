"""Python source as bytes and as text."""

from __future__ import annotations

import ast
import errno
import functools
import hashlib
import io
import itertools
import os
import pathlib
import re
import stat
import tokenize
import warnings

LARGEST = 5_000_000
"""Bytes of source that are parsed at most: of a table of numbers each takes 330 bytes of memory, 16 GB for 50 MB."""
NOTEBOOK = ".ipynb"
"""How the name of a notebook ends, in small letters."""

_LINE_END = re.compile(r"\r\n|\r|\n")

_MOST = 64 << 20


def _too_large(size: int) -> str:
    return f"it is too large, {size / 1e6:,.1f} MB, where up to {LARGEST / 1e6:g} MB are parsed"


def decode(data: bytes) -> str:
    """The text of a Python source: BOM and PEP 263 cookie respected, line ends kept as they are.

    Raises SyntaxError, with `lineno` where it is known, for an unknown encoding and for bytes that the encoding does
    not have.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        wrong = SyntaxError(f"byte 0x{data[error.start]:02x} is not {encoding.removesuffix('-sig')}: {error.reason}")
        wrong.lineno = len(_LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        raise wrong from None


@functools.lru_cache(maxsize=4)
def lines(text: str) -> list[str]:
    """The lines of a text without their ends, as Python counts them: `str.splitlines` also splits at form feeds."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


@functools.lru_cache(maxsize=4)
def encoded(text: str) -> bytes:
    """The text in UTF-8, in which astroid counts columns and edits count bytes, whatever the file is written in."""
    return text.encode("utf-8", "surrogatepass")


@functools.lru_cache(maxsize=4)
def starts(data: bytes) -> list[int]:
    """Where each line of a text in UTF-8 begins."""
    ends = list(itertools.accumulate(map(len, data.splitlines(keepends=True))))
    return [0, *ends] if not ends or data.endswith((b"\n", b"\r")) else [0, *ends[:-1]]


def read(path: pathlib.Path) -> bytes:
    """The content of a file that nobody named, but that is looked for. Raises OSError.

    One that is no regular file is not opened: a project may hold a pipe, or a link to a device, that never ends.
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    if state.st_size > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_bytes()


def digest(data: bytes) -> str:
    """What tells one content from another."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def syntax(text: str, known: ast.Module | None = None) -> ast.Module:
    """What Python's own parser makes of a text; `known`, where somebody has had it parsed already.

    Raises SyntaxError, ValueError for NUL characters and for what is too large, RecursionError and MemoryError for what
    is nested too deeply.
    """
    if len(text) > LARGEST // 4 and (size := len(text.encode("utf-8", "surrogatepass"))) > LARGEST:
        raise ValueError(_too_large(size))
    if known is not None:
        return known
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # An invalid escape in the code under lint is not ours to report.
        return ast.parse(text)
