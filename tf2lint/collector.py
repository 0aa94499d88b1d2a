"""When Python looks for garbage: not while trees grow."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage is looked for inside: nodes and what is known of them only accumulate while a module is linted.

    Looking for it again and again takes a third of the time. What is dropped then is found after each module.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_kept = 0
_looked = 64
_MANY = 500_000
"""Objects, some 100 MB, before which it is not worth a look what of them is garbage."""


def keep() -> None:
    """What there is by now is taken for what stays, and no garbage is looked for in it until `collect`.

    Within another program, whose own objects come and go, Python would go through all that is kept again and again:
    that took a fifth of our time under flake8, and a third of pylint's. All is looked through whenever there was as
    much again, once it is much at all, so that a process that goes on does not grow.
    """
    global _kept, _looked
    _kept += 1
    if _kept >= _looked:
        _looked *= 2
        if gc.get_freeze_count() >= _MANY:
            collect()
    gc.freeze()


def collect() -> None:
    """Look for garbage in everything."""
    gc.unfreeze()
    gc.collect()
