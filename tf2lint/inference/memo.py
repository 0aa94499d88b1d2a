"""Memory for answers that depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")

_NEVER = 1 << 30
_DEPTH = 250


class Memo:
    """Computes each answer once, and survives answers that ask for themselves.

    A question that is asked again while it is being answered yields its `bottom`; what was computed from such a
    provisional answer is not remembered, the outermost question of the cycle aside. So an answer does not depend on
    which question came first. Neither does an answer stay that ran into the depth bound.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}
        self._open: dict[Hashable, int] = {}
        self._lowest = _NEVER

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()

    def once(self, key: Hashable, compute: Callable[[], T], bottom: T) -> T:
        """The answer to `key`, computed at the first time; `bottom` where it depends on itself."""
        if key in self._known:
            return cast("T", self._known[key])
        opened = self._open.get(key)
        if opened is not None:
            self._lowest = min(self._lowest, opened)
            return bottom
        depth = len(self._open)
        if depth >= _DEPTH:
            self._lowest = -1
            return bottom
        self._open[key] = depth
        outer, self._lowest = self._lowest, _NEVER
        try:
            answer = compute()
        finally:
            del self._open[key]
        if self._lowest >= depth:
            self._known[key] = answer
            self._lowest = outer
        else:
            self._lowest = min(self._lowest, outer)
        return answer
