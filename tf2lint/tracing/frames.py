"""A function in one trace, as the rules look at it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference.values import External, TfInstance, TfMember, TfName, Value
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import UNKNOWN, Abstract
from tf2lint.tracing.calls import Site
from tf2lint.tracing.run import Control, Names, Run, Started

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator
    from tf2lint.tracing.traced import Traced

_BLOCKS = ("body", "orelse", "handlers", "finalbody", "test", "iter", "items", "cases")
_COMPOUND = (nodes.If, nodes.IfExp, nodes.While, nodes.For, nodes.With, nodes.Try, nodes.ExceptHandler, nodes.Match)
_BY_TENSOR = (Control.TENSOR, Control.DATASET)


class Frame:
    """A traced function, what its expressions are in that trace, and who came to it."""

    def __init__(self, traced: Traced, run: Run, caller: Frame | None) -> None:
        self.traced = traced
        self.caller = caller
        self._run = run
        self.called: dict[nodes.Call, list[str]] = {}
        self._found: dict[tuple[type[nodes.NodeNG], ...], tuple[nodes.NodeNG, ...]] = {}

    @property
    def ev(self) -> Evaluator:
        """The evaluator of names."""
        return self._run.ev

    @property
    def function(self) -> scopes.Function:
        """The function itself."""
        return self.traced.function

    @property
    def converted(self) -> bool | None:
        """Whether AutoGraph converts it; None where that is not known."""
        return self.traced.converted

    # -- expressions ------------------------------------------------------------------------------------------------

    def of(self, node: nodes.NodeNG | None) -> Abstract:
        """What an expression, or the target of an assignment, is in this trace."""
        return self._run.seen_values.get(node, UNKNOWN) if node is not None else UNKNOWN

    def parameter(self, name: str) -> Abstract:
        """What a parameter is in this trace when the function begins."""
        return dict(self._run.context.arguments).get(name, UNKNOWN)

    @property
    def returned(self) -> Abstract:
        """What the function returns in this trace."""
        return self._run.returned

    def values(self, node: nodes.NodeNG) -> list[Value]:
        """What the evaluator says of an expression, `self` being what the trace says."""
        return self._run.values(node)

    def names(self, node: nodes.NodeNG) -> frozenset[str]:
        """The dotted names, of TensorFlow or of what lies outside of the project, that an expression may denote."""
        out: set[str] = set()
        for value in self.values(node):
            if isinstance(value, TfName | External):
                out.add(value.name)
            elif isinstance(value, TfMember):
                out.add(f"{value.cls}.{value.attribute}")
            elif isinstance(value, TfInstance):
                out.add(f"{value.cls}.__call__")
        return frozenset(out)

    @staticmethod
    def argument(call: nodes.Call, position: int, keyword: str = "") -> nodes.NodeNG | None:
        """An argument of a call by its place or its keyword; None where none is given there."""
        for given in call.keywords:
            if keyword and given.arg == keyword:
                return given.value
        if any(isinstance(argument, nodes.Starred) for argument in call.args[: position + 1]):
            return None
        return call.args[position] if 0 <= position < len(call.args) else None

    # -- the body ---------------------------------------------------------------------------------------------------

    def find(self, *kinds: type[nodes.NodeNG]) -> tuple[nodes.NodeNG, ...]:
        """The nodes of some kinds that run when the function is traced, in the order of the source."""
        if kinds not in self._found:
            self._found[kinds] = tuple(node for node in self._running if isinstance(node, kinds))
        return self._found[kinds]

    @functools.cached_property
    def _running(self) -> tuple[nodes.NodeNG, ...]:
        """The nodes of the function that the trace comes to; the rules ask for them again and again."""
        return tuple(node for node in self.own if self.runs(node))

    @property
    def own(self) -> tuple[nodes.NodeNG, ...]:
        """The nodes of the body, whether the trace comes to them or not; those of inner functions are not."""
        function = self.function
        return self.ev.memo.once(("own nodes", function), lambda: tuple(scopes.own_nodes(function)), ())

    def runs(self, node: nodes.NodeNG) -> bool:
        """Whether the trace comes to a node of the function."""
        if not self._run.complete:
            return True
        if self.ev.modes.only_eager(node, self.function):
            return False
        statement = node.statement()
        return statement in self._run.visited or statement is self.function.statement() or self._is_part(statement)

    def _is_part(self, statement: nodes.NodeNG) -> bool:
        """Whether a statement is a part of another one: a handler, an alias."""
        inner = isinstance(statement, nodes.ExceptHandler | nodes.MatchCase)
        return inner and statement.parent.statement() in self._run.visited

    def sites(self) -> tuple[Site, ...]:
        """The calls in the body."""
        return self._run.calls.sites(self.function)

    def is_lifted(self, node: nodes.NodeNG) -> bool:
        """Whether a node of the function stands in `with tf.init_scope()`."""
        return self._run.calls.is_lifted(node, self.function)

    def started(self) -> tuple[Started, ...]:
        """The functions of the project that the trace runs from here, with what they are called with."""
        return tuple(self._run.started.values())

    # -- control flow -----------------------------------------------------------------------------------------------

    def control(self, statement: nodes.NodeNG) -> Control:
        """Who decides about a branch or a loop."""
        return self._run.controls.get(statement, Control.UNKNOWN)

    def around(self, node: nodes.NodeNG) -> Iterator[tuple[nodes.NodeNG, str]]:
        """The compound statements around a node in this function, innermost first, with the part that it stands in."""
        child, above = node, node.parent
        while above is not None and child is not self.function:
            if isinstance(above, _COMPOUND):
                yield above, next((name for name in _BLOCKS if _holds(above, name, child)), "")
            child, above = above, above.parent

    def is_under_tensor(self, node: nodes.NodeNG) -> bool:
        """Whether a branch or loop on a tensor or dataset decides, in this function, if a node runs."""
        return any(
            isinstance(statement, nodes.If | nodes.IfExp | nodes.For | nodes.While)
            and part in ("body", "orelse")
            and self.control(statement) in _BY_TENSOR
            for statement, part in self.around(node)
        )

    def entry(self, statement: nodes.NodeNG) -> Mapping[str, Abstract]:
        """What the local names hold before a compound statement."""
        return self._run.entries.get(statement, {})

    def ends(self, statement: nodes.If) -> tuple[Names | None, Names | None]:
        """What they hold after its body and after its `else`; None for one that leaves by return, raise or break."""
        return self._run.ends.get(statement, (None, None))

    def first_ends(self, statement: nodes.If) -> tuple[Names, Names | None, Names | None]:
        """What they hold before it and at its ends, as the trace first comes to it, before a loop has joined turns."""
        return self._run.first_ends.get(statement, ({}, None, None))

    def is_none_before(self, target: nodes.AssignAttr, statement: nodes.NodeNG) -> bool:
        """Whether an attribute of an object surely is None where nothing but a statement gives it another value."""
        return self._run.runs.outside.is_none_before(target, self.traced.place, statement)

    def first_turn(self, loop: nodes.For | nodes.While) -> tuple[Names, Names | None]:
        """What they hold before a loop and after its first turn, None where that leaves."""
        return self._run.first_turns.get(loop, ({}, None))

    def turns_to_tensor(self, loop: nodes.While) -> bool:
        """Whether the test of a loop is a tensor after a turn."""
        return loop in self._run.turned


def _holds(statement: nodes.NodeNG, part: str, child: nodes.NodeNG) -> bool:
    found = getattr(statement, part, None)
    if isinstance(found, list):
        return any(child is one or (isinstance(one, tuple) and child in one) for one in found)
    return found is child
