"""What an expression may denote: the abstract values of the evaluator.

An expression has a *set* of them, one for each way the program may take. Values that come from TensorFlow carry the
worlds (pairs of a TensorFlow and a Keras version, see `tf2lint.api.versions`) in which the program can have obtained
them, so that code for two versions is judged by the versions that can reach it.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from typing import TypeAlias

from astroid import nodes


@dataclasses.dataclass(frozen=True, slots=True)
class TfName:
    """A public object of TensorFlow or Keras by its canonical name: `tf.placeholder`, `keras.layers.Dense`.

    `inferred` says that it came here through more than imports and plain assignments.
    """

    name: str
    worlds: int
    inferred: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class TfInstance:
    """An instance of a class of TensorFlow."""

    cls: str
    worlds: int


@dataclasses.dataclass(frozen=True, slots=True)
class TfResult:
    """What a call of a function (or of a member) of TensorFlow gave, of a type the database does not tell."""

    of: str
    worlds: int


@dataclasses.dataclass(frozen=True, slots=True)
class TfMember:
    """A member looked up on an instance of a class of TensorFlow, or on a project class derived from one."""

    cls: str
    attribute: str
    worlds: int
    on_subclass: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Function:
    """A function or lambda of the project."""

    node: nodes.FunctionDef | nodes.Lambda


@dataclasses.dataclass(frozen=True, slots=True)
class Generator:
    """What calling a generator function of the project gave."""

    node: nodes.FunctionDef


@dataclasses.dataclass(frozen=True, slots=True)
class Class:
    """A class of the project."""

    node: nodes.ClassDef


@dataclasses.dataclass(frozen=True, slots=True)
class Object:
    """An instance of a class of the project."""

    node: nodes.ClassDef


@dataclasses.dataclass(frozen=True, slots=True)
class Super:
    """`super()` inside a class of the project."""

    node: nodes.ClassDef


@dataclasses.dataclass(frozen=True, slots=True)
class Module:
    """A module of the project."""

    node: nodes.Module


@dataclasses.dataclass(frozen=True, slots=True)
class Partial:
    """`functools.partial(target, ...)`."""

    target: frozenset[Value]
    node: nodes.Call


@dataclasses.dataclass(frozen=True, slots=True)
class Const:
    """A constant: a string, a number, None."""

    value: object


@dataclasses.dataclass(frozen=True, slots=True)
class External:
    """An object outside of the project and of TensorFlow, by its dotted name: `numpy.sum`, `builtins.getattr`."""

    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Unknown:
    """Anything. `reason` says what the evaluator does not follow, for those who work on it."""

    reason: str


TfValue: TypeAlias = TfName | TfInstance | TfResult | TfMember
Value: TypeAlias = (
    TfValue | Function | Generator | Class | Object | Super | Module | Partial | Const | External | Unknown
)
Values: TypeAlias = frozenset[Value]

NOTHING: Values = frozenset()


def only(value: Value) -> Values:
    """The set of one value."""
    return frozenset((value,))


@functools.lru_cache(maxsize=1024)
def unknown(reason: str) -> Values:
    """The set that says: anything, and why."""
    return frozenset((Unknown(reason),))


@functools.lru_cache(maxsize=65536)
def below(owner: str, attribute: str, worlds: int, inferred: bool) -> Values:
    """The set of a name of TensorFlow that is looked up in another; one object, however often the program does it."""
    return only(TfName(join(owner, attribute), worlds, inferred))


def union(sets: Iterable[Values]) -> Values:
    """All values of several sets."""
    return NOTHING.union(*sets)


def ordered(values: Values) -> list[Value]:
    """The values in an order that does not change from run to run, as that of a set of strings does."""
    return sorted(values, key=_rank) if len(values) > 1 else list(values)


def _rank(value: Value) -> tuple[str, str, int]:
    if isinstance(value, TfName | External):
        return type(value).__name__, value.name, 0
    if isinstance(value, TfInstance | TfMember):
        return type(value).__name__, f"{value.cls}.{getattr(value, 'attribute', '')}", 0
    if isinstance(value, TfResult):
        return type(value).__name__, value.of, 0
    if isinstance(value, Const | Unknown):
        return type(value).__name__, repr(value), 0
    return type(value).__name__, value.node.root().name, value.node.fromlineno or 0


def within(values: Values, worlds: int) -> Values:
    """The values that the program can have in the given worlds."""
    if all(not isinstance(v, TfValue) or v.worlds & ~worlds == 0 for v in values):
        return values
    return frozenset(kept for v in values if (kept := _limit(v, worlds)) is not None)


def of_worlds(values: Values) -> bool:
    """Whether the program can have any of these values in some worlds and not in others."""
    return any(isinstance(value, TfValue) for value in values)


def _limit(value: Value, worlds: int) -> Value | None:
    if not isinstance(value, TfValue):
        return value
    left = value.worlds & worlds
    return dataclasses.replace(value, worlds=left) if left else None


def known(values: Values) -> Values:
    """The values without `Unknown` and None."""
    return frozenset(v for v in values if not isinstance(v, Unknown) and v != Const(None))


def inferred(values: Values) -> Values:
    """The same values, marked as having come through user code."""
    if not any(isinstance(v, TfName) and not v.inferred for v in values):
        return values
    return frozenset(dataclasses.replace(v, inferred=True) if isinstance(v, TfName) else v for v in values)


ROOTS = {"tensorflow": "tf", "keras": "keras", "tf_keras": "tf_keras"}
"""The packages beyond the border, by import name, and how their public names are spelled in findings."""


def canonical(dotted: str) -> str | None:
    """The canonical name of an object of TensorFlow or Keras given by import path; None for everything else.

    `tensorflow.compat.v2` is TensorFlow 2 itself, and the compatibility modules inside each other are one.
    """
    head, _, rest = dotted.partition(".")
    root = ROOTS.get(head)
    if root is None:
        return None
    return join(root, rest) if rest else root


def join(owner: str, path: str) -> str:
    """The canonical name of what lies at `path` below a canonical name."""
    name = f"{owner}.{path}"
    if ".compat." not in name:
        return name
    for inner in (".compat.v1.compat.v1", ".compat.v2.compat.v1"):
        name = name.replace(inner, ".compat.v1")
    for inner in (".compat.v1.compat.v2", ".compat.v2"):
        if name.startswith(f"tf{inner}") and name[2 + len(inner) :][:1] in ("", "."):
            name = f"tf{name[2 + len(inner) :]}"
    return name
