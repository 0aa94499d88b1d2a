"""What TensorFlow is: the public names of every release, their signatures, members and replacements.

Names are canonical: `tf.placeholder`, `tf.compat.v1.placeholder`, `tf.contrib.rnn.LSTMCell`, `tf.keras.layers.Dense`,
and `keras.layers.Dense` for Keras imported on its own. Sets of versions are sets of *worlds* (see `versions`). The
facts were read from the source of the released wheels by `tools/`; nothing is read from disk before the first look-up.
"""

from __future__ import annotations

from tf2lint.api.versions import ALL, KERAS, TENSORFLOW, WORLDS, World, bit, bits, describe, newest, released, worlds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tf2lint.api.axes import follows_keras
    from tf2lint.api.changes import changing, dropped_keywords, lost_names
    from tf2lint.api.database import (
        Deprecation,
        Kind,
        Member,
        Parameter,
        ParameterKind,
        Replacement,
        Signature,
        Symbol,
        ancestors,
        bases,
        children,
        deprecation,
        dropped_argument,
        is_alive,
        is_open,
        keywords,
        last_names,
        lost_member,
        member,
        member_returns,
        member_signature,
        members,
        names,
        renamed_argument,
        replacement,
        returns,
        signature,
        suggest,
        symbol,
    )

__all__ = [
    "ALL",
    "KERAS",
    "TENSORFLOW",
    "WORLDS",
    "Deprecation",
    "Kind",
    "Member",
    "Parameter",
    "ParameterKind",
    "Replacement",
    "Signature",
    "Symbol",
    "World",
    "ancestors",
    "bases",
    "bit",
    "bits",
    "changing",
    "children",
    "deprecation",
    "describe",
    "dropped_argument",
    "dropped_keywords",
    "follows_keras",
    "is_alive",
    "is_open",
    "keywords",
    "last_names",
    "lost_member",
    "lost_names",
    "member",
    "member_returns",
    "member_signature",
    "members",
    "names",
    "newest",
    "released",
    "renamed_argument",
    "replacement",
    "returns",
    "signature",
    "suggest",
    "symbol",
    "worlds",
]


def __getattr__(name: str) -> object:
    """What is not about versions alone comes when it is asked for: a configuration is read without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tf2lint.api import axes, changes, database

    for module in (axes, changes, database):
        globals().update({known: value for known, value in vars(module).items() if known in __all__})
    found: object = globals()[name]
    return found
