"""Where each edition keeps its public API.

An edition is a TensorFlow minor with the companions that its own requirements install, or a Keras 3 minor. A `Mount`
says which module is behind a public name where following imports does not lead there by itself (lazy loaders, modules
that another package grafts on).

| TensorFlow | root | Keras | estimator |
|--|--|--|--|
| 1.15 | `tensorflow_core`, `_api.v1` | `tensorflow.python.keras.api._v1` | `tensorflow_estimator…api._v1` |
| 2.0, 2.1 | `tensorflow_core`, `_api.v2` | `tensorflow.python.keras.api._v2` | `…api._v2` |
| 2.2 - 2.5 | `tensorflow`, `_api.v2` | the same | the same |
| 2.6 - 2.15 | `tensorflow`, `_api.v2` | `keras.api._v2` | the same |
| 2.16 on | `tensorflow`, `_api.v2` | an edition of its own: `keras._tf_keras` | none |
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from tf2lint.api.versions import KERAS, TENSORFLOW

if TYPE_CHECKING:
    import pathlib

EDITIONS = (*TENSORFLOW, *(f"keras-{minor}" for minor in KERAS))
"""Every edition: the TensorFlow minors, then the Keras 3 minors."""


KERAS_IN_ROOT = ("losses", "metrics", "optimizers", "initializers")
"""The namespaces of Keras that TensorFlow 2 shows as its own."""

# What `from absl.flags import *` brings into `tf.flags`; absl is not among the wheels.
ABSL_FLAGS = {
    "v": "FLAGS",
    "f": (
        "DEFINE DEFINE_alias DEFINE_bool DEFINE_boolean DEFINE_enum DEFINE_enum_class DEFINE_flag DEFINE_float "
        "DEFINE_integer DEFINE_list DEFINE_multi DEFINE_multi_enum DEFINE_multi_enum_class DEFINE_multi_float "
        "DEFINE_multi_integer DEFINE_multi_string DEFINE_spaceseplist DEFINE_string adopt_module_key_flags "
        "declare_key_flag disclaim_key_flags doc_to_help flag_dict_to_args get_help_width "
        "mark_bool_flags_as_mutual_exclusive mark_flag_as_required mark_flags_as_mutual_exclusive "
        "mark_flags_as_required multi_flags_validator override_value register_multi_flags_validator "
        "register_validator set_default text_wrap validator"
    ),
    "c": (
        "ArgumentParser ArgumentSerializer BaseListParser BooleanFlag BooleanParser CantOpenFlagFileError "
        "CsvListSerializer DuplicateFlagError EnumClassFlag EnumClassListSerializer EnumClassParser "
        "EnumClassSerializer EnumFlag EnumParser Error Flag FlagHolder FlagNameConflictsWithMethodError FlagValues "
        "FloatParser IllegalFlagValueError IntegerParser ListParser ListSerializer MultiEnumClassFlag MultiFlag "
        "UnparsedFlagAccessError UnrecognizedFlagError ValidationError WhitespaceSeparatedListParser"
    ),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Mount:
    """The module behind a public name."""

    public: str
    module: str
    found: tuple[str, ...] = ()
    """The module that `import` finds by the public path, if any."""
    search: tuple[str, ...] = ()
    """The packages in whose folders `import` looks for what lies below, where they are not that module alone."""
    forwarded: tuple[str, ...] = ()
    """The names directly below that `import` finds, where not all are."""
    also: tuple[str, ...] = ()
    """Modules whose names are there as well."""
    alone: bool = False
    """Take the module's own names only: nothing that lies below it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """An edition: folders of source, and mounts, outer before inner."""

    name: str
    folders: tuple[pathlib.Path, ...]
    aliases: dict[str, str]
    mounts: tuple[Mount, ...]
    namespaces: tuple[str, ...]
    """Prefixes of the modules that are namespaces of the public API, not implementation."""
    contrib: bool = False


def _number(minor: str) -> tuple[int, ...]:
    return tuple(int(part) for part in minor.split("."))


def tensorflow_folder(minor: str) -> str:
    """The folder of a TensorFlow minor below the cache: `tensorflow-cpu` has no wheels before 2.1."""
    return f"tensorflow-{minor}" if _number(minor) < (2, 1) else f"tensorflow-cpu-{minor}"


def tables_folder(minor: str) -> str:
    """Where, in a TensorFlow, the tables of the upgrade script are."""
    return ("tensorflow_core" if _number(minor) < (2, 2) else "tensorflow") + "/tools/compatibility"


def _aliases(version: tuple[int, ...]) -> dict[str, str]:
    """Packages that import finds under a name that is not their folder's."""
    core = "tensorflow_core" if version < (2, 2) else "tensorflow"
    api = "v1" if version < (2, 0) else "v2"
    return {"tensorflow": core, "tensorflow.compat": f"{core}._api.{api}.compat"}


