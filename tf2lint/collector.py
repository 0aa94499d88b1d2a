"""When Python looks for garbage: not while trees grow, and in what is kept only when half as much has come again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_LEAST = 2_000_000
"""So many characters of modules, some 70 MB as trees, are read before it is worth a look what of them is garbage."""
_CHARACTERS = 2
"""So many are read, for each object that is kept, before the next look.

A module has some five of them for each: what may be garbage is less than half of what stays.
"""

_read = 0
_limit = _LEAST


def count(characters: int) -> None:
    """Note that a tree was built of a text."""
    global _read
    _read += characters


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage is looked for inside: nodes and what is known of them only accumulate while a module is linted.

    Looking for it again and again takes a third of the time. What there is at the end is taken for what stays: within
    another program, whose own objects come and go, Python would go through all that is kept again and again, which took
    a fifth of our time under flake8, and a third of pylint's. All is looked through when half as much was read as is
    kept, so that a process that goes on does not grow: an editor lints the same files again and again.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            _settle()
            gc.enable()


def _settle() -> None:
    global _read, _limit
    if _read >= _limit:
        collect()
        gc.freeze()
        _read, _limit = 0, max(_LEAST, gc.get_freeze_count() * _CHARACTERS)
    else:
        gc.freeze()


def collect() -> None:
    """Look for garbage in everything."""
    gc.unfreeze()
    gc.collect()
