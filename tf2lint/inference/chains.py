"""What a chain of attributes denotes where its spelling tells: it begins with a name of one meaning in its module.

Many are such: `np.zeros`, `tf.nn.relu`, `layers.dense` of a module of the project. They denote the same wherever they
stand, below the statement that binds the name, and each part is looked up once for all modules.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, scoping
from tf2lint.inference.index import index_of
from tf2lint.inference.values import NOTHING, Values

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_SCOPES = (nodes.FunctionDef, nodes.AsyncFunctionDef, nodes.ClassDef, nodes.Lambda)


class Chains:
    """The chains of one module."""

    def __init__(self, ev: Evaluator, module: nodes.Module) -> None:
        self._ev = ev
        self._module = module
        self._shimmed = ev.shims.any_in(module)
        self._known: dict[str, tuple[float, Values]] = {}
        self._below: dict[tuple[Values, str], Values] = ev.memo.once("below", dict, {})

    def values(self, chain: Sequence[nodes.NodeNG]) -> Values | None:
        """What `value_of` says of the first node of a chain, which ends with the name that the text begins with.

        None where only that can tell: where the name may mean something else, or any part may be more than one thing.
        """
        root = chain[-1]
        if type(root) is not nodes.Name or self._shimmed:
            return None
        line, values = self._known.get(root.name) or self._look_up(root.name)
        if root.lineno <= line:
            return None
        below = self._below
        for place in range(len(chain) - 2, -1, -1):
            key = values, chain[place].attrname
            found = below.get(key)
            if found is None:
                found = below[key] = self._ev.attribute(*key)
            if len(found) != 1:
                return None
            values = found
        return values

    def _look_up(self, name: str) -> tuple[float, Values]:
        """What a name denotes that one statement of the module binds, and nothing else, and where that one ends."""
        bound = self._module.locals.get(name, ())
        self._known[name] = _NOWHERE
        if len(bound) == 1 and name not in self._elsewhere:
            statement = scoping.plainly_at_top(bound[0])
            values = NOTHING if statement is None else bindings.of(self._ev, bound, name)
            if statement is not None and len(values) == 1:
                self._known[name] = statement.end_lineno, values
        return self._known[name]

    @functools.cached_property
    def _elsewhere(self) -> frozenset[str]:
        """The names that any function, class, lambda or comprehension of the module binds."""
        index = index_of(self._ev, self._module)
        scopes = [node.locals for kind in _SCOPES for node in index.of_kind[kind]]
        scopes += [node.parent.locals for node in index.of_kind[nodes.Comprehension]]
        return frozenset().union(*scopes)


_NOWHERE: tuple[float, Values] = (float("inf"), NOTHING)
