"""Arguments that were renamed: which keyword of which function or method became which.

Three sources, the surest first:

1. TensorFlow's own tables, those of `tf_upgrade_v2`. They also say which keywords went without a successor.
2. The bodies of functions: `deprecated_argument_lookup("new", new, "old", old)` in TensorFlow's, and in Keras'
   `kwargs.get("old", new)` and `new = kwargs.pop("old")`, where `new` is a parameter.
3. Signatures that differ, from one version to the next, in the name of one parameter and in nothing else.

An entry is kept where the old name is a parameter of the function in some version, and the new one in the newest
version that has the function, or the function that replaced it.
"""

from __future__ import annotations

import ast
import difflib
import itertools
import re
from typing import TYPE_CHECKING

from tf2lint.api import axes
from tools import upgrade_tables
from tools.source import Function, last_name

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator, Mapping

    from tools.merge import Merged, MergedMember, Name, Runs
    from tools.source import Definition, Sources

Renames = dict[str, list[str]]
"""Old keyword -> new ones, the surest first; none where it went without a successor."""


def in_function(sources: Sources, definition: Definition) -> dict[str, str]:
    """As `in_body`, read once."""
    node = definition.node
    assert isinstance(node, Function)
    if _is_generated(definition.module):
        return {}
    return sources.once("renamed", node, lambda: in_body(node))


def _is_generated(module: str) -> bool:
    """Whether a module holds the long wrappers of operations that a program wrote."""
    return module.rpartition(".")[2].startswith("gen_")


def in_body(function: Function) -> dict[str, str]:
    """Old keyword -> the parameter that takes its value, as the body of a function says."""
    arguments = function.args
    parameters = {parameter.arg for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    rest = arguments.kwarg.arg if arguments.kwarg else None
    found: dict[str, str] = {}
    for node in ast.walk(function):
        match node:
            case ast.Call(args=[ast.Constant(value=str(new)), _, ast.Constant(value=str(old)), ast.Name(id=given)]):
                # Where the old value is computed with, as `1 - keep_prob` is, the two do not mean the same.
                if last_name(node.func) == "deprecated_argument_lookup" and given == old:
                    found[old] = new
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr="get" | "pop"),
                args=[ast.Constant(value=str(old)), ast.Name(id=new)],
            ) if owner == rest and new in parameters:
                found.setdefault(old, new)
            case ast.Assign(
                targets=[ast.Name(id=new)],
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=owner), attr="get" | "pop"),
                    args=[ast.Constant(value=str(old))],
                ),
            ) if owner == rest and new in parameters:
                found.setdefault(old, new)
            case _:
                pass
    return {old: new for old, new in found.items() if old != new}


def collect(merged: Merged, replacements: Mapping[str, list[str]], cache: pathlib.Path) -> dict[str, Renames]:
    """Function or `Class.method` -> what became of its arguments. `*.method` stands for that method of any class."""
    found: dict[str, Renames] = {}
    for name, entries in _all(merged, cache):
        callable_ = _Callable(merged, name, replacements)
        known = found.setdefault(name, {})
        for old, new in entries.items():
            if new is None:
                if callable_.had(old):
                    known.setdefault(old, [])
            elif callable_.had(old) and callable_.has(new) and new not in known.setdefault(old, []):
                known[old].append(new)
    return {name: entries for name, entries in sorted(found.items()) if entries}


def _all(merged: Merged, cache: pathlib.Path) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    yield from upgrade_tables.keyword_renames(cache).items()
    runs = list(_runs(merged))
    for name, of_body, _ in runs:
        # The newest version speaks first.
        for entries in reversed(of_body):
            yield name, entries
    for name, _, signatures in runs:
        yield name, _in_signatures(signatures, axes.epochs(name))


def _runs(merged: Merged) -> Iterator[tuple[str, list[dict[str, str]], Runs]]:
    for name, facts in merged.names.items():
        yield name, facts.renamed, facts.signatures
    for name, cls in merged.classes.items():
        for attribute, member in cls.members.items():
            yield f"{name}.{attribute}", member.renamed, member.signatures


def _in_signatures(runs: Runs, epochs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for (_, before), (epoch, after) in itertools.pairwise(runs):
        if before is None or after is None or epochs[epoch] == "legacy":
            continue
        old, new = before.split(","), after.split(",")
        differ = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
        if len(old) != len(new) or len(differ) != 1:
            continue
        (first, _, value), (second, _, other) = (part.partition("=") for part in differ[0])
        fresh = second not in {part.partition("=")[0] for part in old}
        if value == other and fresh and (_TELLING.fullmatch(value) or _akin(first, second)):
            found[first] = second
    return found


# A default that is no coincidence: None and False are, and 1 may be.
_TELLING = re.compile(r"-?\d*\.\d+\S*|'.+'")


def _akin(first: str, second: str) -> bool:
    """Whether two names are one in other words: longer, shorter, or spelt right. `time_major` is no `zero_output`."""
    if not (first.isidentifier() and second.isidentifier()) or "_" in (first, second):
        return False
    few, many = sorted((set(first.split("_")), set(second.split("_"))), key=len)
    near = difflib.SequenceMatcher(None, first, second).ratio() > 0.85
    return few < many or near or first.startswith(second) or second.startswith(first)


class _Callable:
    """The parameters of a function or method over all versions, and of those that replaced it."""

    def __init__(self, merged: Merged, name: str, replacements: Mapping[str, list[str]]) -> None:
        found = list(_found(merged, name))
        self._old = [words for facts in found for words in _parameters(facts)]
        # Legacy Keras comes last on its axis, and is not newer than Keras 3.
        newest = 2 if axes.follows_keras(name) else 1
        self._new = self._old[-newest:]
        facts = merged.names.get(name)
        if facts is not None and not facts.worlds >> len(axes.epochs(name)) - newest:
            candidates = [*replacements.get(name, ()), "tf.compat.v1." + name.removeprefix("tf.")]
            gone = [facts for target in candidates for facts in _found(merged, target)]
            self._new = [words for facts in gone for words in _parameters(facts)[-1:]]
        self._bodies = [body for facts in found for body in facts.renamed]

    def had(self, name: str) -> bool:
        """Whether some version takes an argument."""
        return any(name in words for words in (*self._old, *self._bodies))

    def has(self, name: str) -> bool:
        """Whether the newest version, or what replaced the function, takes an argument."""
        return any(name in words for words in self._new)


def _found(merged: Merged, name: str) -> Iterator[Name | MergedMember]:
    """The facts of a function or method; of every class's own method where it is `*.method`."""
    owner, _, attribute = name.rpartition(".")
    if name in merged.names:
        yield merged.names[name]
    elif owner == "*":
        yield from (cls.members[attribute] for cls in merged.classes.values() if attribute in cls.members)
    elif owner in merged.classes and attribute in merged.classes[owner].members:
        yield merged.classes[owner].members[attribute]


def _parameters(facts: Name | MergedMember) -> list[set[str]]:
    """The names of the parameters, oldest version first."""
    spelt = [signature for _, signature in facts.signatures if signature is not None]
    return [{part.partition("=")[0] for part in signature.split(",")} for signature in spelt]
