"""`import tensorflow.compat.v1 as tf` untangled, where all that a module uses of it is native."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.checkers import native, same
from tf2lint.checkers.places import Chain, range_of, text_of
from tf2lint.findings import Edit
from tf2lint.inference import bindings
from tf2lint.inference.index import index_of
from tf2lint.inference.values import TfName

if TYPE_CHECKING:
    from tf2lint.checkers.base import Module

Edits = tuple[Edit, ...]

_COMPAT = "tf.compat.v1"
_SWITCHES = re.compile(r"\b(?:disable_(?:v2_\w+|eager_execution|resource_variables|tensor_equality)|enable_v2_\w+)\b")


def of_import(module: Module, node: nodes.NodeNG) -> Edits:
    """The edits that import TensorFlow itself in the place of `tf.compat.v1`, where the whole module allows that."""
    if not isinstance(node, nodes.Import | nodes.ImportFrom) or len(node.names) != 1:
        return ()
    return module.ev.memo.once(("edits of compat", node), lambda: _untangled(module, node), ())


def statement_of(name: nodes.NodeNG) -> nodes.NodeNG | None:
    """The statement that alone binds the name with which an expression begins."""
    while isinstance(name, nodes.Attribute):
        name = name.expr
    if not isinstance(name, nodes.Name):
        return None
    _, statements = bindings.found(name, name.name)
    return statements[0] if len(statements) == 1 else None


def _untangled(module: Module, node: nodes.Import | nodes.ImportFrom) -> Edits:
    alias = node.names[0][1]
    place = range_of(module, node)
    if alias is None or place is None or not re.fullmatch(rb"[^#\\\r\n]*", text_of(module, place)):
        return ()
    if isinstance(node.parent, nodes.Try) or node.scope().locals.get(alias) != [node] or _switches(module.text):
        return ()
    worlds = module.config.target & module.ev.guards.reach(node)
    # One use is enough that has no other name; the names alone show most such.
    uses = index_of(module.ev, module.tree).names_by_name.get(alias, ())
    if any(_has_no_native(use, worlds) for use in uses):
        return ()
    edits = [Edit(*place, f"import tensorflow as {alias}", safe=True)]
    for use in uses:
        if statement_of(use) is not node or module.ev.value_of(use) != frozenset((TfName(_COMPAT, worlds),)):
            return ()
        more = _native(module, use, alias, worlds)
        if more is None:
            return ()
        edits += more
    return () if not worlds or is_exported(module, alias) else rebinding(edits, alias)


def _switches(text: str) -> bool:
    """Whether a text may switch what TensorFlow 2 does by itself on or off."""
    # Few hold the words, which is found out much faster.
    return ("disable_" in text or "enable_v2_" in text) and _SWITCHES.search(text) is not None


def _named(use: nodes.Name) -> tuple[nodes.NodeNG, str] | None:
    """The part of a chain that begins with `tf.compat.v1` which is no module, and its name there; None if unknown."""
    node, name = use, _COMPAT
    while isinstance(node.parent, nodes.Attribute):
        node = node.parent
        name = f"{name}.{node.attrname}"
        symbol = api.symbol(name)
        if symbol is None:
            return None
        if symbol.kind is not api.Kind.MODULE:
            return node, name
    return None


def _is_native(legacy: str, worlds: int) -> bool:
    """Whether TensorFlow itself has the same under the same name."""
    return native.is_native(legacy) and api.is_alive(f"tf.{legacy}", worlds)


def _has_no_native(use: nodes.Name, worlds: int) -> bool:
    """Whether nothing can be written for a use of `tf.compat.v1`, whatever arguments it is given."""
    found = _named(use)
    if found is None:
        return True
    legacy = found[1].removeprefix(f"{_COMPAT}.")
    return not _is_native(legacy, worlds) and legacy not in same.CASTS and legacy not in same.table()


def _native(module: Module, use: nodes.Name, alias: str, worlds: int) -> Edits | None:
    """What to write for a use of `tf.compat.v1`, so that TensorFlow itself does the same; None where it does not."""
    from tf2lint.checkers.base import Reference

    named = _named(use)
    if named is None:
        return None
    node, name = named
    legacy = name.removeprefix(f"{_COMPAT}.")
    if _is_native(legacy, worlds):
        return ()
    chain = Chain.of(module, node, name)
    if chain is None:
        return None
    if legacy in same.CASTS:
        more = same.cast_of(module, node, f"{alias}.{same.CASTS[legacy]}")
        return (Edit(*chain.inner, "cast", safe=True), *more) if more is not None else None
    for found in same.candidates(Reference(module, node, TfName(name, worlds))):
        more = found.at(module, node)
        if more is not None:
            return (*([Edit(*chain.inner, found.name, safe=True)] if found.name != legacy else []), *more)
    return None


def is_exported(module: Module, name: str) -> bool:
    """Whether a module itself says that a name of it is for others."""
    return module.tree.package or re.search(rf"""["']{re.escape(name)}["']""", module.text) is not None


def rebinding(edits: Iterable[Edit], name: str) -> Edits:
    """Edits that are only for a module from which no other takes a name."""
    return tuple(dataclasses.replace(edit, rebinds=name) for edit in edits)
