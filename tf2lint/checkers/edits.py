"""What can be rewritten without a doubt: edits for findings, made where it is known that the result is the same.

Which names are the same is read from `same.tsv`; an oracle test asks every TensorFlow for it. Where a place is not
spelled as expected (over several lines, with comments between, within an f-string) there is no edit.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api, source
from tf2lint.api import versions
from tf2lint.findings import Edit
from tf2lint.inference.values import TfName

if TYPE_CHECKING:
    from tf2lint.checkers.base import Called, Module, Reference
    from tf2lint.inference.arguments import Argument

Edits = tuple[Edit, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Same:
    """A native name that is the same as one of TensorFlow 1.

    `positional` is None where TensorFlow has one object under both names; else calls with at most so many positional
    arguments, and no keywords but `keywords`, do the same.
    """

    name: str
    positional: int | None
    keywords: frozenset[str]

    def fits(self, node: nodes.NodeNG) -> bool:
        """Whether what is done with the old name can be done with the new one."""
        if self.positional is None:
            return True
        call = node.parent
        if not isinstance(call, nodes.Call) or call.func is not node:
            return False
        if any(isinstance(argument, nodes.Starred) for argument in call.args):
            return False
        return len(call.args) <= self.positional and all(keyword.arg in self.keywords for keyword in call.keywords)


_CASTS = {
    "to_bfloat16": "bfloat16",
    "to_complex128": "complex128",
    "to_complex64": "complex64",
    "to_double": "float64",
    "to_float": "float32",
    "to_int32": "int32",
    "to_int64": "int64",
}
"""`tf.to_float(x)` is `tf.cast(x, tf.float32)`."""

_KEYWORDS = {
    "ones_like": ("tensor", "input"),
    "zeros_like": ("tensor", "input"),
    "keras.layers.LeakyReLU": ("alpha", "negative_slope"),
    **{f"keras.optimizers.{name}": ("lr", "learning_rate") for name in ("Adam", "RMSprop", "SGD")},
}
"""Keywords that are but another name, though TensorFlow 1.15 does not list both."""

_NOT_ALIKE = frozenset(("inputs",))
"""Keywords that TensorFlow 1.15 takes under both names, in a function that does something else since."""


def of_reference(reference: Reference) -> Edits:
    """The edits that write a name as the targeted TensorFlow has it."""
    place = _Place.of(reference)
    if place is None:
        return ()
    cast = _CASTS.get(reference.legacy)
    if cast is not None and not reference.of_compat:
        return _as_cast(place, cast)
    found = _same(reference)
    if found is not None and found.fits(reference.node):
        return (place.renamed(found.name),)
    spelled_out = f"tf.compat.v1.{reference.legacy}"
    if reference.missing and not reference.of_compat and api.is_alive(spelled_out, reference.value.worlds):
        return (dataclasses.replace(place.renamed(f"compat.v1.{reference.legacy}"), safe=False),)
    return ()


def _same(reference: Reference) -> Same | None:
    """What is the same as a name and there in all versions that can come here."""
    worlds, instead = reference.value.worlds, reference.instead
    advised = instead.name if instead is not None else ""
    candidates = sorted(table().get(reference.legacy, ()), key=lambda same: f"tf.{same.name}" != advised)
    for same in candidates:
        if api.is_alive(f"tf.{same.name}", worlds) and not (reference.of_compat and same.positional is not None):
            return same
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """A chain of attributes that begins with TensorFlow itself, under the name that the module gave it."""

    module: Module
    node: nodes.Attribute
    root: nodes.Name
    start: int
    end: int

    @staticmethod
    def of(reference: Reference) -> _Place | None:
        """The place of a reference; None where it is spelled in any other way."""
        node, module = reference.node, reference.module
        if reference.imported or reference.raising or not isinstance(node, nodes.Attribute):
            return None
        names: list[str] = []
        root: nodes.NodeNG = node
        while isinstance(root, nodes.Attribute):
            names.insert(0, root.attrname)
            root = root.expr
        if not isinstance(root, nodes.Name) or f"tf.{'.'.join(names)}" != reference.name:
            return None
        values = module.ev.value_of(root)
        plain = all(isinstance(value, TfName) and value.name == "tf" for value in values)
        if not values or not plain or len(module.ev.value_of(node)) != 1:
            return None
        found = _range(module, root, node, f"{root.name}.{'.'.join(names)}")
        return _Place(module, node, root, found[0] + len(root.name.encode()) + 1, found[1]) if found else None

    def renamed(self, name: str) -> Edit:
        """The edit that writes another name after the dot."""
        return Edit(self.start, self.end, name, safe=True)


def _as_cast(place: _Place, dtype: str) -> Edits:
    """`tf.to_float(x, name="y")` as `tf.cast(x, name="y", dtype=tf.float32)`."""
    call = place.node.parent
    if not isinstance(call, nodes.Call) or call.func is not place.node or len(call.args) != 1:
        return ()
    if isinstance(call.args[0], nodes.Starred) or any(keyword.arg != "name" for keyword in call.keywords):
        return ()
    last = call.keywords[-1].value if call.keywords else call.args[0]
    end, inner = _offset(place.module, call.end_lineno, call.end_col_offset), _end(place.module, last)
    # A generator without parentheses of its own ends with those of the call.
    between = _bytes(place.module)[inner:end]
    if re.fullmatch(rb"[ )]*\)", between) is None:
        return ()
    added = f"{', dtype=' if call.keywords else ', '}{place.root.name}.{dtype}"
    return place.renamed("cast"), Edit(end - 1, end - 1, added, safe=True)


def of_keyword(called: Called, argument: Argument, old: str, new: str) -> Edits:
    """The edit that renames a keyword which is written in the call itself."""
    place = argument.place
    values = called.module.ev.value_of(called.node.func)
    if not isinstance(place, nodes.Keyword) or place.parent is not called.node or len(values) != 1:
        return ()
    if not _is_alias(called, old, new) or not all(_takes(called, new, world) for world in api.bits(called.worlds)):
        return ()
    bound = called.bound(called.newest)
    if bound is None or new in bound.by_name or called.arguments.open_positions or called.arguments.open_keywords:
        return ()
    found = _range(called.module, place, place, "")
    if found is None or not re.match(rb"%s\s*=" % old.encode(), _bytes(called.module)[found[0] : found[1]]):
        return ()
    return (Edit(found[0], found[0] + len(old.encode()), new, safe=True),)


def _takes(called: Called, keyword: str, world: int) -> bool:
    signature = called.signature(world)
    return signature is not None and signature.get(keyword) is not None


def _is_alias(called: Called, old: str, new: str) -> bool:
    """Whether an argument surely is the same under another name: TensorFlow 1.15 took it under both."""
    if called.callee.cls or old in _NOT_ALIKE:
        return False
    if called.successor is not None and not any(
        f"tf.{same.name}" == called.successor and same.positional is None for same in table().get(called.legacy, ())
    ):
        return False
    if _KEYWORDS.get(called.legacy) == (old, new):
        return True
    signature = api.signature(called.name, versions.bit("1.15"))
    return signature is not None and signature.get(old) is not None and signature.get(new) is not None


def without_last(module: Module, node: nodes.Attribute) -> Edits:
    """The edit that takes the last attribute from a chain."""
    found = _range(module, node, node, "")
    ending = f".{node.attrname}".encode()
    if found is None or not _bytes(module)[found[0] : found[1]].endswith(ending):
        return ()
    return (Edit(found[1] - len(ending), found[1], "", safe=True),)


# Places


def _range(module: Module, first: nodes.NodeNG, last: nodes.NodeNG, spelled: str) -> tuple[int, int] | None:
    """Where the source from one node to the end of another lies; None where something else is spelled there."""
    above = first.parent
    while above is not None and not isinstance(above, nodes.Module):
        if isinstance(above, nodes.JoinedStr):  # Before Python 3.12 its parts are said to be where they are not.
            return None
        above = above.parent
    start, end = _offset(module, first.lineno, first.col_offset), _end(module, last)
    if not 0 <= start < end or (spelled and _bytes(module)[start:end] != spelled.encode()):
        return None
    return start, end


def _end(module: Module, node: nodes.NodeNG) -> int:
    return _offset(module, node.end_lineno, node.end_col_offset)


def _offset(module: Module, line: int | None, column: int | None) -> int:
    starts = source.starts(_bytes(module))
    if line is None or column is None or not 0 < line <= len(starts):
        return -1
    return starts[line - 1] + column


def _bytes(module: Module) -> bytes:
    return source.encoded(module.text)


@functools.cache
def table() -> dict[str, tuple[Same, ...]]:
    """What is the same as the names of TensorFlow 1, by these names without `tf.`."""
    text = importlib.resources.files("tf2lint.checkers").joinpath("same.tsv").read_text("utf-8")
    found: dict[str, tuple[Same, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            old, new, positional, keywords, *_ = [*line.split("\t"), "", ""]
            same = Same(new, int(positional) if positional else None, frozenset(keywords.split(",")))
            found[old] = (*found.get(old, ()), same)
    return found
