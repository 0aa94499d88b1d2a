"""Positional arguments that reach another parameter than they did. The facts are the signatures of the API database.

A correct call of TensorFlow 2 looks just like a wrong one: `tf.boolean_mask(x, mask, 1)` names an axis since 2.0, and
gave the operation a name before. So a place is told only if its value fits what stood there and does not fit what
stands there now, or if the module shows that it was written for TensorFlow 1.

https://www.tensorflow.org/guide/migrate/upgrade#caveats
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.api import Parameter, Signature, versions
from tf2lint.checkers import edits
from tf2lint.checkers.base import Called, Module, on_called
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.arguments import Callee
from tf2lint.inference.values import Const, Function, TfInstance, TfName, TfResult

RULE = Rule(
    code="TF403",
    pylint_id="W6854",
    symbol="tf-reordered-arguments",
    summary="A positional argument that means something else in the targeted TensorFlow.",
    message="{name} {problem}: {hint}.",
    hint="pass it by name",
    url="https://www.tensorflow.org/guide/migrate/upgrade#caveats",
    severity=Severity.CHANGES,
)

_TF1 = versions.bit("1.15")

_TEXT = frozenset(("text", "type name", "TEXT"))
_TYPE = frozenset(("type", "type name"))
_PLACE = frozenset(("integer", "list", "object"))
_SHAPE = frozenset(("integer", "list", "object"))

_BY_NAME = {
    **dict.fromkeys(("name", "scope", "shared_name", "default_name"), _TEXT),
    **dict.fromkeys(("dtype", "dtype_hint", "out_type", "output_type", "Tout", "input_type"), _TYPE),
    **dict.fromkeys(
        ("axis", "axes", "dim", "dimension", "batch_dims", "fixed_length", "split_dim", "concat_dim"), _PLACE
    ),
    **dict.fromkeys(("shape", "size", "perm", "paddings", "ksize", "strides"), _SHAPE),
}
_BY_DEFAULT = {
    "bool": frozenset(("truth", "integer", "object")),
    "int": frozenset(("integer", "float", "object")),
    "float": frozenset(("integer", "float", "object")),
    "str": _TEXT,
    "STR": frozenset(("TEXT",)),  # One of a few words in capitals, as "BYTE".
}


@on_called(RULE, order=30)
def reordered(called: Called) -> Iterator[Finding]:
    """`tf.transpose(x, [1, 0], "name")`, whose third parameter is `conjugate` since 2.0."""
    given = called.arguments
    if called.callee.unbound or len(given.positional) <= given.given:
        return
    callee = called.callee
    if not _moves(callee.name, callee.cls, callee.attribute, called.successor, called.worlds):
        return
    told: dict[int, tuple[Moved, int]] = {}
    anywhere = dataclasses.replace(callee, worlds=0, inferred=False)
    for world in api.bits(called.worlds):
        for moved in _moved(anywhere, called.successor, world):
            if given.given <= moved.index < len(given.positional):
                value = given.positional[moved.index].value
                if _means_the_old(called, value, moved):
                    known, worlds = told.get(moved.index, (moved, 0))
                    told[moved.index] = known, worlds | world
    for index, (moved, worlds) in sorted(told.items()):
        problem = (
            f"takes {moved.now.name} in the {_ORDINALS[index]} place {called.when(worlds, moved.known)}, "
            f"where {moved.before.name} was"
        )
        hint = f"write {moved.before.name}=" if moved.still_named else f"there is no {moved.before.name} any more"
        found = called.finding(RULE, given.positional[index].place, problem, hint=hint)
        named = edits.of_positions(called, index)
        yield dataclasses.replace(found, edits=named or edits.of_call(called))


@on_called(RULE, "tf.concat tf.split tf.compat.v1.concat tf.compat.v1.split", order=29)
def axis_first(called: Called) -> Iterator[Finding]:
    """`tf.concat(0, values)` and `tf.split(0, 3, value)`: the order before TensorFlow 1.0."""
    given = called.arguments
    name = called.name.rpartition(".")[2]
    if len(given.positional) < (3 if name == "split" else 2) or given.given:
        return
    first = given.positional[0]
    if kind_of(called.module, first.value) == "integer":
        order = "value, num_or_size_splits, axis" if name == "split" else "values, axis"
        problem = "takes the axis last since TensorFlow 1.0"
        yield called.finding(RULE, first.place, problem, hint=f"write tf.{name}({order})")


_ORDINALS = ("first", "second", "third", *(f"{number}th" for number in range(4, 60)))


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """A place in a list of parameters where one world has another parameter than an older one had.

    `known` are the worlds with the older one there; `sure` says that the older parameter went elsewhere, and was not
    only given another name.
    """

    index: int
    before: Parameter
    now: Parameter
    known: int
    sure: bool
    still_named: bool


@functools.lru_cache(maxsize=4096)
def _moves(name: str, cls: str, attribute: str, successor: str | None, worlds: int) -> bool:
    """Whether any place of a callee means something else in one of the worlds."""
    callee = Callee(name, 0, False, cls, attribute)
    return any(_moved(callee, successor, world) for world in api.bits(worlds))


@functools.lru_cache(maxsize=4096)
def _moved(callee: Callee, successor: str | None, world: int) -> tuple[Moved, ...]:
    """The places that mean something else in a world than in an older one, TensorFlow 1.15 first."""
    now = api.signature(successor, world) if successor is not None else callee.signature(world)
    if now is None:
        return ()
    by_object: dict[int, tuple[Signature, int]] = {}  # Equal ones are one object; to compare what they hold takes long.
    for bit in api.bits(api.ALL):
        signature = callee.signature(bit) if bit < world else None
        if signature is not None:
            by_object[id(signature)] = signature, by_object.get(id(signature), (signature, 0))[1] | bit
    older = list(by_object.values())
    first = [
        min(
            (w & -w for s, w in older if s.positional[i : i + 1] and s.positional[i].name == p.name),
            default=world,
        )
        for i, p in enumerate(now.positional)
    ]
    found: dict[int, Moved] = {}
    for signature, worlds in older:
        for index, (before, after) in enumerate(zip(signature.positional, now.positional, strict=False)):
            if before.name == after.name or index in found or first[index] < worlds & -worlds:
                continue  # What stands there now may have stood there before, under an older Keras.
            renamed = api.renamed_argument(callee.name, before.name, world)
            if renamed == after.name:
                continue
            sure = now.get(before.name) is not None or signature.get(after.name) is not None or renamed is not None
            sure = sure or api.dropped_argument(callee.name, before.name, world)
            found[index] = Moved(index, before, after, worlds, sure, now.get(before.name) is not None)
    return tuple(found.values())


def _means_the_old(called: Called, value: nodes.NodeNG, moved: Moved) -> bool:
    """Whether a value is meant for the parameter that stood in its place."""
    kind = kind_of(called.module, value)
    if kind == "none":
        return False
    fits_before, fits_now = accepts(moved.before, kind), accepts(moved.now, kind)
    if fits_before and fits_now is False:
        return True
    if not (moved.sure and called.module.of_tensorflow_1) or fits_before is False:
        return False
    # The module is no proof where the call could not have been made, or where the value fits what it meets now.
    bound = called.bound(_TF1) if moved.known & _TF1 else None
    return bound is not None and bound.fits and not (fits_now and fits_before is None)


def kind_of(module: Module, value: nodes.NodeNG) -> str | None:
    """What kind of thing an argument surely is; None where it may be anything."""
    if isinstance(value, nodes.List | nodes.Tuple):
        return "list"
    values = module.values(value)
    if len(values) != 1:
        return None
    only = values[0]
    if isinstance(only, Const):
        if only.value is None:
            return "none"
        if isinstance(only.value, str):
            return "type name" if only.value in _TYPES else "TEXT" if only.value.isupper() else "text"
        return {bool: "truth", int: "integer", float: "float"}.get(type(only.value))
    if isinstance(only, TfName):
        return "type" if only.name.rpartition(".")[2] in _TYPES else None
    if isinstance(only, Function):
        return "function"
    return "object" if isinstance(only, TfInstance | TfResult) else None


_TYPES = frozenset(
    "bfloat16 bool complex128 complex64 double float16 float32 float64 half int16 int32 int64 int8 string "
    "uint16 uint32 uint64 uint8".split()
)


def accepts(parameter: Parameter, kind: str | None) -> bool | None:
    """Whether a parameter, by its name or its default, takes a kind of value; None where that can not be said."""
    if kind is None:
        return None
    accepted = _BY_NAME.get(parameter.name)
    if accepted is None and parameter.value is not None:
        accepted = _BY_DEFAULT.get(_type_of(parameter.value))
    return None if accepted is None else kind in accepted


def _type_of(default: str) -> str:
    if default in ("True", "False"):
        return "bool"
    if default[:1] in "'\"":
        return "STR" if default.isupper() else "str"
    try:
        int(default)
    except ValueError:
        return "float" if default.replace(".", "").replace("e-", "").replace("-", "").isdigit() else ""
    return "int"
