"""Runs in an interpreter with TensorFlow: what the expressions of `tests/tracing/reveal.py` are while they are traced.

Reads a JSON object of programs from standard input and writes what each told, or how it failed.
"""

from __future__ import annotations

import functools
import json
import sys
from typing import Any

import tensorflow as tf


def describe(value: Any) -> str:
    """A value as the rows spell it."""
    kind = "eager" if hasattr(value, "numpy") and isinstance(value, tf.Tensor) else "tensor"
    if isinstance(value, tf.Variable):
        kind = "variable"
    elif isinstance(value, tf.data.Dataset):
        return "dataset"
    elif isinstance(value, tf.TensorArray):
        return "array"
    elif isinstance(value, tf.TensorShape):
        return "shape"
    elif isinstance(value, tf.dtypes.DType):
        return "dtype"
    elif type(value).__module__ == "numpy":
        return "ndarray"
    elif not isinstance(value, tf.Tensor):
        return {"ListWrapper": "list"}.get(type(value).__name__, type(value).__name__)
    shape = value.shape.as_list() if value.shape.rank is not None else None
    sizes = ", ".join("?" if n is None else str(n) for n in shape or ())
    spelled = "" if shape is None else f"({sizes})"
    return " ".join(filter(None, (kind, value.dtype.base_dtype.name, spelled)))


def reveal(shown: list[str], value: Any) -> None:
    """Take down what a program shows."""
    shown.append(describe(value))


def main() -> None:
    """All programs, each in a file of its own, which AutoGraph reads."""
    told: dict[str, str] = {}
    for row, text in json.load(sys.stdin).items():
        shown: list[str] = []
        names: dict[str, Any] = {"__name__": "program", "reveal": functools.partial(reveal, shown)}
        path = f"program_{len(told)}.py"
        with open(path, "w") as file:
            file.write(text)
        try:
            exec(compile(text, path, "exec"), names)
            names["traced"].get_concrete_function()
        except Exception as error:  # noqa: BLE001  # Whatever a program raises is its answer.
            told[row] = f"{type(error).__name__}: {str(error)[-200:]}"
        else:
            told[row] = shown[-1]
    json.dump(told, sys.stdout)


main()