def layout(edition: str, cache: pathlib.Path) -> Layout:
    """The layout of an edition whose unpacked wheels are below `cache`."""
    if edition.startswith("keras-"):
        return _keras(edition, cache)
    version = _number(edition)
    folders = [cache / tensorflow_folder(edition)]
    if version < (2, 16):
        folders.append(cache / f"tensorflow-estimator-{edition}")
    if (2, 6) <= version < (2, 16):
        folders.append(cache / f"keras-{edition}")
    if (2, 0) <= version < (2, 16):
        folders.append(cache / ("tensorboard-2.0" if version < (2, 5) else "tensorboard-2.11"))
    return Layout(
        edition,
        tuple(folders),
        _aliases(version),
        tuple(_first() if version < (2, 0) else _second(version)),
        (
            "tensorflow._api.",
            "tensorflow.python.keras.api.",
            "tensorflow_estimator.python.estimator.api.",
            "keras.api.",
        ),
        contrib=version < (2, 0),
    )


def _both(public: str, module: str) -> Mount:
    """A module that attribute and import reach alike."""
    return Mount(public, module, found=(module,))


def _flags(*namespaces: str) -> list[Mount]:
    module = "tensorflow.python.platform.flags"
    return [
        Mount(f"{namespace}.{name}", module, alone=True) for namespace in namespaces for name in ("flags", "app.flags")
    ]


def _first() -> list[Mount]:
    estimator = "tensorflow_estimator.python.estimator.api._v1.estimator"
    keras = "tensorflow.python.keras.api._v1.keras"
    return [
        Mount("tf", "tensorflow", search=("tensorflow", "tensorflow._api.v1")),
        _both("tf.keras", keras),
        _both("tf.estimator", estimator),
        _both("tf.compat.v1", "tensorflow._api.v1.compat.v1"),
        _both("tf.compat.v1.keras", keras),
        _both("tf.compat.v1.estimator", estimator),
        *_flags("tf", "tf.compat.v1"),
    ]


def _second(version: tuple[int, ...]) -> list[Mount]:
    # 2.0 and 2.1 are a package that forwards these to `tensorflow_core`: there is no `import tensorflow.nn`.
    forwarded = "compat compiler core examples lite python summary tools".split() if version < (2, 2) else ()
    mounts = [Mount("tf", "tensorflow", search=("tensorflow", "tensorflow._api.v2"), forwarded=tuple(forwarded))]
    if version < (2, 16):
        home = "tensorflow.python.keras.api" if version < (2, 6) else "keras.api"
        estimator = "tensorflow_estimator.python.estimator.api"
        mounts.append(_both("tf.keras", f"{home}._v2.keras"))
        mounts += [Mount(f"tf.{name}", f"{home}._v2.keras.{name}") for name in KERAS_IN_ROOT]
        # TensorBoard's `tf.summary` is TensorFlow's with a few functions more, and lies before it on the path.
        summary, shared = "tensorboard.summary._tf.summary", "tensorflow._api.v2.summary"
        mounts += [
            _both("tf.estimator", f"{estimator}._v2.estimator"),
            Mount("tf.summary", summary, found=(summary, shared), also=(shared,)),
            Mount("tf.summary.experimental", "tensorflow._api.v2.summary.experimental"),
        ]
    mounts.append(_both("tf.compat.v1", "tensorflow._api.v2.compat.v1"))
    if version < (2, 16):
        mounts += [
            _both("tf.compat.v1.keras", f"{home}._v1.keras"),
            _both("tf.compat.v1.estimator", f"{estimator}._v1.estimator"),
        ]
    if (2, 6) <= version < (2, 16):
        for public, name in (("tf.compat.v1.layers", "layers"), ("tf.compat.v1.nn.rnn_cell", "rnn_cell")):
            module = f"{home}._v1.keras.__internal__.legacy.{name}"
            # Before 2.15 Keras came too late to the path: import finds the empty folder that TensorFlow kept.
            found = module if version >= (2, 15) else public.replace("tf.", "tensorflow._api.v2.", 1)
            mounts.append(Mount(public, module, found=(found,)))
    return mounts + _flags("tf.compat.v1")


def _keras(edition: str, cache: pathlib.Path) -> Layout:
    keras = "keras._tf_keras.keras"
    home = "keras.api" if (cache / edition / "keras" / "api").is_dir() else "keras"
    mounts = [
        _both("tf.keras", keras),
        # The lazy loader of `tf.compat.v1.keras` lands in Keras 3 too; there is no folder on its `__path__` any more.
        Mount("tf.compat.v1.keras", keras),
        _both("keras", home),
        *(Mount(f"tf.{name}", f"{keras}.{name}") for name in KERAS_IN_ROOT),
    ]
    return Layout(
        edition,
        # Keras 3 classes inherit from TensorFlow's when it is their backend.
        (cache / edition, cache / tensorflow_folder(TENSORFLOW[-1])),
        _aliases(_number(TENSORFLOW[-1])),
        tuple(mounts),
        ("keras.",),
    )
