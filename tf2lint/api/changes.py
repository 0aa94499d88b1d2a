"""Which names have changed, so that a call of anything else need not be looked at."""

from __future__ import annotations

import functools

from tf2lint.api import data


def changing() -> frozenset[str]:
    """The last parts of functions, classes and methods whose signature, or name, is not the same in every version."""
    return data.changes().changing


def dropped_keywords() -> frozenset[str]:
    """The parameters that some function, class or method had in one version and lacks in a later one."""
    return data.changes().dropped


@functools.cache
def lost_names(worlds: int) -> frozenset[str]:
    """The attributes that some class, or its instances, lacks in one of the worlds and had in an older one."""
    return frozenset(name for name, losses in data.changes().lost.items() if any(_in(worlds, *loss) for loss in losses))


def _in(worlds: int, there: int, missing: int) -> bool:
    return there < missing & worlds
