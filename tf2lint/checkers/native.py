"""Which names `tf.compat.v1` has in common with TensorFlow itself. What differs is read from `distinct.tsv`.

An oracle test asks every TensorFlow whether the list is complete.
"""

from __future__ import annotations

import functools
import importlib.resources

from tf2lint import api


def is_native(name: str) -> bool:
    """Whether TensorFlow 2 has one object under a name and under the same name in `tf.compat.v1`."""
    if name in distinct() or name.startswith(("keras.", "compat.", "contrib.")) or name == "keras":
        return False
    symbol = api.symbol(f"tf.{name}")
    return symbol is not None and symbol.kind is not api.Kind.MODULE and api.symbol(f"tf.compat.v1.{name}") is not None


@functools.cache
def distinct() -> frozenset[str]:
    """Names under which `tf.compat.v1` has something else than TensorFlow itself, in some version."""
    return frozenset(lines("distinct.tsv"))


def is_native_module(name: str) -> bool:
    """Whether a module of TensorFlow has the same content in `tf.compat.v1`."""
    found, before = api.symbol(f"tf.{name}"), api.symbol(f"tf.compat.v1.{name}")
    if found is None or before is None or found.kind is not api.Kind.MODULE or f"{name}.".startswith("keras."):
        return False
    return not any(other.startswith(f"{name}.") for other in distinct())


def lines(file: str) -> list[str]:
    """The lines of a table that lies beside this module, without comments."""
    text = importlib.resources.files("tf2lint.checkers").joinpath(file).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
