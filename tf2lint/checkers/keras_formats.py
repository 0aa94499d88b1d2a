"""Paths that name a format which Keras 3 neither writes nor reads.

https://www.tensorflow.org/guide/intro_to_modules#saving_keras_models
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.api import versions
from tf2lint.checkers.base import Called, on_called, with_keras_3
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.arguments import Argument
from tf2lint.inference.index import index_of, last_name
from tf2lint.inference.paths import Ending, ending
from tf2lint.inference.values import TfResult

RULE = Rule(
    code="TF903",
    pylint_id="E6805",
    symbol="tf-keras-save-format",
    summary="A path that names a format which Keras 3 neither writes nor reads.",
    message="{name} {problem}: {hint}.",
    hint="save whole models as .keras and weights as .weights.h5",
    url="https://www.tensorflow.org/guide/intro_to_modules#saving_keras_models",
    severity=Severity.BREAKS,
    since="2.16",
)

_MODEL = (".keras", ".h5", ".hdf5")
_WEIGHTS = (".weights.h5",)
_CHECKPOINT = (".keras", ".h5")
_READABLE = (".keras", ".h5", ".hdf5", ".weights.json")
_FUNCTIONS = "tf.keras.models.{0} tf.keras.saving.{0} keras.models.{0} keras.saving.{0} tf.compat.v1.keras.models.{0}"

_CALLBACK = "keras.callbacks.ModelCheckpoint"

_SAVE = "let it end in .keras, or write a SavedModel with model.export"
_LOAD = "load a .keras file; tf.saved_model.load reads a SavedModel"
_READ = "load a .weights.h5 file; Keras 2 (tf-keras) can write one of a TensorFlow checkpoint"


@on_called(RULE, f"tf.keras.Model.save {_FUNCTIONS.format('save_model')}", order=40)
def save(called: Called) -> Iterator[Finding]:
    """`model.save("folder")`."""
    if "zipped" in called.arguments.keywords:
        return
    found = _path(called)
    known = _end(called, found)
    yield from _wrong(called, found, known, _MODEL, _SAVE)
    chosen = called.arguments.keywords.get("save_format")
    worlds = called.worlds & versions.KERAS_3
    if worlds and known is None and chosen is not None and called.constant(chosen) == "tf":
        words = f"writes no SavedModel {with_keras_3(worlds, called.module.config.target)} (ValueError)"
        yield called.finding(RULE, chosen.place, words, hint="leave save_format out, and " + _SAVE)


@on_called(RULE, f"tf.keras.Model.save_weights {_FUNCTIONS.format('save_weights')}", order=40)
def save_weights(called: Called) -> Iterator[Finding]:
    """`model.save_weights("w.h5")`."""
    if "max_shard_size" not in called.arguments.keywords:
        found = _path(called)
        yield from _wrong(called, found, _end(called, found), _WEIGHTS, "let it end in .weights.h5")


@on_called(RULE, f"tf.{_CALLBACK} {_CALLBACK} tf.compat.v1.{_CALLBACK} tf.{_CALLBACK}.__init__", order=40)
def checkpoint(called: Called) -> Iterator[Finding]:
    """`tf.keras.callbacks.ModelCheckpoint("w.h5", save_weights_only=True)`."""
    argument = called.argument("save_weights_only", called.newest)
    only_weights = False if argument is None else called.constant(argument)
    found = _path(called)
    known = _end(called, found)
    if only_weights is True:
        yield from _wrong(called, found, known, _WEIGHTS, "let it end in .weights.h5")
    elif only_weights is False and not called.arguments.open_keywords:
        yield from _wrong(called, found, known, _CHECKPOINT, "let it end in .keras")


@on_called(RULE, _FUNCTIONS.format("load_model"), order=40)
def load(called: Called) -> Iterator[Finding]:
    """`tf.keras.models.load_model("folder")`."""
    found = _path(called)
    if not _knows_folders(called):
        yield from _wrong(called, found, _end(called, found), _MODEL, _LOAD)


@on_called(RULE, f"tf.keras.Model.load_weights {_FUNCTIONS.format('load_weights')}", order=40)
def load_weights(called: Called) -> Iterator[Finding]:
    """`model.load_weights("checkpoint")`."""
    found = _path(called)
    if _knows_folders(called):
        return
    known = _end(called, found)
    if known is None and found is not None and _is_latest_checkpoint(called, found):
        known = Ending("", whole=True)
    yield from _wrong(called, found, known, _READABLE, _READ)


def _path(called: Called) -> Argument | None:
    return called.argument("filepath", called.newest)


def _end(called: Called, path: Argument | None) -> Ending | None:
    return ending(called.module.ev, path.value) if path is not None else None


def _wrong(
    called: Called, path: Argument | None, known: Ending | None, suffixes: tuple[str, ...], hint: str
) -> Iterator[Finding]:
    worlds = called.worlds & versions.KERAS_3
    if not worlds or path is None or known is None or known.among(suffixes) is not False:
        return
    if known.whole and "://" in known.text and (known.text.startswith("hf:") or suffixes is _MODEL):
        return  # A hub of models, or a remote file that is fetched and looked into.
    wanted = " or ".join(suffixes[:2])
    where = with_keras_3(worlds, called.module.config.target)
    yield called.finding(RULE, path.place, f"takes a path that ends in {wanted} {where} (ValueError)", hint=hint)


def _is_latest_checkpoint(called: Called, path: Argument) -> bool:
    values = called.module.values(path.value)
    return bool(values) and all(isinstance(v, TfResult) and v.of.endswith("train.latest_checkpoint") for v in values)


def _knows_folders(called: Called) -> bool:
    """Whether the module works with the two formats of Keras 3 that are folders."""
    index = index_of(called.module.ev, called.module.tree)
    return any(
        last_name(node.func) == "OrbaxCheckpoint" or any(keyword.arg == "zipped" for keyword in node.keywords)
        for node in index.calls
    )
