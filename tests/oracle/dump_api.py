"""Print, as JSON, what a TensorFlow exports: run by the interpreter that has it (Python 3.7 or newer, nothing else).

The walk is a user's: `dir` and `getattr` from `tensorflow` on, through lazy loaders, into the namespaces of the public
API. `names` maps each public name to `[kind, signature, key of its class]` (kinds as in the database, "?" where getting
it raised, "l" for a package of implementation that happens to be visible); `classes` maps keys to members with
`[kind, signature]`, `enums` says which of them are enumerations; `imports` says of every module of the API whether
`import` finds its public path, `unbound` which names the module so found has not. A JSON list of further modules whose
import is tried may come on standard input; there are no arguments: a walk makes `tf.flags` parse the command line.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import os
import sys
import types
import warnings
from typing import Any

NAMESPACES = (
    "tensorflow._api",
    "tensorflow_core._api",
    "tensorflow.keras",
    "tensorflow_core.keras",
    "tensorflow.estimator",
    "tensorflow_core.estimator",
    "tensorflow.python.keras.api",
    "tensorflow_core.python.keras.api",
    "tensorflow_estimator.python.estimator.api",
    "keras.api",
    "keras._tf_keras",
    "tensorboard.summary",
)
CONTRIB = ("tensorflow.contrib", "tensorflow_core.contrib")
DUNDERS = (
    "__internal__",
    "__operators__",
    "__version__",
    "__git_version__",
    "__compiler_version__",
    "__cxx11_abi_flag__",
    "__cxx_version__",
    "__monolithic_build__",
)
FLAGS = ("tf.flags", "tf.app.flags", "tf.compat.v1.flags", "tf.compat.v1.app.flags")
CIRCLES = ("tf.compat.v2", "tf.compat.v1.compat.v1", "tf.compat.v1.compat.v2")


def spell(callable_: Any, bound: bool) -> str | None:
    """A signature as the database writes it, defaults as bare "="; None where Python does not know it."""
    try:
        parameters = list(inspect.signature(callable_).parameters.values())
    except (ValueError, TypeError):
        return None
    if bound and parameters and parameters[0].kind in (0, 1):
        del parameters[0]
    parts = []
    star = False
    slash = 0
    for parameter in parameters:
        if parameter.kind == parameter.VAR_POSITIONAL:
            parts.append("*" + parameter.name)
            star = True
        elif parameter.kind == parameter.VAR_KEYWORD:
            parts.append("**" + parameter.name)
        else:
            if parameter.kind == parameter.KEYWORD_ONLY and not star:
                parts.append("*")
                star = True
            parts.append(parameter.name + ("" if parameter.default is parameter.empty else "="))
            if parameter.kind == parameter.POSITIONAL_ONLY:
                slash = len(parts)
    if slash:
        parts.insert(slash, "/")
    return ",".join(parts)


def constructor(cls: Any) -> str | None:
    """The signature of a class: of `__init__`, else of `__new__`."""
    if cls.__init__ is not object.__init__:
        return spell(cls.__init__, True)
    if cls.__new__ is not object.__new__:
        return spell(cls.__new__, True)
    return ""


def members(cls: Any) -> dict[str, list[Any]]:
    """The public members of a class."""
    found = {}
    for name in dir(cls):
        if name.startswith("_"):
            continue
        static = inspect.getattr_static(cls, name, None)
        if isinstance(static, property):
            found[name] = ["v", None]
            continue
        try:
            value = getattr(cls, name)
        except BaseException:  # noqa: BLE001 - what TensorFlow raises where it has nothing to show is anybody's guess
            found[name] = ["v", None]
            continue
        if inspect.isclass(value):
            found[name] = ["c", None]
        elif callable(value):
            found[name] = ["f", spell(value, not isinstance(static, (staticmethod, classmethod)))]
        else:
            found[name] = ["v", None]
    return found


class Walk:
    """One walk from the root."""

    def __init__(self) -> None:
        self.names: dict[str, list[Any]] = {}
        self.classes: dict[str, dict[str, list[Any]]] = {}
        self.imports: dict[str, bool] = {}
        self.enums: list[str] = []
        self.within: list[Any] = []

    def namespace(self, public: str, module: Any) -> bool:
        """Whether a module belongs to the public API, rather than being seen by accident."""
        try:
            name = module.__name__
            dir(module)
        except AttributeError:
            return False  # It is there, and whatever is asked of it raises.
        if public.startswith("tf.contrib"):
            return bool(name.startswith(CONTRIB))
        if name.startswith(NAMESPACES) or name in ("tensorflow", "tensorflow_core"):
            return True
        if name == "tensorflow" + public[2:] and "_api" in (getattr(module, "__file__", None) or ""):
            return True  # The same file, found by its public path.
        if name.startswith("keras.") and not name.startswith("keras.src"):
            return True
        # Lazy loaders know themselves by their last name only.
        return "." not in name and type(module) is not types.ModuleType

    def walk(self, public: str, module: Any) -> None:
        """Record a namespace and all below it."""
        self.names[public] = ["m", None, None]
        if public in CIRCLES or any(module is outer for outer in self.within) or len(self.within) > 9:
            return
        self.within.append(module)
        for name in dir(module):
            if name.startswith("_") and name not in DUNDERS:
                continue
            full = public + "." + name
            try:
                value = getattr(module, name)
            except BaseException as error:  # noqa: BLE001 - as above
                self.names[full] = ["?", type(error).__name__, None]
                continue
            if isinstance(value, types.ModuleType):
                if full in FLAGS or self.namespace(full, value):
                    self.walk(full, value)
                else:
                    self.names[full] = ["l", None, None]
            else:
                self.record(full, value)
        self.within.pop()

    def record(self, full: str, value: Any) -> None:
        """Record what is no module."""
        if inspect.isclass(value):
            key = ":".join([value.__module__, value.__name__, str(id(value))])
            if key not in self.classes:
                self.classes[key] = members(value)
                if isinstance(value, enum.EnumMeta):
                    self.enums.append(key)
            self.names[full] = ["c", constructor(value), key]
        elif callable(value):
            self.names[full] = ["f", None if ".raw_ops." in full else spell(value, False), None]
        else:
            self.names[full] = ["v", None, None]


def importable(public: str) -> bool:
    """Whether `import` finds a module by its public path."""
    try:
        importlib.import_module("tensorflow" + public[2:])
        return True
    except BaseException:  # noqa: BLE001 - what TensorFlow raises where it has nothing to show is anybody's guess
        return False


def bound(module: str, name: str) -> bool:
    """Whether `from module import name` works, the module being imported already."""
    try:
        getattr(sys.modules["tensorflow" + module[2:]], name)
        return True
    except BaseException:  # noqa: BLE001 - what TensorFlow raises where it has nothing to show is anybody's guess
        return False


def dump(probes: list[str]) -> dict[str, Any]:
    """Everything; `probes` are module names whose import is tried besides those found by walking."""
    import tensorflow

    walk = Walk()
    walk.walk("tf", tensorflow)
    modules = {name for name, facts in walk.names.items() if facts[0] == "m" and not name.startswith("tf.contrib")}
    for name in sorted(modules | set(probes)):
        walk.imports[name] = importable(name)
    unbound = []
    for name, (kind, _, _) in sorted(walk.names.items()):
        parent, _, last = name.rpartition(".")
        if kind in "fcv" and walk.imports.get(parent) and not bound(parent, last):
            unbound.append(name)
    keras = ""
    try:
        import keras as standalone

        keras = standalone.__version__
    except Exception:  # noqa: BLE001 - absent or broken: then it is not the Keras in use
        pass
    return {
        "tensorflow": tensorflow.__version__,
        "keras": keras,
        "names": walk.names,
        "classes": walk.classes,
        "imports": walk.imports,
        "unbound": unbound,
        "enums": walk.enums,
    }


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    warnings.simplefilter("ignore")
    output = os.dup(1)
    os.dup2(2, 1)  # TensorFlow prints at import; standard output is for the JSON alone.
    found = dump(json.loads(sys.stdin.read() or "[]"))
    with os.fdopen(output, "w") as stream:
        json.dump(found, stream)
