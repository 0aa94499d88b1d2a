"""The blocks of a statement: what stands where in them, without a look through the whole block for each question."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from astroid import nodes

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

T = TypeVar("T")
Chosen = Callable[[nodes.NodeNG], bool]

_FIELDS = ("body", "orelse", "finalbody", "handlers")


class Blocks:
    """The statements below a node, by the block that they are in and their place there."""

    def __init__(self, node: nodes.NodeNG) -> None:
        self._node = node
        self._chosen: dict[tuple[str, Chosen], tuple[list[int], list[nodes.NodeNG]]] = {}
        self._sums: dict[Hashable, list[Any]] = {}
        self._blocks = [(field, block) for field in _FIELDS if type(block := getattr(node, field, None)) is list]
        self._any: dict[Chosen, bool] = {}

    @functools.cached_property
    def _places(self) -> dict[nodes.NodeNG, tuple[str, int]]:
        return {one: (field, number) for field, block in self._blocks for number, one in enumerate(block)}

    def field(self, child: nodes.NodeNG) -> str:
        """The block in which a child of the node is: `orelse`; empty for a test, a decorator, and other parts."""
        return self._places.get(child, ("", 0))[0]

    def place(self, child: nodes.NodeNG) -> int:
        """The place of a statement in its block."""
        return self._places.get(child, ("", 0))[1]

    def before(self, child: nodes.NodeNG, chosen: Chosen) -> tuple[list[nodes.NodeNG], int]:
        """The chosen statements of the block of a statement, and how many of them come before it."""
        if chosen not in self._any:
            self._any[chosen] = any(chosen(one) for _, block in self._blocks for one in block)
        field, place = self._places.get(child, ("", 0)) if self._any[chosen] else ("", 0)
        if not field:
            return [], 0
        key = (field, chosen)
        if key not in self._chosen:
            found = [(n, one) for n, one in enumerate(getattr(self._node, field)) if chosen(one)]
            self._chosen[key] = [n for n, _ in found], [one for _, one in found]
        places, statements = self._chosen[key]
        return statements, bisect.bisect_left(places, place)

    def sum(self, ev: Evaluator, key: Hashable, first: T, count: int, add: Callable[[T, int], T]) -> T:
        """What the first so many of some statements come to together, where `add` adds one by its number.

        What is settled is kept: the next statement of the block asks for the same, and one more.
        """
        kept: list[T] = self._sums.setdefault(key, [first])
        start = min(count, len(kept) - 1)
        total = kept[start]
        for number in range(start, count):
            total, settled = ev.memo.settled(functools.partial(add, total, number))
            if settled and len(kept) == number + 1:
                kept.append(total)
        return total


def blocks_of(ev: Evaluator, node: nodes.NodeNG) -> Blocks:
    """The blocks of a node, found once."""
    found = ev.memo.once(("blocks", node), lambda: Blocks(node), None)
    return found if found is not None else Blocks(node)


def around(
    ev: Evaluator,
    what: Hashable,
    node: nodes.NodeNG,
    holds: Callable[[nodes.NodeNG, nodes.NodeNG], bool],
    ends: Callable[[nodes.NodeNG], bool] = lambda above: above is None,
) -> bool:
    """Whether something holds of a node and the statement directly around it, or of any pair further out, up to an end.

    It is found out once for each statement, from the outside to the inside: the next statement that is as deep asks for
    itself alone.
    """
    known: dict[nodes.NodeNG, bool] = ev.memo.once(("around", what), dict, {})
    way: list[tuple[nodes.NodeNG, nodes.NodeNG]] = []
    found: bool | None = None
    while found is None and (above := node.parent) is not None and not ends(above):
        found = known.get(node) if node.is_statement else None
        if found is None:
            if node.is_statement or above.is_statement:  # Within an expression there is nothing to ask.
                way.append((node, above))
            node = above
    answer, sure = bool(found), True
    for child, above in reversed(way):
        if not answer:
            answer, settled = ev.memo.settled(functools.partial(holds, child, above))
            sure = sure and settled
        if sure and child.is_statement:
            known[child] = answer
    return answer
