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
    """The module behind a public name. `importable`: whether `import` finds the public path too."""

    public: str
    module: str
    importable: bool = True
    extra: tuple[str, ...] = ()
    """Packages that lie on the `__path__` of the module besides its own folder."""
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
        {"tensorflow": "tensorflow_core"} if version < (2, 2) else {},
        tuple(_first(version) if version < (2, 0) else _second(version)),
        (
            "tensorflow._api.",
            "tensorflow.python.keras.api.",
            "tensorflow_estimator.python.estimator.api.",
            "keras.api.",
        ),
        contrib=version < (2, 0),
    )


def _first(_version: tuple[int, ...]) -> list[Mount]:
    estimator = "tensorflow_estimator.python.estimator.api._v1.estimator"
    keras = "tensorflow.python.keras.api._v1.keras"
    flags = "tensorflow.python.platform.flags"
    return [
        Mount("tf", "tensorflow", extra=("tensorflow._api.v1",)),
        Mount("tf.keras", keras),
        Mount("tf.estimator", estimator),
        Mount("tf.flags", flags, importable=False, alone=True),
        Mount("tf.app.flags", flags, importable=False, alone=True),
        Mount("tf.compat.v1", "tensorflow._api.v1.compat.v1"),
        Mount("tf.compat.v1.keras", keras),
        Mount("tf.compat.v1.estimator", estimator),
        Mount("tf.compat.v1.flags", flags, importable=False, alone=True),
        Mount("tf.compat.v1.app.flags", flags, importable=False, alone=True),
    ]


def _second(version: tuple[int, ...]) -> list[Mount]:
    mounts = [Mount("tf", "tensorflow", extra=("tensorflow._api.v2",))]
    flags = "tensorflow.python.platform.flags"
    if version < (2, 16):
        home = "tensorflow.python.keras.api" if version < (2, 6) else "keras.api"
        estimator = "tensorflow_estimator.python.estimator.api"
        mounts.append(Mount("tf.keras", f"{home}._v2.keras"))
        mounts += [
            Mount(f"tf.{name}", f"{home}._v2.keras.{name}", importable=False)
            for name in ("losses", "metrics", "optimizers", "initializers")
        ]
        mounts += [
            Mount("tf.estimator", f"{estimator}._v2.estimator"),
            # TensorBoard's `tf.summary` is TensorFlow's with a few functions more, and lies before it on the path.
            Mount("tf.summary", "tensorboard.summary._tf.summary", also=("tensorflow._api.v2.summary",)),
            Mount("tf.summary.experimental", "tensorflow._api.v2.summary.experimental", importable=False),
        ]
    mounts.append(Mount("tf.compat.v1", "tensorflow._api.v2.compat.v1"))
    if version < (2, 16):
        mounts += [
            Mount("tf.compat.v1.keras", f"{home}._v1.keras"),
            Mount("tf.compat.v1.estimator", f"{estimator}._v1.estimator"),
        ]
    if (2, 6) <= version < (2, 16):
        legacy = f"{home}._v1.keras.__internal__.legacy"
        mounts += [
            Mount("tf.compat.v1.layers", f"{legacy}.layers"),
            Mount("tf.compat.v1.nn.rnn_cell", f"{legacy}.rnn_cell"),
        ]
    mounts += [
        Mount("tf.compat.v1.flags", flags, importable=False, alone=True),
        Mount("tf.compat.v1.app.flags", flags, importable=False, alone=True),
    ]
    return mounts


def _keras(edition: str, cache: pathlib.Path) -> Layout:
    keras = "keras._tf_keras.keras"
    home = "keras.api" if (cache / edition / "keras" / "api").is_dir() else "keras"
    mounts = [
        Mount("tf.keras", keras),
        # The lazy loader of `tf.compat.v1.keras` lands in Keras 3 too; there is no folder on its `__path__` any more.
        Mount("tf.compat.v1.keras", keras, importable=False),
        Mount("keras", home),
    ]
    mounts += [
        Mount(f"tf.{name}", f"{keras}.{name}", importable=False)
        for name in ("losses", "metrics", "optimizers", "initializers")
    ]
    return Layout(
        edition,
        # Keras 3 classes inherit from TensorFlow's when it is their backend.
        (cache / edition, cache / tensorflow_folder(TENSORFLOW[-1])),
        {},
        tuple(mounts),
        ("keras.",),
    )
