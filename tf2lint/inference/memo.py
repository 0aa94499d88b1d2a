"""Memory for answers that depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

_MISSING: Any = object()
_NEVER = 1 << 30
_UNBOUNDED = 1 << 60
_DEPTH = 250
_TRIES = 40
"""So often a question of a cycle is answered anew, for each way into it; then its last answer counts. Real code was not
seen to need more than ten; attributes that are all computed from each other have as many ways as there are orders."""


class ExceededError(BaseException):
    """More had to be computed than may be; `asked` are the questions that were open, the outermost first.

    Nothing that handles errors on the way may take it for one, which an `Exception` would be.
    """

    def __init__(self, asked: tuple[Hashable, ...]) -> None:
        super().__init__()
        self.asked = asked


class Memo:
    """Computes each answer once, and survives answers that ask for themselves.

    A question that is asked again while it is being answered yields its `bottom`; what was computed from such a
    provisional answer is not remembered, the outermost question of the cycle aside. So an answer does not depend on
    which question came first, but in cycles with very many ways through them. Neither does an answer stay that ran into
    the depth bound.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}
        self._open: dict[Hashable, int] = {}
        self._lowest = _NEVER
        self._tried: dict[Hashable, tuple[int, Any]] = {}
        self.left = _UNBOUNDED

    def allow(self, steps: int) -> None:
        """Raise ExceededError from now on where more is computed than so many steps."""
        self.left = steps

    def step(self, key: Hashable) -> None:
        """Count a step that answers a question by itself, as each call of `once` is one."""
        self.left -= 1
        if self.left < 0:
            raise ExceededError((*self._open, key))

    def known(self, key: Hashable) -> Any:
        """The answer that `once` has for a key already; None where it has none. It counts as a step."""
        self.left -= 1
        return self._known.get(key)

    def settled(self, compute: Callable[[], T]) -> tuple[T, bool]:
        """What a computation gives, and whether that is for good: it rests on no question that is still open."""
        outer, self._lowest = self._lowest, _NEVER
        answer = compute()
        settled = self._lowest == _NEVER
        self._lowest = min(self._lowest, outer)
        return answer, settled

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
        self._tried.clear()

    def once(self, key: Hashable, compute: Callable[[], T], bottom: T) -> T:
        """The answer to `key`, computed at the first time; `bottom` where it depends on itself."""
        self.left -= 1
        if self.left < 0:
            raise ExceededError((*self._open, key))
        known: T = self._known.get(key, _MISSING)
        if known is not _MISSING:
            return known
        opened = self._open.get(key)
        if opened is not None:
            self._lowest = min(self._lowest, opened)
            return bottom
        depth = len(self._open)
        if depth >= _DEPTH:
            self._lowest = -1
            return bottom
        tries, last = self._tried.get(key, (0, bottom))
        if tries >= _TRIES and depth:
            self._lowest = -1
            answer: T = last
            return answer
        self._open[key] = depth
        outer, self._lowest = self._lowest, _NEVER
        try:
            answer = compute()
        finally:
            del self._open[key]
        # Who asks first of all gets no better answer by asking again.
        if self._lowest >= depth or not depth:
            self._known[key] = answer
            self._lowest = outer
        else:
            self._tried[key] = tries + 1, answer
            self._lowest = min(self._lowest, outer)
        return answer
