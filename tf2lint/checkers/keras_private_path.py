"""Paths into the implementation of Keras, which was moved about from release to release.

`keras.layers.core` went with 2.13, `keras.src.engine` with Keras 3; of `tensorflow.python.keras` some is left.
https://www.tensorflow.org/guide/versions#what_is_not_covered
"""

from __future__ import annotations

import functools
import importlib.resources

from tf2lint import api
from tf2lint.api import axes, versions
from tf2lint.checkers.base import Reference, on_reference
from tf2lint.checkers.wording import since
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF907",
    pylint_id="E6809",
    symbol="tf-keras-private-path",
    summary="A path into Keras's implementation that a targeted version does not have.",
    message="{name} {problem}: {hint}.",
    hint="use the public name",
    url="https://www.tensorflow.org/guide/versions#what_is_not_covered",
    severity=Severity.BREAKS,
)

_TABLED = ("keras.src.", "tf.python.keras.")
_HOMES = ("layers", "models", "utils", "optimizers", "callbacks", "losses", "metrics", "backend")


@on_reference(RULE, order=15, alive=lambda name, _: name.startswith(_TABLED))
def private_path(reference: Reference) -> Finding | None:
    """`from keras.layers.core import Dense`."""
    found = _of_table(reference) if reference.name.startswith(_TABLED) else _of_database(reference)
    if found is None:
        return None
    present, missing = found
    if not missing or reference.module.ev.guards.expects_absence(reference.node):
        return None
    where, why = since(reference.name, present, missing, reference.module.config.target)
    error = "ImportError" if reference.imported else "AttributeError"
    problem = f"is not public and {where} ({error}){': ' if why else ''}{why}"
    return reference.finding(RULE, problem, hint=f"use {_public(reference)}")


def _of_database(reference: Reference) -> tuple[int, int] | None:
    """The worlds that have a module of the package `keras` as it was up to 2.12, and those that lack it."""
    if not reference.name.startswith("keras.") or not reference.missing or reference.known is None:
        return None
    symbol = api.symbol(reference.known)
    public = api.symbol(f"tf.{reference.known}")
    if symbol is None or not symbol.open or public is not None:
        return None
    return symbol.worlds | symbol.imports, reference.missing


def _of_table(reference: Reference) -> tuple[int, int] | None:
    path = reference.name
    while path not in table():
        path = path.rpartition(".")[0]
        if not path:
            return None
    present = table()[path]
    return present, reference.value.worlds & ~present


@functools.cache
def table() -> dict[str, int]:
    """The worlds that have a module, or may have it as far as is known."""
    text = importlib.resources.files("tf2lint.checkers").joinpath("keras_paths.tsv").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        name, runs = line.split("\t")
        on_keras = name.startswith("keras.")
        epochs = axes.KERAS_EPOCHS if on_keras else versions.TENSORFLOW
        mask = 0
        for run in runs.split(","):
            first, last = (epochs.index(epoch) for epoch in run.split(".."))
            mask |= (2 << last) - (1 << first)
        if on_keras:  # Which `keras` stands beside a TensorFlow before 2.6, or beside tf_keras, is not known.
            mask |= (1 << epochs.index("2.6")) - 1 | 1 << epochs.index("legacy")
        found[name] = axes.unfold(mask, on_keras)
    return found


def _public(reference: Reference) -> str:
    """The public name of the same object, if there is one in every version that comes here; else where to look."""
    root = "tf.keras" if reference.name.startswith("tf.") else "keras"
    parts = reference.name.removeprefix("keras.src.").removeprefix("tf.python.keras.").removeprefix("keras.").split(".")
    homes = dict.fromkeys([parts[0], *_HOMES] if len(parts) > 1 else _HOMES)
    for name in (*(f"{root}.{home}.{parts[-1]}" for home in homes), f"{root}.{parts[-1]}"):
        if name != reference.name and _is_alive(name, reference.value.worlds, module=False):
            return name
    home = f"{root}.{parts[0]}"
    return f"what is public in {home if _is_alive(home, reference.value.worlds, module=True) else root}"


def _is_alive(name: str, worlds: int, *, module: bool) -> bool:
    symbol = api.symbol(name)
    if symbol is None or (symbol.kind is api.Kind.MODULE) is not module:
        return False
    return not worlds & ~symbol.worlds and not worlds & symbol.raises
