"""What TensorFlow is: the public names of every release, their signatures, members and replacements.

Names are canonical: `tf.placeholder`, `tf.compat.v1.placeholder`, `tf.contrib.rnn.LSTMCell`, `tf.keras.layers.Dense`,
and `keras.layers.Dense` for Keras imported on its own. Sets of versions are sets of *worlds* (see `versions`). The
facts were read from the source of the released wheels by `tools/`; nothing is read from disk before the first look-up.
"""

from __future__ import annotations

from tf2lint.api.axes import follows_keras
from tf2lint.api.changes import changing, dropped_keywords
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
    member,
    member_signature,
    members,
    names,
    renamed_argument,
    replacement,
    signature,
    suggest,
    symbol,
)
from tf2lint.api.versions import ALL, KERAS, TENSORFLOW, WORLDS, World, bit, describe, released, worlds

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
    "member",
    "member_signature",
    "members",
    "names",
    "released",
    "renamed_argument",
    "replacement",
    "signature",
    "suggest",
    "symbol",
    "worlds",
]
