"""What can be rewritten without a doubt: edits for findings, made where it is known that the result is the same.

Which names are the same is read from `same.tsv`; an oracle test asks every TensorFlow for it. Where a place is not
spelled as expected (with comments between, within an f-string) there is no edit.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers import edit_compat, edit_imports, same, successors
from tf2lint.checkers.places import (
    Chain,
    alias_of,
    end_of_arguments,
    import_of_sys,
    range_of,
    text_of,
)
from tf2lint.findings import Edit
from tf2lint.inference import arguments

if TYPE_CHECKING:
    from tf2lint.checkers.base import Called, Module, Reference
    from tf2lint.inference.arguments import Argument

Edits = tuple[Edit, ...]

_KEYWORDS = {
    "ones_like": ("tensor", "input"),
    "zeros_like": ("tensor", "input"),
    "keras.layers.LeakyReLU": ("alpha", "negative_slope"),
    **{f"keras.optimizers.{name}": ("lr", "learning_rate") for name in ("Adam", "RMSprop", "SGD")},
}
"""Keywords that are but another name, though TensorFlow 1.15 does not list both."""

_NOT_ALIKE = frozenset(("inputs",))
"""Keywords that TensorFlow 1.15 takes under both names, in a function that does something else since."""


# Names


def of_reference(reference: Reference) -> Edits:
    """The edits that write a name as the targeted TensorFlow has it."""
    if reference.raising:
        return ()
    return _native(reference) or (successors.of_reference(reference) if reference.legacy.startswith("contrib.") else ())


def _native(reference: Reference) -> Edits:
    if reference.imported or isinstance(reference.node, nodes.Name):
        if reference.name == "tf.compat.v1":
            return edit_compat.of_import(reference.module, reference.node)
        return edit_imports.of_reference(reference)
    chain = Chain.of(reference.module, reference.node, reference.name)
    if chain is None:
        return ()
    if chain.first == "tf.compat.v1":
        return edit_compat.of_import(reference.module, edit_compat.statement_of(reference.node))
    moved = edit_imports.of_variable(reference)
    if not moved and chain.first != "tf" and edit_imports.item_of(reference) is not None:
        moved = edit_imports.of_reference(reference)
    return moved or _as_chain(reference, chain)


def _as_chain(reference: Reference, chain: Chain) -> Edits:
    cast = same.CASTS.get(reference.legacy)
    if cast is not None:
        new, dtype = chain.renamed("tf.cast"), chain.beside(f"tf.{cast}")
        more = same.cast_of(reference.module, reference.node, dtype) if dtype is not None else None
        if new is not None and more is not None:
            return new, *more
    for found in same.candidates(reference):
        more, new = found.at(reference.module, reference.node), chain.renamed(f"tf.{found.name}")
        if more is not None and new is not None:
            return new, *more
    if reference.missing and not reference.of_compat:
        return _spelled_out(chain, reference.legacy, reference.value.worlds)
    return ()


def _spelled_out(chain: Chain, legacy: str, worlds: int) -> Edits:
    """The edit, not a safe one, that writes `tf.compat.v1` for what TensorFlow has nowhere else."""
    name = f"tf.compat.v1.{legacy}"
    symbol = api.symbol(name)
    if symbol is None or not api.is_alive(name, worlds) or symbol.raises & worlds:
        return ()
    new = chain.renamed(name, safe=False)
    return (new,) if new is not None else ()


# Arguments


def of_keyword(called: Called, argument: Argument, old: str, new: str) -> Edits:
    """The edits that rename a keyword which is written in the call itself, or the function with it."""
    place = argument.place
    if not isinstance(place, nodes.Keyword) or place.parent is not called.node or place.arg != old:
        return of_call(called)
    if called.successor is not None and not _is_same_object(called):
        return _with_keywords(called) or of_call(called)
    if len(called.module.ev.value_of(called.node.func)) != 1 or not _is_alias(called, old, new):
        return of_call(called)
    bound = called.bound(called.newest)
    if bound is None or new in bound.by_name or called.arguments.open_positions or called.arguments.open_keywords:
        return ()
    if not all(_takes(called, new, world) for world in api.bits(called.worlds)):
        return of_call(called)
    return same.keyword_renamed(called.module, place, new) or ()


def _with_keywords(called: Called) -> Edits:
    """The edits that write another function which does the same, with its keywords."""
    chain = Chain.of(called.module, called.node.func, called.name)
    for found in same.known(called.legacy, called.worlds) if chain is not None else ():
        more = found.at(called.module, called.node.func)
        new = chain.renamed(f"tf.{found.name}") if chain is not None else None
        if more is not None and new is not None:
            return new, *more
    return ()


def _takes(called: Called, keyword: str, world: int) -> bool:
    signature = called.signature(world)
    return signature is not None and signature.get(keyword) is not None


def _is_same_object(called: Called) -> bool:
    known = same.table().get(called.legacy, ())
    return any(f"tf.{found.name}" == called.successor and found.positional is None for found in known)


def _is_alias(called: Called, old: str, new: str) -> bool:
    """Whether an argument surely is the same under another name: TensorFlow 1.15 took it under both."""
    if called.callee.cls or old in _NOT_ALIKE:
        return False
    if _KEYWORDS.get(called.legacy) == (old, new):
        return True
    signature = api.signature(called.name, versions.bit("1.15"))
    return signature is not None and signature.get(old) is not None and signature.get(new) is not None


def of_call(called: Called) -> Edits:
    """The edit, not a safe one, that has `tf.compat.v1` take a call which only TensorFlow 1 understands so."""
    name = f"tf.compat.v1.{called.legacy}"
    if called.name != f"tf.{called.legacy}" or called.name.startswith("tf.keras.") or called.callee.unbound:
        return ()
    for world in api.bits(called.worlds):
        signature = api.signature(name, world)
        bound = arguments.bind(signature, called.arguments, api.keywords(name, world)) if signature else None
        if bound is None or not bound.fits:
            return ()
    chain = Chain.of(called.module, called.node.func, called.name)
    return _spelled_out(chain, called.legacy, called.worlds) if chain is not None else ()


def as_complement(called: Called, argument: Argument, name: str) -> Edits:
    """The edits that give what is left of 1 under another name: `rate=1 - keep_prob`, as TensorFlow 1 computes it."""
    place, value = argument.place, argument.value
    inner, outer = range_of(called.module, value), range_of(called.module, place)
    if inner is None or outer is None or value.frame() is not called.node.frame():
        return ()
    if isinstance(place, nodes.Keyword):
        if place.parent is not called.node or not re.fullmatch(
            rb"\w+[ \t]*=[ \t]*", text_of(called.module, (outer[0], inner[0]))
        ):
            return ()
    elif place is not value or _start_of_argument(called.module, value) != inner[0]:
        return ()
    start, end = Edit(outer[0], inner[0], f"{name}=1 - ", safe=True), Edit(inner[1], inner[1], ")", safe=True)
    if isinstance(value, nodes.Name | nodes.Const | nodes.Attribute | nodes.Subscript | nodes.Call):
        return (start,)
    return dataclasses.replace(start, replacement=f"{name}=1 - ("), end


def of_positions(called: Called, index: int) -> Edits:
    """The edits that name the arguments from one place on, where the function does the same with them since."""
    before, now = api.signature(called.name, versions.bit("1.15")), called.signature(called.newest)
    proved = [found for found in same.table().get(called.legacy, ()) if f"tf.{found.name}" == called.name]
    call = called.node
    if before is None or now is None or not proved or len(call.args) != len(called.arguments.positional):
        return ()
    pairs = zip(before.positional, now.positional, strict=False)
    start = next((number for number, (old, new) in enumerate(pairs) if old.name != new.name), len(now.positional))
    if start > index or start > (proved[0].positional or 0) or len(call.args) > len(before.positional):
        return ()
    taken = {*called.arguments.keywords, *(parameter.name for parameter in now.positional[:start])}
    made: list[Edit] = []
    for parameter, value in zip(before.positional[start:], call.args[start:], strict=False):
        name, place = proved[0].keywords.get(parameter.name), _start_of_argument(called.module, value)
        if name is None or name in taken or place is None:
            return ()
        taken.add(name)
        made.append(Edit(place, place, f"{name}=", safe=True))
    given = {keyword.arg for keyword in call.keywords}
    return tuple(made) if given <= proved[0].keywords.keys() else ()


def _start_of_argument(module: Module, value: nodes.NodeNG) -> int | None:
    """Where an argument that is not the first begins, with the parentheses around it."""
    place = range_of(module, value)
    if place is None or isinstance(value, nodes.Starred):
        return None
    before = re.search(rb",[ \t\r\n]*([ \t\r\n(]*)$", text_of(module, (0, place[0])))
    return before.start(1) if before is not None else None


def as_tf_print(call: nodes.Call, module: Module) -> Edits:
    """The edits, not safe ones, that make `tf.print` of a `print`, to the same stream."""
    alias, added = alias_of(module, call.func, "tensorflow"), import_of_sys(module, call.func)
    last = (call.keywords[-1].value if call.keywords else call.args[-1]) if call.args else None
    place, name = end_of_arguments(module, call, last) if last is not None else None, range_of(module, call.func)
    if alias is None or added is None or place is None or name is None or range_of(module, call) is None:
        return ()
    made = Edit(*name, f"{alias}.print", safe=False), Edit(place, place, ", output_stream=sys.stdout", safe=False)
    return (*made, added) if isinstance(added, Edit) else made


def without_last(module: Module, node: nodes.Attribute) -> Edits:
    """The edit that takes the last attribute from a chain."""
    found = range_of(module, node)
    ending = f".{node.attrname}".encode()
    if found is None or not text_of(module, found).endswith(ending):
        return ()
    return (Edit(found[1] - len(ending), found[1], "", safe=True),)
