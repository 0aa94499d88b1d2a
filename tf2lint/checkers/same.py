"""Which native names are the same as names of TensorFlow 1, read from `same.tsv` and `distinct.tsv`.

An oracle test asks every TensorFlow whether the tables are right.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers import native
from tf2lint.checkers.native import lines
from tf2lint.checkers.places import end_of_arguments, range_of, text_of
from tf2lint.findings import Edit

if TYPE_CHECKING:
    from tf2lint.checkers.base import Module, Reference

Edits = tuple[Edit, ...]

CASTS = {
    "to_bfloat16": "bfloat16",
    "to_complex128": "complex128",
    "to_complex64": "complex64",
    "to_double": "float64",
    "to_float": "float32",
    "to_int32": "int32",
    "to_int64": "int64",
}
"""`tf.to_float(x)` is `tf.cast(x, tf.float32)`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Same:
    """A native name that is the same as one of TensorFlow 1.

    `positional` is None where TensorFlow has one object under both names; else calls with at most so many positional
    arguments, and no keywords but those in `keywords`, do the same. Their values are what the keywords are called now.
    """

    name: str
    positional: int | None
    keywords: Mapping[str, str]

    def at(self, module: Module, node: nodes.NodeNG) -> Edits | None:
        """What has to be rewritten in a call besides its name; None where another name does not do the same there."""
        if self.positional is None:
            return ()
        call = node.parent
        if not isinstance(call, nodes.Call) or call.func is not node:
            return None
        if len(call.args) > self.positional or any(isinstance(argument, nodes.Starred) for argument in call.args):
            return None
        given = [keyword.arg for keyword in call.keywords]
        if any(name not in self.keywords for name in given):
            return None
        if len({self.keywords[name] for name in given}) < len(given):
            return None
        found = [keyword_renamed(module, keyword, self.keywords[keyword.arg]) for keyword in call.keywords]
        return None if None in found else tuple(edit for edits in found if edits is not None for edit in edits)


def keyword_renamed(module: Module, keyword: nodes.Keyword, new: str) -> Edits | None:
    """The edit that renames a keyword which is written in a call; None where it is not spelled plainly."""
    if keyword.arg is None:  # It comes out of a dictionary.
        return None
    if keyword.arg == new:
        return ()
    old = (keyword.arg or "").encode()
    found = range_of(module, keyword)
    if found is None or not re.match(rb"%s\s*=" % re.escape(old), text_of(module, found)):
        return None
    return (Edit(found[0], found[0] + len(old), new, safe=True),)


def cast_of(module: Module, node: nodes.NodeNG, dtype: str) -> Edits | None:
    """The edit that makes `tf.cast(x, tf.float32)` of `tf.to_float(x)`, its name aside."""
    call = node.parent
    if not isinstance(call, nodes.Call) or call.func is not node or len(call.args) + len(call.keywords) == 0:
        return None
    given = [keyword.arg for keyword in call.keywords]
    if len(call.args) + given.count("x") != 1 or any(name not in ("x", "name") for name in given):
        return None
    if any(isinstance(argument, nodes.Starred) for argument in call.args) or range_of(module, call) is None:
        return None
    last = call.keywords[-1].value if call.keywords else call.args[0]
    place = end_of_arguments(module, call, last)
    if place is None:
        return None
    return (Edit(place, place, f"{', dtype=' if call.keywords else ', '}{dtype}", safe=True),)


def candidates(reference: Reference) -> list[Same]:
    """What is the same as a name and there in all versions that can come here, the advised name first."""
    worlds, instead = reference.value.worlds, reference.instead
    advised = instead.name if instead is not None else ""
    found = sorted(known(reference.legacy, worlds), key=lambda same: f"tf.{same.name}" != advised)
    if reference.of_compat and native.is_native(reference.legacy) and api.is_alive(f"tf.{reference.legacy}", worlds):
        found.append(Same(reference.legacy, None, {}))
    return found


def known(name: str, worlds: int) -> list[Same]:
    """What is the same as a name of TensorFlow 1, given without `tf.`, and there in some worlds."""
    found = [same for same in table().get(name, ()) if api.is_alive(f"tf.{same.name}", worlds)]
    if not worlds & _TF1:
        return found
    return [same for same in map(_with_tensorflow_1, found) if same is not None]


_TF1 = versions.bit("1.15")


def _with_tensorflow_1(same: Same) -> Same | None:
    """What is left of it where TensorFlow 1.15 is a target, under which the new name may take arguments otherwise."""
    if same.positional is None:
        return same
    name = f"tf.{same.name}"
    before, now = api.signature(name, _TF1), api.signature(name, api.newest(api.ALL))
    if before is None or now is None:
        return None
    first, last = ([p.name for p in s.positional[: same.positional]] for s in (before, now))
    kept = {old: new for old, new in same.keywords.items() if old == new and before.get(new) is not None}
    return dataclasses.replace(same, keywords=kept) if first == last else None


@functools.cache
def table() -> dict[str, tuple[Same, ...]]:
    """What is the same as the names of TensorFlow 1, by these names without `tf.`."""
    found: dict[str, tuple[Same, ...]] = {}
    for line in lines("same.tsv"):
        old, new, positional, keywords, *_ = [*line.split("\t"), "", ""]
        pairs = [word.partition("=") for word in keywords.split(",") if word]
        named = {name: now or name for name, _, now in pairs}
        found[old] = (*found.get(old, ()), Same(new, int(positional) if positional else None, named))
    return found
